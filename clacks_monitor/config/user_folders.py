"""Makes the user's folders at the start, for their owner alone; says which cannot be used, and what works all the same.

Any thread.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from clacks_monitor.core.files import remove_leftovers
from clacks_monitor.core.folders import Folders, make_private
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import StorageError

_PROBE = b"\0" * 4096


def prepare(folders: Folders) -> tuple[Folders, list[Message]]:
    """Make the folders that are missing and close those open to others.

    Returns the folders to use - a temporary one in place of the state's where that cannot be written - and what is
    wrong, nothing when all is well. Raises StorageError when received events cannot be stored at all.
    """
    problems: list[Message] = []
    reason = _problem(folders.config)
    if reason:
        problems.append(Message("Changes of settings, connections and profiles cannot be saved: {0}", reason))
    reason = _problem(folders.data)
    if reason:
        problems.append(
            Message(
                "Templates cannot be saved, and the history of sent events is kept until the program ends: {0}", reason
            )
        )
    reason = _problem(folders.state)
    if reason:
        folders = Folders(folders.config, folders.data, _stand_in(reason))
        problems.append(
            Message(
                "Received events are kept in {0} until the program ends. Layout and commands cannot be saved: {1}",
                str(folders.state),
                reason,
            )
        )
    for folder in (folders.config, folders.data, folders.state):
        remove_leftovers(folder)
    problems += [Message("{0} is accessible to other users: {1}.", str(path), why) for path, why in _left_open(folders)]
    return folders, problems


def release(used: Folders, given: Folders) -> None:
    """Remove a folder that prepare() made for this run, unless it contains a capture that was not discarded."""
    if used.state == given.state:
        return
    with contextlib.suppress(OSError):
        if not any(used.unsaved.glob("*.capture")):
            shutil.rmtree(used.state)


def _stand_in(reason: str) -> Path:
    """Make a folder for this run where there is room. Raises StorageError."""
    for place in (None, "/dev/shm"):  # noqa: S108 - the folder that is made there has a random name
        with contextlib.suppress(OSError):
            made = Path(tempfile.mkdtemp(prefix="clacks-monitor-", dir=place))
            if not _problem(made):
                return made
            made.rmdir()
    raise StorageError(f"There is no place for what is received: {reason}")


def _problem(folder: Path) -> str:
    """Return why nothing can be written into a folder, "" when it can."""
    try:
        make_private(folder)
    except PermissionError as error:
        if not os.access(folder, os.W_OK | os.X_OK):  # else it belongs to another user, and is ours to write to
            return f"{folder}: {error.strerror}."
    except OSError as error:
        return f"{error.filename or folder}: {error.strerror or error}."
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(_PROBE)
            probe.flush()
    except OSError as error:
        return f"{folder}: {error.strerror or error}."
    return ""


def _left_open(folders: Folders) -> list[tuple[Path, str]]:
    """Close folders of ours, that are there, to others; return those that stay open, and why."""
    inner = (
        folders.profiles,
        folders.schemas,
        folders.boards,
        folders.questions,
        folders.templates,
        folders.captures,
        folders.unsaved,
    )
    found: list[tuple[Path, str]] = []
    for folder in (folders.config, folders.data, folders.state, *inner):
        try:
            if folder.is_dir() and folder.stat().st_mode & 0o077:
                folder.chmod(0o700)
        except OSError as error:
            found.append((folder, error.strerror or str(error)))
    return found
