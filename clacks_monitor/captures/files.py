"""Making and opening captures: the functions by which core.capture_files.CaptureFiles makes stores. Any thread."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from clacks_monitor.captures import layout, opening, ring, temporary
from clacks_monitor.captures.capture_file import CaptureFile
from clacks_monitor.captures.guarding import Purpose, connect
from clacks_monitor.captures.writer import Capture
from clacks_monitor.core.storage_errors import CaptureError

if TYPE_CHECKING:
    from clacks_monitor.captures.temporary import Claim

PROGRAM = "clacks-monitor"


def create(path: Path, *, program: str = PROGRAM) -> Capture:
    """Make a new, empty capture that records ``program`` as its creator.

    Raises CaptureError where there is a file already or none can be.
    """
    return _create(path, program, None)


def _create(path: Path, program: str, claim: Claim | None) -> Capture:
    """Reserve the name, lay the capture out under another one, and move it there: no reader meets half of one."""
    unfinished = path.with_name(f".{path.name}.new")
    try:
        _make_file(path)
        unfinished.unlink(missing_ok=True)
        _make_file(unfinished)
    except FileExistsError:
        raise CaptureError(f"{path} exists already.") from None
    except OSError as error:
        raise CaptureError(f"{path} cannot be created: {error.strerror}.") from error
    try:
        with contextlib.closing(connect(unfinished, "mode=rw", purpose=Purpose.BUILDING)) as building:
            layout.create(building, program)
        unfinished.replace(path)
        db = connect(path, "mode=rw", purpose=Purpose.WRITING)
        with layout.closed_on_error(db):
            layout.prepare_writer(db)
    except (OSError, sqlite3.Error) as error:
        for file in (*temporary.files_of(unfinished), *temporary.files_of(path)):
            file.unlink(missing_ok=True)
        raise CaptureError(f"{path} cannot be created: {error}.") from error
    return Capture(CaptureFile(path, db, claim=claim), identity=layout.stored_id(db))


def _make_file(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def open_capture(path: Path) -> Capture:
    """Open an existing capture for appending; a file of an older format is brought up to date first.

    Limits that it holds are not in force until use_stored_retention(): another user may have set them. Raises
    CaptureError if the file does not exist, is not a capture, is damaged, or has a later format.
    """
    try:
        db = opening.open_for_writing(path)
        with layout.closed_on_error(db):
            limits, identity = ring.stored(db), layout.stored_id(db)
    except sqlite3.Error as error:
        raise CaptureError(f"{path} cannot be opened as a capture: {opening.why(error)}.") from error
    return Capture(CaptureFile(path, db), identity=identity, stored_retention=limits)


def open_readonly(path: Path | str) -> Capture:
    """Open a capture for looking only, also while another process writes to it. Raises CaptureError."""
    path = Path(path)
    db, _stamp = opening.open_for_reading(path)
    try:
        with layout.closed_on_error(db):
            opening.check_numbers(db, path)
    except sqlite3.Error as error:
        raise CaptureError(f"{path} cannot be opened as a capture: {opening.why(error)}.") from error
    return Capture(CaptureFile(path, db, read_only=True))


def create_temporary(folder: Path, *, program: str = PROGRAM) -> Capture:
    """Make a capture in ``folder`` that close() removes unless save_as() kept it.

    After a crash it stays: abandoned() finds it. Raises CaptureError.
    """
    path, claim = temporary.new_path(folder)
    try:
        return _create(path, program, claim)
    except CaptureError:
        claim.release()
        raise
