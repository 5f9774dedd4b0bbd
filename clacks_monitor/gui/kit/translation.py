"""Messages of the packages below the window, in the window's language.

They are made by `core.messages.Message`, whose templates are translated in a context of their own.
Thread: the window's.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale
from typing_extensions import override

from clacks_monitor.core import messages

CONTEXT = "Message"


def translated(text: str) -> str:
    """Return a text in the window's language; one that has no template stays as it is."""
    return messages.translated(text, _template, _Number)


class _Number(int):
    """A number that ``{0:,}`` groups as the window's language does."""

    @override
    def __format__(self, form: str) -> str:
        return QLocale().toString(int(self)) if form == "," else super().__format__(form)


def _template(template: str) -> str:
    return QCoreApplication.translate(CONTEXT, template)
