"""Chips and the banner of outages by themselves: their order, their places, what they say and ask for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.contrast import readable_on
from clacks_monitor.gui.kit.theme import Scheme
from clacks_monitor.gui.window.bars.chip_bar import ChipBar
from clacks_monitor.gui.window.bars.outage_banner import MOST_ROWS, OutageBanner
from clacks_monitor.session.outages import Outage
from tests.helpers.compose_widgets import shown
from tests.helpers.overlaps import overlapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.gui.kit.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NOW = 1_700_000_000 * formats.NS
OFFICE = Outage(
    "office", "office", production=False, never=False, since_ns=NOW, reason="No route.", retry_ns=NOW + 5 * formats.NS,
    trying=False,
)  # fmt: skip


# -- chips -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def chips(theme: Theme) -> Iterator[ChipBar]:
    with shown(QWidget()) as place:
        made = ChipBar(theme, place)
        made.resize(800, 40)
        yield made


def test_chips_stand_in_their_order_and_the_bar_goes_with_the_last(chips: ChipBar) -> None:
    seen = [chips.isVisible()]
    for key in ("one", "two", "three"):
        chips.show_chip(key, f"Chip {key}", "More of it", "Remove it")
        seen.append(chips.isVisible())
    QApplication.processEvents()
    assert seen == [False, True, True, True]
    lefts = [chips.chips[key].x() for key in ("one", "two", "three")]
    assert lefts == sorted(lefts)
    assert lefts[0] < 100, "they begin at the left"
    chip = chips.chips["two"]
    assert (chip.text(), chip.toolTip()) == ("Chip two", "Remove it\nMore of it")
    assert (chip.accessibleName(), chip.accessibleDescription()) == ("Chip two: Remove it", "More of it")
    assert chip.focusPolicy() is Qt.FocusPolicy.StrongFocus
    assert chip.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    assert not chip.icon().isNull()
    for key in ("two", "no such", "one", "three"):
        chips.hide_chip(key)
        seen.append(chips.isVisible())
    assert seen[4:] == [True, True, True, False]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert chips.findChildren(QToolButton) == []


def test_a_chip_is_changed_and_asks_to_be_removed(chips: ChipBar, theme: Theme) -> None:
    removed: list[str] = []
    chips.removed.connect(removed.append)
    chips.show_chip("one", "first", "", "Remove it")
    chip = chips.chips["one"]
    chips.show_chip("one", "R&D " + "x" * 100, "", "Remove it")
    assert chips.chips == {"one": chip}
    assert chip.text().startswith("R&&D xxx")
    assert len(chip.text()) == 60 + 1
    assert chip.toolTip() == "Remove it"
    chip.click()
    assert removed == ["one"]
    before = chip.icon().cacheKey()
    theme.use(Scheme.DARK)
    assert chip.icon().cacheKey() != before


# -- the banner --------------------------------------------------------------------------------------------------------


@pytest.fixture
def banner(theme: Theme) -> Iterator[OutageBanner]:
    with shown(QWidget()) as place:
        place.resize(1_000, 300)
        made = OutageBanner(theme, place)
        made.resize(1_000, 120)
        yield made


def test_the_parts_of_a_line_stand_beside_each_other(banner: OutageBanner) -> None:
    banner.show_outages([OFFICE, replace(OFFICE, connection_id="plant", name="plant")], NOW)
    banner.resize(1_000, banner.sizeHint().height())
    QApplication.processEvents()
    line = banner.lines[0]
    parts = (line.sign, line.title, line.reason, line.next_try, line.button)
    lefts = [part.mapTo(banner, QPoint()).x() for part in parts]
    assert lefts == sorted(set(lefts))
    assert overlapping(line) == []
    assert line.button.geometry().right() > line.width() - 20
    assert not line.below.isVisible()
    banner.show_outages([OFFICE], NOW)
    banner.resize(1_000, banner.sizeHint().height())
    QApplication.processEvents()
    assert (line.below.isVisible(), line.reason.isVisible()) == (True, False)
    assert line.below.geometry().top() >= line.title.geometry().bottom()
    assert line.below.x() == line.title.x()
    middle = line.button.geometry().center().y()
    assert abs(middle - line.rect().center().y()) <= 2
    assert abs(line.next_try.geometry().center().y() - middle) <= 2


def test_one_line_for_each_and_one_for_the_others(banner: OutageBanner, theme: Theme) -> None:
    many = [replace(OFFICE, connection_id=str(number), name=f"bus {number}") for number in range(MOST_ROWS + 2)]
    found = []
    for count in (0, 1, MOST_ROWS, MOST_ROWS + 2):
        banner.show_outages(many[:count], NOW)
        visible = [line.isVisible() for line in banner.lines]
        found.append((banner.isVisible(), sum(visible), banner.others.isVisible()))
    assert found == [(False, 0, False), (True, 1, False), (True, 3, False), (True, 3, True)]
    assert MOST_ROWS == 3
    assert banner.others.text() == "and 2 more: bus 3, bus 4"
    assert banner.accessibleName().count(".") >= 5
    assert len(banner.toolTip().split("\n")) == 5
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        theme.use(scheme)
        ink = readable_on(theme.bad, theme.base)
        for label in (banner, banner.others, banner.lines[0].title, banner.lines[2].next_try):
            assert label.palette().color(QPalette.ColorRole.WindowText) == ink
        assert banner.palette().color(QPalette.ColorRole.Window) == theme.bad
        assert banner.lines[0].sign.pixmap().cacheKey() == theme.icons.pixmap("warning", ink).cacheKey()


def test_a_line_asks_to_try_its_own_connection_now_and_its_countdown_keeps_its_room(banner: OutageBanner) -> None:
    wanted: list[str] = []
    banner.retry_wanted.connect(wanted.append)
    trying = replace(OFFICE, connection_id="plant", name="plant", trying=True)
    banner.show_outages([OFFICE, trying], NOW)
    first, second = banner.lines[:2]
    assert (first.button.isEnabled(), second.button.isEnabled()) == (True, False)
    assert first.button.accessibleName() == "Try now: office"
    first.button.click()
    second.wanted.emit()
    assert wanted == ["office", "plant"]
    assert first.next_try.text() == "next try in 5 s"
    room = first.next_try.minimumWidth()
    assert room == first.next_try.fontMetrics().horizontalAdvance("next try in 5 s")
    banner.show_outages([replace(OFFICE, retry_ns=NOW + 5_000 * formats.NS)], NOW)
    wide = first.next_try.minimumWidth()
    banner.show_outages([OFFICE], NOW)
    assert first.next_try.minimumWidth() == wide > room
