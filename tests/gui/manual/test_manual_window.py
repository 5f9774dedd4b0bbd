from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QImage, QTextDocument
from PySide6.QtWidgets import QWidget

from clacks_monitor import assets
from clacks_monitor.forms import Catalogue
from clacks_monitor.gui.kit.theme import Scheme, Theme
from clacks_monitor.gui.manual import page_text
from clacks_monitor.gui.manual.manual_window import ManualWindow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

_IMAGE = QTextDocument.ResourceType.ImageResource.value


@pytest.fixture
def manual(qtbot: QtBot, theme: Theme) -> Iterator[ManualWindow]:
    above = QWidget()
    qtbot.addWidget(above)
    window = ManualWindow(theme, Catalogue([assets.folder("schemas")]).vocabulary, above)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()


@pytest.mark.parametrize("page", page_text.names())
def test_every_page_is_shown(manual: ManualWindow, page: str) -> None:
    manual.open(page)
    assert page_text.title(page).replace("`", "") in manual.browser.toPlainText()
    assert "```" not in manual.browser.toPlainText()


def test_a_place_is_at_the_top(manual: ManualWindow, qtbot: QtBot) -> None:
    manual.open("troubleshooting.md#receiving")
    bar = manual.browser.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0)
    assert manual.browser.cursorForPosition(manual.browser.viewport().rect().topLeft()).block().text() in {
        "",
        "Captures",
    }


def test_links_lead_to_pages_and_back(manual: ManualWindow) -> None:
    manual.open("de/erste-schritte.md")
    assert not manual.back.isEnabled()
    manual.browser.anchorClicked.emit(QUrl("../filters.md#a-value"))
    assert manual.place == "filters.md#a-value"
    manual.browser.anchorClicked.emit(QUrl("#one-event-type"))
    assert manual.place == "filters.md#one-event-type"
    manual.back.click()
    manual.back.click()
    assert manual.place == "de/erste-schritte.md"
    assert not manual.back.isEnabled()
    manual.contents.click()
    assert manual.place == "index.md"


def test_a_link_out_of_the_manual_is_not_followed(manual: ManualWindow) -> None:
    manual.open("index.md")
    manual.browser.anchorClicked.emit(QUrl("../../../../etc/passwd"))
    manual.browser.anchorClicked.emit(QUrl("../pyproject.toml"))
    assert manual.place == "index.md"


def test_a_web_address_is_left_to_the_system(manual: ManualWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    manual.open("index.md")
    manual.browser.anchorClicked.emit(QUrl("https://www.w3.org/TR/xquery-31/"))
    assert (opened, manual.place) == (["https://www.w3.org/TR/xquery-31/"], "index.md")


def test_only_pictures_of_the_manual_are_loaded(manual: ManualWindow) -> None:
    manual.open("de/erste-schritte.md")
    assert isinstance(manual.browser.loadResource(_IMAGE, QUrl("../pictures/window.png")), QImage)
    for foreign in (
        "http://127.0.0.1/x.png",
        "file:///usr/share/x.png",
        "../../resources/icons/add.svg",
        "//host/x.png",
    ):
        assert manual.browser.loadResource(_IMAGE, QUrl(foreign)) is None
    assert manual.browser.loadResource(QTextDocument.ResourceType.HtmlResource.value, QUrl("index.md")) is None


def test_pictures_fit_the_theme_and_the_width(manual: ManualWindow, theme: Theme) -> None:
    manual.open("first-steps.md")
    light = manual.browser.loadResource(_IMAGE, QUrl("pictures/window.png"))
    theme.use(Scheme.DARK)
    dark = manual.browser.loadResource(_IMAGE, QUrl("pictures/window.png"))
    assert isinstance(light, QImage)
    assert isinstance(dark, QImage)
    assert light.pixelColor(3, 60).lightness() > 128 > dark.pixelColor(3, 60).lightness()
    assert light.width() < manual.browser.viewport().width()


def test_the_cheat_sheet_has_the_types_of_this_site(manual: ManualWindow) -> None:
    manual.open("filter-cheat-sheet.md")
    text = manual.browser.toPlainText()
    assert "./*:Event/*:NodeAnnounce" in text[text.index("Event types of this site") :]


def test_a_search_lists_pages_and_goes_back(manual: ManualWindow) -> None:
    manual.open("replay.md")
    manual.search.setText("qpidd")
    manual.search.returnPressed.emit()
    assert "Found on 1 page" in manual.browser.toPlainText()
    assert "Apache Qpid C++" in manual.browser.toPlainText()
    manual.back.click()
    assert manual.place == "replay.md"
    manual.search.setText(" ")
    manual.search.returnPressed.emit()
    assert manual.place == "replay.md"
