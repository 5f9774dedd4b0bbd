"""Lint by the schemas: what no event can have is said with its place, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given

from clacks_monitor.xquery.editor.lint import LintWarning, lint, repaired
from clacks_monitor.xquery.editor.vocabulary import EMPTY_VOCABULARY, AttributeWord, ElementWord, Vocabulary
from tests.helpers.effort import effort
from tests.helpers.random_queries import NAMESPACE, queries

STATUS = ElementWord("Status", values=("busy", "free"), attributes=(AttributeWord("since"),))
PHONE = ElementWord(
    "Phone",
    (ElementWord("Caller"), STATUS, ElementWord("Away", values=("true", "false"))),
    (AttributeWord("id"), AttributeWord("kind", values=("desk", "mobile"))),
)
FREE = ElementWord("Free", open=True)
NOTE = ElementWord("Note", (ElementWord("Text"), STATUS))
WORDS = Vocabulary("urn:e", (ElementWord("Event", (PHONE, NOTE)),))
OPEN_WORDS = Vocabulary("urn:e", (ElementWord("Event", (PHONE, FREE, NOTE)),))
PROLOG = "declare namespace e = 'urn:e'; "
PROFILES = Path(__file__).parents[4] / "resources" / "profiles"


def warnings(text: str, words: Vocabulary = WORDS) -> list[tuple[str, str]]:
    """What is marked, and why."""
    return [(w.reason, (PROLOG + text)[w.start : w.end]) for w in lint(PROLOG + text, words)]


@pytest.mark.parametrize(
    ("text", "marked", "reason"),
    [
        (
            "./e:Event/e:Phone/@Caller",
            "@Caller",
            "No schema has an attribute 'Caller' for 'Phone'. There is an element of that name: leave out the @.",
        ),
        (
            "./e:Event/e:Phone/e:id",
            "e:id",
            "No schema has an element 'id' in 'Phone'. There is an attribute of that name: write @id.",
        ),
        (
            "./e:Event/e:Phone/e:Status/e:since",
            "e:since",
            "'Status' has no elements, so none named 'since'. There is an attribute of that name: write @since.",
        ),
        ("./e:Event/e:Phone = true", "true", "'true' is an element's name here. Write true()."),
        ("./e:Event/e:Phone || ./e:Event/e:Note", "|", "|| joins two texts. Write or between two conditions."),
        ("./e:Event/e:Fone", "e:Fone", "No schema has an element 'Fone' in 'Event'. Did you mean 'Phone'?"),
        ("/e:Evnt", "e:Evnt", "No schema has an element 'Evnt' at the top of an event. Did you mean 'Event'?"),
        (
            "//e:Nothing",
            "e:Nothing",
            (
                "No schema has an element 'Nothing' in any of 7 elements."
                " There is Event, Phone, Note, Caller, Status, Away, ..."
            ),
        ),
        ("//e:Phone/e:X", "e:X", "No schema has an element 'X' in 'Phone'. There is Caller, Status, Away."),
        ("//e:Caller/e:X", "e:X", "'Caller' has no elements, so none named 'X'."),
        (
            "//e:Phone/descendant::e:Text",
            "descendant::e:Text",
            "No schema has an element 'Text' anywhere below 'Phone'. There is Caller, Status, Away.",
        ),
        (
            "//e:Caller/following-sibling::e:Text",
            "following-sibling::e:Text",
            "No schema has an element 'Text' beside 'Caller'. There is Caller, Status, Away.",
        ),
        ("//e:Phone/@nr", "@nr", "No schema has an attribute 'nr' for 'Phone'. There is id, kind."),
        ("//e:Note/@id", "@id", "'Note' has no attributes, so none named 'id'."),
        (
            "/Event",
            "Event",
            "Events have 'Event' in the namespace 'urn:e', this looks for it in no namespace. Write e:Event.",
        ),
        (
            "declare namespace x = 'urn:x'; //x:Phone",
            "x:Phone",
            "Events have 'Phone' in the namespace 'urn:e', this looks for it in 'urn:x'. Write e:Phone.",
        ),
        ("//e:Status = 'bussy'", "'bussy'", "'Status' never has the value 'bussy'. Did you mean 'busy'?"),
        ("'x' != //e:Status", "'x'", "'Status' never has the value 'x'. There is busy, free."),
        ('//e:Phone/e:Status/text() eq "x"', '"x"', "'Status' never has the value 'x'. There is busy, free."),
        ("//e:Phone[@kind = ('desk', 'car')]", "'car'", "'kind' never has the value 'car'. There is desk, mobile."),
        ("//e:Status[. = 'x']", "'x'", "'Status' never has the value 'x'. There is busy, free."),
        ("//e:Away = 'yes'", "'yes'", "'Away' never has the value 'yes'. There is true, false."),
        (
            "let $p := //e:Phone return $p/e:X",
            "e:X",
            "No schema has an element 'X' in 'Phone'. There is Caller, Status, Away.",
        ),
        (
            "for $p in //e:Phone where $p/@nr return 1",
            "@nr",
            "No schema has an attribute 'nr' for 'Phone'. There is id, kind.",
        ),
        (
            "some $p in //e:Phone satisfies $p/../e:Fone",
            "e:Fone",
            "No schema has an element 'Fone' in 'Event'. Did you mean 'Phone'?",
        ),
        (
            "declare variable $p := //e:Phone; $p/e:X",
            "e:X",
            "No schema has an element 'X' in 'Phone'. There is Caller, Status, Away.",
        ),
        ("//e:Phone[e:X]", "e:X", "No schema has an element 'X' in 'Phone'. There is Caller, Status, Away."),
        (
            "//(e:Phone | e:Note)/e:X",
            "e:X",
            "No schema has an element 'X' in 'Phone' or 'Note'. There is Caller, Status, Away, Text.",
        ),
        (
            "not(exists(//e:Phone ! e:X))",
            "e:X",
            "No schema has an element 'X' in 'Phone'. There is Caller, Status, Away.",
        ),
        ("//e:Phone/node()/e:Any", "e:Any", "There are no elements in any of 3 elements, so none named 'Any'."),
        (
            "(if (//e:Note) then //e:Phone else //e:Note)/e:X",
            "e:X",
            "No schema has an element 'X' in 'Phone' or 'Note'. There is Caller, Status, Away, Text.",
        ),
    ],
)
def test_what_no_event_has(text: str, marked: str, reason: str) -> None:
    assert warnings(text) == [(reason, marked)]


@pytest.mark.parametrize(
    "text",
    [
        "./e:Event/e:Phone/e:Status = 'busy'",
        "//*:Status[. != ('free', 'busy')]",
        "/*/*/@id",
        "//e:Away = ('1', 'false')",
        "//e:Status = $x",
        "declare default element namespace 'urn:e'; Event/Phone",
        "declare function local:f($p) { $p/e:Whatever }; local:f(//e:Phone)",
        "<e:X><e:Y/></e:X>/e:Y/e:Z",
        "let $x := <a/> return $x/b",
        "//e:Caller = 'anything'",
        "e:Event/e:*",
        "//text()/..",
        "//e:Phone/ancestor::e:Event",
        "//e:Status/(@since | ../@id)",
        "for $x in (1, 2) return $x/a",
        "$x/e:Nothing",
        "1 +",
        "declare context item := <x/>; ./y",
        "typeswitch (//e:Phone) case $p as node() return $p/e:X default return 1",
        "function($p) { $p/e:X }",
        "//e:Status = ''[. = 'x']",
        "//e:Phone/@e:id",
        "//e:Status[. = 'busy']/../e:Caller",
    ],
)
def test_what_is_right_or_not_certain_is_not_said(text: str) -> None:
    assert warnings("declare variable $x external; " + text if "$x/e" in text or "= $x" in text else text) == []


def test_what_may_hold_anything_makes_others_no_less_certain() -> None:
    for text in ("/e:Event/e:Free/e:Any/@at = 'all'", "//e:Free//e:Any", "//e:Any", "//@any"):
        assert warnings(text, OPEN_WORDS) == []
    marked = [warnings(text, OPEN_WORDS)[0][1] for text in ("/e:Event/e:Any", "//e:Phone/e:Any", "/e:Event/@any")]
    assert marked == ["e:Any", "e:Any", "@any"]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("./e:Event/e:Fone", "./e:Event/e:Phone"),
        ("./Event/Phone/Status = 'busy'", "./e:Event/e:Phone/e:Status = 'busy'"),
        ("./Event/Fone/Stauts = 'bsy'", "./e:Event/e:Phone/e:Status = 'busy'"),
        ("./e:Event/e:Phone/@Caller", "./e:Event/e:Phone/*:Caller"),
        ("./e:Event/e:Phone/e:id", "./e:Event/e:Phone/@id"),
        ("./e:Event/e:Phone/@knid = 'dsk'", "./e:Event/e:Phone/@kind = 'desk'"),
        ("./e:Event/e:Phone = true", "./e:Event/e:Phone = true()"),
        ("/e:Event/child::e:Fone", "/e:Event/child::e:Phone"),
        ('//e:Status = ("bsy", "free")', '//e:Status = ("busy", "free")'),
        # Nothing is certain here.
        ("./e:Event/e:Phone/e:Status = 'engaged'", ""),
        ("./e:Event/element(e:Fone)", ""),
        ("./e:Event/child::Phone", ""),
        ("//e:Phone", ""),
        ("1 +", ""),
    ],
)
def test_what_is_wrong_is_replaced_at_once(text: str, mended: str) -> None:
    assert repaired(PROLOG + text, WORDS) == (mended and PROLOG + mended)


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("./e:Event/e:Fone", True),
        ("./e:Event/e:Phone[e:Stauts]", True),
        ("./e:Event/e:Phone[e:Stauts = 'a' and e:Caller]", True),
        ("./e:Event/e:Phone/e:Status = 'bsy'", True),
        ("./e:Event/e:Phone/e:Status != 'bsy'", False),
        ("./e:Event/e:Phone/e:Status = ('bsy', 'free')", False),
        ("./e:Event/e:Fone or ./e:Event/e:Note", False),
        ("not(./e:Event/e:Fone)", False),
        ("if (./e:Event/e:Fone) then 1 else 2", False),
        ("402", False),
    ],
)
def test_whether_the_whole_query_cannot_match(text: str, never: bool) -> None:
    assert [w.never for w in lint(PROLOG + text, WORDS)] == [never]


def test_without_a_prefix_a_repair_takes_any_namespace() -> None:
    assert repaired("./Event/Fone", WORDS) == "./*:Event/*:Phone"


@pytest.mark.parametrize("text", ["402", "'busy'"])
def test_a_value_is_not_a_condition(text: str) -> None:
    assert [w.reason for w in lint(text, WORDS)] == [
        "This is a value and not a condition: the answer is the same for every event."
    ]


def test_every_warning_has_its_place() -> None:
    text = f"{PROLOG}\n//e:Phone/e:X\n or //e:Y"
    assert [(w.line, w.column) for w in lint(text, WORDS)] == [(2, 11), (3, 7)]


def test_without_schemas_nothing_is_said() -> None:
    assert lint(PROLOG + "//e:Nothing", EMPTY_VOCABULARY) == []


@effort(100)
@given(queries)
def test_it_never_raises_and_marks_what_is_there(text: str) -> None:
    words = Vocabulary(NAMESPACE, (ElementWord("a", (ElementWord("b", values=("x",)),)),))
    for warning in lint(text, words):
        repaired(text, words)
        assert isinstance(warning, LintWarning)
        assert 0 <= warning.start < warning.end <= len(text)
        assert warning.reason.endswith((".", "?"))


def test_the_profiles_that_come_along_are_right() -> None:
    from clacks_monitor.forms.catalogue import Catalogue
    from clacks_monitor.session.view.query_vocabulary import vocabulary_of

    words = vocabulary_of(Catalogue([Path(__file__).parents[4] / "schemas"]).vocabulary())
    found = sorted(PROFILES.glob("*.json"))
    assert found
    for profile in found:
        assert lint(json.loads(profile.read_text(encoding="utf-8"))["query"], words) == []
