"""Small files on disk: written atomically, validated when read. No state; any thread.

Files that people exchange (profiles, templates) are untrusted: a size limit comes before reading, a check of every
value before use, and each error says which file, which place in it, and what was expected there.
"""

from __future__ import annotations

import contextlib
import fcntl
import glob
import itertools
import json
import os
import re
import stat
import tempfile
import time
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.folders import make_folder
from clacks_monitor.core.json_text import JsonError, read_json
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    Document = dict[str, Any]
    Migrations = Mapping[int, Callable[[Document], Document]]

MAX_BYTES = 4 * 1024 * 1024
MAX_NAME = 200
_NEW = ".new"
_LONGEST = 200
"""Of a name within that of a new file: file systems allow 255 bytes."""
_NO_TEXT = re.compile("[\0\ud800-\udfff]")  # JSON can spell halves of characters, which no UTF-8 holds


class DocumentError(StorageError):
    """A file of this program is of another kind, broken, or holds an invalid value; the text names file and place."""


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """A file that cannot be read and is left unchanged, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Schema:
    """A kind of JSON file: its name, the current format number, and the migrations from older formats."""

    kind: str
    format: int
    migrations: Migrations


def write_atomically(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Replace ``path`` by ``content``: after a crash at any moment the file is the old or the new one, complete.

    What writers of the same file left behind when they were killed is removed. Raises StorageError.
    """
    try:
        make_folder(path.parent)
        _remove_leftovers(path)
        while not _written(path, content, mode):
            pass  # the new file was taken for a leftover in the moment before it was locked
        sync_folder(path.parent)
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror or error}.") from error


def _written(path: Path, content: bytes, mode: int) -> bool:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:_LONGEST]}.", suffix=_NEW, dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        try:
            # The lock shows that the file's writer runs; the kernel releases it with the process.
            fcntl.flock(handle, fcntl.LOCK_EX)
            os.fchmod(handle, mode)
            file.write(content)
            file.flush()
            os.fsync(handle)
            os.replace(name, path)  # the name is what mkstemp gave
        except FileNotFoundError:
            if path.parent.is_dir():
                return False
            raise
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)  # as above
            raise
    return True


def _remove_leftovers(path: Path) -> None:
    """Remove new files of writers that have ended; a running writer holds a lock on its file."""
    for left in path.parent.glob(f".{glob.escape(path.name[:_LONGEST])}.????????{_NEW}"):
        with contextlib.suppress(OSError):
            handle = os.open(left, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                left.unlink()
            finally:
                os.close(handle)


def remove_leftovers(folder: Path) -> None:
    """Remove what killed writers of any file of a folder left behind."""
    with contextlib.suppress(OSError):
        for name in {left.name[1 : -len(_NEW) - 9] for left in folder.glob(f".*.????????{_NEW}")}:
            _remove_leftovers(folder / name)


def set_aside(path: Path) -> Path:
    """Rename a file that cannot be used: another can take its place. Return the new path. Raises StorageError."""
    stamp = f"{path.name}.broken-{time.strftime('%Y%m%d-%H%M%S')}"
    try:
        names = {found.name for found in path.parent.iterdir()}
        aside = path.with_name(next(name for name in _numbered(stamp) if name not in names))
        path.rename(aside)
    except OSError as error:
        raise StorageError(f"{path} is broken and cannot be set aside: {error.strerror or error}.") from error
    return aside


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in itertools.count(2))


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` survive a power failure, where the file system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def is_there(path: Path) -> bool:
    """Return whether there is a file; False also where the system does not tell, and what opens it then says why."""
    try:
        path.stat()
    except (OSError, ValueError):
        return False
    return True


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the content of a regular file of at most ``limit`` bytes. Raises StorageError.

    Nothing else is opened: opening a pipe would block, and opening a device may have side effects.
    """
    try:
        if not path.exists():
            raise StorageError(f"There is no file {path}.")
        if not path.is_file():
            raise StorageError(f"{path} is not a regular file, so it was not read.")
        # The file may have been replaced meanwhile: opening does not block, and the opened file is checked again.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise StorageError(f"{path} is not a regular file, so it was not read.")
            content = file.read(limit + 1)
    except OSError as error:
        if isinstance(error, StorageError):
            raise
        raise StorageError(f"{path} cannot be read: {error.strerror or error}.") from error
    if len(content) > limit:
        raise StorageError(f"{path} is larger than {limit:,} bytes, so it was not read.")
    return content


def write_document(path: Path, schema: Schema, values: Mapping[str, Any]) -> None:
    """Write a JSON file of a kind, indented, with the keys in the order given. Raises StorageError."""
    document = {"kind": schema.kind, "format": schema.format, **values}
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    write_atomically(path, text.encode("utf-8", "backslashreplace"))


def write_named(
    folder: Path, name: str, schema: Schema, values: Mapping[str, Any], *, replacing: Path | None = None
) -> Path:
    """Write a JSON file that is named after ``name``, in place of another one; return its path. Raises StorageError."""
    used = [path.name for path in folder.glob("*") if path != replacing] if folder.is_dir() else []
    target = folder / file_name(name, used)
    write_document(target, schema, values)
    if replacing is not None and replacing != target:
        replacing.unlink(missing_ok=True)
    return target


def read_document(path: Path, schema: Schema) -> Fields:
    """Return the values of a JSON file of a kind, migrated to the current format. Raises StorageError."""
    content = read_bytes(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{path} is not UTF-8 text (byte {error.start}).") from None
    try:
        document = read_json(text, str(path))
    except JsonError as error:
        raise DocumentError(str(error), line=error.line, column=error.column) from None
    return Fields(_current(path, document, schema), str(path))


def _current(path: Path, document: object, schema: Schema) -> Document:
    if not isinstance(document, dict) or document.get("kind") != schema.kind:
        raise DocumentError(f'{path} is no {schema.kind}: its "kind" does not say so.')
    number = document.get("format")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise DocumentError(f'{path} has no format number: "format" must be a whole number from 1.')
    if number > schema.format:
        text = f"{path} has format {number}; this version knows formats up to {schema.format}. Install a newer one."
        raise DocumentError(text)
    for step in range(number, schema.format):
        try:
            document = schema.migrations[step](dict(document))
        except (KeyError, TypeError, ValueError) as error:
            text = f"{path} of format {step} cannot be brought to format {step + 1}: {error!r}."
            raise DocumentError(text) from error
    return document


class Fields:
    """Checked access to the values of an untrusted document. Each method raises DocumentError naming file and key."""

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self._values = values
        self._where = where

    def _wrong(self, key: str, expected: str) -> DocumentError:
        return DocumentError(f'{self._where}: "{key}" must be {expected}.')

    def has(self, key: str) -> bool:
        """Return whether there is a value for ``key``."""
        return key in self._values

    def text(self, key: str, default: str | None = None, *, limit: int = 100_000) -> str:
        """Return a text of at most ``limit`` characters."""
        value = self._values.get(key, default)
        if not isinstance(value, str) or len(value) > limit or _NO_TEXT.search(value):
            raise self._wrong(key, f"a text of at most {limit:,} characters")
        return value

    def any_text(self, key: str, *, limit: int = 1_000_000) -> str:
        """Return a text that may hold any character, "" where there is none."""
        value = self._values.get(key, "")
        if not isinstance(value, str) or len(value) > limit:
            raise self._wrong(key, f"a text of at most {limit:,} characters")
        return value

    def name(self, key: str = "name") -> str:
        """Return a name: one line, not empty."""
        value = self.text(key, limit=MAX_NAME).strip()
        if not value or not value.isprintable():
            raise self._wrong(key, f"a name: one line of 1 to {MAX_NAME} characters")
        return value

    def choice(self, key: str, choices: Collection[str], default: str) -> str:
        """Return one of ``choices``."""
        value = self._values.get(key, default)
        if not isinstance(value, str) or value not in choices:
            raise self._wrong(key, f"one of {', '.join(choices)}")
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return true or false."""
        value = self._values.get(key, default)
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false")
        return value

    def integer(self, key: str, default: int = 0, *, low: int = -(2**53), high: int = 2**53) -> int:
        """Return a whole number from ``low`` to ``high``."""
        value = self._values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self._wrong(key, f"a whole number from {low:,} to {high:,}")
        return value

    def number(self, key: str, default: float, *, low: float, high: float) -> float:
        """Return a number from ``low`` to ``high``."""
        value = self._values.get(key, default)
        if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
            raise self._wrong(key, f"a number from {low:,} to {high:,}")
        return float(value)

    def texts(self, key: str, *, limit: int = 1000, length: int = 100_000) -> tuple[str, ...]:
        """Return a list of at most ``limit`` texts."""
        value = self._values.get(key, [])
        if not isinstance(value, list) or len(value) > limit:
            raise self._wrong(key, f"a list of at most {limit:,} texts")
        if not all(isinstance(item, str) and len(item) <= length and not _NO_TEXT.search(item) for item in value):
            raise self._wrong(key, f"a list of texts of at most {length:,} characters")
        return tuple(value)

    def mapping(self, key: str) -> Document:
        """Return an object with text keys, {} where there is none."""
        value = self._values.get(key, {})
        if not isinstance(value, dict):
            raise self._wrong(key, "an object")
        return value

    def inner(self, key: str) -> Fields | None:
        """Return the fields of an object inside, None where there is none or null."""
        if self._values.get(key) is None:
            return None
        return Fields(self.mapping(key), f'{self._where}: in "{key}"')

    def items(self, key: str, *, limit: int = 1000) -> list[Fields]:
        """Return the fields of each object of a list."""
        value = self._values.get(key, [])
        if not isinstance(value, list) or len(value) > limit or not all(isinstance(item, dict) for item in value):
            raise self._wrong(key, f"a list of at most {limit:,} objects")
        return [Fields(item, f'{self._where}: "{key}", number {n}') for n, item in enumerate(value, 1)]

    def raw(self, key: str) -> object:
        """Return the value as it is, None where there is none; the caller checks it."""
        return self._values.get(key)

    def error(self, key: str, expected: str) -> DocumentError:
        """Return the error to raise for a value that the caller found wrong."""
        return self._wrong(key, expected)


def file_name(name: str, taken: Iterable[str], suffix: str = ".json") -> str:
    """Return a safe, readable file name for ``name`` that is not among ``taken`` (compared without case)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "unnamed"
    used = {item.lower() for item in taken}
    number, found = 2, f"{stem}{suffix}"
    while found in used:
        found, number = f"{stem}-{number}{suffix}", number + 1
    return found


def free_name(name: str, taken: Collection[str]) -> str:
    """Return ``name``, or with " 2", " 3" ... behind it where it is taken (compared without case)."""
    used = {item.casefold() for item in taken}
    if name.casefold() not in used:
        return name
    stem = re.sub(r" \d{1,6}$", "", name)[: MAX_NAME - 8]
    number = 2
    while f"{stem} {number}".casefold() in used:
        number += 1
    return f"{stem} {number}"
