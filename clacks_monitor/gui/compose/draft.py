"""The event being composed: a form where its type is known, else only a text or the bytes that arrived.

Role: one answer to "what would be sent" and "what is wrong with it", whatever kind of event it is.
Owner: the compose window. Thread: the window's; what ``body_maker`` returns belongs to one other.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from typing_extensions import override

from clacks_monitor.forms import FormsError, Kind, Placeholders, ValidationIssue, ValueField, lossless
from clacks_monitor.forms.placeholders import contains
from clacks_monitor.gui.compose.opening import can_be_shown, check_text, excerpt, is_quick, text_problems, unresolved
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clacks_monitor.core.sending import SendResult
    from clacks_monitor.forms import Form
    from clacks_monitor.gui.compose.opening import Opened
    from clacks_monitor.session.sending.composing import Composing


class Draft:
    """``form`` is None for an event that no schema describes; ``text`` is None for one that is no text, or too long.

    ``result`` is what became of it when it was sent last, and ``ticket`` the number of that sending, 0 for none.

    ``heavy`` is an event whose checks take longer than may be felt; they belong on another thread.
    """

    def __init__(
        self,
        form: Form | None,
        body: bytes,
        reason: ValidationIssue | None = None,
        *,
        text: str | None = None,
        type_name: str = "",
        heavy: bool = False,
    ) -> None:
        self.form = form
        self.heavy = heavy
        self.ticket = 0
        self.result: SendResult | None = None
        self.placeholders = Placeholders()
        self._body = body
        self._reason = reason
        self._type_name = type_name
        self._text = text if form is None else None
        self._original = self._text
        if form is not None:
            form.edits.preview = self._preview
        self.changes = Changes(self)

    @classmethod
    def of(cls, opened: Opened, *, heavy: bool) -> Draft:
        """Return the draft of an event that was taken over."""
        heavy = heavy or (opened.text is not None and not is_quick(opened.text))
        kind = opened.type_name
        return cls(opened.form, opened.body, opened.reason, text=opened.text, type_name=kind, heavy=heavy)

    def _preview(self, value: str) -> str:
        return self.placeholders.preview(value) if "{{" in value else value

    def use_rows(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Let {{csv:...}} stand for the columns of these rows."""
        self.placeholders.rows = rows

    @property
    def type_name(self) -> str:
        """The event's type, "" when it is not known."""
        return self.form.type_name if self.form is not None else self._type_name

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
    def excerpt(self) -> str | None:
        """The beginning of an event that is too long to be shown, None for one that is not."""
        text = self.text
        if text is None:
            return excerpt(self._body) if len(self._body) > 0 and _is_text(self._body) else None
        return None if can_be_shown(text) else excerpt(text)

    @property
    def preview(self) -> str | None:
        """The text of the next event, placeholders resolved."""
        text = self.text
        return None if text is None else self.placeholders.preview_xml(text)

    @property
    def next_body(self) -> bytes:
        """The bytes of the next event, placeholders resolved; the same until ``sent`` is called."""
        if self.form is None and self._text is None:
            return self._body  # too long to be read here: it is sent as it came
        return _resolved(self.body, self.placeholders.preview_xml)

    def sent(self) -> None:
        """Go on to the event after the next one."""
        self.placeholders.index += 1
        self.changes.forget()

    def edited(self, text: str) -> list[ValidationIssue]:
        """Take over an edited text; return what is wrong with it."""
        if self.form is not None:
            checks = not self.heavy
            return [*self.form.text_edited(text, check=checks), *(self._unresolved(text) if checks else ())]
        self._text = text
        self.heavy = self.heavy or not is_quick(text)
        return [] if self.heavy else self.problems()

    def problems(self, *, thorough: bool = True, text: str | None = None) -> list[ValidationIssue]:
        """Return what is wrong; ``thorough`` also asks the second validator, ``text`` is the text if it is known."""
        if self.form is not None:
            shown = self.form.text if text is None else text
            return [*self.form.problems(second_opinion=thorough), *self._unresolved(shown)]
        if self._text is not None and not self.heavy:
            return text_problems(self._text, self._reason)
        return [self._reason] if self._reason is not None else []

    def _unresolved(self, text: str) -> list[ValidationIssue]:
        """Return the placeholders that stand for nothing."""
        return unresolved(text, self.placeholders)

    def checker(self, composing: Composing) -> Callable[[], list[ValidationIssue]]:
        """Return a function that says what is wrong with the event as it is now, for another thread."""
        text, reason = self.text, self._reason
        if text is None:
            found = self.problems()
            return lambda: found
        if self.form is None:
            return lambda: text_problems(text, reason)
        placeholders = copy.copy(self.placeholders)
        return lambda: check_text(composing, text, placeholders)


class Changes:
    """Whether a draft was edited since it was opened or sent."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._seen = self._state()

    def _state(self) -> object:
        form = self._draft.form
        return self._draft.text if form is None else (form.edits.version, form.broken_text)

    @property
    def unsent(self) -> bool:
        """Whether it was edited."""
        return self._state() != self._seen

    def note(self) -> None:
        """Take the event for one that was edited."""
        self._seen = None

    def forget(self) -> None:
        """Take the event as it is for one that was not edited."""
        self._seen = self._state()


def empty_fields(draft: Draft) -> int:
    """Return how many required texts are empty, although the schema allows that."""
    if draft.form is None or draft.heavy or draft.form.broken_text is not None:
        return 0
    return sum(
        isinstance(field, ValueField)
        and field.required
        and field.present
        and field.kind in {Kind.TEXT, Kind.MULTILINE}
        and (field.default, field.fixed) == (None, None)
        and not field.value.strip()
        and not field.problem()
        for field in draft.form.root.walk()
    )


def named_body(draft: Draft) -> tuple[str, bytes]:
    """Return a name for the event, its type if that is known, and its bytes."""
    return draft.type_name or QCoreApplication.translate("ComposeWindow", "Event"), draft.body


def named_text(draft: Draft) -> tuple[str, str]:
    """Return a name for the event, and its text; its bytes as text if it has none."""
    (name, body), text = named_body(draft), draft.text
    return name, body.decode("utf-8", "replace") if text is None else text


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


def _is_text(body: bytes) -> bool:
    """Whether bytes look like text, by their beginning."""
    begin = body[:1_000]
    return begin.isascii() or b"<" in begin


class PathTexts(Mapping[str, str]):
    """What is wrong with each field in the window's language, several joined, by the field's path.

    Only what is asked for is put into words: an event may have thousands of problems, and shows few fields.
    """

    def __init__(self, problems: Sequence[ValidationIssue]) -> None:
        self._of: dict[str, list[ValidationIssue]] = {}
        for problem in problems:
            self._of.setdefault(problem.path, []).append(problem)

    @override
    def __getitem__(self, path: str) -> str:
        return "; ".join(translated(problem.text) for problem in self._of[path])

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._of)

    @override
    def __len__(self) -> int:
        return len(self._of)
