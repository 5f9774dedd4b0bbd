from __future__ import annotations

import re

import pytest

from clacks_monitor import assets
from clacks_monitor.forms import Catalogue
from clacks_monitor.forms.vocabulary import AttributeInfo, ElementInfo
from clacks_monitor.gui.manual import page_text
from tests.docs.pages import PAGES, anchors


@pytest.mark.parametrize("name", page_text.names())
def test_no_directive_of_the_web_pages_is_left(name: str) -> None:
    text = page_text.prepared(name)
    assert text.startswith("# ")
    assert not re.search(r"```\{|:::", text)


def test_the_contents_list_every_page_by_its_title() -> None:
    text = page_text.prepared("index.md")
    assert "- [First steps](first-steps.md)" in text
    assert "- [Erste Schritte](de/erste-schritte.md)" in text


def test_anchors_are_those_of_the_web_pages() -> None:
    for page in PAGES:
        text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
        headings = re.findall(r"^#{1,4} +(.+?) *$", text, re.MULTILINE)
        plain = [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "") for heading in headings]
        assert {page_text.slug(heading) for heading in plain} >= anchors(page)


def test_a_search_finds_pages_whatever_the_case() -> None:
    assert "replay.md" in dict(page_text.found("RePlay HAS effects"))
    assert page_text.found("no page has this text") == []


def test_the_event_types_of_this_site_are_listed() -> None:
    folder = assets.folder("schemas")
    text = page_text.event_types(Catalogue([folder]).vocabulary())
    assert "| ./\\*:Event/\\*:PhoneStatus | CallerId, ReceiverId, Status |" in text
    assert text.count("\n| ./") == len(list(folder.glob("*.xsd"))) == 31


def test_names_of_others_are_shown_as_they_are() -> None:
    bad = "a](http://x)|<b>`\n"
    attribute = AttributeInfo(bad, "", "", (), required=False)
    kind = ElementInfo(bad, "", "", (), (attribute,), (), "")
    (row,) = page_text.event_types([kind]).splitlines()[4:]
    assert row.count("|") - row.count("\\|") == 3
    assert "<b>" not in row.replace("\\<", "")


def test_without_types_there_is_no_list() -> None:
    assert page_text.event_types([]) == ""
