"""What is sent to the window of computed columns. Values; any thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.core.columns import AddedColumn, ComputedColumn

ERROR = "\0"
"""In front of the code of an error that stands in the place of a value."""


@dataclass(frozen=True, slots=True)
class Computed:
    """Values of computed columns by sequence number; those of ``dropped`` have to be asked for again."""

    values: Mapping[int, Mapping[AddedColumn, str]]
    dropped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderProgress:
    """How many of the values by which rows are being sorted are computed."""

    column: ComputedColumn
    done: int
    total: int
