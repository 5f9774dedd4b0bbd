"""A profile: a named filter with its colour, as an operator keeps and shares it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

COLOURS = ("none", "blue", "green", "yellow", "orange", "red", "purple", "teal", "grey")
"""Names of row tints; each theme gives them a value with enough contrast."""


def _new_id() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Profile:
    """A named filter.

    ``query`` is XQuery text, "" matches everything; ``colour`` is one of COLOURS; ``active`` means it takes part
    in deciding what is shown: with no active profile everything is shown, with some, what any of them matches.
    ``columns`` lists column keys in order (empty: as the window has them); ``alert`` asks for a notification.
    """

    name: str
    query: str = ""
    description: str = ""
    colour: str = "none"
    active: bool = False
    alert: bool = False
    columns: tuple[str, ...] = ()
    order: int = 0
    id: str = field(default_factory=_new_id)
