"""What an event sets off: who reacts, which right, which profiles, when a confirmation is asked for."""

from __future__ import annotations

import pytest

from clacks_monitor import assets
from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.core.profile import Profile
from clacks_monitor.session.sending.effects import Reach, Reaction, effects_of

PROLOG = "declare namespace f='http://www.gonicus.de/Events'; "
POLL = b'<Event xmlns="http://www.gonicus.de/Events"><ClientPoll/></Event>'
OFFICE = ConnectionSettings("office bus", domain="org.example")


def test_every_builtin_type_has_an_answer() -> None:
    for name in assets.names("schemas", suffix=".xsd"):
        found = effects_of(name.removesuffix(".xsd"), POLL, OFFICE, [])
        assert found.reach is not Reach.UNKNOWN, name
        assert found.reactions, name


def test_a_poll_moves_machines_and_needs_its_right() -> None:
    found = effects_of("ClientPoll", POLL, OFFICE, [])
    assert (found.reach, found.reactions) == (Reach.MACHINES, (Reaction.CLIENTS_ANNOUNCE_AGAIN,))
    assert found.right == "org.example.event.ClientPoll"


def test_nothing_is_claimed_about_a_type_of_a_site() -> None:
    assert effects_of("Door", POLL, OFFICE, []).reach is Reach.UNKNOWN


def test_profiles_that_match_are_named_and_those_that_fail_too() -> None:
    profiles = [
        Profile("Polls", PROLOG + "./f:Event/f:ClientPoll"),
        Profile("Telephones", PROLOG + "./f:Event/f:PhoneStatus"),
        Profile("Everything"),
        Profile("Half typed", "./f:Event["),
        Profile("Raises", PROLOG + "xs:int(string(name(./f:Event/*))) = 1"),
    ]
    found = effects_of("ClientPoll", POLL, OFFICE, profiles)
    assert found.profiles == ("Polls",)
    assert found.unsure == ("Half typed", "Raises")


def test_a_body_that_is_no_xml_matches_no_profile_and_breaks_nothing() -> None:
    found = effects_of("", b"\x00\xff", OFFICE, [Profile("Polls", PROLOG + "./f:Event/f:ClientPoll")])
    assert found.profiles == ()


@pytest.mark.parametrize(("production", "asks"), [(True, True), (False, False)])
def test_production_asks_for_the_connections_name(production: bool, asks: bool) -> None:
    found = effects_of("ClientPoll", POLL, ConnectionSettings("plant", production=production), [])
    assert (found.confirm, found.confirm_text) == (asks, "plant")


@pytest.mark.parametrize(
    ("name", "reach", "reactions"),
    [
        ("ClientPoll", "machines", ["clients-announce-again"]),
        ("AsteriskNotification", "people", ["notification-pops-up", "calls-are-counted"]),
        ("NodeAnnounce", "machines", ["agents-send-capabilities"]),
        ("NodeCapabilities", "agents", ["calls-are-routed-anew"]),
        ("NodeLeave", "agents", ["agent-counts-as-gone"]),
        ("NodeStatus", "agents", ["load-is-balanced-anew"]),
        ("ClientAnnounce", "agents", ["client-counts-as-online"]),
        ("ClientLeave", "agents", ["client-counts-as-gone"]),
        ("UserSession", "agents", ["user-counts-as-logged-on"]),
        ("PuppetReport", "nobody", ["report-is-filed"]),
        ("CollectD", "nobody", ["measurement-is-stored"]),
        ("PhoneStatus", "nobody", ["status-is-shown"]),
        ("AMINotification", "people", ["notification-pops-up", "calls-are-counted"]),
        ("PhoneNotification", "people", ["notification-pops-up", "calls-are-counted"]),
        ("Notification", "people", ["notification-pops-up"]),
        ("ObjectCloseAnnouncement", "people", ["user-is-warned"]),
        ("Trigger", "machines", ["proxies-act"]),
        ("PluginUpdate", "machines", ["browsers-load-plugin"]),
        ("BackendChange", "agents", ["index-is-updated"]),
        ("BusClientState", "agents", ["member-counts-as-said"]),
        ("ClientPing", "agents", ["client-counts-as-online"]),
        ("ClientSignature", "agents", ["methods-are-offered"]),
        ("BackendDone", "nobody", ["progress-is-shown"]),
        ("BackendException", "nobody", ["progress-is-shown"]),
        ("BackendState", "nobody", ["progress-is-shown"]),
        ("ExtensionAllowed", "nobody", ["views-are-updated"]),
        ("Inventory", "nobody", ["inventory-is-stored"]),
        ("ObjectChanged", "nobody", ["views-are-updated"]),
        ("ObjectPropertyValuesChanged", "nobody", ["views-are-updated"]),
        ("SchedulerUpdate", "nobody", ["views-are-updated"]),
        ("WorkflowUpdate", "nobody", ["views-are-updated"]),
        ("Door", "unknown", []),
    ],
)
def test_whom_each_type_moves(name: str, reach: str, reactions: list[str]) -> None:
    found = effects_of(name, POLL, OFFICE, [])
    assert (found.type, found.reach, list(found.reactions)) == (name, reach, reactions)
    assert (found.profiles, found.unsure) == ((), ())


@pytest.mark.parametrize(
    ("production", "read_only", "asks"),
    [(True, True, True), (True, False, True), (False, True, True), (False, False, False)],
)
def test_production_and_read_only_ask(production: bool, read_only: bool, asks: bool) -> None:
    connection = ConnectionSettings("plant", production=production, read_only=read_only)
    assert effects_of("ClientPoll", POLL, connection, []).confirm is asks


def test_profiles_stay_in_their_order_and_only_unreadable_ones_need_no_process() -> None:
    match = PROLOG + "./f:Event/f:ClientPoll"
    found = effects_of("ClientPoll", POLL, OFFICE, [Profile("b", "("), Profile("c", match), Profile("a", match)])
    assert (found.profiles, found.unsure) == (("c", "a"), ("b",))
    only = effects_of("ClientPoll", POLL, OFFICE, [Profile("b", "("), Profile("blank", " \n")])
    assert (only.profiles, only.unsure) == ((), ("b",))
