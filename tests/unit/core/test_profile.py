"""What a profile is when nothing is said of it, and when it has something to watch for."""

from __future__ import annotations

import pytest

from clacks_monitor.core.profile import NO_ALERT, Alert, Expected, FilterTest, Profile


@pytest.mark.parametrize(
    ("alert", "wanted"),
    [
        (NO_ALERT, False),
        (Alert(on_match=True), True),
        (Alert(absence_s=0.5), True),
        (Alert(absence_s=-1), False),
        (Alert(tray=True, sound=True, command=("a",)), False),
    ],
)
def test_an_alert_is_wanted_for_a_match_or_for_an_absence(alert: Alert, *, wanted: bool) -> None:
    assert alert.wanted is wanted


def test_a_new_profile_shows_everything_and_calls_nobody() -> None:
    made = Profile("mine")
    assert (made.query, made.colour, made.active, made.order, made.columns, made.filter_tests) == (
        "",
        "none",
        False,
        0,
        (),
        (),
    )
    assert made.alert == NO_ALERT
    assert (made.alert.pause_s, made.alert.absence_s) == (10.0, 0.0)
    assert made.id
    assert made.id != Profile("mine").id


def test_samples_are_hashable_whatever_their_properties() -> None:
    assert hash(FilterTest("s", b"", Expected.MATCH, {"a": 1})) == hash(FilterTest("s", b"", Expected.MATCH, {"b": 2}))
