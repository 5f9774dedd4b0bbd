"""Text that others wrote, for the places where Qt would look for markup or access keys in it. No state; GUI thread.

Qt takes a text that looks like HTML for HTML in labels, message boxes, tool tips and more, and then opens the pictures
that it names: ``<img src="...">`` on the bus had any file of this computer read. What these functions return never
looks like HTML to Qt, and is bounded, because Qt lays out whatever it is given.
"""

from __future__ import annotations

import re

from PySide6.QtGui import Qt

from clacks_monitor.core.untrusted import MAX_LINE, one_line

MAX_CAPTION = 80
"""Characters of a menu's entry, a button, a tab or a title that others named."""
_MARKUP = re.compile(r"<(?=[\w/!?])|&(?=lt;)")
_LOOKALIKES = str.maketrans({"<": "‹", ">": "›", "&": "＆"})  # noqa: RUF001 - it is meant to look alike


def literal(text: str) -> str:
    """Return ``text`` so that Qt does not take it for HTML: a character without width stands after each ``<``."""
    return _MARKUP.sub("\\g<0>\u2060", text) if Qt.mightBeRichText(text) else text


def as_caption(text: str, limit: int = MAX_CAPTION) -> str:
    """Return ``text`` for a menu, button, tab or dock: on one line, and its ``&`` are no access keys."""
    return literal(one_line(text, limit)).replace("&", "&&")


def as_title(text: str, limit: int = MAX_CAPTION) -> str:
    """Return ``text`` for a place without access keys: a window's title, an entry of a list, an accessible name."""
    return literal(one_line(text, limit))


def spoken(text: str) -> str:
    """Return ``text`` as the accessible description of a widget."""
    return literal(one_line(text, MAX_LINE))


def notification(text: str) -> str:
    """Return ``text`` for the desktop's notifications, of which some read markup and some do not."""
    return one_line(text).translate(_LOOKALIKES)
