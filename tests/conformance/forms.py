"""Runs the forms over schemas and instances: python -m tests.conformance.forms SCHEMA_DIR INSTANCE_DIR.

For each schema the form of each global element opens, and its generated minimal and maximal
instances are valid. For each valid instance: text to fields to text is equal and valid, byte for
byte when nothing was edited, and as canonical form when everything is written anew.
An instance belongs to the schema whose element its root is; files that libxml2 does not find valid
are counted and left out.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor.forms import Form, FormsError, Problem, lossless
from clacks_monitor.forms.errors import SchemaSourceError
from clacks_monitor.forms.fields import Leaf
from clacks_monitor.forms.instances import maximal_instance, minimal_instance
from clacks_monitor.forms.schema_set import SchemaSet
from clacks_monitor.forms.sources import read_sources

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Report:
    """Counts, and a line for each failure."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def note(self, what: str, failure: str | None) -> None:
        self.counts[what] += 1
        if failure is None:
            self.counts[f"{what} good"] += 1
        else:
            self.failures.append(f"{what}: {failure}")

    def lines(self) -> Iterator[str]:
        for what in ("schema", "element opens", "minimal instance", "maximal instance", "round trip"):
            yield f"{what}: {self.counts[what + ' good']} of {self.counts[what]}"
        yield f"instances left out (invalid for libxml2, or of no schema): {self.counts['left out']}"
        yield f"needs a document type declaration, so no instance here: {self.counts['entity']}"
        yield f"refused by libxml2 or as no XML Schema 1.0: {len(self.refused)}"
        yield from (f"  {line}" for line in self.refused)
        yield from self.failures


def load(path: Path, folders: list[Path]) -> SchemaSet | Problem:
    sources, problem = read_sources(path, folders)
    if problem is not None:
        return problem
    try:
        return SchemaSet(sources)
    except SchemaSourceError as error:
        return error.problem


def errors_of(schema: SchemaSet, body: bytes) -> str | None:
    """What libxml2 objects to, in its own words; None for a valid document."""
    root = etree.fromstring(body, lossless.parser(schema=True, bare=True))
    found = schema.findings(root)
    return None if not found else "; ".join(str(problem) for _element, problem in found[:3])


def check_element(schema: SchemaSet, qname: str, report: Report, where: str) -> None:
    try:
        form = Form.for_element(schema, qname)
        _touch(form)
        form.to_xml()
        failure = None
    except Exception as error:  # noqa: BLE001 - see above
        failure = f"{where} {qname}: {error!r}"
    report.note("element opens", failure)
    for what, make in (("minimal instance", minimal_instance), ("maximal instance", maximal_instance)):
        try:
            form = make(schema, qname)
            if _needs_entity(form):
                report.counts["entity"] += 1
                continue
            made = form.to_xml()
            words = errors_of(schema, made)
            failure = None if words is None else f"{where} {qname}: {words}\n{made.decode()[:1500]}"
        except Exception as error:  # noqa: BLE001 - see above
            failure = f"{where} {qname}: {error!r}"
        report.note(what, failure)
        if failure is None:
            report.note("round trip", round_trip(schema, qname, made, f"{where} {what} {qname}"))


def _needs_entity(form: Form) -> bool:
    """Values of ENTITY name something that only a document type declaration can declare."""
    leaves = (item for item in form.root.walk() if isinstance(item, Leaf) and item.present)
    return any(item.spec is not None and item.spec.builtin in {"ENTITY", "ENTITIES"} for item in leaves)


def _touch(form: Form) -> None:
    for found in form.root.walk():
        found.problem()
        assert found.label or found.path is not None
        if isinstance(found, Leaf):
            assert found.kind
            assert found.bounds is not None
            assert found.pattern_words is not None


def round_trip(schema: SchemaSet, qname: str, body: bytes, where: str) -> str | None:
    """Text to fields to text: untouched, and with every value written anew."""
    try:
        form = Form.for_element(schema, qname, body)
        if form.to_xml() != body:
            return f"{where}: bytes differ untouched"
        _rewrite(form)
        again = form.to_xml()
        if canonical(again) != canonical(body):
            return f"{where}: differs when written anew\n{body.decode()[:600]}\n{again.decode()[:600]}"
        words = errors_of(schema, again)
        if words is not None:
            return f"{where}: invalid when written anew: {words}"
        return None if not form.undo() or form.to_xml() == body else f"{where}: undo does not restore"
    except (FormsError, AssertionError, ValueError, LookupError, TypeError, RecursionError) as error:
        return f"{where}: {error!r}"


def _rewrite(form: Form) -> None:
    """Edit every value and put it back, in one step."""
    with form.step(None):
        for found in list(form.root.walk()):
            if isinstance(found, Leaf) and found.present:
                value = found.value
                found.value = value + "x"
                found.value = value


def canonical(body: bytes) -> bytes:
    return etree.tostring(etree.fromstring(body, lossless.parser(schema=True)), method="c14n")


def run(schema_folder: Path, instance_folder: Path) -> Report:
    """Run everything below two folders."""
    report = Report()
    schemas: dict[str, list[SchemaSet]] = {}
    for path in sorted(schema_folder.rglob("*.xsd")):
        loaded = load(path, [schema_folder])
        where = str(path.relative_to(schema_folder))
        if isinstance(loaded, Problem):
            report.counts["refused"] += 1
            report.refused.append(f"{where}: {loaded}")
            continue
        components = loaded.components()
        if isinstance(components, Problem):
            report.note("schema", f"{where}: {components}")
            continue
        report.note("schema", None)
        for qname in components.element_names():
            schemas.setdefault(qname, []).append(loaded)
            spec = components.element(qname)
            if spec is not None and not spec.abstract:
                check_element(loaded, qname, report, where)
    for path in sorted(instance_folder.rglob("*.xml")):
        _instance(path, schemas, report)
    return report


def _instance(path: Path, schemas: dict[str, list[SchemaSet]], report: Report) -> None:
    body = path.read_bytes()
    try:
        root = etree.fromstring(body, lossless.parser(schema=True))
    except etree.XMLSyntaxError:
        report.counts["left out"] += 1
        return
    fitting = [s for s in schemas.get(str(root.tag), ()) if errors_of(s, body) is None]
    if not fitting:
        report.counts["left out"] += 1
    for schema in fitting[:1]:
        report.note("round trip", round_trip(schema, str(root.tag), body, path.name))


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
