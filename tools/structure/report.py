"""The figures as a table, as JSON, and what is over its limit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tools.structure.figures import Figure
    from tools.structure.limits import Limit


def table(figures: Sequence[Figure], limits: Mapping[str, Limit], *, with_places: bool) -> Iterator[str]:
    """Yield the lines of the table, each figure's places below it where they are wanted."""
    yield f"{'':46} {'today':>8} {'limit':>8} {'goal':>8}"
    for figure in figures:
        limit = limits.get(figure.name)
        allowed = (f"{limit.limit:g}{figure.unit}", f"{limit.goal:g}{figure.unit}") if limit else ("", "")
        yield f"{figure.title:46} {figure.shown:>8} {allowed[0]:>8} {allowed[1]:>8}".rstrip()
        if with_places:
            yield from (f"    {place}" for place in figure.places)


def as_json(figures: Sequence[Figure], limits: Mapping[str, Limit], *, with_places: bool) -> str:
    """Return the figures as one JSON object by name."""
    found: dict[str, dict[str, object]] = {}
    for figure in figures:
        entry: dict[str, object] = {"value": figure.value}
        if limit := limits.get(figure.name):
            entry |= {"limit": limit.limit, "goal": limit.goal}
        if with_places:
            entry["places"] = [str(place) for place in figure.places]
        found[figure.name] = entry
    return json.dumps(found)


def over(figures: Sequence[Figure], limits: Mapping[str, Limit]) -> list[str]:
    """Return a sentence for each figure over its limit, and for each limit of a figure that does not exist."""
    found = [
        f"{figure.title}: {figure.shown}, more than {limits[figure.name].limit:g}{figure.unit}"
        for figure in figures
        if figure.name in limits and figure.value > limits[figure.name].limit
    ]
    unknown = limits.keys() - {figure.name for figure in figures}
    return found + [f"limits.toml names {name}, which is not a figure" for name in sorted(unknown)]
