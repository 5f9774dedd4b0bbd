"""The notices of the view, of spans and of questions, which are defined beside what sends them, as one type."""

from __future__ import annotations

from clacks_monitor.core.board_spans import SpansShown
from clacks_monitor.session.questions.answers import QuestionNotice
from clacks_monitor.session.view.computed_values import Computed, OrderProgress
from clacks_monitor.session.view.noted_rows import Annotated, NotesRead
from clacks_monitor.session.view.query_text import Examined

ViewNotice = Annotated | NotesRead | Examined | Computed | OrderProgress | QuestionNotice | SpansShown
