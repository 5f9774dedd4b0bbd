"""Names of keys as the window's language has them. Thread: the window's."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

__all__ = ["with_keys"]


def with_keys(text: str, *keys: str) -> str:
    """Put the names of portable key sequences in place of ``%1``, ``%2``, ...: ``Ctrl+0`` is "Strg+0" in German."""
    for place, sequence in enumerate(keys, 1):
        text = text.replace(f"%{place}", QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText))
    return text
