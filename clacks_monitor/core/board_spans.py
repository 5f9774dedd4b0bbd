"""The spans of a board as bars in lanes: what a picture of so many columns can show of them. Values; any thread.

Each key has a lane. Bars that are narrower than can be told apart are one bar that counts them, so that the number of
bars depends on the size of the picture, not on that of the capture.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.board_history import doubted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from clacks_monitor.core.board_history import Beginning

MAX_LANES: Final = 100
MAX_COLUMNS: Final = 10_000
MAX_BARS: Final = 5_000
NARROW: Final = 3
"""Columns of a bar that may become part of a cluster; each bar has at least two."""
_LEAST: Final = 2
GAPS: Final = ""
"""The source that is not a board: the times in which events could be missed, by connection."""


@dataclass(frozen=True, slots=True)
class SpansWanted:
    """What a picture shows: ``count`` columns of ``column_ns`` from ``from_ns`` on, and some of the lanes.

    ``source`` is a board's id, or GAPS; only keys with ``find`` in them, or in their label, have a lane. Lanes are
    counted from 0; a span that goes on ends at ``now_ns``.
    """

    source: str
    from_ns: int
    column_ns: int
    count: int
    lanes: int
    first: int = 0
    find: str = ""
    now_ns: int = 0

    @property
    def to_ns(self) -> int:
        """Where the last column ends."""
        return self.from_ns + self.count * self.column_ns


@dataclass(frozen=True, slots=True)
class SpanLane:
    """The lane of a key: ``label`` is shown for it, ``texts`` stand in its events, as those of a board's row."""

    key: str
    label: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpanBar:
    """Columns ``left`` to ``right`` (exclusive) of a lane: a span, or a cluster of ``count`` of them.

    ``state`` is that of all of them, or "". The times are those of the first beginning and the last end, which is 0
    where it goes on; ``sequence`` is the first event. ``doubted`` says that events could have been missed meanwhile.
    """

    lane: int
    left: int
    right: int
    state: str
    from_ns: int
    to_ns: int
    sequence: int
    count: int = 1
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class SpansShown:
    """An answer: the wanted lanes of ``total``, with their bars. ``left`` counts entries that are not read yet."""

    wanted: SpansWanted
    lanes: tuple[SpanLane, ...]
    bars: tuple[SpanBar, ...]
    total: int
    left: int = 0


def spans_shown(
    keys: Iterable[tuple[str, Sequence[Beginning]]],
    states: Collection[str],
    wanted: SpansWanted,
    lane_of: Callable[[str], SpanLane],
    gaps: Sequence[tuple[int, int]] = (),
) -> SpansShown:
    """Return the lanes and bars of the spans in one of ``states``; ``keys`` are those of a history."""
    inside = [gap for gap in gaps if gap[1] > wanted.from_ns and gap[0] < wanted.to_ns]
    find = wanted.find.casefold()
    shown: list[tuple[SpanLane, Sequence[Beginning]]] = []
    total = 0
    for key, beginnings in keys:
        if next(_spans(beginnings, states, wanted), None) is None:
            continue
        if find and find not in key.casefold() and find not in lane_of(key).label.casefold():
            continue
        if wanted.first <= total < wanted.first + min(wanted.lanes, MAX_LANES):
            shown.append((lane_of(key), beginnings))
        total += 1
    reach = 1
    while True:
        bars = [bar for lane, (_lane, beginnings) in enumerate(shown)
                for bar in _bars(lane, _spans(beginnings, states, wanted), wanted, reach)]  # fmt: skip
        if len(bars) <= MAX_BARS:
            break
        reach *= 2
    checked = (_checked(bar, inside) for bar in bars)
    return SpansShown(wanted, tuple(lane for lane, _beginnings in shown), tuple(checked), total)


def _spans(
    beginnings: Sequence[Beginning], states: Collection[str], wanted: SpansWanted
) -> Iterator[tuple[str, int, int, int]]:
    """Yield state, begin, end and first event of what is seen in the wanted time, in order."""
    last = beginnings[-1]
    if last[1] < wanted.from_ns and last[0] not in states:
        return
    first = max(0, bisect_right(beginnings, wanted.from_ns, key=_begun) - 1)
    from_ns, to_ns, count = wanted.from_ns, wanted.to_ns, len(beginnings)
    for place in range(first, count):
        state, begun, sequence = beginnings[place]
        if begun >= to_ns:
            return
        ended = beginnings[place + 1][1] if place + 1 < count else 0
        if state in states and (not ended or ended > from_ns):
            yield state, begun, ended, sequence


def _begun(beginning: Beginning) -> int:
    return beginning[1]


def _bars(lane: int, spans: Iterable[tuple[str, int, int, int]], wanted: SpansWanted, reach: int) -> Iterator[SpanBar]:
    """Yield the bars of a lane; narrow ones less than ``reach`` columns apart become one."""
    from_ns, column_ns, most = wanted.from_ns, wanted.column_ns, max(NARROW, reach)
    # Plain variables: a hundred thousand spans may become one bar.
    last: tuple[int, int, str, int, int, int] | None = None
    count = 0
    for state, begun, ended, sequence in spans:
        left = max(0, (begun - from_ns) // column_ns)
        end = (max(begun, ended or wanted.now_ns) - from_ns) // column_ns + 1
        right = max(left + _LEAST, min(wanted.count, end))
        if last is None:
            last, count = (left, right, state, begun, ended, sequence), 1
            continue
        if right - left <= most and (count > 1 or last[1] - last[0] <= most) and left - last[1] < reach:
            same = last[2] if last[2] == state else ""
            last, count = (last[0], max(last[1], right), same, last[3], ended, last[5]), count + 1
        else:
            yield SpanBar(lane, *last, count)
            last, count = (left, right, state, begun, ended, sequence), 1
    if last is not None:
        yield SpanBar(lane, *last, count)


def _checked(bar: SpanBar, gaps: Sequence[tuple[int, int]]) -> SpanBar:
    return replace(bar, doubted=True) if gaps and doubted(bar.from_ns, bar.to_ns, gaps) else bar
