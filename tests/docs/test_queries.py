"""The queries of the manual compile, and match what the page says; its events are valid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from lxml import etree

from clacks_monitor.forms import Catalogue
from clacks_monitor.xquery import compile_query
from tests.docs.pages import DOCS, PAGES, ROOT, Block, blocks

if TYPE_CHECKING:
    from pathlib import Path

_EVENT = re.compile(r"\*\*([A-F])\*\* [^\n]*\n\n```xml\n(.*?)\n```", re.DOTALL)
_TOLD = re.compile(r"```xquery\n(.*?)\n```\n\nMatches ([^\n]*)\.\n", re.DOTALL)
_ROW = re.compile(r"^\| [^|`]+ \| `(.+?)` \| ([A-F, ]+) \|$", re.MULTILINE)
_TUTORIAL, _SHEET = DOCS / "filters.md", DOCS / "filter-cheat-sheet.md"


class Told(NamedTuple):
    """A query, and the letters of the events that it matches as a page says."""

    page: Path
    query: str
    letters: str


def told() -> list[Told]:
    found = [(_TUTORIAL, *match) for match in _TOLD.findall(_TUTORIAL.read_text(encoding="utf-8"))]
    found += [(_SHEET, *match) for match in _ROW.findall(_SHEET.read_text(encoding="utf-8"))]
    return [Told(page, query, "".join(re.findall(r"\b[A-F]\b", letters))) for page, query, letters in found]


def events() -> dict[str, bytes]:
    """Return the tutorial's events by their letters."""
    found = _EVENT.findall(_TUTORIAL.read_text(encoding="utf-8"))
    return {letter: text.encode() for letter, text in found}


@pytest.mark.parametrize("case", told(), ids=lambda case: case.query[-50:])
def test_a_query_matches_what_the_page_says(case: Told) -> None:
    query = compile_query(case.query)
    assert "".join(letter for letter, event in events().items() if query.matches(event).matches) == case.letters


def test_every_query_of_the_tutorial_says_what_it_matches() -> None:
    assert len([case for case in told() if case.page == _TUTORIAL]) == len(blocks("xquery", pages=[_TUTORIAL])) >= 12
    rows = [line for line in _SHEET.read_text(encoding="utf-8").splitlines() if line.endswith(" |") and "| `" in line]
    assert len([case for case in told() if case.page == _SHEET]) == len(rows) >= 15
    assert list(events()) == list("ABCDEF")


@pytest.mark.parametrize(
    "block", blocks("xquery", pages=[page for page in PAGES if page.name != "questions.md"]), ids=str
)
def test_queries_compile_for_the_broker_too(block: Block) -> None:
    assert compile_query(block.text).broker_would_refuse is None


@pytest.mark.parametrize("block", blocks("xml"), ids=str)
def test_events_are_valid_and_schemas_define_a_type(block: Block, tmp_path: Path) -> None:
    text = block.text
    root = etree.fromstring(text)
    if etree.QName(root).localname == "Event":
        assert Catalogue([ROOT / "schemas"]).validator.check(root) is None
        return
    name = str(root.xpath("string(*[local-name() = 'element']/@name)"))
    (tmp_path / f"{name}.xsd").write_text(text, encoding="utf-8")
    (found,) = Catalogue([tmp_path]).types()
    assert (found.name, found.problem) == (name, None)


def test_queries_in_running_text_compile() -> None:
    texts = {
        text for page in PAGES for text in re.findall(r"`(\./[^`]+|not\(\./[^`]+)`", page.read_text(encoding="utf-8"))
    }
    assert len(texts) > 10
    for text in texts:
        if "f:" not in text and not text.endswith(".xsd"):
            compile_query(text)
