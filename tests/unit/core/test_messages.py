"""Texts that remember how they were made: plain English everywhere, translatable where somebody asks."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.messages import Message, counted, either, printable, reason, translated

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).resolve().parents[3] / "clacks_monitor"

GERMAN = {"wanted is {0}": "erwartet wird {0}", "{0}, or {1}": "{0} oder {1}", "a digit": "eine Ziffer"}


def german(template: str) -> str:
    return GERMAN.get(template, template)


def test_words_are_the_text_they_show() -> None:
    words = Message("must have at least {0} {1}, has {2}", 2, Message("characters"), 1)
    assert words == "must have at least 2 characters, has 1"
    assert hash(words) == hash("must have at least 2 characters, has 1")
    assert isinstance(words, Message)


def test_a_text_is_translated_with_everything_in_it() -> None:
    words = Message("wanted is {0}", either([Message("a digit"), "{x}", Message("a hyphen")]))
    assert words == "wanted is a digit, or {x}, or a hyphen"
    assert translated(words, german) == "erwartet wird eine Ziffer oder {x} oder a hyphen"


def test_numbers_are_written_as_the_language_does_and_nothing_else() -> None:
    words = Message("{0} of {1}, {2}, {3}", 1_300, 2.5, True, Message("{0} more", 7))
    assert translated(words, german, lambda value: f"<{value}>") == "<1300> of <2.5>, True, <7> more"
    assert translated(words, german) == "1300 of 2.5, True, 7 more"


def test_braces_without_arguments_are_only_braces() -> None:
    assert Message("no {{0}} here") == "no {{0}} here"
    assert translated(Message("no {0} here"), german) == "no {0} here"
    assert translated("plain {0}", german) == "plain {0}"


def test_an_error_keeps_the_words_that_it_was_made_of() -> None:
    assert translated(reason(ValueError(Message("a digit"))), german) == "eine Ziffer"
    assert reason(OSError(2, "gone")) == "[Errno 2] gone"
    assert reason(ValueError()) == ""
    assert either([]) == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 events"), (1, "1 event"), (2, "2 events"), (18_961, "18,961 events")],
)
def test_a_number_stands_grouped_with_its_noun(number: int, words: str) -> None:
    assert counted(number, "event") == words
    assert counted(number, "entry", "entries").endswith("entry" if number == 1 else "entries")


def test_a_strangers_text_steers_no_terminal() -> None:
    assert printable("plain ü") == "plain ü"
    assert printable("a\x1b[31mb\nc") == "a�[31mb�c"


def _numbers_with_a_plural(path: Path) -> Iterator[str]:
    """Yield the texts of a module in which a number that may be 1 stands before a noun in the plural."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.JoinedStr):
            continue
        for number, words in zip(node.values, node.values[1:], strict=False):
            if (
                isinstance(number, ast.FormattedValue)
                and isinstance(words, ast.Constant)
                and re.match(
                    r" (events|entries|times|rows|files|partitions|connections|queues)(?![\w/])", str(words.value)
                )
                and not ast.unparse(number.value).isupper()  # a constant, which is not 1
            ):
                yield f"{path.name}:{node.lineno} {ast.unparse(node)}"


def test_what_is_counted_agrees_with_its_number() -> None:
    assert [text for path in sorted(PACKAGE.rglob("*.py")) for text in _numbers_with_a_plural(path)] == []


def test_an_error_in_a_message_is_kept_as_its_text_alone() -> None:
    kept = Message("The event is not well-formed: {0}", ValueError("odd"))
    told = Message("It failed: {0}", ValueError(Message("a digit")))
    assert (kept, kept.arguments) == ("The event is not well-formed: odd", ("odd",))
    assert translated(told, german) == "It failed: eine Ziffer", "what can be translated still is"
