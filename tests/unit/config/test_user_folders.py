"""The user's folders are for their owner alone whatever the umask; what cannot be written is said, with what works."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.config import (
    ConnectionStore,
    ProfileStore,
    SettingsStore,
    Template,
    TemplateStore,
    prepare,
    release,
)
from clacks_monitor.core.files import Schema, read_bytes, read_document, set_aside, write_atomically
from clacks_monitor.core.folders import Folders
from clacks_monitor.core.profile import Profile
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

USE = """
import os, sys
from pathlib import Path
os.umask(int(sys.argv[2], 8))
from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.core.profile import Profile
from clacks_monitor import captures
from clacks_monitor.config import *
from clacks_monitor.core.folders import Folders
from clacks_monitor.core.storage_errors import *
folders = Folders.below(Path(sys.argv[1]) / "not" / "there" / "yet")
assert prepare(folders) == (folders, [])
SettingsStore(folders.settings_file).change(language="de")
ConnectionStore(folders.connections_file).put(ConnectionSettings("office"))
profiles = ProfileStore(folders.profiles)
profiles.install_examples()
profiles.delete(profiles.create(Profile("P")).id)
templates = TemplateStore(folders.templates)
templates.delete(templates.save(Template("T", "<a/>", folder=("A", "B"))))
SentLog(folders.history_file).close()
captures.create_temporary(folders.unsaved)
os._exit(0)
"""


def _modes(root: Path) -> Iterator[tuple[str, int]]:
    for path in root.rglob("*"):
        yield str(path.relative_to(root)), stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", ["000", "022", "077", "277", "777"])
def test_everything_is_for_its_owner_alone(tmp_path: Path, umask: str) -> None:
    if umask in {"277", "777"} and os.geteuid() != 0:
        pytest.skip("with this umask SQLite makes files that only root can open again")
    subprocess.run([sys.executable, "-c", USE, str(tmp_path), umask], check=True)
    modes = dict(_modes(tmp_path))
    folders = {name: mode for name, mode in modes.items() if (tmp_path / name).is_dir()}
    assert "not/there/yet/data/templates/A/B" in folders
    assert set(folders.values()) == {0o700}
    files = {name: mode for name, mode in modes.items() if name not in folders}
    assert "not/there/yet/config/settings.json" in files
    if umask in {"000", "022", "077"}:  # the captures' own files are SQLite's, which follows the umask of the owner
        assert set(files.values()) == {0o600}


def test_folders_that_were_open_are_closed(tmp_path: Path) -> None:
    folders = Folders.below(tmp_path)
    for folder in (folders.profiles, folders.unsaved, folders.templates):
        folder.mkdir(parents=True)
        folder.chmod(0o777)
    assert prepare(folders) == (folders, [])
    for folder in (folders.config, folders.data, folders.state, folders.profiles, folders.unsaved, folders.templates):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not folders.captures.exists()


@pytest.mark.parametrize(
    ("part", "words"),
    [("config", "Changes of settings"), ("data", "Templates cannot be saved"), ("state", "until the program ends")],
)
@pytest.mark.parametrize("way", ["file", "dangling", "above"])
def test_a_folder_that_cannot_be_is_said_with_what_works(tmp_path: Path, part: str, words: str, way: str) -> None:
    folders = Folders.below(tmp_path / "home")
    bad = tmp_path / "bad"
    if way == "dangling":
        bad.symlink_to("/proc/nowhere/x")
    else:
        bad.touch()
    folders = folders._replace(**{part: bad / "x" / "y" if way == "above" else bad})
    used, [problem] = prepare(folders)
    assert words in problem
    assert str(bad) in problem
    assert (used == folders) is (part != "state")
    if part == "state":
        assert stat.S_IMODE(used.state.stat().st_mode) == 0o700
        used.unsaved.mkdir()
        (kept := used.unsaved / "x.capture").touch()
        release(used, folders)
        assert kept.exists()
        kept.unlink()
    release(used, folders)
    assert used.state.exists() is (part != "state")


def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("clacks_monitor.config.user_folders.tempfile.TemporaryFile", full)
    with pytest.raises(StorageError, match=r"no place for what is received: .*No space left"):
        prepare(Folders.below(tmp_path))


# -- what is in the folders ------------------------------------------------------------------------------------------


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _folder(path: Path) -> None:
    path.mkdir()


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2**40)


def _dangling(path: Path) -> None:
    path.symlink_to(path.with_name("nothing"))


def _loop(path: Path) -> None:
    path.symlink_to(path)


HOSTILE = [_fifo, _device, _folder, _huge, _dangling, _loop]
TEXTS = ["[" * 10**6, '{"a":' * 10**5, '{"x": 1e999}', '{"x": NaN}', '{"x": ' + "9" * 10**6 + "}", "\0", "\ufeff", "{}"]


def _text(content: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_text(content, encoding="utf-8")

    return make


EVERY = [*HOSTILE, *map(_text, TEXTS)]


@pytest.mark.parametrize("make", EVERY, ids=range(len(EVERY)))
def test_a_hostile_file_is_neither_waited_for_nor_lost(tmp_path: Path, make: Callable[[Path], None]) -> None:
    for name, kind in (("settings.json", SettingsStore), ("connections.json", ConnectionStore)):
        path = tmp_path / name
        make(path)
        before = path.lstat()
        made = kind(path)
        assert name in made.problem
        [aside] = tmp_path.glob(f"{name}.broken*")
        assert (aside.lstat().st_ino, aside.lstat().st_size) == (before.st_ino, before.st_size)
    SettingsStore(tmp_path / "settings.json").change(language="de")
    assert SettingsStore(tmp_path / "settings.json").values.language == "de"


def _state(path: Path) -> tuple[int, int, int, int]:
    """Return what changes when a file is: to be read is no change."""
    found = path.lstat()
    return found.st_mode, found.st_ino, found.st_size, found.st_mtime_ns


@pytest.mark.parametrize("make", EVERY, ids=range(len(EVERY)))
def test_a_hostile_profile_or_template_is_left_as_it_is(tmp_path: Path, make: Callable[[Path], None]) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "t").mkdir()
    profile_file, template_file = tmp_path / "p" / "x.json", tmp_path / "t" / "x.json"
    make(profile_file)
    make(template_file)
    before = _state(profile_file), _state(template_file)
    profiles, templates = ProfileStore(tmp_path / "p"), TemplateStore(tmp_path / "t")
    assert [broken.path for broken in profiles.broken] == [profile_file]
    profiles.create(Profile("X"))
    templates.save(Template("X", "<a/>"))
    assert [p.name for p in ProfileStore(tmp_path / "p").all()] == ["X"]
    assert [t.name for t in TemplateStore(tmp_path / "t").all()] == ["X"]
    assert (_state(profile_file), _state(template_file)) == before


@pytest.mark.parametrize("make", HOSTILE[:3])
def test_nothing_but_a_regular_file_is_opened(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "x"
    make(path)
    with pytest.raises(StorageError, match="not a regular file"):
        read_bytes(path)


def test_a_file_that_becomes_a_pipe_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x"
    os.mkfifo(path)
    monkeypatch.setattr("pathlib.Path.is_file", lambda _path: True)
    with pytest.raises(StorageError, match="not a regular file"):
        read_bytes(path)


def test_two_files_set_aside_in_one_second_are_both_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    kept = set()
    for number in range(5):
        path.write_text(str(number))
        kept.add(set_aside(path).read_text())
    assert len(list(tmp_path.iterdir())) == len(kept) == 5


def test_a_file_that_cannot_be_set_aside_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{half")

    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.rename", refuse)
    settings = SettingsStore(path)
    assert "cannot be set aside" in settings.problem
    with pytest.raises(StorageError, match="cannot be set aside"):
        settings.change(language="de")
    assert path.read_text() == "{half"


# -- what killed writers leave ---------------------------------------------------------------------------------------

WRITE_AND_WAIT = """
import sys, os
from pathlib import Path
from clacks_monitor.core import files
def wait(_handle):
    print("there", flush=True)
    sys.stdin.read()
files.os.fsync = wait
files.write_atomically(Path(sys.argv[1]), b"from the other one")
"""


def _writer(path: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITE_AND_WAIT, str(path)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"there\n"
    return process


def test_the_new_file_of_a_killed_writer_is_removed_and_that_of_a_running_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "profiles" / "x.json"
    running, killed = _writer(path), _writer(path)
    try:
        killed.kill()
        killed.communicate()
        assert len(list(path.parent.glob(".*.new"))) == 2
        write_atomically(path, b"from this one")
        assert len(list(path.parent.glob(".*.new"))) == 1
        ProfileStore(path.parent)
        assert len(list(path.parent.glob(".*.new"))) == 1
        running.communicate(b"")
        assert path.read_bytes() == b"from the other one"
        assert list(path.parent.glob(".*.new")) == []
    finally:
        running.kill()
        running.communicate()


def _read_profiles(folder: Path) -> None:
    ProfileStore(folder)


def _prepare(folder: Path) -> None:
    prepare(Folders(folder, folder, folder))


@pytest.mark.parametrize("start", [_read_profiles, _prepare])
def test_leftovers_of_any_file_go_at_the_start(tmp_path: Path, start: Callable[[Path], None]) -> None:
    killed = _writer(tmp_path / "gone[1].json")
    killed.kill()
    killed.communicate()
    assert len(list(tmp_path.iterdir())) == 1
    start(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_writers_on_many_threads_never_fail(tmp_path: Path) -> None:
    path, schema, errors = tmp_path / "x.json", Schema("x", 1, {}), list[Exception]()

    def write(number: int) -> None:
        try:
            for _time in range(20):
                write_atomically(path, b'{"kind": "x", "format": 1, "n": %d}' % number)
                read_document(path, schema)
        except Exception as error:  # noqa: BLE001 - told by the test
            errors.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert [file.name for file in tmp_path.iterdir()] == ["x.json"]
