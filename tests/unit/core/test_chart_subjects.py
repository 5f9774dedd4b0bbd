"""What a chart shows of a field: lines by host, agent or client, like with like, in the units of summaries."""

from __future__ import annotations

import pytest

from clacks_monitor.core.chart import ChartSubject
from clacks_monitor.core.chart_subjects import MAX_KEYS, keys_for, subject_for, with_key

NODE = [(("NodeStatus", "Id"), "agent-1"), (("NodeStatus", "Load"), "0.5"), (("NodeStatus", "Workers"), "3")]
COLLECTD = [
    (("CollectD", name), text)
    for name, text in (("Host", "files"), ("Plugin", "df"), ("PluginInstance", "root"), ("Type", "df_complex"),
                       ("TypeInstance", "free"), ("Time", "1.5"), ("Values", "3"))
]  # fmt: skip


def test_agents_get_a_line_each() -> None:
    expected = ChartSubject("NodeStatus", ("NodeStatus", "Load"), ("NodeStatus", "Id"), first="agent-1")
    assert subject_for(("NodeStatus", "Load"), NODE) == expected


def test_measurements_are_compared_with_the_same_ones_of_other_hosts() -> None:
    subject = subject_for(("CollectD", "Values"), COLLECTD)
    assert (subject.key, subject.first, subject.unit) == (("CollectD", "Host"), "files", "B")
    assert [text for _path, text in subject.alike] == ["df", "root", "df_complex", "free"]


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        (("NodeStatus", "Latency"), "s"),
        (("NodeStatus", "Workers"), ""),
        (("AsteriskNotification", "Duration"), "duration"),
        (("Door", "Height"), ""),
    ],
)
def test_units_are_those_of_summaries(path: tuple[str, ...], unit: str) -> None:
    assert subject_for(path, NODE).unit == unit


def test_a_measurement_of_another_type_has_no_unit() -> None:
    leaves = [(path, "users" if path[-1] == "Type" else text) for path, text in COLLECTD]
    assert subject_for(("CollectD", "Values"), leaves).unit == ""


def test_an_event_that_is_gone_has_one_line_for_all() -> None:
    assert subject_for(("Door", "Height"), []) == ChartSubject("Door", ("Door", "Height"))
    assert subject_for(("CollectD", "Values"), []).key == ("CollectD", "Host")


def test_keys_stand_beside_the_field_or_what_it_is_in_and_are_there_once() -> None:
    leaves = [
        (("Inventory", "Hostname"), "pc"),
        (("Inventory", "@kind"), "full"),
        (("Inventory", "Memory", "Serial"), "7"),
        (("Inventory", "Memory", "Speed"), "9"),
        (("Inventory", "Drive", "Label"), "c"),
        (("Inventory", "Login"), "one"),
        (("Inventory", "Login"), "two"),
        (("Inventory", "Long"), "x" * 300),
    ]
    keys = keys_for(("Inventory", "Memory", "Speed"), leaves)
    assert keys == [("Inventory", "Hostname"), ("Inventory", "@kind"), ("Inventory", "Memory", "Serial")]
    many = [(("Door", f"F{number}"), "x") for number in range(100)]
    assert len(keys_for(("Door", "Height"), many)) == MAX_KEYS


def test_another_key_names_the_line_of_the_event() -> None:
    subject = with_key(subject_for(("NodeStatus", "Load"), NODE), ("NodeStatus", "Workers"), NODE)
    assert (subject.key, subject.first) == (("NodeStatus", "Workers"), "3")
    assert with_key(subject, (), NODE).first == ""
