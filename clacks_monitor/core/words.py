"""Texts for people that a window can put into another language: what is said, and how it was made.

Role: rooms below the window say things in English; `Words` are such a text that remembers its template and what was
put into it, so that the window can translate the template. Everywhere else it is a plain text.
`tools/translations.py` finds the templates in the calls of `say`.
Owner: nobody, values. Thread: any.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Words", "counted", "either", "printable", "reason", "say", "translated"]


class Words(str):
    """A text made by `say`. Cutting or joining it gives a plain text, which stays English."""

    __slots__ = ("arguments", "template")

    template: str
    arguments: tuple[object, ...]


def say(template: str, *arguments: object) -> Words:
    """Make a text: `{0}`, `{1}`, ... stand for the arguments, which may be Words themselves."""
    words = Words(template.format(*arguments) if arguments else template)
    words.template, words.arguments = template, arguments
    return words


def reason(error: BaseException) -> str:
    """Return what an error says, as Words if it was made of them; str() would make it a plain text."""
    first = error.args[0] if error.args else None
    return first if isinstance(first, Words) else str(error)


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a grouped number with its noun: ``1 event``, ``18,961 events``; ``plural`` where an s is not enough."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def printable(text: str) -> str:
    """Return a stranger's text without the characters that would let it steer a terminal or forge a line of a log."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def either(items: Sequence[str]) -> str:
    """Join alternatives; "" for none."""
    return reduce(lambda one, other: say("{0}, or {1}", one, other), items) if items else ""


def translated(text: str, translate: Callable[[str], str], number: Callable[[int], object] = int) -> str:
    """Return a text in the language that `translate` knows for templates; a text without one as it is.

    ``number`` makes of a number one that is written as that language does.
    """
    if not isinstance(text, Words):
        return text

    def argument(item: object) -> object:
        if isinstance(item, str):
            return translated(item, translate, number)
        return number(item) if type(item) is int else item

    arguments = [argument(item) for item in text.arguments]
    template = translate(text.template)
    return template.format(*arguments) if arguments else template
