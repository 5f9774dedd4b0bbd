"""Tool tips of texts that others wrote. No state; GUI thread.

Qt takes a tool tip that looks like HTML for HTML, and then opens the pictures that it names: an event on the bus could
have any file of this computer read by the mouse passing over it.
"""

from __future__ import annotations


def plain_tip(text: str) -> str:
    """Return what shows ``text`` as a tool tip just as it is."""
    if "<" not in text and "&" not in text:
        return text
    from html import escape  # noqa: PLC0415 - the window's first frame has tips, and none of these

    return f'<p style="white-space:pre-wrap">{escape(text)}</p>'
