"""The selected event in full: XML, fields, properties, and its problem if it has one.

Owner: the main window. Thread: the window's. It reads one body: that of the selected row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clacks_monitor.core.event import Event, Gap, GapCause
from clacks_monitor.gui import formats
from clacks_monitor.gui.detail import xml_text
from clacks_monitor.gui.detail.fields_tree import FieldsTree
from clacks_monitor.gui.detail.verdicts_tab import VerdictsTab
from clacks_monitor.gui.detail.xml_place import place_at
from clacks_monitor.gui.labels import PlainLabel
from clacks_monitor.gui.plain_text import spoken
from clacks_monitor.gui.table import cells
from clacks_monitor.gui.wording import translated

if TYPE_CHECKING:
    from clacks_monitor.core.event import Entry
    from clacks_monitor.gui.detail.xml_place import Place
    from clacks_monitor.gui.theme import Theme


class DetailPane(QWidget):
    """``menu_wanted`` carries path, value and place of a field that was clicked."""

    menu_wanted = Signal(tuple, object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._entry: Entry | None = None
        self._body = b""
        self.title = PlainLabel(self)
        self.subtitle = PlainLabel(self)
        self.problem = PlainLabel(self)
        self.raw_button = QToolButton(self)
        self.tabs = QTabWidget(self)
        self.xml = QPlainTextEdit(self)
        self.fields = FieldsTree(self)
        self.verdicts = VerdictsTab(self)
        self._lay_out()

    # -- layout --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._head())
        self.problem.setWordWrap(True)
        self.problem.setVisible(False)
        self.problem.setContentsMargins(8, 6, 8, 6)
        self.problem.setAutoFillBackground(True)
        self.problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problem.setAccessibleName(self.tr("Problem"))
        column.addWidget(self.problem)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.xml, self.tr("XML"))
        self.tabs.addTab(self.fields, self.tr("Fields"))
        self.tabs.addTab(self._scroller(), self.tr("Properties"))
        self.tabs.addTab(self.verdicts, self.tr("Filters"))
        column.addWidget(self.tabs, 1)
        self.xml.setReadOnly(True)
        self.xml.document().setDocumentMargin(8)
        self.xml.setFrameShape(QFrame.Shape.NoFrame)
        self.xml.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.xml.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.xml.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.xml.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.xml.setAccessibleName(self.tr("XML of the event"))
        self.fields.menu_wanted.connect(self.menu_wanted)
        self.show_entry(0, None)

    def _head(self) -> QHBoxLayout:
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() + 1)
        font.setBold(True)
        self.title.setFont(font)
        self.title.setAccessibleName(self.tr("Selected event"))
        self.subtitle.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        self.raw_button.setText(self.tr("As received"))
        self.raw_button.setToolTip(self.tr("Show the body exactly as it came, not indented"))
        self.raw_button.setCheckable(True)
        self.raw_button.setAutoRaise(True)
        policy = self.raw_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # what is below must not jump
        self.raw_button.setSizePolicy(policy)
        self.raw_button.toggled.connect(self._show_text)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 4, 0)
        head.addLayout(words, 1)
        head.addWidget(self.raw_button, 0, Qt.AlignmentFlag.AlignBottom)
        return head

    def _scroller(self) -> QScrollArea:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setBackgroundRole(QPalette.ColorRole.Base)
        area.setAccessibleName(self.tr("Properties of the event"))
        self._area = area
        return area

    def set_up(self, theme: Theme) -> None:
        """Give it colours; to be called once."""
        self._theme = theme
        self.verdicts.set_up(theme)
        xml_text.XmlHighlighter(self.xml.document(), theme)
        theme.changed.connect(self._recolour)
        self._recolour()

    @Slot()
    def _recolour(self) -> None:
        if self._theme is None:
            return
        palette = self.problem.palette()
        wash = self._theme.washed(self._theme.bad if isinstance(self._entry, Event) else self._theme.warn, 0.14)
        palette.setColor(QPalette.ColorRole.Window, wash)
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.text)
        self.problem.setPalette(palette)

    # -- content -------------------------------------------------------------------------------------------------

    def show_entry(self, sequence: int, entry: Entry | None) -> None:
        """Show an entry of the capture; None shows that nothing is selected."""
        self._entry = entry
        self.verdicts.show_entry(sequence if isinstance(entry, Event) else 0)
        self.raw_button.setVisible(isinstance(entry, Event))
        if isinstance(entry, Event):
            self._show_event(sequence, entry)
        elif isinstance(entry, Gap):
            self._show_gap(entry)
        else:
            self._show_nothing()
        self._recolour()

    def _show_nothing(self) -> None:
        self.title.setText(self.tr("No event selected"))
        self.subtitle.setText("")
        self.xml.setPlaceholderText(self.tr("Select an event to read it here."))
        self._set_body(b"")
        self._say_problem("")
        self._list([])

    def _show_gap(self, gap: Gap) -> None:
        full = gap.cause is GapCause.DISK_FULL
        self.title.setText(self.tr("The disk was full") if full else self.tr("Nothing could be seen"))
        span = f"{formats.clock(gap.from_ns)} – {formats.clock(gap.to_ns)}"
        self.subtitle.setText(f"{span} · {gap.connection}" if gap.connection else span)
        self.xml.setPlaceholderText(self.tr("A gap has no XML: what was sent in this time is not known here."))
        self._set_body(b"")
        self._say_problem(self._full_words(gap.lost) if full else self._gap_words(gap))
        lost = formats.number(gap.lost) if gap.lost >= 0 else self.tr("unknown")
        length = formats.duration((gap.to_ns - gap.from_ns) / formats.NS)
        self._list([(self.tr("Duration"), length), (self.tr("Events lost"), lost)])

    def _full_words(self, lost: int) -> str:
        if lost > 0:
            return self.tr("%Ln event(s) found no room on the disk nor in memory.", "", lost)
        return self.tr("What arrived waited in memory, and was stored when there was room: nothing is lost.")

    @staticmethod
    def _gap_words(gap: Gap) -> str:
        words = cells.cause_words(gap.cause.value)
        return ": ".join(part for part in (f"{words[:1].upper()}{words[1:]}", translated(gap.detail)) if part)

    def _show_event(self, sequence: int, event: Event) -> None:
        raw = event.raw
        kind = event.problem.kind.value if event.problem else ""
        self.title.setText(event.type or f"({cells.problem_words(kind)})")
        self.subtitle.setText(f"{formats.clock(raw.wall_ns)} · {raw.connection} · {formats.size(len(raw.body))}")
        self._set_body(raw.body)
        self._say_problem(self._problem_words(event))
        rows = [
            (self.tr("Number"), formats.number(sequence)),
            (self.tr("Arrived"), formats.full_time(raw.wall_ns)),
            (self.tr("Sent"), formats.full_time(raw.creation_ns) if raw.creation_ns else ""),
            (self.tr("Connection"), raw.connection),
            (self.tr("Subject"), raw.subject),
            (self.tr("Content type"), raw.content_type),
            (self.tr("Body"), self.tr("%1, %Ln byte(s)", "", len(raw.body)).replace("%1", raw.kind.value)),
            (self.tr("Message id"), raw.message_id),
            (self.tr("User id"), raw.user_id),
        ]
        rows += [(f"{name}", str(value)) for name, value in raw.properties.items()]
        self._list([(name, value) for name, value in rows if value])

    def _problem_words(self, event: Event) -> str:
        problem = event.problem
        if problem is None:
            return ""
        if not problem.line:
            return problem.text
        place = self.tr("Line %1, column %2").replace("%1", str(problem.line)).replace("%2", str(problem.column))
        return f"{place}: {problem.text}"

    def _say_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _set_body(self, body: bytes) -> None:
        self._body = body
        self._show_text()
        self.fields.show_root(xml_text.parsed(body) if body else None)

    @Slot()
    def _show_text(self) -> None:
        text = xml_text.as_received(self._body) if self.raw_button.isChecked() else xml_text.pretty(self._body)
        if len(text) > xml_text.MAX_SHOWN:
            left = self.tr("%Ln more character(s); copy the XML to have them all.", "", len(text) - xml_text.MAX_SHOWN)
            text = f"{text[: xml_text.MAX_SHOWN]}\n… {left}"
        self.xml.setPlainText(text)

    def place_at(self, at: QPoint) -> Place | None:
        """Return the element or attribute under a point of the XML text, None where there is none."""
        if not self.xml.viewport().rect().contains(at):
            return None
        return place_at(self.xml.toPlainText(), self.xml.cursorForPosition(at).position())

    def _list(self, rows: list[tuple[str, str]]) -> None:
        """Show names and values; the old widgets go with their page."""
        page = QWidget()
        page.setBackgroundRole(QPalette.ColorRole.Base)
        page.setAutoFillBackground(True)
        form = QFormLayout(page)
        form.setContentsMargins(8, 8, 8, 8)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(4)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, value in rows:
            label = PlainLabel(page, name)
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            shown = PlainLabel(page, value)
            shown.setWordWrap(True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setAccessibleName(spoken(name))
            form.addRow(label, shown)
        self._area.setWidget(page)
