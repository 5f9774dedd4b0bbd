"""Preferences that concern the window alone: language, theme, size of text, times, notifications.

They are in the window's settings, which are read before the first frame. What cannot be read there is the default.
Owner: the application. Thread: the window's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.gui.kit.theme import Scheme
from clacks_monitor.gui.kit.time_format import FRACTIONS, TimeFormat

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

LANGUAGES = ("en", "de")
_TRUE = {"true", "1"}


@dataclass(frozen=True, slots=True)
class Notifications:
    """What alerts and lost connections may do beside what the window shows.

    ``taskbar`` marks the window in the taskbar, ``desktop`` and ``sound`` allow what profiles ask for, and ``outage``
    notifies on the desktop when a connection is lost.
    """

    taskbar: bool = True
    desktop: bool = True
    sound: bool = True
    outage: bool = False


class WindowPreferences:
    """Reads and stores the preferences, one key each."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def language(self) -> str:
        """One of LANGUAGES, "" for the system's."""
        stored = self._text("window/language")
        return stored if stored in LANGUAGES else ""

    @language.setter
    def language(self, value: str) -> None:
        self._settings.setValue("window/language", value)

    @property
    def scheme(self) -> Scheme:
        """Which colours the window has."""
        stored = self._text("window/colours")
        return Scheme(stored) if stored in set(Scheme) else Scheme.SYSTEM

    @scheme.setter
    def scheme(self, value: Scheme) -> None:
        self._settings.setValue("window/colours", value.value)

    @property
    def zoom(self) -> int:
        """The size of text in per cent; the theme keeps it within its bounds."""
        return self._number("window/zoom", 100)

    @zoom.setter
    def zoom(self, value: int) -> None:
        self._settings.setValue("window/zoom", value)

    @property
    def still(self) -> bool:
        """Whether nothing is to move by itself, whatever the system says."""
        return self._flag("window/still", default=False)

    @still.setter
    def still(self, value: bool) -> None:
        self._settings.setValue("window/still", value)

    @property
    def times(self) -> TimeFormat:
        """How times are written."""
        digits = self._number("times/digits", TimeFormat().digits)
        return TimeFormat(
            utc=self._flag("times/utc", default=False),
            dated=self._flag("times/dated", default=False),
            digits=digits if digits in FRACTIONS else TimeFormat().digits,
        )

    @times.setter
    def times(self, value: TimeFormat) -> None:
        for name in ("utc", "dated", "digits"):
            self._settings.setValue(f"times/{name}", getattr(value, name))

    @property
    def fold_copies(self) -> bool:
        """Whether one row stands for all deliveries of a message."""
        return self._flag("window/fold_copies", default=True)

    @fold_copies.setter
    def fold_copies(self, value: bool) -> None:
        self._settings.setValue("window/fold_copies", value)

    @property
    def notifications(self) -> Notifications:
        """What may notify the user outside the window."""
        default = Notifications()
        return Notifications(
            **{name: self._flag(f"notifications/{name}", default=getattr(default, name)) for name in _NOTIFYING}
        )

    @notifications.setter
    def notifications(self, value: Notifications) -> None:
        for name in _NOTIFYING:
            self._settings.setValue(f"notifications/{name}", getattr(value, name))

    def _text(self, key: str) -> str:
        return str(self._settings.value(key, ""))

    def _number(self, key: str, default: int) -> int:
        text = self._text(key)
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else default

    def _flag(self, key: str, *, default: bool) -> bool:
        """Return a flag; the file holds "true", the settings True until they are read again."""
        text = self._text(key).lower()
        return text in _TRUE if text else default


_NOTIFYING = ("taskbar", "desktop", "sound", "outage")
