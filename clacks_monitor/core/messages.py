"""Messages: texts for users that a window can translate, because they keep their template and arguments.

The packages below the window write in English. A ``Message`` keeps its template and arguments, so that the window
can translate the template; everywhere else it is a plain text. ``tools/translations.py`` finds the templates in the
calls of ``Message``. Values; any thread.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, Self

from clacks_monitor.core.untrusted import clip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Message", "counted", "either", "packed", "printable", "reason", "sentences", "translated", "unpacked"]
PlainValue = Any
"""What ``marshal`` and JSON can write: a number, a text, or a tuple of a template and plain values."""


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
        message.template = template
        # The text of an error only: an error holds its traceback, and with it the event that it is about.
        message.arguments = tuple([reason(each) if isinstance(each, BaseException) else each for each in arguments])
        return message

    @classmethod
    def of(cls, template: str, *arguments: object) -> Self:
        """Return a message whose template was read from data, and is a literal somewhere else."""
        return cls(template, *arguments)

    @classmethod
    def verbatim(cls, text: str) -> Self:
        """Return a message that is the same in every language: a symbol, or the text of a user or another program."""
        return cls("{0}", text)


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


def sentences(first: Message, *others: str) -> Message:
    """Join messages by blanks, leaving out empty ones."""
    return reduce(lambda one, other: Message("{0} {1}", one, other), filter(None, others), first)


def packed(text: object, most: int) -> PlainValue:
    """Return a text or argument as a plain value that ``marshal`` and JSON can write; texts are clipped to ``most``."""
    if isinstance(text, Message):
        return (text.template, tuple(packed(item, most) for item in text.arguments))
    return text if isinstance(text, int | float) else clip(str(text), most)


def unpacked(plain: PlainValue) -> PlainValue:
    """Return what was packed."""
    if isinstance(plain, tuple | list):  # a list where it comes from JSON
        template, arguments = plain
        return Message.of(template, *map(unpacked, arguments))
    return plain


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
