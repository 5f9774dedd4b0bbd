"""The event being composed: a form where its type is known, else only a text or the bytes that arrived.

Role: one answer to "what would be sent" and "what is wrong with it", whatever kind of event it is.
Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.forms import FormsError, Problem, lossless

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.forms.form import Form


class Draft:
    """``form`` is None for an event that no schema describes; ``text`` is None for one that is no text."""

    def __init__(self, form: Form | None, body: bytes, reason: Problem | None = None) -> None:
        self.form = form
        self._body = body
        self._reason = reason
        self._text = None if form is not None else _text_of(body)
        self._original = self._text

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
        """The bytes to send; those that arrived where nothing was edited."""
        if self.form is None:
            same = self._text == self._original
            return self._body if same or self._text is None else self._text.encode()
        broken = self.form.broken_text
        return self.form.to_xml() if broken is None else broken.encode()

    def edited(self, text: str) -> list[Problem]:
        """Take over an edited text; return what is wrong with it."""
        if self.form is not None:
            return self.form.text_edited(text)
        self._text = text
        return self.problems()

    def problems(self, *, thorough: bool = True) -> list[Problem]:
        """Return what is wrong; ``thorough`` also asks the second validator."""
        if self.form is not None:
            return self.form.problems(second_opinion=thorough)
        if self._text is not None:
            try:
                lossless.parse(self._text)
            except FormsError as error:
                return [error.problem]
        return [self._reason] if self._reason is not None else []


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
    """Return the problems by the path of their field, several joined."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(problem.path, []).append(problem.text)
    return {path: "; ".join(texts) for path, texts in found.items()}
