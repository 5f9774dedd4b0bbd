"""What the commands of the view and of the filter do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDockWidget, QMenu

from clacks_monitor.core.peer import PeerFacts
from clacks_monitor.gui.kit.theme import Scheme
from clacks_monitor.gui.manual.manual_window import ManualWindow
from clacks_monitor.gui.table.notes_pane import NotesPane
from clacks_monitor.gui.window.command_palette import CommandPalette
from tests.helpers.effects import effect
from tests.helpers.fake_events import START_NS, phone, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.helpers.stage import Stage


PHONES = "./f:Event/f:PhoneStatus"

# -- view --------------------------------------------------------------------------------------------------------------


@effect("pause")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    yield
    at.feed(2)
    assert at.window.panes.model.rowCount() == 3
    assert at.window.frame.commands["pause"].text() == "Resume (2 new)"
    at.window.frame.commands["pause"].trigger()
    assert at.window.panes.model.rowCount() == 5
    assert at.window.frame.commands["pause"].text() == "Pause"


@effect("follow")
def _(at: Stage) -> Iterator[None]:
    at.feed(200)
    at.window.panes.table.go_to(3)
    assert not at.window.panes.table.following.on
    yield
    assert at.current == 200
    assert at.window.panes.table.following.on


@effect("time.focus")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    yield
    assert at.window.focusWidget() is at.window.panes.timeline


@effect("time.all")
def _(at: Stage) -> Iterator[None]:
    at.feed(5)
    at.window.controllers.timing.limit(START_NS, START_NS + 300_000_000)
    at.window.bridge.deliver()
    assert at.window.panes.model.rowCount() == 2
    yield
    assert at.window.panes.model.rowCount() == 5
    assert at.said == "All times shown"


@effect("statistics")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    yield
    dock = at.window.findChild(QDockWidget, "statisticsDock")
    assert dock is not None
    assert dock.isVisible()
    assert at.window.controllers.statistics.pane is not None
    assert at.window.focusWidget() is at.window.controllers.statistics.pane.by


@effect("charts")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    yield
    dock = at.window.findChild(QDockWidget, "chartsDock")
    assert dock is not None
    assert dock.isVisible()
    assert at.window.controllers.charts.panes == []


@effect("questions")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    yield
    window = at.window.controllers.questions.window
    assert window is not None
    assert window.isVisible()
    assert window.list.current is not None
    assert window.editor.text == window.list.current.query
    window.close()


@effect("spans")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    yield
    dock = at.window.findChild(QDockWidget, "spansDock")
    assert dock is not None
    assert dock.isVisible()
    pane = at.window.controllers.spans.pane
    assert pane is not None
    assert at.window.focusWidget() is pane.plot


@effect("notes")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    yield
    dock = at.window.findChild(QDockWidget, "notesDock")
    assert dock is not None
    assert dock.isVisible()
    pane = at.window.findChild(NotesPane)
    assert pane is not None
    assert at.window.focusWidget() is pane.tree


@effect("broker")
def _(at: Stage) -> Iterator[None]:
    at.session.connections.set_peer(PeerFacts("office", "office bus", is_open=True, product="qpid-cpp"))
    yield
    dock = at.window.findChild(QDockWidget, "brokerDock")
    assert dock is not None
    assert dock.isVisible()
    pane = at.window.controllers.broker.pane
    assert pane is not None
    assert at.window.focusWidget() is pane.tree
    item = pane.tree.topLevelItem(0)
    assert item is not None
    assert (item.text(0), item.text(1)) == ("Broker", "qpid-cpp")


@effect("subscription.remove")
def _(at: Stage) -> Iterator[None]:
    at.session.connections.subscribe("office", PHONES)
    at.window.bridge.deliver()
    assert at.window.controllers.chips.isVisible()
    yield
    settings = at.session.connections.get("office")
    assert settings is not None
    assert settings.subscription == ""
    assert not at.window.controllers.chips.isVisible()


@effect("clear")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    yield
    assert at.window.panes.model.rowCount() == 0
    assert at.said == "Table cleared. The capture keeps all events; View > Show cleared events again restores them."


@effect("unclear")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    at.window.view.clear()
    at.window.bridge.deliver()
    yield
    assert at.window.panes.model.rowCount() == 3


@effect("alerts")
def _(at: Stage) -> Iterator[None]:
    at.window.frame.commands["alerts"].setEnabled(True)
    menu = at.window.controllers.alerts.button.menu()
    opened = list[int]()
    menu.aboutToShow.connect(lambda: opened.append(1))
    QTimer.singleShot(0, menu.close)
    yield
    assert opened == [1]


@effect("columns")
def _(at: Stage) -> Iterator[None]:
    at.feed(1)
    yield
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()[-1].text() == "Default columns"
    menu.close()


@effect("commands")
def _(at: Stage) -> Iterator[None]:
    yield
    (palette,) = at.window.findChildren(CommandPalette)
    assert palette.isVisible()
    palette.reject()


@effect("fullscreen")
def _(at: Stage) -> Iterator[None]:
    yield
    assert at.window.isFullScreen()
    at.window.frame.commands["fullscreen"].trigger()
    assert not at.window.isFullScreen()


@effect("layout.reset")
def _(at: Stage) -> Iterator[None]:
    docks = at.window.findChildren(QDockWidget)
    for dock in docks:
        dock.close()
    at.window.controllers.boards.open("clients")
    yield
    assert {dock.objectName() for dock in docks if dock.isVisible()} == {
        "typesDock", "profilesDock", "detailDock", "timelineDock"
    }  # fmt: skip
    board = at.window.findChild(QDockWidget, "board-clients")
    assert board is not None
    assert board.isHidden()


def _takes_size(before: int, after: int) -> Callable[[Stage], Iterator[None]]:
    def takes(at: Stage) -> Iterator[None]:
        at.window.theme.set_zoom(before)
        yield
        assert at.window.theme.zoom == after
        at.window.theme.set_zoom(100)

    return takes


effect("zoom.in")(_takes_size(100, 110))
effect("zoom.out")(_takes_size(100, 90))
effect("zoom.reset")(_takes_size(150, 100))


def _takes_colours(scheme: Scheme, before: Scheme) -> Callable[[Stage], Iterator[None]]:
    def takes(at: Stage) -> Iterator[None]:
        at.window.frame.commands[f"theme.{before}"].trigger()
        assert at.window.theme.scheme is before
        yield
        assert at.window.theme.scheme is scheme
        checked = [each for each in Scheme if at.window.frame.commands[f"theme.{each}"].isChecked()]
        assert checked == [scheme]
        assert at.window.frame.layout.settings.value("window/colours") == scheme.value
        at.window.theme.use(Scheme.LIGHT)

    return takes


effect("theme.system")(_takes_colours(Scheme.SYSTEM, Scheme.DARK))
effect("theme.light")(_takes_colours(Scheme.LIGHT, Scheme.DARK))
effect("theme.dark")(_takes_colours(Scheme.DARK, Scheme.LIGHT))

# -- filter ------------------------------------------------------------------------------------------------------------


@effect("filter.focus")
def _(at: Stage) -> Iterator[None]:
    at.window.frame.filter.set(PHONES)
    at.window.panes.types.setFocus()
    yield
    assert at.window.focusWidget() is at.window.frame.filter_bar.line
    assert at.window.frame.filter_bar.line.textCursor().hasSelection()


@effect("filter.editor")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    editor = at.window.panes.filter_editor
    assert not editor.isVisible()
    yield
    assert editor.isVisible()
    assert at.window.focusWidget() is editor.edit
    trying = [at.window.frame.filter.trial.wanted]
    at.window.frame.commands["filter.editor"].trigger()
    assert not editor.isVisible()
    assert [*trying, at.window.frame.filter.trial.wanted] == [True, False]
    assert at.window.focusWidget() is at.window.panes.table


@effect("filter.mend")
def _(at: Stage) -> Iterator[None]:
    at.window.frame.filter.type("./q:Event")
    at.window.frame.filter.apply()
    yield
    assert at.window.frame.filter.text.startswith("declare namespace q='http://www.gonicus.de/Events';")


@effect("filter.clear")
def _(at: Stage) -> Iterator[None]:
    at.feed(bodies=[phone(), wrap("<ClientLeave/>")])
    at.session.profiles.activate(["telephones"])
    at.window.frame.filter.set("./f:Event/f:ClientLeave")
    at.window.bridge.deliver()
    assert at.window.panes.model.rowCount() == 0
    yield
    assert (at.window.frame.filter.applied_text, at.session.filtering.filter_text) == ("", "")
    assert at.window.panes.model.rowCount() == 1


@effect("show.all")
def _(at: Stage) -> Iterator[None]:
    at.feed(bodies=[phone(), wrap("<ClientLeave/>")])
    at.session.profiles.activate(["telephones"])
    at.window.frame.filter.set("./f:Event/f:ClientLeave")
    at.window.controllers.timing.limit(1, 2)
    at.window.bridge.deliver()
    yield
    assert at.window.panes.model.rowCount() == 2


# -- event types -------------------------------------------------------------------------------------------------------


class _FileManager(QObject):
    """Takes the place of the system's file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []
        QDesktopServices.setUrlHandler("file", self, "show_folder")  # type: ignore[arg-type]  # it takes a str only

    @Slot(QUrl)
    def show_folder(self, url: QUrl) -> None:
        self.shown.append(url.toLocalFile())


@effect("schema.folder")
def _(at: Stage) -> Iterator[None]:
    manager = _FileManager()
    yield
    QDesktopServices.unsetUrlHandler("file")
    assert manager.shown == [str(at.session.folders.schemas)]


# -- help --------------------------------------------------------------------------------------------------------------


def _manual(at: Stage) -> ManualWindow:
    (manual,) = at.window.findChildren(ManualWindow)
    assert manual.isVisible()
    return manual


@effect("help.manual")
def _(at: Stage) -> Iterator[None]:
    at.window.panes.timeline.setFocus()
    yield
    assert _manual(at).place == "statistics.md#timeline"


@effect("help.first")
def _(at: Stage) -> Iterator[None]:
    yield
    assert _manual(at).place == "first-steps.md"


@effect("help.xquery")
def _(at: Stage) -> Iterator[None]:
    yield
    assert "./*:Event/*:PhoneStatus" in _manual(at).browser.toPlainText()
