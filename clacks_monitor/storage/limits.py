"""The limits of a store as a text that it keeps: a JSON object. Pure."""

from __future__ import annotations

import json

from clacks_monitor.core.store import LARGEST_INTEGER, Retention

_LONGEST_S = 1e10  # some three hundred years


def limits_from(text: str) -> Retention | None:
    """Return the limits in ``text``, None for none; what cannot be read is none."""
    try:
        values = json.loads(text)
        found = Retention(max(0, int(values["bytes"])), max(0.0, float(values["age_s"])), max(0, int(values["count"])))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    if not found.max_age_s <= _LONGEST_S or max(found.max_bytes, found.max_count) > LARGEST_INTEGER:
        return None
    return found if found != Retention() else None


def text_of_limits(limits: Retention) -> str:
    """Return the text that limits_from() reads."""
    return json.dumps({"bytes": limits.max_bytes, "age_s": limits.max_age_s, "count": limits.max_count})
