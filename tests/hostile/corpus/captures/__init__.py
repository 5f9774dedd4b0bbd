"""Hostile captures: files that somebody hands over, made when they are wanted.

Each is made from a small sound capture, by SQLite itself where it can be told to, else byte by byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile.corpus.captures.bodies import bodies, large
from tests.hostile.corpus.captures.case import COUNT, HostileCapture, sound
from tests.hostile.corpus.captures.files import files
from tests.hostile.corpus.captures.layouts import layouts
from tests.hostile.corpus.captures.numbers import numbers
from tests.hostile.corpus.captures.pages import pages
from tests.hostile.corpus.captures.programs import programs
from tests.hostile.corpus.captures.values import by_value, columns, values, wrong_values

if TYPE_CHECKING:
    from tests.hostile.bait import Lures

__all__ = ["COUNT", "HostileCapture", "by_value", "captures", "columns", "sound", "values"]


def captures(lures: Lures, seed: int = 1) -> list[HostileCapture]:
    """Return all cases but for each odd value in each column, which are values()."""
    groups = (programs(), layouts(), numbers(), wrong_values(lures), large(), bodies(), pages(seed), files(lures))
    return [case for group in groups for case in group]
