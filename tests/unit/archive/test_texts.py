"""Texts come back from the database's form as they were."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.archive.texts import read, stored

TEXTS = st.text(st.sampled_from("\x00\x10@\\\t\n\rNnt0aäß\U0001f600 "))


@given(TEXTS)
def test_any_text_comes_back(text: str) -> None:
    assert read(stored(text)) == text
    assert "\x00" not in stored(text)


def test_what_others_have_written_stays_readable() -> None:
    assert read("a lone \x10 and \x10x") == "a lone \x10 and \x10x"
