"""What is done with each kind of case: the steps that are measured one by one, in the user's order.

A step is a name and what to do; steps are made while the earlier ones run, so they can look at what came of those.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from tests.hostile.corpus.message import Message, event, phone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.hostile.corpus.captures import HostileCapture
    from tests.hostile.corpus.profiles import HostileProfile
    from tests.hostile.corpus.schemas import HostileSchema
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
    yield "show all", partial(program.show_all, rows[0])
    yield "resize", program.resize
    if len(rows) > 1:
        yield "walk", program.walk
    yield "boards", program.look_at_boards
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


def of_capture(program: Program, case: HostileCapture) -> Iterator[Step]:
    """Open for reading and for writing, look around, mark, add events, export, replay; recover."""
    folder = program.place()
    path = case.write(folder)
    before = _counted(path)
    for read_only in (True, False):
        kind = "look" if read_only else "open"
        yield "fresh", program.fresh
        yield kind, partial(program.open_capture, path, read_only=read_only)
        if program.session.capture.path != path:
            continue
        rows = program.sequences(6)
        for row in rows[:4]:
            yield "select", partial(program.select, row)
        if rows:
            yield "show all", partial(program.show_all, rows[0])
        yield "walk", program.walk
        yield "filter", lambda: program.filter("exists(//*)")
        yield "unfilter", lambda: program.filter("")
        yield "statistics", lambda: program.command("statistics")
        yield "sort", program.sort
        if rows:
            yield "menu", partial(program.row_menu, rows[0])
        if not read_only:
            yield "mark", lambda: program.command("mark")
            yield "receive", lambda: program.receive(list(NEIGHBOUR.raws()))
        yield "export", partial(program.export, 0)
        yield "replay", program.replay
    yield "fresh", program.fresh
    if case.runs and before is not None:
        yield "count", partial(_must_hold, path, before)
    yield "recover", partial(program.recover, path)
    if program.session.capture.path.parent == folder:
        for row in program.sequences(2):
            yield "select", partial(program.select, row)
    yield "fresh", program.fresh


def _counted(path: Path) -> int | None:
    """Return the number of entries in a file, None where it cannot be told."""
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
            return int(db.execute("SELECT count(*) FROM entry").fetchone()[0])
    except sqlite3.Error:
        return None


def _must_hold(path: Path, before: int) -> None:
    """Raise an error where a file has lost entries: a trigger ran."""
    now = _counted(path)
    if now is None or now < before:
        raise AssertionError(f"of {before} entries {now} are left: a trigger ran")


def of_profile(program: Program, case: HostileProfile) -> Iterator[Step]:
    """Import, activate, let it look at events, edit it, and take it away."""
    path = case.write(program.place())
    yield "fresh", program.fresh
    yield "events", lambda: program.receive(list(SOME.raws()))
    yield "import", partial(program.import_profile, path)
    yield "activate", program.activate_all
    yield "receive", lambda: program.receive(list(SOME.raws()))
    for row in program.sequences(2):
        yield "select", partial(program.select, row)
    yield "edit", program.edit_profiles
    yield "resize", program.resize


SOME = Message("", "some", lambda number: phone(b"%d" % number, b"7", b"8"), count=50)


def of_schema(program: Program, case: HostileSchema) -> Iterator[Step]:
    """Drop the file, wait for the type, receive such events, select one, and compose."""
    yield "fresh", program.fresh
    yield "drop", lambda: _drop(program, case)
    kinds = (b"<Hostile/>", b"<Hostile>x</Hostile>", b"<Hostile><a>1</a><Field>2</Field></Hostile>")
    hostile = Message("", "of this type", lambda number: event(kinds[number]), count=len(kinds))
    yield "receive", lambda: program.receive(list(hostile.raws()))
    rows = program.sequences(3)
    for row in rows:
        yield "select", partial(program.select, row)
    for row in rows[-1:]:
        yield "compose", partial(program.compose_from, row)
    yield "new", partial(program.compose_new, "Hostile")


def of_broker(program: Program, port: int) -> Iterator[Step]:
    """Connect, and look at what is said of it for some seconds."""
    yield "fresh", program.fresh
    yield "connect", partial(program.connect, port)
    for _ in range(3):
        yield "watch", partial(program.watch, 3.0)
    for row in program.sequences(3):
        yield "select", partial(program.select, row)
    yield "again", lambda: program.command("connection.again")
    yield "resize", program.resize
    yield "gaps", program.must_have_few_gaps


def _drop(program: Program, case: HostileSchema) -> None:
    case.write(program.folders.schemas)
    program.wait_for_schemas()
