"""Questions on disk: shipped ones in both languages, the user's own, and files that are not what they should be."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.config import questions as stored
from clacks_monitor.config.questions import QuestionStore, StoredQuestion, export_question, shipped_questions
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path

COUNT = StoredQuestion("How many", "count(collection())", "All of them.", {"value": "Number"})


@pytest.fixture
def store(tmp_path: Path) -> QuestionStore:
    return QuestionStore(tmp_path / "questions")


def test_the_program_brings_the_same_seven_questions_in_both_languages() -> None:
    english, german = shipped_questions("en"), shipped_questions("de")
    assert len(english) == 7
    by_id = {one.id: one for one in german}
    for one in english:
        other = by_id[one.id]
        assert (one.query, one.shipped) == (other.query, True)
        assert one.name != other.name
        assert one.description != other.description
        assert one.headings.keys() == other.headings.keys()
    assert [one.name for one in shipped_questions("fr")] == [one.name for one in english]


def test_what_is_saved_comes_back(store: QuestionStore, tmp_path: Path) -> None:
    saved = store.save(COUNT)
    assert saved.id
    assert QuestionStore(tmp_path / "questions").all() == [saved]
    changed = store.save(replace(saved, name="How many?", query="1"))
    assert (store.all(), len(list((tmp_path / "questions").glob("*.json")))) == ([changed], 1)


def test_a_name_that_is_taken_gets_a_number(store: QuestionStore) -> None:
    store.save(COUNT)
    assert store.save(COUNT).name == "How many 2"
    assert len(store.all()) == 2


def test_a_shipped_one_is_saved_as_one_of_the_user(store: QuestionStore) -> None:
    shipped = shipped_questions("en")[0]
    saved = store.save(replace(shipped, id=""))
    assert not saved.shipped
    assert store.all() == [saved]


def test_what_is_deleted_can_be_brought_back(store: QuestionStore) -> None:
    saved = store.save(COUNT)
    store.delete(saved)
    assert store.all() == []
    assert store.undo_delete() == saved
    assert store.all() == [saved]
    with pytest.raises(StorageError, match="No deleted question"):
        store.undo_delete()


def test_questions_travel_as_files(store: QuestionStore, tmp_path: Path) -> None:
    saved = store.save(COUNT)
    for name in ("one.json", "one.xq"):
        export_question(saved, tmp_path / name)
    assert (tmp_path / "one.xq").read_text() == COUNT.query
    copy, text = store.import_file(tmp_path / "one.json"), store.import_file(tmp_path / "one.xq")
    assert (copy.name, copy.headings, copy.description) == ("How many 2", saved.headings, saved.description)
    assert (text.name, text.query) == ("one", COUNT.query)
    assert len({saved.id, copy.id, text.id}) == len(store.all()) == 3


def test_a_query_dropped_into_the_folder_is_a_question(store: QuestionStore, tmp_path: Path) -> None:
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "calls.xq").write_text("1 + 1")
    (found,) = store.all()
    assert (found.name, found.query) == ("calls", "1 + 1")
    assert store.all() == [found]
    changed = store.save(replace(found, query="2"))
    assert store.all() == [changed]
    assert not (tmp_path / "questions" / "calls.xq").exists()


def test_a_file_copied_by_hand_is_another_question(store: QuestionStore, tmp_path: Path) -> None:
    store.save(COUNT)
    (path,) = (tmp_path / "questions").glob("*.json")
    (tmp_path / "questions" / "zz.json").write_bytes(path.read_bytes())
    first, second = store.all()
    assert first.id != second.id
    assert [first.name, second.name] == ["How many", "How many 2"]


HOSTILE = {
    "not JSON": b"{",
    "another kind": b'{"kind": "clacks-monitor profile", "format": 1}',
    "a newer format": b'{"kind": "clacks-monitor question", "format": 99, "name": "a", "query": "1"}',
    "no name": b'{"kind": "clacks-monitor question", "format": 1, "query": "1"}',
    "no query": b'{"kind": "clacks-monitor question", "format": 1, "name": "a"}',
    "a number": b'{"kind": "clacks-monitor question", "format": 1, "name": 1, "query": "1"}',
    "a list of languages": b'{"kind": "clacks-monitor question", "format": 1, "name": {"en": []}, "query": "1"}',
    "no English": b'{"kind": "clacks-monitor question", "format": 1, "name": {"fr": "a"}, "query": "1"}',
    "several lines": b'{"kind": "clacks-monitor question", "format": 1, "name": "a\\nb", "query": "1"}',
    "a path as its id": (
        b'{"kind": "clacks-monitor question", "format": 1, "name": "a", "query": "1", "id": "../../passwd"}'
    ),
    "a long query": json.dumps(
        {"kind": "clacks-monitor question", "format": 1, "name": "a", "query": "1 " * stored.MAX_QUERY}
    ).encode(),
    "many headings": json.dumps(
        {"kind": "clacks-monitor question", "format": 1, "name": "a", "query": "1",
         "headings": {f"h{n}": "x" for n in range(stored.MAX_HEADINGS + 1)}}
    ).encode(),
    "no headings": b'{"kind": "clacks-monitor question", "format": 1, "name": "a", "query": "1", "headings": [1]}',
    "deep": b'{"kind":' + b"[" * 100_000,
    "large": b" " * 5_000_000,
}  # fmt: skip  # a table


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_named_and_left_alone(store: QuestionStore, tmp_path: Path, content: bytes) -> None:
    store.save(COUNT)
    path = tmp_path / "questions" / "bad.json"
    path.write_bytes(content)
    assert [one.name for one in store.all()] == ["How many"]
    assert [broken.path for broken in store.broken] == [path]
    with pytest.raises(StorageError):
        store.import_file(path)
    assert path.read_bytes() == content


def test_a_pipe_and_bytes_that_are_not_text_are_not_read(store: QuestionStore, tmp_path: Path) -> None:
    folder = tmp_path / "questions"
    folder.mkdir()
    os.mkfifo(folder / "pipe.json")
    (folder / "latin.xq").write_bytes(b"'\xff'")
    assert store.all() == []
    assert len(store.broken) == 2


def test_only_so_many_files_are_questions(
    store: QuestionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "MAX_FILES", 3)
    for number in range(3):
        store.save(replace(COUNT, name=f"q{number}"))
    with pytest.raises(StorageError, match="already 3 questions"):
        store.save(COUNT)
    (tmp_path / "questions" / "more.xq").write_text("1")
    assert len(store.all()) == 3
