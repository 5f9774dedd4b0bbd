"""Schemas that took too much are remembered by what is in them, in a bounded file of this user's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.forms import ValidationIssue
from clacks_monitor.forms import refusals as refusals_module
from clacks_monitor.forms.refusals import Refusals
from clacks_monitor.forms.sources import SourceDocument, SourceSet

if TYPE_CHECKING:
    from pathlib import Path

PROBLEM = ValidationIssue("too much", 1, 2, "A.xsd")


def sources(body: bytes, *others: bytes) -> SourceSet:
    documents = [SourceDocument(f"clacks:///s{n}.xsd", None, "", text) for n, text in enumerate((body, *others))]
    return SourceSet(tuple(documents), {})


def test_what_was_refused_is_known_again_by_its_documents(tmp_path: Path) -> None:
    path = tmp_path / "state" / "refused.json"
    kept = Refusals(path)
    kept.add(sources(b"a", b"b"), PROBLEM)
    for known in (kept, Refusals(path)):
        assert known.problem_of(sources(b"a", b"b")) == PROBLEM
        assert [known.problem_of(sources(*other)) for other in ((b"a",), (b"b", b"a"), (b"ab",), (b"a", b"c"))] == [
            None
        ] * 4
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [item.name for item in path.parent.iterdir()] == ["refused.json"]


def test_without_a_path_it_is_known_while_the_program_runs() -> None:
    kept = Refusals(None)
    kept.add(sources(b"a"), PROBLEM)
    assert kept.problem_of(sources(b"a")) == PROBLEM


def test_nothing_read_is_nothing_to_remember() -> None:
    kept = Refusals(None)
    kept.add(SourceSet((), {}), PROBLEM)
    assert kept.problem_of(SourceSet((), {})) is None


def test_the_oldest_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (refusals_module._KEPT, refusals_module._MAX_BYTES) == (1_000, 4_000_000)
    monkeypatch.setattr(refusals_module, "_KEPT", 2)
    path = tmp_path / "refused.json"
    kept = Refusals(path)
    for body in (b"a", b"b", b"c"):
        kept.add(sources(body), PROBLEM)
    assert [kept.problem_of(sources(body)) for body in (b"a", b"b", b"c")] == [None, PROBLEM, PROBLEM]
    assert len(json.loads(path.read_bytes())) == 2


@pytest.mark.parametrize("spare", [0, -1])
def test_a_file_beyond_all_bounds_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spare: int) -> None:
    path = tmp_path / "refused.json"
    Refusals(path).add(sources(b"a"), PROBLEM)
    monkeypatch.setattr(refusals_module, "_MAX_BYTES", path.stat().st_size + spare)
    assert (Refusals(path).problem_of(sources(b"a")) is None) == (spare < 0)


@pytest.mark.parametrize("value", [3, [], [1], ["a", 1, 2, "", "", ""], [["{9}", ["x"]], 1, 2, "", ""]])
def test_an_entry_that_somebody_edited_is_none(tmp_path: Path, value: object) -> None:
    path = tmp_path / "refused.json"
    Refusals(path).add(sources(b"a"), PROBLEM)
    (key,) = json.loads(path.read_bytes())
    path.write_text(json.dumps({key: value}))
    assert Refusals(path).problem_of(sources(b"a")) is None


def test_a_place_that_cannot_be_written_costs_the_memory_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    kept = Refusals(tmp_path / "file" / "refused.json")
    kept.add(sources(b"a"), PROBLEM)
    assert kept.problem_of(sources(b"a")) == PROBLEM
