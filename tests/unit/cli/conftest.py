"""What the commands' tests share."""

from __future__ import annotations

import pytest

from tests.helpers.scripted_bus import ScriptedBus


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> ScriptedBus:
    return ScriptedBus.taken_by_commands(monkeypatch)
