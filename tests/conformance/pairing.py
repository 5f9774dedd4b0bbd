"""Which schema an instance belongs to, however somebody laid out the two folders.

An instance is any file that begins like XML, whatever its name ends in. The schemas in question
are those that declare its root element, or the element inside of an `Event` envelope. Among
several, one for which it is valid comes first; then the one that the instance names itself
(xsi:schemaLocation), the one with its file name (`order.xml`, `order-1.xml`, `order_2.xml`), the
one that a folder on its way is named after (`order/1.xml`), and the nearest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from clacks_monitor.core.event import EVENT_TAG
from clacks_monitor.forms import lossless

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from clacks_monitor.forms.schema_set import SchemaSet

__all__ = ["Instance", "KnownSchema", "best", "read_instances"]

_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_BOUNDARY: Final = re.compile(r"[^A-Za-z0-9]|(?<=[a-z])[A-Z0-9]")
_BEGINNINGS: Final = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, eq=False)
class KnownSchema:
    """A compiled schema: where it is below its folder, and its global elements."""

    path: Path
    schema: SchemaSet
    elements: frozenset[str]


@dataclass(frozen=True, eq=False)
class Instance:
    """A document: where it is below its folder; `element` is what a schema has to declare."""

    path: Path
    body: bytes
    element: str
    wrapped: bool
    hints: frozenset[str]


def read_instances(folder: Path) -> Iterator[Instance | tuple[Path, str]]:
    """Read every document below a folder; what begins like one and is none comes with the reason."""
    for path in sorted(item for item in folder.rglob("*") if item.is_file()):
        with path.open("rb") as stream:
            if not stream.read(64).lstrip().startswith(_BEGINNINGS):
                continue
        body = path.read_bytes()
        place = path.relative_to(folder)
        try:
            root = etree.fromstring(body, lossless.parser(schema=True))
        except etree.XMLSyntaxError as error:
            if path.suffix == ".xml":
                yield place, f"not well-formed: {error.msg}"
            continue
        yield _instance(place, body, root)


def _instance(place: Path, body: bytes, root: etree._Element) -> Instance:
    children = list(root.iterchildren("*"))
    wrapped = root.tag == EVENT_TAG and len(children) == 1
    locations = [root.get(f"{{{_XSI}}}noNamespaceSchemaLocation", "")]
    locations += root.get(f"{{{_XSI}}}schemaLocation", "").split()[1::2]
    hints = frozenset(hint.rpartition("/")[2] for hint in locations if hint)
    return Instance(place, body, str((children[0] if wrapped else root).tag), wrapped, hints)


def best(instance: Instance, valid: Sequence[KnownSchema], others: Sequence[KnownSchema]) -> tuple[KnownSchema, str]:
    """Choose among the schemas that declare the root element; say by what it was chosen.

    One of the two sequences has to have something in it.
    """
    candidates = [*(valid or others)]
    if len(candidates) == 1:
        return candidates[0], "root element"
    ranked = sorted(candidates, key=lambda known: _closeness(instance, known), reverse=True)
    closeness = _closeness(instance, ranked[0])
    names = ("the location it names", "file name", "file name", "folder name")
    return ranked[0], next((name for name, met in zip(names, closeness, strict=False) if met), "nearest folder")


def _closeness(instance: Instance, known: KnownSchema) -> tuple[bool, bool, int, bool, int]:
    """How well an instance fits a schema by its place: what says most comes first."""
    stem, wanted = instance.path.stem, known.path.stem
    begins = stem.startswith(wanted) and _BOUNDARY.match(stem, len(wanted)) is not None
    return (
        known.path.name in instance.hints,
        stem == wanted,
        len(wanted) if begins else 0,
        wanted in instance.path.parts[:-1],
        _shared(instance.path, known.path),
    )


def _shared(one: Path, other: Path) -> int:
    """How many folders two places have in common; fewer when the schema is deeper down."""
    count = 0
    for left, right in zip(one.parts[:-1], other.parts[:-1], strict=False):
        if left != right:
            break
        count += 2
    return count - len(other.parts[:-1])
