"""A long text as pages: where they begin, what is on them, and where something is found."""

from __future__ import annotations

import pytest

from clacks_monitor.gui.detail import pages
from clacks_monitor.gui.detail.pages import PAGE_BYTES, Pages
from clacks_monitor.gui.detail.shown_text import SOFT_BREAK


@pytest.mark.parametrize(("size", "count"), [(0, 1), (1, 1), (PAGE_BYTES, 1), (PAGE_BYTES + 1, 2), (2 * PAGE_BYTES, 2)])
def test_so_many_pages_has_a_text(size: int, count: int) -> None:
    assert PAGE_BYTES == 32 * 1_024
    assert Pages(b"x" * size).count == Pages("x" * size).count == count


def test_bytes_have_smaller_pages_of_a_table() -> None:
    found = Pages(bytes(4_096 + 1))
    assert (found.is_text, found.count) == (False, 2)
    assert found.page(1).lines[0].startswith("00001000  00 ")
    assert [found.number_at(place) for place in (0, 4_095, 4_096, 9_999)] == [0, 0, 1, 1]
    assert [found.line_and_text(place) for place in (0, 7, 8, 4_096)] == [(0, ""), (0, ""), (1, ""), (0, "")]
    assert Pages("\x00").is_text


@pytest.mark.parametrize("sign", ["a", "ä", "€", "\U0001d11e"])
@pytest.mark.parametrize("before", range(4))
def test_no_page_begins_within_a_character(monkeypatch: pytest.MonkeyPatch, sign: str, before: int) -> None:
    monkeypatch.setattr(pages, "PAGE_BYTES", 8)
    text = "x" * before + sign * 9 + "y"
    found = Pages(text)
    parts = [found.page(number).text.replace(SOFT_BREAK, "") for number in range(found.count)]
    assert "".join(parts) == text
    for place in range(len(text.encode())):
        page = found.number_at(place)
        start = len("".join(parts[:page]).encode())
        assert start <= place < start + len(parts[page].encode())
    at = text.encode().index(b"y")
    assert found.line_and_text(at) == (0, parts[found.number_at(at)][: parts[found.number_at(at)].index("y")])


def test_bytes_that_are_no_characters_still_have_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGE_BYTES", 8)
    monkeypatch.setattr(pages, "_LOOK", 4)
    found = Pages(b"abcde" + b"\x80" * 19)
    assert [found.page(number).text for number in range(found.count)] == [
        "abcde" + "\\x80" * 3, "\\x80" * 8, "\\x80" * 8,
    ]  # fmt: skip


def test_a_text_is_found_from_a_place_on_and_round_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pages._SEARCH_STEP == 4 * 1_024 * 1_024
    monkeypatch.setattr(pages, "_SEARCH_STEP", 4)
    found = Pages("one two three two")
    assert [found.find("two", start) for start in (0, 4, 5, 14, 15, 99)] == [4, 4, 14, 14, 4, 4]
    assert [found.find("three", start) for start in (0, 8, 9, 12)] == [8] * 4
    assert (found.find("four", 3), found.find("o t", 8)) == (-1, 6)
    calls: list[int] = []
    assert found.find("no such", 8, lambda: calls.append(1)) == -1
    assert len(calls) == 3 + 4


def test_the_line_of_a_place_is_that_of_its_page() -> None:
    found = Pages("a\nbc\n\u202ed")
    assert [found.line_and_text(place) for place in (0, 1, 2, 3, 8)] == [
        (0, ""), (0, "a"), (1, ""), (1, "b"), (2, "\u2039U+202E\u203a"),
    ]  # fmt: skip
