"""Bytes to event: a hardened parse, the type, the summary - or the problem. Bad input is data, never an exception.

A Decoder belongs to one thread (the connection's); build one per connection.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor.core import delivery
from clacks_monitor.core.event import (
    EVENT_NAMESPACE,
    MAX_PROBLEM,
    MAX_TYPE,
    BodyKind,
    Event,
    Problem,
    ProblemKind,
    RawMessage,
)
from clacks_monitor.core.hardened import hardened_parser, has_doctype, oversize
from clacks_monitor.core.summary import MAX_SUMMARY
from clacks_monitor.core.untrusted import clip, one_line

if TYPE_CHECKING:
    from clacks_monitor.core.event import Properties
    from clacks_monitor.core.summary import Summaries

Check = Callable[[etree._Element, str], Problem | None]
"""Maps an event's root element and type name to the schema violation, or to the report of an unknown type."""

_ROOT = f"{{{EVENT_NAMESPACE}}}Event"
_START, _TEXTS, _SHOWN_NAME = 1_000, 1_000, 200
_LIMITS = frozenset({110, 114})
"""Codes of libxml2's errors about its own limits: the length of a name; depth, texts and whatever else it bounds."""
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
        """Return the event; its ``problem`` describes any defect."""
        event = self._decoded(raw)
        properties = raw.properties
        if properties.get(delivery.RETAINED) is True:
            event = replace(event, summary=self._summaries.delivery("retained", event.summary))
        if number := properties.get(delivery.COPY):
            event = replace(event, summary=self._summaries.delivery("copy", number, event.summary))
        return event

    def _decoded(self, raw: RawMessage) -> Event:
        if raw.kind is BodyKind.JSON_RPC:
            return Event(raw, delivery.JSON_RPC, self._call(raw.properties))
        if raw.defect or raw.kind in _NOT_TEXT:
            return _not_read(raw)
        if message := oversize(raw.body):
            return Event(raw, "", _describe(raw.body), Problem(ProblemKind.TOO_LARGE, message))
        if not raw.body.strip():
            return Event(raw, "", "", Problem(ProblemKind.EMPTY, "The body is empty."))
        try:
            root = etree.fromstring(raw.body, self._parser)
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:
            return _not_xml(raw, error)
        return self._event(raw, root)

    def _call(self, properties: Properties) -> str:
        """Return the summary of a JSON-RPC."""
        role, method = properties.get(delivery.RPC), properties.get(delivery.METHOD, "")
        if role == delivery.REQUEST:
            return self._summaries.delivery("request" if method else "request-unnamed", method)
        if role != delivery.RESPONSE:
            return self._summaries.delivery("call")
        name = "failed" if properties.get(delivery.FAILED) else "response"
        duration = properties.get(delivery.DURATION)
        if duration is None:
            return self._summaries.delivery(f"{name}-late")
        return self._summaries.delivery(name, method or "?", duration)

    def _event(self, raw: RawMessage, root: etree._Element) -> Event:
        if _may_have_doctype(raw.body) and has_doctype(root):
            message = "The document has a DOCTYPE; brokers refuse such events, and it is not read here."
            return Event(raw, "", _describe(raw.body), Problem(ProblemKind.DOCTYPE, message))
        element = root[0] if len(root) == 1 else _only_element(root)
        if root.tag != _ROOT or element is None or type(element.tag) is not str:
            return Event(raw, "", _first_words(root), _not_an_event(root))
        name = element.tag.rpartition("}")[2]
        if len(name) > MAX_TYPE:
            message = f"The name of the event has {len(name):,} characters; at most {MAX_TYPE:,} are read."
            return Event(raw, "", _describe(raw.body), Problem(ProblemKind.NOT_AN_EVENT, message))
        problem = self._check(root, name)
        if problem is not None and len(problem.text) > MAX_PROBLEM:
            problem = replace(problem, text=clip(problem.text, MAX_PROBLEM))
        return Event(raw, name, self._summaries(element, name), problem)


def _not_read(raw: RawMessage) -> Event:
    """Return the event of a message that the bus could not read, or that is not a text."""
    if raw.defect:
        return Event(raw, "", _describe(raw.body) if raw.body else "", Problem(ProblemKind.NOT_WRAPPED, raw.defect))
    text = one_line(raw.body[:800].decode("utf-8", "replace"), MAX_SUMMARY)
    return Event(raw, "", text, Problem(ProblemKind.NOT_TEXT, _NOT_TEXT[raw.kind]))


def _only_element(root: etree._Element) -> etree._Element | None:
    """Return the one element below the root, beside comments; None where there is none, or are several."""
    children = root.iterchildren(etree.Element)
    element = next(children, None)
    return element if next(children, None) is None else None


def _may_have_doctype(body: bytes) -> bool:
    """Whether it is worth asking the tree, which costs as much as parsing a small event."""
    return b"<!DOCTYPE" in body or b"\0" in body or (body[:1] != b"<" and not body.lstrip().startswith(b"<"))


def _not_xml(raw: RawMessage, error: Exception) -> Event:
    line, column = error.position if isinstance(error, etree.XMLSyntaxError) else (0, 0)
    reason = str(getattr(error, "msg", None) or error).rsplit(", line ", 1)[0]
    kind, message = ProblemKind.NOT_XML, f"The body is not well-formed XML: {clip(reason, MAX_PROBLEM // 2)}."
    if getattr(error, "code", 0) in _LIMITS:
        kind, message = ProblemKind.TOO_LARGE, f"The body is too large to be checked: {clip(reason, MAX_PROBLEM // 2)}."
    elif not raw.body[:_START].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe", b"\xfe\xff", b"\0<")):
        message = "The body is not XML."
    return Event(raw, "", _describe(raw.body), Problem(kind, message, line or 0, column or 0))


def _describe(body: bytes) -> str:
    """Return a summary of a body that is not XML: its length and its beginning."""
    size = f"{len(body):,} bytes"
    try:
        start = " ".join(body[:120].decode("utf-8").split())
    except UnicodeDecodeError:
        start = ""
    if start and start.isprintable():
        return f"{size}: {start}"
    return f"{size}: 0x{body[:16].hex(' ')}"


def _first_words(root: etree._Element) -> str:
    """Return the root's name and the beginning of its text; a document of a million elements has no more looked at."""
    name = clip(etree.QName(root).localname, _SHOWN_NAME)
    texts, length = [], 0
    for text in islice(root.itertext(etree.Element), _TEXTS):
        texts.append(text[:_START])
        length += len(texts[-1])
        if length >= _START:
            break
    return f"<{name}> {' '.join(''.join(texts).split())[:120]}".strip()


def _not_an_event(root: etree._Element) -> Problem:
    name = etree.QName(root)
    if name.localname != "Event":
        message = f"The root element is {clip(name.localname, _SHOWN_NAME)}, not Event."
    elif name.namespace != EVENT_NAMESPACE:
        namespace = f"in the namespace {clip(name.namespace, _SHOWN_NAME)}" if name.namespace else "in no namespace"
        message = f"The root element Event is {namespace}, not in {EVENT_NAMESPACE}."
    else:
        children = sum(1 for _child in root.iterchildren(etree.Element))
        message = f"Event holds {children or 'no'} elements; it must hold exactly one, the event itself."
    return Problem(ProblemKind.NOT_AN_EVENT, message, root.sourceline or 0)
