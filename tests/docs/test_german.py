"""The German pages name what the German window shows, and cover what the English ones do."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import DOCS, ROOT, links
from tools.manual_pages import plain

if TYPE_CHECKING:
    from pathlib import Path

_TRANSLATED = {"erste-schritte.md": "first-steps.md", "zehn-aufgaben.md": "ten-tasks.md"}
_PAGES = [DOCS / "de" / name for name in _TRANSLATED]
_QUOTED = re.compile(r"„([^“\n]+)“")
_KEYS = re.compile(r"\bStrg\+(?:Umschalt\+)?(?:Eingabetaste|[^\s,;:)]\w*)")
_ENGLISH_KEYS = {"Strg": "Ctrl", "Umschalt": "Shift", "Eingabetaste": "Return"}
_VALUES = {"busy"}
"""What is quoted although it is the content of an event."""


def _shown() -> set[str]:
    """Return the German texts of the window."""
    tree = ET.parse(ROOT / "resources/translations/clacks_monitor_de.ts")
    found = [text for node in tree.iter("translation") for text in node.itertext()]
    return {_bare(text) for text in found}


def _bare(text: str) -> str:
    """Return a text without its access key, dots and values."""
    return re.sub(r"%L?(?:n|\d)|\{\d\}|^N ", "", plain(text.strip()).replace("\xa0", " ")).strip(" …:")


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_what_is_quoted_is_a_text_of_the_window(page: Path) -> None:
    quoted = {_bare(text) for text in _QUOTED.findall(page.read_text(encoding="utf-8"))}
    assert len(quoted) > 3
    assert quoted - _VALUES - _shown() == set()


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_keys_are_those_of_the_english_page(page: Path) -> None:
    english = (DOCS / _TRANSLATED[page.name]).read_text(encoding="utf-8")
    menus = (DOCS / "menus.md").read_text(encoding="utf-8")
    keys = set()
    for found in _KEYS.findall(page.read_text(encoding="utf-8")):
        keys.add("+".join(_ENGLISH_KEYS.get(part, part) for part in re.split(r"\+(?=.)", found)))
    assert len(keys) > 3
    missing = {key for key in keys if f"| {key} |" not in menus and key.replace("Return", "Enter") not in english}
    assert missing == set()


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_it_has_the_chapters_and_pictures_of_the_english_page(page: Path) -> None:
    english = DOCS / _TRANSLATED[page.name]

    def outline(path: Path) -> tuple[int, list[str]]:
        pictures = [target.rpartition("/")[2] for picture, target in links(path) if picture]
        return len(re.findall(r"^#+ ", path.read_text(encoding="utf-8"), re.MULTILINE)), pictures

    assert outline(page) == outline(english)
