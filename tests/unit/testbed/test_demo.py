"""The demonstration: two children, which end with it."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from clacks_monitor.testbed.demonstration import Demo, DemoError
from tests.helpers.broker_client import client, take


def test_a_simulated_office_is_on_its_bus_until_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[subprocess.Popen[str]] = []

    class Noted(subprocess.Popen[str]):
        def __init__(self, arguments: list[str], **options: Any) -> None:
            super().__init__(arguments, **options)
            children.append(self)

    monkeypatch.setattr("clacks_monitor.testbed.demonstration.subprocess.Popen", Noted)
    with Demo(rate=200, seed=3) as running:
        assert running.url.startswith("amqp://127.0.0.1:")
        with client(running.url) as bus:
            receiver = bus.subscribe(credit=10)
            assert "gonicus" in str(take(receiver).body)
        assert [child.poll() for child in children] == [None, None]
    assert len(children) == 2
    assert all(child.returncode is not None for child in children)
    assert list(children[1].args)[-5:] == ["--rate", "200", "--seed", "3", "--with-parent"]  # type: ignore[arg-type]  # a list


def test_a_broker_that_does_not_start_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/true")
    with pytest.raises(DemoError, match=r"The demonstration's broker did not start\."), Demo():
        pytest.fail("it has not started")
