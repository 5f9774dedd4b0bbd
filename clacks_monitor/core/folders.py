"""Where this user's files belong: configuration, data and state, as XDG says. A value; any thread."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import NamedTuple, Self

_PROGRAM = "clacks-monitor"
_PRIVATE = 0o700


def make_folder(path: Path) -> None:
    """Make a folder with those above it that are missing, for its owner alone whatever the umask. Raises OSError."""
    missing = [path]
    while not missing[-1].parent.exists():
        missing.append(missing[-1].parent)
    for folder in reversed(missing):
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=_PRIVATE)
            folder.chmod(_PRIVATE)  # a umask can take bits of the owner too
    if not path.is_dir():
        raise NotADirectoryError(20, "Not a directory", str(path))


def make_private(path: Path) -> None:
    """Make a folder as make_folder() does; one that is there and open to others is closed to them. Raises OSError."""
    make_folder(path)
    if path.stat().st_mode & 0o077:
        path.chmod(_PRIVATE)


class Folders(NamedTuple):
    """``config`` holds what the user set, ``data`` what the user made, ``state`` what can be lost without harm."""

    config: Path
    data: Path
    state: Path

    @classmethod
    def of_user(cls) -> Self:
        """Return the folders of the user who runs the program; XDG_CONFIG_HOME and its siblings are respected."""
        import platformdirs  # only here

        dirs = platformdirs.PlatformDirs(_PROGRAM, appauthor=False)
        return cls(Path(dirs.user_config_dir), Path(dirs.user_data_dir), Path(dirs.user_state_dir))

    @classmethod
    def below(cls, root: Path) -> Self:
        """Return folders below ``root``: for tests, portable installations, and --config."""
        return cls(root / "config", root / "data", root / "state")

    @property
    def profiles(self) -> Path:
        """One JSON file for each profile."""
        return self.config / "profiles"

    @property
    def schemas(self) -> Path:
        """Where users drop event schemas of their own."""
        return self.config / "schemas"

    @property
    def boards(self) -> Path:
        """Where users drop boards of their own."""
        return self.config / "boards"

    @property
    def questions(self) -> Path:
        """One file for each question of the user."""
        return self.config / "questions"

    @property
    def settings_file(self) -> Path:
        """Preferences."""
        return self.config / "settings.json"

    @property
    def connections_file(self) -> Path:
        """Connections without passwords."""
        return self.config / "connections.json"

    @property
    def templates(self) -> Path:
        """The sender's templates, in folders."""
        return self.data / "templates"

    @property
    def captures(self) -> Path:
        """Where captures are saved unless the user says otherwise."""
        return self.data / "captures"

    @property
    def unsaved(self) -> Path:
        """Temporary captures; what a crash left here can be opened again."""
        return self.state / "unsaved"

    @property
    def history_file(self) -> Path:
        """Everything that was sent."""
        return self.data / "sent.history"
