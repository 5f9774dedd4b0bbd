"""Makes untrusted text fit to be shown: bounded, on one line, without invisible characters.

Texts of senders, brokers, schemas, profiles, file names and captures pass through here before they become a label, a
cell, a title, a tool tip, a log line or terminal output. The functions examine no more of a text than they return.
Pure; any thread.
"""

from __future__ import annotations

import re

MAX_LINE = 500
"""Characters of a line in a label, a message or a tool tip."""
MAX_TEXT = 2_000
"""Characters of a text of several lines in a label, a message or a tool tip."""
MAX_LINES = 30
"""Lines of such a text."""
_LONG_WORD = re.compile(r"[^\s\u200b]{40}(?=[^\s\u200b])")
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""Combining characters that apply to any letter; in large numbers they cover the lines around them."""
_PILE = re.compile(f"([{_MARKS}]{{3}})[{_MARKS}]+")
_UNUSUAL_BLOCKS = (
    "\u0590-\u1dff\u2c00-\u2e7f\ua000-\uabff\U00010000-\U0001f0ff\U0001f800-\U0001f8ff\U0001fb00-\U0001ffff"
)
_UNUSUAL = re.compile(f"[{_UNUSUAL_BLOCKS}]")
"""All but Latin, Greek, Cyrillic, signs, emoji, and what is written in China, Japan and Korea."""
_TO_CHECK = re.compile(f"[{_MARKS}{_UNUSUAL_BLOCKS}]")
"""What may be piled up or of an unusual script: most texts have neither, which one search finds out."""
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls but tab, line feed, carriage return
    "\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # bidi controls, breaks, no width
    "\ud800-\udfff\U000e0000-\U000e007f]"  # lone surrogates, tags
)

MAX_SCRIPTS = 6
"""Of the less usual scripts in a text: finding a font takes some milliseconds for each."""


def clip(text: str, limit: int = MAX_LINE) -> str:
    """Return ``text`` with at most ``limit`` characters, the last one an ellipsis where some are left out."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def reveal(text: str) -> str:
    """Return ``text`` with characters that hide or reorder others as their code, ``‹U+202E›``.

    Tabs and line ends stay; of combining characters on one letter three are kept, and few_scripts() is applied. The
    whole text is read: clip it first.
    """
    if not text.isprintable():  # invisible characters are never printable to Python, nor are tabs and line ends
        text = _UNSEEN.sub(_code, text)
    if text.isascii() or not _TO_CHECK.search(text):
        return text
    return few_scripts(_PILE.sub(r"\1", text) if _PILE.search(text) else text)


def few_scripts(text: str) -> str:
    """Return ``text`` with at most MAX_SCRIPTS of the less usual scripts, the first ones; of others, the codes.

    Loading the fonts for a text in all scripts took half a second. A block of 256 characters counts as a script.
    """
    blocks = dict.fromkeys(ord(sign) >> 8 for sign in _UNUSUAL.findall(text))
    if len(blocks) <= MAX_SCRIPTS:
        return text
    kept = frozenset(list(blocks)[:MAX_SCRIPTS])
    return _UNUSUAL.sub(lambda found: found[0] if ord(found[0]) >> 8 in kept else _code(found), text)


def _code(found: re.Match[str]) -> str:
    return f"‹U+{ord(found[0]):04X}›"


def one_line(text: str, limit: int = MAX_LINE) -> str:
    """Return the beginning of ``text`` as one line of at most ``limit`` characters, revealed."""
    if len(text) <= limit and text.isprintable():
        return reveal(" ".join(text.split()))
    shown = reveal(" ".join(text[: 2 * limit].split()))
    if len(text) > 2 * limit and len(shown) <= limit:
        return f"{shown[: limit - 1]}…"
    return clip(shown, limit)


def paragraph(text: str, limit: int = MAX_TEXT, lines: int = MAX_LINES) -> str:
    """Return the beginning of ``text``, revealed: at most ``limit`` characters on at most ``lines`` lines."""
    shown = clip(text, limit)
    if "\n" in shown:
        kept = shown.split("\n", lines)
        if len(kept) > lines:
            shown = "\n".join((*kept[: lines - 1], "…"))
    return clip(reveal(shown), limit)


def breakable(text: str) -> str:
    """Return ``text`` with places inside of its long words where a line may be broken; they cannot be seen."""
    return _LONG_WORD.sub("\\g<0>\u200b", text)
