"""Shows what could be saved of a damaged capture. Owner: its opener. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QWidget

from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.gui.ui.ui_dialog_recovery import Ui_RecoveryDialog

if TYPE_CHECKING:
    from clacks_monitor.session.notices import JobResult

MAX_SPANS = 1000


class RecoveryDialog(QDialog):
    """Accepted to open what was saved."""

    def __init__(self, result: JobResult, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        Ui_RecoveryDialog().setupUi(self)
        saved = self.tr("%Ln entries recovered to %1.", "", formats.plural(result.count)).replace(
            "%1", str(result.paths[0])
        )
        lost = sum(last - first + 1 for first, last in result.lost)
        text = self.tr("%Ln could not be read.", "", formats.plural(lost)) if lost else self.tr("Nothing was lost.")
        child(self, PlainLabel, "saved").setText(f"{saved} {text}")
        details = child(self, QPlainTextEdit, "details")
        details.setAccessibleName(self.tr("Lost data"))
        details.setPlainText("\n".join([*map(translated, result.notes), *self._spans(result)]))
        details.setVisible(bool(result.notes or result.lost))
        buttons = child(self, QDialogButtonBox, "buttons")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Open).setFocus()
        if not details.isVisibleTo(self):
            self.setMinimumHeight(0)
            self.adjustSize()

    def _spans(self, result: JobResult) -> list[str]:
        lines = []
        for first, last in result.lost[:MAX_SPANS]:
            one, other = formats.number(first), formats.number(last)
            one_only = self.tr("Entry %1 is lost.").replace("%1", one)
            many = self.tr("Entries %1 to %2 are lost.").replace("%1", one).replace("%2", other)
            lines.append(one_only if first == last else many)
        if len(result.lost) > MAX_SPANS:
            lines.append("…")
        return lines
