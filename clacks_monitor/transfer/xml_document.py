"""One XML document of entries, complete and exact: bodies that XML can hold as text, others and large ones as base64.

Attributes carry the record's values; one that XML cannot carry (control characters) is written as a JSON string, and
``json`` lists the names of those. Runs on the caller's thread.
"""

from __future__ import annotations

import json
import re
from typing import IO, TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from lxml import etree

from clacks_monitor.core.files import DocumentError, Fields
from clacks_monitor.core.hardened import has_doctype, plain_encoding
from clacks_monitor.core.records import FORMAT, Weighing, from_record, large_body, pieces, to_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from clacks_monitor.core.event import Noted
    from clacks_monitor.core.store import EventReader

NAMESPACE = "urn:clacks-monitor:entries"
PIECE = 32 * 1024
"""Bytes that the parser is given at once."""
MAX_ATTRIBUTES = 100
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_ATTRIBUTE = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_INTEGERS = frozenset({"wall_ns", "monotonic_ns", "creation_ns", "from_ns", "to_ns", "lost", "line", "column"})
_IGNORED = frozenset({"seq", "time"})


def _attributes(values: Mapping[str, Any]) -> str:
    parts, encoded = [], []
    for name, value in values.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        if _ILLEGAL.search(text):
            text = json.dumps(text)
            encoded.append(name)
        parts.append(f' {name}="{escape(text, _IN_ATTRIBUTE)}"')
    if encoded:
        parts.append(f' json="{" ".join(encoded)}"')
    return "".join(parts)


def _body(record: dict[str, Any]) -> str:
    """Return the element of a body, "" for one that is large."""
    if "body_base64" in record:
        return f'<body encoding="base64">{record.pop("body_base64")}</body>'
    text: str | None = record.pop("body", None)
    if text is None:
        return ""
    if _ILLEGAL.search(text):
        return f'<body encoding="json">{escape(json.dumps(text))}</body>'
    if "\r" in text:  # a parser would turn it into \n, in CDATA too
        return f"<body>{escape(text, {chr(13): '&#13;'})}</body>"
    return f"<body><![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]></body>"


def _element(record: dict[str, Any]) -> tuple[str, str]:
    """Return an entry's element, without what ends it and that."""
    name = "gap" if "gap" in record else "event"
    body = _body(record) if name == "event" else ""
    problem: dict[str, Any] | None = record.pop("problem", None)
    properties: dict[str, Any] = record.pop("properties", {})
    inner = [f"<problem{_attributes(problem)}/>"] if problem else []
    for key, value in properties.items():
        kind = "float" if isinstance(value, dict) else type(value).__name__
        shown = value["float"] if isinstance(value, dict) else value
        inner.append(f"<property{_attributes({'name': key, 'type': kind, 'value': shown})}/>")
    return f"<{name}{_attributes(record)}>{''.join(inner)}{body}", f"</{name}>\n"


def write(reader: EventReader, sequences: Sequence[int], stream: IO[str]) -> Iterator[int]:
    """Write the entries of ``sequences``; yields how many are written so far."""
    marks, comments = frozenset(reader.notes.marks()), reader.notes.comments()
    stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<entries xmlns="{NAMESPACE}" format="{FORMAT}">\n')
    for number, (sequence, entry) in enumerate(reader.entries(sequences), 1):
        element, end = _element(to_record(sequence, (entry, sequence in marks, comments.get(sequence, ""))))
        stream.write(element)
        if large := large_body(entry):
            stream.write('<body encoding="base64">')
            for piece in pieces(large):
                stream.write(piece)
                yield number - 1
            stream.write("</body>")
        stream.write(end)
        yield number
    stream.write("</entries>\n")


def read(path: Path) -> Iterator[tuple[int, Noted]]:
    """Yield (bytes read so far, entry) of an untrusted file. Raises DocumentError with the line."""
    with path.open("rb") as opened:
        file = _Weighed(path, opened)
        # No entity is expanded and nothing else is opened; huge_tree lets a body be as large as the file.
        parser = etree.iterparse(
            file,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
            huge_tree=True,
        )
        root: etree._Element | None = None
        try:
            for event, element in parser:
                if root is None:
                    root = element
                    _check_root(path, root)
                elif element.getparent() is not root:
                    continue
                elif event == "start":
                    file.line = element.sourceline or 0
                else:
                    file.weighing.begin()
                    yield opened.tell(), from_record(_record(path, element))
                    element.clear()
                    while element.getprevious() is not None:
                        del root[0]
        except etree.XMLSyntaxError as error:
            line, column = error.position
            raise DocumentError(f"{path} is no well-formed XML: {error.msg}.", line=line, column=column) from None


class _Weighed:
    """A file for a parser, which is given no more of an entry than can be read. Raises DocumentError with the line."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self._path, self._file = path, file
        self._begun = False
        self.weighing = Weighing(b"<", b"=")
        self.line = 1

    def read(self, size: int = PIECE, /) -> bytes:
        """Return the next bytes."""
        part = self._file.read(min(size, PIECE))
        if not self._begun and not plain_encoding(part):
            raise DocumentError(f"{self._path} is in an unusual encoding: such a file is not read.", line=1)
        self._begun = True
        if why_not := self.weighing.add(part):
            raise DocumentError(f"{self._path}: the entry in line {self.line} is not read: {why_not}.", line=self.line)
        return part


def _check_root(path: Path, root: etree._Element) -> None:
    if has_doctype(root):
        raise DocumentError(f"{path} has a DOCTYPE; such a file is not read.", line=1)
    if root.tag != f"{{{NAMESPACE}}}entries":
        raise DocumentError(f"{path} holds no entries: its root element is not entries in {NAMESPACE}.", line=1)
    number = root.get("format", "")
    if not number.isdecimal() or not 1 <= int(number) <= FORMAT:
        raise DocumentError(f"{path} has format {number}; this version knows formats from 1 to {FORMAT}.", line=1)


def _record(path: Path, element: etree._Element) -> Fields:
    line = element.sourceline or 0
    where = f"{path}: line {line}"
    try:
        record = _values(element)
        for child in element.iterchildren(etree.Element):
            name = etree.QName(child).localname
            if name == "body":
                key, text = _read_body(child)
                record[key] = text
            elif name == "problem":
                record["problem"] = _values(child)
            elif name == "property":
                values = _values(child)
                record.setdefault("properties", {})[values["name"]] = _property(values)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise DocumentError(f"{where}: a value cannot be read ({error}).", line=line) from None
    return Fields(record, where)


def _values(element: etree._Element) -> dict[str, Any]:
    if len(element.attrib) > MAX_ATTRIBUTES:  # listing them takes the square of their number
        raise ValueError(f"there are more than {MAX_ATTRIBUTES} attributes")
    encoded = element.get("json", "").split()
    found: dict[str, Any] = {}
    for key, text in element.attrib.items():
        name, shown = str(key), str(text)
        if name == "json" or name in _IGNORED:
            continue
        value: Any = json.loads(shown) if name in encoded else shown
        if name in _INTEGERS:
            value = int(value)
        elif name == "mark":
            value = value == "true"
        found[name] = value
    return found


def _read_body(element: etree._Element) -> tuple[str, str]:
    text = element.text or ""
    encoding = element.get("encoding", "")
    if encoding == "base64":
        return "body_base64", text
    return "body", str(json.loads(text)) if encoding == "json" else text


def _property(values: Mapping[str, str]) -> object:
    kind, text = values["type"], values["value"]
    if kind == "bool":
        return text == "true"
    if kind == "int":
        return int(text)
    if kind == "float":
        return {"float": text} if text in {"nan", "inf", "-inf"} else float(text)
    return text
