"""Each test of a contract once for each implementation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contracts.implementations import (
    BUS_PARAMETERS,
    BUSES,
    STORE_PARAMETERS,
    STORES,
    WHY_NOT,
    BusServer,
    Stores,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.core.store import EventReader, EventStore


def _server(name: str) -> BusServer:
    if why_not := WHY_NOT.get(name, str)():
        pytest.skip(why_not)
    return BUSES[name]()


@pytest.fixture(scope="module", params=BUS_PARAMETERS)
def bus(request: pytest.FixtureRequest) -> Iterator[BusServer]:
    """A bus that a module's tests share."""
    server = _server(request.param)
    yield server
    server.close()


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, BusServer]]:
    """The buses that tests may kill, by name: some take long to be made, but not to be started again."""
    made: dict[str, BusServer] = {}
    yield made
    for server in made.values():
        server.close()


@pytest.fixture
def evaluates_queries(bus: BusServer) -> None:
    """Skip a test on a bus that evaluates no queries."""
    if not bus.evaluates_queries:
        pytest.skip("this bus evaluates no queries")


@pytest.fixture
def moves(bus: BusServer) -> None:
    """Skip a test on a bus whose connections move at the next connect only."""
    if not bus.capabilities.moves:
        pytest.skip("connections to this bus move at the next connect only")


@pytest.fixture
def own_moves(own_bus: BusServer) -> None:
    """Skip a test on a bus of its own that has no routing keys, by which the tests move."""
    if not own_bus.capabilities.moves:
        pytest.skip("connections to this bus have no routing key")


@pytest.fixture
def has_agent(bus: BusServer) -> None:
    """Skip a test on a bus without an agent."""
    if not bus.has_agent:
        pytest.skip("there is no agent on this bus")


@pytest.fixture(params=BUS_PARAMETERS)
def own_bus(request: pytest.FixtureRequest, servers: dict[str, BusServer]) -> Iterator[BusServer]:
    """A bus that a test may kill and pause; nothing is left of what it knew."""
    name = request.param
    if name in servers:
        servers[name].restart()
    else:
        servers[name] = _server(name)
    yield servers[name]
    servers[name].kill()


@pytest.fixture
def own_has_agent(own_bus: BusServer) -> None:
    """Skip a test on a bus of its own without an agent."""
    if not own_bus.has_agent:
        pytest.skip("there is no agent on this bus")


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
