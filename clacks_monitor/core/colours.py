"""The names of colours that profiles and connections have."""

from __future__ import annotations

COLOURS = ("none", "blue", "green", "yellow", "orange", "red", "purple", "teal", "grey")
"""Names of row tints; each theme gives them a value with enough contrast."""
