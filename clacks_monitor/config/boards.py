"""Definitions of boards: the program's, and those that users drop into a folder. Validated when read; any thread."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clacks_monitor import assets
from clacks_monitor.core.board import MAX_KEY, MOODS, BoardDefinition, Rule, Spelling, StateName
from clacks_monitor.core.files import BrokenFile, Fields, Schema, read_document
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = Schema("clacks-monitor board", 1, {})
MAX_RULES = 50
MAX_SPELLINGS = 50
_ID = re.compile(r"[a-z0-9-]{1,40}")
_NAME = re.compile(r"[^\W\d][\w.\-·]*")
_PATH = re.compile(r"([^\W\d][\w.\-·]*)(/[^\W\d][\w.\-·]*)*(/@[^\W\d][\w.\-·]*)?|@[^\W\d][\w.\-·]*")


def read_boards(folder: Path, language: str) -> tuple[list[BoardDefinition], list[BrokenFile]]:
    """Return the boards in ``language`` (English where a text is missing), the user's own last, and the broken files.

    A board of the user replaces a shipped one that has the same id.
    """
    paths = [assets.path("resources", "boards", name) for name in assets.names("resources", "boards", suffix=".json")]
    paths += sorted(folder.glob("*.json")) if folder.is_dir() else []
    boards: dict[str, BoardDefinition] = {}
    broken: list[BrokenFile] = []
    for path in paths:
        try:
            board = board_from(read_document(path, SCHEMA), language)
        except StorageError as error:
            broken.append(BrokenFile(path, str(error)))
        else:
            boards[board.id] = board
    return list(boards.values()), broken


def board_from(fields: Fields, language: str) -> BoardDefinition:
    """Return the board of a checked document in one language. Raises DocumentError."""
    identity = fields.text("id", limit=40)
    if not _ID.fullmatch(identity):
        raise fields.error("id", "made of small letters, digits and -")
    lead = fields.text("lead", "", limit=200)
    if lead and lead not in fields.mapping("columns"):
        raise fields.error("lead", "a column of the board")
    columns, states = _inner(fields, "columns"), _inner(fields, "states")
    spelled = frozenset(fields.texts("spelled", limit=50, length=200))
    if not spelled <= set(fields.mapping("columns")):
        raise fields.error("spelled", "made of columns of the board")
    spans = frozenset(fields.texts("spans", limit=50, length=200))
    if not spans <= set(fields.mapping("states")):
        raise fields.error("spans", "made of states of the board")
    return BoardDefinition(
        id=identity,
        title=_said(fields, "title", language),
        key_title=_said(fields, "key", language),
        columns={name: _said(columns, name, language) for name in fields.mapping("columns")},
        states={name: _state(states, name, language) for name in fields.mapping("states")},
        lead=lead,
        spellings=tuple(_spelling(spelling) for spelling in fields.items("spellings", limit=MAX_SPELLINGS)),
        spelled=spelled,
        spans=spans,
        rules=tuple(
            _rule(rule, frozenset(fields.mapping("columns"))) for rule in fields.items("rules", limit=MAX_RULES)
        ),
    )


def _inner(fields: Fields, key: str) -> Fields:
    return fields.inner(key) or Fields({}, key)


def _said(fields: Fields, key: str, language: str) -> str:
    translated = fields.inner(key)
    if translated is None:
        raise fields.error(key, 'an object with a text for "en" and other languages')
    return translated.name(language if translated.has(language) else "en")


def _state(states: Fields, name: str, language: str) -> StateName:
    inner = states.inner(name)
    mood = inner.choice("mood", MOODS, "quiet") if inner is not None else "quiet"
    return StateName(_said(states, name, language), mood)


def _spelling(fields: Fields) -> Spelling:
    starts, becomes = fields.text("starts", "", limit=MAX_KEY), fields.text("becomes", "", limit=MAX_KEY)
    length = fields.integer("length", low=0, high=MAX_KEY)
    if not starts and not length:
        raise fields.error("starts", 'there, or "length" if keys of that length may begin with anything')
    return Spelling(starts, becomes, length)


def _path(fields: Fields, key: str, text: str, *, counted: bool = False) -> str:
    if text and not _PATH.fullmatch(text.removeprefix("#") if counted else text):
        raise fields.error(key, "a path such as Network/Name or @kind")
    return text


def _rule(fields: Fields, columns: frozenset[str]) -> Rule:
    name = fields.text("type", limit=200)
    if not _NAME.fullmatch(name):
        raise fields.error("type", "the name of an event type")
    values = {column: _path(fields, "values", _text(fields, "values", path), counted=True)
              for column, path in fields.mapping("values").items()}  # fmt: skip
    clears = fields.texts("clears", limit=50, length=200)
    if not {*values, *clears} <= columns:
        raise fields.error("values", f"made of columns of the board: {', '.join(sorted(columns))}")
    rule = Rule(
        type=name,
        key=_path(fields, "key", fields.text("key", "", limit=1000)),
        listed=fields.flag("list"),
        every=fields.texts("every", limit=50, length=200),
        within=_path(fields, "within", fields.text("within", "", limit=1000)),
        rest=fields.text("rest", "", limit=200),
        state=fields.text("state", "", limit=200),
        state_of=_path(fields, "state_of", fields.text("state_of", "", limit=1000)),
        states={value: _text(fields, "states", state) for value, state in fields.mapping("states").items()},
        values=values,
        clears=clears,
    )
    _check(rule, fields)
    return rule


def _check(rule: Rule, fields: Fields) -> None:
    """Raise DocumentError where the parts of a rule do not fit each other."""
    if rule.rest and not rule.within:
        raise fields.error("rest", 'used with "within" only')
    about_place = bool(rule.within) and not rule.key and not rule.every
    if about_place and not rule.state and not rule.state_of:
        return
    if bool(rule.key) is bool(rule.every):
        raise fields.error("key", 'there, or "every" instead of it')
    if bool(rule.state) is bool(rule.state_of):
        raise fields.error("state", 'there, or "state_of" instead of it')


def _text(fields: Fields, key: str, value: object) -> str:
    if not isinstance(value, str) or not value or len(value) > 1000:  # longer than any path
        raise fields.error(key, "an object of texts")
    return value
