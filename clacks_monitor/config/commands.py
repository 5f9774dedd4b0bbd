"""Examines the command of an alert as it would be run now: the program, and the content of the files that it names.

A consent covers the program, unless only root can change it, each argument that is a
file, and each file that is named within an argument (``sh -c "/home/me/alarm.sh $1"``). Not covered is what those files
name themselves, and what a program finds by its own settings. Nothing but regular files is opened. Any thread.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from clacks_monitor.core.files import read_bytes
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_CHARACTERS = 8_000
"""Of a command with its arguments: a user cannot review more of it before consenting."""
MAX_BYTES = 32 * 1024 * 1024
"""Of all files that a command names."""
_FIRST_LINE = 4096
"""Bytes of a script that are searched for the name of its interpreter; the kernel reads fewer."""
_WORD = re.compile(r"[^\s'\"`;|&()<>]+")
_WRITTEN = re.compile(r">+\s*[^\s'\"`;|&()<>]+")
_INTERPRETER = re.compile(
    r"(ba|da|z|k|a|c|tc|fi)?sh|(python|pypy|perl|ruby|node|nodejs|lua|php|tclsh|wish|guile|awk|gawk|mawk)[0-9.]*"
)
_SYSTEM = frozenset({"usr", "bin", "sbin", "lib", "lib64", "nix", "gnu"})


@dataclass(frozen=True, slots=True)
class LookedFile:
    """A file that a command names: its path, the SHA-256 of its content, and its size in bytes."""

    path: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Looked:
    """A command as it was found.

    ``program`` is the path of what is run, "" where there is none; ``files`` are those that a consent covers; ``code``
    holds the content of those that are run, by the number of the argument; ``problem`` says why nothing can be allowed.
    """

    command: tuple[str, ...]
    program: str = ""
    files: tuple[LookedFile, ...] = ()
    problem: str = ""
    code: Mapping[int, bytes] = field(default_factory=dict, repr=False, compare=False)


def working_folder() -> str:
    """Return the folder in which commands of alerts run: the user's home, where there is one."""
    home = os.path.expanduser("~")  # Path.home() raises where there is none
    return home if os.path.isdir(home) else "/"  # as above


def look(command: Sequence[str]) -> Looked:
    """Return a command as it is found now; never raises for what a command may be."""
    command = tuple(command)
    if not command or not command[0]:
        return Looked(command, problem=Message("No command given."))
    length = sum(map(len, command))
    if length > MAX_CHARACTERS:
        message = Message(
            "The command has {0:,} characters, the limit is {1:,}. Put it into a script.",
            length,
            MAX_CHARACTERS,
        )
        return Looked(command, problem=message)
    try:
        return _Look(command).looked()
    except StorageError as error:
        return Looked(command, problem=Message("Cannot be reviewed: {0}", str(error)))
    except (OSError, ValueError) as error:
        return Looked(
            command, problem=Message("Cannot be reviewed: {0}", getattr(error, "strerror", None) or str(error))
        )


class _Look:
    """One examination of one command."""

    def __init__(self, command: tuple[str, ...]) -> None:
        self._command = command
        self._folder = Path(working_folder())
        self._contents: dict[str, bytes] = {}
        self._left = MAX_BYTES

    def looked(self) -> Looked:
        found = self._found(self._command[0])
        if found is None:
            return Looked(self._command, problem=Message("Program {0} not found.", self._command[0]))
        code: dict[int, bytes] = {}
        program = str(found)
        if only_root_changes(found):
            # Unless only root can change its path, it could name another file when the command is run.
            program = program if _closed(found) else str(found.resolve(strict=True))
        else:
            program = str(found.resolve(strict=True))
            code[0] = self._read(Path(program))
        interpreted = bool(_INTERPRETER.fullmatch(Path(program).name) or _INTERPRETER.fullmatch(found.name))
        for number, argument in enumerate(self._command[1:], 1):
            path = self._file(argument)
            if path is not None:
                content = self._read(path)
                if content.startswith(b"#!") or os.access(path, os.X_OK) or (interpreted and not set(code) - {0}):
                    code[number] = content
            for word in _words(argument):
                inner = self._file(word)
                if inner is not None:
                    self._read(inner)
        for content in list(code.values()):
            self._look_at_interpreter(content)
        files = tuple(
            LookedFile(path, hashlib.sha256(content).hexdigest(), len(content))
            for path, content in sorted(self._contents.items())
        )
        return Looked(self._command, program, files, code=code)

    def _look_at_interpreter(self, script: bytes) -> None:
        """Cover what runs a script, unless only root can change it: a program of the user, also by way of env."""
        if not script.startswith(b"#!"):
            return
        parts = os.fsdecode(script[2:_FIRST_LINE].partition(b"\n")[0]).split()
        names = parts[:1]
        if parts and Path(parts[0]).name == "env":
            names += [part for part in parts[1:] if not part.startswith("-") and "=" not in part][:1]
        for name in names:
            found = self._found(name)
            if found is not None and not only_root_changes(found):
                self._read(found.resolve(strict=True))

    def _found(self, name: str) -> Path | None:
        if "/" in name:
            path = self._folder / name
            return path if path.is_file() and os.access(path, os.X_OK) else None
        folders = [folder for folder in os.get_exec_path() if folder.startswith("/")]
        found = shutil.which(name, path=os.pathsep.join(folders))
        return None if found is None else Path(found)

    def _file(self, word: str) -> Path | None:
        """Return the regular file that an argument names, None where there is none."""
        try:
            path = self._folder / word
            return path if word and stat.S_ISREG(path.stat().st_mode) else None
        except (OSError, ValueError):
            return None

    def _read(self, path: Path) -> bytes:
        known = self._contents.get(str(path))
        if known is not None:
            return known
        if path.stat().st_size > self._left:
            raise StorageError(f"{path}: the files that a command names may have {MAX_BYTES:,} bytes in all.")
        content = self._contents[str(path)] = read_bytes(path, self._left)
        self._left -= len(content)
        return content


def _words(argument: str) -> Iterator[str]:
    """Yield what may be names of files within an argument, but for what a shell would write to."""
    if "=" in argument:
        yield argument.partition("=")[2]
    text = _WRITTEN.sub(" ", argument)
    for word in _WORD.findall(text):
        if word != argument:
            yield os.path.expanduser(os.path.expandvars(word))  # as a shell does it


def only_root_changes(path: Path) -> bool:
    """Return whether a file is the system's, so that no one but root can put another in its place."""
    real = path.resolve(strict=True)
    return len(real.parts) > 1 and real.parts[1] in _SYSTEM and _closed(real)


def _closed(path: Path) -> bool:
    """Return whether only root can change a path and all folders above it."""
    places = (path, *path.parents)
    return all(found.st_uid == 0 and not found.st_mode & 0o022 for found in (place.stat() for place in places))
