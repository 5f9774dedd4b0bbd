"""What the filter bar, the editor and the empty table say of a filter and of its correction. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from clacks_monitor.gui.kit.plain_text import as_caption
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.gui.query.filter_state import FilterPhase

if TYPE_CHECKING:
    from clacks_monitor.gui.query.filter_state import FilterState
    from clacks_monitor.session.view.query_text import Remedy
    from clacks_monitor.xquery.editor.lint import LintWarning
    from clacks_monitor.xquery.errors import QueryError


def message(state: FilterState) -> str:
    """Return what there is to say about the text, in a few words."""
    translate, phase = QCoreApplication.translate, state.phase
    if phase is FilterPhase.INVALID and state.error is not None:
        plain = state.remedy is not None and state.remedy.kind == "search"
        return translate("FilterState", "text, not a condition") if plain else error_text(state.error, state.text)
    if phase in {FilterPhase.VALID, FilterPhase.APPLIED} and state.warning is not None and not state.run.fault:
        return _warning(state.warning, state.remedy, applied=phase is FilterPhase.APPLIED)
    if phase is FilterPhase.APPLIED and not state.run.fault and (words := state.searched):
        return translate("FilterState", "text contains “%1”").replace("%1", words)
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


def _warning(warning: LintWarning, remedy: Remedy | None, *, applied: bool) -> str:
    """Return in a few words that a filter matches nothing, and what may be meant; error_text() has the whole."""
    translate = QCoreApplication.translate
    if remedy is not None and remedy.kind == "search":
        return translate("FilterState", "text, not a condition")
    hint = translated(warning.hint or warning.problem)
    if warning.never:
        both = (translate("FilterState", "cannot match: %1"), translate("FilterState", "applied, cannot match: %1"))
    else:
        both = (translate("FilterState", "check: %1"), translate("FilterState", "applied, check: %1"))
    return both[applied].replace("%1", hint)


def error_text(error: QueryError | LintWarning, query: str) -> str:
    """Return an error or a warning, with its place where the query has more than one line."""
    if "\n" not in query.strip():
        return translated(error.reason)
    place = QCoreApplication.translate("FilterState", "line %1, column %2").replace("%1", str(error.line))
    place = place.replace("%2", str(error.column))
    return f"{place}: {translated(error.reason)}"


def remedy_caption(remedy: Remedy) -> str:
    """Return the label of the button that corrects a filter."""
    translate = QCoreApplication.translate
    return {
        "declare": translate("FilterState", "Declare %1").replace("%1", as_caption(remedy.subject)),
        "replace": translate("FilterState", "Replace"),
        "search": translate("FilterState", "Search the text"),
    }[remedy.kind.value]


def remedy_tip(remedy: Remedy) -> str:
    """Return what the button does: the corrected filter."""
    return QCoreApplication.translate("FilterState", "Filter by:\n%1").replace("%1", remedy.query)
