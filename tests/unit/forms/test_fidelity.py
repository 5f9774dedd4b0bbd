"""However an event is written, what nobody edits stays as it was: byte for byte, in its encoding."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from clacks_monitor.forms import Catalogue, Form, ValueField, open_form

SCHEMAS = Path(__file__).parents[3] / "schemas"
CATALOGUE = Catalogue([SCHEMAS])
NAMESPACE = "http://www.gonicus.de/Events"
ENCODINGS = ("UTF-8", "ISO-8859-1", "UTF-16", "windows-1252", "US-ASCII")
VALUES = st.text(st.sampled_from("aZ09 .-_&<>\"'\u00e4\u20ac\u4e2d\U0001f600]"), min_size=1, max_size=8)
BLANKS = st.sampled_from([" ", "  ", "\n", "\r\n", "\t", " \n  "])
PLACES = ("Id", "PuppetLog[1]/Message", "PuppetLog[1]/Source", "PuppetLog[2]/Message")


@dataclass
class Writing:
    """One way to write documents: every choice that XML leaves open is drawn."""

    draw: st.DrawFn
    encoding: str
    prefix: str

    def choose(self, *options: str) -> str:
        return self.draw(st.sampled_from(options))

    def character(self, character: str, *, inside: str = "") -> str:
        """Write one character of a value, in an attribute between quotes `inside` or as content."""
        code = ord(character)
        named = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
        options = [f"&#{code};", f"&#x{code:X};", f"&#x{code:04x};"]
        if character in named:
            options.append(named[character])
        if character not in {"&", "<", ">", inside} and _holds(self.encoding, character):
            options.append(character)
        return self.choose(*options)

    def value(self, text: str) -> str:
        parts = [self.character(character) for character in text]
        if "]]>" not in text and _holds(self.encoding, text) and self.draw(st.booleans()):
            parts = [f"<![CDATA[{text}]]>"]
        if self.draw(st.integers(0, 3)) == 0:
            parts.insert(self.draw(st.integers(0, len(parts))), self.choose("<!-- - -->", "<?pi x?>"))
        return "".join(parts)

    def element(self, name: str, content: str) -> str:
        full = f"{self.prefix}:{name}" if self.prefix else name
        blank, end = self.choose("", " ", "\n"), self.choose("", " ")
        return f"<{full}{blank}>{content}</{full}{end}>"

    def gap(self) -> str:
        return self.draw(BLANKS) + self.choose("", "", "<!-- here -->", "<?here?>") + self.draw(BLANKS)


def _holds(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@st.composite
def documents(draw: st.DrawFn) -> tuple[bytes, dict[str, str]]:
    """A PuppetReport written in some way, and the values that it holds."""
    way = Writing(draw, draw(st.sampled_from(ENCODINGS)), draw(st.sampled_from(["", "e", "n-1", "Event"])))
    values = {place: draw(VALUES) for place in PLACES}
    logs = [
        way.element(
            "PuppetLog",
            way.gap()
            + way.gap().join(
                [
                    way.element("Timestamp", way.value("12.5")),
                    way.element("Level", way.value("err")),
                    way.element("Message", way.value(values[f"PuppetLog[{number}]/Message"])),
                    *([way.element("Source", way.value(values["PuppetLog[1]/Source"]))] if number == 1 else []),
                ]
            )
            + way.gap(),
        )
        for number in (1, 2)
    ]
    report = way.element(
        "PuppetReport", way.gap() + way.gap().join([way.element("Id", way.value(values["Id"])), *logs])
    )
    quote = draw(st.sampled_from("\"'"))
    declared = f"xmlns:{way.prefix}" if way.prefix else "xmlns"
    name = f"{way.prefix}:Event" if way.prefix else "Event"
    attribute = draw(st.sampled_from(["", f"{draw(BLANKS)}xmlns:unused = {quote}urn:u{quote}"]))
    start = f"<{name}{draw(BLANKS)}{declared}={quote}{NAMESPACE}{quote}{attribute}>"
    body = f"{start}{way.gap()}{report}{way.gap()}</{name}>{way.gap()}"
    utf8 = way.encoding == "UTF-8"
    declaration = f'<?xml version="1.0" encoding={quote}{way.encoding}{quote}?>'
    head = draw(st.sampled_from(["", declaration])) if utf8 else declaration
    mark = b"\xef\xbb\xbf" if utf8 and draw(st.booleans()) else b""
    return mark + (head + body).encode(way.encoding), values


def leaf(form: Form, path: str) -> ValueField:
    field = form.find(path)
    assert isinstance(field, ValueField)
    return field


def common(one: bytes, other: bytes) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@settings(max_examples=150, deadline=None)
@given(documents(), st.sampled_from(PLACES), VALUES)
def test_one_edited_value_is_all_that_changes(document: tuple[bytes, dict[str, str]], place: str, new: str) -> None:
    body, values = document
    form = open_form(CATALOGUE, body)
    assert form.to_xml() == body
    assert {path: leaf(form, path).value for path in PLACES} == values
    leaf(form, place).value = new
    edited = form.to_xml()
    again = open_form(CATALOGUE, edited)
    assert {path: leaf(again, path).value for path in PLACES} == values | {place: new}
    if new != values[place]:
        _only_inside(body, edited, place)
        assert form.edits.undo()
    assert form.to_xml() == body
    assert {path: leaf(form, path).value for path in PLACES} == values


def _only_inside(before: bytes, after: bytes, place: str) -> None:
    """The bytes differ within the edited element, between its tags, and nowhere else."""
    form = open_form(CATALOGUE, before)
    element = etree.fromstring(before)
    encoding = element.getroottree().docinfo.encoding or "UTF-8"
    text = form.text
    starts = {owner: start for start, owner in form.written().starts.items()}
    begin = starts[leaf(form, place)]
    end = text.index("</", begin)
    unmarked = before.removeprefix(b"\xef\xbb\xbf")
    least = len(before) - len(unmarked) + len(text[:begin].encode(encoding))
    most = len(text[end:].encode(encoding)) - (2 if encoding.upper().startswith("UTF-16") else 0)
    assert common(before, after) >= least
    assert common(before[::-1], after[::-1]) >= min(most, len(after))


@settings(max_examples=60, deadline=None)
@given(documents(), st.lists(st.tuples(st.sampled_from(PLACES), VALUES), min_size=1, max_size=6))
def test_undo_and_redo_walk_through_the_same_states(
    document: tuple[bytes, dict[str, str]], edits: list[tuple[str, str]]
) -> None:
    form = open_form(CATALOGUE, document[0])
    states = [form.to_xml()]
    for place, value in edits:
        form.edits.seal()
        leaf(form, place).value = value
        if form.to_xml() != states[-1]:
            states.append(form.to_xml())
    back = [form.to_xml()]
    while form.edits.undo():
        back.append(form.to_xml())
    assert back == states[::-1]
    forth = [form.to_xml()]
    while form.edits.redo():
        forth.append(form.to_xml())
    assert forth == states


@settings(max_examples=80, deadline=None)
@given(documents(), st.data())
def test_a_text_that_is_broken_on_the_way_leaves_the_form_as_it_was(
    document: tuple[bytes, dict[str, str]], data: st.DataObject
) -> None:
    body, values = document
    form = open_form(CATALOGUE, body)
    text = form.text
    cut = data.draw(st.integers(0, len(text)))
    broken = text[:cut] + "<" + text[cut:]
    problems = form.text_edited(broken)
    if form.broken_text is not None:
        assert form.text == broken
        assert problems[0].line is not None
        assert {path: leaf(form, path).value for path in PLACES} == values
        assert form.to_xml() == body
    form.text_edited(text)
    assert form.broken_text is None
    assert form.to_xml() == body


@st.composite
def calls(draw: st.DrawFn) -> tuple[bytes, str]:
    """An AsteriskNotification whose attributes are written in some order, with some blanks and quotes."""
    way = Writing(draw, "UTF-8", "")
    who = draw(VALUES)
    written = []
    for name, value in draw(st.permutations([("Type", "CallMissed"), ("Identity", who), ("xmlns:x", "urn:x")])):
        quote = way.choose('"', "'")
        raw = "".join(way.character(character, inside=quote) for character in value)
        written.append(f"{draw(BLANKS)}{name}{way.choose('', ' ')}={way.choose('', ' ')}{quote}{raw}{quote}")
    inside = "".join(way.element(name, way.value(value)) for name, value in (("From", "+123"), ("To", "+4567")))
    inside += way.element("Timestamp", way.value("1.5"))
    call = f"<AsteriskNotification{''.join(written)}{way.choose('', ' ')}>{inside}</AsteriskNotification>"
    return f"<Event xmlns='{NAMESPACE}'>{call}</Event>".encode(), who


@settings(max_examples=100, deadline=None)
@given(calls(), VALUES)
def test_an_edited_attribute_changes_between_its_quotes_only(call: tuple[bytes, str], new: str) -> None:
    body, who = call
    form = open_form(CATALOGUE, body)
    field = leaf(form, "@Identity")
    assert (form.to_xml(), field.value) == (body, who)
    field.value = new
    edited = form.to_xml().decode()
    found = open_form(CATALOGUE, edited.encode())
    assert leaf(found, "@Identity").value == new
    before, after = (_around_identity(text) for text in (body.decode(), edited))
    assert before == after
    form.edits.seal()
    field.present = False
    assert "Identity" not in etree.fromstring(form.to_xml())[0].attrib
    assert etree.fromstring(form.to_xml())[0].get("Type") == "CallMissed"
    form.edits.undo()
    assert form.to_xml().decode() == edited
    form.edits.undo()
    assert form.to_xml() == body


def _around_identity(text: str) -> tuple[str, str]:
    """Everything before and after the value of the attribute."""
    head, _, rest = text.partition("Identity")
    quote = next(character for character in rest if character in "\"'")
    begin = rest.index(quote)
    end = rest.index(quote, begin + 1)
    return head + rest[: begin + 1], rest[end:]
