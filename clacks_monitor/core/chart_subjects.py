"""Finds out what a chart of a field is to show: a line for each what, of which events, in which unit. Any thread.

Units come from the templates of summaries, where a field has its unit already (``{Load~}``, ``{Values~Type:df=B}``).
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from clacks_monitor import assets
from clacks_monitor.core.chart import MAX_NAME, ChartSubject

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clacks_monitor.core.paths import Path

MAX_KEYS: Final = 20
"""Fields that are offered as keys."""
_ALIKE: Final = {"CollectD": ("Plugin", "PluginInstance", "Type", "TypeInstance")}
"""Fields that say what is measured: only events in which they are the same belong to a chart."""
_KEYS: Final = (
    "Id", "Host", "Hostname", "HostName", "Agent", "Client", "Node", "ClientUUID", "DeviceID", "Identity", "Queue",
    "MemberName", "Name", "UUID", "Location",
)  # fmt: skip
"""Names of fields by which events are told apart, the best first."""
_UNIT = re.compile(r"\{(?P<path>[^{}~:!#&|]+)~(?:(?P<other>[^{}:~]+):)?(?P<unit>[^{}]*)\}")


def keys_for(path: Path, leaves: Sequence[tuple[Path, str]]) -> list[Path]:
    """Return the fields of an event by whose texts the lines of a chart of ``path`` can be told apart.

    They stand beside ``path`` or beside what it is in, once each.
    """
    above = [path[:length] for length in range(1, len(path))]
    paths = [found for found, text in leaves if found[:-1] in above and found != path and 0 < len(text) <= MAX_NAME]
    return [found for found in dict.fromkeys(paths) if paths.count(found) == 1][:MAX_KEYS]


def subject_for(path: Path, leaves: Sequence[tuple[Path, str]]) -> ChartSubject:
    """Return what a chart of the field at ``path`` of an event shows; ``leaves`` are all of its fields."""
    texts = {found: " ".join(text.split()) for found, text in leaves}
    alike = tuple(((path[0], name), texts.get((path[0], name), "")) for name in _ALIKE.get(path[0], ()))
    named = {found[-1].lstrip("@"): found for found in reversed(keys_for(path, leaves))}
    known = next((named[name] for name in _KEYS if name in named), ())
    key = known or (alike and (path[0], "Host")) or ()
    return with_key(ChartSubject(path[0], path, alike=alike, unit=_unit(path, texts)), key, leaves)


def with_key(subject: ChartSubject, key: Path, leaves: Sequence[tuple[Path, str]]) -> ChartSubject:
    """Return a subject with lines for the texts at another path, () for one line."""
    first = next((" ".join(text.split())[:MAX_NAME] for found, text in leaves if found == key), "")
    return ChartSubject(subject.type, subject.path, key, subject.alike, subject.unit, first)


def _unit(path: Path, texts: Mapping[Path, str]) -> str:
    other, units = _units().get((path[0], "/".join(path[1:])), ("", {"": ""}))
    return units.get(texts.get((path[0], *other.split("/")), "") if other else "", "")


@lru_cache(maxsize=1)
def _units() -> dict[tuple[str, str], tuple[str, dict[str, str]]]:
    """Return by type and field: the field that decides on the unit, if any, and the units by its texts."""
    templates = json.loads(assets.text("resources", "summaries", "en.json"))["templates"]
    return {
        (kind, match["path"]): (match["other"] or "", _by_text(match["unit"], decided=match["other"] is not None))
        for kind, template in templates.items()
        for match in _UNIT.finditer(template)
    }


def _by_text(unit: str, *, decided: bool) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in unit.split("|")) if decided else {"": unit}
