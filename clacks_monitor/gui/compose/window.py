"""The compose window: an event as a form and as XML, sent with a look at what that means.

Owner: the main window, or nobody. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QMainWindow,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
)
from typing_extensions import override

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.compose.burst_pane import BurstPane
from clacks_monitor.gui.compose.checking import Checking
from clacks_monitor.gui.compose.dispatch import Dispatch
from clacks_monitor.gui.compose.draft import Draft, PathTexts, named_body, named_text
from clacks_monitor.gui.compose.draft_tabs import DraftTabs
from clacks_monitor.gui.compose.effects import EffectsLookup, EffectsPane
from clacks_monitor.gui.compose.form_and_text import FormAndText
from clacks_monitor.gui.compose.form_view import FormView
from clacks_monitor.gui.compose.history_pane import HistoryPane
from clacks_monitor.gui.compose.opener import Opener
from clacks_monitor.gui.compose.outcome import OutcomeLine
from clacks_monitor.gui.compose.placeholder_menu import PlaceholderMenu
from clacks_monitor.gui.compose.problems_pane import ProblemsPane
from clacks_monitor.gui.compose.schema_banner import SchemaBanner
from clacks_monitor.gui.compose.target import Target
from clacks_monitor.gui.compose.templates_pane import TemplatesPane
from clacks_monitor.gui.compose.type_chooser import TypeChooser
from clacks_monitor.gui.compose.xml_pane import XmlPane
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.layouts import child, put
from clacks_monitor.gui.kit.notes import Note, Tone
from clacks_monitor.gui.kit.plain_text import as_title
from clacks_monitor.gui.kit.remembered_layout import RememberedLayout
from clacks_monitor.gui.kit.tab_order import stops, walk
from clacks_monitor.gui.kit.translation import documentation, translated
from clacks_monitor.gui.ui.ui_compose import Ui_ComposeWindow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from threading import Thread

    from PySide6.QtCore import QSettings

    from clacks_monitor.core.sending import SendResult
    from clacks_monitor.forms import ValidationIssue
    from clacks_monitor.gui.compose.opener import OpenedDraft
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.sending.composing import Composing

REASON = 300
"""Characters of the reason why an event has no form."""


class ComposeSession(Protocol):
    """The part of a session that composing needs."""

    @property
    def composing(self) -> Composing:
        """Forms, sending, templates, history."""
        ...


class ComposeWindow(QMainWindow):
    """Composes and sends events. ``row_wanted`` tells the row of the table that a sent event came back in."""

    row_wanted = Signal(int)

    def __init__(self, session: ComposeSession, theme: Theme, settings: QSettings | None = None) -> None:
        """Take ``settings`` to remember place and size in."""
        super().__init__()
        self._layout = RememberedLayout(self, settings, "compose", ("rows", "sides"))
        self.composing = session.composing
        Ui_ComposeWindow().setupUi(self)
        self.type_chooser = child(self, TypeChooser, "typeChooser")
        self.documentation = child(self, PlainLabel, "documentation")
        self.form_view = put(self, "formView", FormView(theme, self))
        self.xml_pane = put(self, "xmlPane", XmlPane(theme, self))
        self.xml_pane.setAccessibleName(self.tr("Event as XML"))
        self.tabs = child(self, QTabWidget, "tabs")
        self.outcome = put(self, "outcome", OutcomeLine(theme, self))
        self.reason = put(self, "reason", Note(theme, Tone.HELP, self))
        self.broken_box = child(self, QCheckBox, "brokenBox")
        self.send_button = child(self, QPushButton, "sendButton")
        self.drafts = DraftTabs(self)
        self.schema_banner = SchemaBanner(self.composing.catalogue, theme, self)
        for place, widget in enumerate((self.drafts.bar, self.schema_banner)):
            child(self, QVBoxLayout, "column").insertWidget(place, widget)
        self.target = Target(self.composing, theme, self)
        self.opener = Opener(self.composing, self)
        self.checking = Checking(self.composing, lambda: self.draft, self)
        self.dispatch = Dispatch(self.composing, self.target, self, self.drafts)
        self.sides = FormAndText(self, lambda: self.draft)
        self.form_view.between = (self.target.ways, self.xml_pane)
        self._add_panes(theme)
        self._connect()
        self.refresh_types()
        self.target.refresh()

    def _add_panes(self, theme: Theme) -> None:
        self.problems_pane = ProblemsPane(theme, self.tabs)
        self.effects_pane = EffectsPane(theme, self.tabs)
        self._effects = EffectsLookup(self.effects_pane, self.composing, self.target, lambda: self.draft)
        self.burst_pane = BurstPane(
            self.composing, lambda: named_body(self.draft), self.dispatch.burst_strategy, self.tabs
        )
        self.templates_pane = TemplatesPane(self.composing, lambda: named_text(self.draft), self.tabs)
        self.history_pane = HistoryPane(self.composing, self.tabs)
        for pane, title in (
            (self.problems_pane, self.tr("Problems")),
            (self.effects_pane, self.tr("Effects")),
            (self.burst_pane, self.tr("Burst")),
            (self.templates_pane, self.tr("Templates")),
            (self.history_pane, self.tr("History")),
        ):
            self.tabs.addTab(pane, title)
        # Panes are newer than the footer: without this Tab would reach them last.
        walk([*stops(self.history_pane), *stops(child(self, QFrame, "footer"))])
        self.documentation.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        rows = child(self, QSplitter, "rows")
        rows.setSizes([600, 110])
        rows.setStretchFactor(0, 1)
        rows.setStretchFactor(1, 0)
        child(self, QSplitter, "sides").setSizes([580, 540])
        self._layout.restore()

    def _connect(self) -> None:
        self.type_chooser.chosen.connect(self._choose)
        self.type_chooser.left.connect(self.form_view.take_focus)
        self.opener.opened.connect(self.drafts.show)
        self.opener.opened.connect(self._load)
        self.drafts.left.connect(self.opener.give_up)
        self.drafts.shown.connect(self._load)
        self.schema_banner.wanted.connect(self._read_again)
        self.target.changed.connect(self._show_title)
        self.target.changed.connect(self.dispatch.refresh)
        self.sides.checked.connect(self._show_problems)
        self.sides.checked.connect(self.checking.check_soon)
        self.sides.outdated.connect(self.checking.check)
        self.checking.found.connect(self._show_problems)
        self.checking.begun.connect(self._effects.refresh)
        self.checking.ready_to_send.connect(self._send_checked)
        self.problems_pane.wanted.connect(self.sides.go_to)
        self.templates_pane.wanted.connect(self.compose_from)
        self.history_pane.wanted.connect(self.compose_from)
        self.history_pane.again.connect(self.dispatch.send)
        self.burst_pane.rows_changed.connect(self._rows_changed)
        self.tabs.currentChanged.connect(self._tab_changed)
        self.send_button.clicked.connect(self.send)
        self.outcome.row_wanted.connect(self.row_wanted)
        for name, slot in (
            ("actionSend", self.send),
            ("actionClear", self._begin_again),
            ("actionSample", self.fill_example),
            ("actionSaveTemplate", self.templates_pane.save_current),
            ("actionNextProblem", self.problems_pane.next),
            ("actionClose", self.close),
        ):
            child(self, QAction, name).triggered.connect(slot)
        PlaceholderMenu(child(self, QMenu, "placeholderMenu"), self)
        child(self, QAction, "actionHelpTexts").toggled.connect(self.form_view.set_help_shown)

    # -- what is composed ------------------------------------------------------------------------------------------

    def compose_new(self, type_name: str | None = None, *, example: bool = False) -> None:
        """Begin a new event of a type; None: the type that is shown, or the first one."""
        names = [kind.name for kind in self.composing.catalogue.types() if kind.problem is None]
        shown = self.draft.type_name if self.draft.form is not None or self.draft.type_name in names else ""
        name = type_name or shown or next(iter(names), "")
        focus = Qt.FocusReason.TabFocusReason
        self.drafts.begin(lambda: self.opener.open_type(name, focus=focus, example=example))

    def compose_from(self, body: bytes) -> None:
        """Take over a received event, byte for byte; what takes long about it follows when it is done."""
        self.drafts.begin(lambda: self.opener.open_event(body))

    def restore(self, bodies: Sequence[bytes]) -> None:
        """Bring drafts of the last run back, the last one in front."""
        self.drafts.restore(bodies, self.opener.open_event)

    @property
    def draft(self) -> Draft:
        """The draft that is shown."""
        return self.drafts.current

    def fill_example(self) -> None:
        """Begin again with an event of this type that holds believable values."""
        self.compose_new(None, example=True)

    def _choose(self, name: str) -> None:
        focus = None if self.type_chooser.walking else Qt.FocusReason.TabFocusReason
        self.drafts.begin(lambda: self.opener.open_type(name, focus=focus))

    def _begin_again(self) -> None:
        self.compose_new(None)

    @Slot(object)
    def _load(self, opened: OpenedDraft) -> None:
        self.checking.stop()
        self._effects.stop()
        draft = opened.draft
        draft.use_rows(self.burst_pane.rows)
        stack = child(self, QStackedWidget, "formStack")
        stack.setCurrentIndex(0 if draft.form is not None else 1)
        if draft.form is None:
            reason = next(iter(draft.problems()), None)
            text = self.tr("No form is available for this event: {0}. It can be edited as text and sent.")
            if draft.excerpt is not None:
                text = self.tr("No form is available for this event: {0}. It can be sent unchanged.")
            text = text.format(one_line(translated(reason.text), REASON) if reason else "")
            text = self.tr("The event is being read…") if opened.loading else text
            child(self, PlainLabel, "noFormLabel").setText(text)
        self.type_chooser.show_type(one_line(draft.type_name))
        about = next(
            (kind.documentation for kind in self.composing.catalogue.types() if kind.name == draft.type_name), ""
        )
        self.documentation.setText(" ".join(documentation(about).split()))
        self.documentation.setVisible(bool(about))
        self.broken_box.setChecked(False)
        self.dispatch.show_draft()
        self._show_schema()
        self.sides.show_draft(received=opened.received, problems=opened.problems)
        self._show_title()
        if opened.focus is not None:
            self.form_view.take_focus(opened.focus)

    @Slot()
    def _read_again(self) -> None:
        """Read the draft by the schema as it is now; the draft stays in its tab."""
        self.opener.open_event(self.draft.body, edited=self.draft.changes.unsent)

    def _show_schema(self) -> None:
        self.schema_banner.show_draft(self.draft)

    def _show_title(self) -> None:
        settings = self.target.settings
        text = self.tr("Compose {0}").format(as_title(self.draft.type_name) or self.tr("an event"))
        self.setWindowTitle(f"{text} – {as_title(settings.name)}" if settings is not None else text)

    def _rows_changed(self) -> None:
        self.draft.use_rows(self.burst_pane.rows)
        self.form_view.show_next()
        self.checking.check()

    # -- what is wrong -----------------------------------------------------------------------------------------------

    @Slot(object)
    def _show_problems(self, problems: Sequence[ValidationIssue]) -> None:
        self.drafts.found(problems)
        self.problems_pane.show_problems(problems)
        self.xml_pane.show_problems(problems)
        broken = self.draft.form is not None and self.draft.form.broken_text is not None
        self.form_view.setEnabled(not broken)
        self.form_view.setToolTip(
            self.tr("The text is not well-formed. Fix it to edit the form again.") if broken else ""
        )
        if self.draft.form is not None and not broken:
            self.form_view.show_problems(PathTexts(problems))
        title = self.tr("Problems ({0})").format(len(problems)) if problems else self.tr("Problems")
        self.tabs.setTabText(self.tabs.indexOf(self.problems_pane), title)
        self.dispatch.show(problems=len(problems))

    # -- where to --------------------------------------------------------------------------------------------------

    def refresh_types(self) -> None:
        """Show the event types that there are now."""
        self.type_chooser.set_types(self.composing.catalogue.types())
        self._show_schema()

    def _tab_changed(self) -> None:
        pane = self.tabs.currentWidget()
        if pane is self.templates_pane:
            self.templates_pane.reload()
        elif pane is self.history_pane:
            self.history_pane.reload()

    # -- sending ---------------------------------------------------------------------------------------------------

    def send(self) -> None:
        """Send the event as it is, unless something speaks against it; a heavy one when it has been checked."""
        self.checking.check_before_sending()

    @Slot()
    def _send_checked(self) -> None:
        if self.dispatch.why_not():
            self.form_view.show_all_problems()
        self.sides.seal()
        if self.dispatch.send(self.draft.next_body):
            self.draft.sent()
            self.form_view.show_next()

    def on_sent(self, result: SendResult) -> None:
        """Take what became of a sent event; the main window hands every outcome here."""
        self.burst_pane.run.settled(result)
        self.dispatch.settle(result)
        if self.tabs.currentWidget() is self.history_pane and self.dispatch.is_last(result):
            self.history_pane.reload()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._layout.remember()
        self.stop()
        super().closeEvent(event)

    def stop(self) -> list[Thread]:
        """End what is under way; return the threads that are still about."""
        self.sides.stop()
        self.form_view.context.builder.remove_rest()
        parts = (self.opener, self.checking, self._effects, self.burst_pane, self.templates_pane, self.history_pane)
        return [thread for part in parts for thread in part.stop()]
