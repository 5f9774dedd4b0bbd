"""Alerts: told at once, never more often than the profile says, nothing uncounted; silence told."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.core.profile import NO_ALERT, Alert, Profile
from clacks_monitor.core.webhook import Webhook
from clacks_monitor.session.notices import AlertKind, AlertRaised, Notice
from clacks_monitor.session.profiles.alerts import Alerts

if TYPE_CHECKING:
    from collections.abc import Iterable

MATCHES = Alert(on_match=True, pause_s=10.0)
SILENCE = Alert(absence_s=60.0, pause_s=10.0)


class Commands:
    """Takes note of what would be run."""

    def __init__(self) -> None:
        self.run_for: list[tuple[str, bytes]] = []

    def run(self, alarm: AlertRaised, body: bytes) -> None:
        self.run_for.append((alarm.name, body))


class Webhooks:
    """Takes note of what would be posted."""

    def __init__(self) -> None:
        self.posted: list[tuple[AlertKind, bytes]] = []

    def post(self, alarm: AlertRaised, event: bytes) -> None:
        self.posted.append((alarm.kind, event))


class Desk:
    """An operator with a clock that the test turns."""

    def __init__(self, *alerts: Alert) -> None:
        self.now = 1000.0
        self.told: list[AlertRaised] = []
        self.commands, self.webhooks = Commands(), Webhooks()
        self.alerts = Alerts(self._notify, self.commands, self.webhooks, clock=lambda: self.now)  # type: ignore[arg-type]  # as far as used
        self.profiles = [Profile(f"p{n}", alert=alert, id=f"id{n}") for n, alert in enumerate(alerts)]
        self.alerts.use(self.profiles)

    def _notify(self, notices: Iterable[Notice]) -> None:
        self.told += [notice for notice in notices if isinstance(notice, AlertRaised)]

    def match(self, count: int = 1, *, profile: str = "id0", sequence: int = 7, body: bytes = b"<e/>") -> None:
        self.alerts.matched(profile, count, sequence, body)

    def wait(self, seconds: float, *, listening: bool = True) -> None:
        self.now += seconds
        self.alerts.tick(listening=listening)

    def kinds(self) -> list[AlertKind]:
        return [alarm.kind for alarm in self.told]


def test_the_first_match_is_told_at_once_and_the_next_after_the_pause_with_all_in_between() -> None:
    desk = Desk(MATCHES)
    desk.match(2)
    desk.match(3, sequence=8)
    desk.wait(5)
    desk.match(sequence=9)
    assert [alarm.count for alarm in desk.told] == [2]
    desk.wait(5)
    assert [(alarm.count, alarm.sequence) for alarm in desk.told] == [(2, 7), (4, 9)]
    desk.wait(60)
    assert len(desk.told) == 2


def test_who_wants_no_alert_gets_none() -> None:
    desk = Desk(NO_ALERT, SILENCE)
    desk.match()
    desk.match(profile="id1")
    desk.match(profile="nobody")
    desk.wait(1)
    assert desk.told == []


def test_silence_is_told_once_and_its_end() -> None:
    desk = Desk(SILENCE)
    desk.wait(59)
    assert desk.told == []
    desk.wait(1)
    desk.wait(600)
    assert [(alarm.kind, alarm.silent_s) for alarm in desk.told] == [(AlertKind.ABSENT, 60.0)]
    desk.match()
    assert [(alarm.kind, alarm.silent_s) for alarm in desk.told[1:]] == [(AlertKind.RETURNED, 660.0)]
    desk.wait(61)
    assert desk.kinds() == [AlertKind.ABSENT, AlertKind.RETURNED, AlertKind.ABSENT]


def test_without_a_connection_there_is_no_silence() -> None:
    desk = Desk(SILENCE)
    desk.wait(600, listening=False)
    desk.wait(59)
    assert desk.told == []
    desk.wait(1)
    assert desk.kinds() == [AlertKind.ABSENT]


def test_a_changed_query_begins_anew_and_another_name_does_not() -> None:
    desk = Desk(SILENCE)
    desk.wait(50)
    desk.alerts.use([replace(desk.profiles[0], name="other")])
    desk.wait(10)
    assert [alarm.name for alarm in desk.told] == ["other"]
    desk.alerts.use([replace(desk.profiles[0], query="false()")])
    desk.wait(59)
    assert len(desk.told) == 1


@given(
    st.lists(st.tuples(st.sampled_from(["match", "wait"]), st.integers(1, 40)), max_size=60),
    st.floats(1, 30),
    st.sampled_from([0.0, 5.0, 45.0]),
)
def test_never_more_often_than_the_pause_and_nothing_uncounted(
    steps: list[tuple[str, int]], pause_s: float, absence_s: float
) -> None:
    desk = Desk(Alert(on_match=True, absence_s=absence_s, pause_s=pause_s))
    matched, when = 0, list[float]()
    for kind, amount in steps:
        before = len(desk.told)
        if kind == "match":
            desk.match(amount)
            matched += amount
        else:
            desk.wait(amount / 4)
        when += [desk.now] * (len(desk.told) > before)
    desk.wait(pause_s)
    assert sum(alarm.count for alarm in desk.told) == matched
    assert all(later - earlier >= pause_s - 1e-9 for earlier, later in pairwise(when))


def test_each_call_but_the_end_of_a_silence_hands_its_command_over() -> None:
    desk = Desk(replace(MATCHES, absence_s=30.0, command=("notify", "a b")))
    desk.match(body=b"<last/>")
    desk.wait(30)
    assert desk.commands.run_for == [("p0", b"<last/>"), ("p0", b"")]
    desk.wait(20)
    desk.match(body=b"<again/>")
    assert desk.kinds() == [AlertKind.MATCHED, AlertKind.ABSENT, AlertKind.RETURNED, AlertKind.MATCHED]
    assert desk.commands.run_for[2:] == [("p0", b"<again/>")]


def test_the_end_of_a_silence_waits_for_the_end_of_the_pause() -> None:
    desk = Desk(replace(SILENCE, pause_s=20.0))
    desk.wait(60)
    desk.wait(5)
    desk.match()
    desk.wait(14)
    assert desk.kinds() == [AlertKind.ABSENT]
    desk.wait(1)
    assert [(alarm.kind, alarm.silent_s) for alarm in desk.told[1:]] == [(AlertKind.RETURNED, 65.0)]


def test_a_silence_that_returns_within_the_pause_is_told_after_it() -> None:
    desk = Desk(Alert(absence_s=5.0, pause_s=60.0))
    desk.wait(5)
    desk.match()
    desk.wait(59)
    assert desk.kinds() == [AlertKind.ABSENT]
    desk.wait(1)
    desk.wait(60)
    assert desk.kinds() == [AlertKind.ABSENT, AlertKind.RETURNED, AlertKind.ABSENT]
    assert desk.told[-1].silent_s == 120.0


def test_each_alert_is_posted_with_its_event_and_none_where_there_is_no_webhook() -> None:
    hook = Webhook("https://chat.example/")
    desk = Desk(replace(SILENCE, on_match=True, webhook=hook), MATCHES)
    desk.match()
    desk.match(profile="id1")
    desk.wait(60)
    desk.wait(10)
    desk.match()
    assert desk.webhooks.posted == [
        (AlertKind.MATCHED, b"<e/>"),
        (AlertKind.ABSENT, b""),
        (AlertKind.RETURNED, b""),
        (AlertKind.MATCHED, b"<e/>"),
    ]
