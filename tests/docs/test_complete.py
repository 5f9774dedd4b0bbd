"""Every command, option and menu entry occurs in the manual, and nothing that is gone."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.app import build_parser
from clacks_monitor.core.event import BodyKind, GapCause, ProblemKind
from clacks_monitor.gui.kit.command_list import COMMANDS, MENUS, Command
from tests.docs.pages import DOCS
from tools.manual_pages import plain

if TYPE_CHECKING:
    from enum import StrEnum

_GENERATED = {"menus.md", "command-line.md"}
_TEXTS = {page.name: page.read_text(encoding="utf-8") for page in sorted(DOCS.glob("*.md"))}
_CHAPTERS = re.sub(r"\s+", " ", "\n".join(text for name, text in _TEXTS.items() if name not in _GENERATED))
_TITLES = {key: plain(title) for key, title in MENUS}
_REFERENCE = re.compile(rf"\b({'|'.join(_TITLES.values())}) > ")
_KEYS = re.compile(r" \(([A-Z][\w+.]*)\)")
_NOT_COMMANDS = {"View": ("Boards", "Types", "Profiles", "Event", "Timeline")}
"""What is in a menu besides commands: panes and boards."""
_SHORT = {"About Clacks Event Monitor": "About"}
_OBVIOUS = {"fullscreen", "layout.reset", "theme.system", "theme.light", "theme.dark", "quit", "commands"}
"""What the generated page of menus says all there is to say about."""


def _named(command: Command) -> str:
    """Return what the manual calls an entry."""
    return _SHORT.get(plain(command.text), plain(command.text))


def _parsers() -> list[argparse.ArgumentParser]:
    top = build_parser()
    subs = [action for action in top._actions if isinstance(action, argparse._SubParsersAction)]
    return [top, *(parser for action in subs for parser in action.choices.values())]


@pytest.mark.parametrize("parser", _parsers(), ids=lambda parser: parser.prog)
def test_every_option_is_explained(parser: argparse.ArgumentParser) -> None:
    page = _TEXTS["command-line.md"]
    section = page[page.index(f"## {parser.prog.rpartition(' ')[2]}") :] if " " in parser.prog else page
    section = section.split("\n## ")[0] if " " in parser.prog else page
    names = [name for action in parser._actions for name in action.option_strings]
    assert [name for name in names if not re.search(rf"`[^`]*{re.escape(name)}\b", section)] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.key)
def test_every_menu_entry_has_its_place(command: Command) -> None:
    name = f"{_TITLES[command.menu]} > {_named(command)}"
    assert f"| {plain(command.text)} |" in _TEXTS["menus.md"]
    keys = re.search(rf"(?<![\w+]){re.escape(command.shortcut)}(?![\w+])", _CHAPTERS) if command.shortcut else None
    assert command.key in _OBVIOUS or name in _CHAPTERS or keys, name


def _problem(menu: str, rest: str) -> str:
    """Return what is wrong with a reference to a menu, "" when nothing is; ``rest`` is the text behind the menu."""
    if rest.startswith(_NOT_COMMANDS.get(menu, ())):
        return ""
    known = [c for c in COMMANDS if _TITLES[c.menu] == menu and re.match(rf"{re.escape(_named(c))}\b", rest)]
    if not known:
        return f"{menu} > {rest[:30]} does not exist"
    command = max(known, key=lambda c: len(c.text))
    keys = _KEYS.match(rest, len(_named(command)))
    return (
        "" if keys is None or keys[1] == command.shortcut else f"{menu} > {rest[:30]} has the keys {command.shortcut}"
    )


def test_menu_entries_that_the_manual_names_exist_with_their_keys() -> None:
    found = [_problem(match[1], _CHAPTERS[match.end() : match.end() + 80]) for match in _REFERENCE.finditer(_CHAPTERS)]
    assert len(found) > 40
    assert list(filter(None, found)) == []


def test_every_exit_status_and_variable_is_named() -> None:
    page = _TEXTS["command-line.md"]
    assert [number for number in range(6) if f"| {number} | " not in page] == []
    assert "CLACKS_MONITOR_PASSWORD" in page


@pytest.mark.parametrize("kinds", [BodyKind, GapCause, ProblemKind])
def test_every_word_of_a_capture_is_named(kinds: type[StrEnum]) -> None:
    page = _TEXTS["capture-format.md"]
    assert [kind.value for kind in kinds if f"`{kind.value}`" not in page] == []


def test_no_line_of_the_changelog_is_there_twice() -> None:
    lines = [line for line in (DOCS.parent / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if len(line) > 20]
    assert sorted({line for line in lines if lines.count(line) > 1}) == []
