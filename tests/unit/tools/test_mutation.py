"""The changes that ``make mutants`` makes, and which tests it runs for them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from coverage import CoverageData

from tools.mutation.__main__ import accepted, packages
from tools.mutation.coverage_map import ROOT, CoverageMap
from tools.mutation.operators import mutants
from tools.mutation.trial import MOST_SECONDS, MOST_TESTS, _choice

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = '''"""A module."""
LIMIT = 30
def f(a, b=False):
    """Say ä."""
    if a < LIMIT and not b:
        log(a + 1)
        widget.setSpacing(4)
    for x in a:
        try:
            g(x)
        except ValueError:
            continue
    return "ä" + a
'''


def changed_lines() -> set[tuple[str, str]]:
    """Return the changed line and what was changed, for each change of SOURCE."""
    found = set()
    for mutant in mutants("clacks_monitor/m.py", SOURCE):
        lines = mutant.applied(SOURCE.encode()).decode().splitlines()
        found.add((lines[mutant.line - 1].strip(), mutant.what))
    return found


def test_each_piece_of_a_module_is_changed_by_itself() -> None:
    assert changed_lines() == {
        ("LIMIT = 300", "30 becomes 300"),
        ("def f(a, b=True):", "False becomes True"),
        ("if not (a < LIMIT and not b):", "condition negated"),
        ("if a <= LIMIT and not b:", "< becomes <="),
        ("if a < LIMIT or not b:", "and becomes or"),
        ("if a < LIMIT and b:", "not removed"),
        ("pass", "call of log deleted"),
        ("log(a - 1)", "+ becomes -"),
        ("log(a + 2)", "1 becomes 2"),
        ("pass", "call of g deleted"),
        ("raise", "handler raises instead"),
        ("break", "continue becomes break"),
        ("return None", "returns None"),
    }


@pytest.mark.parametrize("condition", ["TYPE_CHECKING", "not TYPE_CHECKING"])
def test_what_only_a_type_checker_reads_is_left_alone(condition: str) -> None:
    assert list(mutants("clacks_monitor/m.py", f"if {condition}:\n    import x\nelse:\n    import y\n")) == []


def test_a_change_is_named_by_its_place_and_line() -> None:
    keys = {mutant.key for mutant in mutants("clacks_monitor/m.py", SOURCE)}
    assert "clacks_monitor/m.py :: f :: log(a + 1) :: + becomes -" in keys


@pytest.mark.parametrize("package", ["core", "forms"])
def test_every_change_of_the_program_compiles(package: str) -> None:
    count = 0
    for path in packages()[package][:4]:
        source = path.read_text(encoding="utf-8")
        for mutant in mutants(str(path.relative_to(ROOT)), source):
            changed = mutant.applied(source.encode())
            ast.parse(changed)
            assert changed != source.encode()
            count += 1
    assert count > 50


def test_the_fastest_tests_of_a_line_run_first_up_to_a_bound(tmp_path: Path) -> None:
    data = CoverageData(str(tmp_path / "coverage"))
    names = [f"tests/t.py::test_{number}" for number in range(MOST_TESTS + 10)]
    for name in names:
        data.set_context(f"{name}|run")
        data.add_lines({"/somewhere/clacks_monitor/core/x.py": [7]})
    tests = CoverageMap(data, {name: float(len(names) - number) for number, name in enumerate(names)})
    found = tests.tests_of("clacks_monitor/core/x.py", 7)
    assert found == names[::-1]
    assert tests.tests_of("clacks_monitor/core/x.py", 8) == found
    assert tests.tests_of("clacks_monitor/core/y.py", 7) == []
    chosen, seconds = _choice(found, tests)
    assert chosen == found[: len(chosen)]
    assert seconds <= MOST_SECONDS
    data.close()


def test_a_table_that_is_only_imported_concerns_the_tests_that_import_it(tmp_path: Path) -> None:
    data = CoverageData(str(tmp_path / "coverage"))
    data.set_context("")
    data.add_lines({"/somewhere/clacks_monitor/gui/kit/command_list.py": [7]})
    names = ["tests/gui/kit/test_commands.py::test_one", "tests/gui/kit/test_formats.py::test_two"]
    tests = CoverageMap(data, dict.fromkeys(names, 1.0))
    assert tests.tests_of("clacks_monitor/gui/kit/command_list.py", 7) == names[:1]
    assert tests.tests_of("clacks_monitor/gui/kit/no_such.py", 7) == []
    data.close()


def test_what_child_processes_execute_concerns_the_tests_beside_the_module(tmp_path: Path) -> None:
    data = CoverageData(str(tmp_path / "coverage"))
    beside = [f"tests/unit/session/questions/test_{name}.py::test" for name in ("asking", "rows")]
    seconds = {
        beside[0]: 1.0,
        beside[1]: 2.0,
        "tests/contracts/test_questions.py::test": 3.0,
        "tests/unit/test_x.py::t": 0,
    }
    for name, path in ((beside[1], "session/questions/rows.py"), (beside[1], "session/work/queue.py")):
        data.set_context(f"{name}|run")
        data.add_lines({f"/somewhere/clacks_monitor/{path}": [7]})
    tests = CoverageMap(data, seconds)
    last = [beside[0], "tests/contracts/test_questions.py::test"]
    assert tests.tests_of("clacks_monitor/session/questions/rows.py", 7) == [beside[1], *last]
    assert tests.tests_of("clacks_monitor/session/questions/worker.py", 7) == [*beside, last[1]]
    assert tests.tests_of("clacks_monitor/session/work/queue.py", 7) == [beside[1]]
    data.close()


def test_an_accepted_change_still_exists_and_has_a_reason() -> None:
    found = accepted()
    assert all(found.values())
    paths = {key.partition(" :: ")[0] for key in found}
    keys = {mutant.key for path in paths for mutant in mutants(path, (ROOT / path).read_text(encoding="utf-8"))}
    assert set(found) <= keys
