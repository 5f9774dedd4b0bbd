"""Name prechecks: what the names of an event's root and of its only child element decide about a condition.

Role: a logic of three values, True, False and None for "not decided"; ``paths`` and ``translation`` build the check
beside their text. Owner: fastpath. Thread: any; all functions are pure.

``./f:Event/f:PhoneStatus`` is decided by the two names, and ``./f:Event/f:PhoneStatus/f:Status = 'busy'`` is false for
other names. Nothing here may raise an error in XQuery, so the order of operands does not matter.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from clacks_monitor.xquery import syntax as s


class EventNames(NamedTuple):
    """The tags, ``{namespace}name`` or ``name``, of an event's root and of the one element in it."""

    root: str
    child: str


CHECKED_STEPS: Final = 2
"""Steps from the document that the two names decide."""
Precheck = Callable[[EventNames], bool | None]


def unknown(_names: EventNames) -> bool | None:
    """Undecided for every event."""
    return None


def always(_names: EventNames) -> bool | None:
    """True for every event."""
    return True


def never(_names: EventNames) -> bool | None:
    """False for every event."""
    return False


def either(*parts: Precheck) -> Precheck:
    """``or``."""

    def check(names: EventNames) -> bool | None:
        found: bool | None = False
        for part in parts:
            one = part(names)
            if one:
                return True
            found = None if one is None else found
        return found

    return check


def both(*parts: Precheck) -> Precheck:
    """``and``."""
    return negated(either(*map(negated, parts)))


def negated(part: Precheck) -> Precheck:
    """``not``."""

    def check(names: EventNames) -> bool | None:
        found = part(names)
        return None if found is None else not found

    return check


def at_most(part: Precheck) -> Precheck:
    """False where ``part`` is, else undecided: the names are necessary, not sufficient."""

    def check(names: EventNames) -> bool | None:
        return False if part(names) is False else None

    return check


def chosen(condition: Precheck, then: Precheck, otherwise: Precheck) -> Precheck:
    """``if``."""
    return either(both(condition, then), both(negated(condition), otherwise), both(then, otherwise))


def existence(tests: tuple[s.NameTest, ...]) -> Precheck:
    """Whether child steps with these name tests, at most two, lead from the document to an element."""

    def check(names: EventNames) -> bool | None:
        return all(_passes(tag, test) for tag, test in zip(names, tests, strict=False))

    return check


def _passes(tag: str, test: s.NameTest) -> bool:
    uri, _, local = tag.rpartition("}")
    return test.uri in {None, uri[1:]} and test.local in {None, local}
