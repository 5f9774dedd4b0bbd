"""Texts of others in places with markup or access keys; places in texts as Qt counts them."""

from __future__ import annotations

import pytest

from clacks_monitor.core.untrusted import MAX_LINE
from clacks_monitor.gui.kit.key_names import with_keys
from clacks_monitor.gui.kit.plain_text import MAX_CAPTION, as_caption, as_title, literal, notification, spoken
from clacks_monitor.gui.kit.text_units import code_points, units
from clacks_monitor.gui.kit.tool_tips import MAX_LINES, WIDTH, plain_tip

JOINER = "\u2060"
CLEF = "\U0001d11e"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a < b & c", "a < b & c"),
        ("<b>bold</b>", f"<{JOINER}b>bold<{JOINER}/b>"),
        ("<!doctype html>", f"<{JOINER}!doctype html>"),
        ("<p><?x?>", f"<{JOINER}p><{JOINER}?x?>"),
        ("<p>1 < 2 &lt; 3 &amp;", f"<{JOINER}p>1 < 2 &{JOINER}lt; 3 &amp;"),
    ],
)
def test_only_what_looks_like_markup_is_changed(text: str, shown: str) -> None:
    assert literal(text) == shown


def test_a_caption_has_no_access_key_and_a_title_keeps_its_sign() -> None:
    assert (as_caption("R&D\nLab"), as_title("R&D")) == (as_title("R&&D\nLab"), "R&D")
    for fit in (as_caption, as_title):
        assert fit("x" * MAX_CAPTION) == "x" * MAX_CAPTION
        assert fit("x" * (MAX_CAPTION + 1)) == "x" * (MAX_CAPTION - 1) + "…"
        assert fit("abcdef", 4) == "abc…"
    assert MAX_CAPTION == 80
    assert len(spoken("x" * 2 * MAX_LINE)) == MAX_LINE


def test_a_notification_has_signs_that_only_look_like_markup() -> None:
    assert notification("<a> & b") == "\u2039a\u203a \uff06 b"


def test_keys_are_named_at_their_places() -> None:
    assert with_keys("%2 or %1, %1", "Ctrl+0", "F3") == "F3 or Ctrl+0, Ctrl+0"


def test_qt_counts_two_units_for_what_is_beyond_the_first_plane() -> None:
    assert [units(text) for text in ("", "ab", "\uffff", "\U00010000", f"a{CLEF}b")] == [0, 2, 1, 2, 4]
    assert [code_points(f"a{CLEF}b", at) for at in (0, 1, 3, 4, 9)] == [0, 1, 2, 3, 3]
    assert code_points("\ud800x", 1) == 1


def test_a_tip_is_folded_at_its_width_and_ends_after_so_many_lines() -> None:
    plain = "x" * WIDTH
    assert plain_tip(plain) == plain
    assert plain_tip("é" * WIDTH) == "é" * WIDTH
    assert plain_tip(f"{plain}y") == f"{plain}\ny"
    words = "word " * 21
    assert plain_tip(words).split("\n") == ["word " * 19 + "word", "word "]
    assert plain_tip("\n".join("a" * MAX_LINES)) == "\n".join("a" * MAX_LINES)
    assert len(plain_tip("a\n" * 10_000).split("\n")) == MAX_LINES == 25
