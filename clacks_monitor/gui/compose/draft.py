"""The event being composed: a form where its type is known, else only a text or the bytes that arrived.

Role: one answer to "what would be sent" and "what is wrong with it", whatever kind of event it is.
Owner: the compose window. Thread: the window's; what ``body_maker`` returns belongs to one other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.forms import FormsError, Placeholders, Problem, lossless
from clacks_monitor.forms.placeholders import contains
from clacks_monitor.gui.wording import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from clacks_monitor.forms import Form


class Draft:
    """``form`` is None for an event that no schema describes; ``text`` is None for one that is no text."""

    def __init__(self, form: Form | None, body: bytes, reason: Problem | None = None) -> None:
        self.form = form
        self.placeholders = Placeholders()
        self._body = body
        self._reason = reason
        self._text = None if form is not None else _text_of(body)
        self._original = self._text
        if form is not None:
            form.preview = self._preview

    def _preview(self, value: str) -> str:
        return self.placeholders.preview(value) if "{{" in value else value

    def use_rows(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Let {{csv:...}} stand for the columns of these rows."""
        self.placeholders.rows = rows

    @property
    def type_name(self) -> str:
        """The event's type, "" when it is not known."""
        return self.form.type_name if self.form is not None else ""

    @property
    def text(self) -> str | None:
        """The event as it is shown and edited."""
        return self.form.text if self.form is not None else self._text

    @property
    def body(self) -> bytes:
        """The bytes as they are edited; those that arrived where nothing was."""
        if self.form is None:
            same = self._text == self._original
            return self._body if same or self._text is None else self._text.encode()
        broken = self.form.broken_text
        return self.form.to_xml() if broken is None else broken.encode()

    @property
    def preview(self) -> str | None:
        """The text of the next event, placeholders resolved."""
        text = self.text
        return None if text is None else self.placeholders.preview_xml(text)

    @property
    def next_body(self) -> bytes:
        """The bytes of the next event, placeholders resolved; the same until ``sent`` is called."""
        return _resolved(self.body, self.placeholders.preview_xml)

    def sent(self) -> None:
        """Go on to the event after the next one."""
        self.placeholders.index += 1

    def edited(self, text: str) -> list[Problem]:
        """Take over an edited text; return what is wrong with it."""
        if self.form is not None:
            return [*self.form.text_edited(text), *self._unresolved(text)]
        self._text = text
        return self.problems()

    def problems(self, *, thorough: bool = True, text: str | None = None) -> list[Problem]:
        """Return what is wrong; ``thorough`` also asks the second validator, ``text`` is the text if it is known."""
        if self.form is not None:
            shown = self.form.text if text is None else text
            return [*self.form.problems(second_opinion=thorough), *self._unresolved(shown)]
        if self._text is not None:
            try:
                lossless.parse(self._text)
            except FormsError as error:
                return [error.problem]
        return [self._reason] if self._reason is not None else []

    def _unresolved(self, text: str) -> list[Problem]:
        """Return the placeholders that stand for nothing."""
        if not contains(text):
            return []
        found = dict.fromkeys(self.placeholders.problems(text))
        return [Problem(words, *_place(text, words)) for words in found]


def _place(text: str, words: str) -> tuple[int, int]:
    """Return where the placeholder stands that a problem begins with."""
    at = max(text.find(words.partition("}}")[0]), 0)
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def body_maker(body: bytes, rows: Sequence[Mapping[str, str]]) -> Callable[[], bytes]:
    """Return a function that gives the bytes of one event after the other, placeholders resolved."""
    text, encode = _text_and_way_back(body)
    if text is None or not contains(text):
        return lambda: body
    placeholders = Placeholders(rows=rows)
    return lambda: encode(placeholders.resolve_xml(text))


def _resolved(body: bytes, resolve: Callable[[str], str]) -> bytes:
    text, encode = _text_and_way_back(body)
    return body if text is None or not contains(text) else encode(resolve(text))


def _text_and_way_back(body: bytes) -> tuple[str | None, Callable[[str], bytes]]:
    """Return an event as text, None when it is none, and how to write such a text in the same encoding."""
    try:
        document = lossless.parse(body)
    except FormsError:
        try:
            return body.decode(), str.encode
        except UnicodeDecodeError:
            return None, str.encode
    return document.text, document.encode


def _text_of(body: bytes) -> str | None:
    try:
        return lossless.parse(body).text
    except FormsError:
        pass
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def as_shown(problems: Sequence[Problem]) -> dict[str, str]:
    """Return the problems in the window's language by the path of their field, several joined."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(problem.path, []).append(translated(problem.text))
    return {path: "; ".join(texts) for path, texts in found.items()}
