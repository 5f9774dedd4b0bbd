"""What the filter bar and the editor say of the text in them. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from clacks_monitor.gui.query.filter_state import FilterPhase

if TYPE_CHECKING:
    from clacks_monitor.gui.query.filter_state import FilterState
    from clacks_monitor.xquery.editor.lint import LintWarning
    from clacks_monitor.xquery.errors import QueryError


def message(state: FilterState) -> str:
    """Return what there is to say about the text, in a few words."""
    translate, phase = QCoreApplication.translate, state.phase
    if phase is FilterPhase.INVALID and state.error is not None:
        return error_text(state.error)
    return {
        FilterPhase.EMPTY: translate("FilterState", "no filter"),
        FilterPhase.BUSY: state.run.progress or translate("FilterState", "checking…"),
        FilterPhase.VALID: (
            translate("FilterState", "Enter applies")
            if state.text.strip()
            else translate("FilterState", "Enter removes the filter")
        ),
        FilterPhase.APPLIED: state.run.fault or translate("FilterState", "applied"),
    }[phase]


def error_text(error: QueryError | LintWarning) -> str:
    """Return an error or a warning with its place."""
    place = QCoreApplication.translate("FilterState", "line %1, column %2").replace("%1", str(error.line))
    place = place.replace("%2", str(error.column))
    return f"{place}: {error.reason}"
