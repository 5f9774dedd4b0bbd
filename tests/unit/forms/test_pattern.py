"""Patterns of schemas: each construct in words, an example of it, and what is shown as it stands."""

from __future__ import annotations

import pytest
from elementpath.regex import translate_pattern

from clacks_monitor.forms.matching import LinearPattern
from clacks_monitor.forms.pattern import describe_pattern, example

WORDS = {
    "": "nothing",
    "a": "“a”",
    "ab": "“ab”",
    "a b": "“a b”",
    "a|b|c": "“a”, or “b”, or “c”",
    "|a": "nothing, or “a”",
    "a?": "perhaps “a”",
    "a*": "0 or more times “a”",
    "a+": "1 or more times “a”",
    "a{3}": "3 times “a”",
    "a{2,}": "2 or more times “a”",
    "a{2,5}": "2 to 5 times “a”",
    "a{1}b": "“ab”",
    "ab?": "“a”, then perhaps “b”",
    r"\d": "a digit",
    r"\d?": "perhaps a digit",
    r"\d*": "any number of digits",
    r"\d+": "1 or more digits",
    r"\d{0,}": "any number of digits",
    r"\d{1}": "a digit",
    r"\d{0,1}": "perhaps a digit",
    r"\d{2}": "2 digits",
    r"\d{2,10}": "2 to 10 digits",
    r"\+?\d+": "perhaps a plus sign, then 1 or more digits",
    "[ab]": "one of a or b",
    "[abc]": "one of a or b or c",
    "[ab]+": "1 or more of a or b",
    "[a]": "a",
    "[-a]": "one of a hyphen or a",
    "[a-]": "one of a or a hyphen",
    r"[\-a]": "one of a hyphen or a",
    r"[\]]": "]",
    r"[\n]": "a line end",
    "[.,;]": "one of a dot or a comma or a semicolon",
    "[a-c]": "a to c",
    "[a-c]{2}": "2 of a to c",
    "[a-e0-9]": "one of a to e or 0 to 9",
    "[a-f0-9]": "a hexadecimal digit (small)",
    r"[\d\s]": "one of digits or spaces",
    r"[\p{Sc}a]": "one of currency signs or a",
    "[^a]": "a character other than a",
    "[^a]*": "any number of characters other than a",
    "[^0-9]": "a character other than 0 to 9",
    "[a-zA-Z]": "a letter",
    "[0-9A-F]{8}": "8 hexadecimal digits (capital)",
    ".": "any character",
    ".{2,}": "2 or more characters",
    r"\p{Lu}": "a capital letter",
    r"\p{Nd}{2}": "2 digits",
    r"\i\c*": "a letter, underscore or colon, then any number of name characters",
    r"\\\.": "“\\.”",
    r"\.": "a dot",
    r"\t": "a tab",
    "(a)": "“a”",
    "((a))": "“a”",
    "(ab)+": "1 or more times (“ab”)",
    r"(ab\d)+": "1 or more times (“ab”, then a digit)",
    "(a|b)?": "perhaps (“a”, or “b”)",
    "x(y|z)w": "“x”, then (“y”, or “z”), then “w”",
    r"(\d{2}){3}": "3 times 2 digits",
    "()": "nothing",
}
UNREADABLE = [
    *("[a-z-[aeiou]]", r"[\i-[:]]", r"[a-\d]", r"[a-\s]", "[z-a]", "[]", "[a", "(a", "a)", "a\\", "*", "+a", "?"),
    *("a**", "{2}", "}", "]", r"\P{Lu}", r"\p{IsGreek}", r"[\P{L}]", "(" * 21 + "a" + ")" * 21),
]


@pytest.mark.parametrize(("expression", "words"), WORDS.items())
def test_a_pattern_is_told_in_words(expression: str, words: str) -> None:
    assert describe_pattern(expression) == words


@pytest.mark.parametrize("expression", UNREADABLE)
def test_what_words_would_not_help_with_is_shown_as_it_stands_and_has_no_example(expression: str) -> None:
    assert describe_pattern(expression) == f"the pattern {expression}"
    assert example(expression) is None


def test_words_are_used_up_to_a_bound() -> None:
    assert describe_pattern("a" * 157) == f"“{'a' * 157}”"
    assert describe_pattern("a" * 158) == f"the pattern {'a' * 158}"
    assert describe_pattern("(" * 20 + "a" + ")" * 20) == "“a”"


@pytest.mark.parametrize("expression", [*WORDS, "[^a-z]", r"\I\C\S\W\D\w", "[A-Z]{3}-[0-9]{4}", "(a|bc){2}d?"])
@pytest.mark.parametrize("variation", [0, 1, 2])
def test_every_example_matches(expression: str, variation: int) -> None:
    found = example(expression, variation=variation)
    assert found is not None
    pattern = LinearPattern(translate_pattern(expression, back_references=False, lazy_quantifiers=False, anchors=False))
    assert pattern.checked
    assert pattern.match(found)


@pytest.mark.parametrize(
    ("expression", "variation", "text"),
    [
        (r"\d+", 0, "0"),
        (r"\d+", 1, "1"),
        (r"\d{3}", 0, "012"),
        (r"\d{3}", 1, "123"),
        (r"\d{12}", 0, "012345678901"),
        ("(a|b)(c|d)", 0, "ac"),
        ("(a|b)(c|d)", 1, "bd"),
        ("(a|b){3}", 0, "aba"),
        ("a|b", 1, "a"),
        ("[^ab]", 0, "c"),
        ("[a-c]", 3, "a"),
    ],
)
def test_another_variation_takes_other_characters(expression: str, variation: int, text: str) -> None:
    assert example(expression, variation=variation) == text


@pytest.mark.parametrize(
    ("expression", "at_least", "at_most", "text"),
    [
        ("a*", 0, 0, ""),
        ("a*", 5, None, "aaaaaaaa"),
        ("a*", 2, 3, "aa"),
        ("a*", 3, 3, "aaa"),
        ("a*", 100, None, "a" * 100),
        ("a{2,5}", 5, None, "aaaaa"),
        ("a{2,5}", 6, None, None),
        ("a{3}", 0, 2, None),
        ("a{3}", 0, 3, "aaa"),
        ("a|bb", 2, None, "bb"),
        ("a?b?", 2, 2, "ab"),
        ("(ab)*", 3, 4, "abab"),
        ("a{2000}", 0, None, "a" * 2_000),
        ("a{2001}", 0, None, None),
    ],
)
def test_an_example_keeps_to_the_wanted_length_or_is_none(
    expression: str, at_least: int, at_most: int | None, text: str | None
) -> None:
    assert example(expression, at_least=at_least, at_most=at_most) == text


def test_a_wide_range_is_sampled_from_its_beginning() -> None:
    assert describe_pattern("[ -\U0001f600]") == "  to \U0001f600"
    letters = {example("[!-\U0001f600]", variation=number) for number in range(500)}
    assert letters == {chr(code) for code in range(ord("!"), ord("!") + 201)}
