"""Sample values: allowed by the type, others for other variations, and none where none is thought of."""

from __future__ import annotations

import pytest

from clacks_monitor.forms import example_values as example_values_module
from clacks_monitor.forms.example_values import example_value
from tests.helpers.small_schemas import form_of, leaf, value_type


def facet(name: str, value: object) -> str:
    return f'<xs:{name} value="{value}"/>'


def drawn(declarations: str, count: int = 4) -> list[str | None]:
    spec = leaf(form_of(declarations), "").spec
    assert spec is not None
    found = [example_value(spec, variation) for variation in range(count)]
    assert all(value is None or spec.check(value) is None for value in found)
    return found


BUILTIN = {
    "string": "text text1 text2 text3",
    "decimal": "12.5 3.25 1.00 1.01",
    "float": "0.5 1 2.25 100",
    "boolean": "true false 1 0",
    "date": "2024-05-31 2024-06-01 2024-05-31Z 1999-12-31",
    "time": "14:30:00 14:31:00 14:30:00Z 09:00:00",
    "dateTime": "2024-05-31T14:30:00 2024-05-31T14:31:00 2024-05-31T14:30:00Z 1999-12-31T23:59:59Z",
    "duration": "PT5M PT6M P1D P1Y",
    "gYear": "2024 2025 1999 2024",
    "hexBinary": "001122 011223 021324 031425",
    "base64Binary": "ABEi ARIj AhMk AxQl",
    "anyURI": "https://example.org/a https://example.org/b urn:a:b a",
    "language": "en de en-GB fr",
    "NCName": "name name1 name2 name3",
    "NMTOKEN": "name name1 name2 name3",
    "token": "text text1 text2 text3",
    "ID": "id1 id2 id3 name",
    "QName": "name other third name1",
    "positiveInteger": "1 2 3 4",
    "negativeInteger": "-11 -10 -9 -8",
}


@pytest.mark.parametrize(("kind", "values"), BUILTIN.items())
def test_each_kind_of_value_has_its_own(kind: str, values: str) -> None:
    assert drawn(value_type("", f"xs:{kind}")) == values.split()


@pytest.mark.parametrize(
    ("restriction", "base", "values"),
    [
        (facet("length", 2), "string", ["aa", "ba", "ca", "da"]),
        (facet("maxLength", 1), "string", ["a", "b", "c", "d"]),
        (facet("maxLength", 0), "string", [""] * 4),
        (facet("minLength", 6), "string", ["textxx", "text1x", "text2x", "text3x"]),
        (facet("maxLength", 4), "string", ["text", "baaa", "caaa", "daaa"]),
        (facet("minLength", 100_001), "string", [None] * 4),
        (facet("length", 2), "hexBinary", ["0011", "0112", "0213", "0314"]),
        (facet("minLength", 5), "hexBinary", ["0011223344", "0112233445", "0213243546", "0314253647"]),
        (facet("maxLength", 2), "base64Binary", ["ABE=", "ARI=", "AhM=", "AxQ="]),
        (facet("minLength", 100_001), "hexBinary", [None] * 4),
        (facet("minInclusive", 5) + facet("maxInclusive", 6), "int", ["5", "6", "5", "6"]),
        (facet("minExclusive", 5) + facet("maxExclusive", 7), "int", ["6"] * 4),
        (facet("minExclusive", "0.5") + facet("maxExclusive", "0.7"), "decimal", ["0.51", "0.52", "0.53", "0.54"]),
        (facet("minExclusive", "0.5") + facet("maxExclusive", "0.502"), "decimal", ["0.501"] * 4),
        (facet("fractionDigits", 1) + facet("minInclusive", "1.5"), "decimal", ["1.5", "1.6", "1.7", "1.8"]),
        (facet("fractionDigits", 0), "decimal", ["1", "2", "3", "4"]),
        (facet("maxExclusive", 3), "decimal", ["2.90", "2.91", "2.92", "2.93"]),
        (facet("totalDigits", 1), "int", ["0", "1", "2", "3"]),
        (facet("minExclusive", "2024-01-01"), "date", ["2024-02-01", "2024-05-31", "2024-06-01", "2024-05-31Z"]),
        (facet("minInclusive", "2040-12-31"), "date", ["2040-12-31"] + ["2040-12-31"] * 3),
        (facet("minInclusive", "1E3"), "float", ["1E3", "1001", "1000.001", "1E3"]),
        (facet("minInclusive", "INF"), "float", ["INF"] * 4),
        (facet("maxInclusive", "23:00:00"), "time", ["23:00:00", "14:30:00", "14:31:00", "14:30:00Z"]),
        (facet("pattern", "[A-Z]{3}"), "string", ["ABC", "BCD", "CDE", "DEF"]),
        (facet("pattern", "[A-Z]+") + facet("minLength", 4), "string", ["ABCD", "ABCDEFGH", "BCDE", "BCDEFGHI"]),
        (facet("pattern", "a") + facet("length", 2), "string", [None] * 4),
        (facet("enumeration", "x") + facet("enumeration", "y"), "string", ["x", "y", "x", "y"]),
    ],
)
def test_limits_are_kept(restriction: str, base: str, values: list[str | None]) -> None:
    assert drawn(value_type(restriction, f"xs:{base}")) == values


@pytest.mark.parametrize(("base", "length"), [("string", 100_000), ("hexBinary", 200_000)])
def test_the_longest_sample(base: str, length: int) -> None:
    assert [len(value or "") for value in drawn(value_type(facet("minLength", 100_000), f"xs:{base}"), 1)] == [length]


def listed(restriction: str = "", item: str = "xs:boolean") -> str:
    plain = f'<xs:simpleType><xs:list itemType="{item}"/></xs:simpleType>'
    inner = f"<xs:simpleType><xs:restriction>{plain}{restriction}</xs:restriction></xs:simpleType>"
    return f'<xs:element name="r">{inner if restriction else plain}</xs:element>'


@pytest.mark.parametrize(
    ("restriction", "values"),
    [
        ("", ["true false", "", "1"]),
        (facet("minLength", 3), ["true false 1", "false 1 0", "1 0 true"]),
        (facet("maxLength", 1), ["true", "", "0"]),
        (facet("length", 1), ["true", "1", "1"]),
        (facet("maxLength", 0), ["", "", ""]),
        (facet("minLength", 10_001), [None, None, None]),
    ],
)
def test_lists_have_as_many_items_as_wanted(restriction: str, values: list[str | None]) -> None:
    assert drawn(listed(restriction), 3) == values


def test_the_longest_list() -> None:
    (value,) = drawn(listed(facet("length", 10_000)), 1)
    items = (value or "").split()
    assert (len(items), items[:6]) == (10_000, ["true", "false", "1", "0", "true", "false"])


def test_a_list_whose_items_have_no_sample_is_empty_or_none() -> None:
    item = f'<xs:simpleType name="none"><xs:restriction base="xs:string">{facet("pattern", "a") + facet("length", 2)}'
    item += "</xs:restriction></xs:simpleType>"
    assert drawn(item + listed(item="t:none"), 1) == [""]
    assert drawn(item + listed(facet("minLength", 1), item="t:none"), 1) == [None]


def test_a_union_has_samples_of_its_members() -> None:
    union = '<xs:simpleType><xs:union memberTypes="xs:boolean xs:date"/></xs:simpleType>'
    assert drawn(f'<xs:element name="r">{union}</xs:element>', 2) == ["true", "2024-06-01"]


def test_no_more_candidates_are_tried_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = leaf(form_of(value_type(facet("enumeration", "x") + facet("enumeration", "y"))), "").spec
    assert spec is not None
    monkeypatch.setattr(example_values_module, "_TRIES", 1)
    assert [example_value(spec, variation) for variation in (0, 1)] == ["x", "x"]
    monkeypatch.setattr(example_values_module, "_TRIES", 0)
    assert example_value(spec) is None
