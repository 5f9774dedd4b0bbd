"""No text of others is markup anywhere: every window is opened on hostile texts only, looked at, hovered, read aloud.

The texts name a picture and a pipe; that either is opened would be told.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QLabel, QToolButton, QWidget

import clacks_monitor.gui
from clacks_monitor.app import build_session
from clacks_monitor.core.bus import ProbeStep, ProbeStepName
from clacks_monitor.core.chart import Chart, ChartNumber, ChartShown, ChartSpan
from clacks_monitor.core.columns import ComputedColumn, FieldColumn
from clacks_monitor.core.event import Event
from clacks_monitor.gui.application import Application, Options
from clacks_monitor.gui.captures.limits_dialog import LimitsDialog
from clacks_monitor.gui.captures.merge_dialog import MergeDialog
from clacks_monitor.gui.captures.recovery_dialog import RecoveryDialog
from clacks_monitor.gui.compose.confirm_dialog import ConfirmDialog
from clacks_monitor.gui.compose.editors.moments import DurationEditor, MomentEditor
from clacks_monitor.gui.compose.templates_pane import TemplateDialog
from clacks_monitor.gui.connections.connection_dialog import ConnectionDialog
from clacks_monitor.gui.connections.connections_dialog import ConnectionsManager
from clacks_monitor.gui.connections.password_dialog import PasswordPrompt
from clacks_monitor.gui.detail.text_viewer import TextViewer
from clacks_monitor.gui.kit.message_boxes import Icon, PlainBox, PlainInput
from clacks_monitor.gui.kit.moment_dialog import MomentDialog
from clacks_monitor.gui.questions.question_dialog import QuestionDialog
from clacks_monitor.gui.table.column_dialog import ColumnDialog
from clacks_monitor.gui.table.computed_dialog import ComputedColumnDialog
from clacks_monitor.gui.table.difference_dialog import DifferenceDialog
from clacks_monitor.gui.table.headings import Headings
from clacks_monitor.session.notices import JobResult
from tests.helpers.entries import START
from tests.helpers.looker import Looker
from tests.helpers.lured import bodies, connections, furnish, lure_body, notices, write_capture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.core.folders import Folders
    from clacks_monitor.gui.window.main_window import MainWindow
    from clacks_monitor.session.session import Session
    from tests.hostile.bait import Bait

pytestmark = [pytest.mark.qt_log_ignore("does not support"), pytest.mark.timeout(900)]
NOT_NOW = {"quit", "demo", "restore", "fullscreen", "capture.new"}
"""Commands that end the session, or go out of it."""


class Source:
    """Builds the session of a user who has nothing but hostile files."""

    def __init__(self, folders: Folders, capture: Path, lure: str) -> None:
        self._folders, self._capture, self._lure = folders, capture, lure

    def prepare(self) -> None:
        """Everything is imported already."""

    def build(self, wake: Callable[[], None], language: str) -> Session:
        session = build_session(self._folders, wake=wake, language=language, capture=self._capture)
        for settings in connections(self._lure):
            session.connections.add_for_this_run(settings)
        session.settings.remember_filter(self._lure)
        return session

    def demonstrate(self) -> str:
        raise AssertionError("nobody asks for a demonstration here")


@pytest.fixture
def lure(bait: Bait, monkeypatch: pytest.MonkeyPatch) -> str:
    """Rich text with a picture and a pipe; in file names, which have no slash, they are in the current folder."""
    monkeypatch.chdir(bait.picture.parent)
    return f'<img src="{bait.picture}"><b>bold</b> & <img src="{bait.pipe}">'


@pytest.fixture
def application(qapp: QApplication, folders: Folders, tmp_path: Path, lure: str) -> Iterator[Application]:
    furnish(folders, lure)
    capture = tmp_path / '<img src="picture.png"> & <b>.capture'
    write_capture(capture, lure)
    options = Options(folders.state, language="en", theme="light", size=(1280, 800), awaits=True)
    application = Application(qapp, Source(folders, capture, lure), options)
    application.start()
    application.deferred.finish()
    try:
        yield application
    finally:
        application.stop()
        application.deleteLater()


def test_a_picture_in_rich_text_would_be_noticed(qapp: QApplication, qtbot: QtBot, bait: Bait) -> None:
    qapp.setStyleSheet("")  # a theme's has every label plain
    label = QLabel(f'<img src="{bait.picture}">')
    qtbot.addWidget(label)
    label.setTextFormat(Qt.TextFormat.AutoText)
    looker = Looker()
    looker.show(label)
    assert bait.opened() == [str(bait.picture)]
    assert len(looker.found) == 1


def own_kinds() -> set[type[QWidget]]:
    """Return every class of widget of the program."""
    for module in pkgutil.walk_packages(clacks_monitor.gui.__path__, "clacks_monitor.gui."):
        importlib.import_module(module.name)

    def below(kind: type[QWidget]) -> Iterator[type[QWidget]]:
        for inner in kind.__subclasses__():
            yield inner
            yield from below(inner)

    return {kind for kind in below(QWidget) if kind.__module__.startswith("clacks_monitor.")}


@dataclass
class Scene:
    """A program that has nothing but hostile texts, and what looks at it."""

    application: Application
    bait: Bait
    lure: str
    file: Path
    qtbot: QtBot
    looker: Looker = field(default_factory=Looker)

    @property
    def window(self) -> MainWindow:
        """The main window."""
        return self.application.window

    def deliver(self) -> None:
        """Let what the session has to say arrive, and the window show it."""
        self.application.bridge.deliver()
        QCoreApplication.processEvents()

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for what another thread makes ready."""
        self.qtbot.waitUntil(condition, timeout=60_000)

    def still(self, step: object) -> None:
        """Check that nothing was opened, and nothing taken for markup, until now."""
        assert (step, self.bait.opened()) == (step, [])
        found, self.looker.found = self.looker.found, []
        assert (step, found) == (step, [])


def look_at_each_event(scene: Scene) -> None:
    window, looker = scene.window, scene.looker
    looker.look(window)
    for sequence in window.panes.model.store.sequences:
        window.panes.table.go_to(sequence)
        scene.deliver()
        scene.until(lambda: not window.panes.detail.busy)
        looker.look(window.panes.detail)
        scene.still(sequence)
    window.panes.table.go_to(1)
    looker.open_menus(window)


def look_at_boards_and_statistics(scene: Scene) -> None:
    window, looker = scene.window, scene.looker
    for board in window.session.boards.definitions():
        window.controllers.boards.open(board.id)
    window.frame.commands["statistics"].trigger()
    window.frame.commands["filter.editor"].trigger()
    window.panes.find_bar.open()
    scene.deliver()
    for view in window.controllers.boards.views.values():
        looker.look(view)
        looker.open_menus(view)
    looker.look(window)
    for text in (scene.lure, f"{scene.lure}:x", f"'{scene.lure}", "./a:b"):
        window.frame.filter.set(text)
        window.panes.find_bar.line.setText(text)
        scene.deliver()
        looker.look(window, views=False)
        scene.still(text)
    window.frame.commands["show.all"].trigger()


def look_at_charts(scene: Scene) -> None:
    charts, span = scene.window.controllers.charts, ChartSpan(0, 1, 10)
    scene.window.panes.table.go_to(1)
    charts.open(("Lure", "Free"))
    scene.deliver()
    (pane,) = charts.panes
    chart = Chart(pane.subject, span)
    chart.receive([ChartNumber(scene.lure, 5, 1, 1.0), ChartNumber("b", 6, 1, 1.0)])
    pane.show_chart(ChartShown(1, pane.subject, span, chart.lines(), 0, 0, 1))
    QTest.keyClick(pane.plot, Qt.Key.Key_Left)
    scene.looker.look(scene.window)
    pane.close_button.click()


def look_at_questions(scene: Scene) -> None:
    scene.window.frame.commands["questions"].trigger()
    questions = scene.window.controllers.questions.window
    assert questions is not None
    scene.until(lambda: questions.list.current is not None)
    questions.list.select("lure")
    scene.until(lambda: not questions.editor.busy)
    questions.form.fields["x"].setText(scene.lure)
    scene.looker.look(questions)
    scene.still("a question")
    questions.run()
    scene.until(lambda: questions.results.ending is not None and not questions.results.busy)
    assert questions.results.model.rowCount() == 11
    for place in range(questions.results.tabs.count()):
        questions.results.tabs.setCurrentIndex(place)
        scene.until(lambda: not questions.results.busy)
        scene.looker.look(questions)
        scene.still(place)
    scene.looker.open_menus(questions)
    scene.looker.show(QuestionDialog(scene.lure, scene.lure, questions))
    questions.close()


def take_every_notice(scene: Scene) -> None:
    for notice in notices(scene.window.session, scene.lure, scene.file):
        scene.window.session.notices.put([notice])
        scene.deliver()
        scene.looker.look(scene.window, views=False)
        scene.still(notice)


def give_every_command(scene: Scene) -> None:
    window = scene.window
    window.panes.table.go_to(1)
    for command, action in window.frame.commands:
        if command.key not in NOT_NOW and action.isEnabled():
            QTimer.singleShot(0, scene.looker.popups)  # the menu of a tool button is waited for by Qt itself
            action.trigger()
            scene.deliver()
            scene.looker.windows()
            scene.still(command.key)


def look_at_composing(scene: Scene) -> None:
    scene.application.compose.open(b"")
    compose = scene.application.compose.window
    assert compose is not None

    def opened() -> bool:
        return not compose.opener.busy and compose.form_view.context.builder.complete

    compose.compose_new("Lure")
    scene.until(opened)
    for button in compose.form_view.findChildren(QToolButton):
        if isinstance(button.parent(), MomentEditor | DurationEditor):
            button.click()
            scene.looker.windows()
            for panel in compose.findChildren(QFrame):
                if panel.isWindow():
                    panel.close()
    scene.looker.look(compose)
    scene.still("a new event")
    for body in bodies(scene.lure):
        compose.compose_from(body)
        scene.until(opened)
        scene.looker.look(compose, views=False)
        scene.still(body)
    compose.compose_from(lure_body(scene.lure))
    scene.until(opened)
    compose.checking.check()
    compose.send()
    scene.looker.look(compose)
    scene.looker.open_menus(compose)
    compose.close()


def open_every_dialog(scene: Scene) -> None:
    window, theme, lure = scene.window, scene.window.theme, scene.lure
    session = window.session
    excerpts = [excerpt for sequence in (1, 2) if (excerpt := session.rows.excerpt(sequence).value) is not None]
    events = [(n, found.entry, found) for n, found in enumerate(excerpts) if isinstance(found.entry, Event)]
    settings = session.connections.all()[0]
    trial = ConnectionDialog(session.connections, settings, theme, window)
    trial._probe._show(ProbeStep(ProbeStepName.OPEN, ok=False, message=lure, detail=(lure, lure)))
    result = JobResult((scene.file,), 3, ((1, 2),), (lure,))
    for dialog in (
        trial,
        ConnectionsManager(session.connections, theme, window),
        DifferenceDialog(events[0], events[1], theme, window),
        RecoveryDialog(result, window),
        ConfirmDialog(lure, lure, lure, window),
        PasswordPrompt(lure, lure, window),
        PasswordPrompt(lure, "", window),
        TemplateDialog(session.composing.templates.all()[0], session.composing.templates.folders(), window),
        MergeDialog(scene.file, lure, window),
        ColumnDialog(FieldColumn("Free", ("Lure", "Free")), window),
        ColumnDialog(None, window),
        ComputedColumnDialog(
            ComputedColumn(lure[:20].replace("=", ""), lure), session.queries, theme, window.panes.vocabulary, window
        ),
        MomentDialog("Go", "Go", START, window),
        LimitsDialog(session.capture, window),
        PlainBox(window, Icon.Warning, lure, lure, lure),
        PlainInput(window, lure, lure),
        TextViewer(lure, lambda _wanted: lure, theme, window, file_name=lure),
    ):
        scene.looker.show(dialog)
        scene.still(dialog)
        dialog.deleteLater()


SCENES = (
    look_at_each_event, look_at_boards_and_statistics, look_at_charts, look_at_questions, open_every_dialog,
    look_at_composing, take_every_notice, give_every_command,
)  # fmt: skip


def test_every_window_takes_text_as_it_is(
    application: Application, bait: Bait, lure: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    scene = Scene(application, bait, lure, tmp_path / '<img src="picture.png"><b>name', qtbot)
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_a, **_n: (str(scene.file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_n: ([str(scene.file)], ""))
    application.window.frame.commands["show.all"].trigger()
    qtbot.waitUntil(lambda: application.window.panes.model.rowCount() == 12, timeout=60_000)
    with scene.looker.instead_of_waiting():
        for look in SCENES:
            look(scene)
            scene.still(look.__name__)
    unseen = own_kinds() - scene.looker.kinds - {Headings}  # which only the first frame shows
    assert sorted(kind.__name__ for kind in unseen) == []
    assert scene.looker.tips > 300
