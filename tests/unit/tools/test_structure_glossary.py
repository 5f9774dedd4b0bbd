"""The names that ``make structure`` finds in a module, and the glossary's words in them."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from tools.structure.glossary import GLOSSARY, GlossaryError, hits, terms
from tools.structure.names import Name, names, words
from tools.structure.source import Module

if TYPE_CHECKING:
    from tools.structure.names import Kind


def found(text: str, name: str = "p.mod") -> list[tuple[str, str]]:
    module = Module(name, "p/mod.py", dedent(text), is_package=False)
    return [(each.kind, each.full) for each in names([module])]


def is_hit(glossary: str, full: str, kind: Kind = "function") -> bool:
    name = Name(kind, full, "p/mod.py", 1)
    return bool(hits([name], terms(glossary)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("_told_by", ("told", "by")),
        ("FeedOwner", ("feed", "owner")),
        ("XMLPart2", ("xml", "part", "2")),
        ("MAX_HEAD", ("max", "head")),
        ("takeAt", ("take", "at")),
        ("_", ()),
    ],
)
def test_a_name_is_cut_into_words(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


def test_each_name_is_found_once_for_what_it_is_defined_in() -> None:
    text = """
        LIMIT = 1
        class A:
            field: int = 0
            __slots__ = ("x",)
            def __init__(self, first, *rest, key=1, **others):
                self.kept = first
                self.kept = other.changed = 2
                (self.left, right) = rest
            async def run(self):
                for item in self.kept:
                    self.left = item
                try:
                    with item as opened: ...
                except ValueError as error: ...
                call = lambda value: value
    """
    assert found(text) == [
        ("module", "p.mod"),
        ("attribute", "p.mod.LIMIT"),
        ("class", "p.mod.A"),
        ("attribute", "p.mod.A.field"),
        ("parameter", "p.mod.A.__init__.self"),
        ("parameter", "p.mod.A.__init__.first"),
        ("parameter", "p.mod.A.__init__.rest"),
        ("parameter", "p.mod.A.__init__.key"),
        ("parameter", "p.mod.A.__init__.others"),
        ("attribute", "p.mod.A.kept"),
        ("attribute", "p.mod.A.left"),
        ("local", "p.mod.A.__init__.right"),
        ("function", "p.mod.A.run"),
        ("parameter", "p.mod.A.run.self"),
        ("local", "p.mod.A.run.item"),
        ("local", "p.mod.A.run.opened"),
        ("local", "p.mod.A.run.error"),
        ("local", "p.mod.A.run.call"),
        ("parameter", "p.mod.A.run.value"),
    ]


def test_the_root_package_is_not_named_by_the_glossary() -> None:
    assert found("", "p") == []


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        ("told", "told", True),
        ("told", "told_by", True),
        ("told", "_TOLD", True),
        ("told", "QueryTold", True),
        ("told", "untold", False),
        ("late_parts", "the_late_parts", True),
        ("late_parts", "late_small_parts", False),
        ("*_words", "gap_words", True),
        ("*_words", "words", False),
        ("*_words", "words_of", False),
        ("take_*", "_take_rows", True),
        ("take_*", "take", False),
        ("take_*", "retake_rows", False),
        ("=Line", "_Line", True),
        ("=Line", "line", False),
        ("=Line", "StatusLine", False),
    ],
)
def test_a_word_is_whole_and_stands_where_its_form_says(pattern: str, name: str, *, expected: bool) -> None:
    assert is_hit(f"{pattern} -> x", f"p.mod.{name}") is expected


def test_a_word_counts_for_its_kind_only() -> None:
    glossary = "class head, =take -> x"
    assert is_hit(glossary, "p.Head", "class")
    assert not is_hit(glossary, "p.head", "function")
    assert is_hit(glossary, "p.take", "parameter")


def test_an_exception_is_the_end_of_a_dotted_name() -> None:
    glossary = "told -> x; except mod.told, Reader.*, told_a*"
    assert not is_hit(glossary, "p.mod.told")
    assert is_hit(glossary, "p.other.told")
    assert is_hit(glossary, "p.amod.told")
    assert not is_hit(glossary, "p.b.Reader.f.told", "local")
    assert not is_hit(glossary, "p.b.told_again")


def test_a_hit_says_what_to_use_instead_and_is_counted_once() -> None:
    name = Name("function", "p.mod.told_words", "p/mod.py", 7)
    (place,) = hits([name], terms("# a comment\n\ntold -> notified\nwords -> message\n"))
    assert str(place) == "p/mod.py:7 function told_words: told -> notified"


@pytest.mark.parametrize("line", ["told", "told ->", "-> x", "told, -> x", "verb told -> x"])
def test_a_line_that_cannot_be_read_is_an_error(line: str) -> None:
    with pytest.raises(GlossaryError, match=r"told|-> x"):
        terms(line)


def test_the_glossary_can_be_read_and_lets_its_own_replacements_pass() -> None:
    glossary = terms(GLOSSARY.read_text(encoding="utf-8"))
    better = (
        "transport",
        "ConnectionWorker",
        "receiver_link",
        "GapTracker",
        "effects",
        "alert",
        "precheck",
        "status_line",
    )
    assert [name for name in better if hits([Name("function", f"p.{name}", "p.py", 1)], glossary)] == []
    assert hits([Name("function", "p.told_by", "p.py", 1)], glossary)
