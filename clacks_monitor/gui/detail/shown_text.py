"""Text from outside as lines that Qt lays out quickly: bounded, broken where they are long, nothing hidden in them.

Qt takes seconds for one line of 200,000 characters, and a millisecond for the same in lines of a thousand. A line that
was broken here ends in SOFT_BREAK, which no line has otherwise: core.untrusted shows it as its code. It is a mark for
the pane that shows the lines, and not shown. Pure; any thread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.core.untrusted import few_scripts, reveal

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE = 1_000
"""Characters of a line; a longer one is broken."""
SOFT_BREAK = "\u200b"
_PART = re.compile(rf"([^\r\n]{{0,{LINE}}}+)(\r\n|\r|\n|)")


@dataclass(frozen=True, slots=True)
class Shown:
    """Lines to be shown; ``cut`` says that more would have followed."""

    lines: tuple[str, ...] = ()
    cut: bool = False

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


def shown(text: str, limit: int, most_lines: int) -> Shown:
    """Return the beginning of ``text``: about ``limit`` characters and at most so many lines."""
    lines: list[str] = []
    left = limit
    for part, broken in _parts(few_scripts(text)):
        if left <= 0 or len(lines) >= most_lines:
            return Shown(tuple(lines), cut=True)
        line = reveal(part)
        for start in range(0, max(1, len(line)), LINE):
            more = broken or start + LINE < len(line)
            lines.append(line[start : start + LINE] + (SOFT_BREAK if more else ""))
        left -= len(line) + 1
    return Shown(tuple(lines))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield pieces of at most LINE characters, each within a line, and whether the line continues after it."""
    at, end = 0, len(text)
    while at < end:
        found = _PART.match(text, at)
        if found is None:
            return
        at = found.end()
        yield found[1], not found[2] and at < end


def joined(text: str) -> str:
    """Return a part of what is shown without the breaks that were put into it."""
    return text.replace(f"{SOFT_BREAK}\n", "").replace(SOFT_BREAK, "")
