"""Texts come back from the database's form as they were."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.archive.texts import copied, read, stored

TEXTS = st.text(st.sampled_from("\x00\x10@\\\t\n\rNnt0aäß\U0001f600 "))
_UNESCAPED = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}


def uncopied(text: str) -> str:
    """Return what the server reads in a column of COPY's text format."""
    found, place = [], 0
    while place < len(text):
        pair = text[place : place + 2]
        found.append(_UNESCAPED.get(pair, text[place]))
        place += 2 if pair in _UNESCAPED else 1
    return "".join(found)


@given(TEXTS)
def test_any_text_comes_back(text: str) -> None:
    assert read(stored(text)) == text
    assert "\x00" not in stored(text)


@given(TEXTS)
def test_a_block_for_copy_holds_what_is_stored(text: str) -> None:
    assert uncopied(copied(text)) == stored(text)
    assert not {"\t", "\n", "\r", "\x00"} & set(copied(text))


def test_what_others_have_written_stays_readable() -> None:
    assert read("a lone \x10 and \x10x") == "a lone \x10 and \x10x"
