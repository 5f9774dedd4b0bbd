"""What the detail pane looks at and shows is bounded: counted in pieces, lines, fields and steps, not in time."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from clacks_monitor.core.event import EXCERPT_BYTES, Event, RawMessage, excerpt_of
from clacks_monitor.core.untrusted import reveal
from clacks_monitor.gui.detail.fields import MAX_DEPTH, MAX_FIELDS, Field, fields_of, leaves, walked
from clacks_monitor.gui.detail.pages import PAGE_BYTES, Pages
from clacks_monitor.gui.detail.reading import Reading, read
from clacks_monitor.gui.detail.shown_text import LINE, SOFT_BREAK, joined, shown
from clacks_monitor.gui.detail.xml_place import Place, place_at
from clacks_monitor.gui.detail.xml_scanner import State, pieces
from clacks_monitor.gui.kit import xml_text
from clacks_monitor.gui.kit.latest_task import UnwantedError
from clacks_monitor.gui.table.line_diff import MAX_STEPS, _Aligner, align
from tests.helpers.fake_events import wrap

SIGNS = st.text(alphabet="<>&;!?/-[]CDATA=\"' \tab:\u00e4\u200b\U0001f600", max_size=200)
STATES = st.sampled_from(list(State))


def _reading(body: bytes) -> Reading:
    return read(excerpt_of(Event(RawMessage("office", 0, 0, body), "", "")))


def _counted(top: Field | None) -> int:
    return 0 if top is None else sum(1 for _field in walked(top))


# -- colours -------------------------------------------------------------------------------------------------------


@given(SIGNS, STATES)
def test_pieces_follow_each_other_through_the_whole_line(text: str, state: State) -> None:
    at = 0
    for piece in pieces(text, state):
        assert piece.start == at < piece.end
        at = piece.end
    assert at == len(text)


@given(SIGNS, STATES)
def test_no_character_is_looked_at_more_than_a_fixed_number_of_times(text: str, state: State) -> None:
    looked = sum(min(piece.looked, len(text)) - piece.start for piece in pieces(text, state))
    assert looked <= 36 * len(text)


@pytest.mark.parametrize("sign", ["<", "&", '"', "'", "<!--", "<a ", "&a", "a=", "<![CDATA[", "<?", "]]>", 'é="', "a "])
@pytest.mark.parametrize("state", list(State))
def test_what_repeats_is_looked_at_in_proportion(sign: str, state: State) -> None:
    """A regular expression took 22 seconds for quotes in text."""
    text = sign * 20_000
    assert sum(min(piece.looked, len(text)) - piece.start for piece in pieces(text, state)) <= 36 * len(text)


def _kinds(text: str, state: State = State.TEXT) -> list[tuple[str, str]]:
    return [(text[piece.start : piece.end], piece.kind) for piece in pieces(text, state) if piece.kind]


def test_the_colours_of_usual_xml() -> None:
    assert _kinds('<?xml version="1.0"?><!-- a --><f:Event a:b="x &amp; &gt;" c=\'1\'>a=b &amp; "q"</f:Event><b/>') == [
        ('<?xml version="1.0"?>', "tag"), ("<!-- a -->", "comment"), ("<f:Event", "tag"), ("a:b", "attribute"),
        ('"x &amp; &gt;"', "string"), ("c", "attribute"), ("'1'", "string"), (">", "tag"), ("&amp;", "entity"),
        ("</f:Event", "tag"), (">", "tag"), ("<b", "tag"), ("/>", "tag"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "after"),
    [("<!-- a", State.COMMENT), ("<a b", State.TAG), ('<a b="', State.DOUBLE), ("<a b='", State.SINGLE),
     ("<![CDATA[ <a>", State.CDATA), ("<?x ", State.INSTRUCTION), ("<a>", State.TEXT)],
)  # fmt: skip
def test_a_line_goes_on_where_the_one_before_ended(text: str, after: State) -> None:
    *_others, last = pieces(text, State.TEXT)
    assert last.state is after
    closing = {
        State.COMMENT: "-->",
        State.DOUBLE: '">',
        State.SINGLE: "'>",
        State.CDATA: "]]>",
        State.INSTRUCTION: "?>",
    }
    *_others, last = pieces(closing.get(after, ">") + "x", after)
    assert last.state is State.TEXT


# -- lines ---------------------------------------------------------------------------------------------------------


@given(st.text(alphabet="ab\n\r \u202e\u0301", max_size=300), st.integers(1, 400))
def test_lines_are_bounded_and_lose_nothing(text: str, limit: int) -> None:
    found = shown(text, limit, 50)
    assert len(found.lines) <= 50 + LINE
    assert all(len(line) <= LINE + 1 for line in found.lines)
    whole = shown(text, 10**9, 10**9)
    assert not whole.cut
    assert whole.lines[: len(found.lines)] == found.lines


@given(st.text(alphabet="ab\n", min_size=1), st.integers(1, 3_000))
def test_a_broken_line_is_joined_again(text: str, times: int) -> None:
    whole = shown(text * times, 10**9, 10**9)
    assert joined(whole.text) == (text * times).removesuffix("\n")


def test_a_character_that_looks_like_a_break_is_shown_by_its_code() -> None:
    assert shown(f"a{SOFT_BREAK}\nb", 100, 100).lines == ("a‹U+200B›", "b")


# -- fields --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        wrap("<P " + " ".join(f'a{number}="1"' for number in range(10_000)) + "/>"),
        wrap("<P " + " ".join(f'a{number}="1"' for number in range(100_000)) + "/>"),
        wrap("<P>" + "<a/>" * 10_000 + "</P>"),
        wrap("<P>" + "<a/>" * 100_000 + "</P>"),
        wrap("<P>" + '<a b="1" c="2"><d/></a>' * 10_000 + "</P>"),
    ],
)
def test_fields_are_bounded_and_the_rest_is_said(body: bytes) -> None:
    found = _reading(body).fields
    assert found is not None
    assert _counted(found) == MAX_FIELDS + 1
    assert any(field.cut for field in walked(found))


def test_fields_are_listed_down_to_a_depth() -> None:
    top = fields_of(etree.fromstring(b"<a>" * 200 + b"</a>" * 200))
    deepest = list(walked(top))[-1]
    assert len(deepest.path()) == MAX_DEPTH + 1
    assert deepest.cut


def test_all_fields_of_a_usual_event_are_there_in_order() -> None:
    root = etree.fromstring(b'<a x="1"><b y="2">t</b><!-- c --><c><d/></c></a>')
    top = fields_of(root)
    assert [field.path()[1:] for field in walked(top)] == [
        ("@x",), (), ("{}b", "@y"), ("{}b",), ("{}c",), ("{}c", "{}d"),
    ]  # fmt: skip
    assert not any(field.cut for field in walked(top))


def test_the_last_elements_of_a_part_have_no_value() -> None:
    part = wrap("<P><a>1</a><b>half a val")[: -len("</Event>")]
    root = xml_text.parsed(part, whole=False)
    assert root is not None
    found = {field.path()[-1]: field.value for field in walked(fields_of(root, whole=False))}
    assert found == {"Event": None, "P": None, "a": "1", "b": None}


def test_of_menus_no_more_is_gone_through_than_they_need() -> None:
    root = etree.fromstring(wrap("<P>" + "<a/>" * 50_000 + "<b>1</b></P>"))
    assert leaves(root, 12) == []
    root = etree.fromstring(wrap('<P a="1">' + "<b>2</b>" * 100 + "</P>"))
    assert [path[-1] for path, _value in leaves(root, 3)] == ["@a", "b", "b"]


# -- texts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        wrap("<P>" + "<a>1</a>" * 400_000 + "</P>"),
        wrap("<V>" + "9" * 5_000_000 + "</V>"),
        wrap("<P>" + "\n" * 2_000_000 + "</P>"),
        wrap("<P>" + "\u202e" * 500_000 + "</P>"),
        wrap("<P>" + "e\u0301\u0301\u0301\u0301" * 200_000 + "</P>"),
        wrap("<P>" + '"' * 900_000 + "</P>"),
        b"\0" * 5_000_000,
        b"<a>" * 100_000,
        b"<Event xmlns='" + b"n" * 5_000_000 + b"'/>",
    ],
)
def test_texts_are_bounded_whatever_comes(body: bytes) -> None:
    found = _reading(body)
    for text in (found.pretty, found.received):
        assert text.cut
        assert len(text.text) <= xml_text.MAX_SHOWN + 10 * LINE
        assert len(text.lines) <= xml_text.MAX_SHOWN_LINES + LINE


def test_a_part_is_indented_without_ends_that_were_not_received() -> None:
    text = _reading(wrap("<P>" + "<a>1</a>\n" * 60_000 + "</P>")).pretty.text
    assert text.startswith('<Event xmlns="http://www.gonicus.de/Events">\n  <P>\n    <a>1</a>\n')
    assert "</P>" not in text
    short = xml_text.pretty(b"<a><b>1</b><c><d>" + b"2" * 2_000, whole=False)
    assert short.startswith("<a>\n  <b>1</b>\n  <c>\n    <d>222")
    assert "</c>" not in short


def test_a_doctype_in_a_part_is_not_read() -> None:
    body = b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;' + b"<b/>" * 100_000 + b"</a>"
    assert _reading(body).fields is None
    assert _reading(body).pretty.text.startswith("<!DOCTYPE")


def test_a_part_that_ends_within_a_character_is_still_text() -> None:
    body = ("<a>" + "ä" * EXCERPT_BYTES).encode()
    assert xml_text.as_received(body[: EXCERPT_BYTES - 1], whole=False).startswith("<a>ä")
    assert xml_text.as_received(body[:EXCERPT_BYTES], whole=False).startswith("<a>ä")


def test_reading_stops_when_it_is_not_wanted() -> None:
    def unwanted() -> None:
        raise UnwantedError

    excerpt = excerpt_of(Event(RawMessage("office", 0, 0, wrap("<a/>")), "", ""))
    with pytest.raises(UnwantedError):
        read(excerpt, unwanted)


# -- places --------------------------------------------------------------------------------------------------------


def test_places_in_a_deep_text_and_in_long_names_cost_little() -> None:
    """The path of each element as a tuple took 17 GB."""
    assert place_at("<a>" * 66_000, 190_000) is None
    name = "n" * 100_000
    assert place_at(f"<{name} a='1'>x</{name}>", 100_004) == Place((f"{{}}{name}", "@a"), "1")
    assert place_at(f"<a {name}='1' b='2'>x</a>", 100_011) == Place(("{}a", "@b"), "2")


# -- pages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source", ["", "abc", "ä" * 100_001, "a\nb\r\nc " * 30_000, "\U0001f600" * 40_000, "\u202e" * 30_000]
)
def test_the_pages_of_a_text_are_the_text(source: str) -> None:
    pages = Pages(source)
    lines = [joined(pages.page(number).text) for number in range(pages.count)]
    assert "".join(lines).replace("\n", "") == reveal(source).replace("\n", "").replace("\r", "")


@given(st.integers(0, 3 * PAGE_BYTES), st.sampled_from(["ä", "x", "\U0001f600"]))
def test_a_text_is_found_and_its_page_shows_it(place: int, filler: str) -> None:
    source = filler * place + "needle" + filler * 20_000
    pages = Pages(source)
    found = pages.find("needle", 0)
    assert found == len((filler * place).encode())
    line, before = pages.line_and_text(found)
    shown_line = pages.page(pages.number_at(found)).lines[line]
    rest = shown_line[len(before) :].removesuffix(SOFT_BREAK)
    assert "needle".startswith(rest[:6])
    assert pages.find("needle", found + 1) == found
    assert pages.find("no such", 0) == -1


def test_bytes_are_paged_as_a_table() -> None:
    pages = Pages(bytes(range(256)) * 64)
    assert not pages.is_text
    assert pages.page(1).lines[0].startswith("00001000  00 01")
    assert pages.find("ABCD", 0x1000) == 0x1041
    assert pages.line_and_text(0x1041)[0] == 8


# -- comparing -----------------------------------------------------------------------------------------------------

LINES = st.lists(st.sampled_from("abcdefgh"), max_size=40)


@given(LINES, LINES)
def test_aligned_lines_are_those_of_both_sides(left: list[str], right: list[str]) -> None:
    found = align(left, right)
    assert [pair[0] for pair in found.pairs if pair[0]] == left
    assert [pair[1] for pair in found.pairs if pair[1]] == right
    assert all(differs == (one != other) for one, other, differs in found.pairs)
    assert not found.coarse


def test_lines_are_aligned() -> None:
    assert align(["a", "b", "d"], ["a", "c", "d", "e"]).pairs == (
        ("a", "a", False), ("b", "c", True), ("d", "d", False), ("", "e", True),
    )  # fmt: skip


def test_a_line_added_in_the_midst_is_the_only_difference() -> None:
    left = [f"<a>{number % 7}</a>" for number in range(2_000)]
    found = align(left, [*left[:1_000], "new", *left[1_000:]])
    assert (found.differences, found.coarse) == (1, False)


def _noise(seed: int, kinds: int) -> list[str]:
    chosen = random.Random(seed)
    return [str(chosen.randrange(kinds)) for _ in range(2_000)]


@pytest.mark.parametrize("kinds", [2, 50, 3_000])
def test_lines_that_have_little_in_common_are_aligned_in_bounded_steps(kinds: int) -> None:
    left, right = _noise(1, kinds), _noise(2, kinds)
    aligner = _Aligner(left, right, lambda: None)
    runs = list(aligner.runs())
    assert aligner.steps <= 2 * MAX_STEPS
    assert all(left[a : a + n] == right[b : b + n] for a, b, n in runs)
    assert [pair[0] for pair in align(left, right).pairs if pair[0]] == left
