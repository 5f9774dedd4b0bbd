"""Edits a profile: name, colour and query, its alert and webhook, its columns, and the tests of its query.

Owner: the profile actions. Thread: the window's. The filter tests run at each edit, on a thread of the session; the
owner hands their results to ``on_tests_run()``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QColor, QIcon, QPalette, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLineEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from clacks_monitor.core.colours import COLOURS
from clacks_monitor.gui.kit import cells
from clacks_monitor.gui.kit.colour_names import colour_name
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.gui.profiles.columns_page import ColumnsPage
from clacks_monitor.gui.profiles.profile_alert import AlertPage
from clacks_monitor.gui.profiles.profile_tests import FilterTestsPage
from clacks_monitor.gui.profiles.profile_webhook import WebhookPage
from clacks_monitor.gui.query.filter_state import DEBOUNCE_MS
from clacks_monitor.gui.query.query_edit import QueryEdit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.columns import ShownColumn
    from clacks_monitor.core.profile import Profile
    from clacks_monitor.core.webhook import Webhook
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.profiles.consenting import Consenting
    from clacks_monitor.gui.query.completion import Completer
    from clacks_monitor.session.notices import FilterTestsRun
    from clacks_monitor.session.profiles.alert_consents import Looked
    from clacks_monitor.session.view.query_lab import QueryLab

MAX_NAME = 100
_QUERY, _TESTS = 0, 3


class ProfileDialog(QDialog):
    """``result_profile`` is the profile as it was edited.

    ``consent`` is the command that may run here, ``webhook_consent`` the webhook that may be posted to, if any may.
    """

    def __init__(
        self,
        profile: Profile,
        queries: QueryLab,
        theme: Theme,
        completer: Completer,
        parent: QWidget,
        consenting: Consenting,
        columns: Sequence[ShownColumn] = cells.COLUMNS,
    ) -> None:
        super().__init__(parent)
        self._profile, self._queries, self._theme = profile, queries, theme
        self.name = QLineEdit(profile.name, self)
        self.description = QLineEdit(profile.description, self)
        self.colour = QComboBox(self)
        self.tabs = QTabWidget(self)
        self.query = QueryEdit(self)
        self.alert = AlertPage(profile.alert, consenting, theme, self)
        self.webhook = WebhookPage(profile.alert.webhook, consenting, theme, self)
        self.tests = FilterTestsPage(profile.filter_tests, theme, self)
        self.columns = ColumnsPage(profile.columns, columns, self)
        self.reason = PlainLabel(self)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self._check)
        self.query.set_up(theme, completer)
        self._lay_out()
        self._listen()
        self._check()

    def _lay_out(self) -> None:
        self.setWindowTitle(self.tr("Edit profile") if self._profile.name else self.tr("New profile"))
        self.resize(640, 640)
        column = QVBoxLayout(self)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        self.name.setMaxLength(MAX_NAME)
        form.addRow(self.tr("&Name"), self.name)
        form.addRow(self.tr("&Description"), self.description)
        for colour in COLOURS:
            self.colour.addItem(self._theme.icons.square(colour), colour_name(colour), colour)
        self.colour.setCurrentIndex(self.colour.findData(self._profile.colour))
        form.addRow(self.tr("&Colour"), self.colour)
        column.addLayout(form)
        self.query.setFrameShape(QFrame.Shape.NoFrame)
        self.query.load(self._profile.query)
        self.query.setAccessibleName(self.tr("Query"))
        self.query.setPlaceholderText(self.tr("Empty: every event"))
        self.tabs.addTab(self.query, self.tr("&Query"))
        self.tabs.addTab(self.alert, self.tr("A&lert"))
        self.tabs.addTab(self.webhook, self.tr("We&bhook"))
        self.tabs.addTab(self.tests, self.tr("&Tests"))
        self.tabs.addTab(self.columns, self.tr("Column&s"))
        column.addWidget(self.tabs, 1)
        self.reason.setWordWrap(True)
        column.addWidget(self.reason)
        column.addWidget(self.buttons)

    def _listen(self) -> None:
        self.query.edited.connect(self._timer.start)
        self.query.apply_wanted.connect(self.accept)
        self.query.revert_wanted.connect(self.reject)
        self.name.textChanged.connect(self._check_entries)
        self.alert.changed.connect(self._check_entries)
        self.webhook.changed.connect(self._check_entries)
        self.tests.changed.connect(self._timer.start)
        self.tests.place_wanted.connect(self._show_place)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    # -- checking ------------------------------------------------------------------------------------------------

    @Slot()
    def _check(self) -> None:
        """Check the query, and run its tests."""
        self._check_entries()
        self._queries.run_filter_tests(self._profile.id, self.query.toPlainText(), self.tests.tests())

    @Slot()
    def _check_entries(self) -> None:
        self.webhook.set_wanted(self.alert.wanted)
        text = self.query.toPlainText()
        if not self._queries.is_known(text):  # the tests compile it, and on_tests_run() comes back here
            self._show_message(self.tr("The query is being checked…"), self._theme.muted)
            self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(False)
            return
        if self.alert.undecided:
            self._show_message(self.tr("The command is being checked…"), self._theme.muted)
            self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(False)
            return
        error = self._queries.check(text)
        self.query.show_error(error)
        problem = translated(error.message) if error else self.alert.problem() or self.webhook.problem()
        self.show_reason(problem)
        good = not problem and bool(self.name.text().strip())
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(good)

    def on_tests_run(self, notice: FilterTestsRun) -> None:
        """Show the results of the tests; those of an older text are ignored."""
        if notice.asker != self._profile.id or notice.query != self.query.toPlainText():
            return
        if self._queries.is_known(notice.query):
            self._check_entries()
        else:
            self._timer.start()  # others have taken its room meanwhile
        self.tests.show_results(notice.results)
        count, failing = len(self.tests.tests()), self.tests.failing()
        title = self.tr("&Tests")
        if failing:
            title += " " + self.tr("(%Ln of %1 fail)", "", failing).replace("%1", str(count))
        elif count:
            title += f" ({count})"
        self.tabs.setTabText(_TESTS, title)
        self.tabs.setTabIcon(_TESTS, self._theme.icons.icon("error", self._theme.bad) if failing else QIcon())

    def show_tests(self) -> None:
        """Begin at the tests."""
        self.tabs.setCurrentIndex(_TESTS)

    @Slot(int, int)
    def _show_place(self, line: int, column: int) -> None:
        """Go to the place in the query where the error of a test is."""
        self.tabs.setCurrentIndex(_QUERY)
        cursor = QTextCursor(self.query.document().findBlockByNumber(line - 1))
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.MoveAnchor, max(0, column - 1))
        self.query.setTextCursor(cursor)
        self.query.setFocus()

    def show_reason(self, text: str) -> None:
        """Say why the profile cannot be stored."""
        self._show_message(text, self._theme.bad)

    def _show_message(self, text: str, colour: QColor) -> None:
        self.reason.setText(text)
        palette = self.reason.palette()
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self.reason.setPalette(palette)

    @override
    def accept(self) -> None:
        """Close with the result, but not before it is known whether the command is allowed."""
        if not self.alert.undecided:
            super().accept()

    # -- the result ----------------------------------------------------------------------------------------------

    def consent(self) -> Looked | None:
        """Return the command that was allowed as it was shown, None when nothing is."""
        return self.alert.consent()

    def webhook_consent(self) -> Webhook | None:
        """Return the webhook that was allowed, None when none is."""
        return self.webhook.consent()

    def result_profile(self) -> Profile:
        """Return the profile with what was entered."""
        return replace(
            self._profile,
            name=self.name.text().strip(),
            description=self.description.text().strip(),
            colour=str(self.colour.currentData()),
            alert=replace(self.alert.alert(), webhook=self.webhook.webhook()),
            columns=self.columns.keys(),
            filter_tests=self.tests.tests(),
            query=self.query.toPlainText(),
        )
