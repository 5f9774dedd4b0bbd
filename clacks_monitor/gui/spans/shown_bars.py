"""The bars that are shown: which is where, which is next, and what each is in words. Thread: the window's."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.spans.span_painter import TEXT_FROM, BarStyle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.core.board_spans import SpanBar, SpanLane, SpansShown
    from clacks_monitor.gui.kit.theme import Theme

MAX_LABEL: Final = 60


class ShownBars(QObject):
    """An answer with the styles of its states."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self.shown: SpansShown | None = None
        self.styles: Mapping[str, BarStyle] = {}

    @property
    def bars(self) -> tuple[SpanBar, ...]:
        """All bars, lane by lane."""
        return self.shown.bars if self.shown is not None else ()

    def style_of(self, state: str) -> BarStyle:
        """Return how bars of a state look; a cluster of several states has none of their own."""
        muted = self._theme.muted
        mixed = BarStyle("", muted, self._theme.washed(muted, 0.35), Qt.BrushStyle.SolidPattern)
        return self.styles.get(state) or mixed

    def lane_of(self, bar: SpanBar) -> SpanLane | None:
        """Return the lane of a bar."""
        lanes = self.shown.lanes if self.shown is not None else ()
        return lanes[bar.lane] if bar.lane < len(lanes) else None

    def at(self, lane: int, column: int) -> SpanBar | None:
        """Return the bar at a column of a lane; of those that overlap, the last."""
        found = [bar for bar in self.bars if bar.lane == lane and bar.left <= column < bar.right]
        return found[-1] if found else None

    def same(self, other: SpanBar) -> SpanBar | None:
        """Return the bar that begins with the same event, in the same lane, as one of an earlier answer."""
        return next((bar for bar in self.bars if (bar.sequence, bar.lane) == (other.sequence, other.lane)), None)

    def moved(self, here: SpanBar | None, along: int, across: int) -> SpanBar | None:
        """Return the bar so many steps along its lane, or the one beside it in the next lane; at first the last one."""
        bars = self.bars
        if not bars or here is None:
            return bars[-1] if bars else None
        if along:
            lane = [bar for bar in bars if bar.lane == here.lane]
            at = lane.index(here) if here in lane else 0
            return lane[max(0, min(len(lane) - 1, at + along))]
        lanes = sorted({bar.lane for bar in bars if (bar.lane - here.lane) * across > 0}, reverse=across < 0)
        beside = (bar for bar in bars if lanes and bar.lane == lanes[0])
        return min(beside, key=lambda bar: abs(bar.left + bar.right - here.left - here.right), default=None)

    def short_text(self, bar: SpanBar) -> str:
        """Return what is written on a bar, "" where there is no room for it."""
        if bar.right - bar.left < TEXT_FROM:
            return ""
        if bar.count > 1:
            return formats.number(bar.count)
        word = self.style_of(bar.state).word + (" ?" if bar.doubted else "")
        return f"{word}  {formats.exact_duration((bar.to_ns - bar.from_ns) / 1e9)}" if bar.to_ns else word

    def text(self, bar: SpanBar) -> str:
        """Return what a bar stands for, in lines."""
        lane = self.lane_of(bar)
        texts = [one_line(lane.label)] if lane is not None else []
        first, last = formats.span(bar.from_ns, max(bar.to_ns or time.time_ns(), bar.from_ns + 1))
        last = last if bar.to_ns else self.tr("now")
        word = self.style_of(bar.state).word
        if bar.count > 1:
            count = self.tr("%Ln span(s)", "", formats.plural(bar.count))
            texts.append(count + (f": {word}" if word else ""))
        else:
            seconds = max(0, (bar.to_ns or time.time_ns()) - bar.from_ns) / 1e9
            texts.append(f"{word}, {formats.exact_duration(seconds)}")
        texts.append(f"{first} – {last}")
        if bar.doubted:
            texts.append(self.tr("There was a gap meanwhile. The state may have ended earlier."))
        return "\n".join(texts)
