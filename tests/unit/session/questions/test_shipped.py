"""The questions that come with the program, asked about the demonstration's events."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from clacks_monitor import assets, captures
from clacks_monitor.config.questions import StoredQuestion, shipped_questions
from clacks_monitor.forms import Catalogue
from clacks_monitor.session.questions import QuestionLimits, compile_question
from clacks_monitor.session.questions.dialects import QUESTION
from clacks_monitor.session.view.query_vocabulary import vocabulary_of
from clacks_monitor.xquery.editor.lint import lint
from tests.helpers.office_capture import BROKEN, EVENTS, make_office_capture
from tests.helpers.questions import ask

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHIPPED = {one.id: one for one in shipped_questions("en")}
FAILING = {"err", "alert", "emerg", "crit"}


@dataclass(frozen=True)
class Stored:
    """An event as the store has it; ``root`` is its element, None where it is not XML."""

    sequence: int
    wall_ns: int
    type: str
    root: etree._Element | None
    problem: str

    def texts(self, name: str) -> list[str]:
        """Return the texts of elements with a local name, anywhere in the event."""
        return [] if self.root is None else self.root.xpath(f".//*[local-name() = '{name}']/text()")

    def text(self, name: str) -> str:
        """Return the first of them, "" for none."""
        return next(iter(self.texts(name)), "")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demonstration's events; hours are those of UTC."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "UTC")
        made = tmp_path_factory.mktemp("office") / "office.capture"
        make_office_capture(made)
        yield made


@pytest.fixture(scope="module")
def events(path: Path) -> list[Stored]:
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        found = [entry for chunk in reader.scan() for entry in chunk]
        rows = {row.sequence: row for row in reader.rows([entry[0] for entry in found])}
    return [
        Stored(
            sequence,
            rows[sequence].wall_ns,
            name,
            etree.fromstring(body)[0] if body.startswith(b"<") else None,
            rows[sequence].problem,
        )
        for sequence, name, body, _properties in found
    ]


def answer(path: Path, identity: str, **parameters: str) -> list[dict[str, Any]]:
    found = ask(path, SHIPPED[identity].query, parameters=parameters, limits=QuestionLimits(workers=2))
    assert found.ending.complete
    return found.values


def clock(wall_ns: int, form: str = "%Y-%m-%d %H:%M:%S") -> str:
    return datetime.fromtimestamp(wall_ns // 10**9, UTC).strftime(form)


def calls(events: list[Stored], *kinds: str) -> list[Stored]:
    return [
        e for e in events if e.type == "AsteriskNotification" and e.root is not None and e.root.get("Type") in kinds
    ]


@pytest.mark.parametrize("question", SHIPPED.values(), ids=SHIPPED)
def test_each_has_headings_and_captions_and_nothing_to_warn_of(question: StoredQuestion, path: Path) -> None:
    compiled = compile_question(question.query)
    assert list(question.parameters) == [parameter.name for parameter in compiled.parameters]
    words = vocabulary_of(Catalogue([assets.folder("schemas")]).vocabulary())
    assert lint(question.query, replace(words, dialect=QUESTION)) == []
    names = {name for row in answer(path, question.id) for name in row}
    assert set(question.headings) == names


def test_calls_per_hour(path: Path, events: list[Stored]) -> None:
    hours: dict[str, list[float]] = defaultdict(list)
    for call in calls(events, "CallEnded"):
        hours[clock(call.wall_ns, "%Y-%m-%d %H:00")].append(float(call.text("Duration")))
    found = answer(path, "calls-per-hour")
    assert [(row["hour"], row["calls"]) for row in found] == [(hour, len(hours[hour])) for hour in sorted(hours)]
    for row in found:
        seconds = hours[row["hour"]]
        assert row["average"] == pytest.approx(sum(seconds) / len(seconds), abs=0.51)
        assert row["longest"] == pytest.approx(max(seconds), abs=0.51)
        assert row["minutes"] == pytest.approx(sum(seconds) / 60, abs=0.51)
    assert len(found) == 10


def test_busiest_numbers(path: Path, events: list[Stored]) -> None:
    total, missed = Counter[str](), Counter[str]()
    for call in calls(events, "CallEnded", "CallMissed"):
        for number in (call.text("From"), call.text("To")):
            total[number] += 1
            missed[number] += call.root is not None and call.root.get("Type") == "CallMissed"
    expected = sorted(((-count, number) for number, count in total.items()))
    found = answer(path, "busiest-numbers")
    assert [(row["calls"], row["number"]) for row in found] == [(-count, number) for count, number in expected[:20]]
    assert all(row["missed"] == missed[row["number"]] for row in found)
    assert len(answer(path, "busiest-numbers", most="3")) == 3


def names_of(events: list[Stored]) -> dict[str, str]:
    return {e.text("Id"): e.texts("Name")[-1] for e in events if e.type == "ClientAnnounce"}


def test_clients_that_left(path: Path, events: list[Stored]) -> None:
    last = {e.text("Id"): e for e in events if e.type in {"ClientAnnounce", "ClientLeave"}}
    gone = sorted((e.sequence, identity) for identity, e in last.items() if e.type == "ClientLeave")
    names = names_of(events)
    assert answer(path, "gone-clients") == [
        {"name": names.get(identity), "id": identity, "left": clock(last[identity].wall_ns), "sequence": sequence}
        for sequence, identity in gone
    ]
    assert 3 < len(gone) < len(last)


def test_failing_puppet_runs(path: Path, events: list[Stored]) -> None:
    runs: dict[str, list[Stored]] = defaultdict(list)
    for event in events:
        if event.type == "PuppetReport":
            runs[event.text("Id")].append(event)
    names, expected = names_of(events), []
    for identity, reports in runs.items():
        failing = [report for report in reports if FAILING & set(report.texts("Level"))]
        if failing:
            expected.append((-len(failing), names.get(identity), identity, len(reports), failing[-1].sequence))
    found = answer(path, "failing-puppet-runs")
    assert [(-r["failing"], r["name"], r["id"], r["runs"], r["sequence"]) for r in found] == sorted(expected)
    assert all(float(row["share"]) == pytest.approx(100 * row["failing"] / row["runs"], abs=0.51) for row in found)
    assert len(found) > 5


def test_load_by_agent(path: Path, events: list[Stored]) -> None:
    loads: dict[str, list[float]] = defaultdict(list)
    for event in events:
        if event.type == "NodeStatus" and not event.problem:
            loads[event.text("Id")].append(float(event.text("Load")))
    found = {row["agent"]: row for row in answer(path, "load-by-agent")}
    broken = found.pop("agent-2")
    assert (broken["reports"], broken["average"]) == (1, None)
    assert list(found) == sorted(loads)
    for agent, row in found.items():
        values = loads[agent]
        assert (row["lowest"], row["highest"], row["reports"]) == (min(values), max(values), len(values))
        assert row["average"] == pytest.approx(sum(values) / len(values), abs=0.006)


def test_events_that_broke_their_schema(path: Path) -> None:
    found = answer(path, "broken-events")
    assert [(row["sender"], row["type"], row["sequence"]) for row in found] == [
        ("", "", EVENTS + 3), ("", "ClientLeave", EVENTS + 2), ("agent-2", "NodeStatus", EVENTS + 1),
    ]  # fmt: skip  # a table
    assert all((row["connection"], row["events"]) == ("office bus", 1) and row["problem"] for row in found)
    assert len(found) == len(BROKEN)


def test_longest_silences(path: Path, events: list[Stored]) -> None:
    def longest(chosen: list[Stored]) -> list[tuple[float, int]]:
        pairs = [(-(b.wall_ns - a.wall_ns), b.sequence) for a, b in pairwise(chosen)]
        return [(-length / 10**9, sequence) for length, sequence in sorted(pairs)]

    found = answer(path, "longest-silences")
    assert [row["sequence"] for row in found] == [sequence for _length, sequence in longest(events)[:20]]
    assert found[0]["seconds"] == 60
    assert not any(row["gap"] for row in found)
    phones = answer(path, "longest-silences", type="PhoneStatus", most="2")
    expected = longest([event for event in events if event.type == "PhoneStatus"])[:2]
    assert [float(row["seconds"]) for row in phones] == [
        pytest.approx(length, abs=0.06) for length, _sequence in expected
    ]
