"""What the commands of files, rows, profiles, connections and events do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from clacks_monitor.core.columns import RelativeColumn
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState
from clacks_monitor.gui.table.difference_dialog import DifferenceDialog
from clacks_monitor.session.notices import JobKind
from tests.helpers.effects import effect
from tests.helpers.fake_events import phone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.helpers.stage import Stage


# -- file --------------------------------------------------------------------------------------------------------------


@effect("capture.new")
def _(at: Stage) -> Iterator[None]:
    yield
    assert at.session.work.asked == [(JobKind.OPEN, "new")]


@effect("quit")
def _(at: Stage) -> Iterator[None]:
    closed = list[int]()
    at.window.closed.connect(lambda: closed.append(1))
    yield
    assert closed == [1]
    assert not at.window.isVisible()


# -- edit --------------------------------------------------------------------------------------------------------------


@effect("copy")
def _(at: Stage) -> Iterator[None]:
    at.feed(bodies=[phone("1", "2", "busy"), phone("3", "4", "free"), phone("5", "6", "busy")])
    at.select(1, 2)
    yield
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert [(kind, connection) for _time, kind, _summary, connection in lines] == [("PhoneStatus", "office bus")] * 2
    assert ["3" in lines[0][2], "5" in lines[1][2]] == [True, True]
    assert at.said == "2 rows copied"


@effect("copy.xml")
def _(at: Stage) -> Iterator[None]:
    at.feed(bodies=[phone("1"), phone("2")])
    at.select(1)
    yield
    at.until(lambda: at.said == "XML copied")
    assert QGuiApplication.clipboard().text() == phone("2").decode()


@effect("find")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    assert not at.window.panes.find_bar.isVisible()
    yield
    assert at.window.panes.find_bar.isVisible()
    assert at.window.focusWidget() is at.window.panes.find_bar.line


def _looking_for_busy(at: Stage, row: int) -> None:
    at.feed(bodies=[phone(status=status) for status in ("busy", "free", "busy", "free", "busy")])
    at.select(row)
    at.window.panes.find_bar.line.setText("busy")


@effect("find.next")
def _(at: Stage) -> Iterator[None]:
    _looking_for_busy(at, 1)
    yield
    assert at.current == 3


@effect("find.previous")
def _(at: Stage) -> Iterator[None]:
    _looking_for_busy(at, 3)
    yield
    assert at.current == 3


@effect("mark")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    at.select(0, 2)
    yield
    assert at.session.rows.marks().value == [1, 3]
    assert [at.window.panes.model.row(row).mark for row in range(3)] == [True, False, True]


@effect("mark.next")
def _(at: Stage) -> Iterator[None]:
    at.feed(9)
    at.session.annotations.toggle_marks([2, 5, 8])
    at.select(4)
    yield
    assert (at.current, at.said) == (8, "")


@effect("mark.previous")
def _(at: Stage) -> Iterator[None]:
    at.feed(9)
    at.session.annotations.toggle_marks([2, 5, 8])
    at.select(4)
    yield
    assert (at.current, at.said) == (2, "")


def _with_troubles(at: Stage) -> None:
    at.feed(bodies=[phone(), b"<Event><Broken", phone(), phone()])
    at.session.push_gap()
    at.feed(bodies=[phone()])
    at.select(2)


@effect("trouble.next")
def _(at: Stage) -> Iterator[None]:
    _with_troubles(at)
    yield
    assert at.current == 5


@effect("trouble.previous")
def _(at: Stage) -> Iterator[None]:
    _with_troubles(at)
    yield
    assert at.current == 2


@effect("compare")
def _(at: Stage) -> Iterator[None]:
    at.feed(bodies=[phone("1"), phone("2"), phone("3")])
    at.select(2, 0)
    yield
    (dialog,) = at.window.findChildren(DifferenceDialog)
    assert dialog.isVisible()
    assert [side.accessibleName()[:1] for side in dialog.sides] == ["1", "3"]
    dialog.close()


@effect("copies")
def _(at: Stage) -> Iterator[None]:
    at.feed(2)
    at.session.push_copy(1, "p")
    at.window.bridge.deliver()
    at.select(0)
    assert at.window.panes.model.rowCount() == 2
    yield
    assert at.window.panes.model.rowCount() == 3
    assert at.window.panes.table.selection.sequences() == [1, 3]


@effect("copies.fold")
def _(at: Stage) -> Iterator[None]:
    at.feed(2)
    at.session.push_copy(1, "p")
    at.window.bridge.deliver()
    yield
    assert at.window.panes.model.rowCount() == 3
    assert not at.session.filtering.folding


@effect("reference")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    at.window.panes.table.go_to(2)
    yield
    reference = at.window.panes.model.offsets.reference
    assert reference is not None
    assert reference.sequence == 2
    assert at.window.panes.table.columns.is_shown(RelativeColumn.REFERENCE)


# -- profiles ----------------------------------------------------------------------------------------------------------


def _names(at: Stage) -> list[str]:
    return [profile.name for profile in at.session.profiles.all()]


@effect("profile.rename")
def _(at: Stage) -> Iterator[None]:
    at.window.panes.profiles.select("clients")
    yield
    tree = at.window.panes.profiles.tree
    assert tree.state() is tree.State.EditingState
    assert tree.currentIndex().data() == "Clients"


@effect("profile.duplicate")
def _(at: Stage) -> Iterator[None]:
    at.window.panes.profiles.select("clients")
    yield
    assert _names(at) == ["Telephones", "Clients", "Clients (copy)"]


@effect("profile.delete")
def _(at: Stage) -> Iterator[None]:
    at.window.panes.profiles.select("clients")
    yield
    assert _names(at) == ["Telephones"]
    assert at.said == "Profile Clients deleted; Profiles > Undo restores it"


@effect("profile.undo")
def _(at: Stage) -> Iterator[None]:
    at.window.panes.profiles.select("telephones")
    at.window.controllers.profiles.do_delete()
    at.window.bridge.deliver()
    yield
    assert _names(at) == ["Telephones", "Clients"]


@effect("profile.up")
def _(at: Stage) -> Iterator[None]:
    at.window.panes.profiles.select("clients")
    yield
    assert _names(at) == ["Clients", "Telephones"]
    assert at.window.panes.profiles.current_id == "clients"


@effect("profile.down")
def _(at: Stage) -> Iterator[None]:
    at.window.panes.profiles.select("telephones")
    yield
    assert _names(at) == ["Clients", "Telephones"]
    assert at.window.panes.profiles.current_id == "telephones"


# -- connection and event ----------------------------------------------------------------------------------------------


@effect("connection.again")
def _(at: Stage) -> Iterator[None]:
    fakes = at.session.connections
    for state in ConnectionState:
        fakes.save(ConnectionSettings(state.name, id=state.name))
        fakes.set_state(state.name, state)
    fakes.opened.clear()
    yield
    assert sorted(fakes.opened) == ["LOST", "REFUSED"]


@effect("disconnect")
def _(at: Stage) -> Iterator[None]:
    yield
    assert at.session.connections.statuses()["office"].state is ConnectionState.CLOSED
    assert at.window.controllers.connections.button.text() == "Not connected"


@effect("compose")
def _(at: Stage) -> Iterator[None]:
    at.feed(bodies=[phone()])
    at.select(0)
    bodies = list[bytes]()
    at.window.compose_wanted.connect(lambda body: bodies.append(bytes(body)))
    yield
    assert bodies == [b""]


@effect("compose.from")
def _(at: Stage) -> Iterator[None]:
    at.feed(bodies=[phone("7"), phone("8")])
    at.select(0)
    bodies = list[bytes]()
    at.window.compose_wanted.connect(lambda body: bodies.append(bytes(body)))
    yield
    at.until(lambda: bodies == [phone("7")])
