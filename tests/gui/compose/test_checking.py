"""Checking the event that is composed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject
from typing_extensions import override

from clacks_monitor.forms import ValidationIssue
from clacks_monitor.gui.compose.checking import Checking
from clacks_monitor.gui.compose.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from clacks_monitor.session.sending.composing import Composing
    from tests.helpers.fake_sender import FakeSession


ISSUE = ValidationIssue("bad")


class HeavyDraft(Draft):
    """A draft whose check waits for ``go_on``, and raises ``error`` if that is set."""

    def __init__(self) -> None:
        super().__init__(None, b"", text="<x/>", heavy=True)
        self.go_on = threading.Event()
        self.error: Exception | None = None

    @override
    def checker(self, composing: Composing) -> Callable[[], list[ValidationIssue]]:
        def check() -> list[ValidationIssue]:
            self.go_on.wait(10)
            if self.error is not None:
                raise self.error
            return [ISSUE]

        return check


@pytest.fixture
def draft() -> HeavyDraft:
    return HeavyDraft()


@pytest.fixture
def happened() -> list[object]:
    return []


@pytest.fixture
def checking(qtbot: QtBot, session: FakeSession, draft: HeavyDraft, happened: list[object]) -> Iterator[Checking]:
    del qtbot
    owner = QObject()
    made = Checking(session.composing, lambda: draft, owner)
    made.found.connect(happened.append)
    made.ready_to_send.connect(lambda: happened.append("send"))
    yield made
    draft.go_on.set()
    for thread in made.stop():
        thread.join(5)


def test_a_heavy_event_is_sent_when_it_has_been_checked(
    checking: Checking, draft: HeavyDraft, happened: list[object], qtbot: QtBot
) -> None:
    checking.check_before_sending()
    assert happened == []
    draft.go_on.set()
    qtbot.waitUntil(lambda: happened == [[ISSUE], "send"])
    checking.check()
    qtbot.waitUntil(lambda: not checking.busy)
    assert happened == [[ISSUE], "send", [ISSUE]]


def test_a_heavy_event_is_sent_once_even_if_its_check_fails(
    checking: Checking, draft: HeavyDraft, happened: list[object], qtbot: QtBot
) -> None:
    draft.error = RuntimeError("broken")
    draft.go_on.set()
    with qtbot.captureExceptions() as caught:
        checking.check_before_sending()
        qtbot.waitUntil(lambda: bool(caught))
    assert happened == ["send"]
    draft.error = None
    checking.check()
    qtbot.waitUntil(lambda: not checking.busy)
    assert happened == ["send", [ISSUE]]


def test_stopping_drops_what_was_to_be_sent(
    checking: Checking, draft: HeavyDraft, happened: list[object], qtbot: QtBot
) -> None:
    checking.check_before_sending()
    checking.stop()
    draft.go_on.set()
    checking.check()
    qtbot.waitUntil(lambda: not checking.busy)
    assert happened == [[ISSUE]]


def test_another_event_is_checked_at_once(checking: Checking, draft: HeavyDraft, happened: list[object]) -> None:
    draft.heavy = False
    checking.begun.connect(lambda: happened.append("begun"))
    checking.check_before_sending()
    assert happened == [[], "begun", "send"]
