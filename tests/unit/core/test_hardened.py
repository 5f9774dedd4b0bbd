"""Whatever a document refers to, no file is opened: a pipe that nobody writes to would hold the reader for ever."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from lxml import etree

import clacks_monitor
from clacks_monitor.core.decode import Decoder
from clacks_monitor.core.event import EVENT_NAMESPACE, ProblemKind, RawMessage
from clacks_monitor.core.hardened import (
    MAX_MARKS,
    MAX_PARSED,
    hardened_parser,
    hardened_pull_parser,
    has_doctype,
    oversize,
)
from clacks_monitor.core.summary import Summaries

EVENT = f"<Event xmlns='{EVENT_NAMESPACE}'><ClientPoll/></Event>"
REFERENCES = {
    "the DTD": "<!DOCTYPE Event SYSTEM '{0}'>",
    "a public DTD": "<!DOCTYPE Event PUBLIC 'x' '{0}'>",
    "a parameter entity": "<!DOCTYPE Event [<!ENTITY % p SYSTEM '{0}'> %p;]>",
    "a parameter entity behind a DTD": "<!DOCTYPE Event SYSTEM '{0}' [<!ENTITY % p SYSTEM '{0}'> %p;]>",
    "an entity": "<!DOCTYPE Event [<!ENTITY e SYSTEM '{0}'>]>",
}


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A pipe: whoever opens it waits until somebody writes."""
    path = tmp_path / "trap"
    os.mkfifo(path)
    return path


def opened(trap: Path) -> bool:
    """Say whether somebody waits at the other end, and let go who does."""
    try:
        os.close(os.open(trap, os.O_WRONLY | os.O_NONBLOCK))
    except OSError:
        return False
    return True


@pytest.mark.parametrize("reference", REFERENCES.values(), ids=REFERENCES)
@pytest.mark.parametrize("form", ["{}", "file://{}"])
def test_no_file_is_opened(reference: str, form: str, trap: Path) -> None:
    text = reference.replace("{0}", form.format(trap)) + EVENT.replace(
        "/></", ">&e;</ClientPoll></" if "e S" in reference else "/></"
    )
    found: list[ProblemKind | None] = []

    def read() -> None:
        problem = Decoder(Summaries({}, EVENT_NAMESPACE))(RawMessage("a", 1, 1, text.encode())).problem
        found.append(problem.kind if problem is not None else None)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(5)
    was_opened = opened(trap)
    reader.join()
    assert not was_opened
    assert found == [ProblemKind.DOCTYPE]


def test_a_broken_file_that_is_named_is_not_read(tmp_path: Path) -> None:
    broken = tmp_path / "broken.dtd"
    broken.write_text("no DTD")
    root = etree.fromstring(f"<!DOCTYPE a SYSTEM '{broken}'><a/>", hardened_parser())
    assert root.tag == "a"


def document(tags: int, attributes: int = 0, *, quote: str = "'") -> bytes:
    """Return a document with so many tags (and references) and attributes, longer than what is never looked through."""
    marks = "<b/>" * (tags - 2 - bool(attributes)) + f"<b{f' a={quote}{quote}' * attributes}/>" * bool(attributes)
    return f"<a>{marks}{'x' * MAX_MARKS}</a>".encode()


def test_tags_and_attributes_are_counted_exactly() -> None:
    assert oversize(document(MAX_MARKS)) == ""
    words = "The body has more than 200,000 tags and attributes and is too large to be checked."
    assert oversize(document(MAX_MARKS + 1)) == words
    for quote in ("'", '"'):
        assert oversize(document(MAX_MARKS - 10, 10, quote=quote)) == ""
        assert oversize(document(MAX_MARKS - 10, 11, quote=quote)) == words


def test_signs_in_the_text_are_no_attributes_without_their_quotes() -> None:
    assert oversize(b"<a>" + b"=" * (MAX_MARKS + 10) + b"</a>") == ""
    assert oversize(b"<a>" + b"'" * (3 * MAX_MARKS) + b"</a>") == ""


def test_the_largest_body_that_is_looked_into() -> None:
    assert MAX_PARSED == 16 * 1024 * 1024
    body = b"<a>" + b"x" * (MAX_PARSED - 7) + b"</a>"
    assert oversize(body) == ""
    words = "The body has 16,777,217 bytes and is too large to be checked; up to 16,777,216 are."
    assert oversize(body + b"\n") == words


def test_a_small_body_is_never_looked_through() -> None:
    assert oversize(b"\x80" * MAX_MARKS) == ""
    words = "The body is in an unusual encoding and too large to be checked; up to 200,000 bytes are."
    assert oversize(b"\x80" * (MAX_MARKS + 1)) == words


@pytest.mark.parametrize(
    ("encoding", "plain"),
    [
        ("UTF-8", True), ("utf8", True), ("utf-16", True), ("UTF-16LE", True), ("us-ascii", True), ("ascii", True),
        ("iso-8859-15", True), ("ISO8859-1", True), ("latin-1", True), ("windows-1252", True), ("cp1250", True),
        ("utf-7", False), ("ebcdic-cp-us", False), ("utf-32", False), ("gb18030", False), ("x-utf-8", False),
    ],
)  # fmt: skip
def test_encodings_whose_bytes_are_signs(encoding: str, plain: bool) -> None:
    for quote in ('"', "'"):
        body = f"<?xml version='1.0' encoding = {quote}{encoding}{quote}?><a>{'x' * MAX_MARKS}</a>".encode()
        assert (oversize(body) == "") is plain


@pytest.mark.parametrize(
    "start", [b"<", b" <", b"\t<", b"\r<", b"\n<", b"\xef\xbb\xbf<", b"\xff\xfe<\0", b"\xfe\xff\0<"]
)
def test_beginnings_of_documents(start: bytes) -> None:
    assert oversize(start + b"a" * MAX_MARKS) == ""
    assert oversize(b"x" + start + b"a" * MAX_MARKS) != ""


def test_blanks_between_elements_are_kept_unless_they_are_not_wanted() -> None:
    text = "<a> <b/> </a>"
    assert etree.tostring(etree.fromstring(text, hardened_parser())) == text.encode()
    assert etree.tostring(etree.fromstring(text, hardened_parser(keep_blanks=False))) == b"<a><b/></a>"


def test_a_parser_in_pieces_tells_which_elements_begin() -> None:
    parser = hardened_pull_parser("b")
    for piece in ("<a><b i='1'/>", "<c/><b i='2'", "/></a>"):
        parser.feed(piece)
    assert [element.get("i") for _event, element in parser.read_events()] == ["1", "2"]
    every = hardened_pull_parser(keep_blanks=False)
    every.feed("<!DOCTYPE a SYSTEM '/dev/zero'><a> <b/> </a>")
    assert [element.tag for _event, element in every.read_events()] == ["a", "b"]
    assert etree.tostring(every.close()) == b"<a><b/></a>"


def test_entities_are_left_as_they_are() -> None:
    root = etree.fromstring("<!DOCTYPE a [<!ENTITY e 'text'>]><a>&e;</a>", hardened_parser())
    assert "text" not in "".join(root.itertext(etree.Element))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<Event/>", False),
        ("<!-- <!DOCTYPE Event> --><Event/>", False),
        ("<!DOCTYPE Event><Event/>", True),
        ("<!DOCTYPE Event SYSTEM 'x'><Event/>", True),
        ("<!DOCTYPE Event PUBLIC 'x' 'y'><Event/>", True),
        ("<!DOCTYPE Event [<!ENTITY a 'b'>]><Event/>", True),
    ],
)
def test_a_doctype_is_found(text: str, expected: bool) -> None:
    assert has_doctype(etree.fromstring(text, hardened_parser())) is expected


def test_what_is_received_has_no_doctype_copied() -> None:
    """``internalDTD`` is for fn:id in documents that a query has parsed itself."""
    package = Path(clacks_monitor.__file__).parent
    users = [path for path in package.rglob("*.py") if ".internalDTD" in path.read_text()]
    assert {path.relative_to(package).as_posix() for path in users} == {"core/hardened.py", "xquery/library/nodes.py"}
