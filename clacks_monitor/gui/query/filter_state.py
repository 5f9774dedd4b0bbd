"""The filter as it is being typed: what is wrong with it, what is applied, what was applied before.

The one model behind the filter bar and the large editor. It takes what is typed from the window's first frame on;
what filters comes a moment later. Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clacks_monitor.gui.kit import formats

if TYPE_CHECKING:
    from clacks_monitor.session.notices import Checked, DryRun, FilterFault, FilterProgress
    from clacks_monitor.session.view.filtering import Filtering
    from clacks_monitor.session.view.query_lab import QueryLab
    from clacks_monitor.session.view.query_text import Remedy
    from clacks_monitor.xquery.editor.lint import LintWarning
    from clacks_monitor.xquery.errors import QueryError

DEBOUNCE_MS = 300
HISTORY = 100


class FilterPhase(Enum):
    """What the tint, the icon and the word of the filter bar say."""

    EMPTY = "empty"
    BUSY = "busy"
    VALID = "valid"
    APPLIED = "applied"
    INVALID = "invalid"


class FilterState(QObject):
    """``changed`` comes when text, phase or words change; ``dry_run_changed`` with the words of a trial."""

    changed = Signal()
    dry_run_changed = Signal(str)
    applied = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filtering: Filtering | None = None
        self._queries: QueryLab | None = None
        self._apply_wanted = False
        self._awaited: tuple[str, bool] | None = None
        self.text = ""
        self.error: QueryError | None = None
        self.fault = ""
        self.trying = False
        self._progress = ""
        self._history: list[str] = []
        self._walking = -1
        self._before_walk = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._check)

    def begin(self, filtering: Filtering, queries: QueryLab, history: list[str]) -> None:
        """Take what filters; what was typed, and perhaps applied, before it was there counts."""
        self._filtering, self._queries, self._history = filtering, queries, history[:HISTORY]
        self.text = self.text or filtering.filter_text
        if self._apply_wanted:
            self.apply()
        elif self.text != filtering.filter_text:
            self._timer.start()
        self.changed.emit()

    # -- what to show --------------------------------------------------------------------------------------------

    @property
    def phase(self) -> FilterPhase:
        """Where the text is on its way."""
        if self._timer.isActive() or self._awaited or (self._filtering is None and self.text.strip()):
            return FilterPhase.BUSY
        if self.error is not None:
            return FilterPhase.INVALID
        if self.text.strip() != self.applied_text.strip():
            return FilterPhase.VALID
        if not self.text.strip():
            return FilterPhase.EMPTY
        return FilterPhase.BUSY if self._progress else FilterPhase.APPLIED

    @property
    def message(self) -> str:
        """What to say about the text in a few words."""
        phase = self.phase
        if phase is FilterPhase.INVALID and self.error is not None:
            return self.error_text(self.error)
        return {
            FilterPhase.EMPTY: self.tr("no filter"),
            FilterPhase.BUSY: self._progress or self.tr("checking…"),
            FilterPhase.VALID: self.tr("Enter applies") if self.text.strip() else self.tr("Enter removes the filter"),
            FilterPhase.APPLIED: self.fault or self.tr("applied"),
        }[phase]

    def error_text(self, error: QueryError | LintWarning) -> str:
        """Return an error or a warning with its place."""
        place = self.tr("line %1, column %2").replace("%1", str(error.line)).replace("%2", str(error.column))
        return f"{place}: {error.reason}"

    @property
    def remedy(self) -> Remedy | None:
        """How the broken text can be mended, None when it is not broken or nothing but the user can."""
        if self.error is None:
            return None
        from clacks_monitor.session.view.query_text import remedy  # only for what is broken

        return remedy(self.text, self.error)

    @property
    def last_good_stays(self) -> bool:
        """Whether something else than the text is in force."""
        return self.text.strip() != self.applied_text.strip() and bool(self.applied_text.strip())

    @property
    def applied_text(self) -> str:
        """The filter in force."""
        return self._filtering.filter_text if self._filtering is not None else ""

    @property
    def history(self) -> list[str]:
        """Applied filters, the newest first."""
        return list(self._history)

    # -- typing --------------------------------------------------------------------------------------------------

    @Slot(str)
    def type(self, text: str) -> None:
        """Take what the user has typed; it is checked when typing rests."""
        if text == self.text:
            return
        self.text = text
        self.error = None
        self._awaited = None
        self._walking = -1
        self._timer.start()
        self.changed.emit()

    @Slot()
    def _check(self) -> None:
        self._timer.stop()
        if self._queries is None or self._awaits(apply=False):
            return
        self.error = self._queries.check(self.text)
        self.changed.emit()
        if self.trying:
            self.try_out()

    @Slot()
    def apply(self) -> None:
        """Filter by the text; when it is broken, the last good filter stays."""
        self._timer.stop()
        self._apply_wanted = self._filtering is None
        if self._filtering is None or self._awaits(apply=True):
            return
        self.error = self._filtering.apply(self.text)
        if self.error is None:
            self.fault = ""
            self._progress = ""
            self._remember(self.text)
            self.applied.emit(self.text)
        self.changed.emit()

    def _awaits(self, *, apply: bool) -> bool:
        """Let a long text be looked at elsewhere first; return whether the answer comes later."""
        if self._queries is None or self._queries.is_known(self.text):
            self._awaited = None
            return False
        self._awaited = self.text, apply
        self.error = None
        self._queries.prepare(self.text)
        self.changed.emit()
        return True

    @Slot(object)
    def on_checked(self, notice: Checked) -> None:
        """Go on with what a long text was looked at for, unless it is another by now."""
        if self._awaited is None or not notice.text == self._awaited[0] == self.text:
            return
        _text, wanted = self._awaited
        self._awaited = None
        if wanted:
            self.apply()
        else:
            self._check()

    def set(self, text: str) -> None:
        """Take and apply a text that was made by the window."""
        self.text = text
        self.apply()

    @Slot()
    def mend(self) -> None:
        """Take the text as its remedy has it, and look at it again; it is not applied yet."""
        mended = self.remedy
        if mended is not None:
            self.text = mended.query
            self._check()

    @Slot(str)
    def prepare(self, text: str) -> None:
        """Take a text that was made by the window, and leave it to the user to apply it."""
        self.type(text)

    @Slot()
    def revert(self) -> None:
        """Return to the filter in force."""
        self.text = self.applied_text
        self.error = None
        self._apply_wanted = False
        self._awaited = None
        self._walking = -1
        self._timer.stop()
        self.changed.emit()

    def refresh(self) -> None:
        """Look again at what is in force: somebody else has changed it."""
        if not self._timer.isActive():
            self.revert()

    # -- history -------------------------------------------------------------------------------------------------

    def _remember(self, text: str) -> None:
        self._walking = -1
        if text.strip():
            self._history = [text, *(old for old in self._history if old != text)][:HISTORY]

    @Slot(int)
    def walk(self, step: int) -> None:
        """Show an older (-1) or newer (1) filter without applying it."""
        if self._walking < 0:
            self._before_walk = self.text
        walking = self._walking - step
        if walking >= len(self._history) or walking < -1:
            return
        self._walking = walking
        self.text = self._history[walking] if walking >= 0 else self._before_walk
        self.error = None
        self._awaited = None
        self._timer.start()
        self.changed.emit()

    # -- answers -------------------------------------------------------------------------------------------------

    @Slot(object)
    def on_progress(self, notice: FilterProgress) -> None:
        """Say how far filtering is."""
        if notice.finished or not notice.total:
            text = ""
        else:
            share = str(round(100 * notice.done / notice.total))
            text = self.tr("filtering: %1 %, %2 found so far").replace("%1", share)
            text = text.replace("%2", formats.number(notice.found))
        if text != self._progress:
            self._progress = text
            self.changed.emit()

    @Slot(object)
    def on_fault(self, notice: FilterFault) -> None:
        """Say that the filter raises errors or was taken out of service."""
        if notice.source == "":
            self.fault = notice.text
            self.changed.emit()

    def try_out(self) -> None:
        """Ask what the text would do to the last events."""
        if self._queries is not None and self.error is None and self.text.strip():
            self._queries.dry_run(self.text)
        else:
            self.dry_run_changed.emit("")

    @Slot(object)
    def on_dry_run(self, notice: DryRun) -> None:
        """Tell what a query would do, unless the text is another by now."""
        if notice.text != self.text:
            return
        text = self.tr("%1 of the last %2 events match.").replace("%1", formats.number(notice.shown))
        text = text.replace("%2", formats.number(notice.total))
        if notice.errors:
            text += " " + self.tr("%Ln raise an error (counted as no match by the broker).", "", notice.errors)
        self.dry_run_changed.emit(text)
