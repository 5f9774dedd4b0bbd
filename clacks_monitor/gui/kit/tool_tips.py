"""Tool tips of texts that others wrote. No state; GUI thread.

The theme's style sheet has every tool tip shown as plain text. What this returns is bounded too, and
is as harmless where that style sheet is not in force.
"""

from __future__ import annotations

import re

from clacks_monitor.core.untrusted import MAX_TEXT, paragraph
from clacks_monitor.gui.kit.plain_text import literal

MAX_LINES = 25
WIDTH = 100
"""Characters of a line: Qt wraps a plain tool tip only where it is wider than the screen."""
_LONG_LINE = re.compile(rf"(?=[^\n]{{{WIDTH + 1}}})(?:[^\n]{{40,{WIDTH}}}[ \t]|[^\n]{{{WIDTH}}})")


def plain_tip(text: str) -> str:
    """Return ``text`` as a tool tip: at most 25 lines of about a hundred characters."""
    if len(text) <= WIDTH and text.isascii() and "<" not in text and "&" not in text:
        return text
    folded = _LONG_LINE.sub(lambda line: f"{line[0].rstrip()}\n", paragraph(text, MAX_TEXT, MAX_LINES))
    return literal(paragraph(folded, len(folded), MAX_LINES))
