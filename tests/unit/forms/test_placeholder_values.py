"""Placeholders: the preview is what is sent, and a wrong one is named."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from lxml import etree

from clacks_monitor.forms.placeholders import Placeholders, contains, shift

NOON = datetime(2024, 1, 31, 12, 0, tzinfo=UTC)


def make(**options: object) -> Placeholders:
    return Placeholders(seed=1, clock=lambda: NOON, **options)  # type: ignore[arg-type]  # options of different types


def test_the_preview_is_what_will_be_sent() -> None:
    text = "<a>{{uuid}} {{random:1:1000000}} {{pick:busy,free}} {{counter}}</a>"
    values = make(start=7)
    shown = [values.preview_xml(text), values.preview_xml(text)]
    sent = [values.resolve_xml(text) for _ in range(3)]
    assert shown == [sent[0], sent[0]]
    assert len(set(sent)) == 3
    assert [item.split()[-1] for item in sent] == ["7</a>", "8</a>", "9</a>"]
    assert uuid.UUID(sent[0][3:39]).version == 4


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{{now}}", "2024-01-31T12:00:00.000Z"),
        ("{{now+PT5M}}", "2024-01-31T12:05:00.000Z"),
        ("{{now-P1D:date}}", "2024-01-30"),
        ("{{now+P1M:date}}", "2024-02-29"),
        ("{{now:epoch}}", "1706702400.000"),
        ("{{csv:name}}", "a<&>"),
        ("{{random:5:5}}", "5"),
        ("{{random:1.00:1.00}}", "1.00"),
        ("{{ counter }}", "1"),
        ("{{nonsense}}", "{{nonsense}}"),
        ("{ {now} }", "{ {now} }"),
    ],
)
def test_values(text: str, value: str) -> None:
    values = make(rows=[{"name": "a<&>"}])
    assert values.preview(text) == value
    parsed = etree.fromstring(values.preview_xml(f"<x y='{text}'>{text}</x>"))
    assert (parsed.text, parsed.get("y")) == (value, value)


def test_csv_rows_follow_the_events_and_begin_again() -> None:
    values = make(rows=[{"n": "1"}, {"n": "2"}])
    assert [values.resolve_xml("{{csv:n}}") for _ in range(3)] == ["1", "2", "1"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{what}}", "there is no such placeholder"),
        ("{{csv:x}}", "no CSV file"),
        ("{{random:9:1}}", "9 is more than 1"),
        ("{{now+P}}", "is no duration"),
        ("{{now+P99999Y}}", "leads out of the calendar"),
    ],
)
def test_wrong_ones_are_named(text: str, words: str) -> None:
    found = make().problems(f"{{{{uuid}}}} {text}")
    assert len(found) == 1
    assert words in found[0]
    assert make().preview(text) == text


def test_a_missing_column_names_those_there_are() -> None:
    assert "it has a, b" in make(rows=[{"a": "", "b": ""}]).problems("{{csv:c}}")[0]


def test_months_keep_the_day_where_they_have_it() -> None:
    assert shift(NOON, "P1M").day == 29
    assert shift(NOON, "P1M", backwards=True).month == 12
    assert contains("a {{uuid}}")
    assert not contains("a {uuid}")
