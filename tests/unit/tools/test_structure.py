"""``make structure``: each measurement on a small package made for it, the limits, and the command."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from tools.structure import __main__ as command
from tools.structure import children, classes, comments, imports, lengths
from tools.structure.figures import Figure, measured
from tools.structure.limits import LIMITS, Limit, limits, lowered
from tools.structure.report import as_json, over, table
from tools.structure.source import Place, modules

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tools.structure.source import Module

    Make = Callable[[dict[str, str]], list[Module]]


@pytest.fixture
def package(tmp_path: Path) -> Make:
    """Make a package ``p`` of the given files."""

    def make(files: dict[str, str]) -> list[Module]:
        for name, text in files.items():
            path = tmp_path / "p" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), encoding="utf-8")
        return modules(tmp_path, "p")

    return make


def what(places: list[Place]) -> list[str]:
    return [place.what for place in places]


def test_modules_are_named_by_their_path(package: Make) -> None:
    found = package({"__init__.py": "", "a/__init__.py": "", "a/b.py": "", "c.py": ""})
    assert [(module.name, module.top, module.is_package) for module in found] == [
        ("p", "", True),
        ("p.a", "a", True),
        ("p.a.b", "a", False),
        ("p.c", "c", False),
    ]


def test_every_import_statement_is_an_edge_of_the_graph(package: Make) -> None:
    found = package(
        {
            "__init__.py": "",
            "a/__init__.py": "from p.a.one import One",
            "a/one.py": "import p.top\nimport os",
            "a/two.py": """
                from typing import TYPE_CHECKING
                if TYPE_CHECKING:
                    from . import one
                def f():
                    from ..top import x
            """,
            "b.py": "from p.a import One",
            "c.py": "from p.a import one",
            "top.py": "x = 1",
        }
    )
    assert imports.graph(found) == {
        "p": set(),
        "p.a": {"p.a.one"},
        "p.a.one": {"p.top"},
        "p.a.two": {"p.a.one", "p.top"},
        "p.b": {"p.a"},
        "p.c": {"p.a.one"},
        "p.top": set(),
    }


def test_files_that_import_each_other_are_one_cycle_with_its_shortest_way(package: Make) -> None:
    found = package(
        {
            "a.py": "import p.b",
            "b.py": "import p.c",
            "c.py": "if TYPE_CHECKING:\n    import p.a\n    import p.d",
            "d.py": "def f():\n    import p.c",
            "e.py": "import p.a\nimport p.f",
            "f.py": "import p.g",
            "g.py": "import p.f",
            "h.py": "import p.h",
        }
    )
    assert what(imports.cycles(found)) == ["c > d > c; 4 files: a, b, c, d", "f > g > f; 2 files: f, g"]
    assert [place.path for place in imports.files_in_cycles(found)] == [f"p/{name}.py" for name in "abcdfg"]


def test_a_package_is_in_a_cycle_when_its_front_is_imported_not_when_a_module_in_it_is(package: Make) -> None:
    files = {"a/__init__.py": "from p.a.one import One", "a/one.py": "import p.b", "b.py": "from p.a import two"}
    assert imports.cycles(package({**files, "a/two.py": ""})) == []
    assert what(imports.cycles(package({**files, "b.py": "from p.a import One"}))) == [
        "a > a.one > b > a; 3 files: a, a.one, b"
    ]


def test_an_import_inside_a_function_counts_once_however_deep(package: Make) -> None:
    found = package(
        {
            "a.py": """
                import os
                class A:
                    import sys
                    async def f(self):
                        import json
                        def g():
                            from re import sub
            """
        }
    )
    assert [str(place) for place in imports.imports_in_functions(found)] == [
        "p/a.py:6 import json",
        "p/a.py:8 from re import sub",
    ]


def test_noqa_is_found_in_comments_only_and_wants_a_reason(package: Make) -> None:
    found = comments.noqa(
        package(
            {
                "a.py": """
                    a = 1  # noqa: E501 - a long line
                    b = 1  # noqa: E501, S101
                    c = 1  # a text # noqa
                    d = "# noqa: E501"
                    e = 1  # noqa: E501  # type: ignore[x]
                    f = 1  # noqa: PLR2004 - [Y01]
                    # ruff: noqa: E501
                """
            }
        )
    )
    assert [place.line for place in found] == [2, 3, 4, 6, 7, 8]
    assert [place.line for place in comments.without_reason(found)] == [3, 4, 6, 8]


def test_a_property_and_its_setter_are_one_method(package: Make) -> None:
    methods = "".join(f"    def m{number}(self): ...\n" for number in range(14))
    pair = "    @property\n    def x(self): ...\n    @x.setter\n    def x(self, value): ...\n"
    more = "    if A:\n        def _y(self):\n            def inner(): ...\n"
    found = package({"a.py": f"class A:\n{methods}{pair}\nclass B:\n{methods}{pair}{more}\nclass C: ...\n"})
    assert what(classes.wide_classes(found)) == ["B has 16 methods"]
    assert classes.number_of_classes(found) == 3


def test_class_names_are_shared_by_packages_or_repeated_in_one(package: Make) -> None:
    found = package(
        {
            "a/x.py": "class A: ...\nclass B: ...\nclass C: ...",
            "a/y.py": "class B: ...",
            "b/x.py": "def f():\n    class A: ...",
            "top.py": "class C: ...",
        }
    )
    assert what(classes.shared_names(found)) == ["A, also in p/b/x.py:2", "C, also in p/top.py:1"]
    assert [place.what[0] for place in classes.repeated_names(found)] == ["A", "B", "C"]


def test_a_base_with_one_child_is_reported_unless_it_is_made_or_meant_as_a_base(package: Make) -> None:
    found = package(
        {
            "a/__init__.py": "from p.a.bases import Cut",
            "a/bases.py": """
                from abc import ABC
                from typing import Protocol
                class Cut: ...
                class Made: ...
                class Asked:
                    @classmethod
                    def new(cls): ...
                class Twice: ...
                class Port(Protocol): ...
                class Abstract(ABC): ...
                class Under(Abstract): ...
                class OwnError(Exception): ...
                class Alone: ...
                class Box(Thing[int]): ...
            """,
            "b.py": """
                from p.a import Cut
                from p.a import bases as base
                class Whole(Cut): ...
                class M(base.Made): ...
                class N(base.Asked): ...
                class T1(base.Twice): ...
                class T2(base.Twice): ...
                class P(base.Port): ...
                class U(base.Under): ...
                class E(base.OwnError): ...
                class X(base.Box[str]):
                    def __init__(self):
                        base.Box.__init__(self)
                base.Made()
                base.Asked.new()
            """,
        }
    )
    assert what(children.one_child(found)) == ["Cut < Whole (p/b.py:4)", "Box < X (p/b.py:12)"]


def test_the_longest_files_and_functions_come_first(package: Make) -> None:
    found = package(
        {
            "a.py": "\n" * 401,
            "b.py": "\n" * 400,
            "c.py": "x = 1\n" * 402,
            "d.py": "@x\ndef f():\n" + "    a\n" * 50 + "def g():\n" + "    a\n" * 51 + "def h():\n" + "    a\n" * 49,
        }
    )
    assert [str(place) for place in lengths.long_files(found)] == ["p/c.py:1 402 lines", "p/a.py:1 401 lines"]
    assert what(lengths.long_functions(found)) == ["g, 52 lines", "f, 51 lines"]
    assert lengths.function_lengths(found) == [50, 51, 52]


def test_a_percentile_is_one_of_the_values() -> None:
    ordered = list(range(1, 11))
    assert [lengths.percentile(ordered, percent) for percent in (0, 50, 90, 91, 100)] == [1, 5, 9, 10, 10]
    assert lengths.percentile([], 50) == 0


def test_blank_lines_comments_and_docstrings_are_not_code(package: Make) -> None:
    (module,) = package(
        {
            "a.py": '''\
                """A module
                of two lines."""

                # a comment
                x = 1  # code
                """What x is."""
                y = """a string

                of three lines"""
                def f(
                    a,
                ):
                    """Say."""
                    return a
            '''
        }
    )
    assert lengths.code_lines(module) == 8
    assert lengths.lines(module) == 14


def test_all_figures_of_a_checkout_and_only_excuses_count_beside_the_package(tmp_path: Path) -> None:
    for name, text in {
        "p/a.py": "import p.b\nclass A: ...\n",
        "p/b.py": "def f():\n    import p.a  # noqa: PLC0415\n",
        "t/test.py": "class A: ...\nx = 1  # noqa: E1 - so\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    found = {figure.name: figure.value for figure in measured(tmp_path, [], "p", ["t"])}
    assert found == {
        "cycles": 1,
        "cycle_files": 2,
        "function_imports": 1,
        "function_import_files": 1,
        "noqa": 2,
        "noqa_without_reason": 1,
        "wide_classes": 0,
        "shared_class_names": 0,
        "repeated_class_names": 0,
        "one_child": 0,
        "glossary": 0,
        "glossary_locals": 0,
        "long_files": 0,
        "function_median": 2,
        "function_p90": 2,
        "long_functions": 0,
        "code_lines": 4,
        "all_lines": 4,
    }


FIGURES = [
    Figure("cycles", "import cycles", 2, (Place("p/a.py", 1, "a > b > a"),)),
    Figure("share", "wide classes", 7.5, (), " %"),
    Figure("code_lines", "lines", 55_320),
]


def test_the_table_holds_each_figure_with_its_limit_and_places() -> None:
    allowed = {"cycles": Limit(1, 0), "share": Limit(7.5, 3)}
    rows = [row.split() for row in table(FIGURES, allowed, with_places=True)]
    assert rows == [
        ["today", "limit", "goal"],
        ["import", "cycles", "2", "1", "0"],
        ["p/a.py:1", "a", ">", "b", ">", "a"],
        ["wide", "classes", "7.5", "%", "7.5", "%", "3", "%"],
        ["lines", "55,320"],
    ]
    assert len(list(table(FIGURES, allowed, with_places=False))) == 4


def test_json_holds_values_limits_and_where_wanted_places() -> None:
    allowed = {"cycles": Limit(1, 0)}
    plain = json.loads(as_json(FIGURES, allowed, with_places=False))
    assert plain == {
        "cycles": {"value": 2, "limit": 1, "goal": 0},
        "share": {"value": 7.5},
        "code_lines": {"value": 55_320},
    }
    assert json.loads(as_json(FIGURES, {}, with_places=True))["cycles"]["places"] == ["p/a.py:1 a > b > a"]


def test_what_is_over_its_limit_is_named_and_so_is_a_limit_of_nothing() -> None:
    assert over(FIGURES, {"cycles": Limit(2, 0), "share": Limit(7.5, 3)}) == []
    assert over(FIGURES, {"cycles": Limit(1, 0), "share": Limit(7.4, 3), "circles": Limit(1, 0)}) == [
        "import cycles: 2, more than 1",
        "wide classes: 7.5 %, more than 7.4 %",
        "limits.toml names circles, which is not a figure",
    ]


def test_limits_are_lowered_but_not_raised() -> None:
    text = """\
# cycles
cycles = { limit = 9, goal = 0 }
share = { limit = 7.5, goal = 3 }
noqa = { limit = 60, goal = 60 }
"""
    changed = lowered(text, {"cycles": 4, "share": 6.2, "noqa": 59})
    assert limits(changed) == {"cycles": Limit(4, 0), "share": Limit(6.2, 3), "noqa": Limit(60, 60)}
    assert changed.startswith("# cycles\n")


def test_every_limit_is_one_of_a_figure_and_not_below_its_goal() -> None:
    known = limits(LIMITS.read_text(encoding="utf-8"))
    assert known
    assert [name for name, limit in known.items() if limit.limit < limit.goal] == []


def test_the_command_fails_over_a_limit_and_lowers_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("clacks_monitor", "tests", "tools", "benchmarks"):
        (tmp_path / folder).mkdir()
    (tmp_path / "clacks_monitor" / "a.py").write_text("def told(): ...\n")
    file = tmp_path / "limits.toml"
    file.write_text("cycles = { limit = 9, goal = 0 }\nglossary = { limit = 0, goal = 0 }\n")
    monkeypatch.setattr(command, "ROOT", tmp_path)
    monkeypatch.setattr(command, "LIMITS", file)
    assert command.main(["--check", "--list"]) == 1
    printed = capsys.readouterr()
    assert "clacks_monitor/a.py:1 function told" in printed.out
    assert printed.err.count("\n") == 1
    assert "1, more than 0" in printed.err
    assert command.main(["--lower", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["glossary"] == {"value": 1, "limit": 0, "goal": 0}
    assert limits(file.read_text()) == {"cycles": Limit(0, 0), "glossary": Limit(0, 0)}
