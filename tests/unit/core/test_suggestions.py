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
