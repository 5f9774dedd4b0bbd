"""Captures in the window: every command from the menu to the file, progress and Cancel, and what goes wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QPushButton, QSpinBox

from clacks_monitor import captures
from clacks_monitor.gui.captures.export_dialog import ExportDialog, Scope
from clacks_monitor.gui.captures.limits_dialog import LimitsDialog
from clacks_monitor.gui.captures.merge_dialog import MergeDialog
from clacks_monitor.gui.captures.recovery_dialog import RecoveryDialog
from clacks_monitor.gui.kit.moment_dialog import MomentDialog
from clacks_monitor.session.captures.capture_work import ExportFormat
from clacks_monitor.session.notices import JobEnded, JobKind, JobProgress, JobResult
from tests.helpers.entries import SECOND, START, some_events

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.main_window import MainWindow


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | None], None]:
    """Let the next file dialogs answer with a path, None for Cancel."""

    def answer(path: Path | None) -> None:
        text = str(path) if path else ""
        for name in ("getSaveFileName", "getOpenFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda *_a, **_n: (text, ""))

    return answer


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> Callable[[type[QDialog], Callable[[QDialog], None]], None]:
    """Say what the user does in a dialog, which is then accepted."""

    def use(kind: type[QDialog], do: Callable[[QDialog], None]) -> None:
        def run(dialog: QDialog) -> int:
            do(dialog)
            return int(QDialog.DialogCode.Accepted.value)

        monkeypatch.setattr(kind, "exec", run)

    return use


def _count(path: Path) -> int:
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        return reader.count()


def _idle(window: MainWindow) -> bool:
    busy = window.session.work.busy
    window.bridge.deliver()
    return not busy


def _said(window: MainWindow) -> str:
    return " ".join(line.text.text() for line in window.controllers.jobs.bar.lines())


def _told(qtbot: QtBot, window: MainWindow, words: str) -> None:
    def told() -> None:
        assert _idle(window)
        assert (window.panes.trouble.text.text(), words) == ("", window.frame.status.line.message)

    qtbot.waitUntil(told)


def test_save_as_goes_on_in_the_new_file(
    real: MainWindow, tmp_path: Path, choose: Callable[[Path | None], None], qtbot: QtBot
) -> None:
    choose(tmp_path / "kept")
    real.frame.commands["capture.save"].trigger()
    _told(qtbot, real, "Saved as kept.capture")
    assert real.session.capture.path == tmp_path / "kept.capture"
    assert "kept.capture" in real.windowTitle()


def test_saving_leaves_search_and_span_as_they_are(
    real: MainWindow, tmp_path: Path, choose: Callable[[Path | None], None], qtbot: QtBot
) -> None:
    real.controllers.timing.limit(START, START + 10 * SECOND)
    qtbot.waitUntil(lambda: real.panes.model.rowCount() == 10)
    choose(tmp_path / "kept")
    real.frame.commands["capture.save"].trigger()
    _told(qtbot, real, "Saved as kept.capture")
    assert real.controllers.timing.span == (START, START + 10 * SECOND)
    assert real.panes.model.rowCount() == 10


def test_the_title_says_that_a_capture_is_only_read(
    open_real: Callable[[Path | None], MainWindow], shift: Path, qtbot: QtBot
) -> None:
    window = open_real(None)
    window.controllers.opening.open(shift, read_only=True)
    qtbot.waitUntil(lambda: window.panes.model.rowCount() == 301)
    assert "shift.capture (read-only)" in window.windowTitle()


def test_a_cancelled_file_dialog_does_nothing(real: MainWindow, choose: Callable[[Path | None], None]) -> None:
    choose(None)
    for key in ("save", "save.shown", "open", "look", "import", "recover"):
        real.frame.commands[f"capture.{key}"].trigger()
    assert not real.session.work.busy
    assert real.session.capture.path.name == "shift.capture"


def test_what_the_filter_shows_is_saved_and_can_be_opened(
    real: MainWindow, tmp_path: Path, choose: Callable[[Path | None], None], qtbot: QtBot
) -> None:
    real.frame.filter.set("./*:Event/*:ClientPoll")
    qtbot.waitUntil(lambda: real.panes.model.rowCount() == 101)
    target = tmp_path / "polls.capture"
    choose(target)
    real.frame.commands["capture.save.shown"].trigger()
    qtbot.waitUntil(lambda: _idle(real) and _said(real) == "101 entries saved as polls.capture.")
    (line,) = real.controllers.jobs.bar.lines()
    assert _count(target) == 101
    button = next(b for b in line.findChildren(QPushButton) if b.text() == "Open polls.capture")
    real.frame.filter.set("")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: real.session.capture.path == target)
    qtbot.waitUntil(lambda: real.panes.model.rowCount() == 101)


@pytest.mark.parametrize("form", list(ExportFormat))
def test_every_export_from_the_dialog(
    real: MainWindow,
    tmp_path: Path,
    form: ExportFormat,
    choose: Callable[[Path | None], None],
    dialogs: Callable[[type[QDialog], Callable[[QDialog], None]], None],
    qtbot: QtBot,
) -> None:
    def do(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        dialog._format.setCurrentIndex(dialog._format.findData(form))

    dialogs(ExportDialog, do)
    choose(tmp_path / "out")
    real.frame.commands["capture.export"].trigger()
    _told(qtbot, real, f"301 entries exported to out.{form}")
    assert "PhoneStatus" in (tmp_path / f"out.{form}").read_text()


def test_selected_rows_go_to_the_clipboard(
    real: MainWindow, qtbot: QtBot, dialogs: Callable[[type[QDialog], Callable[[QDialog], None]], None]
) -> None:
    real.panes.table.go_to(2)
    real.panes.table.setFocus()
    real.panes.table.selectRow(1)
    selection = real.panes.table.selectionModel()
    selection.select(real.panes.model.index(2, 0), selection.SelectionFlag.Select | selection.SelectionFlag.Rows)

    def do(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        assert dialog.scope is Scope.SELECTED
        dialog._format.setCurrentIndex(dialog._format.findData(ExportFormat.JSON_LINES))
        dialog.clipboard.click()

    dialogs(ExportDialog, do)
    real.frame.commands["capture.export"].trigger()
    qtbot.waitUntil(lambda: real.frame.status.line.message == "2 entries copied")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [json.loads(line)["seq"] for line in lines[1:]] == [2, 3]


def test_an_import_opens_as_a_new_capture(
    real: MainWindow, tmp_path: Path, choose: Callable[[Path | None], None], qtbot: QtBot
) -> None:
    target = tmp_path / "out.xml"
    real.session.work.export(target, ExportFormat.XML, real.panes.model.store.in_shown_order()[:50])
    qtbot.waitUntil(lambda: _idle(real))
    choose(target)
    real.frame.commands["capture.import"].trigger()
    qtbot.waitUntil(lambda: _idle(real) and real.panes.model.rowCount() == 50)
    assert real.session.capture.temporary


def test_broken_input_is_told_with_its_line(
    real: MainWindow, tmp_path: Path, choose: Callable[[Path | None], None], qtbot: QtBot
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"kind": "clacks-monitor entries", "format": 1}\n{"oops"\n')
    choose(bad)
    real.frame.commands["capture.import"].trigger()
    qtbot.waitUntil(lambda: _idle(real) and real.panes.trouble.isVisible())
    assert "Importing bad.jsonl" in real.panes.trouble.text.text()
    assert "line 2" in real.panes.trouble.text.text()
    assert real.controllers.jobs.bar.lines() == []


def test_merging_asks_for_two_at_least(
    real: MainWindow,
    tmp_path: Path,
    choose: Callable[[Path | None], None],
    dialogs: Callable[[type[QDialog], Callable[[QDialog], None]], None],
    qtbot: QtBot,
) -> None:
    other = tmp_path / "other.capture"
    with captures.create(other) as capture:
        capture.append(some_events(20))

    def do(dialog: QDialog) -> None:
        assert isinstance(dialog, MergeDialog)
        assert dialog.files == [real.session.capture.path]
        assert not dialog.merge_button.isEnabled()
        dialog.add([other, other])
        assert dialog.merge_button.isEnabled()
        assert len(dialog.files) == 2

    dialogs(MergeDialog, do)
    choose(tmp_path / "both")
    real.frame.commands["capture.merge"].trigger()
    qtbot.waitUntil(lambda: _idle(real) and "merged" in _said(real))
    assert _count(tmp_path / "both.capture") == 321


def test_splitting_by_a_time_that_is_typed(
    real: MainWindow,
    tmp_path: Path,
    choose: Callable[[Path | None], None],
    dialogs: Callable[[type[QDialog], Callable[[QDialog], None]], None],
    qtbot: QtBot,
) -> None:
    real.panes.table.go_to(101)

    def do(dialog: QDialog) -> None:
        assert isinstance(dialog, MomentDialog)
        dialog.typed.setText("never")
        assert not dialog.go_button.isEnabled()
        dialog.typed.setText("-50s")
        assert dialog.go_button.isEnabled()

    dialogs(MomentDialog, do)
    choose(tmp_path / "part")
    real.frame.commands["capture.split"].trigger()
    qtbot.waitUntil(lambda: _idle(real) and "split into" in _said(real))
    assert [_count(tmp_path / f"part-{n}.capture") for n in (1, 2)] == [50, 251]
    real.frame.commands["capture.split"].trigger()
    assert "already exists" in real.panes.trouble.text.text()


def test_a_damaged_capture_is_offered_help(
    real: MainWindow,
    tmp_path: Path,
    choose: Callable[[Path | None], None],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    damaged = tmp_path / "damaged.capture"
    with captures.create(damaged) as capture:
        capture.append(some_events(500))
    content = bytearray(damaged.read_bytes())
    content[:4096] = bytes(4096)
    damaged.write_bytes(content)
    choose(damaged)
    real.frame.commands["capture.open"].trigger()
    qtbot.waitUntil(lambda: _idle(real) and str(damaged) in real.panes.trouble.text.text())
    qtbot.waitUntil(lambda: "cannot be opened" in _said(real))
    (line,) = real.controllers.jobs.bar.lines()
    seen: list[str] = []

    def report(dialog: RecoveryDialog) -> int:
        seen.extend(label.text() for label in dialog.findChildren(type(line.text)))
        return int(QDialog.DialogCode.Accepted.value)

    monkeypatch.setattr(RecoveryDialog, "exec", report)
    choose(tmp_path / "saved.capture")
    qtbot.mouseClick(line.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _idle(real) and bool(seen))
    assert "500 entries recovered" in seen[0]
    qtbot.waitUntil(lambda: real.session.capture.path == tmp_path / "saved.capture")


@pytest.mark.parametrize("part", [0.3, 0.5, 0.7, 0.9])
def test_a_capture_that_is_damaged_in_places_shows_the_rest_and_says_so(
    open_real: Callable[[Path | None], MainWindow], tmp_path: Path, qtbot: QtBot, part: float
) -> None:
    damaged = tmp_path / "shift.capture"
    with captures.create(damaged) as capture:
        capture.append(some_events(3000))
    content = bytearray(damaged.read_bytes())
    start = int(len(content) * part) // 8192 * 8192
    content[start : start + 4 * 8192] = b"\xff" * (4 * 8192)
    damaged.write_bytes(content)
    window = open_real(None)
    window.controllers.opening.open(damaged)
    qtbot.waitUntil(lambda: window.panes.model.rowCount() > 0 or window.panes.trouble.isVisible())
    qtbot.waitUntil(lambda: not window.stack._filtering)  # the first rows come alone
    for position in range(0, window.panes.model.rowCount(), 20):
        window.panes.table.scrollTo(window.panes.model.index(position, 0))
        window.panes.table.viewport().repaint()
        window.panes.table.go_to(window.panes.model.store.sequence_at(position))
    unread = [p for p in range(window.panes.model.rowCount()) if window.panes.model.row(p).size < 0]
    if unread or window.panes.model.rowCount() < 3000:  # else an index alone is damaged, which no row needs
        qtbot.waitUntil(window.panes.trouble.isVisible)
        assert str(damaged) in window.panes.trouble.text.text()
        words = ("is partly damaged.", "The file may be damaged.")
        qtbot.waitUntil(lambda: any(part in _said(window) for part in words))


def test_progress_is_shown_and_cancel_asks_for_the_end(real: MainWindow, qtbot: QtBot) -> None:
    jobs = real.controllers.jobs
    jobs.begin(99, "Exporting to x.csv")
    jobs.on_progress(JobProgress(99, 250, 1000))
    (line,) = jobs.bar.lines()
    assert line.progress is not None
    assert (line.progress.value(), line.count.text()) == (250, "25 %")
    with qtbot.waitSignal(jobs.bar.cancelled) as cancelled:
        qtbot.mouseClick(line.cancel, Qt.MouseButton.LeftButton)
    assert cancelled.args == [99]
    assert line.count.text() == "stopping…"
    jobs.on_ended(JobEnded(99, JobKind.EXPORT, "", True, JobResult()))
    assert real.frame.status.line.message == "Cancelled: Exporting to x.csv"


def test_limits_are_set_from_the_dialog(
    real: MainWindow, qtbot: QtBot, dialogs: Callable[[type[QDialog], Callable[[QDialog], None]], None]
) -> None:
    def do(dialog: QDialog) -> None:
        assert isinstance(dialog, LimitsDialog)
        box = dialog.findChild(QSpinBox, "size")
        assert box is not None
        assert box.text() == "unlimited"
        box.setValue(500)

    dialogs(LimitsDialog, do)
    real.frame.commands["capture.limits"].trigger()
    qtbot.waitUntil(lambda: real.frame.status.line.message == "Limits saved")
    assert real.session.capture.ring.max_bytes == 500 * 1024 * 1024


@pytest.mark.parametrize("answer", ["Save", "Discard", "Cancel"])
def test_quitting_asks_about_what_is_not_saved(
    open_real: Callable[[Path | None], MainWindow],
    tmp_path: Path,
    choose: Callable[[Path | None], None],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    answer: str,
) -> None:
    window = open_real(None)
    window.session.recorder.store(some_events(3))
    asked: list[str] = []

    def run(box: QMessageBox) -> int:
        asked.append(box.informativeText())
        return int(getattr(QMessageBox.StandardButton, answer).value)

    monkeypatch.setattr(QMessageBox, "exec", run)
    monkeypatch.setattr(QApplication, "quit", lambda: None)
    choose(tmp_path / "kept.capture")
    window.frame.commands["quit"].trigger()
    qtbot.waitUntil(lambda: _idle(window) and window.isVisible() is (answer == "Cancel"))
    assert asked[0] == "Closing it now discards 3 entries."
    assert (tmp_path / "kept.capture").exists() is (answer == "Save")


def test_what_an_earlier_run_left_is_offered(
    open_real: Callable[[Path | None], MainWindow], qtbot: QtBot, shift: Path
) -> None:
    first = open_real(None)
    first.session.recorder.store(some_events(4))
    first.close()
    first.session.close()
    again = open_real(shift)
    again.controllers.recovery.offer_abandoned()
    line = again.controllers.jobs.bar.lines()[0]
    assert "was not saved" in line.text.text()
    assert [b.text() for b in line.findChildren(QPushButton)] == ["Open it", "Delete it"]
    qtbot.mouseClick(line.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: again.panes.model.rowCount() == 4)


def test_a_message_of_any_length_leaves_the_window_its_width(real: MainWindow, tmp_path: Path) -> None:
    narrow = real.minimumSizeHint().width()
    real.controllers.jobs.offer("x" * 500, real.controllers.jobs.opener("Open it", tmp_path))
    real.controllers.jobs.begin(7, "Exporting to " + "y" * 500)
    real.controllers.replays.bar.begin("Replaying " + "z" * 500, holding=True)
    QCoreApplication.processEvents()
    assert real.minimumSizeHint().width() <= max(narrow, 1000)
    assert real.width() == 1280
