"""Copying a whole capture while events go on arriving. Thread: the caller's."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

from clacks_monitor.captures import opening
from clacks_monitor.captures.guarding import LONGEST_ROW, Purpose, connect
from clacks_monitor.core.storage_errors import CaptureError, ReadingStoppedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_MOST, _SMALL = 4, 10_000_000
"""A copy that gets larger than so many times its source and so many bytes is of a damaged one."""
_STEP = 100_000  # SQLite's virtual machine instructions between two reports of progress


@contextlib.contextmanager
def copied(source: Path, target: Path, progress: Callable[[int, int], bool] | None) -> Iterator[Path]:
    """Copy ``source`` as it is now beside ``target`` and give that file's path; it is removed unless it was moved away.

    The source is read in one snapshot, so its writer continues meanwhile. Raises CaptureError, ReadingStoppedError.
    """
    unfinished = target.with_name(f".{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    total = sum(file.stat().st_size for file in (source, opening.beside(source, "-wal")) if file.exists())
    db, _stamp = opening.open_for_reading(source)
    stopped = False

    def look() -> int:
        nonlocal stopped
        done = unfinished.stat().st_size if unfinished.exists() else 0
        stopped = progress is not None and not progress(min(done, total), total)
        return int(stopped or done > _MOST * total + _SMALL)  # pages that lead to each other would never end

    try:
        db.use_for(Purpose.BUILDING)
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_ROW)
        db.set_progress_handler(look, _STEP)
        db.execute("PRAGMA query_only = OFF")  # VACUUM INTO writes, though not to this file
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # as private as the source
        db.execute("VACUUM INTO ?", (str(unfinished),))
        yield unfinished
    except sqlite3.Error as error:
        if stopped:
            raise ReadingStoppedError(f"Saving {target} was cancelled.") from error
        raise CaptureError(f"{target} cannot be written: {opening.why(error)}.") from error
    except OSError as error:
        if isinstance(error, CaptureError):
            raise
        raise CaptureError(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        db.close()
        for suffix in ("", "-wal", "-shm", "-journal"):
            unfinished.with_name(unfinished.name + suffix).unlink(missing_ok=True)


@contextlib.contextmanager
def copied_by(db: sqlite3.Connection, target: Path) -> Iterator[Path]:
    """Do what copied() does by a connection whose file has no name any more. Raises CaptureError."""
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        db.execute("VACUUM INTO ?", (str(unfinished),))
        yield unfinished
    except sqlite3.Error as error:
        raise CaptureError(f"{target} cannot be written: {opening.why(error)}.") from error
    except OSError as error:
        if isinstance(error, CaptureError):
            raise
        raise CaptureError(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def top_up(copy: Path, source: Path) -> None:
    """Bring ``copy`` up to what ``source`` holds now: what was appended or annotated since it was copied."""
    db = connect(copy, "mode=rw", purpose=Purpose.BUILDING)
    try:
        db.execute("ATTACH ? AS source", (f"{source.absolute().as_uri()}?mode=ro",))
        db.execute("BEGIN IMMEDIATE")
        (last,) = db.execute("SELECT coalesce(max(seq), 0) FROM entry").fetchone()
        for table in ("type", "source"):
            db.execute(f"INSERT OR IGNORE INTO {table} SELECT * FROM source.{table}")
        for table in ("entry", "body", "gap"):
            db.execute(f"INSERT INTO {table} SELECT * FROM source.{table} WHERE seq > ?", (last,))
        for table in ("note", "snapshot", "tally", "copy"):
            db.execute(f"DELETE FROM {table}")
            db.execute(f"INSERT INTO {table} SELECT * FROM source.{table}")
        for table in ("entry", "body", "gap"):
            db.execute(f"DELETE FROM {table} WHERE seq < (SELECT min(seq) FROM source.entry)")
        db.execute("COMMIT")
        db.execute("DETACH source")
    finally:
        db.close()
