"""No two things in one form answer to the same access key, in either language."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from clacks_monitor import assets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEY = re.compile(r"(?<!&)&([^&\s])")
FOLDER = Path(__file__).resolve().parents[2] / "ui"
NAMES = sorted(path.name for path in FOLDER.glob("*.ui"))
FORMS: list[tuple[str, ...]] = [(name,) for name in NAMES]
PANES: list[tuple[str, ...]] = [("compose.ui", name) for name in NAMES if name.startswith("compose_")]
"""Forms that are seen together: the compose window with one of its panes."""


def german() -> Callable[[str, str], str]:
    path = assets.path("resources", "translations", "clacks_monitor_de.ts")
    known = {
        (context.findtext("name"), message.findtext("source")): message.findtext("translation")
        for context in ET.parse(path).getroot().iter("context")
        for message in context.iter("message")
    }
    return lambda form, text: known[form, text] or ""


def texts(element: ET.Element, place: str) -> Iterator[tuple[str, str]]:
    """Yield every text with the menu or page that it stands in, "" for the form itself.

    A menu's title belongs to what is around the menu.
    """
    for found in element:
        inside = place
        if found.tag == "widget":
            page = found.find("attribute[@name='title']") is not None
            if page or (found.get("class") == "QMenu"):
                inside = str(found.get("name"))
            title = found.find("property[@name='title']/string") if inside != place else None
            if title is not None:
                yield place, title.text or ""
                found.remove(found.find("property[@name='title']"))  # type: ignore[arg-type]  # it is there
        elif found.tag == "attribute" and found.get("name") == "title":
            continue
        if found.tag == "string":
            yield place, found.text or ""
        yield from texts(found, inside)


def keys_of(name: str, say: Callable[[str, str], str]) -> dict[str, dict[str, list[str]]]:
    """Return for each menu and page of a form, "" for what is always seen, its access keys and their words."""
    root = ET.parse(FOLDER / name).getroot()
    form = root.findtext("class") or ""
    widget = root.find("widget")
    assert widget is not None
    places: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    tabs = [found.findtext("string") or "" for found in widget.iter("attribute") if found.get("name") == "title"]
    # What actions say stands in menus, each a place of its own.
    actions = {found.findtext("property[@name='text']/string") for found in widget.iter("action")}
    for place, source in [*texts(widget, ""), *(("", tab) for tab in tabs)]:
        if KEY.search(source) and source not in actions:
            word = say(form, source)
            found = KEY.search(word)
            assert found is not None
            places[place][found[1].lower()].append(word)
    return places


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("names", FORMS + PANES)
def test_access_keys_are_used_once(names: tuple[str, ...], language: str) -> None:
    say = german() if language == "de" else lambda _form, text: text
    places: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in names:
        for place, keys in keys_of(name, say).items():
            for key, words in keys.items():
                places[place][key] += words
    answering = [
        words + (places[""].get(key, []) if place and not place.endswith("Menu") else [])
        for place, keys in list(places.items())
        for key, words in list(keys.items())
    ]
    assert [words for words in answering if len(words) > 1] == []
