"""Events of every built-in type, with hostile values in each of their fields."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor import assets
from clacks_monitor.forms import Catalogue, new_form
from clacks_monitor.forms.example_event import fill
from tests.hostile.corpus import texts
from tests.hostile.corpus.message import Message, event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.hostile.bait import Lures


@cache
def good_events() -> dict[str, bytes]:
    """Return a filled event of each built-in type."""
    catalogue = Catalogue([assets.folder("schemas")])
    found = {}
    for kind in catalogue.types():
        form = new_form(catalogue, kind.name)
        fill(form)
        found[kind.name] = form.to_xml()
    return found


def bodies() -> list[bytes]:
    """Return the filled events."""
    return list(good_events().values())


def _with(body: bytes, text: str) -> bytes:
    """Return an event with this text in all its fields and attributes."""
    root = etree.fromstring(body)
    fit = "".join(sign for sign in text if sign >= " " or sign in "\t\r\n")
    for element in root.iter(etree.Element):
        if not len(element):
            element.text = fit
        for name in element.attrib:
            element.set(name, fit)
    return etree.tostring(root)


def _repeated(body: bytes, count: int) -> bytes:
    """Return an event in which each child of the event stands ``count`` times."""
    root = etree.fromstring(body)
    again = etree.tostring(root[0]) if not len(root[0]) else b"".join(etree.tostring(child) for child in root[0])
    name = etree.QName(root[0]).localname.encode()
    return event(b"<%s>%s</%s>" % (name, again * count, name))


def _nested(body: bytes, depth: int) -> bytes:
    """Return an event whose content stands within itself, again and again."""
    root = etree.fromstring(body)
    inner = etree.tostring(root[0])
    name = etree.QName(root[0]).localname.encode()
    start = inner[: inner.index(b">") + 1].replace(b"/>", b">")
    return event(start * depth + inner + b"</%s>" % name * depth)


def cases(lures: Lures) -> Iterator[Message]:
    """Return the cases."""
    chosen = {
        "img": lures.img,
        "bidi": texts.BIDI * 50,
        "combining": texts.large(20_000)["combining"],
        "letters": "x" * 100_000,
        "lines": "line\n" * 4_000,
    }
    for kind, body in good_events().items():
        for name, text in chosen.items():
            yield Message("types", f"{kind}: {name}", lambda _n, body=body, text=text: _with(body, text))  # type: ignore[misc]  # defaults bind them
        yield Message("types", f"{kind}: nested", lambda _n, body=body: _nested(body, 150))  # type: ignore[misc]  # as above
        yield Message("types", f"{kind}: 2,000 times", lambda _n, body=body: _repeated(body, 2_000))  # type: ignore[misc]  # as above
