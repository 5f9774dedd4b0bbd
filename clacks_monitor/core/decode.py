"""Bytes to event: a hardened parse, the type, the summary - or the problem. Bad input is data, never an exception.

A Decoder belongs to one thread (the connection's); build one per connection.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor.core.event import (
    EVENT_NAMESPACE,
    BodyKind,
    Event,
    Problem,
    ProblemKind,
    RawMessage,
)
from clacks_monitor.core.hardened import hardened_parser

if TYPE_CHECKING:
    from clacks_monitor.core.summary import Summaries

Check = Callable[[etree._Element, str], Problem | None]
"""Event's root element and type name -> what is wrong with it by its schema, or that its type is unknown."""

_ROOT = f"{{{EVENT_NAMESPACE}}}Event"
_NOT_TEXT = {
    BodyKind.MAP: "The body is an AMQP map, not XML.",
    BodyKind.LIST: "The body is an AMQP list, not XML.",
    BodyKind.OTHER: "The body is an AMQP value of another type, not XML.",
}


def _accept(_root: etree._Element, _type: str) -> Problem | None:
    return None


class Decoder:
    """Turns raw messages into events."""

    def __init__(self, summaries: Summaries, check: Check = _accept) -> None:
        self._summaries = summaries
        self._check = check
        self._parser = hardened_parser()

    def __call__(self, raw: RawMessage) -> Event:
        """Return the event; whatever is wrong with it is its ``problem``."""
        if raw.kind in _NOT_TEXT:
            text = raw.body[:200].decode("utf-8", "replace")
            return Event(raw, "", text, Problem(ProblemKind.NOT_TEXT, _NOT_TEXT[raw.kind]))
        if not raw.body.strip():
            return Event(raw, "", "", Problem(ProblemKind.EMPTY, "The body is empty."))
        try:
            root = etree.fromstring(raw.body, self._parser)
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:
            return _not_xml(raw, error)
        return self._event(raw, root)

    def _event(self, raw: RawMessage, root: etree._Element) -> Event:
        if _may_have_doctype(raw.body) and root.getroottree().docinfo.internalDTD is not None:
            words = "The document has a DOCTYPE; brokers refuse such events, and it is not read here."
            return Event(raw, "", _describe(raw.body), Problem(ProblemKind.DOCTYPE, words))
        children = [child for child in root if isinstance(child.tag, str)]
        if root.tag != _ROOT or len(children) != 1:
            return Event(raw, "", _first_words(root), _not_an_event(root, len(children)))
        element = children[0]
        name = str(element.tag).rpartition("}")[2]
        problem = self._check(root, name)
        return Event(raw, name, self._summaries(element, name), problem)


def _may_have_doctype(body: bytes) -> bool:
    """Whether it is worth asking the tree, which costs as much as parsing a small event."""
    return b"<!DOCTYPE" in body or b"\0" in body or not body.lstrip().startswith(b"<")


def _not_xml(raw: RawMessage, error: Exception) -> Event:
    line, column = error.position if isinstance(error, etree.XMLSyntaxError) else (0, 0)
    reason = str(getattr(error, "msg", None) or error).rsplit(", line ", 1)[0]
    words = f"The body is not well-formed XML: {reason}."
    if not raw.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe", b"\xfe\xff", b"\0<")):
        words = "The body is not XML."
    return Event(raw, "", _describe(raw.body), Problem(ProblemKind.NOT_XML, words, line or 0, column or 0))


def _describe(body: bytes) -> str:
    """Return what can be said of a body that is no XML: its length and its beginning."""
    size = f"{len(body):,} bytes"
    try:
        start = " ".join(body[:120].decode("utf-8").split())
    except UnicodeDecodeError:
        start = ""
    if start and start.isprintable():
        return f"{size}: {start}"
    return f"{size}: 0x{body[:16].hex(' ')}"


def _first_words(root: etree._Element) -> str:
    name = etree.QName(root).localname
    text = " ".join("".join(root.itertext(etree.Element)).split())[:120]
    return f"<{name}> {text}".strip()


def _not_an_event(root: etree._Element, children: int) -> Problem:
    name = etree.QName(root)
    if name.localname != "Event":
        words = f"The root element is {name.localname}, not Event."
    elif name.namespace != EVENT_NAMESPACE:
        namespace = f"in the namespace {name.namespace}" if name.namespace else "in no namespace"
        words = f"The root element Event is {namespace}, not in {EVENT_NAMESPACE}."
    else:
        words = f"Event holds {children or 'no'} elements; it must hold exactly one, the event itself."
    return Problem(ProblemKind.NOT_AN_EVENT, words, root.sourceline or 0)
