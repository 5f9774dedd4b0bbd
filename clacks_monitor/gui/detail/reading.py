"""What the detail pane shows of an event's body, made ready: texts and fields, bounded. No Qt here; any thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.core.event import Event
from clacks_monitor.gui.detail.fields import Field, fields_of
from clacks_monitor.gui.detail.shown_text import Shown, shown
from clacks_monitor.gui.kit import xml_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.event import Excerpt

AT_ONCE_BYTES = 4 * 1024
"""Of a body that is made ready while the window waits: a few milliseconds, whatever it holds."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An event's body indented, as it was received, and as fields; ``fields`` is None for what is not XML."""

    pretty: Shown
    received: Shown
    fields: Field | None = None


NOTHING = Reading(Shown(), Shown())


def at_once(excerpt: Excerpt) -> bool:
    """Whether reading it takes so little that the window can wait."""
    return not isinstance(excerpt.entry, Event) or len(excerpt.entry.raw.body) <= AT_ONCE_BYTES


def read(excerpt: Excerpt, wanted: Callable[[], None] = lambda: None) -> Reading:
    """Return what is shown of an excerpt; ``wanted`` is called now and then, and may raise."""
    if not isinstance(excerpt.entry, Event) or not excerpt.entry.raw.body:
        return NOTHING
    part, whole = excerpt.entry.raw.body, not excerpt.cut
    received = _shown(xml_text.as_received(part, whole=whole), whole=whole)
    wanted()
    root = xml_text.parsed(part, whole=whole)
    wanted()
    if root is None:
        return Reading(received, received)
    pretty = _shown(xml_text.pretty(part, whole=whole), whole=whole)
    wanted()
    return Reading(pretty, received, fields_of(root, whole=whole, wanted=wanted))


def _shown(text: str, *, whole: bool) -> Shown:
    found = shown(text, xml_text.MAX_SHOWN, xml_text.MAX_SHOWN_LINES)
    return found if whole else Shown(found.lines, cut=True)
