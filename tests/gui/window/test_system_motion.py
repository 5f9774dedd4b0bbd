"""A desktop that asks for less motion is obeyed, by its portal on D-Bus; so is the user's preference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusServer, QDBusVariant, QDBusVirtualObject
from PySide6.QtGui import QGuiApplication
from typing_extensions import override

from clacks_monitor.gui.window.bars.activity_bar import ActivityLine
from clacks_monitor.gui.window.system_motion import SystemMotion
from tests.helpers.compose_widgets import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Portal(QDBusVirtualObject):
    """Answers for a desktop that has these settings."""

    def __init__(self, settings: dict[str, object]) -> None:
        super().__init__()
        self._settings = settings
        self.asked: list[str] = []

    @override
    def introspect(self, _path: str) -> str:
        return ""

    @override
    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        _namespace, key = message.arguments()
        self.asked.append(key)
        if key in self._settings:
            connection.send(message.createReply(QDBusVariant(self._settings[key])))
        else:
            connection.send(message.createErrorReply("org.freedesktop.portal.Error.NotFound", "unknown"))
        return True


@pytest.fixture
def theme(theme: Theme) -> Iterator[Theme]:
    yield theme
    theme.keep_still(wanted=False, system=False)


@pytest.mark.parametrize(
    ("settings", "still"),
    [
        ({"reduced-motion": 1}, True),
        ({"reduced-motion": 0, "enable-animations": False}, True),
        ({"reduced-motion": 0, "enable-animations": True}, False),
        ({"reduced-motion": "?"}, False),
        ({}, False),
    ],
)
def test_the_desktop_is_asked_and_obeyed(
    settings: dict[str, object], still: bool, theme: Theme, tmp_path: Path, qtbot: QtBot
) -> None:
    server = QDBusServer(f"unix:path={tmp_path}/bus")
    portal, peers = Portal(settings), list[QDBusConnection]()
    server.newConnection.connect(peers.append)
    bus = QDBusConnection.connectToPeer(server.address(), "motion")
    qtbot.waitUntil(lambda: bool(peers))
    assert peers[0].registerVirtualObject("/org/freedesktop/portal/desktop", portal)
    motion = SystemMotion(theme, server)
    motion.ask(bus)
    qtbot.waitUntil(lambda: len(portal.asked) == 2 and motion.children() == [])
    assert theme.still is still
    QDBusConnection.disconnectFromPeer("motion")


def test_without_a_bus_nothing_is_asked(theme: Theme) -> None:
    SystemMotion(theme, theme).ask(QDBusConnection("none"))
    assert not theme.still


def test_the_cursor_stands_still_and_blinks_again(theme: Theme) -> None:
    hints = QGuiApplication.styleHints()
    blinking = hints.cursorFlashTime()
    assert blinking > 0
    theme.keep_still(wanted=True)
    theme.keep_still(system=True)
    assert hints.cursorFlashTime() == 0
    theme.keep_still(wanted=False)
    assert hints.cursorFlashTime() == 0, "the system still asks for it"
    theme.keep_still(system=False)
    assert hints.cursorFlashTime() == blinking


def test_work_without_a_known_end_is_said_instead_of_shown_moving(theme: Theme) -> None:
    theme.keep_still(wanted=True)
    with shown(ActivityLine("Saving", theme)) as line:
        line.add_progress()
        assert line.progress is not None
        assert (line.progress.minimum(), line.progress.maximum()) != (0, 0)
        assert line.count.text() == "running…"
        line.show_progress(1, 4)
        assert line.count.text() == "25 %"
