"""Columns: keys that are read back, values found by a path, orders that a person expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.core.columns import AnyColumn, Column, ComputedColumn, FieldColumn, column_from, fields_of, sort_key
from clacks_monitor.core.field_reader import MAX_VALUE, FieldReader
from clacks_monitor.core.hardened import MAX_MARKS

if TYPE_CHECKING:
    from clacks_monitor.core.event import Properties

BODY = b"""<Event xmlns="http://www.gonicus.de/Events" xmlns:o="urn:other" id="7">
  <ClientAnnounce><NetworkInformation>
    <NetworkDevice o:kind="lan"><Name>eth0</Name><MAC>00:01</MAC></NetworkDevice>
    <NetworkDevice kind="wlan"><Name> wlan0
    </Name><MAC/></NetworkDevice>
  </NetworkInformation></ClientAnnounce></Event>"""
NAMES = st.from_regex(r"[A-Za-z_][\w.\-]{0,8}", fullmatch=True).filter(str.isascii)
PATHS = st.builds(
    lambda steps, last: (*steps, last),
    st.lists(st.one_of(NAMES, st.just("*")), max_size=4),
    st.one_of(NAMES, NAMES.map("@{}".format)),
) | st.tuples(NAMES.map("${}".format))
TITLES = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=20)


@given(st.one_of(st.sampled_from(Column), st.builds(FieldColumn, TITLES, PATHS)))
def test_a_column_is_read_back_from_its_key(column: AnyColumn) -> None:
    assert column_from(str(column)) == column


@pytest.mark.parametrize(
    "key",
    ["colour", "", "a=", "=a", " =a", "a=b//c", "a=b/", "a=@b/c", "a=b c", "a=b[1]", "a=../b", "a\nb=c", "a=f:b",
     "a=$", "a=$b/c", "a=b/$c", "a=$@b",
     "a=" + "b/" * 600 + "c"],
)  # fmt: skip
def test_what_is_no_column_is_none(key: str) -> None:
    assert column_from(key) is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("ClientAnnounce/NetworkInformation/NetworkDevice/Name", "eth0, wlan0"),
        ("ClientAnnounce/NetworkInformation/NetworkDevice/MAC", "00:01"),
        ("ClientAnnounce/*/NetworkDevice/@kind", "lan, wlan"),
        ("@id", "7"),
        ("ClientLeave/Id", None),
        ("ClientAnnounce/@nothing", None),
    ],
)
def test_a_path_finds_its_values_whatever_their_namespace(path: str, value: str | None) -> None:
    column = FieldColumn("x", tuple(path.split("/")))
    assert FieldReader([column])(BODY).get(column) == value


@pytest.mark.parametrize("expression", ["./a", "{1}", "map{'a':1}?a", "a = 'b={c}'", "1\n+ 1"])
def test_a_computed_column_is_read_back_from_its_key(expression: str) -> None:
    column = ComputedColumn("Length in min", expression)
    assert column_from(str(column)) == column
    assert (column.field, column.caption, column.kind, column.source) == (
        column,
        "Length in min",
        "computed",
        expression,
    )


@pytest.mark.parametrize(
    "key", ["={1}", "a={}", "a={ }", "a={1", "a\nb={1}", "x" * 101 + "={1}", "a={" + "1" * 1_501 + "}"]
)
def test_what_is_not_a_computed_column_is_none(key: str) -> None:
    assert column_from(key) is None


def test_only_a_column_of_a_value_inside_the_event_is_a_field() -> None:
    field = FieldColumn("x", ("a",))
    assert field.field is field
    assert [column.field for column in Column] == [None] * len(Column)
    assert fields_of((Column.TIME, field, Column.SIZE)) == (field,)


def test_the_values_of_several_columns_come_from_one_parse() -> None:
    ids, names = FieldColumn("id", ("@id",)), FieldColumn("names", ("*", "NetworkInformation", "*", "Name"))
    assert FieldReader([ids, names])(BODY) == {ids: "7", names: "eth0, wlan0"}


@pytest.mark.parametrize("body", [b"", b"no xml", b"\xff\xfe", b"<a>", b'{"a": 1}'])
def test_a_body_that_is_no_xml_has_no_values(body: bytes) -> None:
    assert FieldReader([FieldColumn("x", ("a",))])(body) == {}


def test_an_entity_reaches_no_file_and_a_long_value_is_cut() -> None:
    column = FieldColumn("x", ("a",))
    hostile = b'<!DOCTYPE e [<!ENTITY f SYSTEM "file:///etc/passwd">]><e><a>&f;x</a></e>'
    assert "root:" not in FieldReader([column])(hostile).get(column, "")
    assert len(FieldReader([column])(b"<e><a>" + b"x" * 5000 + b"</a></e>")[column]) == MAX_VALUE


def test_numbers_come_before_texts_and_by_size() -> None:
    words = ["b", "10", "A", "9", "-1.5", "nan"]
    assert sorted(words, key=sort_key)[:3] == ["-1.5", "9", "10"]
    assert sorted(["b", "A", "c"], key=sort_key) == ["A", "b", "c"]


def test_only_fields_need_a_body() -> None:
    field = FieldColumn("x", ("a",))
    assert fields_of([Column.TIME, field, Column.TYPE]) == (field,)


def test_a_value_and_its_repeats_are_bounded() -> None:
    column = FieldColumn("a", ("T", "a"))
    attribute = FieldColumn("b", ("T", "a", "@b"))
    item = "<a b='" + "y" * 5_000 + "'>" + "x " * 500_000 + "</a>"
    found = FieldReader([column, attribute])(f"<Event><T>{item * 5}{'<a>z</a>' * 10_000}</T></Event>".encode())
    assert len(found[column]) == len(found[attribute]) == MAX_VALUE


def test_an_event_that_is_too_large_to_be_checked_has_no_values() -> None:
    body = f"<Event><T><a>1</a>{'<b/>' * (MAX_MARKS + 1)}</T></Event>".encode()
    assert FieldReader([FieldColumn("a", ("T", "a"))])(body) == {}


def test_a_name_and_a_path_have_bounds() -> None:
    assert column_from("n" * 100 + "=a") == FieldColumn("n" * 100, ("a",))
    assert column_from("n" * 101 + "=a") is None
    assert column_from("n=" + "a/" * 499 + "bc") == FieldColumn("n", ("a",) * 499 + ("bc",))
    assert column_from("n=" + "a/" * 499 + "bcd") is None


def test_a_name_may_hold_a_sign_of_equality_and_loses_blanks_around_it() -> None:
    assert column_from(" a=b =c") == FieldColumn("a=b", ("c",))


def test_which_values_a_column_covers() -> None:
    column = FieldColumn("x", ("a", "*", "@c"))
    assert column.covers(["a", "b", "@c"])
    assert not column.covers(["a", "b", "@d"])
    assert not column.covers(["a", "b"])
    assert not column.covers(["a", "b", "@c", "d"])
    assert not column.covers(["*", "b", "@c"])


def test_what_is_not_a_number_stands_between_numbers_and_texts() -> None:
    assert sort_key("2") < sort_key("10") < sort_key("nan") < sort_key("a")
    assert sort_key("nan") == sort_key("NaN")


def test_of_repeats_twenty_are_read() -> None:
    column = FieldColumn("x", ("a",))
    body = "<E>" + "".join(f"<a>{n}</a>" for n in range(21)) + "</E>"
    assert FieldReader([column])(body.encode())[column] == ", ".join(map(str, range(20)))


def test_the_text_of_an_element_is_all_that_is_in_it_but_comments() -> None:
    column = FieldColumn("x", ("a",))
    assert FieldReader([column])(b"<E><a> one <b>two</b><!-- no -->\n three </a><a> </a></E>") == {
        column: "one two three"
    }


def test_an_attribute_of_the_root_and_of_each_namespace() -> None:
    kind = FieldColumn("x", ("a", "@kind"))
    assert FieldReader([kind])(b"<E xmlns:o='urn:o'><a kind='1' o:kind='2'/><a kind=''/></E>") == {kind: "1, 2"}


def test_the_bounds_of_a_value() -> None:
    column = FieldColumn("x", ("a",))
    for length in (999, 1_000, 1_001):
        assert len(FieldReader([column])(f"<E><a>{'x' * length}</a></E>".encode())[column]) == min(length, 1_000)


def test_a_property_is_a_column_too() -> None:
    column, inside = column_from("Topic=$topic"), FieldColumn("a", ("a",))
    assert isinstance(column, FieldColumn)
    assert (column.property_name, inside.property_name) == ("topic", "")
    kept, count = FieldColumn("kept", ("$retained",)), FieldColumn("n", ("$qos",))
    read = FieldReader([column, inside, kept, count])
    properties: Properties = {"topic": " org/\n bus ", "retained": True, "qos": 1, "other": "x"}
    assert read(b"<e><a>1</a></e>", properties) == {column: "org/ bus", inside: "1", kept: "true", count: "1"}
    assert read(b"not XML", properties) == {column: "org/ bus", kept: "true", count: "1"}
    assert read(b"<e><a>1</a></e>", {}) == {inside: "1"}
    assert len(FieldReader([column])(b"", {"topic": "x" * 5_000})[column]) == MAX_VALUE
