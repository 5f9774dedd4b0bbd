"""A compose window on a session in memory that knows a schema of every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.gui.compose.window import ComposeWindow
from tests.helpers.compose_schemas import session_with_schemas
from tests.helpers.compose_widgets import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clacks_monitor.gui.kit.theme import Theme
    from tests.helpers.fake_sender import FakeSession


@pytest.fixture
def session(tmp_path: Path) -> Iterator[FakeSession]:
    """A session with schemas of its own, closed at the end."""
    session = session_with_schemas(tmp_path)
    yield session
    session.close()


@pytest.fixture
def window(session: FakeSession, theme: Theme) -> Iterator[ComposeWindow]:
    """The window, shown."""
    with shown(ComposeWindow(session, theme)) as window:
        yield window
