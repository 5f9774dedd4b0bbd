"""An event's XML as people read it, whole and broken off."""

from __future__ import annotations

import pytest

from clacks_monitor.gui.kit import xml_text
from clacks_monitor.gui.kit.xml_text import as_received, hex_table, parsed, pretty


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"<a><b>1</b><c/></a>", "<a>\n  <b>1</b>\n  <c/>\n</a>"),
        (b"<a>\n\n   <b>1</b></a>", "<a>\n  <b>1</b>\n</a>"),
        (b"<a>mixed <b>1</b></a>", "<a>mixed <b>1</b></a>"),
        (b"<!--x--><a/><!--y-->", "<!--x--><a/><!--y-->"),
        (b"<a>", "<a>"),
        (b"no XML", "no XML"),
        (b"<!DOCTYPE a><a><b/></a>", "<!DOCTYPE a><a><b/></a>"),
    ],
)
def test_a_whole_body_is_indented_where_that_changes_nothing(body: bytes, text: str) -> None:
    assert pretty(body).replace("-->\n", "-->").replace("\n<!--y", "<!--y") == text
    root = parsed(body)
    assert (None if root is None else root.tag) == (
        "a" if body.startswith((b"<a>", b"<!--")) and body != b"<a>" else None
    )


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (b"<a><b>1</b><c>2", "<a>\n  <b>1</b>\n  <c/>"),
        (b"<a><b>1</b><c/>", "<a>\n  <b>1</b>\n  <c/>"),
        (b"<a><b>1</b><c><d/>", "<a>\n  <b>1</b>\n  <c>\n    <d/>"),
        (b"<a><b>1</b><c><d>2</d>", "<a>\n  <b>1</b>\n  <c>\n    <d>2"),
        (b"<a><b>1</b><!-- c -->", "<a>\n  <b>1</b>\n  <!-- c -->"),
        (b"<a><b>1</b><c x='1' y=", '<a>\n  <b>1</b>\n  <c x="1"/>'),
        (b'<a x="1" y="2', '<a x="1"/>'),
        (b"<a", "<a"),
        (b"<n:a xmlns:n='u'><b>1</b>", '<n:a xmlns:n="u">\n  <b>1'),
    ],
)
def test_the_beginning_of_a_body_has_no_ends_that_it_did_not_have(part: bytes, text: str) -> None:
    assert pretty(part, whole=False) == text


def test_of_a_beginning_that_is_mostly_in_one_tag_everything_is_shown() -> None:
    part = b"<a><b x='" + b"y" * 300
    assert pretty(part, whole=False) == part.decode()
    white = b"<a>" + b" " * 300 + b"<b>1</b>"
    assert pretty(white, whole=False) == white.decode()


def test_a_beginning_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_text, "_PIECE", 7)
    root = parsed(b"<root><b>1</b><c>2</c><d>3", whole=False)
    assert root is not None
    assert [(found.tag, found.text) for found in root] == [("b", "1"), ("c", "2"), ("d", None)]
    assert parsed(b"<root><b>1</b>") is None
    assert parsed(b"  ", whole=False) is None
    assert parsed(b"<!DOCTYPE a><a><b/>", whole=False) is None


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        ("ä\t\r\n".encode(), True, "ä\t\r\n"),
        ("aä".encode()[:-1], False, "a"),
        ("a\U0001d11e".encode()[:-1], False, "a"),
        (b"\x1f", True, None),
        (b"a\xff", True, None),
        ("aä".encode()[:-1], True, None),
        (b"\xffabc", False, None),
    ],
)
def test_text_is_shown_as_it_came_and_other_bytes_as_a_table(part: bytes, whole: bool, text: str | None) -> None:
    assert as_received(part, whole=whole) == (hex_table(part) if text is None else text)


def test_control_characters_are_looked_for_at_the_beginning_only() -> None:
    assert as_received(b"a" * 4_095 + b"\x01") == hex_table(b"a" * 4_095 + b"\x01")
    assert as_received(b"a" * 4_096 + b"\x01") == "a" * 4_096 + "\x01"


def test_a_table_of_bytes_has_places_numbers_and_signs() -> None:
    assert hex_table(b"AB\x00\x1f ~\x7fz9") == (
        "00000000  41 42 00 1f 20 7e 7f 7a  AB·· ~·z\n00000008  39                       9"
    )
    assert hex_table(b"A", 0x1230).startswith("00001230  41 ")
    assert len(hex_table(bytes(64 * 1_024 + 1)).split("\n")) == 64 * 1_024 // 8
    assert hex_table(b"") == ""
