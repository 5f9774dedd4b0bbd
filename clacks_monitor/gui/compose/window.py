"""The compose window: an event as a form and as XML, sent with a look at what that means.

Owner: the main window, or nobody. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLabel,
    QMainWindow,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QWidget,
)
from typing_extensions import override

from clacks_monitor.core.sending import Via
from clacks_monitor.forms import FormsError, Problem
from clacks_monitor.gui.compose.draft import Draft, as_shown
from clacks_monitor.gui.compose.form_view import FormView
from clacks_monitor.gui.compose.outcome import OutcomeLine, Tone
from clacks_monitor.gui.compose.problems_pane import ProblemsPane
from clacks_monitor.gui.compose.type_chooser import TypeChooser
from clacks_monitor.gui.compose.xml_pane import XmlPane
from clacks_monitor.gui.layouts import child, load_layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.core.sending import SendResult
    from clacks_monitor.forms.fields import Field
    from clacks_monitor.forms.form import Form
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

    def __init__(self, session: ComposeSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = session.composing
        load_layout("compose", self, TypeChooser, FormView, XmlPane, OutcomeLine)
        self.type_chooser = child(self, TypeChooser, "typeChooser")
        self.connection_chooser = child(self, QComboBox, "connectionChooser")
        self.via_chooser = child(self, QComboBox, "viaChooser")
        self.documentation = child(self, QLabel, "documentation")
        self.form_view = child(self, FormView, "formView")
        self.xml_pane = child(self, XmlPane, "xmlPane")
        self.tabs = child(self, QTabWidget, "tabs")
        self.outcome = child(self, OutcomeLine, "outcome")
        self.broken_box = child(self, QCheckBox, "brokenBox")
        self.send_button = child(self, QPushButton, "sendButton")
        self.problems_pane = ProblemsPane(self.tabs)
        self.tabs.addTab(self.problems_pane, self.tr("Problems"))
        self.draft = Draft(None, b"")
        self._ticket = 0
        self._target = ""
        self._from_text = False
        self._problems: list[Problem] = []
        self._thorough = self._timer(THOROUGH_MS, self._check_thoroughly)
        self._seal = self._timer(SEAL_MS, self._seal_step)
        self._sync = self._timer(0, self._follow_form)
        self._set_up()
        self._connect()
        self.refresh_types()
        self.refresh_connections()

    def _timer(self, interval: int, slot: object) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=interval)
        timer.timeout.connect(slot)  # type: ignore[arg-type]  # a bound method
        return timer

    def _set_up(self) -> None:
        self.documentation.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.via_chooser.addItem(self.tr("the exchange"), Via.EXCHANGE)
        self.via_chooser.addItem(self.tr("the agent"), Via.AGENT)
        self.via_chooser.setItemData(
            0, self.tr("Directly onto the bus: nobody checks the event"), Qt.ItemDataRole.ToolTipRole
        )
        self.via_chooser.setItemData(
            1, self.tr("The agent checks the event and your rights, then publishes it"), Qt.ItemDataRole.ToolTipRole
        )
        child(self, QSplitter, "rows").setSizes([540, 130])
        child(self, QSplitter, "sides").setSizes([580, 540])

    def _connect(self) -> None:
        self.type_chooser.chosen.connect(self.compose_new)
        self.connection_chooser.currentIndexChanged.connect(self._target_changed)
        self.via_chooser.currentIndexChanged.connect(self._target_changed)
        self.form_view.changed.connect(self._form_changed)
        self.form_view.entered.connect(self._entered)
        self.xml_pane.typed.connect(self._text_typed)
        self.problems_pane.wanted.connect(self._go_to)
        self.broken_box.toggled.connect(self._show_sendable)
        self.send_button.clicked.connect(self.send)
        self.outcome.row_wanted.connect(self.row_wanted)
        for name, slot in (
            ("actionSend", self.send),
            ("actionUndo", self.undo),
            ("actionRedo", self.redo),
            ("actionClear", self._begin_again),
            ("actionSample", self.fill_sample),
            ("actionNextProblem", self.problems_pane.next),
            ("actionSwitchSide", self.switch_side),
            ("actionClose", self.close),
        ):
            child(self, QAction, name).triggered.connect(slot)
        child(self, QAction, "actionHelpTexts").toggled.connect(self.form_view.set_help_shown)

    # -- what is composed ------------------------------------------------------------------------------------------

    def compose_new(self, type_name: str | None = None) -> None:
        """Begin a new event of a type; None: the type that is shown, or the first one."""
        name = (
            type_name
            or self.draft.type_name
            or next((kind.name for kind in self.composing.types() if kind.problem is None), "")
        )
        if not name:
            self._load(Draft(None, b"", Problem(self.tr("No schema defines any event type."))))
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

    def compose_text(self, text: str) -> None:
        """Take over the text of a template or of something sent before."""
        self.compose_from(text.encode())

    def fill_sample(self) -> None:
        """Begin again with an event that holds believable values."""
        from clacks_monitor.forms.instances import fill  # noqa: PLC0415 - only wanted here, and late

        if self.draft.form is not None:
            self.compose_new(self.draft.type_name)
            fill(self.draft.form)

    def _begin_again(self) -> None:
        self.compose_new(None)

    def _load(self, draft: Draft, *, received: bool = False) -> None:
        self.draft = draft
        stack = child(self, QStackedWidget, "formStack")
        if draft.form is not None:
            self.form_view.set_form(draft.form, all_problems=received)
            stack.setCurrentWidget(self.form_view)
        else:
            stack.setCurrentIndex(1)
            self._explain_missing_form()
        self.type_chooser.show_type(draft.type_name)
        kind = next((kind for kind in self.composing.types() if kind.name == draft.type_name), None)
        self.documentation.setText(" ".join(kind.documentation.split()) if kind is not None else "")
        self.documentation.setVisible(bool(self.documentation.text()))
        text = draft.text
        self.xml_pane.setReadOnly(text is None)
        self.xml_pane.load(text if text is not None else self.tr("{0} bytes that are no text").format(len(draft.body)))
        self.broken_box.setChecked(False)
        self._check_thoroughly()
        self._say_title()

    def _explain_missing_form(self) -> None:
        problems = self.draft.problems()
        reason = problems[0].text if problems else ""
        words = self.tr("There is no form for this event: {0}. It can be edited as text and sent as it is.")
        child(self, QLabel, "noFormLabel").setText(words.format(reason))

    def _say_title(self) -> None:
        name = self.draft.type_name or self.tr("an event")
        settings = self._settings()
        target = f" – {settings.name}" if settings is not None else ""
        self.setWindowTitle(self.tr("Compose {0}").format(name) + target)

    # -- both sides ------------------------------------------------------------------------------------------------

    def _form_changed(self) -> None:
        if not self._from_text:
            self._sync.start()
        self._seal.start()

    def _follow_form(self) -> None:
        text = self.draft.text
        if text is not None:
            self.xml_pane.follow(text)
        self._show_problems(self.draft.problems(thorough=False))
        self._thorough.start()

    def _text_typed(self) -> None:
        self._from_text = True
        try:
            problems = self.draft.edited(self.xml_pane.toPlainText())
        finally:
            self._from_text = False
        self.form_view.show_all_problems()
        self._show_problems(problems)
        self._seal.start()

    def _seal_step(self) -> None:
        if self.draft.form is not None:
            self.draft.form.seal()

    def _check_thoroughly(self) -> None:
        self._show_problems(self.draft.problems())

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        self._problems = list(problems)
        self.problems_pane.show_problems(problems)
        self.xml_pane.show_problems(problems)
        if self.draft.form is not None and self.draft.form.broken_text is None:
            self.form_view.show_problems(as_shown(problems))
        title = self.tr("Problems ({0})").format(len(problems)) if problems else self.tr("Problems")
        self.tabs.setTabText(self.tabs.indexOf(self.problems_pane), title)
        self._show_sendable()

    def _go_to(self, problem: Problem) -> None:
        self.form_view.show_all_problems()
        form: Form | None = self.draft.form
        if form is not None and form.broken_text is None and problem.path and self.form_view.go_to(problem.path):
            return
        if problem.line:
            self.xml_pane.go_to(problem.line, problem.column or 1)
        elif form is not None:
            self.form_view.go_to(problem.path)

    def _entered(self, field: Field) -> None:
        form = self.draft.form
        if form is None or form.broken_text is not None:
            self.xml_pane.show_lines(0, 0)
            return
        written = form.written()
        owner: Field | None = field
        starts = {id(place): start for start, place in written.starts.items()}
        while owner is not None and id(owner) not in starts:
            owner = owner.parent
        if owner is None or owner is form.root:
            self.xml_pane.show_lines(0, 0)
            return
        line = written.text.count("\n", 0, starts[id(owner)]) + 1
        self.xml_pane.show_lines(line, line)

    def switch_side(self) -> None:
        """Go from the form to the text and back."""
        if self.xml_pane.hasFocus():
            self.form_view.go_to("")
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
        """Show the connections as they are now; the chosen one stays chosen."""
        chosen = self.connection_chooser.currentData()
        connections = self.composing.connections()
        self.connection_chooser.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.connection_chooser.clear()
        for settings in connections:
            self.connection_chooser.addItem(self._connection_words(settings), settings.id)
        ids = [settings.id for settings in connections]
        ready = [identity for identity in ids if not self.composing.why_not(identity)]
        wanted = chosen if chosen in ids else (ready or ids or [None])[0]
        self.connection_chooser.setCurrentIndex(self.connection_chooser.findData(wanted))
        self.connection_chooser.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._target_changed()

    def _connection_words(self, settings: ConnectionSettings) -> str:
        marks = [
            self.tr("production") if settings.production else "",
            self.tr("read-only") if settings.read_only else "",
        ]
        told = ", ".join(mark for mark in marks if mark)
        return f"{settings.name} ({told})" if told else settings.name

    def _settings(self) -> ConnectionSettings | None:
        return self.composing.connection(str(self.connection_chooser.currentData() or ""))

    @property
    def via(self) -> Via:
        """The way that was chosen."""
        return Via(self.via_chooser.currentData())

    def _target_changed(self) -> None:
        settings = self._settings()
        band = child(self, QFrame, "band")
        band.setVisible(settings is not None and settings.production)
        if settings is not None:
            band.setProperty("tint", settings.colour)
            words = self.tr("Production: what you send to {0} acts on real machines and people.")
            child(self, QLabel, "bandLabel").setText(words.format(settings.name))
        self._say_title()
        self._show_sendable()

    # -- sending ---------------------------------------------------------------------------------------------------

    def _why_not(self) -> str:
        if self._settings() is None:
            return self.tr("Choose a connection to send to.")
        return self.composing.why_not(str(self.connection_chooser.currentData()))

    def _show_sendable(self) -> None:
        """Say on the button what it will do, and beside it why it cannot."""
        settings = self._settings()
        broken = bool(self._problems)
        self.broken_box.setVisible(broken)
        target = settings.domain if settings is not None else self.tr("nowhere")
        words = self.tr("Send broken event to {0}") if broken else self.tr("Send to {0}")
        said = words.format(target)
        if self.via is Via.AGENT:
            said = self.tr("{0} through the agent").format(said)
        if settings is not None and settings.production:
            said += "…"
        self.send_button.setText(said)
        reason = self._why_not()
        if not reason and broken and not self.broken_box.isChecked():
            reason = self.tr("%n problem(s): put them right, or choose to send it broken.", "", len(self._problems))
        self.send_button.setEnabled(not reason)
        self.send_button.setToolTip(reason or self.tr("Ctrl+Enter"))
        child(self, QAction, "actionSend").setText(said)
        if not self._ticket:
            self.outcome.say(reason)

    def send(self) -> None:
        """Send the event as it is, unless something speaks against it."""
        self._check_thoroughly()
        if not self.send_button.isEnabled():
            self.form_view.show_all_problems()
            self.outcome.say(self.send_button.toolTip(), Tone.BAD)
            return
        settings = self._settings()
        if settings is None:
            return
        self._target = settings.domain
        self._seal_step()
        self.outcome.show_sending(self._target)
        self._ticket = self.composing.send(settings.id, self.draft.body, self.via, type_name=self.draft.type_name)

    def on_sent(self, result: SendResult) -> None:
        """Take what became of a sent event; the main window hands every outcome here."""
        self.composing.settle(result)
        if result.ticket == self._ticket:
            self.outcome.show_result(result)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        for timer in (self._thorough, self._seal, self._sync):
            timer.stop()
        super().closeEvent(event)
