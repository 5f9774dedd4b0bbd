"""Labels and boxes show what others wrote as it is, bounded, and never make a window wider than the screen."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from clacks_monitor.core.untrusted import MAX_LINES, MAX_TEXT
from clacks_monitor.gui.kit import message_boxes
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.plain_text import as_caption, as_title, notification

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

GUI = Path(__file__).resolve().parents[3] / "clacks_monitor" / "gui"
OWN = {"labels.py", "message_boxes.py", "browser.py"}
"""Where Qt's own classes are tamed. The manual's browser shows the program's own pages, without HTML, and escapes names
of other origin; what it loads is tested with it."""
MARKUP = frozenset({
    "QLabel", "QMessageBox", "QInputDialog", "QErrorMessage", "QProgressDialog", "QWizard", "QWizardPage",
    "QTextBrowser", "QSplashScreen", "QStaticText", "QWhatsThis", "QGraphicsTextItem", "QTextDocumentFragment",
})  # fmt: skip
"""Classes that look for markup in their texts."""
CALLS = frozenset({
    "setHtml", "insertHtml", "appendHtml", "setMarkdown", "setTextFormat", "setWhatsThis", "setStatusTip",
    "setDetailedText", "setInformativeText", "setOpenExternalLinks",
})  # fmt: skip
TAMED = {"showText": {"plain_tip"}, "showMessage": {"notification"}}
"""What may be called with what such a function returns."""
BAIT = '<img src="/dev/zero">'
LONG = "x" * 49_000


def _nodes() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(GUI.rglob("*.py")):
        if path.name not in OWN:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                yield path.name, node


def _called(node: ast.expr) -> str:
    func = node.func if isinstance(node, ast.Call) else node
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def test_no_other_module_makes_what_looks_for_markup() -> None:
    uses = [
        (name, node.lineno, node.func.attr if isinstance(node.func, ast.Attribute) else _called(node))
        for name, node in _nodes()
        if isinstance(node, ast.Call)
    ]
    assert len(uses) > 1000
    assert [use for use in uses if use[2] in MARKUP | CALLS] == []


def test_no_other_class_is_made_from_them() -> None:
    bases = [(name, _called(base)) for name, node in _nodes() if isinstance(node, ast.ClassDef) for base in node.bases]
    assert len(bases) > 50
    assert [base for base in bases if base[1] in MARKUP] == []


def test_their_static_functions_are_not_called() -> None:
    of_class = [
        (name, ast.unparse(node.func))
        for name, node in _nodes()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _called(node.func.value) in MARKUP
    ]
    assert of_class == []


def test_tool_tips_and_notifications_are_called_with_plain_text_only() -> None:
    found = [
        (name, ast.unparse(node))
        for name, node in _nodes()
        if isinstance(node, ast.Call)
        and _called(node) in TAMED
        and not any(_called(argument) in TAMED[_called(node)] for argument in node.args)
    ]
    assert found == []


def test_a_label_is_plain_and_stays_so(qtbot: QtBot) -> None:
    label = PlainLabel(None, BAIT)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    with pytest.raises(ValueError, match="plain text only"):
        label.setTextFormat(Qt.TextFormat.AutoText)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == label.whole == BAIT


@pytest.mark.parametrize("wrap", [True, False])
@pytest.mark.parametrize("selectable", [True, False])
@pytest.mark.parametrize("text", [LONG, "a word " * 20_000, "line\n" * 20_000, "W\u0301" * 20_000])
def test_no_text_makes_a_window_large(qtbot: QtBot, text: str, *, wrap: bool, selectable: bool) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label = PlainLabel(window)
    if selectable:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setWordWrap(wrap)
    label.setText(text)
    QVBoxLayout(window).addWidget(label)
    window.show()
    assert window.width() < 1200
    assert window.minimumSizeHint().width() < 1200
    assert window.height() < 1200
    assert label.whole == text
    assert len(label.text()) <= 1.1 * MAX_TEXT
    assert label.text().count("\n") < MAX_LINES


def test_a_long_word_is_wrapped_and_copied_as_it_is(qtbot: QtBot) -> None:
    label = PlainLabel()
    qtbot.addWidget(label)
    label.setWordWrap(True)
    label.setText("W" * 300)
    label.resize(200, 1000)
    assert label.sizeHint().width() <= 800
    assert label.heightForWidth(1000) > 2 * label.fontMetrics().height()
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setText("W" * 300)
    label.setSelection(0, 300)
    assert label.selectedText() == "W" * 300


def test_an_access_key_still_goes_to_its_buddy(qtbot: QtBot) -> None:
    label, buddy = PlainLabel(None, "&Name"), QWidget()
    qtbot.addWidget(label)
    qtbot.addWidget(buddy)
    label.setBuddy(buddy)
    assert label.buddy() is buddy
    assert label.text() == "&Name"


def _box(ask: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Qt.TextFormat, int]]:
    """Return what the labels of a box say, and their width, when it is open."""
    seen: list[tuple[str, Qt.TextFormat, int]] = []

    def run(box: QWidget) -> int:
        box.show()
        QApplication.processEvents()
        seen.extend((label.text(), label.textFormat(), box.width()) for label in box.findChildren(QLabel))
        box.hide()
        return 0

    monkeypatch.setattr(message_boxes.PlainBox, "exec", run)
    monkeypatch.setattr(message_boxes.PlainInput, "exec", run)
    ask()
    return seen


@pytest.mark.parametrize("text", [BAIT, LONG, "many\n" * 10_000])
@pytest.mark.parametrize(
    "ask",
    [
        lambda text: message_boxes.agrees(None, text, text),
        lambda text: message_boxes.about(None, text, text, text),
        lambda text: message_boxes.ask_line(None, text, text),
        lambda text: message_boxes.ask_text(None, text, text, text[:1000]),
        lambda text: message_boxes.ask_choice(None, text, text, [text, text]),
    ],
    ids=["agrees", "about", "line", "text", "choice"],
)
def test_boxes_are_plain_and_bounded(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, text: str, ask: Callable[[str], object]
) -> None:
    del qtbot
    seen = _box(lambda: ask(text), monkeypatch)
    assert any(shown[:5] == text[:5] for shown, _format, _width in seen)
    assert {form for _shown, form, _width in seen} == {Qt.TextFormat.PlainText}
    assert max(width for _shown, _format, width in seen) < 1500
    assert max(len(shown) for shown, _format, _width in seen) <= 1.1 * message_boxes.MAX_TEXT


@pytest.mark.parametrize("text", [BAIT, "&lt;b>", "<?xml?>", "Tom & Jerry\n\tx", LONG])
def test_captions_and_titles_are_plain_lines(text: str) -> None:
    for made in (as_caption(text), as_title(text), notification(text)):
        assert not Qt.mightBeRichText(made)
        assert "\n" not in made
        assert "\t" not in made
        assert len(made) <= 600
    assert "&" not in as_caption(text).replace("&&", "")
    assert not set(notification(text)) & set("<>&")


OWN_TEXT = {"tr", "translate", "with_keys", "spoken", "as_title", "as_caption", "toolTip"}


def _is_fit(text: ast.expr) -> bool:
    """Whether a text is our own, or was made fit for a screen reader."""
    if isinstance(text, ast.IfExp):
        return _is_fit(text.body) and _is_fit(text.orelse)
    return isinstance(text, ast.Constant) or _called(text) in OWN_TEXT


def test_screen_readers_are_given_lines_of_plain_text() -> None:
    named = [
        (name, ast.unparse(node))
        for name, node in _nodes()
        if isinstance(node, ast.Call)
        and _called(node) in {"setAccessibleName", "setAccessibleDescription"}
        and not _is_fit(node.args[0])
    ]
    assert named == []
