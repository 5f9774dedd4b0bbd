"""What is said of an event or gap beside its body: names and values, and its problem. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from clacks_monitor.core.untrusted import MAX_TEXT, paragraph
from clacks_monitor.gui.kit import formats

if TYPE_CHECKING:
    from clacks_monitor.core.event import Event, Excerpt, Gap, PropertyValue

Fact = tuple[str, str]


class EventFacts(QObject):
    """The texts; plural forms are known to an object's tr() only."""

    def of_event(self, sequence: int, excerpt: Excerpt, event: Event) -> list[Fact]:
        """Return what facts() returns."""
        raw = event.raw
        size = self.tr("%1, %Ln byte(s)", "", formats.plural(excerpt.size)).replace("%1", raw.kind.value)
        unlisted = self.tr("%1, too large to be listed").replace("%1", formats.size(excerpt.unlisted))
        rows = [
            (self.tr("Number"), formats.number(sequence)),
            (self.tr("Received"), formats.full_time(raw.wall_ns)),
            (self.tr("Sent"), formats.full_time(raw.creation_ns) if raw.creation_ns else ""),
            (self.tr("Connection"), raw.connection),
            (self.tr("Subject"), raw.subject),
            (self.tr("Content type"), raw.content_type),
            (self.tr("Body"), size),
            (self.tr("Message ID"), raw.message_id),
            (self.tr("User ID"), raw.user_id),
            (self.tr("Properties"), unlisted if excerpt.unlisted else ""),
        ]
        rows += [(name, _text(value)) for name, value in raw.properties.items()]
        return [(name, value) for name, value in rows if value]

    def of_gap(self, gap: Gap) -> list[Fact]:
        """Return what gap_facts() returns."""
        lost = formats.number(gap.lost) if gap.lost >= 0 else self.tr("unknown")
        length = formats.duration((gap.to_ns - gap.from_ns) / formats.NS)
        return [(self.tr("Duration"), length), (self.tr("Events lost"), lost)]

    def problem(self, event: Event) -> str:
        """Return what problem_text() returns."""
        problem = event.problem
        if problem is None:
            return ""
        text = paragraph(problem.text, MAX_TEXT)
        if not problem.line:
            return text
        place = self.tr("Line %1, column %2").replace("%1", str(problem.line)).replace("%2", str(problem.column))
        return f"{place}: {text}"


def _text(value: PropertyValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


_TEXTS = EventFacts()


def facts(sequence: int, excerpt: Excerpt, event: Event) -> list[Fact]:
    """Return names and values of an event, its application properties last."""
    return _TEXTS.of_event(sequence, excerpt, event)


def gap_facts(gap: Gap) -> list[Fact]:
    """Return names and values of a gap."""
    return _TEXTS.of_gap(gap)


def problem_text(event: Event) -> str:
    """Return what is wrong with an event and where, "" for a good one."""
    return _TEXTS.problem(event)
