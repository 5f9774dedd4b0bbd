"""Designer forms: built as Qt's own loader builds them, and refused where they hold what ours does not know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from PySide6 import QtWidgets
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtUiTools import QUiLoader
from PySide6.QtWidgets import QDialog, QFormLayout, QGridLayout, QLabel, QWidget
from typing_extensions import override

from clacks_monitor import assets
from clacks_monitor.gui.kit import layouts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

FORMS = [name.removesuffix(".ui") for name in assets.names("ui", suffix=".ui")]
_OWN = re.compile(r'<widget class="(\w+)"')
_NAMES = re.compile(r'<widget class="\w+" name="(\w+)"')
_ADDRESS = re.compile(r" at 0x\w+")
_BASES = re.compile(r"<class>(\w+)</class><extends>(\w+)</extends>")
# What depends on fonts, focus and the order of building, or is an object of the one tree or the other.
_PASSING = frozenset({
    "pos", "geometry", "frameGeometry", "normalGeometry", "rect", "size", "childrenRect", "childrenRegion", "x", "y",
    "width", "height", "frameSize", "frameRect", "locale", "palette", "font", "menu",
})  # fmt: skip


def bases(text: str) -> dict[str, type[QWidget]]:
    """Return the Qt class that stands for each class of a form that is not Qt's."""
    named = dict(_BASES.findall(text))
    return {
        kind: getattr(QtWidgets, named.get(kind, "QWidget"))
        for kind in _OWN.findall(text)
        if not hasattr(QtWidgets, kind)
    }


class _Oracle(QUiLoader):
    """Qt's loader, with Qt's classes for our own."""

    def __init__(self, own: dict[str, type[QWidget]]) -> None:
        super().__init__()
        self._own = own

    @override
    def createWidget(self, className: str, parent: QWidget | None = None, name: str = "") -> QWidget:
        kind = self._own[className].__name__ if className in self._own else className
        return super().createWidget(kind, parent, name)


def by_qt(name: str) -> QWidget:
    buffer = QBuffer()
    buffer.setData(QByteArray(assets.text("ui", f"{name}.ui").encode()))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return _Oracle(bases(assets.text("ui", f"{name}.ui"))).load(buffer)


def by_us(name: str) -> QWidget:
    text = assets.text("ui", f"{name}.ui")
    root: QWidget = getattr(QtWidgets, _OWN.findall(text)[0])()
    root.setObjectName(_NAMES.findall(text)[0])
    layouts.load_layout(name, root, **bases(text))
    return root


def properties(widget: QWidget) -> Iterator[tuple[str, Any]]:
    """Return what a widget says about itself, but for what passes."""
    meta = widget.metaObject()
    for index in range(meta.propertyCount()):
        name = str(meta.property(index).name())
        if name not in _PASSING:
            value = widget.property(name)
            yield name, _ADDRESS.sub("", str(value))


@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_built_as_qt_builds_it(qtbot: QtBot, name: str) -> None:
    theirs, ours = by_qt(name), by_us(name)
    qtbot.addWidget(theirs)
    qtbot.addWidget(ours)
    wanted = {w.objectName(): w for w in theirs.findChildren(QWidget) if w.objectName() and w.objectName()[0] != "q"}
    found = {w.objectName(): w for w in ours.findChildren(QWidget) if w.objectName()}
    assert set(wanted) <= set(found)
    for key, widget in wanted.items():
        ours_in, theirs_in = found[key].parentWidget(), widget.parentWidget()
        assert ours_in is not None
        assert theirs_in is not None
        assert (key, ours_in.objectName()) == (key, theirs_in.objectName())
        told = dict(properties(found[key]))
        assert {n: (key, v, told[n]) for n, v in properties(widget) if told[n] != v} == {}


@pytest.mark.parametrize("name", FORMS)
def test_layouts_hold_the_same_things_in_the_same_places(qtbot: QtBot, name: str) -> None:
    theirs, ours = by_qt(name), by_us(name)
    qtbot.addWidget(theirs)
    qtbot.addWidget(ours)
    for kind in (QtWidgets.QBoxLayout, QGridLayout, QFormLayout):
        for wanted in theirs.findChildren(kind):
            if not wanted.objectName() or wanted.objectName().startswith("_q"):
                continue
            found = layouts.child(ours, kind, wanted.objectName())
            assert contents(found) == contents(wanted)
            assert found.contentsMargins() == wanted.contentsMargins()
            assert found.spacing() == wanted.spacing()


def contents(layout: Any) -> list[tuple[str, object]]:
    """Return (name, place) of what is in a layout."""
    held = []
    for index in range(layout.count()):
        item = layout.itemAt(index)
        inner = item.widget() or item.layout()
        placed = isinstance(layout, QGridLayout | QFormLayout)
        place: object = layout.getItemPosition(index) if placed else index
        held.append((inner.objectName() if inner else "", place))
    return sorted(held, key=str)


def test_a_label_knows_its_buddy(qtbot: QtBot) -> None:
    root = by_us("dialog_connection")
    qtbot.addWidget(root)
    label = layouts.child(root, QLabel, "hostsLabel")
    assert label.buddy() is layouts.child(root, QWidget, "hosts")


@pytest.mark.parametrize(
    ("form", "what"),
    [
        ('<widget class="QDialog" name="D"><widget class="Strange" name="s"/></widget>', "Strange"),
        ('<widget class="QDialog" name="D"><zorder>s</zorder></widget>', "zorder"),
        ('<widget class="QDialog" name="D"><property name="colour"><string>red</string></property></widget>', "colour"),
        ('<widget class="QDialog" name="D"/><tabstops/>', "tabstops"),
        ('<widget class="QDialog" name="D">', "cannot be read"),
    ],
)
def test_what_is_not_known_is_refused(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: str, what: str
) -> None:
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "odd.ui").write_text(f'<ui version="4.0"><class>D</class>{form}</ui>', "utf-8")
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    root = QDialog()
    qtbot.addWidget(root)
    with pytest.raises(layouts.LayoutError, match=what):
        layouts.load_layout("odd", root)
