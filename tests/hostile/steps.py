"""What is done with each kind of case: the steps that are measured one by one, in the user's order.

A step is a name and what to do; steps are made while the earlier ones run, so they can look at what came of those.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from tests.hostile.corpus.message import Message, phone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.hostile.program import Program

Step: TypeAlias = tuple[str, Callable[[], object]]
LARGE = 5_000_000
"""Bytes of a body that is not received a second time, changed, to be compared with."""
QUERIES = 3
NEIGHBOUR = Message("", "neighbour", lambda _number: phone(b"free", b"7", b"8"))


def of_message(program: Program, message: Message) -> Iterator[Step]:
    """Receive, select, open the menus, filter by what they offer, find, compose, compare, export, copy, replay."""
    yield "fresh", program.fresh
    raws = list(message.raws())
    yield "receive", partial(program.receive, raws)
    del raws
    rows = program.sequences()
    if not rows:
        return
    for row in rows[:3]:
        yield "select", partial(program.select, row)
    yield "resize", program.resize
    if len(rows) > 1:
        yield "walk", program.walk
    offered: list[str] = []
    yield "menu", lambda: offered.extend(program.row_menu(rows[0]))
    for query in _some(offered):
        yield "filter", partial(program.filter, query)
    yield "unfilter", lambda: program.filter("")
    yield "find", lambda: program.find("needle that is not there")
    yield "compose", lambda: program.compose_from(rows[0])
    yield "copy", lambda: program.copy(rows[0])
    yield "neighbour", lambda: program.receive(NEIGHBOUR.raws())
    first, last = program.sequences(2)
    yield "compare", lambda: program.compare(first, last)
    if len(message.body(0)) <= LARGE:
        changed = Message("", "changed", lambda number: message.body(number).translate(OTHER_DIGITS), message.more)
        yield "changed", partial(program.receive, list(changed.raws()))
        yield "compare", lambda: program.compare(first, program.sequences(2)[1])
    for number in range(4):
        yield f"export {number + 1}", partial(program.export, number)
    yield "to clipboard", lambda: program.export(0, clipboard=True)
    yield "replay", program.save_and_replay


OTHER_DIGITS = bytes.maketrans(b"0123456789", b"9876543210")


def _some(queries: list[str]) -> list[str]:
    """Return the shortest, the longest and the middle one."""
    ordered = sorted(queries, key=len)
    return ordered if len(ordered) <= QUERIES else [ordered[0], ordered[len(ordered) // 2], ordered[-1]]
