"""The selected event: XML, fields, properties, and its problem if it has one.

It is given an excerpt of the entry and shows no more than that. What takes longer than a few milliseconds is made ready
on a thread; the latest selection wins.
Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QTabWidget, QToolButton, QVBoxLayout, QWidget

from clacks_monitor.core.event import Event, Gap, GapCause
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.detail.comment import EventComment
from clacks_monitor.gui.detail.event_facts import facts, gap_facts, problem_text
from clacks_monitor.gui.detail.fields_tree import FieldsTree
from clacks_monitor.gui.detail.match_results_tab import MatchResultsTab
from clacks_monitor.gui.detail.properties_table import PropertiesTable
from clacks_monitor.gui.detail.reading import NOTHING, Reading, at_once, read
from clacks_monitor.gui.detail.text_pane import TextPane
from clacks_monitor.gui.detail.xml_place import place_at
from clacks_monitor.gui.kit import cells, formats
from clacks_monitor.gui.kit.elided_label import ElidedLabel
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.gui.kit.theme import digits_font, title_font
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.gui.kit.xml_highlighter import XmlHighlighter

if TYPE_CHECKING:
    from clacks_monitor.core.event import Excerpt
    from clacks_monitor.gui.detail.xml_place import Place
    from clacks_monitor.gui.kit.theme import Theme

_LATE_MS = 150
"""How long the event before stays where this one is not ready: an empty pane in between would flicker."""


class DetailPane(QWidget):
    """``menu_wanted`` carries path, value and place of a field that was clicked.

    ``whole_wanted`` asks for the whole body of the entry shown, ``value_wanted`` for a value (its name, and itself).
    """

    menu_wanted = Signal(tuple, object, QPoint)
    property_menu_opening = Signal(QMenu, str, str)
    whole_wanted = Signal(int)
    value_wanted = Signal(str, str)
    shown = Signal()
    """What was selected is there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._excerpt: Excerpt | None = None
        self._sequence = 0
        self._reading = NOTHING
        self._task = LatestTask("reading an event", self)
        self._late = QTimer(self, singleShot=True, interval=_LATE_MS)
        self.title = ElidedLabel(self)
        self.subtitle = ElidedLabel(self)
        self.problem = PlainLabel(self)
        self.comment = EventComment(self)
        self.raw_button = QToolButton(self)
        self.tabs = QTabWidget(self)
        self.xml = TextPane(self)
        self.rest = QFrame(self)
        self.rest_text = ElidedLabel(self.rest)
        self.all_button = QToolButton(self.rest)
        self.fields = FieldsTree(self)
        self.properties = PropertiesTable(self)
        self.match_results = MatchResultsTab(self)
        self._task.done.connect(self._on_loaded)
        self._late.timeout.connect(self._show_waiting)
        self._lay_out()

    @property
    def busy(self) -> bool:
        """Whether something of the selected event is still to come."""
        return self._task.busy or self.xml.filling

    # -- layout --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._head())
        self.problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problem.setWordWrap(True)
        self.problem.setVisible(False)
        self.problem.setContentsMargins(8, 6, 8, 6)
        self.problem.setAutoFillBackground(True)
        self.problem.setAccessibleName(self.tr("Problem"))
        column.addWidget(self.problem)
        column.addWidget(self.comment)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._xml_page(), self.tr("XML"))
        self.tabs.addTab(self.fields, self.tr("Fields"))
        self.tabs.addTab(self._properties_page(), self.tr("Properties"))
        self.tabs.addTab(self.match_results, self.tr("Filters"))
        column.addWidget(self.tabs, 1)
        self.fields.menu_wanted.connect(self.menu_wanted)
        self.fields.value_wanted.connect(self.value_wanted)
        self.properties.whole_wanted.connect(self.value_wanted)
        self.properties.menu_opening.connect(self.property_menu_opening)
        self.show_entry(0, None)

    def _head(self) -> QHBoxLayout:
        self.title.setFont(title_font(1))
        self.title.setAccessibleName(self.tr("Selected event"))
        self.subtitle.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(self.title)
        text.addWidget(self.subtitle)
        self.raw_button.setText(self.tr("As received"))
        self.raw_button.setToolTip(self.tr("Show the body as received, without indentation"))
        self.raw_button.setCheckable(True)
        self.raw_button.setAutoRaise(True)
        policy = self.raw_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # what is below must not jump
        self.raw_button.setSizePolicy(policy)
        self.raw_button.toggled.connect(self._show_text)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 4, 0)
        head.addLayout(text, 1)
        head.addWidget(self.raw_button, 0, Qt.AlignmentFlag.AlignBottom)
        return head

    def _xml_page(self) -> QWidget:
        page = QWidget(self)
        self.xml.document().setDocumentMargin(8)
        self.xml.setFrameShape(QFrame.Shape.NoFrame)
        self.xml.setFont(digits_font())
        self.xml.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.xml.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.xml.setAccessibleName(self.tr("XML of the event"))
        self.rest_text.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.all_button.setText(self.tr("Show all…"))
        self.all_button.setAutoRaise(True)
        self.all_button.clicked.connect(lambda: self.whole_wanted.emit(self._sequence))
        row = QHBoxLayout(self.rest)
        row.setContentsMargins(8, 0, 4, 2)
        row.addWidget(self.rest_text, 1)
        row.addWidget(self.all_button)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.xml, 1)
        column.addWidget(self.rest)
        return page

    def _properties_page(self) -> QWidget:
        page = QWidget(self)
        page.setBackgroundRole(QPalette.ColorRole.Base)
        page.setAutoFillBackground(True)
        column = QVBoxLayout(page)
        column.setContentsMargins(5, 6, 0, 0)
        column.addWidget(self.properties)
        return page

    def set_up(self, theme: Theme) -> None:
        """Give it colours; to be called once."""
        self._theme = theme
        self.match_results.set_up(theme)
        XmlHighlighter(self.xml.document(), theme)
        theme.changed.connect(self._recolour)
        self._recolour()

    @Slot()
    def _recolour(self) -> None:
        if self._theme is None:
            return
        self.title.setFont(title_font(1))
        event = self._excerpt is not None and isinstance(self._excerpt.entry, Event)
        palette = self.problem.palette()
        wash = self._theme.washed(self._theme.bad if event else self._theme.warn, 0.14)
        palette.setColor(QPalette.ColorRole.Window, wash)
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.text)
        self.problem.setPalette(palette)
        self.comment.recolour(self._theme)

    # -- content -------------------------------------------------------------------------------------------------

    def show_entry(self, sequence: int, excerpt: Excerpt | None) -> None:
        """Show an entry of the capture; None shows that nothing is selected."""
        entry = None if excerpt is None else excerpt.entry
        self._excerpt, self._sequence = excerpt, sequence
        self.match_results.show_entry(sequence if isinstance(entry, Event) else 0)
        self.raw_button.setVisible(isinstance(entry, Event))
        self._read()
        if isinstance(entry, Event) and excerpt is not None:
            self._show_event(sequence, excerpt, entry)
        elif isinstance(entry, Gap):
            self._show_gap(entry)
        else:
            self._show_nothing()
        self._recolour()

    def _show_nothing(self) -> None:
        self.title.show_text(self.tr("No event selected"))
        self.subtitle.show_text("")
        self.xml.setPlaceholderText(self.tr("Select an event to see its details."))
        self._show_problem("")
        self.properties.show_rows([])

    def _show_gap(self, gap: Gap) -> None:
        full = gap.cause is GapCause.DISK_FULL
        self.title.show_text(self.tr("Gap: disk full") if full else self.tr("Gap: no connection"))
        span = f"{formats.clock(gap.from_ns)} – {formats.clock(gap.to_ns)}"
        self.subtitle.show_text(f"{span} · {one_line(gap.connection)}" if gap.connection else span)
        self.xml.setPlaceholderText(self.tr("A gap has no XML. Events sent during this time were not received."))
        self._show_problem(self._full_text(gap.lost) if full else self._gap_text(gap))
        self.properties.show_rows(gap_facts(gap))

    def _full_text(self, lost: int) -> str:
        if lost > 0:
            return self.tr("%Ln event(s) could be stored neither on disk nor in memory.", "", formats.plural(lost))
        return self.tr("Events were held in memory and stored later. Nothing was lost.")

    @staticmethod
    def _gap_text(gap: Gap) -> str:
        text = cells.cause_text(gap.cause.value)
        return ": ".join(part for part in (f"{text[:1].upper()}{text[1:]}", translated(gap.detail)) if part)

    def _show_event(self, sequence: int, excerpt: Excerpt, event: Event) -> None:
        raw = event.raw
        kind = event.problem.kind.value if event.problem else ""
        self.title.show_text(one_line(event.type) or cells.without_type(kind))
        self.subtitle.show_text(
            f"{formats.clock(raw.wall_ns)} · {one_line(raw.connection)} · {formats.size(excerpt.size)}"
        )
        self._show_problem(problem_text(event))
        shown = facts(sequence, excerpt, event)
        self.properties.show_rows(shown, properties=sum(bool(str(value)) for value in raw.properties.values()))

    def show_comment(self, text: str) -> None:
        """Show the user's comment on the entry, "" for none."""
        self.comment.show_text(text)

    def _show_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    # -- the body ------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        """Make the body ready: now where it is small, else on a thread."""
        excerpt = self._excerpt
        if excerpt is None or at_once(excerpt):
            self._task.give_up()
            self._on_loaded(NOTHING if excerpt is None else read(excerpt))
            return
        self._task.ask(lambda wanted: read(excerpt, wanted))
        self._late.start()

    @Slot(object)
    def _on_loaded(self, reading: Reading) -> None:
        self._late.stop()
        self._reading = reading
        self.fields.show_root(reading.fields)
        self._show_text()
        self.shown.emit()

    @Slot()
    def _show_waiting(self) -> None:
        """Put the event before away: this one takes its time."""
        self._reading = NOTHING
        self.fields.show_root(None)
        self._show_text()
        self.xml.setPlaceholderText(self.tr("Reading the event…"))

    @Slot()
    def _show_text(self) -> None:
        text = self._reading.received if self.raw_button.isChecked() else self._reading.pretty
        self.xml.show_lines(text.lines)
        self.rest.setVisible(text.cut)
        if text.cut:
            shown, size = formats.number(len(text.text)), formats.size(self._excerpt.size if self._excerpt else 0)
            message = self.tr("The first %1 characters of %2").replace("%1", shown).replace("%2", size)
            self.rest_text.show_text(message)

    def place_at(self, at: QPoint) -> Place | None:
        """Return the element or attribute under a point of the XML text, None where there is none."""
        if not self.xml.viewport().rect().contains(at):
            return None
        return place_at(self.xml.content(), self.xml.place_in_content(self.xml.cursorForPosition(at).position()))
