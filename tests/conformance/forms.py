"""Runs the forms over schemas and instances: python -m tests.conformance.forms SCHEMA_DIR INSTANCE_DIR.

For each schema the form of each global element opens, and its generated minimal and maximal
instances are valid. For each instance: text to fields to text is equal - byte for byte when
nothing was edited, in canonical form when every value is written anew - and as valid as before,
and for a valid one the form finds nothing to object to.

An instance is valid when libxml2 or xmlschema finds it so: each of them rejects some values that
XML Schema allows. How instances find their schemas is described in ``pairing``.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lxml import etree

from clacks_monitor.forms import ElementField, Form, ValidationIssue, lossless
from clacks_monitor.forms.errors import SchemaSourceError
from clacks_monitor.forms.fields import ValueField
from clacks_monitor.forms.schema_set import SchemaSet
from clacks_monitor.forms.sources import read_sources
from clacks_monitor.forms.value_fields import RawXml
from tests.conformance.pairing import Instance, KnownSchema, best, read_instances
from tests.helpers.instances import maximal_instance, minimal_instance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHECKS: Final = (
    "schema read",
    "element opens",
    "minimal instance valid",
    "maximal instance valid",
    "generated instance round trip",
    "instance round trip",
    "valid instance without objection",
)


@dataclass
class Report:
    """Counts, and a line for each failure."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)
    disputed: list[str] = field(default_factory=list)
    pairing: Counter[str] = field(default_factory=Counter)

    def check(self, what: str, where: str, check: Callable[[], str | None]) -> None:
        """Do one check and count it; whatever it raises is a failure."""
        try:
            failure = check()
        except Exception as error:  # noqa: BLE001 - a check that raises has failed, the others go on
            failure = repr(error)
        self.counts[what] += 1
        if failure is None:
            self.counts[f"{what} good"] += 1
        else:
            self.failures.append(f"{what}: {where}: {failure}")

    def lines(self) -> Iterator[str]:
        """The lines of the report."""
        for what in CHECKS:
            yield f"{what}: {self.counts[what + ' good']} of {self.counts[what]}"
        found = ", ".join(f"{count} by {how}" for how, count in self.pairing.most_common())
        yield f"instances: {self.pairing.total()}, paired with their schema {found}".rstrip(" ,")
        words = "not generated, because nothing valid can be made of these schemas alone"
        yield f"{words}: {self.counts['cannot be written']}"
        for title, lines in (
            ("schemas refused by libxml2 or as no XML Schema 1.0", self.refused),
            ("files left out", self.left_out),
            ("instances that neither validator finds valid (only their round trip was checked)", self.invalid),
            ("generated instances that libxml2 finds valid and xmlschema does not", self.disputed),
            ("failures", self.failures),
        ):
            yield f"{title}: {len(lines)}"
            yield from (f"  {line}" for line in lines)


def load(path: Path, folders: list[Path]) -> SchemaSet | ValidationIssue:
    """Read a schema as the catalogue does."""
    sources, problem = read_sources(path, folders)
    if problem is not None:
        return problem
    try:
        return SchemaSet(sources)
    except SchemaSourceError as error:
        return error.problem


@dataclass(frozen=True)
class Result:
    """What each validator objects to; None where it finds the document valid."""

    libxml2: str | None
    xmlschema: str | None

    @property
    def valid(self) -> bool:
        return self.libxml2 is None or self.xmlschema is None

    def no_worse(self, before: Result) -> bool:
        """Whether each validator that was content before still is."""
        pairs = ((before.libxml2, self.libxml2), (before.xmlschema, self.xmlschema))
        return all(now is None for old, now in pairs if old is None)

    def __str__(self) -> str:
        return f"libxml2: {self.libxml2 or 'valid'}; xmlschema: {self.xmlschema or 'valid'}"


def judge(schema: SchemaSet, body: bytes, *, wrapped: bool = False) -> Result:
    """Ask both validators about a document, or about the element in an event's envelope."""
    root = etree.fromstring(body, lossless.parser(schema=True, bare=True))
    element = next(root.iterchildren("*")) if wrapped else root
    first = [problem.text for _element, problem in schema.findings(element)]
    second = [problem.text for _element, problem in schema.second_findings(element)]
    components = schema.components()
    if isinstance(components, ValidationIssue) or not components.trusted:
        second = first
    return Result("; ".join(first[:3]) or None, "; ".join(second[:3]) or None)


def check_element(known: KnownSchema, qname: str, report: Report) -> None:
    """Open a global element's form, and generate its least and its largest instance."""
    where = f"{known.path} {qname}"
    report.check("element opens", where, partial(_opens_new, known.schema, qname))
    for size, make in (("minimal", minimal_instance), ("maximal", maximal_instance)):
        form = make(known.schema, qname)
        if cannot_be_written(form):
            report.counts["cannot be written"] += 1
            continue
        body = form.to_xml()
        result = judge(known.schema, body)
        text = f"{result}\n{body.decode()[:1500]}"
        report.check(f"{size} instance valid", where, partial(_problem_text, None if result.libxml2 is None else text))
        if result.xmlschema is not None and result.libxml2 is None:
            report.disputed.append(f"{size} {where}: {result}")
        instance = Instance(known.path, body, qname, wrapped=False, hints=frozenset())
        check = "generated instance round trip"
        report.check(check, f"{size} {where}", partial(round_trip, known.schema, instance))


def _problem_text(found: object) -> str | None:
    return None if found is None else str(found)


def cannot_be_written(form: Form) -> bool:
    """Whether it needs what is not to be had: itself without end, an element of an unknown schema, an entity."""
    fields = [item for item in form.root.walk() if item.present]
    if any(isinstance(item, ElementField) and form.costs.endless(item.element) for item in fields):
        return True
    wildcards = [item for item in fields if isinstance(item, RawXml) and item.wildcard is not None]
    if any(item.wildcard is not None and item.wildcard.minimum and not item.value for item in wildcards):
        return True
    leaves = (item for item in fields if isinstance(item, ValueField))
    return any(item.spec is not None and item.spec.builtin in {"ENTITY", "ENTITIES"} for item in leaves)


def _opens_new(schema: SchemaSet, qname: str) -> str | None:
    """Ask each field of a new form what a window would ask it."""
    form = Form.for_element(schema, qname)
    for found in form.root.walk():
        found.problem()
        if not found.label:
            return f"a field has no label: {found.path}"
        if isinstance(found, ValueField):
            _asked = (found.kind, found.pattern_description, found.bounds, found.choices)
    return None if form.to_xml().strip() else "nothing was written"


def open_form(schema: SchemaSet, instance: Instance) -> Form:
    """Open a document as it is sent: in an event's envelope, or by itself."""
    document = lossless.parse(instance.body, doctype=True)
    return Form(schema, instance.element, document, wrapped=instance.wrapped)


def round_trip(schema: SchemaSet, instance: Instance) -> str | None:
    """Text to fields to text: untouched, and with every value written anew."""
    form = open_form(schema, instance)
    if form.to_xml() != instance.body:
        return "bytes differ untouched"
    _rewrite(form)
    again = form.to_xml()
    if canonical(again) != canonical(instance.body):
        return f"differs when written anew\n{instance.body[:600].decode()}\n{again[:600].decode()}"
    before = judge(schema, instance.body, wrapped=instance.wrapped)
    after = judge(schema, again, wrapped=instance.wrapped)
    if not after.no_worse(before):
        return f"invalid when written anew: {after}"
    return None if not form.edits.undo() or form.to_xml() == instance.body else "undo does not restore"


def _rewrite(form: Form) -> None:
    """Edit every value and put it back, in one step."""
    with form.edits.step(None):
        for found in list(form.root.walk()):
            if isinstance(found, ValueField) and found.present:
                value = found.value
                found.value = value + "x"
                found.value = value


def canonical(body: bytes) -> str:
    """Write a document in canonical form (C14N 2.0 takes relative namespaces, 1.0 does not)."""
    written: list[str] = []
    target = etree.C14NWriterTarget(written.append, with_comments=True)
    etree.fromstring(body, etree.XMLParser(target=target, resolve_entities="internal", no_network=True))
    return "".join(written)


def objections(schema: SchemaSet, instance: Instance) -> str | None:
    """What the form says against a valid instance, besides what it says only one validator objects to."""
    found = [problem for problem in open_form(schema, instance).problems() if not problem.objector]
    return "; ".join(str(problem) for problem in found[:3]) or None


def run(schema_folder: Path, instance_folder: Path) -> Report:
    """Run everything below two folders."""
    report = Report()
    schemas: list[KnownSchema] = []
    refused: dict[Path, str] = {}
    for path in sorted(schema_folder.rglob("*.xsd")):
        place = path.relative_to(schema_folder)
        loaded = load(path, [schema_folder])
        if isinstance(loaded, ValidationIssue):
            refused[path] = f"{place}: {loaded}"
            continue
        components = loaded.components()
        report.check(
            "schema read",
            str(place),
            partial(_problem_text, components if isinstance(components, ValidationIssue) else None),
        )
        if isinstance(components, ValidationIssue):
            continue
        known = KnownSchema(place, loaded, frozenset(components.element_names(everywhere=True)))
        schemas.append(known)
        for qname in components.element_names():
            spec = components.element(qname)
            if spec is not None and spec.abstract:
                report.check("element opens", f"{place} {qname}", partial(_opens_new, loaded, qname))
            elif spec is not None:
                check_element(known, qname, report)
    parts = {part for known in schemas for part in known.schema.sources.referenced()}
    report.refused = [
        f"{line} (only a part of another schema)" if Path(os.path.realpath(path)) in parts else line
        for path, line in refused.items()
    ]
    for instance in read_instances(instance_folder):
        if isinstance(instance, Instance):
            check_instance(instance, schemas, report)
        else:
            report.left_out.append(f"{instance[0]}: {instance[1]}")
    return report


def check_instance(instance: Instance, schemas: list[KnownSchema], report: Report) -> None:
    """Find an instance's schema and take it through the form."""
    candidates = [known for known in schemas if instance.element in known.elements]
    if not candidates:
        if instance.path.suffix != ".xsd":
            report.left_out.append(f"{instance.path}: no schema declares its root element {instance.element}")
        return
    results = [(known, judge(known.schema, instance.body, wrapped=instance.wrapped)) for known in candidates]
    schema, how = best(instance, [known for known, result in results if result.valid], candidates)
    report.pairing[how] += 1
    where = f"{instance.path} with {schema.path}"
    report.check("instance round trip", where, lambda: round_trip(schema.schema, instance))
    result = next(result for known, result in results if known is schema)
    if result.valid:
        check = "valid instance without objection"
        report.check(check, where, lambda: objections(schema.schema, instance))
    else:
        report.invalid.append(f"{where}: {result}")


def main(arguments: list[str]) -> int:
    """Print the report; 1 when something failed."""
    if len(arguments) != 2:
        sys.stdout.write(f"{__doc__}\n")
        return 2
    report = run(Path(arguments[0]), Path(arguments[1]))
    sys.stdout.write("\n".join(report.lines()) + "\n")
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
