"""Work on captures as the window drives it: what is asked for, and what is said."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication

from clacks_monitor.gui.captures.export_dialog import ExportDialog, Scope
from clacks_monitor.gui.captures.limits_dialog import LimitsDialog
from clacks_monitor.gui.captures.merge_dialog import MergeDialog
from clacks_monitor.gui.captures.recovery_dialog import RecoveryDialog
from clacks_monitor.gui.kit import message_boxes
from clacks_monitor.gui.kit.moment_dialog import MomentDialog
from clacks_monitor.session.captures.capture_use import Unreadable
from clacks_monitor.session.captures.capture_work import ExportFormat
from clacks_monitor.session.notices import JobKind, JobProgress, JobResult
from tests.helpers.capture_jobs import buttons, end, lines, said_below, trouble
from tests.helpers.fake_events import START_NS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from clacks_monitor.core.store import Retention
    from tests.helpers.stage import Stage


A, B, KEPT = Path("/x/a.capture"), Path("/x/b.capture"), Path("/nowhere/kept.capture")
NEW = (JobKind.OPEN, "new")


def _export(monkeypatch: pytest.MonkeyPatch, form: ExportFormat, scope: Scope, *, copies: bool = False) -> None:
    monkeypatch.setattr(ExportDialog, "format", form)
    monkeypatch.setattr(ExportDialog, "scope", scope)

    def run(dialog: ExportDialog) -> int:
        dialog.to_clipboard = copies
        return 1

    monkeypatch.setattr(ExportDialog, "exec", run)


def _split(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(dialog: MomentDialog) -> int:
        dialog.typed.setText("+1s")
        return 1

    monkeypatch.setattr(MomentDialog, "exec", run)


def _merge(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(dialog: MergeDialog) -> int:
        dialog.add([A, B])
        return 1

    monkeypatch.setattr(MergeDialog, "exec", run)


ASKED: dict[str, tuple[str, tuple[Path, ...], tuple[object, ...], str]] = {
    "open": ("capture.open", (A,), (JobKind.OPEN, A, False), "Opening a.capture"),
    "look": ("capture.look", (A,), (JobKind.OPEN, A, True), "Opening a.capture"),
    "save": ("capture.save", (KEPT.with_suffix(""),), (JobKind.SAVE, KEPT), "Saving kept.capture"),
    "shown": (
        "capture.save.shown", (KEPT,), (JobKind.SAVE_ENTRIES, KEPT, [1, 2, 3]), "Saving shown events as kept.capture",
    ),
    "import": ("capture.import", (Path("/x/a.xml"),), (JobKind.IMPORT, Path("/x/a.xml")), "Importing a.xml"),
    "merge": (
        "capture.merge", (KEPT,), (JobKind.MERGE, [Path("/tmp/fake/shift.capture"), A, B], KEPT),
        "Merging into kept.capture",
    ),
    "split": (
        "capture.split", (KEPT,),
        (JobKind.SPLIT, START_NS + 1_411_000_000, KEPT.with_stem("kept-1"), KEPT.with_stem("kept-2")),
        "Splitting into kept-1.capture and kept-2.capture",
    ),
    "recover": ("capture.recover", (A, KEPT), (JobKind.RECOVER, A, KEPT), "Recovering a.capture"),
    "export": (
        "capture.export", (Path("/nowhere/out"),),
        (JobKind.EXPORT, Path("/nowhere/out.csv"), ExportFormat.CSV, [1, 2, 3], False), "Exporting to out.csv",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", ASKED)
def test_what_is_chosen_is_asked_for_and_shown_as_under_way(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, files: Callable[..., list[str]], what: str
) -> None:
    key, answers, asked, words = ASKED[what]
    _merge(monkeypatch)
    _split(monkeypatch)
    _export(monkeypatch, ExportFormat.CSV, Scope.SHOWN)
    files(*answers)
    stage.by_menu(key)
    assert stage.session.work.asked == [asked]
    assert said_below(stage) == [words]
    (line,) = lines(stage)
    line.cancel.click()
    assert stage.session.work.cancelled == [1]
    end(stage, cancelled=True)
    assert (stage.said, lines(stage), trouble(stage)) == (f"Cancelled: {words}", [], "")
    assert stage.session.capture.opened == []


@pytest.mark.parametrize("what", ASKED)
def test_what_goes_wrong_is_told_with_what_it_was(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, files: Callable[..., list[str]], what: str
) -> None:
    key, answers, _asked, words = ASKED[what]
    _merge(monkeypatch)
    _split(monkeypatch)
    _export(monkeypatch, ExportFormat.CSV, Scope.SHOWN)
    files(*answers)
    stage.by_menu(key)
    end(stage, problem="The disk is full.")
    opening = key in {"capture.open", "capture.look"}
    assert trouble(stage) == ("The disk is full." if opening else f"{words}: The disk is full.")
    assert lines(stage) == []


def test_a_recovery_suggests_a_name_beside_the_damaged_one(stage: Stage, files: Callable[..., list[str]]) -> None:
    suggested = files(A, None)
    stage.by_menu("capture.recover")
    assert suggested == ["", "/x/a-recovered.capture"]
    assert stage.session.work.asked == []
    stage.session.capture.unreadable = Unreadable(B, "It is damaged.")
    suggested = files(None)
    stage.by_menu("capture.recover")
    assert suggested == ["/x/b-recovered.capture"]


@pytest.mark.parametrize(("scope", "sequences"), [(Scope.SHOWN, [2, 1]), (Scope.SELECTED, [2]), (Scope.ALL, [1, 2, 3])])
def test_what_is_copied_is_in_the_order_that_is_shown(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, scope: Scope, sequences: list[int]
) -> None:
    stage.window.controllers.timing.limit(START_NS, START_NS + 300_000_000)
    stage.window.bridge.deliver()
    stage.window.panes.model.sort(0, stage.window.panes.table.horizontalHeader().sortIndicatorOrder().DescendingOrder)
    stage.select(0)
    _export(monkeypatch, ExportFormat.JSON_LINES, scope, copies=True)
    stage.by_menu("capture.export")
    assert stage.session.work.asked == [(JobKind.COPY, ExportFormat.JSON_LINES, sequences)]
    assert said_below(stage) == ["Copying to the clipboard"]
    end(stage, JobResult(count=2, text="some text", notes=("The others have no room.",)))
    assert QGuiApplication.clipboard().text() == "some text"
    assert stage.said == "2 entries copied The others have no room."


@pytest.mark.parametrize(
    ("key", "result", "words"),
    [
        ("capture.save", JobResult((KEPT,), 77), "Saved as kept.capture"),
        ("capture.export", JobResult((Path("/x/out.csv"),), 1), "1 entry exported to out.csv"),
        ("capture.export", JobResult((Path("/x/out.csv"),), 2), "2 entries exported to out.csv"),
    ],
)
def test_what_is_done_is_told(
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
    files: Callable[..., list[str]],
    key: str,
    result: JobResult,
    words: str,
) -> None:
    _export(monkeypatch, ExportFormat.CSV, Scope.SHOWN)
    files(KEPT)
    stage.by_menu(key)
    end(stage, result)
    assert (stage.said, lines(stage), trouble(stage)) == (words, [], "")


@pytest.mark.parametrize(
    ("key", "result", "words", "offered"),
    [
        ("capture.save.shown", JobResult((KEPT,), 3), "3 entries saved as kept.capture.", ["kept.capture"]),
        ("capture.merge", JobResult((KEPT,), 9), "9 entries merged into kept.capture.", ["kept.capture"]),
        (
            "capture.split", JobResult((A, B), 5), "5 entries split into a.capture and b.capture.",
            ["a.capture", "b.capture"],
        ),
    ],
)  # fmt: skip
def test_new_captures_are_offered_to_be_opened(
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
    files: Callable[..., list[str]],
    key: str,
    result: JobResult,
    words: str,
    offered: list[str],
) -> None:
    _merge(monkeypatch)
    _split(monkeypatch)
    files(KEPT)
    stage.by_menu(key)
    end(stage, result)
    assert said_below(stage) == [words]
    assert list(buttons(stage)) == [f"Open {name}" for name in offered]
    buttons(stage)[f"Open {offered[-1]}"].click()
    assert stage.session.work.asked[-1] == (JobKind.OPEN, result.paths[-1], False)


def test_a_split_replaces_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, files: Callable[..., list[str]], tmp_path: Path
) -> None:
    _split(monkeypatch)
    for number in (1, 2):
        taken = tmp_path / f"part-{number}.capture"
        taken.touch()
        files(tmp_path / "part")
        stage.by_menu("capture.split")
        assert trouble(stage).startswith(f"{taken} already exists.")
        taken.unlink()
    assert stage.session.work.asked == []


@pytest.mark.parametrize("agreed", [True, False])
def test_a_name_that_gets_its_suffix_does_not_replace_a_file_unasked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, files: Callable[..., list[str]], tmp_path: Path, agreed: bool
) -> None:
    (tmp_path / "kept.capture").touch()
    asked = list[str]()

    def agrees(_parent: object, _title: str, question: str) -> bool:
        asked.append(question)
        return agreed

    monkeypatch.setattr(message_boxes, "agrees", agrees)
    files(tmp_path / "kept", tmp_path / "kept.capture")
    stage.by_menu("capture.save")
    assert asked == ["kept.capture already exists. Replace it?"]
    assert len(stage.session.work.asked) == int(agreed)
    stage.by_menu("capture.save")
    assert len(asked) == 1


@pytest.mark.parametrize("accepted", [True, False])
def test_what_could_be_saved_is_reported_and_opened(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, files: Callable[..., list[str]], accepted: bool
) -> None:
    monkeypatch.setattr(RecoveryDialog, "exec", lambda _dialog: int(accepted))
    files(A, KEPT)
    stage.by_menu("capture.recover")
    end(stage, JobResult((KEPT,), 5))
    assert stage.session.work.asked[1:] == ([(JobKind.OPEN, KEPT, False)] if accepted else [])


def test_a_capture_is_shown_once_it_is_open(stage: Stage, files: Callable[..., list[str]]) -> None:
    files(A)
    stage.by_menu("capture.open")
    end(stage, JobResult((A,), 3))
    assert stage.session.capture.opened == [A]


@pytest.mark.parametrize("there", [True, False])
def test_help_is_offered_with_a_file_that_cannot_be_opened(
    stage: Stage, files: Callable[..., list[str]], tmp_path: Path, there: bool
) -> None:
    damaged = tmp_path / "damaged.capture"
    if there:
        damaged.touch()
    files(damaged, KEPT)
    stage.by_menu("capture.open")
    end(stage, problem="It is no capture.")
    assert trouble(stage) == "It is no capture."
    if not there:
        assert lines(stage) == []
        return
    assert said_below(stage) == ["damaged.capture cannot be opened. The file may be damaged."]
    buttons(stage)["Recover data…"].click()
    assert stage.session.work.asked[-1] == (JobKind.RECOVER, damaged, KEPT)


def test_damage_is_told_once_for_each_kind(stage: Stage) -> None:
    for problem in ("page 3", "page 3", "page 9", "page 3"):
        stage.window.controllers.recovery.on_damage(problem)
    assert said_below(stage) == ["shift.capture is partly damaged."] * 2
    assert trouble(stage) == "page 9  (1 more)"


def test_progress_is_shown_in_parts_of_a_hundred_or_as_a_number(stage: Stage, files: Callable[..., list[str]]) -> None:
    files(KEPT)
    stage.by_menu("capture.save")
    (line,) = lines(stage)
    assert line.progress is not None
    shown = []
    for done, total in ((0, 0), (1_234, 0), (1, 3), (3, 3), (4, 3)):
        stage.session.notify([JobProgress(1, done, total), JobProgress(7, 1, 1)])
        stage.window.bridge.deliver()
        shown.append((line.count.text(), line.progress.value() if total else None))
    assert shown == [("", None), ("1,234", None), ("33 %", 333), ("100 %", 1000), ("100 %", 1000)]
    line.cancel.click()
    assert not line.cancel.isEnabled()
    stage.session.notify([JobProgress(1, 2, 3)])
    stage.window.bridge.deliver()
    assert line.count.text() == "stopping…"


@pytest.mark.parametrize(
    ("reason", "said", "told"), [("", "Limits saved", ""), ("It is read only.", "", "It is read only.")]
)
def test_limits_are_set_off_the_windows_thread_or_it_is_said_why_not(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, reason: str, said: str, told: str
) -> None:
    threads = []

    def bound(_limits: Retention, **_more: object) -> str:
        threads.append(threading.current_thread())
        return reason

    monkeypatch.setattr(LimitsDialog, "exec", lambda _dialog: 1)
    monkeypatch.setattr(stage.session, "bound_capture", bound, raising=False)
    stage.by_menu("capture.limits")
    qtbot.waitUntil(lambda: (stage.said, trouble(stage)) == (said, told))
    assert threading.main_thread() not in threads
