"""A profile's file: everything comes back, older formats are brought up to date, what is wrong has its place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.config import ProfileError, ProfileStore
from clacks_monitor.config.profile_file import MAX_FILTER_TEST_BYTES, SCHEMA, profile_from, profile_values
from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.files import DocumentError, Fields, read_document
from clacks_monitor.core.profile import NO_ALERT, Alert, Expected, FilterTest, Profile
from clacks_monitor.core.webhook import NO_WEBHOOK, Webhook, WebhookContent

if TYPE_CHECKING:
    from pathlib import Path

NAMES = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=20)
SECONDS = st.floats(1.0, 1e6)
ALERTS = st.builds(
    Alert,
    on_match=st.booleans(),
    absence_s=st.one_of(st.just(0.0), SECONDS),
    tray=st.booleans(),
    sound=st.booleans(),
    command=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")).filter(str.strip), max_size=3).map(
        tuple
    ),
    webhook=st.just(NO_WEBHOOK)
    | st.builds(
        Webhook,
        st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
        st.sampled_from(WebhookContent),
    ),
    pause_s=SECONDS,
)
SAMPLES = st.builds(
    FilterTest,
    name=NAMES,
    body=st.binary(max_size=40) | st.just("<ä/>".encode()),
    expected=st.sampled_from(Expected),
    properties=st.dictionaries(NAMES, st.integers() | st.booleans() | st.text(max_size=5), max_size=2),
)
PROFILES = st.builds(
    Profile,
    name=NAMES,
    query=st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    colour=st.sampled_from(COLOURS),
    alert=ALERTS,
    columns=st.lists(st.sampled_from(["time", "Caller=PhoneStatus/CallerId"]), unique=True).map(tuple),
    filter_tests=st.lists(SAMPLES, max_size=3).map(tuple),
)


@given(PROFILES)
def test_everything_comes_back(profile: Profile) -> None:
    text = json.dumps(profile_values(profile))
    assert profile_from(Fields(json.loads(text), "x")) == profile


@pytest.mark.parametrize("key", ["query", "description"])
def test_half_a_character_is_refused_before_it_gets_anywhere(tmp_path: Path, key: str) -> None:
    """JSON can spell what UTF-8 cannot hold: it would fail on its way to a broker, on another thread."""
    path = tmp_path / "p.json"
    path.write_text(f'{{"kind": "{SCHEMA.kind}", "format": 2, "name": "P", "{key}": "\\ud800"}}', encoding="utf-8")
    with pytest.raises(DocumentError, match=key):
        profile_from(read_document(path, SCHEMA))


def _read(tmp_path: Path, values: dict[str, Any]) -> Profile:
    path = tmp_path / "p.json"
    path.write_text(json.dumps({"kind": SCHEMA.kind, "name": "P", **values}), encoding="utf-8")
    return profile_from(read_document(path, SCHEMA))


def test_the_flag_of_format_1_becomes_a_notification(tmp_path: Path) -> None:
    assert _read(tmp_path, {"format": 1, "alert": True}).alert == Alert(on_match=True, tray=True)
    assert _read(tmp_path, {"format": 1, "alert": False}).alert == NO_ALERT
    assert _read(tmp_path, {"format": 1}).alert == NO_ALERT
    with pytest.raises(DocumentError, match="format 1 cannot be brought"):
        _read(tmp_path, {"format": 1, "alert": "yes"})


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"alert": {"pause_s": 0}}, 'in "alert": "pause_s"'),
        ({"alert": {"absence_s": -1}}, '"absence_s"'),
        ({"alert": {"command": "rm -rf /"}}, '"command"'),
        ({"alert": {"command": [" "]}}, "a program and its arguments"),
        ({"alert": {"command": ["a\0b"]}}, '"command"'),
        ({"alert": True}, '"alert"'),
        ({"samples": [{"name": "a", "expected": "maybe"}]}, '"samples", number 1: "expected"'),
        ({"samples": [{"name": "", "expected": "match"}]}, '"name"'),
        ({"samples": [{"name": "a", "expected": "match", "body_base64": "§"}]}, "base64"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, values: dict[str, Any], place: str) -> None:
    with pytest.raises(DocumentError) as raised:
        _read(tmp_path, {"format": 2, **values})
    assert place in str(raised.value)


def test_samples_that_would_make_the_file_unreadable_are_refused(tmp_path: Path) -> None:
    profiles = ProfileStore(tmp_path)
    fits = FilterTest("a", b"\xff" * MAX_FILTER_TEST_BYTES, Expected.MATCH)
    made = profiles.create(Profile("P", filter_tests=(fits,)))
    with pytest.raises(ProfileError, match="larger than"):
        profiles.create(Profile("Q", filter_tests=(fits, FilterTest("b", b"x", Expected.MATCH))))
    again = ProfileStore(tmp_path)
    assert again.broken == ()
    assert again.all() == [made]


SAMPLE = {"name": "s", "expected": "match", "xml": "<a/>"}


@pytest.mark.parametrize(
    ("values", "good"),
    [
        ({"samples": [SAMPLE] * 200}, True),
        ({"samples": [SAMPLE] * 201}, False),
        ({"columns": ["time"] * 100}, True),
        ({"columns": ["time"] * 101}, False),
        ({"columns": ["x" * 2_000]}, True),
        ({"columns": ["x" * 2_001]}, False),
        ({"description": "x" * 10_000}, True),
        ({"description": "x" * 10_001}, False),
        ({"order": 2**31}, True),
        ({"order": -(2**31)}, True),
        ({"order": 2**31 + 1}, False),
        ({"order": -(2**31) - 1}, False),
        ({"id": "x" * 64}, True),
        ({"id": "x" * 65}, False),
        ({"id": "a/b"}, False),
        ({"alert": {"pause_s": 1.0}}, True),
        ({"alert": {"pause_s": 0.99}}, False),
        ({"alert": {"absence_s": 0}}, True),
        ({"alert": {"absence_s": -0.1}}, False),
        ({"alert": {"command": []}}, True),
        ({"alert": {"command": ["a", ""]}}, True),
        ({"alert": {"command": [" "]}}, False),
        ({"alert": {"command": ["x" * 10_000]}}, True),
        ({"alert": {"command": ["x" * 10_001]}}, False),
        ({"alert": None}, True),
        ({"alert": []}, False),
    ],
)
def test_what_may_be_at_its_edge(values: dict[str, Any], *, good: bool) -> None:
    fields = Fields({"name": "p", **values}, "p.json")
    if good:
        assert profile_from(fields).name == "p"
    else:
        with pytest.raises(DocumentError, match=next(iter(values))):
            profile_from(fields)


def test_a_profile_that_says_little_has_the_defaults() -> None:
    made = profile_from(Fields({"name": "p"}, "p.json"))
    assert made == Profile("p", id=made.id)
    assert made.id != profile_from(Fields({"name": "p"}, "p.json")).id
    alert = profile_from(Fields({"name": "p", "alert": {}}, "p.json")).alert
    assert (alert.pause_s, alert.absence_s, alert.wanted) == (10.0, 0.0, False)
