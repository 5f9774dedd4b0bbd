"""Items of a result as rows and columns."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from clacks_monitor.session.questions.columns import MOST_COLUMNS, Columns, cell_text, json_value
from clacks_monitor.session.questions.functions import ENVIRONMENT, date_time
from clacks_monitor.session.questions.rows import ResultForm, ResultRow, plain_row, row_of
from clacks_monitor.xquery import QueryError, compile_query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.xquery.datamodel.nodes import DocumentNode


TIMES = {"from": (date_time(0),), "to": (date_time(1),)}


class Nothing:
    def documents(self) -> Iterator[DocumentNode]:
        return iter(())


def rows(text: str, form: ResultForm = ResultForm.ROWS) -> list[ResultRow]:
    found = compile_query(text, environment=ENVIRONMENT).over_collection(Nothing(), TIMES)
    return [row_of(plain_row(item, form), form) for item in found]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1, 'a', true()", [{"value": 1}, {"value": "a"}, {"value": True}]),
        ("1.50, 2e0", [{"value": Decimal("1.5")}, {"value": 2.0}]),
        ("xs:date('2026-11-30'), xs:dayTimeDuration('PT90S')", [{"value": "2026-11-30"}, {"value": "PT1M30S"}]),
        ("map{'a': 1, 'b': (), 'c': (1, 2)}", [{"a": 1, "b": None, "c": [1, 2]}]),
        ("map{'a': map{'b': 0.5}, 1: ['x', ()]}", [{"a": {"b": Decimal("0.5")}, "1": ["x", None]}]),
        ("['x', 2]", [{"1": "x", "2": 2}]),
        ("<a>text</a>", [{"a": "text"}]),
        ("<a><b>1</b><c>2</c><b>3</b></a>", [{"b": ["1", "3"], "c": "2"}]),
        ("<a b='1' c='2'/>", [{"b": "1", "c": "2"}]),
        ("<a b='1'><b>2</b></a>", [{"@b": "1", "b": "2"}]),
        ("<a b='1'><c>2</c></a>, <a b='3'/>", [{"b": "1", "c": "2"}, {"b": "3"}]),
        ("<a>mixed <b>1</b></a>", [{"a": "<a>mixed <b>1</b></a>"}]),
        ("<a><b><c>1</c></b></a>", [{"b": "<b><c>1</c></b>"}]),
        ("<a b='1'/>/@b, <a>t</a>/text()", [{"b": "1"}, {"value": "t"}]),
        ("xs:untypedAtomic('u'), xs:anyURI('v')", [{"value": "u"}, {"value": "v"}]),
    ],
)
def test_maps_and_elements_become_columns(text: str, values: list[dict[str, Any]]) -> None:
    found = [dict(row.values) for row in rows(text)]
    assert found == values
    assert [[type(one) for one in row.values()] for row in found] == [
        [type(one) for one in row.values()] for row in values
    ]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("<a b='1'>&lt;</a>", '<a b="1">&lt;</a>'),
        ("map{'a': (1), 'b': 'x'}", '{"a":1,"b":"x"}'),
        ("'x y', 1.0", "x y"),
        ("<a b='1'/>/@b", "1"),
    ],
)
def test_an_item_as_text(text: str, printed: str) -> None:
    assert rows(text, ResultForm.TEXT)[0].text == printed


@pytest.mark.parametrize(
    ("text", "sequence"),
    [
        ("map{'sequence': 7}", 7),
        ("map{'sequence': '7'}", None),
        ("<row><sequence>8</sequence></row>", 8),
        ("<row sequence='x'/>", None),
        (f"<row sequence='{'9' * 30}'/>", None),
        ("map{'sequence': (7, 8)}", None),
        ("7", None),
    ],
)
def test_a_sequence_number_is_found_in_rows(text: str, sequence: int | None) -> None:
    assert rows(text)[0].sequence == sequence


def test_a_function_is_no_value() -> None:
    with pytest.raises(QueryError, match="function"):
        rows("abs#1")


def test_columns_are_collected_in_their_order() -> None:
    columns = Columns()
    assert columns.add([ResultRow({"b": 1}), ResultRow({"a": 1, "b": 2})])
    assert not columns.add([ResultRow({"a": 1})])
    assert columns.names == ("b", "a")
    columns.add(ResultRow({str(number): 1}) for number in range(1_000))
    assert len(columns.names) == MOST_COLUMNS


@pytest.mark.parametrize(
    ("value", "text", "as_json"),
    [
        (None, "", None),
        (True, "true", True),
        (Decimal("2.50"), "2.5", 2.5),
        (Decimal(3), "3", 3),
        (1e300 * 1e10, "INF", "INF"),
        ([1, Decimal("0.5")], "[1, 0.5]", [1, 0.5]),
        ({"a": None}, '{"a": null}', {"a": None}),
    ],
)
def test_cells_for_people_and_programs(value: object, text: str, as_json: object) -> None:
    assert cell_text(value) == text
    assert json_value(value) == as_json
