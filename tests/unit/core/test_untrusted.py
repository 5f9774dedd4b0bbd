"""Text from outside as it is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.core.untrusted import MAX_SCRIPTS, clip, one_line, reveal


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
