"""What the failures of transports, connections and links are taken for, and in which words they are told."""

from __future__ import annotations

import pytest

from clacks_monitor.amqp.answer import Answer
from clacks_monitor.amqp.dialects import refusals
from clacks_monitor.amqp.failure import of_condition, of_transport
from clacks_monitor.networking.failure import Failure, FailureKind


def test_where_there_was_nothing_to_log_in_with_that_is_said() -> None:
    words = "bus requires a login, and no user is given: enter a user name and a password."
    for description in ("Authentication failed [mech=none]", "no Mechanism in common"):
        found = of_transport("amqp:unauthorized-access", description, "bus", anonymous=True)
        assert found == Failure(FailureKind.LOGIN, words, "amqp:unauthorized-access")
    assert of_transport("a:b", "so it is", "bus", anonymous=True) == of_transport("a:b", "so it is", "bus")


NO_MECHANISM = (
    "bus refused the login: no common SASL mechanism. Without TLS, passwords are sent only if clear text is allowed."
)


@pytest.mark.parametrize(
    ("condition", "description", "kind", "words"),
    [
        (
            "amqp:unauthorized-access",
            "Authentication failed [mech=PLAIN]",
            FailureKind.LOGIN,
            "bus refused the login: wrong user name, password or certificate (Authentication failed [mech=PLAIN]).",
        ),
        (
            "amqp:unauthorized-access",
            "no Mechanism in common",
            FailureKind.LOGIN,
            NO_MECHANISM,
        ),
        (
            "amqp:unauthorized-access",
            "authentication failed: mechanism",
            FailureKind.LOGIN,
            "bus refused the login: wrong user name, password or certificate (authentication failed: mechanism).",
        ),
        (
            "amqp:resource-limit-exceeded",
            "local-idle-timeout expired",
            FailureKind.NETWORK,
            "bus: timed out, no data within the idle timeout.",
        ),
        ("amqp:connection:framing-error", "connection aborted", FailureKind.NETWORK, "Connection closed by bus."),
        (
            "amqp:connection:framing-error",
            "malformed frame.",
            FailureKind.REFUSED,
            "bus does not support AMQP 1.0 on this port: malformed frame.",
        ),
        (
            "",
            "AMQP header mismatch",
            FailureKind.REFUSED,
            "bus does not support AMQP 1.0 on this port: AMQP header mismatch.",
        ),
        ("a:b", "so it is", FailureKind.NETWORK, "The connection to bus was lost: so it is."),
        ("a:b", "", FailureKind.NETWORK, "The connection to bus was lost: a:b."),
        ("", "", FailureKind.NETWORK, "The connection to bus was lost: end of stream."),
    ],
)
def test_of_a_transport(condition: str, description: str, kind: FailureKind, words: str) -> None:
    assert of_transport(condition, description, "bus") == Failure(kind, words, condition)


@pytest.mark.parametrize(
    ("condition", "description", "kind", "words"),
    [
        ("amqp:not-found", "no such node.", FailureKind.NOT_FOUND, "It: no such node (check the domain)"),
        ("amqp:resource-deleted", "", FailureKind.NOT_FOUND, "It: amqp:resource-deleted (check the domain)"),
        ("amqp:unauthorized-access", "no", FailureKind.LOGIN, "It: no."),
        ("amqp:not-allowed", "no", FailureKind.REFUSED, "It: no."),
        ("amqp:internal-error", "cannot parse xquery: 1", FailureKind.FILTER, "It: cannot parse xquery: 1."),
        ("amqp:not-found", "cannot parse xquery: 1", FailureKind.FILTER, "It: cannot parse xquery: 1."),
        ("amqp:internal-error", "no", FailureKind.NETWORK, "It: no."),
        ("", "", FailureKind.NETWORK, "It: no reason given."),
    ],
)
def test_of_a_condition(condition: str, description: str, kind: FailureKind, words: str) -> None:
    assert of_condition(condition, description, "It") == Failure(kind, words, condition)


@pytest.mark.parametrize("kind", FailureKind)
def test_what_somebody_has_to_mend_is_lasting(kind: FailureKind) -> None:
    lasting = {FailureKind.TLS, FailureKind.LOGIN, FailureKind.REFUSED}
    assert Failure(kind, "").lasting is (kind in lasting)


@pytest.mark.parametrize(
    ("condition", "text", "kind"),
    [
        ("amqp:not-found", "no such node", FailureKind.NOT_FOUND),
        ("amqp:internal-error", "Could not parse xquery: 1:3", FailureKind.FILTER),
        ("amqp:not-implemented", "Unsupported filter type: x", FailureKind.FILTER),
        ("amqp:invalid-field", "Invalid JMS Selector: x", FailureKind.FILTER),
        ("amqp:invalid-field", "Invalid filter", FailureKind.FILTER),
        ("amqp:not-allowed", "", FailureKind.REFUSED),
        ("", "", FailureKind.NETWORK),
    ],
)
def test_conditions(condition: str, text: str, kind: FailureKind) -> None:
    found = of_condition(condition, text, "The broker refused org.clacks")
    assert found.kind is kind
    assert found.message.startswith("The broker refused org.clacks: ")


@pytest.mark.parametrize(
    ("condition", "description", "what_to_do"),
    [
        ("amqp:invalid-field", "{amqp_address_v1_not_permitted,<<47>>}", "choose the automatic broker type"),
        ("amqp:resource-locked", "cannot obtain exclusive access to locked queue 'q'", "name the exchange"),
        ("amqp:unauthorized-access", "configure access to queue 'q' refused for user 'u'", "lacks this permission"),
        ("amqp:unauthorized-access", "read access to exchange 'x' refused for user 'u'", "lacks this permission"),
        ("amqp:invalid-field", "idle-time-out (500 ms) < minimum idle-time-out (1000 ms)", "too short"),
        ("amqp:internal-error", "Feature `transient_nonexcl_queues` is deprecated", "queues of this kind"),
    ],
)
def test_refusals_of_rabbitmq_say_what_to_do_and_last(condition: str, description: str, what_to_do: str) -> None:
    found = refusals.of_condition(condition, description, "bus refused q")
    assert (found.kind, found.lasting, found.condition) == (FailureKind.REFUSED, True, condition)
    assert found.message.startswith(f"bus refused q: {description} (")
    assert what_to_do in found.message


@pytest.mark.parametrize("condition", ["amqp:not-found", "amqp:not-allowed", "amqp:internal-error", ""])
def test_what_no_broker_is_known_for_means_what_the_condition_does(condition: str) -> None:
    assert refusals.of_condition(condition, "so it is", "It") == of_condition(condition, "so it is", "It")


@pytest.mark.parametrize(
    ("status", "text", "kind", "shown"),
    [
        (403, "configure refused", FailureKind.REFUSED, "it: configure refused (the user lacks a permission)"),
        (404, "queue 'q' not found.", FailureKind.NOT_FOUND, "it: queue 'q' not found (check the domain)"),
        (400, "no exchange 'x' in /", FailureKind.NOT_FOUND, "it: no exchange 'x' in / (check the domain)"),
        (409, "inequivalent arg", FailureKind.REFUSED, "it: inequivalent arg."),
        (500, "", FailureKind.REFUSED, "it: 500."),
    ],
)
def test_of_a_managements_answer(status: int, text: str, kind: FailureKind, shown: str) -> None:
    assert Answer(status, {}, text=text).failure("it") == Failure(kind, shown)
