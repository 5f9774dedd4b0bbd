"""Messages of the packages below the window, in the window's language.

They are made by `core.messages.Message`, whose templates are translated in a context of their own.
Thread: the window's.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale
from typing_extensions import override

from clacks_monitor.core import messages

CONTEXT = "Message"
SCHEMA_CONTEXT = "Schema"
"""The context of the documentation in the schemas that come with the program."""


def translated(text: str) -> str:
    """Return a text in the window's language; one that has no template stays as it is."""
    return messages.translated(text, _template, _number)


def documentation(text: str) -> str:
    """Return documentation of a schema, of one that comes with the program in the window's language."""
    if isinstance(text, messages.Message) or not text:
        return translated(text)
    return QCoreApplication.translate(SCHEMA_CONTEXT, text)


def _number(value: float) -> object:
    return _Integer(value) if isinstance(value, int) else _Float(value)


class _Integer(int):
    """An integer that templates write as the window's language does, with its groups of digits."""

    @override
    def __format__(self, form: str) -> str:
        if form == "g":
            return format(_Float(self), form)
        return QLocale().toString(int(self)) if form in {"", ","} else super().__format__(form)


class _Float(float):
    """A number that ``{0:g}`` and ``{0:.1f}`` write with the decimal separator of the window's language."""

    @override
    def __format__(self, form: str) -> str:
        if form == "g":
            return QLocale().toString(float(self), "g", 6)
        if form[:1] == "." and form[-1:] == "f":
            return QLocale().toString(float(self), "f", int(form[1:-1]))
        return super().__format__(form)


def _template(template: str) -> str:
    return QCoreApplication.translate(CONTEXT, template)
