"""A long subscription filter is compiled beside the session's thread: opened and changed with a real broker."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.connection import ConnectionSettings, from_url
from clacks_monitor.session import notices as n
from clacks_monitor.session.view import compiled_queries as compiled
from clacks_monitor.session.view.compiled_queries import LONG_QUERY
from clacks_monitor.xquery import Query, compile_query
from tests.helpers.broker import BrokerProcess, running_broker
from tests.helpers.session import Watched, running_session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.core.folders import Folders

LONG = "/*:Event/*:PhoneStatus/*:Status = (" + "'x', " * (LONG_QUERY // 4) + "'busy')"


@pytest.fixture(scope="module")
def shared_broker() -> Iterator[BrokerProcess]:
    with running_broker() as process:
        yield process


@pytest.fixture
def watched(folders: Folders) -> Iterator[Watched]:
    with running_session(folders) as found:
        yield found


@pytest.fixture
def may_compile() -> threading.Event:
    """Long queries are compiled while it is set."""
    event = threading.Event()
    event.set()
    return event


@pytest.fixture
def compilers(monkeypatch: pytest.MonkeyPatch, may_compile: threading.Event) -> set[int]:
    """The threads that compile long queries; none is known from before."""
    threads: set[int] = set()

    def noted(text: str) -> Query:
        if len(text) >= LONG_QUERY:
            may_compile.wait(20)
            threads.add(threading.get_ident())
        return compile_query(text)

    monkeypatch.setattr(compiled, "compile_query", noted)
    monkeypatch.setattr(compiled._shared, "_kept", OrderedDict())
    return threads


def _add(watched: Watched, broker: BrokerProcess, subscription: str) -> ConnectionSettings:
    found, password = from_url(broker.url)
    settings = replace(found, subscription=subscription)
    watched.session.connections.add_for_this_run(settings, password or "")
    return settings


def _in_force(watched: Watched, settings: ConnectionSettings) -> str:
    status = watched.session.connections.statuses().get(settings.id)
    return status.subscription if status is not None else ""


def _troubles(watched: Watched) -> list[str]:
    return [f"{told.text} {told.detail}" for told in watched.told if isinstance(told, n.Trouble)]


def test_it_is_asked_for_when_it_was_compiled_on_another_thread(
    watched: Watched, shared_broker: BrokerProcess, compilers: set[int], may_compile: threading.Event
) -> None:
    settings = _add(watched, shared_broker, LONG)
    connections = watched.session.connections
    may_compile.clear()
    for _time in range(2):  # the newer one counts
        assert connections.open(settings.id) == ""
        assert connections.live(settings.id) is None
    may_compile.set()
    watched.until(lambda: _in_force(watched, settings) == LONG, "it is in force")
    assert connections.subscribe(settings.id, LONG + " ") == ""
    watched.until(lambda: _in_force(watched, settings) == LONG + " ", "the other one is in force")
    assert connections.subscribe(settings.id, LONG + "]") == ""
    watched.until(lambda: _troubles(watched), "one that is none is told")
    assert "The broker filter is not valid" in _troubles(watched)[0]
    assert _in_force(watched, settings) == LONG + " "
    assert compilers
    assert threading.get_ident() not in compilers


def test_one_that_is_none_is_told_in_words(watched: Watched, shared_broker: BrokerProcess, compilers: set[int]) -> None:
    settings = _add(watched, shared_broker, LONG + "(")
    connections = watched.session.connections
    assert connections.open(settings.id) == ""
    watched.until(lambda: _troubles(watched), "it is told")
    assert f"{settings.name} cannot be opened." in _troubles(watched)[0]
    assert "The broker filter is not valid" in _troubles(watched)[0]
    assert connections.live(settings.id) is None
    assert threading.get_ident() not in compilers


def test_one_that_is_closed_while_it_is_compiled_is_not_opened(
    watched: Watched, shared_broker: BrokerProcess, compilers: set[int]
) -> None:
    closed, opened = (_add(watched, shared_broker, LONG + end) for end in ("", " "))
    connections = watched.session.connections
    for settings in (closed, opened):  # they are compiled one after the other
        assert connections.open(settings.id) == ""
    connections.close(closed.id)
    watched.until(lambda: _in_force(watched, opened), "the second is open")
    assert connections.live(closed.id) is None
    assert closed.id not in connections.statuses()
    assert compilers
