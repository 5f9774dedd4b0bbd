"""Only regular files are opened, and no more of them is read than was asked for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clacks_monitor.core import regular_file
from clacks_monitor.core.regular_file import NotRegularError, TooLargeError, read_regular


def test_a_file_of_the_limit_is_read_and_one_byte_more_is_too_much(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 2_500_000)
    assert read_regular(path, 2_500_000) == b"x" * 2_500_000
    with pytest.raises(TooLargeError, match="larger than 2,499,999 bytes") as refused:
        read_regular(path, 2_499_999)
    assert refused.value.filename == str(path)
    path.write_bytes(b"")
    assert read_regular(path, 0) == b""


def test_one_that_grows_while_it_is_read_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 10)
    found = path.stat()
    path.write_bytes(b"x" * 11)
    monkeypatch.setattr(os, "fstat", lambda _descriptor: found)
    with pytest.raises(TooLargeError, match="larger than 10 bytes"):
        read_regular(path, 10)
    assert read_regular(path, 11) == b"x" * 11


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path, Path("/dev/zero")):
        with pytest.raises(NotRegularError, match="not a regular file") as refused:
            read_regular(path, 10)
        assert refused.value.filename == str(path)
    with pytest.raises(FileNotFoundError):
        read_regular(tmp_path / "missing", 10)


def test_one_that_was_replaced_meanwhile_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x")
    found = path.stat()
    path.unlink()
    os.mkfifo(path)
    before = set(Path("/proc/self/fd").iterdir())
    monkeypatch.setattr(os, "stat", lambda _path: found)
    with pytest.raises(NotRegularError):
        regular_file.read_regular(path, 10)
    assert set(Path("/proc/self/fd").iterdir()) == before


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to("file")
    assert read_regular(tmp_path / "link", 10) == b"x"
