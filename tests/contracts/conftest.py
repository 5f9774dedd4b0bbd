"""Each test of a contract once for each implementation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contracts.implementations import BUSES, STORE_PARAMETERS, STORES, BusServer, Stores

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.core.store import EventReader, EventStore


@pytest.fixture(scope="module", params=sorted(BUSES))
def bus(request: pytest.FixtureRequest) -> Iterator[BusServer]:
    """A bus that a module's tests share."""
    server = BUSES[request.param]()
    yield server
    server.kill()


@pytest.fixture(params=sorted(BUSES))
def own_bus(request: pytest.FixtureRequest) -> Iterator[BusServer]:
    """A bus that a test may kill and pause."""
    server = BUSES[request.param]()
    yield server
    server.kill()


@pytest.fixture(params=STORE_PARAMETERS)
def stores(request: pytest.FixtureRequest) -> Stores:
    """What makes the stores of an implementation."""
    return STORES[request.param](request)


@pytest.fixture
def store(stores: Stores) -> Iterator[EventStore]:
    """An empty store."""
    with stores.new() as made:
        yield made


@pytest.fixture
def reader(store: EventStore) -> Iterator[EventReader]:
    """A reader of ``store``."""
    with store.reader() as made:
        yield made
