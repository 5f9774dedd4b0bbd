"""Writing one element: its tag patched, its children between the gaps that were there.

Role: everything about an element's text that is not about its state. Owner: nobody, functions.
Thread: the form's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clacks_monitor.forms.lossless import escape_text
from clacks_monitor.forms.markup import INDENT, XSI, StartTag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.forms.element import Body, Element
    from clacks_monitor.forms.fields import Piece
    from clacks_monitor.forms.lossless import ElementNode
    from clacks_monitor.forms.markup import Writer

__all__ = ["write"]

_NIL: Final = f"{{{XSI}}}nil"
_TYPE: Final = f"{{{XSI}}}type"
_MARKUP: Final = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)


def write(element: Element, writer: Writer, nsmap: Mapping[str, str]) -> None:
    """Write an element."""
    body = element.body
    writer.mark(element)
    indentation = writer.indentation()
    tag = _start_tag(element, body, writer, nsmap)
    content = _Content(element, body, tag, writer, indentation)
    text, closed = tag.render(empty=content.empty)
    writer.write(text)
    if closed:
        return
    content.write()
    source = body.source
    end = source.source[source.content_end : source.end] if source is not None else ""
    writer.write(end or f"</{tag.name}>")


def _start_tag(element: Element, body: Body, writer: Writer, nsmap: Mapping[str, str]) -> StartTag:
    variant = element.current
    tag = StartTag(variant.element.qname, body.source, nsmap, writer.prefixes)
    source = body.source
    had = {a.qname: a.value for a in source.attributes} if source is not None else {}
    if variant.type_name and _TYPE not in had:
        tag.set(_TYPE, tag.value_name(variant.type_name))
    if element.nil != (had.get(_NIL, "false").strip() in {"true", "1"}):
        tag.set(_NIL, "true" if element.nil else None)
    for attribute in body.attributes:
        name = attribute.attribute.qname
        if attribute.present != (name in had) or attribute.value != had.get(name, attribute.value):
            tag.set(name, attribute.value if attribute.present else None)
        elif attribute.present and source is None:
            tag.set(name, attribute.value)
        attribute.prefixes_for(tag)
    others = body.any_attributes
    if others is not None and (others.value if others.present else "") != others.original:
        for name in others.names:
            tag.set(name, None)
        tag.extra = others.value if others.present else ""
    if body.text is not None:
        body.text.prefixes_for(tag)
    return tag


class _Content:
    """What stands between an element's tags."""

    def __init__(self, element: Element, body: Body, tag: StartTag, writer: Writer, indentation: str) -> None:
        self.body = body
        self.tag = tag
        self.writer = writer
        self.outer = indentation
        self.nil = element.nil
        self.pieces = [] if self.nil or body.text or body.raw else element.model_pieces()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write between the tags."""
        if self.nil:
            return True
        if self.body.text is not None:
            return not self.body.text.value
        if self.body.raw is not None:
            return not self.body.raw.value
        return not self.pieces and not (self.body.source and self.body.source.inner)

    def write(self) -> None:
        """Write it."""
        source = self.body.source
        text, raw = self.body.text, self.body.raw
        if self.nil:
            if source is not None and not source.children and not source.plain:
                self.writer.write(source.inner)
        elif text is not None:
            kept = source is not None and source.plain == text.value
            self.writer.write(source.inner if source is not None and kept else escape_text(text.value))
        elif raw is not None:
            self.writer.mark(raw)
            self.writer.write(raw.value)
        elif source is None or not source.children:
            self._fresh(source)
        else:
            self._between(source)

    def _fresh(self, source: ElementNode | None) -> None:
        """Children where there were none."""
        before = source.inner if source is not None else ""
        if before.strip() or not self.pieces:
            self._gap_text(before, 0)
        for piece in self.pieces:
            self._line(self.outer + INDENT)
            piece.write(self.writer, self.tag.nsmap)
        if self.pieces:
            self._line(self.outer)

    def _line(self, indentation: str) -> None:
        if self.writer.pretty:
            self.writer.write("\n" + indentation)

    def _between(self, source: ElementNode) -> None:
        """Children among those that were there, each after the gap that it had."""
        places = {id(node): index for index, node in enumerate(source.children)}
        spans = [self._span(piece, places) for piece in self.pieces]
        kept = {i for span in spans if span is not None for i in range(span[0], span[1] + 1)}
        removed = [i for i in range(len(source.children)) if i not in kept]
        for piece, span in zip(self.pieces, spans, strict=True):
            if span is None:
                self.writer.write(self._separator(source))
            else:
                while removed and removed[0] < span[0]:
                    self._remains(source, removed.pop(0))
                self._gap_text(source.gap(span[0]), span[0])
            piece.write(self.writer, self.tag.nsmap)
        for index in removed:
            self._remains(source, index)
        last = len(source.children)
        self._gap_text(source.gap(last), last)

    def _span(self, piece: Piece, places: dict[int, int]) -> tuple[int, int] | None:
        indexes = [places[id(node)] for node in piece.nodes() if id(node) in places]
        return (indexes[0], indexes[-1]) if indexes else None

    def _remains(self, source: ElementNode, index: int) -> None:
        """Return what stood before an element that is gone: comments and text stay."""
        gap = source.gap(index)
        if gap.strip():
            self._gap_text(gap.rstrip(), index)

    def _gap_text(self, gap: str, index: int) -> None:
        field = self.body.gaps.get(index)
        if field is None or (field.present and field.value == field.original):
            self.writer.write(gap)
            return
        self.writer.write(escape_text(field.value if field.present else ""))
        for found in _MARKUP.finditer(gap):
            self.writer.write(found.group())

    def _separator(self, source: ElementNode) -> str:
        """Return what stands before a new sibling: the white space that stands before an old one."""
        gaps = (source.gap(index) for index in range(len(source.children)))
        blank = next((gap for gap in gaps if not gap.strip()), None)
        if blank is not None:
            return blank
        return "\n" + self.outer + INDENT if self.writer.pretty else ""
