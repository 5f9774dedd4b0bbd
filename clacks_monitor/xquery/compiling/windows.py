"""The window clauses of FLWOR.

Owner: xquery. Thread: any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.compiling.basics import boolean
from clacks_monitor.xquery.datamodel.types import matches, type_string
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.frame import EMPTY, Frame, Items

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.xquery import syntax as s
    from clacks_monitor.xquery.compiling.scope import Compiler
    from clacks_monitor.xquery.compiling.tuples import Stage

_Slots = tuple[int | None, int | None, int | None, int | None]


def window(c: Compiler, clause: s.WindowClause, before: Stage, _first: int) -> Stage:
    """Compile a window clause."""
    source, wanted = c.compile(clause.source), clause.type
    c.check_type(wanted, clause.at)
    outer = c.scope
    start_slots, start = _window_condition(c, clause.start)
    inside = c.scope
    end_slots: _Slots = (None, None, None, None)
    end = None
    if clause.end is not None:
        end_slots, end = _window_condition(c, clause.end)
        inside = c.scope
    # The window's own variable is not in scope of the conditions.
    c.scope = {**inside} if outer is not inside else outer
    slot = c.bind(clause.name)
    sliding, only, at = clause.sliding, clause.only_end, clause.at

    def run(f: Frame) -> Iterator[None]:
        for _ in before(f):
            items = source(f)
            count = len(items)
            position = 0
            while position < count:
                f.run.budget.step()
                _set(f, start_slots, items, position)
                if not start(f):
                    position += 1
                    continue
                stop = _end_of(f, items, position, end, end_slots, start, start_slots)
                open_end = stop is None
                last = count - 1 if stop is None else stop
                _set(f, start_slots, items, position)
                _set(f, end_slots, items, last)
                if not (open_end and only and end is not None):
                    window = items[position : last + 1]
                    if wanted is not None and not matches(window, wanted):
                        raise QueryError("XPTY0004", Message("Expected {0}.", type_string(wanted)), at=at)
                    f.vars[slot] = window
                    yield
                position = position + 1 if sliding else last + 1

    return run


def _window_condition(c: Compiler, condition: s.WindowCondition) -> tuple[_Slots, Callable[[Frame], bool]]:
    names = (condition.item, condition.position, condition.previous, condition.next)
    slots = tuple(c.bind(name) if name is not None else None for name in names)
    return (slots[0], slots[1], slots[2], slots[3]), boolean(c, condition.condition)


def _set(f: Frame, slots: _Slots, items: Items, position: int) -> None:
    item, at, previous, following = slots
    if item is not None:
        f.vars[item] = (items[position],)
    if at is not None:
        f.vars[at] = (position + 1,)
    if previous is not None:
        f.vars[previous] = (items[position - 1],) if position else EMPTY
    if following is not None:
        f.vars[following] = items[position + 1 : position + 2]


def _end_of(
    f: Frame,
    items: Items,
    position: int,
    end: Callable[[Frame], bool] | None,
    end_slots: _Slots,
    start: Callable[[Frame], bool],
    start_slots: _Slots,
) -> int | None:
    """The position of the window's last item; None when its end condition was never met."""
    if end is None:
        for other in range(position + 1, len(items)):
            f.run.budget.step()
            _set(f, start_slots, items, other)
            if start(f):
                return other - 1
        return len(items) - 1
    for other in range(position, len(items)):
        f.run.budget.step()
        _set(f, end_slots, items, other)
        if end(f):
            return other
    return None
