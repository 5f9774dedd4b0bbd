"""Small files: written whole or not at all, read with distrust, each value checked at the edges of what it may be."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clacks_monitor.core.files import (
    MAX_BYTES,
    MAX_NAME,
    DocumentError,
    Fields,
    Schema,
    file_name,
    free_name,
    is_there,
    read_bytes,
    read_document,
    remove_leftovers,
    set_aside,
    sync_folder,
    write_atomically,
    write_document,
)
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = Schema("test kind", 3, {1: lambda old: {**old, "one": 1}, 2: lambda old: {**old, "two": old["one"] + 1}})


def fields(value: object, key: str = "k") -> Fields:
    return Fields({key: value}, "f.json")


NONE = Fields({}, "f.json")


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(DocumentError) as error:
        call()
    return str(error.value)


def test_a_text_at_its_edges() -> None:
    assert fields("x" * 5).text("k", limit=5) == "x" * 5
    assert fields("").text("k") == ""
    assert NONE.text("k", "default") == "default"
    words = 'f.json: "k" must be a text of at most 5 characters.'
    assert refused(lambda: fields("x" * 6).text("k", limit=5)) == words
    for wrong in (None, 5, "a\0", "\ud800", "a\udfff"):
        assert refused(lambda wrong=wrong: fields(wrong).text("k", limit=5)) == words  # type: ignore[misc]  # a default binds it
    assert "at most 100,000 characters" in refused(lambda: NONE.text("k"))


def test_a_text_of_any_characters() -> None:
    assert fields("a\0\ud800").any_text("k") == "a\0\ud800"
    assert NONE.any_text("k") == ""
    assert fields("xx").any_text("k", limit=2) == "xx"
    assert "at most 2 characters" in refused(lambda: fields("xxx").any_text("k", limit=2))
    assert "at most 1,000,000 characters" in refused(lambda: fields(5).any_text("k"))


def test_a_name_is_one_line() -> None:
    assert Fields({"name": "  a name "}, "f").name() == "a name"
    assert fields("x" * MAX_NAME).name("k") == "x" * MAX_NAME
    for wrong in ("", "  ", "a\nb", "a\u202eb"):
        assert "a name: one line of 1 to 200 characters" in refused(lambda wrong=wrong: fields(wrong).name("k"))  # type: ignore[misc]  # as above
    assert "at most 200 characters" in refused(lambda: fields("x" * (MAX_NAME + 1)).name("k"))


def test_a_choice() -> None:
    assert fields("a").choice("k", ["a", "b"], "b") == "a"
    assert NONE.choice("k", ["a", "b"], "b") == "b"
    for wrong in ("c", None, ["a"]):
        assert refused(lambda wrong=wrong: fields(wrong).choice("k", ["a", "b"], "b")) == (  # type: ignore[misc]  # as above
            'f.json: "k" must be one of a, b.'
        )


def test_a_flag() -> None:
    assert fields(True).flag("k") is True
    assert fields(False).flag("k", default=True) is False
    assert NONE.flag("k") is False
    assert NONE.flag("k", default=True) is True
    for wrong in (0, 1, "true", None):
        assert "true or false" in refused(lambda wrong=wrong: fields(wrong).flag("k"))  # type: ignore[misc]  # as above


def test_a_whole_number_at_its_edges() -> None:
    assert [fields(n).integer("k", low=1, high=3) for n in (1, 3)] == [1, 3]
    assert NONE.integer("k", 2, low=1, high=3) == 2
    assert NONE.integer("k") == 0
    for wrong in (0, 4, 1.0, True, "1", None):
        assert "a whole number from 1 to 3" in refused(lambda wrong=wrong: fields(wrong).integer("k", low=1, high=3))  # type: ignore[misc]  # as above
    assert [fields(n).integer("k") for n in (2**53, -(2**53))] == [2**53, -(2**53)]
    for beyond in (2**53 + 1, -(2**53) - 1):
        refused(lambda beyond=beyond: fields(beyond).integer("k"))  # type: ignore[misc]  # as above


def test_a_number_at_its_edges() -> None:
    for good in (1, 1.0, 2.5, 3):
        value = fields(good).number("k", 0, low=1, high=3)
        assert (value, type(value)) == (float(good), float)
    assert NONE.number("k", 2, low=1, high=3) == 2.0
    for wrong in (0.999, 3.001, True, "2", None, float("nan")):
        assert "a number from 1 to 3" in refused(lambda wrong=wrong: fields(wrong).number("k", 0, low=1, high=3))  # type: ignore[misc]  # as above


def test_texts_at_their_edges() -> None:
    assert fields(["a", "bb"]).texts("k", limit=2, length=2) == ("a", "bb")
    assert NONE.texts("k") == ()
    assert "a list of at most 1 texts" in refused(lambda: fields(["a", "b"]).texts("k", limit=1))
    assert "a list of at most 1,000 texts" in refused(lambda: fields("a").texts("k"))
    bad: list[list[object]] = [[5], ["abc"], ["\0"], [None]]
    for wrong in bad:
        words = refused(lambda wrong=wrong: fields(wrong).texts("k", length=2))  # type: ignore[misc]  # as above
        assert "a list of texts of at most 2 characters" in words


def test_objects_inside() -> None:
    assert fields({"a": 1}).mapping("k") == {"a": 1}
    assert NONE.mapping("k") == {}
    assert "must be an object" in refused(lambda: fields([]).mapping("k"))
    inner = fields({"a": "x"}).inner("k")
    assert inner is not None
    assert inner.text("a") == "x"
    assert refused(lambda: inner.flag("a")) == 'f.json: in "k": "a" must be true or false.'
    assert NONE.inner("k") is None
    assert fields(None).inner("k") is None
    assert "must be an object" in refused(lambda: fields(0).inner("k"))


def test_a_list_of_objects() -> None:
    first, second = fields([{"a": 1}, {"a": "x"}]).items("k", limit=2)
    assert first.integer("a") == 1
    assert refused(lambda: second.integer("a")).startswith('f.json: "k", number 2: "a" must be')
    assert NONE.items("k") == []
    bad: list[object] = [[{}, {}, {}], [5], {}, None]
    for wrong in bad:
        assert "a list of at most 2 objects" in refused(lambda wrong=wrong: fields(wrong).items("k", limit=2))  # type: ignore[misc]  # as above


def test_values_as_they_are() -> None:
    assert fields(None).has("k")
    assert not NONE.has("k")
    assert fields([1]).raw("k") == [1]
    assert NONE.raw("k") is None
    assert str(NONE.error("k", "another")) == 'f.json: "k" must be another.'


def written(path: Path, **values: Any) -> Path:
    path.write_text(json.dumps({"kind": "test kind", "format": 3, **values}))
    return path


def test_a_document_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "f.json"
    write_document(path, SCHEMA, {"b": "ü\udc80", "a": [1]})
    assert path.read_text() == (
        '{\n  "kind": "test kind",\n  "format": 3,\n  "b": "ü\\udc80",\n  "a": [\n    1\n  ]\n}\n'
    )
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_document(path, SCHEMA).raw("a") == [1]
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_document(path, SCHEMA).raw("a") == [1]


def test_what_is_not_finite_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_document(tmp_path / "f.json", SCHEMA, {"a": float("nan")})
    assert list(tmp_path.iterdir()) == []


def test_older_formats_are_brought_up_to_date(tmp_path: Path) -> None:
    assert read_document(written(tmp_path / "f", format=1), SCHEMA).raw("two") == 2
    assert read_document(written(tmp_path / "f", format=2, one=5), SCHEMA).raw("two") == 6
    assert read_document(written(tmp_path / "f", format=3), SCHEMA).raw("two") is None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": "another"}, 'is no test kind: its "kind" does not say so.'),
        ({"format": 0}, 'has no format number: "format" must be a whole number from 1.'),
        ({"format": True}, 'has no format number: "format" must be a whole number from 1.'),
        ({"format": "3"}, 'has no format number: "format" must be a whole number from 1.'),
        ({"format": 4}, "has format 4; this version knows formats up to 3. Install a newer one."),
        ({"format": 2}, "of format 2 cannot be brought to format 3: KeyError('one')."),
        ({"format": 2, "one": "x"}, "of format 2 cannot be brought to format 3: TypeError("),
    ],
)
def test_what_is_no_document_of_the_kind_says_so(tmp_path: Path, values: dict[str, Any], words: str) -> None:
    path = written(tmp_path / "f.json", **values)
    assert words in refused(lambda: read_document(path, SCHEMA))


def test_a_document_that_cannot_be_read_says_where(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    path.write_bytes(b"ab\xff")
    assert refused(lambda: read_document(path, SCHEMA)) == f"{path} is not UTF-8 text (byte 2)."
    path.write_text("[]")
    assert "is no test kind" in refused(lambda: read_document(path, SCHEMA))
    path.write_text('{\n "a" 5}')
    with pytest.raises(DocumentError) as error:
        read_document(path, SCHEMA)
    assert (error.value.line, error.value.column) == (2, 6)


def test_a_file_of_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    assert MAX_BYTES == 4 * 1024 * 1024
    path = tmp_path / "f"
    path.write_bytes(b"12345")
    assert read_bytes(path, 5) == b"12345"
    with pytest.raises(StorageError, match=re.escape(f"{path} is larger than 4 bytes, so it was not read.")):
        read_bytes(path, 4)
    with pytest.raises(StorageError, match="There is no file"):
        read_bytes(tmp_path / "none")
    with pytest.raises(StorageError, match="is not a regular file, so it was not read"):
        read_bytes(tmp_path)


def failing(number: int, when: Callable[..., bool] = lambda *_arguments: True) -> Callable[..., Any]:
    def fail(*arguments: Any, **_named: Any) -> None:
        if when(*arguments):
            raise OSError(number, os.strerror(number))

    return fail


def test_a_file_that_the_system_does_not_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"x")
    monkeypatch.setattr(os, "open", failing(errno.EACCES))
    with pytest.raises(StorageError, match=re.escape(f"{path} cannot be read: Permission denied.")):
        read_bytes(path)


@pytest.mark.parametrize("call", ["fsync", "replace", "fchmod"])
def test_a_disk_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "f"
    write_atomically(path, b"old")
    with monkeypatch.context() as patched:
        patched.setattr(os, call, failing(errno.EIO))
        with pytest.raises(StorageError, match=re.escape(f"{path} cannot be written: Input/output error.")):
            write_atomically(path, b"new")
    assert [found.name for found in tmp_path.iterdir()] == ["f"]
    assert path.read_bytes() == b"old"
    write_atomically(path, b"new", mode=0o640)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)


def test_a_folder_that_cannot_be_synchronized_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.listdir("/proc/self/fd")  # names
    sync_folder(tmp_path)
    sync_folder(tmp_path / "none")
    monkeypatch.setattr(os, "fsync", failing(errno.EINVAL))
    sync_folder(tmp_path)
    assert os.listdir("/proc/self/fd") == before  # names


def test_a_new_file_that_another_writer_took_for_a_leftover_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, original, taken = tmp_path / "f", os.replace, list[str]()

    def replace(name: str, target: Path) -> None:
        if not taken:
            taken.append(name)
            Path(name).unlink()
        original(name, target)

    monkeypatch.setattr(os, "replace", replace)
    write_atomically(path, b"content")
    assert path.read_bytes() == b"content"
    assert len(taken) == 1


def test_a_folder_that_vanishes_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "folder" / "f"

    def vanish(name: str, _target: Path) -> None:
        Path(name).unlink()
        path.parent.rmdir()
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))

    monkeypatch.setattr(os, "replace", vanish)
    with pytest.raises(StorageError, match="cannot be written: No such file or directory"):
        write_atomically(path, b"content")


def test_only_leftovers_of_writers_that_are_gone_are_removed(tmp_path: Path) -> None:
    left, held, other = tmp_path / ".f.12345678.new", tmp_path / ".f.abcdefgh.new", tmp_path / ".f.1234567.new"
    for path in (left, held, other, tmp_path / "f"):
        path.write_bytes(b"")
    with held.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        remove_leftovers(tmp_path)
        assert sorted(path.name for path in tmp_path.iterdir()) == [other.name, held.name, "f"]
    remove_leftovers(tmp_path)
    assert not held.exists()
    remove_leftovers(tmp_path / "none")


def test_a_file_that_is_set_aside_keeps_its_content_and_its_name(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    path.write_text("odd")
    aside = set_aside(path)
    assert re.fullmatch(r"f\.json\.broken-\d{8}-\d{6}", aside.name)
    assert (aside.read_text(), path.exists()) == ("odd", False)
    with pytest.raises(StorageError, match="is broken and cannot be set aside: No such file or directory"):
        set_aside(path)


def test_further_files_of_one_second_are_numbered_from_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "strftime", lambda _form: "now")
    names = []
    for _ in range(3):
        (tmp_path / "f").write_text("odd")
        names.append(set_aside(tmp_path / "f").name)
    assert names == ["f.broken-now", "f.broken-now-2", "f.broken-now-3"]


@pytest.mark.parametrize(
    ("name", "taken", "found"),
    [
        ("Rufe für Bürø", [], "rufe-fur-bur.json"),
        ("  A & B  ", [], "a-b.json"),
        ("日本", [], "unnamed.json"),
        ("x" * 61, [], "x" * 60 + ".json"),
        ("a", ["A.json"], "a-2.json"),
        ("a", ["a.json", "a-2.JSON"], "a-3.json"),
        ("../..", [], "unnamed.json"),
    ],
)
def test_file_names(name: str, taken: list[str], found: str) -> None:
    assert file_name(name, taken) == found


@pytest.mark.parametrize(
    ("name", "taken", "found"),
    [
        ("a", [], "a"),
        ("a", ["b"], "a"),
        ("a", ["A"], "a 2"),
        ("a 2", ["a 2"], "a 3"),
        ("a 2", ["a 2", "a 3", "A 4"], "a 5"),
        ("a 7", ["a 7"], "a 2"),
        ("a 1234567", ["a 1234567"], "a 1234567 2"),
        ("x" * 200, ["x" * 200], "x" * 192 + " 2"),
    ],
)
def test_free_names(name: str, taken: list[str], found: str) -> None:
    assert free_name(name, taken) == found


def test_what_the_system_does_not_look_for_is_not_there(tmp_path: Path) -> None:
    assert is_there(tmp_path)
    for name in ("missing", "a" * 300, "a\0b"):
        assert not is_there(tmp_path / name)
