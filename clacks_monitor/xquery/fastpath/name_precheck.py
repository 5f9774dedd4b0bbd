"""What the names of an event's root and of its only child element tell of a condition, nothing else being known.

Role: a small logic of three values, True, False and None for "not told"; `paths` and `translate` build it beside
their text. Owner: fastpath. Thread: any; all functions are pure.

`./f:Event/f:PhoneStatus` is decided by the two names, and `./f:Event/f:PhoneStatus/f:Status = 'busy'` is false
where they are others. Nothing here may raise an error in XQuery, so the order of operands does not matter.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from clacks_monitor.xquery import syntax as s


class Shape(NamedTuple):
    """The tags, `{namespace}name` or `name`, of an event's root and of the one element in it."""

    root: str
    child: str


NAMES: Final = 2
"""Steps from the document that a shape tells of."""
Told = Callable[[Shape], bool | None]


def unknown(_shape: Shape) -> bool | None:
    """The names tell nothing."""
    return None


def always(_shape: Shape) -> bool | None:
    """True for every event."""
    return True


def never(_shape: Shape) -> bool | None:
    """False for every event."""
    return False


def either(*parts: Told) -> Told:
    """`or`."""

    def told(shape: Shape) -> bool | None:
        found: bool | None = False
        for part in parts:
            one = part(shape)
            if one:
                return True
            found = None if one is None else found
        return found

    return told


def both(*parts: Told) -> Told:
    """`and`."""
    return negated(either(*map(negated, parts)))


def negated(part: Told) -> Told:
    """`not`."""

    def told(shape: Shape) -> bool | None:
        found = part(shape)
        return None if found is None else not found

    return told


def at_most(part: Told) -> Told:
    """False where `part` is; what more it takes is not told by names."""

    def told(shape: Shape) -> bool | None:
        return False if part(shape) is False else None

    return told


def chosen(condition: Told, then: Told, otherwise: Told) -> Told:
    """`if`."""
    return either(both(condition, then), both(negated(condition), otherwise), both(then, otherwise))


def existence(names: tuple[s.NameTest, ...]) -> Told:
    """Whether child steps with these name tests, at most two, lead from the document to an element."""

    def told(shape: Shape) -> bool | None:
        return all(_passes(tag, test) for tag, test in zip(shape, names, strict=False))

    return told


def _passes(tag: str, test: s.NameTest) -> bool:
    uri, _, local = tag.rpartition("}")
    return test.uri in {None, uri[1:]} and test.local in {None, local}
