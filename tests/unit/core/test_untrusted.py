"""Text from outside as it is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.core import untrusted
from clacks_monitor.core.untrusted import (
    MAX_SCRIPTS,
    breakable,
    clip,
    few_scripts,
    one_line,
    paragraph,
    reveal,
)


def test_what_is_too_long_ends_in_an_ellipsis() -> None:
    assert clip("abcdef", 6) == "abcdef"
    assert clip("abcdefg", 6) == "abcde…"


def test_what_hides_or_reorders_is_shown_as_its_code() -> None:
    assert reveal("rm \u202egpj.exe") == "rm ‹U+202E›gpj.exe"
    assert reveal("a\x00b\x1b[31m\udc80") == "a‹U+0000›b‹U+001B›[31m‹U+DC80›"


def test_tabs_line_ends_and_joined_letters_stay() -> None:
    assert reveal("a\tb\r\nc 👩‍💻 می‌خواهم") == "a\tb\r\nc 👩‍💻 می‌خواهم"


def test_a_pile_of_combining_characters_is_cut() -> None:
    assert reveal("Z" + "\u0301" * 10_000 + "!") == "Z" + "\u0301" * 3 + "!"


def test_of_many_scripts_a_few_are_shown() -> None:
    usual = "Grüße, Ελλάδα, Привет, 日本語, 한국어, שלום, سلام, ไทย, ქართული"
    assert reveal(usual) == usual
    many = "".join(map(chr, range(0x600, 0x1C00, 0x80)))
    shown = reveal(many)
    assert shown.startswith(many[:10])
    assert len({ord(sign) >> 8 for sign in shown if sign.isalpha() and not sign.isascii()}) <= MAX_SCRIPTS
    assert shown.endswith(f"‹U+{ord(many[-1]):04X}›")


def test_line_separators_do_not_break_a_line() -> None:
    assert one_line(" a\r\nb\tc\u2028d ") == "a b c d"
    assert one_line("x" * 10, 5) == "xxxx…"
    assert one_line("x" + " " * 5_000 + "y", 5) == "x…"


@given(st.text(st.characters(), max_size=300), st.integers(2, 100))
def test_a_line_is_bounded_and_holds_nothing_unseen(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert "\n" not in line
    assert reveal(line) == line


def test_the_bounds() -> None:
    assert (untrusted.MAX_LINE, untrusted.MAX_TEXT, untrusted.MAX_LINES, untrusted.MAX_SCRIPTS) == (500, 2_000, 30, 6)
    assert len(clip("x" * 600)) == len(one_line("x" * 600)) == 500
    assert len(paragraph("x" * 3_000)) == 2_000


def test_a_paragraph_has_so_many_lines_at_most() -> None:
    lines = [str(number) for number in range(31)]
    assert paragraph("\n".join(lines[:30])) == "\n".join(lines[:30])
    assert paragraph("\n".join(lines)) == "\n".join([*lines[:29], "…"])
    assert paragraph("a\nb\nc", lines=2) == "a\n…"
    assert paragraph("a\u202eb\tc") == "a‹U+202E›b\tc"
    assert len(paragraph("\u202e" * 100, limit=50)) == 50


def test_long_words_can_be_broken_where_nothing_is_seen() -> None:
    assert breakable("x" * 40) == "x" * 40
    assert breakable("x" * 41) == "x" * 40 + "\u200b" + "x"
    assert breakable("x" * 81) == "x" * 40 + "\u200b" + "x" * 40 + "\u200b" + "x"
    assert breakable("word " * 100) == "word " * 100


def test_six_of_the_less_usual_scripts_are_kept() -> None:
    six = "".join(chr(block << 8 | 0x41) for block in (0x6, 0x9, 0xA, 0xB, 0xC, 0xD))
    assert few_scripts(six) == six
    assert few_scripts(six + "\u0e41") == "".join(six) + "‹U+0E41›"
    assert few_scripts(six + six[0]) == six + six[0]


def test_a_line_at_its_bound() -> None:
    assert one_line("x" * 5, 5) == "x" * 5
    assert one_line("x" * 6, 5) == "xxxx…"
    assert one_line("a  b", 3) == "a b"
    assert one_line("\u202e", 3) == "‹U…"
    assert one_line("ab" + " " * 8, 5) == "ab"
    assert one_line("ab" + " " * 9, 5) == "ab…"


@pytest.mark.parametrize(("marks", "kept"), [(2, 2), (3, 3), (4, 3)])
def test_three_combining_characters_stay(marks: int, kept: int) -> None:
    assert reveal("Z" + "\u0301" * marks) == "Z" + "\u0301" * kept
