"""What a field says about a text: each facet at its edge, in words, and where libxml2 has the last word."""

from __future__ import annotations

import pytest

from tests.helpers.small_schemas import form_of, leaf, value_type

INT = "a whole number from -2147483648 to 2147483647"
NAME = "expected: a name with a declared prefix"


def facet(name: str, value: object) -> str:
    return f'<xs:{name} value="{value}"/>'


def simple(inner: str) -> str:
    return f'<xs:element name="r"><xs:simpleType>{inner}</xs:simpleType></xs:element>'


def listed(item: str, facets: str = "") -> str:
    plain = f'<xs:list itemType="{item}"/>'
    return simple(
        f"<xs:restriction><xs:simpleType>{plain}</xs:simpleType>{facets}</xs:restriction>" if facets else plain
    )


def said(declarations: str, value: str) -> str | None:
    return leaf(form_of(declarations), "").check(value)


@pytest.mark.parametrize(
    ("restriction", "base", "wrong"),
    [
        (
            facet("length", 2),
            "string",
            {
                "": "empty; must have exactly 2 characters, has 0",
                "a": "must have exactly 2 characters, has 1",
                "ab": None,
                "abc": "must have exactly 2 characters, has 3",
            },
        ),
        (facet("length", 1), "string", {"ab": "must have exactly 1 character, has 2"}),
        (
            facet("minLength", 2),
            "string",
            {
                "": "empty; expected: at least 2 characters",
                "a": "must have at least 2 characters, has 1",
                "ab": None,
            },
        ),
        (facet("minLength", 1), "string", {"": "empty; expected: at least 1 character", "a": None}),
        (facet("maxLength", 1), "string", {"ab": "must have at most 1 character, has 2", "a": None}),
        (facet("maxLength", 0), "string", {"a": "must have at most 0 characters, has 1"}),
        (facet("minLength", 1), "hexBinary", {"": "empty; expected: at least 1 byte"}),
        (facet("maxLength", 1), "hexBinary", {"AABB": "must have at most 1 byte, has 2", "AA": None}),
        (
            facet("length", 2),
            "base64Binary",
            {
                "QUI=": None,
                "QUJD": "must have exactly 2 bytes, has 3",
                "QQ==": "must have exactly 2 bytes, has 1",
                " Q U I = ": None,
            },
        ),
        (
            facet("minInclusive", 1) + facet("maxInclusive", 2),
            "decimal",
            {"0": "must be from 1 to 2", "1": None, "2": None},
        ),
        (
            facet("minInclusive", 1) + facet("maxExclusive", 5),
            "decimal",
            {"0.9": "must be at least 1 and less than 5", "1": None, "5": "must be at least 1 and less than 5"},
        ),
        (
            facet("minExclusive", 1) + facet("maxInclusive", 5),
            "decimal",
            {"1": "must be greater than 1 and at most 5", "5": None},
        ),
        (facet("minInclusive", 1), "decimal", {"0": "must be at least 1", "1": None}),
        (facet("minExclusive", 1), "decimal", {"1": "must be greater than 1"}),
        (facet("maxInclusive", 1), "decimal", {"2": "must be at most 1", "1": None}),
        (facet("maxExclusive", 1), "decimal", {"1": "must be less than 1"}),
        (facet("totalDigits", 2), "decimal", {"123": "at most 2 digits are allowed", "12": None, "1.2": None}),
        (
            facet("fractionDigits", 1),
            "decimal",
            {"1.23": "at most 1 digits are allowed after the decimal point", "1.2": None},
        ),
        (
            "",
            "integer",
            {
                "1.0": "expected: a whole number",
                "1 2": "expected: a whole number",
                "": "empty; expected: a whole number",
                "+1": None,
                "-1": None,
                "\n1 ": None,
            },
        ),
        (facet("minInclusive", 3), "integer", {"1": "must be at least 3", "x": "expected: a whole number at least 3"}),
        (
            facet("minExclusive", 3) + facet("maxInclusive", 9),
            "integer",
            {"x": "expected: a whole number greater than 3 and at most 9"},
        ),
        (facet("maxExclusive", 3), "integer", {"x": "expected: a whole number less than 3"}),
        (facet("pattern", "a") + facet("pattern", "b"), "string", {"c": "expected: “a”, or “b”", "b": None}),
        (facet("enumeration", "x") + facet("enumeration", "y"), "token", {"z": "expected: one of x, y", " y ": None}),
        ("", "float", {"INF": None, "1e400": None, "x": "expected: a number such as 12, 3.5 or 1.2E3"}),
        ("", "date", {"99999-01-01": None, "2024-02-30": "expected: a date such as 2024-05-31"}),
        ("", "QName", {"a:b": None, " a ": None, "a:b:c": NAME, "1": NAME, "": f"empty; {NAME}"}),
        ("", "boolean", {"yes": "expected: true or false", "1": None}),
    ],
)
def test_each_facet_has_its_words_and_its_edge(restriction: str, base: str, wrong: dict[str, str | None]) -> None:
    field = leaf(form_of(value_type(restriction, f"xs:{base}")), "")
    assert {value: field.check(value) for value in wrong} == wrong


def test_more_than_a_library_can_compute_is_left_to_libxml2() -> None:
    assert said('<xs:element name="r" type="xs:duration"/>', "P99999999999999999999Y") is None


@pytest.mark.parametrize(("count", "more"), [(12, ""), (13, ", ...")])
def test_a_line_of_values_is_listed(count: int, more: str) -> None:
    values = value_type("".join(facet("enumeration", number) for number in range(count)))
    assert said(values, "x") == "expected: one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11" + more


@pytest.mark.parametrize(
    ("declarations", "value", "words"),
    [
        (listed("xs:int"), "1 ?", f"item 2, '?': expected: {INT}"),
        (listed("xs:int"), "", None),
        (listed("xs:int", facet("length", 2)), "1", "must have exactly 2 items, has 1"),
        (listed("xs:int", facet("length", 2)), "1  2", None),
        (listed("xs:int", facet("length", 1)), "1 2", "must have exactly 1 item, has 2"),
        (listed("xs:int", facet("minLength", 1)), " ", "empty; expected: at least 1 item"),
        (listed("xs:int", facet("enumeration", "1 2")), "2", "expected: one of 1 2"),
        (listed("xs:int", facet("enumeration", "1 2")), " 1  2 ", None),
        (listed("xs:QName"), "a 1", f"item 2, '1': {NAME}"),
        (listed("xs:QName", facet("length", 2)), "a", "must have exactly 2 items, has 1"),
        (listed("xs:QName", facet("length", 2)), "a:b c:d", None),
        (listed("xs:QName", facet("enumeration", "a b")), "c d", None),
        (simple('<xs:union memberTypes="xs:QName xs:int"/>'), "?", f"{NAME}, or {INT}"),
        (simple('<xs:union memberTypes="xs:QName xs:int"/>'), "a:b", None),
        (simple('<xs:union memberTypes="xs:QName xs:int"/>'), "1", None),
        (
            simple('<xs:union memberTypes="xs:boolean xs:date xs:boolean"/>'),
            "x",
            "expected: true or false, or a date such as 2024-05-31",
        ),
        (
            simple(
                '<xs:union><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="q"/>'
                '</xs:restriction></xs:simpleType><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType>'
                "</xs:union>"
            ),
            "x",
            f"expected: one of q, or a list: {INT}",
        ),
    ],
)
def test_lists_and_unions_say_what_their_parts_want(declarations: str, value: str, words: str | None) -> None:
    assert said(declarations, value) == words


def test_every_pattern_of_a_derived_type_is_told_and_the_broken_one_is_named() -> None:
    derived = (
        '<xs:element name="r" type="t:b"/><xs:simpleType name="a"><xs:restriction base="xs:string">'
        '<xs:pattern value="[a-z]+"/></xs:restriction></xs:simpleType><xs:simpleType name="b">'
        '<xs:restriction base="t:a"><xs:pattern value=".{2}"/></xs:restriction></xs:simpleType>'
    )
    field = leaf(form_of(derived), "")
    assert field.pattern_description == "2 characters; and 1 or more small letters"
    assert [field.check(value) for value in ("a", "ab", "AB")] == [
        *("expected: 2 characters", None, "expected: 1 or more small letters"),
    ]


def test_an_answer_is_remembered_for_short_values_only_and_is_the_same() -> None:
    field = leaf(form_of(value_type(facet("maxLength", 200))), "")
    assert [field.check("a" * count) for count in (200, 201, 200, 201)] == [
        *(None, "must have at most 200 characters, has 201", None, "must have at most 200 characters, has 201"),
    ]
