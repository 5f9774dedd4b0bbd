"""Connections: what is stored, which password is taken, and what is told when."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.config import ConnectionStore, KeptIn
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus, Mechanism
from clacks_monitor.core.peer import LinkFacts, PeerFacts
from clacks_monitor.core.ports import Ports
from clacks_monitor.core.sending import SendOutcome, SendResult
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.connections import Connections
from clacks_monitor.session.notices import (
    ConnectionsChanged,
    Notice,
    PasswordWanted,
    PeerChanged,
    StatusChanged,
    Trouble,
)
from clacks_monitor.session.passwords import Passwords
from clacks_monitor.session.view.compiled_queries import is_known
from clacks_monitor.xquery import QueryError, compile_query
from tests.helpers.ending import end
from tests.helpers.entries import a_gap, an_event
from tests.helpers.scripted_bus import ScriptedBus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from clacks_monitor.core.bus import BusDriver, BusListener
    from clacks_monitor.core.event import Gap, RawMessage

RESULT = SendResult(1, SendOutcome.ACCEPTED)
OFFICE = ConnectionSettings("office", id="office")
FILTERED = replace(OFFICE, subscription="true()")
CONNECTED = ConnectionStatus("office", "office", ConnectionState.CONNECTED, 5, reason="It is there.")


@dataclass
class Keyring:
    """Passwords by connection; what is done with it is seen."""

    kept: dict[str, str] = field(default_factory=dict)
    place: KeptIn = KeptIn.KEYRING
    done: threading.Event = field(default_factory=threading.Event)

    def set(self, connection_id: str, password: str) -> KeptIn:
        self.kept[connection_id] = password
        self.done.set()
        return self.place

    def get(self, connection_id: str) -> str | None:
        return self.kept.get(connection_id)

    def remove(self, connection_id: str) -> None:
        self.kept.pop(connection_id, None)
        self.done.set()


class Link:
    """Stands where a Subscriber does."""

    made: list[Link]

    def __init__(
        self,
        _driver: BusDriver,
        settings: ConnectionSettings,
        listener: BusListener,
        *,
        password: Callable[[], str | None],
    ) -> None:
        compile_query(settings.subscription or "true()")
        self.settings, self.listener, self.password = settings, listener, password
        self.connection = object()
        self.started = self.stopped = 0
        self.subscribed: list[str] = []
        self.moved: list[ConnectionSettings] = []
        self.made.append(self)

    def start(self) -> None:
        self.started += 1

    def stop(self) -> list[threading.Thread]:
        self.stopped += 1
        return []

    def subscribe(self, query: str) -> None:
        compile_query(query or "true()")
        self.subscribed.append(query)

    def move(self, settings: ConnectionSettings) -> None:
        self.moved.append(settings)

    def say(self, status: ConnectionStatus) -> None:
        self.listener.on_status(status)


class Told:
    """Waits for notices, whichever thread they come from."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        self._changed = threading.Condition()

    def __call__(self, notices: Iterable[Notice]) -> None:
        with self._changed:
            self.notices += notices
            self._changed.notify_all()

    def until(self, count: int) -> list[Notice]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.notices) >= count, 20)
            return self.notices


@pytest.fixture
def links(monkeypatch: pytest.MonkeyPatch) -> list[Link]:
    Link.made = []
    monkeypatch.setattr("clacks_monitor.session.connections.Subscriber", Link)
    return Link.made


class Desk:
    """Connections, and all around them."""

    def __init__(self, path: Path) -> None:
        self.stored = ConnectionStore(path)
        self.keyring = Keyring()
        self.told = Told()
        self.sent: list[object] = []
        self.calls: list[Callable[[], object]] = []
        self._submitted = threading.Condition()
        self.bus = ScriptedBus()
        self.connections = Connections(
            Ports((self.bus,), captures),
            self.stored,
            Passwords(self.keyring, self.told),  # type: ignore[arg-type]  # it does what a keyring does
            self,
            self.told,
            SimpleNamespace(submit=self._submit),  # type: ignore[arg-type]  # calls wait until a test makes them
        )

    def _submit(self, call: Callable[[], object]) -> None:
        with self._submitted:
            self.calls.append(call)
            self._submitted.notify_all()

    def waiting_calls(self, count: int) -> list[Callable[[], object]]:
        """Wait until so many calls wait for the session's thread."""
        with self._submitted:
            assert self._submitted.wait_for(lambda: len(self.calls) >= count, 20)
            return self.calls

    def on_messages(self, messages: Sequence[RawMessage]) -> None:
        del messages

    def on_gap(self, gap: Gap) -> None:
        del gap

    def on_results(self, connection_id: str, results: Sequence[SendResult]) -> None:
        self.sent.append((connection_id, results))

    def refuses(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_anything: object) -> None:
            raise StorageError("The disk is gone.")

        monkeypatch.setattr(ConnectionStore, "put", refuse)
        monkeypatch.setattr(ConnectionStore, "remove", refuse)


@pytest.fixture
def desk(tmp_path: Path, links: list[Link]) -> Desk:
    assert links == []
    return Desk(tmp_path / "connections.json")


# -- stored --------------------------------------------------------------------------------------------------------


def test_what_is_saved_is_there_at_the_next_start_and_what_is_added_is_not(desk: Desk, tmp_path: Path) -> None:
    connections = desk.connections
    assert connections.save(OFFICE) == ""
    connections.add_for_this_run(replace(OFFICE, id="demo", name="demo"), "secret")
    assert [found.id for found in connections.all()] == ["office", "demo"]
    assert [connections.stored(name) for name in ("office", "demo", "nowhere")] == [True, False, False]
    assert connections.get("demo") == replace(OFFICE, id="demo", name="demo")
    assert connections.get("nowhere") is None
    assert desk.told.notices == [ConnectionsChanged(), ConnectionsChanged()]
    assert [found.id for found in Desk(tmp_path / "connections.json").connections.all()] == ["office"]


def test_what_was_for_this_run_only_is_kept_once_it_is_saved(desk: Desk) -> None:
    desk.connections.add_for_this_run(OFFICE)
    assert desk.connections.save(replace(OFFICE, name="mine")) == ""
    assert [found.name for found in desk.connections.all()] == ["mine"]
    assert desk.connections.stored("office")


def test_what_cannot_be_stored_is_said_and_changes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.connections.add_for_this_run(OFFICE)
    desk.refuses(monkeypatch)
    assert desk.connections.save(OFFICE, "secret", remember=True) == "The disk is gone."
    assert not desk.connections.stored("office")
    assert desk.keyring.kept == {}
    assert desk.told.notices == [ConnectionsChanged()]


def test_a_password_goes_to_the_keyring_only_when_it_is_to_be_remembered(desk: Desk) -> None:
    desk.connections.save(OFFICE, "secret")
    desk.connections.save(OFFICE, None, remember=True)
    assert desk.keyring.kept == {}
    desk.connections.save(OFFICE, "secret", remember=True)
    assert desk.keyring.done.wait(20)
    assert desk.keyring.kept == {"office": "secret"}


def test_without_a_keyring_it_is_said_that_the_password_is_not_kept(desk: Desk) -> None:
    desk.keyring.place = KeptIn.MEMORY
    desk.connections.save(OFFICE, "secret", remember=True)
    (trouble,) = [notice for notice in desk.told.until(2) if isinstance(notice, Trouble)]
    assert str(trouble.text) == "The password of office is kept until the program ends: no system keyring available."


def test_what_is_removed_is_closed_and_its_password_forgotten(desk: Desk, links: list[Link]) -> None:
    desk.connections.save(OFFICE)
    desk.keyring.kept["office"] = "secret"
    desk.connections.open("office")
    links[0].say(CONNECTED)
    desk.connections.remove("office")
    assert desk.keyring.done.wait(20)
    assert (desk.keyring.kept, desk.connections.all(), desk.connections.statuses()) == ({}, [], {})
    assert links[0].stopped == 1
    assert desk.told.notices[-1] == ConnectionsChanged()


def test_what_was_for_this_run_only_is_removed_without_the_disk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.refuses(monkeypatch)
    desk.connections.add_for_this_run(OFFICE)
    desk.connections.remove("office")
    assert desk.connections.all() == []
    assert desk.told.notices == [ConnectionsChanged(), ConnectionsChanged()]


def test_what_cannot_be_removed_is_told_and_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.connections.save(OFFICE)
    desk.keyring.kept["office"] = "secret"
    desk.refuses(monkeypatch)
    desk.connections.remove("office")
    assert desk.told.notices[1:] == [Trouble("The connection could not be removed.", "The disk is gone.")]
    assert desk.connections.stored("office")
    assert desk.keyring.kept == {"office": "secret"}


# -- live ----------------------------------------------------------------------------------------------------------


def _password(link: Link) -> str | None:
    found: str | None = link.password()
    return found


def test_the_password_of_this_run_goes_before_that_of_the_keyring(desk: Desk, links: list[Link]) -> None:
    desk.connections.save(OFFICE)
    desk.keyring.kept["office"] = "kept"
    assert desk.connections.open("office") == ""
    assert _password(links[-1]) == "kept"
    desk.connections.open("office", "typed")
    assert _password(links[-1]) == "typed"
    desk.connections.open("office")
    assert _password(links[-1]) == "typed", "for the rest of the run"
    desk.connections.save(OFFICE, "changed")
    assert _password(links[-1]) == "changed"
    desk.connections.add_for_this_run(replace(OFFICE, id="demo"), "")
    desk.connections.open("demo")
    assert _password(links[-1]) == ""
    assert all(link.started == 1 for link in links)
    assert [link.stopped for link in links] == [1, 1, 0, 0], "one that is opened again is closed before"


def test_a_password_that_lacks_is_asked_for_and_the_connection_ended(desk: Desk, links: list[Link]) -> None:
    desk.connections.add_for_this_run(OFFICE)
    desk.connections.open("office")
    assert _password(links[0]) is None
    assert links[0].stopped == 1
    assert desk.told.notices[-1] == PasswordWanted("office")


def test_who_shows_a_certificate_needs_no_password(desk: Desk, links: list[Link]) -> None:
    desk.connections.add_for_this_run(replace(OFFICE, mechanism=Mechanism.EXTERNAL))
    desk.connections.open("office")
    assert _password(links[0]) is None
    assert links[0].stopped == 0
    assert desk.told.notices == [ConnectionsChanged()]


def test_a_connection_that_is_not_there_and_a_filter_that_is_wrong_are_said(desk: Desk, links: list[Link]) -> None:
    assert desk.connections.open("nowhere") == "No such connection."
    assert desk.connections.subscribe("nowhere", "") == "No such connection."
    desk.connections.add_for_this_run(replace(OFFICE, subscription="1 +"))
    assert desk.connections.open("office").startswith("The broker filter is not valid: XPST0003")
    assert links == []
    assert desk.connections.live("office") is None


def test_a_connection_of_an_unknown_protocol_says_why_it_cannot_be_opened(desk: Desk) -> None:
    settings = ConnectionSettings("plant", protocol="mqtt")
    desk.connections.add_for_this_run(settings)
    assert "mqtt" in desk.connections.open(settings.id)
    assert desk.connections.statuses() == {}


def test_states_are_told_while_it_is_open(desk: Desk, links: list[Link]) -> None:
    desk.connections.add_for_this_run(OFFICE)
    desk.connections.open("office")
    links[0].say(CONNECTED)
    assert desk.connections.statuses() == {"office": CONNECTED}
    assert desk.connections.live("office") is links[0].connection
    desk.connections.close("office")
    closed = replace(CONNECTED, state=ConnectionState.CLOSED, reason="")
    assert desk.told.notices[1:] == [StatusChanged(CONNECTED), StatusChanged(closed)]
    assert desk.connections.live("office") is None
    links[0].say(CONNECTED)
    assert desk.connections.statuses() == {"office": closed}, "what was closed has nothing to say any more"
    desk.connections.close("office")
    assert len(desk.told.notices) == 3


def test_what_is_known_of_the_peer_is_told_and_ends_with_the_connection(desk: Desk, links: list[Link]) -> None:
    desk.connections.add_for_this_run(OFFICE)
    desk.connections.open("office")
    facts = PeerFacts("office", "office", is_open=True, product="broker", links=(LinkFacts("a", receives=True),))
    links[0].listener.on_peer(facts)
    assert desk.connections.peers() == {"office": facts}
    desk.connections.close("office")
    ended = replace(facts, is_open=False, links=())
    assert desk.told.notices[1:] == [PeerChanged(facts), PeerChanged(ended)]
    links[0].listener.on_peer(facts)
    assert desk.connections.peers() == {"office": ended}
    desk.connections.remove("office")
    assert desk.connections.peers() == {}


def test_trying_now_reaches_the_open_connection_only(desk: Desk, links: list[Link]) -> None:
    desk.connections.add_for_this_run(OFFICE)
    desk.connections.retry("office")
    desk.connections.open("office")
    tried: list[str] = []
    links[0].connection = SimpleNamespace(retry=lambda: tried.append("now"))
    desk.connections.retry("office")
    assert tried == ["now"]


def test_what_is_saved_of_an_open_connection_reaches_it(desk: Desk, links: list[Link]) -> None:
    desk.connections.save(OFFICE)
    desk.connections.open("office")
    changed = replace(OFFICE, routing_key="other")
    assert desk.connections.save(changed) == ""
    assert links[0].moved == [changed]
    desk.connections.close("office")
    desk.connections.save(OFFICE)
    assert links[0].moved == [changed]


def test_one_that_has_closed_by_itself_is_not_told_closed_again(desk: Desk, links: list[Link]) -> None:
    desk.connections.add_for_this_run(OFFICE)
    desk.connections.open("office")
    links[0].say(replace(CONNECTED, state=ConnectionState.CLOSED))
    desk.connections.close("office")
    assert len(desk.told.notices) == 2
    desk.connections.open("office")
    desk.connections.close("office")
    assert len(desk.told.notices) == 2


def test_outcomes_are_passed_on_with_their_connection(desk: Desk, links: list[Link]) -> None:
    desk.connections.add_for_this_run(OFFICE)
    desk.connections.open("office")
    links[0].listener.on_results([RESULT])
    assert desk.sent == [("office", [RESULT])]


def test_stopping_closes_all_and_names_what_is_still_about(desk: Desk, links: list[Link]) -> None:
    about = threading.Event()
    thread = threading.Thread(target=about.wait, daemon=True)
    thread.start()
    for name in ("a", "b"):
        desk.connections.add_for_this_run(replace(OFFICE, id=name))
        desk.connections.open(name)
    links[0].stop = lambda: [thread]  # type: ignore[method-assign]  # one that takes its time
    assert desk.connections.stop() == [thread]
    assert links[1].stopped == 1
    assert desk.connections.live("a") is desk.connections.live("b") is None
    about.set()
    thread.join()
    assert desk.connections.stop() == []


# -- the subscription filter -----------------------------------------------------------------------------------------


def test_a_long_filter_is_compiled_elsewhere_first_and_then_stored_and_given_to_the_link(
    desk: Desk, links: list[Link]
) -> None:
    long = "//*:Id" + "[. = 'subscribed']" * 500
    assert not is_known(long)
    desk.connections.save(OFFICE)
    desk.connections.open("office")
    assert desk.connections.subscribe("office", long) == ""
    (go_on,) = desk.waiting_calls(1)
    assert is_known(long)
    assert (links[0].subscribed, desk.stored.all()[0].subscription) == ([], "")
    go_on()
    assert (links[0].subscribed, desk.stored.all()[0].subscription) == ([long], long)
    end(desk.connections)


def test_a_long_filter_that_cannot_be_read_is_reported_and_not_stored(desk: Desk, links: list[Link]) -> None:
    broken = "//*:Id" + "[. = 'broken']" * 500 + "["
    desk.connections.save(OFFICE)
    desk.connections.open("office")
    assert desk.connections.subscribe("office", broken) == ""
    desk.told.notices.clear()
    desk.waiting_calls(1)[0]()
    (trouble,) = desk.told.notices
    assert isinstance(trouble, Trouble)
    assert trouble.text.startswith("The broker filter is not valid: XPST0003")
    assert (links[0].subscribed, desk.stored.all()[0].subscription) == ([], "")
    end(desk.connections)


def test_a_filter_is_stored_and_given_to_what_is_open(desk: Desk, links: list[Link]) -> None:
    desk.connections.save(OFFICE)
    assert desk.connections.subscribe("office", "true()") == ""
    desk.connections.open("office")
    assert links[0].settings.subscription == "true()"
    assert desk.connections.subscribe("office", "false()") == ""
    assert links[0].subscribed == ["false()"]
    assert desk.stored.all()[0].subscription == "false()"


def test_a_filter_for_this_run_only_is_not_stored(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.refuses(monkeypatch)
    desk.connections.add_for_this_run(OFFICE)
    assert desk.connections.subscribe("office", "true()") == ""
    found = desk.connections.get("office")
    assert found is not None
    assert found.subscription == "true()"
    assert not desk.connections.stored("office")


def test_a_filter_that_is_wrong_is_said_and_leaves_the_one_before(desk: Desk, links: list[Link]) -> None:
    desk.connections.save(replace(OFFICE, subscription="true()"))
    desk.connections.open("office")
    assert desk.connections.subscribe("office", "1 +").startswith("The broker filter is not valid: XPST0003")
    assert links[0].subscribed == []
    assert desk.stored.all()[0].subscription == "true()"


# -- trying out ------------------------------------------------------------------------------------------------------


def test_each_step_of_a_trial_is_told_until_it_is_cancelled(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    go_on = threading.Event()

    def probe(settings: ConnectionSettings, password: str | None, *, filters_here: bool) -> Iterable[str]:
        asked.append((settings, password, filters_here))
        yield "first"
        assert go_on.wait(20)
        yield "second"

    monkeypatch.setattr(desk.bus, "probe", probe)
    steps: list[object] = []
    first = threading.Event()

    def step(result: object) -> None:
        steps.append(result)
        first.set()

    trial = desk.connections.probes.start(FILTERED, "secret", step)
    assert first.wait(20)
    assert trial.running
    trial.cancel()
    go_on.set()
    trial._thread.join(20)
    assert (steps, trial.running) == (["first"], False)
    whole = desk.connections.probes.start(replace(OFFICE, subscription="1 +"), None, steps.append)
    whole._thread.join(20)
    assert steps == ["first", "first", "second"]
    assert asked == [(FILTERED, "secret", True), (replace(OFFICE, subscription="1 +"), None, False)]
    go_on.clear()
    first.clear()
    last = desk.connections.probes.start(OFFICE, None, step)
    assert first.wait(20)
    desk.connections.stop()
    go_on.set()
    last._thread.join(20)
    assert len(steps) == 4, "the end of the session cancels it"


def test_what_is_wrong_with_the_file_is_known(tmp_path: Path, links: list[Link]) -> None:
    path = tmp_path / "connections.json"
    path.write_text("{")
    assert Desk(path).connections.problem != ""
    assert Desk(tmp_path / "none.json").connections.problem == ""
    assert links == []
    with pytest.raises(QueryError):
        compile_query("1 +")


# -- what arrives, and opening with a long filter --------------------------------------------------------------------


def test_what_arrives_is_passed_on(desk: Desk, links: list[Link], monkeypatch: pytest.MonkeyPatch) -> None:
    arrived: list[object] = []
    monkeypatch.setattr(desk, "on_messages", arrived.append)
    monkeypatch.setattr(desk, "on_gap", arrived.append)
    desk.connections.add_for_this_run(OFFICE)
    desk.connections.open("office")
    messages, gap = [an_event(1).raw], a_gap()
    links[0].listener.on_messages(messages)
    links[0].listener.on_gap(gap)
    assert arrived == [messages, gap]
    assert desk.connections.protocols == (desk.bus.protocol,)


def test_what_is_closed_receives_nothing_and_tries_nothing(desk: Desk, links: list[Link]) -> None:
    desk.connections.add_for_this_run(OFFICE)
    desk.connections.open("office")
    lost = replace(CONNECTED, state=ConnectionState.LOST, subscribed=True, retry_ns=7, gap_since_ns=5)
    links[0].say(lost)
    links[0].listener.on_peer(PeerFacts("office", "office", is_open=True, queue_depth=0.5))
    desk.connections.close("office")
    status = desk.connections.statuses()["office"]
    assert (status.state, status.reason, status.subscribed) == (ConnectionState.CLOSED, "", False)
    assert (status.retry_ns, status.gap_since_ns, desk.connections.peers()["office"].queue_depth) == (0, 0, -1.0)


def _long(word: str, end: str = "") -> str:
    return "//*:Id" + f"[. = '{word}']" * 500 + end


def test_a_connection_with_a_long_filter_opens_when_that_is_compiled(desk: Desk, links: list[Link]) -> None:
    text = _long("opened")
    desk.connections.add_for_this_run(replace(OFFICE, subscription=text))
    assert desk.connections.open("office") == ""
    (go_on,) = desk.waiting_calls(1)
    assert links == []
    assert is_known(text)
    go_on()
    assert [(link.settings.subscription, link.started) for link in links] == [(text, 1)]
    assert desk.told.notices == [ConnectionsChanged()]
    end(desk.connections)


def test_a_connection_that_is_closed_meanwhile_stays_closed(desk: Desk, links: list[Link]) -> None:
    desk.connections.add_for_this_run(replace(OFFICE, subscription=_long("closed")))
    desk.connections.open("office")
    (go_on,) = desk.waiting_calls(1)
    desk.connections.close("office")
    go_on()
    assert links == []
    desk.connections._opening["office"] = object()  # opened again, which has not come so far
    go_on()
    assert links == []
    end(desk.connections)


def test_a_connection_whose_long_filter_is_wrong_says_so(desk: Desk, links: list[Link]) -> None:
    desk.connections.add_for_this_run(replace(OFFICE, subscription=_long("wrong", "[")))
    assert desk.connections.open("office") == ""
    desk.waiting_calls(1)[0]()
    trouble = desk.told.notices[-1]
    assert isinstance(trouble, Trouble)
    assert trouble.text == "office cannot be opened."
    assert trouble.detail.startswith("The broker filter is not valid: XPST0003")
    assert links == []
    end(desk.connections)
