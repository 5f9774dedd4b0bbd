"""Messages: texts for users that a window can translate, because they keep their template and arguments.

The packages below the window write in English. A ``Message`` keeps its template and arguments, so that the window
can translate the template; everywhere else it is a plain text. ``tools/translations.py`` finds the templates in the
calls of ``Message``. Values; any thread.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Message", "counted", "either", "printable", "reason", "translated"]


class Message(str):
    """A message made from a template, in which ``{0}``, ``{1}``, ... stand for the arguments; they may be messages.

    Cutting or joining it gives a plain text, which stays English.
    """

    __slots__ = ("arguments", "template")

    template: str
    arguments: tuple[object, ...]

    def __new__(cls, template: str, *arguments: object) -> Self:
        """Make a message; ``template`` is a literal, so that translators are shown it."""
        message = super().__new__(cls, template.format(*arguments) if arguments else template)
        message.template, message.arguments = template, arguments
        return message

    @classmethod
    def of(cls, template: str, *arguments: object) -> Self:
        """Return a message whose template was read from data, and is a literal somewhere else."""
        return cls(template, *arguments)


def reason(error: BaseException) -> str:
    """Return the text of an error, as a Message if it was made with one; str() would give a plain text."""
    first = error.args[0] if error.args else None
    return first if isinstance(first, Message) else str(error)


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a grouped number with its noun: ``1 event``, ``18,961 events``; ``plural`` where an s is not enough."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def printable(text: str) -> str:
    """Return an untrusted text without the characters that could control a terminal or forge a log line."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def either(items: Sequence[str]) -> str:
    """Join alternatives; "" for none."""
    return reduce(lambda one, other: Message("{0}, or {1}", one, other), items) if items else ""


def _same(number: float) -> object:
    return number


def translated(text: str, translate: Callable[[str], str], number: Callable[[float], object] = _same) -> str:
    """Return a text in the language that ``translate`` knows for templates; a text without one as it is.

    ``number`` makes of an int or float one that is written as that language does.
    """
    if not isinstance(text, Message):
        return text

    def argument(item: object) -> object:
        if isinstance(item, str):
            return translated(item, translate, number)
        return number(item) if isinstance(item, int | float) and not isinstance(item, bool) else item

    arguments = [argument(item) for item in text.arguments]
    template = translate(text.template)
    return template.format(*arguments) if arguments else template
