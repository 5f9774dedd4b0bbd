"""Writes one element: its tag is patched, its children keep the gaps between them. Thread: the form's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clacks_monitor.forms.lossless import escape_text
from clacks_monitor.forms.markup import INDENT, XSI_NIL, XSI_TYPE, StartTag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.forms.element_body import Body
    from clacks_monitor.forms.fields import Fragment
    from clacks_monitor.forms.lossless import ElementNode
    from clacks_monitor.forms.markup import XmlTextWriter
    from clacks_monitor.forms.spec import Variant

__all__ = ["write"]

_MARKUP: Final = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)


def write(variant: Variant, body: Body, writer: XmlTextWriter, nsmap: Mapping[str, str], *, nil: bool) -> None:
    """Write an element; ``nsmap`` are the namespaces in scope around it."""
    indentation = writer.indentation()
    tag = StartTag(variant.element.qname, body.source, nsmap, writer.prefixes)
    _set_attributes(tag, variant, body, nil=nil)
    content = _ContentWriter(body, tag, writer, indentation, nil=nil)
    text, closed = tag.render(empty=content.empty)
    writer.write(text)
    if closed:
        return
    content.write()
    source = body.source
    end = source.source[source.content_end : source.end] if source is not None else ""
    writer.write(end or f"</{tag.name}>")


def _set_attributes(tag: StartTag, variant: Variant, body: Body, *, nil: bool) -> None:
    source = body.source
    had = {a.qname: a.value for a in source.attributes} if source is not None else {}
    if variant.type_name and XSI_TYPE not in had:
        tag.set(XSI_TYPE, tag.value_name(variant.type_name))
    if nil != (had.get(XSI_NIL, "false").strip() in {"true", "1"}):
        tag.set(XSI_NIL, "true" if nil else None)
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


class _ContentWriter:
    """Writes the content of an element."""

    def __init__(self, body: Body, tag: StartTag, writer: XmlTextWriter, indentation: str, *, nil: bool) -> None:
        self.body = body
        self.tag = tag
        self.writer = writer
        self.outer = indentation
        self.nil = nil
        self.fragments = [] if nil or body.text or body.raw else body.fragments()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write between the tags."""
        if self.nil:
            return True
        if self.body.text is not None:
            return not self.body.text.value
        if self.body.raw is not None:
            return not self.body.raw.value
        return not self.fragments and not (self.body.source and self.body.source.inner)

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
        """Write children where there were none."""
        before = source.inner if source is not None else ""
        if before.strip() or not self.fragments:
            self._gap_text(before, 0)
        for fragment in self.fragments:
            self._line(self.outer + INDENT)
            fragment.write(self.writer, self.tag.nsmap)
        if self.fragments:
            self._line(self.outer)

    def _line(self, indentation: str) -> None:
        if self.writer.pretty:
            self.writer.write("\n" + indentation)

    def _between(self, source: ElementNode) -> None:
        """Write children among those of the source, each after the gap that it had."""
        places = {id(node): index for index, node in enumerate(source.children)}
        spans = [self._span(fragment, places) for fragment in self.fragments]
        kept = {i for span in spans if span is not None for i in range(span[0], span[1] + 1)}
        removed = [i for i in range(len(source.children)) if i not in kept]
        for fragment, span in zip(self.fragments, spans, strict=True):
            if span is None:
                self.writer.write(self._separator(source))
            else:
                while removed and removed[0] < span[0]:
                    self._remains(source, removed.pop(0))
                self._gap_text(source.gap(span[0]), span[0])
            fragment.write(self.writer, self.tag.nsmap)
        for index in removed:
            self._remains(source, index)
        last = len(source.children)
        self._gap_text(source.gap(last), last)

    def _span(self, fragment: Fragment, places: dict[int, int]) -> tuple[int, int] | None:
        indexes = [places[id(node)] for node in fragment.nodes() if id(node) in places]
        return (indexes[0], indexes[-1]) if indexes else None

    def _remains(self, source: ElementNode, index: int) -> None:
        """Write what was before an element that was removed: comments and text stay."""
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
        """Return the text to write before a new sibling: the white space before an existing one."""
        gaps = (source.gap(index) for index in range(len(source.children)))
        blank = next((gap for gap in gaps if not gap.strip()), None)
        if blank is not None:
            return blank
        return "\n" + self.outer + INDENT if self.writer.pretty else ""
