"""The names of row colours in the window's language. Thread: the window's."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def colour_name(colour: str) -> str:
    """Return a colour of core.profile.COLOURS in words."""
    translate = QCoreApplication.translate
    return {
        "none": translate("Colours", "No colour"),
        "blue": translate("Colours", "Blue"),
        "green": translate("Colours", "Green"),
        "yellow": translate("Colours", "Yellow"),
        "orange": translate("Colours", "Orange"),
        "red": translate("Colours", "Red"),
        "purple": translate("Colours", "Purple"),
        "teal": translate("Colours", "Teal"),
        "grey": translate("Colours", "Grey"),
    }.get(colour, colour)
