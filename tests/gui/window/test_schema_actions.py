"""Event types of the user: begun from the menu, named in a line when they are broken and when they can be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget

from clacks_monitor import assets
from clacks_monitor.forms import Catalogue
from clacks_monitor.gui.kit import message_boxes
from clacks_monitor.gui.window.bars.activity_bar import ActivityBar
from clacks_monitor.gui.window.schema_actions import SchemaActions
from tests.helpers.compose_widgets import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clacks_monitor.gui.kit.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
BROKEN = '<schema xmlns="http://www.w3.org/2001/XMLSchema">\n<element name="DoorOpened" type="nothing"/>\n</schema>'
WHOLE = '<schema xmlns="http://www.w3.org/2001/XMLSchema">\n<element name="DoorOpened" type="string"/>\n</schema>'


class Files(QObject):
    """Takes the place of the system's programs: remembers what they were to open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        QDesktopServices.setUrlHandler("file", self, "open_url")  # type: ignore[arg-type]  # it takes a str only

    @Slot(QUrl)
    def open_url(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


class Given:
    """Commands whose handlers are called by their keys."""

    def __init__(self) -> None:
        self.handlers: dict[str, Callable[[], None]] = {}

    def on(self, key: str, handler: Callable[[], None]) -> None:
        self.handlers[key] = handler


class Desk:
    """The actions on a folder of their own."""

    def __init__(self, folder: Path, theme: Theme, window: QWidget) -> None:
        self.folder = folder
        self.catalogue = Catalogue([assets.folder("schemas"), folder])
        self.bar, commands = ActivityBar(theme, window), Given()
        self.actions = SchemaActions(self.catalogue, folder, self.bar, commands, window)  # type: ignore[arg-type]  # a part
        self.commands = commands.handlers
        self.said: list[str] = []
        self.composed: list[str] = []
        for signal in (self.actions.notified, self.actions.failed):
            signal.connect(self.said.append)
        self.actions.compose_wanted.connect(self.composed.append)

    def write(self, text: str, name: str = "DoorOpened") -> None:
        self.folder.mkdir(exist_ok=True)
        (self.folder / f"{name}.xsd").write_text(text)
        self.catalogue.refresh()
        self.actions.refresh()

    def lines(self) -> list[str]:
        return [line.text.text() for line in self.bar.lines()]

    def button(self, text: str) -> QPushButton:
        return next(
            button for line in self.bar.lines() for button in line.findChildren(QPushButton) if button.text() == text
        )


@pytest.fixture
def files() -> Iterator[Files]:
    made = Files()
    yield made
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def desk(tmp_path: Path, theme: Theme, files: Files) -> Iterator[Desk]:
    del files
    with shown(QWidget()) as window:
        made = Desk(tmp_path / "schemas", theme, window)
        yield made
        made.catalogue.close()


def test_a_broken_schema_is_named_with_its_place_until_it_is_whole(desk: Desk, files: Files) -> None:
    desk.write(BROKEN)
    (line,) = desk.lines()
    assert line.startswith("DoorOpened.xsd: line 2")
    desk.button("Open DoorOpened.xsd").click()
    assert files.opened == [str(desk.folder / "DoorOpened.xsd")]
    desk.write(BROKEN.replace("\n", "\n\n", 1))
    assert desk.lines()[0].startswith("DoorOpened.xsd: line 3")
    desk.write(WHOLE)
    assert desk.lines() == ["DoorOpened.xsd: the event type DoorOpened can be used."]
    desk.write(BROKEN)
    assert len(desk.lines()) == 1
    desk.write(WHOLE)
    desk.button("Compose DoorOpened").click()
    assert desk.composed == ["DoorOpened"]
    assert desk.lines() == []


def test_of_several_broken_schemas_the_first_is_named(desk: Desk) -> None:
    desk.write(BROKEN, "B")
    desk.write(BROKEN, "A")
    (line,) = desk.lines()
    assert line.startswith("A.xsd: line 1")
    assert line.endswith("(1 more schema cannot be used)")


def test_a_schema_that_was_there_before_is_not_news(tmp_path: Path, theme: Theme) -> None:
    folder = tmp_path / "schemas"
    folder.mkdir()
    (folder / "DoorOpened.xsd").write_text(WHOLE)
    with shown(QWidget()) as window:
        made = Desk(folder, theme, window)
        made.actions.refresh()
        assert made.lines() == []
        made.catalogue.close()


def test_a_new_type_is_begun_by_its_name(desk: Desk, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_boxes, "ask_line", lambda *_args: " DoorOpened ")
    desk.commands["schema.new"]()
    path = desk.folder / "DoorOpened.xsd"
    assert files.opened == [str(path)]
    assert desk.said == [f"{path} was written and is read whenever it is saved."]
    desk.write(path.read_text())
    assert desk.lines() == ["DoorOpened.xsd: the event type DoorOpened can be used."]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("PhoneStatus", "PhoneStatus is already an event type."),
        ("a b", "a b: not the name of an XML element. Use letters, digits, - and _; begin with a letter."),
        ("", ""),
        (None, ""),
    ],
)
def test_a_name_that_cannot_be_is_refused(
    desk: Desk, files: Files, monkeypatch: pytest.MonkeyPatch, name: str | None, said: str
) -> None:
    monkeypatch.setattr(message_boxes, "ask_line", lambda *_args: name)
    desk.commands["schema.new"]()
    assert "".join(desk.said) == said
    assert files.opened == []
    assert not desk.folder.exists()


def test_a_folder_that_cannot_be_written_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.folder.write_text("in the way")
    monkeypatch.setattr(message_boxes, "ask_line", lambda *_args: "DoorOpened")
    desk.commands["schema.new"]()
    desk.commands["schema.folder"]()
    assert [str(desk.folder) in text for text in desk.said] == [True, True]


def test_the_folder_is_made_and_shown(desk: Desk, files: Files) -> None:
    desk.commands["schema.folder"]()
    assert desk.folder.is_dir()
    assert files.opened == [str(desk.folder)]


def test_it_is_said_when_no_program_opens_a_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    desk.commands["schema.folder"]()
    assert desk.said == [f"No program opens {desk.folder}."]
