"""Taking over an event to compose from, whatever its size: how much of it becomes a form, how much is shown.

Role: the bounds, and the work that a large event or a schema of others takes. Owner: nobody, functions. Thread: any.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import clip
from clacks_monitor.forms import Form, FormsError, ValidationIssue, lossless, new_form, open_form
from clacks_monitor.forms.placeholders import contains
from clacks_monitor.session.sending.composing import skeleton

if TYPE_CHECKING:
    from clacks_monitor.forms import Placeholders
    from clacks_monitor.session.sending.composing import Composing

QUICK_BYTES: Final = 16 * 1024
QUICK_MARKS: Final = 200
"""An event with no more bytes, and no more tags and attributes, is opened and checked on the window's thread."""
FORM_BYTES: Final = 512 * 1024
FORM_MARKS: Final = 6_000
"""A larger event has no form."""
TEXT_CHARACTERS: Final = 256 * 1024
TEXT_LINES: Final = 6_000
LINE_CHARACTERS: Final = 8_000
"""A text with more characters, lines, or characters in a line cannot be edited, and its beginning is shown."""
_SHOWN: Final = 20_000
_SHOWN_LINES: Final = 400
_SHOWN_LINE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Opened:
    """An event that was taken over. Without a form ``reason`` says why; ``text`` is None for what is not edited."""

    body: bytes
    form: Form | None = None
    text: str | None = None
    reason: ValidationIssue | None = None
    type_name: str = ""
    problems: list[ValidationIssue] = field(default_factory=list)


def is_quick(body: bytes | str) -> bool:
    """Whether opening an event, and checking it, takes no time that is felt."""
    return len(body) <= QUICK_BYTES and _marks(body) <= QUICK_MARKS


def _marks(body: bytes | str) -> int:
    if isinstance(body, str):
        return body.count("<") + body.count("=")
    return body.count(b"<") + body.count(b"=")


def open_event(composing: Composing, body: bytes) -> Opened:
    """Take over an event; a form and its first problems where it is small enough for that. Never raises."""
    if len(body) > FORM_BYTES:
        return Opened(body, None, None, ValidationIssue(Message("too large for a form: {0:,} bytes", len(body))))
    if (marks := _marks(body)) > FORM_MARKS:
        reason = ValidationIssue(Message("too many tags and attributes for a form: {0:,}", marks))
        return Opened(body, None, _text(body), reason, type_of(body))
    try:
        form = open_form(composing.catalogue, body)
    except FormsError as error:
        return Opened(body, None, _text(body), error.problem, type_of(body))
    return Opened(body, form, problems=form.problems(second_opinion=False))


def open_type(composing: Composing, type_name: str) -> Opened:
    """Begin an event of a type; as text where its schema makes no form."""
    try:
        form = new_form(composing.catalogue, type_name)
    except FormsError as error:
        body = skeleton(composing.catalogue, type_name)
        return Opened(body, None, body.decode(), error.problem, type_name)
    return Opened(b"", form, problems=form.problems(second_opinion=False))


def type_of(body: bytes) -> str:
    """Return the name of the element in an event that is not large, "" where there is none."""
    try:
        root = lossless.decode_text(body)[3]
    except FormsError:
        return ""
    return next((lossless.split_name(str(item.tag))[1] for item in root.iterchildren("*")), "")


def _text(body: bytes) -> str | None:
    """Return a body as a text that can be edited; None when it is none, or too long."""
    if len(body) > TEXT_CHARACTERS:
        return None
    try:
        text = lossless.parse(body).text
    except FormsError:
        try:
            text = body.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None
    return text if can_be_shown(text) else None


def can_be_shown(text: str) -> bool:
    """Whether a text is short enough, and so are its lines, to be edited."""
    if len(text) > TEXT_CHARACTERS:
        return False
    lines = text.splitlines()
    return len(lines) <= TEXT_LINES and max(map(len, lines), default=0) <= LINE_CHARACTERS


def excerpt(body: bytes | str) -> str:
    """Return the beginning of an event that is too long to be shown whole."""
    begin = body[:_SHOWN]
    text = begin if isinstance(begin, str) else begin.decode("utf-8", "replace")
    return "\n".join(clip(line, _SHOWN_LINE) for line in text.splitlines()[:_SHOWN_LINES])


def check_text(composing: Composing, text: str, placeholders: Placeholders) -> list[ValidationIssue]:
    """Return what is wrong with an event's text, by its fields and by both validators. Never raises."""
    try:
        form = open_form(composing.catalogue, text.encode(), guarded=True)
    except FormsError as error:
        return [error.problem]
    form.edits.preview = placeholders.preview
    return [*form.problems(), *unresolved(text, placeholders)]


def text_problems(text: str, reason: ValidationIssue | None) -> list[ValidationIssue]:
    """Return what is wrong with the text of an event that has no form, for that reason."""
    try:
        lossless.parse(text)
    except FormsError as error:
        return [error.problem]
    return [] if reason is None else [reason]


def unresolved(text: str, placeholders: Placeholders) -> list[ValidationIssue]:
    """Return the placeholders that stand for nothing."""
    if not contains(text):
        return []
    found = dict.fromkeys(placeholders.problems(text))
    return [ValidationIssue(message, *_place(text, message)) for message in found]


def _place(text: str, message: str) -> tuple[int, int]:
    """Return where the placeholder stands that a problem begins with."""
    at = max(text.find(message.partition("}}")[0]), 0)
    return lossless.position(text, at)
