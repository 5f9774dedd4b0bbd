"""Problems as a line of text: the place first, no name twice."""

from __future__ import annotations

import pytest

from clacks_monitor.forms import ValidationIssue


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (ValidationIssue("odd"), "odd"),
        (ValidationIssue("odd", 3), "line 3: odd"),
        (ValidationIssue("odd", 3, 4), "line 3, column 4: odd"),
        (ValidationIssue("odd", None, 4), "odd"),
        (ValidationIssue("odd", 3, 4, "A[2]/B"), "line 3, column 4: A[2]/B: odd"),
        (ValidationIssue("B: odd", None, None, "A[2]/B"), "A[2]/B: odd"),
        (ValidationIssue("A: odd", None, None, "A[2]"), "A[2]: odd"),
        (ValidationIssue("C: odd", None, None, "A/B"), "A/B: C: odd"),
    ],
)
def test_a_problem_is_told_with_its_place(problem: ValidationIssue, told: str) -> None:
    assert str(problem) == told
