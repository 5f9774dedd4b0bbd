"""What was probably meant."""

from __future__ import annotations

from clacks_monitor.core.suggestions import MAX_NAMES, did_you_mean, nearest


def test_the_most_similar_name_is_meant() -> None:
    assert nearest("CalerId", ["CallerId", "ReceiverId", "Status"]) == "CallerId"
    assert did_you_mean("sned", ["listen", "send"]) == " Did you mean send?"


def test_a_name_in_another_case_is_meant_however_short() -> None:
    assert nearest("ID", ["Name", "Id"]) == "Id"


def test_nothing_is_meant_by_what_is_like_no_name() -> None:
    assert nearest("xyz", ["listen", "send"]) == ""
    assert did_you_mean("xyz", []) == ""


def test_names_of_any_length_and_number_are_bounded_work() -> None:
    assert nearest("x" * 1_000_000, ["y" * 1_000_000, "x"]) == ""
    names = (f"name-{number}" for number in range(10 * MAX_NAMES))
    assert nearest("nome-7", names) == "name-7"
    assert next(names) == f"name-{MAX_NAMES}", "no more were asked for"


def test_how_alike_names_must_be() -> None:
    assert nearest("abcde", ["abcxy"]) == "abcxy"
    assert nearest("abcde", ["abxyz"]) == ""
    assert nearest("abcde", ["abcxy"], 0.7) == ""
    assert nearest("abcde", ["abxyz"], 0.3) == "abxyz"


def test_the_first_of_names_that_differ_in_case_is_meant() -> None:
    assert nearest("NAME", ["Name", "name"]) == "Name"


def test_names_of_a_hundred_characters_are_compared() -> None:
    assert nearest("x" * 99 + "y", ["x" * 100]) == "x" * 100
    assert nearest("x" * 100 + "y", ["x" * 100]) == ""
    assert nearest("x" * 99 + "y", ["x" * 101]) == ""
    assert MAX_NAMES == 2_000
