"""`query`: what it prints in each format, its options, and its exit status."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.app import main
from clacks_monitor.cli import results
from clacks_monitor.session.questions import Asking, ResultRow
from tests.helpers.entries import a_gap, an_event, some_events

if TYPE_CHECKING:
    from pathlib import Path

COUNTS = (
    "for $e in collection() group by $type := ev:type($e) order by $type"
    " return map { 'type': $type, 'events': count($e), 'part': count($e) div 3 }"
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    made = tmp_path_factory.mktemp("query") / "shift.capture"
    with captures.create(made) as capture:
        capture.append([*some_events(10), a_gap(20), an_event(30, body=b"\x1b[2J=1", kind="")])
    return str(made)


def test_a_table_is_aligned(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", path, COUNTS, "--workers", "1"]) == 0
    printed = capsys.readouterr()
    assert printed.out == (
        "type         events      part\n"
        "-----------  ------  --------\n"
        "                  1  0.333333\n"
        "ClientPoll        3         1\n"
        "NodeStatus        3         1\n"
        "PhoneStatus       4  1.333333\n"
    )
    assert printed.err == ""


def test_csv_is_harmless_to_spreadsheets(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", path, "map{'=a': '=1+1', 'n': -2, 'text': 'x, \"y\"'}", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines() == ["'=a,n,text", '\'=1+1,-2,"x, ""y"""']


def test_json_is_a_line_for_each_row(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", path, "map{'a': (1, 2.5), 'b': map{'c': ()}}, 'x&#x9b;'", "--format", "json"]) == 0
    out = capsys.readouterr().out
    assert [json.loads(line) for line in out.splitlines()] == [{"a": [1, 2.5], "b": {"c": None}}, {"value": "x\x9b"}]
    assert "\x9b" not in out


def test_xml_is_each_item_as_it_is(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", path, "collection()[2], <a/>, 1", "--format", "xml"]) == 0
    first, *rest = capsys.readouterr().out.splitlines()
    assert first == '<Event xmlns="http://www.gonicus.de/Events"><ClientPoll><Id>1</Id></ClientPoll></Event>'
    assert rest == ["<a/>", "1"]


def test_control_characters_do_not_reach_a_terminal(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", path, "map{'&#x9b;': '&#x9b;31m'}"]) == 0
    assert "\x9b" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--type", "PhoneStatus"], 4),
        (["--type", "PhoneStatus", "--type", "ClientPoll"], 7),
        (["--from", "+2s"], 9),
        (["--from", "+2s", "--to", "+4s"], 2),
        (["--from", "+2s", "--to", "+5s", "--type", "PhoneStatus"], 1),
    ],
)
def test_options_select_events(path: str, options: list[str], count: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", path, "count(collection())", "--format", "xml", *options]) == 0
    assert capsys.readouterr().out == f"{count}\n"


def test_the_query_may_be_in_a_file(path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "calls.xq"
    file.write_text("declare variable $n as xs:integer external; $n * 2", encoding="utf-8")
    assert main(["query", path, "--file", str(file), "--set", "n=21", "--format", "xml"]) == 0
    assert capsys.readouterr().out == "42\n"


@pytest.mark.parametrize(
    ("arguments", "status", "text"),
    [
        (["1 +"], 2, "The query cannot be read: XPST0003"),
        (["1 div 0"], 2, "FOAR0001: "),
        (["1", "--from", "never"], 2, "never is not a time"),
        (["1", "--set", "n=1"], 2, "no external variable $n"),
        (["1", "--set", "n"], 2, "NAME=VALUE"),
        (["declare variable $n external; $n"], 2, "--set n="),
        ([], 2, "Name the query"),
        (["1", "--file", "x"], 2, "Name the query"),
        (["--file", "/nonexistent.xq"], 5, "/nonexistent.xq cannot be read"),
        (["1 to 10", "--rows", "3"], 1, "more than 3 rows"),
        (["1", "--format", "cvs"], 2, "Did you mean csv?"),
    ],
)
def test_errors_say_what_to_do(
    path: str, arguments: list[str], status: int, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        found = main(["query", path, *arguments])
    except SystemExit as error:
        found = int(str(error.code))
    assert found == status
    assert text in capsys.readouterr().err


def test_a_capture_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", str(tmp_path / "none.capture"), "1"]) == 5
    assert "none.capture" in capsys.readouterr().err


def test_rows_before_a_bound_are_printed(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", path, "1 to 10", "--rows", "3", "--format", "xml"]) == 1
    assert capsys.readouterr().out == "1\n2\n3\n"


def test_ctrl_c_ends_it_with_what_there_is(
    path: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Asking.run

    def cancelled(asking: Asking) -> object:
        for progress in run(asking):
            yield progress
            asking.cancel()

    monkeypatch.setattr(Asking, "run", cancelled)
    assert main(["query", path, "declare function local:f() { local:f() }; local:f()"]) == 0
    assert capsys.readouterr().err == ""


def test_later_columns_are_reported(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(results, "FIRST", 1)
    printer = results.printer_of("csv")
    printer.rows([ResultRow({"a": 1})])
    printer.rows([ResultRow({"a": 2, "b": 3})])
    printer.finish()
    printed = capsys.readouterr()
    assert printed.out.split() == ["a", "1", "2"]
    assert "further columns, which are left out: b" in printed.err


def test_nothing_prints_nothing(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", path, "()"]) == 0
    assert capsys.readouterr().out == ""
