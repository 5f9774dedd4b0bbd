"""What rooms below the window say, in the window's language.

Their texts are made by `core.words.say`, whose templates are translated in a context of their own.
Owner: nobody. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from clacks_monitor.core import words

if not TYPE_CHECKING:
    from clacks_monitor.core.overriding import override
else:
    from typing_extensions import override

CONTEXT = "Words"


def translated(text: str) -> str:
    """Return a text in the window's language; one that has no template stays as it is."""
    return words.translated(text, _template, _Number)


class _Number(int):
    """A number that ``{0:,}`` groups as the window's language does."""

    @override
    def __format__(self, form: str) -> str:
        return QLocale().toString(int(self)) if form == "," else super().__format__(form)


def _template(template: str) -> str:
    return QCoreApplication.translate(CONTEXT, template)
