"""The limits that a capture holds when it is opened: they apply only if this user has set them on this computer.

Limits that were set elsewhere could delete entries that are recorded now, or were kept on purpose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from clacks_monitor.config import SettingsStore
    from clacks_monitor.core.store import EventStore


def use_limits(capture: EventStore, settings: SettingsStore | None) -> str:
    """Put a capture's stored limits in force, or return that they are not obeyed; "" where there is nothing to say."""
    stored = capture.stored_retention
    if stored is None or capture.retention is not None:
        return ""
    if settings is not None and settings.limits_of(capture.id) == stored:
        capture.use_stored_retention()
        return ""
    return Message(
        "{0} has limits that were not set on this computer. They are ignored and nothing is deleted.", capture.path.name
    )
