"""Questions on disk: the program's, and the user's in a folder, one JSON file each. Validated when read; any thread.

Files that people exchange are untrusted: their sizes, their number and every value are bounded. An XQuery file (.xq)
in the folder is a question too, named after the file.
"""

from __future__ import annotations

import contextlib
import re
import threading
import uuid
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from clacks_monitor import assets
from clacks_monitor.config.folder_lock import FolderLock
from clacks_monitor.config.trash import Trash
from clacks_monitor.core.files import (
    MAX_NAME,
    BrokenFile,
    Fields,
    Schema,
    free_name,
    read_bytes,
    read_document,
    write_atomically,
    write_document,
    write_named,
)
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SCHEMA: Final = Schema("clacks-monitor question", 1, {})
MAX_FILES: Final = 500
MAX_QUERY: Final = 100_000
"""Characters of a query, see clacks_monitor.xquery."""
MAX_HEADINGS: Final = 200
MAX_DESCRIPTION: Final = 10_000
XQUERY: Final = ".xq"
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class StoredQuestion:
    """A question that can be asked again and again.

    ``headings`` are those of columns of its result and ``parameters`` the captions of its external variables, by their
    names; what is not in them is shown by its name. A ``shipped`` one is of the program, and cannot be changed.
    """

    name: str
    query: str
    description: str = ""
    headings: Mapping[str, str] = field(default_factory=dict, hash=False)
    parameters: Mapping[str, str] = field(default_factory=dict, hash=False)
    id: str = ""
    shipped: bool = False


def shipped_questions(language: str) -> list[StoredQuestion]:
    """Return the questions that come with the program, in a language, English where a text is missing."""
    folder = ("resources", "questions")
    paths = [assets.path(*folder, name) for name in assets.names(*folder, suffix=".json")]
    found = [replace(question_from(read_document(path, SCHEMA), language), shipped=True) for path in paths]
    return sorted(found, key=lambda one: one.name.casefold())


def question_from(fields: Fields, language: str) -> StoredQuestion:
    """Return the question of a checked document in one language. Raises DocumentError."""
    identity = fields.text("id", "", limit=64) or uuid.uuid4().hex
    if not _ID.fullmatch(identity):
        raise fields.error("id", "made of letters, digits, - and _")
    return StoredQuestion(
        name=_said(fields, "name", language).name(),
        query=fields.text("query", limit=MAX_QUERY),
        description=_said(fields, "description", language).text("description", "", limit=MAX_DESCRIPTION),
        headings=_captions(fields, "headings", language),
        parameters=_captions(fields, "parameters", language),
        id=identity,
    )


def _said(fields: Fields, key: str, language: str) -> Fields:
    """Return the fields in which the text ``key`` is the one of a language, where there are several."""
    if not isinstance(fields.raw(key), dict):
        return fields
    said = fields.mapping(key)
    return Fields({key: said.get(language, said.get("en"))}, f'"{key}"')


def _captions(fields: Fields, key: str, language: str) -> dict[str, str]:
    names = fields.mapping(key)
    inner = fields.inner(key)
    if inner is None:
        return {}
    if len(names) > MAX_HEADINGS or any(len(name) > MAX_NAME for name in names):
        raise fields.error(key, f"an object with at most {MAX_HEADINGS} names")
    return {name: _said(inner, name, language).name(name) for name in names}


def question_values(question: StoredQuestion) -> dict[str, object]:
    """Return what a question's file holds, in the order it is written."""
    return {
        "id": question.id,
        "name": question.name,
        "description": question.description,
        "query": question.query,
        "headings": dict(question.headings),
        "parameters": dict(question.parameters),
    }


class QuestionStore:
    """The user's questions in a folder. Each change is on disk when the method returns; each raises StorageError."""

    def __init__(self, folder: Path, language: str = "en") -> None:
        self._folder, self._language = folder, language
        self._trash = Trash(folder)
        self._lock = FolderLock(folder)
        self._one = threading.RLock()
        self._paths: dict[str, Path] = {}
        self.broken: tuple[BrokenFile, ...] = ()
        """The files that could not be read the last time; they are never changed."""

    def all(self) -> list[StoredQuestion]:
        """Read the folder, and return its questions by name."""
        with self._one:
            found: dict[str, StoredQuestion] = {}
            broken: list[BrokenFile] = []
            self._paths = {}
            for path in self._files():
                try:
                    question = _read(path, self._language)
                except StorageError as error:
                    broken.append(BrokenFile(path, str(error)))
                    continue
                if question.id in found:  # a file that was copied by hand
                    question = replace(question, id=_id_of(path))
                question = replace(question, name=free_name(question.name, [one.name for one in found.values()]))
                found[question.id], self._paths[question.id] = question, path
            self.broken = tuple(broken)
            return sorted(found.values(), key=lambda one: one.name.casefold())

    def _files(self) -> Sequence[Path]:
        with contextlib.suppress(OSError):
            paths = sorted(path for path in self._folder.iterdir() if path.suffix in {".json", XQUERY})
            return [path for path in paths if not path.name.startswith(".")][:MAX_FILES]
        return []

    def save(self, question: StoredQuestion) -> StoredQuestion:
        """Store a new or changed question; a name that is taken gets a number."""
        with self._one, self._lock:
            others = [one for one in self.all() if one.id != question.id]
            return self._store(question, [one.name for one in others])

    def _store(self, question: StoredQuestion, taken: Sequence[str]) -> StoredQuestion:
        if len(self._paths) >= MAX_FILES:
            raise StorageError(Message("There are already {0:,} questions.", MAX_FILES))
        name = free_name(Fields({"name": question.name}, "question").name(), taken)
        stored = replace(question, name=name, id=question.id or uuid.uuid4().hex, shipped=False)
        old = self._paths.get(stored.id)
        self._paths[stored.id] = write_named(self._folder, name, SCHEMA, question_values(stored), replacing=old)
        return stored

    def delete(self, question: StoredQuestion) -> None:
        """Move a question to the trash, from where undo_delete() brings the last one back."""
        with self._one, self._lock:
            self.all()
            path = self._paths.get(question.id)
            if path is None:
                return
            try:
                write_document(self._trash.new_path(question.id), SCHEMA, question_values(question))
                path.unlink(missing_ok=True)
            except OSError as error:
                raise StorageError(Message("The question cannot be deleted: {0}.", error.strerror or error)) from error

    def undo_delete(self) -> StoredQuestion:
        """Bring back the question deleted last. Raises StorageError when there is none."""
        with self._one, self._lock:
            names = [one.name for one in self.all()]
            for path in self._trash.files():
                with contextlib.suppress(StorageError):
                    back = self._store(_read(path, self._language), names)
                    path.unlink(missing_ok=True)
                    return back
        raise StorageError(Message("No deleted question to restore."))

    def import_file(self, path: Path) -> StoredQuestion:
        """Add the question of a file; one that is there already is added once more."""
        with self._one, self._lock:
            question = replace(_read(path, self._language), id=uuid.uuid4().hex)
            return self._store(question, [one.name for one in self.all()])


def export_question(question: StoredQuestion, path: Path) -> None:
    """Write a question to a file for others; to one that ends in ``.xq`` its query alone. Raises StorageError."""
    if path.suffix == XQUERY:
        write_atomically(path, question.query.encode("utf-8", "backslashreplace"))
    else:
        write_document(path, SCHEMA, question_values(replace(question, id=uuid.uuid4().hex)))


def _id_of(path: Path) -> str:
    """Return the identifier of a file that has none: the same one each time."""
    return uuid.uuid5(uuid.NAMESPACE_URL, path.name).hex


def _read(path: Path, language: str) -> StoredQuestion:
    if path.suffix != XQUERY:
        return question_from(read_document(path, SCHEMA), language)
    try:
        text = read_bytes(path, 4 * MAX_QUERY).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StorageError(Message("{0} is not a text in UTF-8.", str(path))) from error
    values = {"id": _id_of(path), "name": path.stem.strip()[:MAX_NAME] or "question", "query": text}
    return question_from(Fields(values, path.name), language)
