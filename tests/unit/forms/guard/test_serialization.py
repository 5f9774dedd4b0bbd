"""What goes through the pipe between guard and worker comes out as it went in, cut at a bound."""

from __future__ import annotations

import json
import marshal
from pathlib import Path
from typing import Any

import pytest

from clacks_monitor.core.messages import Message
from clacks_monitor.forms import AttributeInfo, ElementInfo, ValidationIssue
from clacks_monitor.forms.guard import serialization
from clacks_monitor.forms.guard.serialization import MAX_TEXT
from clacks_monitor.forms.sources import SourceDocument, SourceSet


def through(plain: Any) -> Any:
    return marshal.loads(marshal.dumps(plain))


def test_words_keep_their_template_on_the_way() -> None:
    said = Message("{0}: {1}", "a", Message("at least {0}", 3))
    got = serialization.unpack_text(through(serialization.pack_text(said)))
    assert isinstance(got, Message)
    assert (got, got.template) == ("a: at least 3", "{0}: {1}")
    inner = got.arguments[1]
    assert isinstance(inner, Message)
    assert (inner.template, inner.arguments) == ("at least {0}", (3,))
    bare = serialization.unpack_text(through(serialization.pack_text(Message("no {braces}"))))
    assert isinstance(bare, Message)
    assert (bare, bare.template, bare.arguments) == ("no {braces}", "no {braces}", ())
    assert serialization.unpack_text(serialization.pack_text("plain {0}")) == "plain {0}"
    assert serialization.unpack_text(json.loads(json.dumps(serialization.pack_text(said)))) == said


@pytest.mark.parametrize("size", [MAX_TEXT, MAX_TEXT + 1])
def test_a_long_text_is_cut(size: int) -> None:
    assert MAX_TEXT == 2_000
    got = serialization.unpack_text(serialization.pack_text("x" * size))
    assert (got == "x" * size) == (size == MAX_TEXT)
    assert len(got) <= MAX_TEXT + 1


@pytest.mark.parametrize(
    "problem", [None, ValidationIssue("odd"), ValidationIssue(Message("{0} is odd", "a"), 1, 2, "A[1]/B", "lxml")]
)
def test_problems_come_back(problem: ValidationIssue | None) -> None:
    assert serialization.unpack_problem(through(serialization.pack_problem(problem))) == problem


def test_source_sets_come_back() -> None:
    sources = SourceSet(
        (
            SourceDocument("clacks:///s0.xsd", Path("/a/M.xsd"), "urn:t", b"<a/>"),
            SourceDocument("clacks:///s1.xsd", None, "", b"\xff"),
        ),
        {Path("/a/M.xsd"): (1, 2, 3), Path("/a/N.xsd"): None},
        (ValidationIssue("missing", 1, 2, "M.xsd"),),
    )
    assert serialization.unpack_sources(through(serialization.pack_sources(sources))) == sources


def test_descriptions_of_elements_come_back() -> None:
    attribute = AttributeInfo("n", "urn:a", "An n.", ("1", "2"), True)
    child = ElementInfo("c", "urn:t", "", (), (), ("x",), "string", recursive=True, open=True)
    info = ElementInfo("r", "urn:t", "An r.", (child,), (attribute,), (), "")
    assert serialization.unpack_element(through(serialization.pack_element(info))) == info
    assert serialization.unpack_element(serialization.pack_element(None)) is None
