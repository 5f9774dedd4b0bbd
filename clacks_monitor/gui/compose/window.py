"""The compose window: an event as a form and as XML, sent with a look at what that means.

Owner: the main window, or nobody. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QMainWindow,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QWidget,
)
from typing_extensions import override

from clacks_monitor.forms import FormsError, Problem
from clacks_monitor.forms.instances import fill
from clacks_monitor.gui.compose import effects
from clacks_monitor.gui.compose.burst_pane import BurstPane
from clacks_monitor.gui.compose.dispatch import Dispatch
from clacks_monitor.gui.compose.draft import Draft, as_shown
from clacks_monitor.gui.compose.form_view import FormView
from clacks_monitor.gui.compose.history_pane import HistoryPane
from clacks_monitor.gui.compose.outcome import OutcomeLine
from clacks_monitor.gui.compose.parts import Note, Tone
from clacks_monitor.gui.compose.placeholder_menu import PlaceholderMenu
from clacks_monitor.gui.compose.problems_pane import ProblemsPane
from clacks_monitor.gui.compose.target import Target
from clacks_monitor.gui.compose.templates_pane import TemplatesPane
from clacks_monitor.gui.compose.type_chooser import TypeChooser
from clacks_monitor.gui.compose.xml_pane import XmlPane
from clacks_monitor.gui.layouts import child, load_layout
from clacks_monitor.gui.wording import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.core.sending import SendResult
    from clacks_monitor.forms import Field
    from clacks_monitor.gui.theme import Theme
    from clacks_monitor.session.composing import Composing

THOROUGH_MS = 250
"""The second validator is asked when nothing was typed for so long."""
SEAL_MS = 1200
"""Typing after a rest of this length is an undo step of its own."""


class ComposeSession(Protocol):
    """The part of a session that composing needs."""

    @property
    def composing(self) -> Composing:
        """Forms, sending, templates, history."""
        ...


class ComposeWindow(QMainWindow):
    """Composes and sends events. ``row_wanted`` tells the row of the table that a sent event came back in."""

    row_wanted = Signal(int)

    def __init__(self, session: ComposeSession, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = session.composing
        load_layout(
            "compose",
            self,
            TypeChooser=TypeChooser,
            XmlPane=lambda parent: XmlPane(theme, parent),
            FormView=lambda parent: FormView(theme, parent),
            OutcomeLine=lambda parent: OutcomeLine(theme, parent),
            Note=lambda parent: Note(theme, Tone.HELP, parent),
        )
        self.type_chooser = child(self, TypeChooser, "typeChooser")
        self.documentation = child(self, QLabel, "documentation")
        self.form_view = child(self, FormView, "formView")
        self.xml_pane = child(self, XmlPane, "xmlPane")
        self.tabs = child(self, QTabWidget, "tabs")
        self.outcome = child(self, OutcomeLine, "outcome")
        self.reason = child(self, Note, "reason")
        self.broken_box = child(self, QCheckBox, "brokenBox")
        self.send_button = child(self, QPushButton, "sendButton")
        self.draft = Draft(None, b"")
        self.target = Target(self.composing, theme, self)
        self.dispatch = Dispatch(self.composing, self.target, self, lambda: self.draft)
        self._from_text = False
        self.form_view.between = (self.target.ways, self.xml_pane)
        self._thorough = self._timer(THOROUGH_MS, self.check_thoroughly)
        self._seal = self._timer(SEAL_MS, self._seal_step)
        self._sync = self._timer(0, self._follow_form)
        self._add_panes(theme)
        self._connect()
        self.refresh_types()
        self.refresh_connections()

    def _timer(self, interval: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=interval)
        timer.timeout.connect(slot)
        return timer

    def _add_panes(self, theme: Theme) -> None:
        self.problems_pane = ProblemsPane(theme, self.tabs)
        self.effects_pane = effects.EffectsPane(theme, self.tabs)
        self.burst_pane = BurstPane(self.composing, self._named_body, self.dispatch.way_for_burst, self.tabs)
        self.templates_pane = TemplatesPane(self.composing, self._named_text, self.tabs)
        self.history_pane = HistoryPane(self.composing, self.tabs)
        for pane, title in (
            (self.problems_pane, self.tr("Problems")),
            (self.effects_pane, self.tr("What it sets off")),
            (self.burst_pane, self.tr("Send many")),
            (self.templates_pane, self.tr("Templates")),
            (self.history_pane, self.tr("Sent so far")),
        ):
            self.tabs.addTab(pane, title)
        self.documentation.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        rows = child(self, QSplitter, "rows")
        rows.setSizes([600, 110])
        rows.setStretchFactor(0, 1)
        rows.setStretchFactor(1, 0)
        child(self, QSplitter, "sides").setSizes([580, 540])

    def _connect(self) -> None:
        self.type_chooser.chosen.connect(self._type_chosen)
        self.target.changed.connect(self._target_changed)
        self.form_view.changed.connect(self._form_changed)
        self.form_view.entered.connect(self._entered)
        self.xml_pane.typed.connect(self._text_typed)
        self.xml_pane.entered.connect(self._text_entered)
        self.problems_pane.wanted.connect(self._go_to)
        self.templates_pane.wanted.connect(self.compose_text)
        self.history_pane.wanted.connect(self.compose_from)
        self.history_pane.again.connect(self.dispatch.send)
        self.burst_pane.rows_changed.connect(self._rows_changed)
        self.tabs.currentChanged.connect(self._tab_changed)
        self.send_button.clicked.connect(self.send)
        self.outcome.row_wanted.connect(self.row_wanted)
        for name, slot in (
            ("actionSend", self.send),
            ("actionUndo", self.undo),
            ("actionRedo", self.redo),
            ("actionClear", self._begin_again),
            ("actionSample", self.fill_sample),
            ("actionSaveTemplate", self.templates_pane.save_current),
            ("actionNextProblem", self.problems_pane.next),
            ("actionSwitchSide", self.switch_side),
            ("actionClose", self.close),
        ):
            child(self, QAction, name).triggered.connect(slot)
        PlaceholderMenu(child(self, QMenu, "placeholderMenu"), self)
        child(self, QAction, "actionHelpTexts").toggled.connect(self.form_view.set_help_shown)
        child(self, QAction, "actionPreview").toggled.connect(self._show_preview)

    # -- what is composed ------------------------------------------------------------------------------------------

    def compose_new(self, type_name: str | None = None) -> None:
        """Begin a new event of a type; None: the type that is shown, or the first one."""
        first = (kind.name for kind in self.composing.types() if kind.problem is None)
        self._type_chosen(type_name or self.draft.type_name or next(first, ""))
        self.form_view.take_focus()

    def _type_chosen(self, name: str) -> None:
        if not name:
            self._load(Draft(None, b"", Problem(self.tr("no schema defines any event type"))))
            return
        try:
            self._load(Draft(self.composing.form(name), b""))
        except FormsError as error:
            self._load(Draft(None, b"", error.problem))

    def compose_from(self, body: bytes) -> None:
        """Take over a received event, byte for byte."""
        try:
            draft = Draft(self.composing.form_from(body), body)
        except FormsError as error:
            draft = Draft(None, body, error.problem)
        self._load(draft, received=True)
        self.form_view.take_focus()

    def compose_text(self, text: str) -> None:
        """Take over the text of a template."""
        self.compose_from(text.encode())

    def fill_sample(self) -> None:
        """Begin again with an event of this type that holds believable values."""
        self.compose_new(None)
        if self.draft.form is not None:
            fill(self.draft.form)

    def _begin_again(self) -> None:
        self.compose_new(None)

    def _load(self, draft: Draft, *, received: bool = False) -> None:
        self._sync.stop()
        self.draft = draft
        draft.use_rows(self.burst_pane.rows)
        stack = child(self, QStackedWidget, "formStack")
        if draft.form is not None:
            self.form_view.set_form(draft.form, all_problems=received)
            stack.setCurrentIndex(0)
        else:
            stack.setCurrentIndex(1)
            reason = next(iter(draft.problems()), None)
            words = self.tr("There is no form for this event: {0}. It can be edited as text, and sent as it is.")
            child(self, QLabel, "noFormLabel").setText(words.format(translated(reason.text) if reason else ""))
        self.type_chooser.show_type(draft.type_name)
        about = next((kind.documentation for kind in self.composing.types() if kind.name == draft.type_name), "")
        self.documentation.setText(" ".join(about.split()))
        self.documentation.setVisible(bool(about))
        child(self, QAction, "actionPreview").setChecked(False)
        self.broken_box.setChecked(False)
        self._show_text()
        self._show_problems(draft.problems(thorough=False))
        self._thorough.start()
        self._say_title()

    def _show_text(self) -> None:
        text = self.draft.text
        self.xml_pane.setReadOnly(text is None)
        shown = self.tr("%n byte(s) that are no text", "", len(self.draft.body)) if text is None else text
        self.xml_pane.load(shown)

    def _show_preview(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Show the next event with its placeholders resolved; nothing can be edited meanwhile."""
        preview = self.draft.preview
        if on and preview is not None:
            self.xml_pane.load(preview)
            self.xml_pane.setReadOnly(True)
        elif not on:
            self._show_text()

    def _say_title(self) -> None:
        settings = self.target.settings
        title = self.tr("Compose {0}").format(self.draft.type_name or self.tr("an event"))
        self.setWindowTitle(f"{title} – {settings.name}" if settings is not None else title)

    def _named_text(self) -> tuple[str, str]:
        return self.draft.type_name or self.tr("Event"), self.draft.text or ""

    def _named_body(self) -> tuple[str, bytes]:
        return self.draft.type_name or self.tr("Event"), self.draft.body

    def _rows_changed(self) -> None:
        self.draft.use_rows(self.burst_pane.rows)
        self.form_view.show_next()
        self.check_thoroughly()

    # -- both sides ------------------------------------------------------------------------------------------------

    def _form_changed(self) -> None:
        if not self._from_text:
            self._sync.start()
        self._seal.start()

    def _follow_form(self) -> None:
        text = self.draft.text
        preview = child(self, QAction, "actionPreview").isChecked()
        if text is not None:
            self.xml_pane.follow(self.draft.preview or "" if preview else text)
        self._show_problems(self.draft.problems(thorough=False, text=text))
        self._thorough.start()

    def _text_entered(self) -> None:
        if self._sync.isActive():
            self._sync.stop()
            self._follow_form()

    def _text_typed(self) -> None:
        self._from_text = True
        try:
            problems = self.draft.edited(self.xml_pane.text())
        finally:
            self._from_text = False
        self.form_view.show_all_problems()
        self._show_problems(problems)
        self._seal.start()

    def _seal_step(self) -> None:
        if self.draft.form is not None:
            self.draft.form.seal()

    def check_thoroughly(self) -> None:
        """Ask both validators now, and say what the event would set off."""
        self._show_problems(self.draft.problems())
        if self.tabs.currentWidget() is self.effects_pane:
            self._show_effects()

    def _show_effects(self) -> None:
        settings = self.target.settings
        body = self.draft.next_body
        found = self.composing.consequences(self.draft.type_name, body, settings.id) if settings is not None else None
        self.effects_pane.show_consequences(found)

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        self.problems_pane.show_problems(problems)
        self.xml_pane.show_problems(problems)
        if self.draft.form is not None and self.draft.form.broken_text is None:
            self.form_view.show_problems(as_shown(problems))
        title = self.tr("Problems ({0})").format(len(problems)) if problems else self.tr("Problems")
        self.tabs.setTabText(self.tabs.indexOf(self.problems_pane), title)
        self.dispatch.show(problems=len(problems))

    def _go_to(self, problem: Problem) -> None:
        self.form_view.show_all_problems()
        form = self.draft.form
        if form is not None and form.broken_text is None and problem.path and self.form_view.go_to(problem.path):
            return
        if problem.line:
            self.xml_pane.go_to(problem.line, problem.column or 1)

    def _entered(self, field: Field) -> None:
        form = self.draft.form
        line = 0
        if form is not None and form.broken_text is None:
            line = _line_of(form.written().starts, field, form.text)
        self.xml_pane.show_line(line)

    def switch_side(self) -> None:
        """Go from the form to the text and back."""
        if self.xml_pane.hasFocus():
            self.form_view.take_focus()
        else:
            self.xml_pane.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def undo(self) -> None:
        """Take the last change back: in the text where that has the focus, else in the form."""
        if self.xml_pane.hasFocus() or self.draft.form is None:
            self.xml_pane.undo()
        elif self.draft.form.undo():
            self._follow_form()

    def redo(self) -> None:
        """Take a change again."""
        if self.xml_pane.hasFocus() or self.draft.form is None:
            self.xml_pane.redo()
        elif self.draft.form.redo():
            self._follow_form()

    # -- where to --------------------------------------------------------------------------------------------------

    def refresh_types(self) -> None:
        """Show the event types that there are now."""
        self.type_chooser.set_types(self.composing.types())

    def refresh_connections(self) -> None:
        """Show the connections, and how they are doing, as they are now."""
        self.target.refresh()

    def _target_changed(self) -> None:
        self._say_title()
        self.dispatch.refresh()
        if self.tabs.currentWidget() is self.effects_pane:
            self._show_effects()

    def _tab_changed(self) -> None:
        pane = self.tabs.currentWidget()
        if pane is self.effects_pane:
            self._show_effects()
        elif pane is self.templates_pane:
            self.templates_pane.reload()
        elif pane is self.history_pane:
            self.history_pane.reload()

    # -- sending ---------------------------------------------------------------------------------------------------

    def send(self) -> None:
        """Send the event as it is, unless something speaks against it."""
        self.check_thoroughly()
        if self.dispatch.why_not():
            self.form_view.show_all_problems()
        self._seal_step()
        if self.dispatch.send(self.draft.next_body):
            self.draft.sent()
            self.form_view.show_next()

    def on_sent(self, result: SendResult) -> None:
        """Take what became of a sent event; the main window hands every outcome here."""
        self.burst_pane.settled(result)
        self.dispatch.settle(result)
        if self.tabs.currentWidget() is self.history_pane and self.dispatch.is_last(result):
            self.history_pane.reload()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.burst_pane.stop()
        for timer in (self._thorough, self._seal, self._sync):
            timer.stop()
        super().closeEvent(event)


def _line_of(starts: dict[int, object], field: Field, text: str) -> int:
    """Return the line (from 1) that a field's element begins in, 0 for the event itself."""
    places = {id(owner): start for start, owner in starts.items()}
    step: Field | None = field
    while step is not None and step.parent is not None:
        if id(step) in places:
            return text.count("\n", 0, places[id(step)]) + 1
        step = step.parent
    return 0
