"""The lines of a plot: which are hidden, how each looks, and the points that one can go to. No widget here."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Final

from clacks_monitor.gui.charts.line_painter import MARKS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from clacks_monitor.core.chart import ChartLine

HUES: Final = ("blue", "orange", "green", "purple", "red", "teal", "grey", "yellow")
"""Colours of lines, by their names in COLOURS."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of a line: its column's place in the line, and whether the highest number of it is meant."""

    line: ChartLine
    place: int
    high: bool

    @property
    def column(self) -> int:
        """Its column."""
        return self.line.columns[self.place]

    @property
    def sequence(self) -> int:
        """The number of its event."""
        return (self.line.high_at if self.high else self.line.low_at)[self.place]

    @property
    def value(self) -> float:
        """Its number."""
        return (self.line.highs if self.high else self.line.lows)[self.place]


class PlottedLines:
    """The lines that were read, of which some are hidden. Owner: a plot."""

    def __init__(self) -> None:
        self._lines: Sequence[ChartLine] = ()
        self._hidden: Collection[str] = ()
        self._numbers: dict[str, int] = {}
        """By which each line keeps its look while others come and go."""

    def show(self, lines: Sequence[ChartLine]) -> None:
        """Replace the lines."""
        self._lines = lines
        names = [line.name for line in lines]
        self._numbers = {name: number for name, number in self._numbers.items() if name in names}
        free = (number for number in count() if number not in self._numbers.values())
        for name in names:
            if name not in self._numbers:
                self._numbers[name] = next(free)

    def hide(self, names: Collection[str]) -> None:
        """Leave out the lines with these names."""
        self._hidden = names

    @property
    def visible(self) -> list[ChartLine]:
        """The lines that are not hidden."""
        return [line for line in self._lines if line.name not in self._hidden]

    def look_of(self, name: str) -> tuple[str, int]:
        """Return the colour's name and the mark of a line; few lines differ in both."""
        number = self._numbers.get(name, 0)
        return HUES[number % len(HUES)], (number + number // len(HUES)) % MARKS

    def spots_about(self, column: int) -> Iterator[Spot]:
        """Yield the points of each line that are next to a column."""
        for line in self.visible:
            place = bisect_left(line.columns, column)
            for near in range(max(0, place - 2), min(len(line.columns), place + 2)):
                yield Spot(line, near, high=False)
                yield Spot(line, near, high=True)

    def same(self, spot: Spot) -> Spot | None:
        """Return the point of the present lines that is where one was before."""
        for line in self.visible:
            place = bisect_left(line.columns, spot.column)
            if line.name == spot.line.name and place < len(line.columns) and line.columns[place] == spot.column:
                return Spot(line, place, spot.high)
        return None

    def moved(self, spot: Spot | None, step: int, lines: int) -> Spot | None:
        """Return the point that is some columns or lines from another, the last of the first line from None."""
        shown = [line for line in self.visible if line.columns]
        if not shown:
            return None
        if spot is None:
            return Spot(shown[0], len(shown[0].columns) - 1, high=True)
        number = next((place for place, line in enumerate(shown) if line.name == spot.line.name), 0)
        line = shown[(number + lines) % len(shown)]
        place = bisect_left(line.columns, spot.column) + step
        return Spot(line, max(0, min(len(line.columns) - 1, place)), high=True)
