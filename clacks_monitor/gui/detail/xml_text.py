"""An event's XML as people read it: indented where that changes nothing, in colours, up to a bound.

No entity is ever expanded and no file read. Owner: the detail pane. Thread: the window's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument
from typing_extensions import override

from clacks_monitor.core.hardened import hardened_parser
from clacks_monitor.gui.query.query_highlighter import token_formats
from clacks_monitor.xquery.editor.tokens import TokenClass

if TYPE_CHECKING:
    from clacks_monitor.gui.theme import Theme

MAX_SHOWN = 200_000
"""Characters that are shown of a long body; the rest can be copied and saved."""
_MAX_LINE = 4_000
_HEX_WIDTH = 8
_MAX_HEX = 64 * 1024
_PIECES = re.compile(
    r"(?P<comment><!--.*?(?:-->|$))|(?P<string>\"[^\"]*\"?|'[^']*'?)(?=[^<>]*/?>)"
    r"|(?P<tag></?[\w:.-]+|/?>|<\?.*?\?>)|(?P<attribute>[\w:.-]+)(?==)|(?P<entity>&[#\w]+;)"
)


def parsed(body: bytes) -> etree._Element | None:
    """Return the root element, None for what is not well-formed or has a DOCTYPE."""
    try:
        root = etree.fromstring(body, hardened_parser())
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None
    info = root.getroottree().docinfo
    return None if info.doctype or info.internalDTD is not None else root


def as_received(body: bytes) -> str:
    """Return a body as text; one that is no text as a table of bytes."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return hex_table(body)
    return hex_table(body) if any(ord(sign) < ord(" ") and sign not in "\t\r\n" for sign in text[:4096]) else text


def pretty(body: bytes) -> str:
    """Return a body indented where white space means nothing; mixed content stays as it is."""
    root = parsed(body)
    if root is None:
        return as_received(body)
    tree = etree.fromstring(body, hardened_parser(keep_blanks=False))
    text = etree.tostring(tree, pretty_print=True, encoding="unicode")
    return str(text).rstrip("\n")


def hex_table(body: bytes) -> str:
    """Return bytes as offsets, numbers and characters."""
    lines = []
    for start in range(0, min(len(body), _MAX_HEX), _HEX_WIDTH):
        part = body[start : start + _HEX_WIDTH]
        signs = "".join(chr(b) if 0x20 <= b < 0x7F else "·" for b in part)  # noqa: PLR2004 - printable ASCII
        lines.append(f"{start:08x}  {part.hex(' '):<{_HEX_WIDTH * 3}} {signs}")
    return "\n".join(lines)


class XmlHighlighter(QSyntaxHighlighter):
    """Colours XML line by line; comments may span lines."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._formats: dict[str, QTextCharFormat] = {}
        theme.changed.connect(self._recolour)
        self._read_colours()

    def _read_colours(self) -> None:
        formats = token_formats(self._theme)
        kinds = (TokenClass.COMMENT, TokenClass.STRING, TokenClass.TAG, TokenClass.ATTRIBUTE, TokenClass.ENTITY)
        self._formats = {kind.value: formats[kind] for kind in kinds}

    def _recolour(self) -> None:
        self._read_colours()
        self.rehighlight()

    @override
    def highlightBlock(self, text: str) -> None:
        start = 0
        if self.previousBlockState() == 1:
            end = text.find("-->")
            start = len(text) if end < 0 else end + 3
            self.setFormat(0, start, self._formats["comment"])
        self.setCurrentBlockState(1 if start == len(text) and self.previousBlockState() == 1 and start else 0)
        for match in _PIECES.finditer(text[:_MAX_LINE], start):
            kind = match.lastgroup or ""
            self.setFormat(match.start(), match.end() - match.start(), self._formats[kind])
            if kind == "comment" and not match[0].endswith("-->"):
                self.setCurrentBlockState(1)
