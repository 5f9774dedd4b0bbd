"""What is said of connections that receive nothing. Pure functions. Thread: the window's."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.session.outages import Outage

_MAX_NAME = 60
translate = QCoreApplication.translate


def name_of(outage: Outage) -> str:
    """Return the connection's or the archive's name, and that it is production."""
    name = one_line(outage.name, _MAX_NAME)
    if outage.archive:
        return translate("Outages", "Archive %1").replace("%1", name)
    return translate("Outages", "%1 (production)").replace("%1", name) if outage.production else name


def moment(wall_ns: int) -> str:
    """Return a time of day, with the day unless it is today."""
    seconds = wall_ns // formats.NS
    clock = formats.clock_short(wall_ns)
    today = formats.day_of(seconds) == formats.day_of(int(time.time()))
    return clock if today else f"{formats.short_day(seconds)} {clock}"


def state(outage: Outage) -> str:
    """Return since when there is no connection."""
    text = translate("Outages", "not connected, trying since %1") if outage.never else ""
    return (text or translate("Outages", "no connection since %1")).replace("%1", moment(outage.since_ns))


def title(outage: Outage) -> str:
    """Return the connection and since when it is down."""
    return f"{name_of(outage)}: {state(outage)}"


def reason(outage: Outage) -> str:
    """Return why, as one line."""
    return one_line(translated(outage.reason))


def next_try(outage: Outage, now_ns: int) -> str:
    """Return when the next attempt is due."""
    left = math.ceil((outage.retry_ns - now_ns) / formats.NS)
    if outage.trying or (outage.retry_ns and left <= 0):
        return translate("Outages", "connecting…")
    if not outage.retry_ns:
        return translate("Outages", "no automatic retry")
    return translate("Outages", "next try in %1 s").replace("%1", formats.number(left))


def summary(outages: Sequence[Outage]) -> str:
    """Return all that are down in one line, "" for none."""
    names = ", ".join(name_of(outage) for outage in outages)
    return translate("Outages", "No connection: %1").replace("%1", names) if names else ""


def sentence(outage: Outage, now_ns: int) -> str:
    """Return all that is known of an outage as a screen reader should say it."""
    return ", ".join(filter(None, (title(outage), reason(outage).rstrip("."), next_try(outage, now_ns))))
