"""The lists of the compose window by themselves: problems, what was sent, templates, and the choice of a type."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDateTime, QLocale, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFileDialog, QLineEdit, QMainWindow, QPushButton

from clacks_monitor.config import SentEvent, Template
from clacks_monitor.core.sending import SendOutcome
from clacks_monitor.forms import EventType, ValidationIssue
from clacks_monitor.gui.compose import history_pane, templates_pane
from clacks_monitor.gui.compose.history_pane import HistoryPane
from clacks_monitor.gui.compose.placeholder_menu import PlaceholderMenu
from clacks_monitor.gui.compose.problems_pane import PAGE, ProblemsPane
from clacks_monitor.gui.compose.templates_pane import TemplateDialog, TemplatesPane
from clacks_monitor.gui.compose.type_chooser import ABOUT_ROLE, TypeChooser
from clacks_monitor.gui.kit import message_boxes
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.notes import EmptyHint
from clacks_monitor.gui.kit.theme import Scheme
from tests.helpers.compose_widgets import shown
from tests.helpers.fake_sender import SENT_NS, FakeSession

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[FakeSession]:
    session = FakeSession(tmp_path)
    yield session
    session.close()


# -- problems ----------------------------------------------------------------------------------------------------------


def entries(pane: ProblemsPane) -> list[str]:
    return [pane.list.item(row).text() for row in range(pane.list.count())]


def many(count: int) -> list[ValidationIssue]:
    return [ValidationIssue(f"wrong {number}") for number in range(count)]


def test_a_problem_says_where_it_is_and_who_objects(theme: Theme) -> None:
    with shown(ProblemsPane(theme)) as pane:
        pane.show_problems(
            [
                ValidationIssue("is wrong"),
                ValidationIssue("is wrong", 3, 7, path="A/B"),
                ValidationIssue("is wrong", 3, objector="lxml"),
                ValidationIssue("is wrong", path="A", objector="xmlschema"),
                ValidationIssue("is\nwrong"),
            ]
        )
        assert entries(pane) == [
            "is wrong",
            "A/B: is wrong   line 3, column 7",
            "is wrong   (reported only by libxml2, which the agent uses)   line 3, column 1",
            "A: is wrong   (reported only by xmlschema; the agent would accept it)",
            "is wrong",
        ]
        assert pane.currentIndex() == 1
        pane.show_problems([])
        assert (pane.currentIndex(), pane.problems, pane.list.count()) == (0, [], 0)


@pytest.mark.parametrize(
    ("count", "listed", "last"),
    [
        (PAGE, PAGE, f"wrong {PAGE - 1}"),
        (PAGE + 1, PAGE + 1, "1 more problem…"),
        (PAGE + 2, PAGE + 1, "2 more problems…"),
    ],
)
def test_a_page_of_problems_is_listed_at_first(theme: Theme, count: int, listed: int, last: str) -> None:
    with shown(ProblemsPane(theme)) as pane:
        pane.show_problems(many(count))
        assert (pane.list.count(), entries(pane)[-1]) == (listed, last)
        assert not pane.list.item(PAGE - 1).icon().isNull()
        if count > PAGE:
            assert pane.list.item(PAGE).icon().isNull()
            told = list[object]()
            pane.wanted.connect(told.append)
            pane.list.itemActivated.emit(pane.list.item(PAGE))
            assert told == []
            assert entries(pane) == [f"wrong {number}" for number in range(count)]
            pane.list.itemClicked.emit(pane.list.item(PAGE))
            assert told == [ValidationIssue(f"wrong {PAGE}")]


def test_going_on_leads_through_all_problems_and_round(theme: Theme) -> None:
    with shown(ProblemsPane(theme)) as pane:
        told = list[ValidationIssue]()
        pane.wanted.connect(told.append)
        pane.next()
        assert told == []
        pane.show_problems(many(3))
        for _step in range(4):
            pane.next()
        assert [problem.text for problem in told] == ["wrong 0", "wrong 1", "wrong 2", "wrong 0"]
        assert pane.list.currentRow() == 0
        pane.show_problems(many(PAGE + 5))
        pane.list.setCurrentRow(PAGE - 1)
        pane.next()
        assert told[-1].text == f"wrong {PAGE}"
        assert pane.list.currentRow() == PAGE


def test_the_user_stays_on_the_same_row_while_problems_change(theme: Theme) -> None:
    with shown(ProblemsPane(theme)) as pane:
        pane.show_problems(many(5))
        assert pane.list.currentRow() == -1
        pane.show_problems(many(4))
        assert pane.list.currentRow() == -1
        pane.list.setCurrentRow(2)
        item = pane.list.item(2)
        pane.show_problems(many(4))
        assert pane.list.item(2) is item
        pane.show_problems(many(6))
        assert pane.list.currentRow() == 2
        pane.show_problems(many(2))
        assert pane.list.currentRow() == 1
        pane.show_problems(many(2 * PAGE + 5))
        pane.list.setCurrentRow(PAGE)
        pane.show_problems(many(2 * PAGE + 6))
        assert pane.list.currentRow() == PAGE


def test_problems_take_the_colours_of_another_theme(theme: Theme) -> None:
    with shown(ProblemsPane(theme)) as pane:
        pane.show_problems(many(2))
        before = pane.list.item(1).icon().cacheKey()
        theme.use(Scheme.DARK)
        try:
            assert pane.list.item(1).icon().cacheKey() != before
        finally:
            theme.use(Scheme.LIGHT)


# -- what was sent -----------------------------------------------------------------------------------------------------


@pytest.fixture
def sent(session: FakeSession) -> Iterator[HistoryPane]:
    with shown(HistoryPane(session.composing)) as pane:
        yield pane
        for thread in pane.stop():
            thread.join()


def reloaded(pane: HistoryPane, qtbot: QtBot) -> list[tuple[str, ...]]:
    pane.reload()
    qtbot.waitUntil(lambda: not pane.busy)
    found = []
    for row in range(pane.list.topLevelItemCount()):
        item = pane.list.topLevelItem(row)
        assert item is not None
        found.append(tuple(item.text(column) for column in range(5)))
    return found


def button(pane: QWidget, name: str) -> QPushButton:
    return child(pane, QPushButton, name)


def test_what_was_sent_is_told_with_its_outcome(sent: HistoryPane, session: FakeSession, qtbot: QtBot) -> None:
    one = SentEvent(b"<x>\n  1</x>", "Poll", connection="office", sent_ns=SENT_NS)
    for entry in (
        one,
        replace(one, type="", outcome=SendOutcome.ACCEPTED),
        replace(one, outcome=SendOutcome.ACCEPTED, returned_ns=SENT_NS + 1_234_600_000, summary="short"),
        replace(one, outcome=SendOutcome.ACCEPTED, returned_ns=SENT_NS - 5),
        replace(one, outcome=SendOutcome.TIMED_OUT, detail="The broker is silent."),
    ):
        session.history.add(entry)
    when = QLocale().toString(QDateTime.fromMSecsSinceEpoch(SENT_NS // 1_000_000), QLocale.FormatType.ShortFormat)
    assert reloaded(sent, qtbot)[::-1] == [
        (when, "Poll", "office", "unknown", "<x> 1</x>"),
        (when, "(not an event)", "office", "accepted", "<x> 1</x>"),
        (when, "Poll", "office", "received after 1,235 ms", "short"),
        (when, "Poll", "office", "received after 0 ms", "<x> 1</x>"),
        (when, "Poll", "office", "timed out", "<x> 1</x>"),
    ]
    newest = sent.list.topLevelItem(0)
    assert newest is not None
    assert newest.toolTip(3) == "The broker is silent."
    assert newest.toolTip(0).startswith("2023-11-14T")


def test_older_ones_are_read_in_pages(
    sent: HistoryPane, session: FakeSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_pane, "PAGE", 3)
    older = button(sent, "olderButton")
    for number in range(5):
        session.history.add(SentEvent(b"<x/>", f"T{number}"))
    assert [row[1] for row in reloaded(sent, qtbot)] == ["T4", "T3", "T2"]
    assert older.isEnabled()
    older.click()
    assert sent.busy
    qtbot.waitUntil(lambda: not sent.busy)
    assert sent.list.topLevelItemCount() == 5
    assert not older.isEnabled()
    sent.search.setText("nowhere")
    assert reloaded(sent, qtbot) == []
    older.setEnabled(True)
    older.click()
    assert not sent.busy


def test_typing_searches_by_itself(sent: HistoryPane, session: FakeSession, qtbot: QtBot) -> None:
    session.history.add(SentEvent(b"<x/>", "Poll"))
    session.history.add(SentEvent(b"<y/>", "Leave"))
    assert len(reloaded(sent, qtbot)) == 2
    sent.search.setText("poll")
    qtbot.waitUntil(lambda: sent.list.topLevelItemCount() == 1)


def test_what_can_be_done_depends_on_what_is_chosen(sent: HistoryPane, session: FakeSession, qtbot: QtBot) -> None:
    buttons = [button(sent, name) for name in ("openButton", "againButton", "clearButton")]
    told = list[tuple[str, bytes]]()
    sent.wanted.connect(lambda body: told.append(("open", bytes(body))))
    sent.again.connect(lambda body: told.append(("again", bytes(body))))
    reloaded(sent, qtbot)
    assert [one.isEnabled() for one in buttons] == [False, False, False]
    session.history.add(SentEvent(b"<x/>", "Poll"))
    session.history.add(SentEvent(b"y" * history_pane.BEGINNING, "Long"))
    reloaded(sent, qtbot)
    sent.list.setCurrentIndex(QModelIndex())
    assert [one.isEnabled() for one in buttons] == [False, False, True]
    sent.list.itemActivated.emit(sent.list.topLevelItem(0), 0)
    assert told == []
    sent.list.setCurrentIndex(sent.list.model().index(1, 0))
    assert [one.isEnabled() for one in buttons] == [True, True, True]
    buttons[0].click()
    buttons[1].click()
    sent.list.itemActivated.emit(sent.list.topLevelItem(1), 0)
    sent.list.setCurrentIndex(sent.list.model().index(0, 0))
    buttons[0].click()
    assert told == [("open", b"<x/>"), ("again", b"<x/>"), ("open", b"<x/>"), ("open", b"y" * history_pane.BEGINNING)]


def test_all_is_forgotten_only_when_the_user_agrees(
    sent: HistoryPane, session: FakeSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.history.add(SentEvent(b"<x/>", "Poll"))
    reloaded(sent, qtbot)
    answers, asked = [False, True], list[tuple[str, ...]]()

    def agrees(_parent: object, *words: str) -> bool:
        asked.append(words)
        return answers.pop(0)

    monkeypatch.setattr(message_boxes, "agrees", agrees)
    button(sent, "clearButton").click()
    qtbot.waitUntil(lambda: not sent.busy)
    assert len(session.composing.history.search()) == 1
    button(sent, "clearButton").click()
    qtbot.waitUntil(lambda: sent.list.topLevelItemCount() == 0)
    assert session.composing.history.search() == []
    assert asked == [("Clear history", "Clear the history of sent events? This cannot be undone.")] * 2


# -- templates ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def kept(session: FakeSession, qtbot: QtBot) -> Iterator[TemplatesPane]:
    for template in (
        Template("Top", "<top/>"),
        Template("Busy", "<busy/>", "before eight\nor after", folder=("Phones",)),
        Template("Deep", "<deep/>", folder=("Phones", "Old")),
    ):
        session.composing.templates.save(template)
    with shown(TemplatesPane(session.composing, lambda: ("Poll", "<now/>"))) as pane:
        qtbot.waitUntil(lambda: not pane.busy)
        yield pane
        for thread in pane.stop():
            thread.join()


def tree_of(pane: TemplatesPane) -> list[str]:
    found = list[str]()
    for item in pane.tree.findItems("*", Qt.MatchFlag.MatchWildcard | Qt.MatchFlag.MatchRecursive, 0):
        names, step = [item.text(0)], item.parent()
        while step is not None:
            names.insert(0, step.text(0))
            step = step.parent()
        found.append("/".join(names))
    return sorted(found)


def select(pane: TemplatesPane, name: str) -> None:
    flags = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
    (item,) = pane.tree.findItems(name, flags, 0)
    pane.tree.setCurrentItem(item)


def settled(pane: TemplatesPane, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not pane.busy)


def answer(monkeypatch: pytest.MonkeyPatch, *, accepted: bool, **entered: str) -> list[TemplateDialog]:
    asked = list[TemplateDialog]()

    def run(dialog: TemplateDialog) -> int:
        asked.append(dialog)
        dialog.name.setText(entered.get("name", dialog.name.text()))
        dialog.folder.setEditText(entered.get("folder", dialog.folder.currentText()))
        return int(QDialog.DialogCode.Accepted if accepted else QDialog.DialogCode.Rejected)

    monkeypatch.setattr(TemplateDialog, "exec", run)
    return asked


def test_templates_stand_in_their_folders(kept: TemplatesPane, tmp_path: Path, qtbot: QtBot) -> None:
    assert tree_of(kept) == ["Phones", "Phones/Busy", "Phones/Old", "Phones/Old/Deep", "Top"]
    (next(tmp_path.rglob("templates")) / "Empty").mkdir()
    kept.reload()
    settled(kept, qtbot)
    assert "Empty" in tree_of(kept)
    (busy,) = kept.tree.findItems("Busy", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive, 0)
    assert (busy.text(1), busy.toolTip(1)) == ("before eight or after", "before eight\nor after")
    parent = busy.parent()
    assert parent is not None
    assert parent.isExpanded()
    assert [hint.isVisible() for hint in kept.findChildren(EmptyHint)] == [False]
    assert kept.message.text() == ""


def test_buttons_for_one_template_need_one(kept: TemplatesPane) -> None:
    of_one = [
        button(kept, name) for name in ("openButton", "editButton", "replaceButton", "deleteButton", "exportButton")
    ]
    always = [button(kept, name) for name in ("saveButton", "importButton")]
    for name, on in (("Phones", False), ("Busy", True)):
        select(kept, name)
        assert [one.isEnabled() for one in of_one] == [on] * 5
        assert [one.isEnabled() for one in always] == [True] * 2
    assert not button(kept, "undoButton").isEnabled()


def test_a_template_is_opened_by_its_button_or_activated(kept: TemplatesPane) -> None:
    told = list[bytes]()
    kept.wanted.connect(told.append)
    select(kept, "Phones")
    button(kept, "openButton").setEnabled(True)
    button(kept, "openButton").click()
    kept.tree.itemActivated.emit(kept.tree.currentItem(), 0)
    assert told == []
    select(kept, "Deep")
    button(kept, "openButton").click()
    kept.tree.itemActivated.emit(kept.tree.currentItem(), 0)
    assert told == [b"<deep/>", b"<deep/>"]


@pytest.mark.parametrize(("chosen", "folder"), [("Busy", "Phones"), ("Old", "Phones/Old"), ("Top", "")])
def test_an_event_is_saved_beside_what_is_chosen(
    kept: TemplatesPane,
    session: FakeSession,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    chosen: str,
    folder: str,
) -> None:
    select(kept, chosen)
    (dialog,) = [answer(monkeypatch, accepted=False)]
    button(kept, "saveButton").click()
    assert (dialog[0].name.text(), dialog[0].folder.currentText()) == ("Poll", folder)
    offered = [dialog[0].folder.itemText(row) for row in range(dialog[0].folder.count())]
    assert offered == ["", "Phones", "Phones/Old"]
    settled(kept, qtbot)
    assert len(session.composing.templates.all()) == 3
    answer(monkeypatch, accepted=True, name=" Mine ")
    button(kept, "saveButton").click()
    settled(kept, qtbot)
    wanted = tuple(filter(None, folder.split("/")))
    assert [(t.xml, t.folder) for t in session.composing.templates.all() if t.name == "Mine"] == [("<now/>", wanted)]
    assert "/".join(filter(None, (folder, "Mine"))) in tree_of(kept)


def test_a_template_is_renamed_moved_and_written_anew(
    kept: TemplatesPane, session: FakeSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    select(kept, "Busy")
    answer(monkeypatch, accepted=True, name="Free", folder=" Phones / New / ")
    button(kept, "editButton").click()
    settled(kept, qtbot)
    assert tree_of(kept) == ["Phones", "Phones/New", "Phones/New/Free", "Phones/Old", "Phones/Old/Deep", "Top"]
    select(kept, "Free")
    button(kept, "replaceButton").click()
    settled(kept, qtbot)
    (free,) = [template for template in session.composing.templates.all() if template.name == "Free"]
    assert (free.xml, free.notes, free.folder) == ("<now/>", "before eight\nor after", ("Phones", "New"))
    chosen = kept.templates.chosen()
    assert chosen is not None
    assert chosen.name == "Free"


def test_a_template_is_deleted_and_brought_back(kept: TemplatesPane, qtbot: QtBot) -> None:
    select(kept, "Top")
    button(kept, "deleteButton").click()
    settled(kept, qtbot)
    assert "Top" not in tree_of(kept)
    assert button(kept, "undoButton").isEnabled()
    button(kept, "undoButton").click()
    settled(kept, qtbot)
    assert "Top" in tree_of(kept)
    button(kept, "undoButton").click()
    settled(kept, qtbot)
    assert kept.message.text() == "No deleted template to restore."


def test_files_are_imported_into_the_folder_that_is_chosen(
    kept: TemplatesPane, session: FakeSession, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in (("one.xml", "<one/>"), ("two.json", "{"), ("three.json", "[")):
        (tmp_path / name).write_text(text)
    chosen, titles = list[str](), list[str]()

    def choose(_parent: object, title: str, _path: str, kind: str) -> tuple[list[str], str]:
        titles.append(f"{title}: {kind}")
        return list(chosen), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    select(kept, "Busy")
    button(kept, "importButton").click()
    assert not kept.busy
    chosen += [str(tmp_path / name) for name in ("two.json", "one.xml", "three.json")]
    button(kept, "importButton").click()
    settled(kept, qtbot)
    assert "Phones/one" in tree_of(kept)
    assert len(kept.message.text().splitlines()) == 2  # why two of the files were not taken
    assert titles == ["Import templates: Templates and events (*.json *.xml);;All files (*)"] * 2
    assert len(session.composing.templates.all()) == 4


def test_a_template_is_exported_where_the_user_wants_it(
    kept: TemplatesPane, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, chosen = list[tuple[str, ...]](), ["", str(tmp_path / "out.xml")]

    def choose(_parent: object, *words: str) -> tuple[str, str]:
        asked.append(words)
        return chosen.pop(0), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    select(kept, "Busy")
    button(kept, "exportButton").click()
    assert not kept.busy
    button(kept, "exportButton").click()
    settled(kept, qtbot)
    assert (tmp_path / "out.xml").read_text() == "<busy/>"
    assert asked == [("Export template", "Busy.json", "Template with notes (*.json);;Plain XML (*.xml)")] * 2


def test_more_templates_and_folders_are_listed_in_pages(
    kept: TemplatesPane, session: FakeSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates_pane, "PAGE", 3)
    for number in range(2):
        session.composing.templates.save(Template(f"Z{number}", "<z/>", folder=("Zoo",)))
    kept.templates._limit = 3
    kept.reload()
    settled(kept, qtbot)
    assert [name for name in tree_of(kept) if "more" in name] == ["2 more templates…"]
    assert "Zoo/Z0" not in tree_of(kept)
    more = kept.tree.topLevelItem(kept.tree.topLevelItemCount() - 1)
    assert more is not None
    told = list[bytes]()
    kept.wanted.connect(told.append)
    kept.tree.itemActivated.emit(more, 0)
    assert "Zoo/Z1" in tree_of(kept)
    assert not any("more" in name for name in tree_of(kept))
    assert told == []


def test_a_template_needs_a_name(theme: Theme) -> None:
    del theme
    template = Template("Busy", "<x/>", "notes", folder=("Phones", "Old"))
    with shown(TemplateDialog(template, [("Phones",)])) as dialog:
        save = child(dialog, QDialogButtonBox, "buttons").button(QDialogButtonBox.StandardButton.Save)
        assert save.isEnabled()
        assert dialog.name.selectedText() == "Busy"
        assert dialog.template() == template
        dialog.name.setText("  ")
        assert not save.isEnabled()
        dialog.name.setText(" Free ")
        dialog.notes.setPlainText(" other \n")
        assert dialog.template() == replace(template, name="Free", notes="other")
        save.click()
        assert dialog.result() == QDialog.DialogCode.Accepted
    with shown(TemplateDialog(template, [])) as dialog:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert (dialog.isVisible(), dialog.result()) == (False, 0)


# -- the choice of a type, and placeholders ----------------------------------------------------------------------------


def a_type(name: str, about: str = "") -> EventType:
    return EventType(name, "urn:x", Path(f"{name}.xsd"), Path(), about)


def types() -> list[EventType]:
    return [
        a_type("Poll", "Asks.\nAll."),
        a_type("PhoneStatus"),
        replace(a_type("Broken"), problem=ValidationIssue("is no schema", 3)),
        replace(a_type("Odd"), form_problem=ValidationIssue("is too deep")),
    ]


@pytest.fixture
def chooser(theme: Theme) -> Iterator[TypeChooser]:
    del theme
    with shown(TypeChooser()) as made:
        made.set_types(types())
        made.show_type("Poll")
        yield made


def test_types_are_listed_with_what_they_are_for(chooser: TypeChooser) -> None:
    about = [chooser.itemData(row, ABOUT_ROLE) for row in range(4)]
    assert about == [
        "Asks. All.",
        "no documentation",
        "cannot be used: line 3, column 1: is no schema",
        "edited as XML: is too deep",
    ]
    assert [chooser.itemData(row, Qt.ItemDataRole.ToolTipRole) for row in (0, 1)] == ["Asks.\nAll.", "no documentation"]
    assert chooser.itemData(1, Qt.ItemDataRole.AccessibleTextRole) == "PhoneStatus: no documentation"
    enabled = Qt.ItemFlag.ItemIsEnabled
    assert [bool(chooser.model().index(row, 0).flags() & enabled) for row in range(4)] == [True, True, False, True]
    assert (chooser.currentText(), chooser.currentIndex()) == ("Poll", 0)
    chooser.set_types(types()[:2])
    assert (chooser.currentText(), chooser.count()) == ("Poll", 2)


@pytest.mark.parametrize(
    ("typed", "shown_then", "told"),
    [
        ("phonestatus", "PhoneStatus", ["PhoneStatus"]),
        ("stat", "PhoneStatus", ["PhoneStatus"]),
        ("Broken", "Poll", []),
        ("nothing like it", "Poll", []),
        ("", "Poll", []),
        ("Poll", "Poll", []),
    ],
)
def test_enter_takes_a_name_or_goes_back(chooser: TypeChooser, typed: str, shown_then: str, told: list[str]) -> None:
    found = list[str]()
    chooser.chosen.connect(found.append)
    line = chooser.lineEdit()
    assert line is not None
    line.setText(typed)
    line.returnPressed.emit()
    line.editingFinished.emit()
    assert (chooser.currentText(), found) == (shown_then, told)


def test_a_type_that_is_picked_again_is_not_told(chooser: TypeChooser) -> None:
    found = list[str]()
    chooser.chosen.connect(found.append)
    chooser.activated.emit(0)
    chooser.activated.emit(1)
    chooser.activated.emit(1)
    assert found == ["PhoneStatus"]


def test_a_placeholder_is_written_where_the_user_types(theme: Theme) -> None:
    del theme
    with shown(QMainWindow()) as window:
        menu = window.menuBar().addMenu("Placeholders")
        PlaceholderMenu(menu, window)
        texts = [action.data() for action in menu.actions()]
        assert len(set(texts)) == 10
        assert menu.actions()[0].text() == "{{uuid}}   a new identifier"
        window.activateWindow()
        menu.actions()[0].trigger()  # into nothing
        combo = QComboBox(window)
        combo.setEditable(True)
        line = QLineEdit(window)
        edited = list[str]()
        line.textEdited.connect(edited.append)
        for widget in (line, combo):
            widget.show()
            widget.setFocus()
            menu.actions()[6].trigger()
        assert (line.text(), combo.currentText(), edited) == ("{{counter}}", "{{counter}}", ["{{counter}}"])
