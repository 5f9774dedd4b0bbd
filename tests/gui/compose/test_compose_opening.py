"""Taking over an event: how much becomes a form, how much is shown, what is sent; each limit at its edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.forms import Placeholders, ValidationIssue
from clacks_monitor.gui.compose import opening
from clacks_monitor.gui.compose.draft import Draft, PathTexts, body_maker
from clacks_monitor.gui.compose.opening import Opened
from tests.helpers.fake_sender import FakeSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PHONE = (
    b'<Event xmlns="http://www.gonicus.de/Events"><PhoneStatus><CallerId>1</CallerId><ReceiverId>2</ReceiverId>'
    b"<Status>busy</Status></PhoneStatus></Event>"
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[FakeSession]:
    session = FakeSession(tmp_path)
    yield session
    session.close()


@pytest.mark.parametrize(
    ("text", "quick"),
    [
        ("x" * 16_384, True),
        ("x" * 16_385, False),
        ("<" * 150 + "=" * 50, True),
        ("<" * 150 + "=" * 51, False),
    ],
)
def test_a_small_event_is_opened_at_once(text: str, quick: bool) -> None:
    assert opening.is_quick(text) is quick
    assert opening.is_quick(text.encode()) is quick


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("", True),
        ("x" * 8_000, True),
        ("a\n" + "x" * 8_001, False),
        ("x\n" * 6_000, True),
        ("x\n" * 6_001, False),
        (("x" * 99 + "\n") * 2_621 + "x" * 44, True),
        (("x" * 99 + "\n") * 2_621 + "x" * 45, False),
    ],
)
def test_a_text_is_edited_up_to_its_limits(text: str, fits: bool) -> None:
    assert opening.can_be_shown(text) is fits


@pytest.mark.parametrize("sized", [str, str.encode])
def test_of_a_long_text_the_beginning_is_shown(sized: type[str]) -> None:
    assert opening.excerpt(sized("a" * 20_001 + "b")).count("a") == 2_000 - 1
    assert len(opening.excerpt(sized("ab\n" * 500)).splitlines()) == 400
    assert "end" not in opening.excerpt(sized(("x" * 999 + "\n") * 20 + "end"))
    assert opening.excerpt(sized(("x" * 999 + "\n") * 19 + "end")).endswith("end")
    assert opening.excerpt(b"\xff") == "\ufffd"


@pytest.mark.parametrize(
    ("name", "wanted"), [("FORM_BYTES", "too large for a form"), ("FORM_MARKS", "tags and attributes")]
)
def test_a_large_event_has_no_form(
    session: FakeSession, monkeypatch: pytest.MonkeyPatch, name: str, wanted: str
) -> None:
    size = {"FORM_BYTES": len(PHONE), "FORM_MARKS": PHONE.count(b"<") + PHONE.count(b"=")}[name]
    monkeypatch.setattr(opening, name, size)
    opened = opening.open_event(session.composing, PHONE)
    assert opened.form is not None
    assert (opened.reason, opened.problems) == (None, [])
    monkeypatch.setattr(opening, name, size - 1)
    opened = opening.open_event(session.composing, PHONE)
    assert opened.form is None
    assert opened.reason is not None
    assert str(opened.reason.text) == f"{wanted}: {size:,} bytes" or wanted in opened.reason.text
    by_bytes = name == "FORM_BYTES"
    assert (opened.text, opened.type_name) == ((None, "") if by_bytes else (PHONE.decode(), "PhoneStatus"))
    assert opened.body == PHONE


def test_the_limits_are_those_that_are_promised() -> None:
    assert (opening.FORM_BYTES, opening.FORM_MARKS) == (512 * 1024, 6_000)
    assert opening.TEXT_CHARACTERS == 256 * 1024


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"no XML <", "no XML <"),
        (b"\xef\xbb\xbfno XML", "no XML"),
        (b"\xff\0", None),
        (b"x" * 8_001, None),
        (
            b'<?xml version="1.0" encoding="iso-8859-1"?><a>\xe4</a>',
            '<?xml version="1.0" encoding="iso-8859-1"?><a>ä</a>',
        ),
    ],
)
def test_what_has_no_form_is_a_text_where_it_is_one(session: FakeSession, body: bytes, text: str | None) -> None:
    opened = opening.open_event(session.composing, body)
    assert (opened.form, opened.text, opened.body) == (None, text, body)
    assert opened.reason is not None


def test_a_text_with_too_many_characters_is_not_even_read(
    session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = b"<a>" + b"x" * 20 + b"</a>"
    monkeypatch.setattr(opening, "TEXT_CHARACTERS", len(body))
    assert opening.open_event(session.composing, body).text == body.decode()
    monkeypatch.setattr(opening, "TEXT_CHARACTERS", len(body) - 1)
    assert opening.open_event(session.composing, body).text is None


@pytest.mark.parametrize(
    ("body", "name"),
    [(PHONE, "PhoneStatus"), (b"<Event><!-- x --><a:B xmlns:a='u'/><C/></Event>", "B"), (b"<Event/>", ""), (b"x", "")],
)
def test_the_type_of_an_event_is_its_first_element(body: bytes, name: str) -> None:
    assert opening.type_of(body) == name


def test_placeholders_that_stand_for_nothing_are_found_in_their_place() -> None:
    text = "<a>\n  <b>{{csv:X}}</b>\n  <c>{{csv:X}}</c><d>{{nothing}}</d>\n</a>"
    found = opening.unresolved(text, Placeholders())
    assert [(problem.line, problem.column) for problem in found] == [(2, 6), (3, 22)]
    assert opening.unresolved("<a>{{counter}}</a>", Placeholders()) == []
    assert opening.unresolved("<a/>", Placeholders()) == []


def test_an_events_text_is_checked_by_its_fields(session: FakeSession) -> None:
    check = opening.check_text
    assert check(session.composing, PHONE.decode(), Placeholders()) == []
    assert len(check(session.composing, "<a", Placeholders())) == 1
    wrong = PHONE.decode().replace("<Status>busy</Status>", "<Status>{{csv:X}}</Status><More/>")
    found = check(session.composing, wrong, Placeholders())
    assert any("csv" in problem.text for problem in found)
    assert any("More" in f"{problem.path} {problem.text}" for problem in found)
    reason = ValidationIssue("there is no schema")
    assert opening.text_problems("<a/>", reason) == [reason]
    assert opening.text_problems("<a/>", None) == []
    assert opening.text_problems("<a", reason) != [reason]


# -- the draft ---------------------------------------------------------------------------------------------------------


def a_text(text: str | None, body: bytes, reason: ValidationIssue | None = None) -> Draft:
    return Draft.of(Opened(body, None, text, reason, "Strange"), heavy=False)


def test_bytes_that_arrived_stay_until_the_text_is_edited() -> None:
    latin = '<?xml version="1.0" encoding="iso-8859-1"?><a>ä</a>'
    draft = a_text(latin, latin.encode("latin-1"))
    assert (draft.body, draft.type_name) == (latin.encode("latin-1"), "Strange")
    assert draft.edited("<a>b</a>") == []
    assert (draft.body, draft.text) == (b"<a>b</a>", "<a>b</a>")
    assert len(draft.edited("<a>")) == 1
    draft.edited(latin)
    assert draft.body == latin.encode("latin-1")


def test_an_event_that_is_no_text_is_sent_as_it_came() -> None:
    reason = ValidationIssue("is no XML")
    draft = a_text(None, b"\0\xff", reason)
    assert (draft.body, draft.next_body, draft.text, draft.preview, draft.excerpt) == (
        b"\0\xff", b"\0\xff", None, None, None,
    )  # fmt: skip
    assert draft.problems() == [reason]
    assert a_text(None, b"\0\xff").problems() == []
    assert a_text(None, b"").excerpt is None
    assert a_text(None, b"long text").excerpt == "long text"
    assert a_text(None, b"\xff<a").excerpt == "\ufffd<a"
    assert a_text(None, b" " * 1_000 + b"\xff").excerpt is not None


def test_a_long_text_makes_a_draft_heavy() -> None:
    reason = ValidationIssue("is too long")
    assert not a_text("<a/>", b"<a/>").heavy
    assert Draft.of(Opened(b"<a/>", text="<a/>"), heavy=True).heavy
    long = "<a>" + "x" * opening.QUICK_BYTES + "</a>"
    draft = a_text(long, long.encode(), reason)
    assert draft.heavy
    assert draft.problems() == [reason]
    quick = a_text("<a/>", b"<a/>", reason)
    assert quick.problems() == [reason]
    assert quick.edited(long) == []
    assert quick.heavy
    assert quick.edited("<a/>") == []  # once heavy it stays that: it is checked elsewhere


def test_placeholders_are_resolved_in_the_encoding_of_the_event() -> None:
    latin = '<?xml version="1.0" encoding="iso-8859-1"?><a>ä {{counter}}</a>'
    draft = a_text(latin, latin.encode("latin-1"))
    assert draft.preview == latin.replace("{{counter}}", "1")
    assert draft.next_body == latin.replace("{{counter}}", "1").encode("latin-1")
    draft.sent()
    assert draft.next_body == latin.replace("{{counter}}", "2").encode("latin-1")
    draft.use_rows([{"X": "<"}])
    draft.edited("<a>{{csv:X}}</a>")
    assert draft.next_body == b"<a>&lt;</a>"


@pytest.mark.parametrize(
    ("body", "made"),
    [
        (b"<a>{{counter}}</a>", [b"<a>1</a>", b"<a>2</a>"]),
        (b"no XML {{counter}} <", [b"no XML 1 <", b"no XML 2 <"]),
        (b"\xff{{counter}}", [b"\xff{{counter}}"] * 2),
        (b"<a>{{csv:X}}</a>", [b"<a>one</a>", b"<a>two</a>"]),
        (b"<a />", [b"<a />"] * 2),
    ],
)
def test_a_burst_has_values_of_its_own_for_each_event(body: bytes, made: list[bytes]) -> None:
    make = body_maker(body, [{"X": "one"}, {"X": "two"}])
    assert [make(), make()] == made


def test_a_checker_says_later_what_is_wrong_now(session: FakeSession) -> None:
    reason = ValidationIssue("is no XML")
    assert a_text(None, b"\0", reason).checker(session.composing)() == [reason]
    assert a_text("<a/>", b"<a/>", reason).checker(session.composing)() == [reason]
    opened = opening.open_event(session.composing, PHONE)
    draft = Draft.of(opened, heavy=False)
    assert draft.checker(session.composing)() == []
    draft.edited(PHONE.decode().replace("busy", "{{csv:X}}"))
    check = draft.checker(session.composing)
    draft.use_rows([{"X": "1"}])
    assert len(check()) == 1
    assert draft.checker(session.composing)() == []


def test_what_is_wrong_is_told_by_path() -> None:
    words = PathTexts(
        [ValidationIssue("one", path="a"), ValidationIssue("two", path="b"), ValidationIssue("three", path="a")]
    )
    assert (words["a"], words["b"], len(words), list(words)) == ("one; three", "two", 2, ["a", "b"])
    assert words.get("c", "") == ""
