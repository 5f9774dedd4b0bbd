from __future__ import annotations

import inspect
from importlib import import_module
from pkgutil import walk_packages

import pytest
from PySide6.QtWidgets import QDialog, QWidget

from clacks_monitor import gui
from clacks_monitor.gui.manual import page_text
from clacks_monitor.gui.manual.places import CONTENTS, PLACES, place_of
from tests.docs.pages import anchors

_ANSWERED_AT_ONCE = {"PlainBox", "PlainInput"}
"""Questions and short inputs: the manual explains what asked them."""


def _widgets() -> dict[str, type[QWidget]]:
    modules = [import_module(module.name) for module in walk_packages(gui.__path__, "clacks_monitor.gui.")]
    kinds = {kind for module in modules for _name, kind in inspect.getmembers(module, inspect.isclass)}
    ours = {kind for kind in kinds if kind.__module__.startswith("clacks_monitor.gui")}
    return {kind.__name__: kind for kind in ours if issubclass(kind, QWidget)}


def test_every_widget_that_has_a_place_exists() -> None:
    assert PLACES.keys() <= _widgets().keys()


def test_every_dialog_has_a_place() -> None:
    dialogs = {name for name, kind in _widgets().items() if issubclass(kind, QDialog)}
    assert dialogs - _ANSWERED_AT_ONCE - PLACES.keys() == set()


@pytest.mark.parametrize("place", sorted({CONTENTS, *PLACES.values()}))
def test_every_place_is_in_the_manual(place: str) -> None:
    page, _hash, anchor = place.partition("#")
    path = page_text.folder() / page
    assert path.is_file()
    assert not anchor or anchor in anchors(path)


@pytest.mark.usefixtures("qapp")
def test_the_nearest_widget_with_a_place_decides() -> None:
    class FilterBar(QWidget):
        pass

    around = FilterBar()
    inner = QWidget(QWidget(around))
    assert place_of(inner) == PLACES["FilterBar"]
    assert place_of(QWidget()) == CONTENTS
    assert place_of(None) == CONTENTS
