"""A tool tip shows what others wrote as it is: Qt would take it for HTML, and open the files that it names."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget

from clacks_monitor.core.untrusted import MAX_TEXT
from clacks_monitor.gui.kit import tool_tips
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

GUI = Path(__file__).resolve().parents[3] / "clacks_monitor" / "gui"
OWN = {"tr", "toolTip", "with_keys"}
"""What our own texts come from."""
PLAIN = {
    ("recent_captures.py", "literal(str(address))"),
    ("shortcuts.py", 'f"{tip} ({shown})" if shown else tip'),
    ("sent_item.py", "moment.toString(Qt.DateFormat.ISODateWithMs)"),
}


@pytest.mark.parametrize(
    "text",
    [
        '<img src="/dev/zero">',
        "<!doctype html><img src='file:///etc/hostname'>",
        "a <b>bold</b> claim\n  on two lines & more",
        "&lt;img src=x&gt;",
        "R&D",
    ],
)
def test_the_text_is_shown_as_it_is(qtbot: QtBot, text: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    QToolTip.showText(QPoint(), plain_tip(text), window)
    (label,) = (found for found in QApplication.topLevelWidgets() if isinstance(found, QLabel))
    assert label.text().replace("\N{WORD JOINER}", "") == text
    assert not Qt.mightBeRichText(label.text())
    QToolTip.hideText()


@given(st.text("<>!?/&lt;imgsrc= \n") | st.text())
@example("<?xml version='1.0'?>")
@example("&lt;b>")
@example("x" * 100_000)
@example("<p> " * 10_000)
def test_no_tip_is_html_to_qt_or_large(text: str) -> None:
    tip = plain_tip(text)
    assert not Qt.mightBeRichText(tip)
    lines = tip.split("\n")
    assert len(lines) <= tool_tips.MAX_LINES
    assert len(tip) <= 3 * MAX_TEXT
    assert max(map(len, lines)) <= 10 * tool_tips.WIDTH


def test_a_text_without_markup_stays_what_it_is() -> None:
    assert plain_tip("12:00\nNumber 5 is talking") == "12:00\nNumber 5 is talking"
    assert plain_tip("") == ""


def _tips() -> Iterator[tuple[Path, ast.expr]]:
    for path in sorted(set(GUI.rglob("*.py")) - set((GUI / "ui").iterdir())):  # those of forms are in ui/*.ui
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "setToolTip":
                yield path, node.args[-1]


def _is_our_own(tip: ast.expr) -> bool:
    if isinstance(tip, ast.IfExp):
        return _is_our_own(tip.body) and _is_our_own(tip.orelse)
    if isinstance(tip, ast.Call):
        called = tip.func
        name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
        return name in OWN | {"plain_tip"}
    return isinstance(tip, ast.Constant)


def test_every_tool_tip_is_our_own_text_or_made_plain() -> None:
    tips = list(_tips())
    assert len(tips) > 40
    others = {(path.name, ast.unparse(tip)) for path, tip in tips if not _is_our_own(tip)}
    assert {(name, text.replace("'", '"')) for name, text in others} <= PLAIN
