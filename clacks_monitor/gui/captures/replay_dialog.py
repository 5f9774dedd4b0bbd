"""Asks what is replayed, where to and how fast, and says why it cannot be. Owner: its opener; its thread."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QDoubleSpinBox, QLineEdit, QWidget

from clacks_monitor.core.moments import moment_from
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.plain_text import as_title
from clacks_monitor.gui.kit.time_format import time_format
from clacks_monitor.gui.ui.ui_dialog_replay import Ui_ReplayDialog
from clacks_monitor.session.captures.replaying import Pace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.gui.kit.theme import Theme

SCOPES = ("shown", "selected", "marks", "all")


class ReplayDialog(QDialog):
    """``counts`` are the entries of each of SCOPES; ``why_not`` says what speaks against a connection, "" for none."""

    def __init__(
        self,
        connections: list[ConnectionSettings],
        counts: Mapping[str, int],
        near_ns: int,
        why_not: Callable[[str], str],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        Ui_ReplayDialog().setupUi(self)
        self._near, self._why_not = near_ns, why_not
        self._production = {settings.id for settings in connections if settings.production}
        self._target, self._scope = child(self, QComboBox, "target"), child(self, QComboBox, "scope")
        self._from, self._to = child(self, QLineEdit, "fromTime"), child(self, QLineEdit, "to")
        self._pace, self._amount = child(self, QComboBox, "pace"), child(self, QDoubleSpinBox, "amount")
        self._amount_label, self._reason = child(self, PlainLabel, "amountLabel"), child(self, PlainLabel, "reason")
        buttons = child(self, QDialogButtonBox, "buttons")
        self.go_button = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._fill(connections, counts, theme)
        for edit in (self._from, self._to):
            edit.setPlaceholderText(self.tr("any time; for example 14:02 or yesterday 9:00"))
            edit.textChanged.connect(self._show_what_fits)
        for box in (self._target, self._scope, self._pace):
            box.currentIndexChanged.connect(self._show_what_fits)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._show_what_fits()

    def _fill(self, connections: list[ConnectionSettings], counts: Mapping[str, int], theme: Theme) -> None:
        self._target.addItem(self.tr("This window only (nothing is sent)"), "")
        for settings in connections:
            message = self.tr("%1 (production)") if settings.production else "%1"
            self._target.addItem(
                theme.icons.square(settings.colour), message.replace("%1", as_title(settings.name)), settings.id
            )
        words_of = {
            "shown": self.tr("Shown events (%1)"),
            "selected": self.tr("Selected rows (%1)"),
            "marks": self.tr("First to last mark (%1)"),
            "all": self.tr("Whole capture (%1)"),
        }
        for key in SCOPES:
            if counts.get(key, 0) or key == "shown":
                self._scope.addItem(words_of[key].replace("%1", formats.number(counts.get(key, 0))), key)
        for text, key in (
            (self.tr("Original"), "original"),
            (self.tr("Faster or slower"), "factor"),
            (self.tr("Fixed rate"), "rate"),
            (self.tr("As fast as possible"), "fast"),
            (self.tr("Step by step"), "step"),
        ):
            self._pace.addItem(text, key)

    @Slot()
    def _show_what_fits(self) -> None:
        kind = self._pace.currentData()
        for widget in (self._amount, self._amount_label):
            widget.setVisible(kind in {"factor", "rate"})
        self._amount_label.setText(self.tr("Fact&or") if kind == "factor" else self.tr("Events per &second"))
        reason = self._why_not(self.target)
        for edit in (self._from, self._to):
            if edit.text().strip() and self._moment(edit) is None:
                reason = self.tr("Not a valid time: %1").replace("%1", edit.text())
        asks = self.target in self._production
        self._reason.setText(reason or " ")
        self.go_button.setEnabled(not reason)
        self.go_button.setText(self.tr("&Replay…") if asks else self.tr("&Replay"))

    def _moment(self, edit: QLineEdit) -> int | None:
        return moment_from(edit.text(), self._near or time.time_ns(), time.time_ns(), time_format().zone)

    @property
    def target(self) -> str:
        """The connection's id, "" for the window alone."""
        return str(self._target.currentData() or "")

    @property
    def scope(self) -> str:
        """One of SCOPES."""
        return str(self._scope.currentData())

    @property
    def span(self) -> tuple[int, int]:
        """The times that limit it, wall clock, 0 for none."""
        return self._moment(self._from) or 0, self._moment(self._to) or 0

    @property
    def pace(self) -> Pace:
        """How fast."""
        amount = self._amount.value()
        return {
            "original": Pace(),
            "factor": Pace(speed=amount),
            "rate": Pace(rate=amount),
            "fast": Pace(speed=0.0),
            "step": Pace(stepwise=True),
        }[str(self._pace.currentData())]
