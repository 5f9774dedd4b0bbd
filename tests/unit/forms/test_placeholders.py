"""Placeholders: the preview is what is sent, and a wrong one is named."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta, timezone

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
        ("{{what}}", "unknown placeholder"),
        ("{{csv:x}}", "no CSV file"),
        ("{{random:9:1}}", "9 is greater than 1"),
        ("{{random:1.1:1.09}}", "1.1 is greater than 1.09"),
        ("{{now+P}}", "is not a duration"),
        ("{{now+P99999Y}}", "leads to a date outside of the years 1 to 9999"),
    ],
)
def test_wrong_ones_are_named(text: str, words: str) -> None:
    found = make().problems(f"{{{{uuid}}}} {text}")
    assert len(found) == 1
    assert words in found[0]
    assert make().preview(text) == text


def test_a_missing_column_names_those_there_are() -> None:
    assert "available: a, b" in make(rows=[{"a": "", "b": ""}]).problems("{{csv:c}}")[0]


def test_months_keep_the_day_where_they_have_it() -> None:
    assert shift(NOON, "P1M").day == 29
    assert shift(NOON, "P1M", backwards=True).month == 12
    assert contains("a {{uuid}}")
    assert not contains("a {uuid}")


EVERY = "{{uuid}} {{random:1:1000000}} {{pick:a,b,c,d,e,f,g,h}} {{counter}}"


def events(values: Placeholders, count: int = 5) -> list[str]:
    return [values.resolve_xml(EVERY) for _ in range(count)]


def test_the_same_seed_gives_the_same_values_and_another_seed_others() -> None:
    first, same, other = (Placeholders(seed=seed) for seed in (1, 1, 2))
    sent = events(first)
    assert len({text.split()[0] for text in sent}) == 5
    assert events(same) == sent
    assert not {text.split()[0] for text in sent} & {text.split()[0] for text in events(other)}


def test_without_a_seed_no_two_bursts_are_the_same_and_the_seed_is_told() -> None:
    one, other = Placeholders(), Placeholders()
    assert one.seed != other.seed
    sent = events(one)
    assert not {text.split()[0] for text in sent} & {text.split()[0] for text in events(other)}
    assert events(Placeholders(seed=one.seed)) == sent


def test_the_seed_nought_is_a_seed() -> None:
    assert Placeholders(seed=0).seed == 0
    assert events(Placeholders(seed=0)) == events(Placeholders(seed=0))


def test_counting_begins_at_one_and_the_preview_does_not_count() -> None:
    values = Placeholders(seed=1)
    assert (values.index, values.start) == (0, 1)
    assert [values.preview("{{counter}}"), values.preview_xml("{{counter}}")] == ["1", "1"]
    assert [values.resolve_xml("{{counter}}") for _ in range(3)] == ["1", "2", "3"]
    assert values.index == 3


def test_several_of_a_kind_in_one_event_differ_and_the_time_is_the_same() -> None:
    moments = iter([NOON, NOON.replace(year=2025)])
    values = Placeholders(seed=1, clock=lambda: next(moments))
    one, two, now, again = values.preview("{{uuid}} {{uuid}} {{now}} {{now}}").split()
    assert one != two
    assert now == again


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{{now:time}}", "12:00:00Z"),
        ("{{now+P1Y2M3DT4H5M6.5S}}", "2025-04-03T16:05:06.500Z"),
        ("{{now-P1Y2M3DT4H5M6.5S}}", "2022-11-27T07:54:53.500Z"),
        ("{{now+P11M:date}}", "2024-12-31"),
        ("{{now+P12M:date}}", "2025-01-31"),
        ("{{now-P1M:date}}", "2023-12-31"),
        ("{{now-P13M:date}}", "2022-12-31"),
        ("{{now+P0D}}", "2024-01-31T12:00:00.000Z"),
        ("{{now+PT1S:epoch}}", "1706702401.000"),
        ("{{random:-3:-3}}", "-3"),
        ("{{random:1.5:1.50}}", "1.50"),
        ("{{random:0.001:0.001}}", "0.001"),
        ("{{random:-0.50:-0.5}}", "-0.50"),
        (f"{{{{random:{'1234567890' * 4}.5:{'1234567890' * 4}.5}}}}", f"{'1234567890' * 4}.5"),
        ("{{pick:one}}", "one"),
        ("{{pick:}}", ""),
        ("{{csv:a&b}}", "ampersand"),
    ],
)
def test_more_values(text: str, value: str) -> None:
    assert make(rows=[{"a&b": "ampersand"}]).preview(text) == value
    assert make(rows=[{"a&b": "ampersand"}]).problems(text) == []


def test_the_clock_of_another_zone_is_told_in_utc() -> None:
    berlin = timezone(timedelta(hours=2))
    values = Placeholders(seed=1, clock=lambda: datetime(2024, 6, 1, 1, 30, tzinfo=berlin))
    assert values.preview("{{now}} {{now:date}}") == "2024-05-31T23:30:00.000Z 2024-05-31"


def test_without_a_clock_it_is_now() -> None:
    before = datetime.now(UTC)
    told = datetime.fromtimestamp(float(Placeholders().preview("{{now:epoch}}")), UTC)
    assert abs(told - before) < timedelta(hours=1)


def test_a_random_number_takes_each_value_between_its_bounds() -> None:
    values = make()
    assert {values.resolve_xml("{{random:-1:1}}") for _ in range(60)} == {"-1", "0", "1"}
    assert {values.resolve_xml("{{random:0.9:1.1}}") for _ in range(60)} == {"0.9", "1.0", "1.1"}
    assert {values.resolve_xml("{{pick:a,b,c}}") for _ in range(60)} == {"a", "b", "c"}


@pytest.mark.parametrize(
    "text",
    ["{{}}", "{{pick}}", "{{csv}}", "{{now+}}", "{{now:hours}}", "{{random:1}}", "{{random:a:b}}", "{{nowhere}}"],
)
def test_what_only_resembles_a_placeholder_stays_and_the_known_ones_are_named(text: str) -> None:
    assert make().preview(text) == text
    assert make().problems(text) == [
        (f"{text}: unknown placeholder; available: uuid, now, now+PT5M, counter, random:1:100, pick:a,b, csv:column")
    ]


def test_values_are_escaped_in_xml_text_only() -> None:
    values = make(rows=[{"x": "<\"'&>\n"}])
    assert values.preview("{{csv:x}}") == "<\"'&>\n"
    assert values.preview_xml("{{csv:x}}") == "&lt;&quot;'&amp;&gt;&#10;"
    assert make().preview_xml("{{pick:a&lt;b}}") == "a&lt;b"
    assert make().preview("{{pick:a&lt;b}}") == "a&lt;b"


@pytest.mark.parametrize("duration", ["", "P", "PT", "P1H", "PT1D", "5M", "P-1D", "P1M1Y", "P1.5D"])
def test_what_is_no_duration_is_said(duration: str) -> None:
    with pytest.raises(ValueError, match=f"^{duration} is not a duration such as PT5M or P1DT2H$"):
        shift(NOON, duration)


@pytest.mark.parametrize(
    ("duration", "backwards"),
    [("P8000Y", False), ("P2024Y", True), ("P24289M", True), ("P99999999999D", False), ("P3000000D", False)],
)
def test_what_leads_out_of_the_calendar_is_said(duration: str, backwards: bool) -> None:
    with pytest.raises(ValueError, match=f"^{duration} leads to a date outside of the years 1 to 9999$"):
        shift(NOON, duration, backwards=backwards)


def test_the_calendars_first_and_last_year_are_reached() -> None:
    assert shift(NOON, "P2023Y", backwards=True).year == 1
    assert shift(NOON, "P7975Y").year == 9999
