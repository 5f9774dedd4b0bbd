"""The filter as it is being typed: what is wrong with it, and what is applied.

The one model behind the filter bar and the large editor. It takes what is typed from the window's first frame on;
what filters comes a moment later. Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clacks_monitor.gui.query.filter_history import FilterHistory
from clacks_monitor.gui.query.filter_run import FilterRun
from clacks_monitor.gui.query.filter_trial import FilterTrial

if TYPE_CHECKING:
    from clacks_monitor.session.notices import Checked
    from clacks_monitor.session.view.filtering import Filtering
    from clacks_monitor.session.view.query_lab import QueryLab
    from clacks_monitor.session.view.query_text import Examined, Remedy
    from clacks_monitor.xquery.editor.lint import LintWarning
    from clacks_monitor.xquery.errors import QueryError

DEBOUNCE_MS = 300


class FilterPhase(Enum):
    """What the tint, the icon and the word of the filter bar say."""

    EMPTY = "empty"
    BUSY = "busy"
    VALID = "valid"
    APPLIED = "applied"
    INVALID = "invalid"


class FilterState(QObject):
    """``changed`` comes when text, phase or message change."""

    changed = Signal()
    applied = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filtering: Filtering | None = None
        self._queries: QueryLab | None = None
        self._apply_wanted = False
        self._awaited: tuple[str, bool] | None = None
        self.text = ""
        self.error: QueryError | None = None
        self._examined: Examined | None = None
        self.trial = FilterTrial(self)
        self.run = FilterRun(self)
        self.run.changed.connect(self.changed)
        self._history = FilterHistory()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._check)

    def begin(self, filtering: Filtering, queries: QueryLab, history: list[str]) -> None:
        """Take what filters; what was typed, and perhaps applied, before it was there counts."""
        self._filtering, self._queries, self._history = filtering, queries, FilterHistory(history)
        self.trial.begin(queries)
        self.text = self.text or filtering.filter_text
        if self._apply_wanted:
            self.apply()
        elif self.text != filtering.filter_text:
            self._timer.start()
        else:
            self.examine()
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
        return FilterPhase.BUSY if self.run.progress else FilterPhase.APPLIED

    @property
    def remedy(self) -> Remedy | None:
        """How the text can be corrected, None when it is right or nothing but the user can."""
        if self._examined is not None:
            return self._examined.remedy
        if self.error is None:
            return None
        from clacks_monitor.session.view.query_suggestions import remedy  # only for what is broken

        return remedy(self.text, self.error)

    @property
    def warning(self) -> LintWarning | None:
        """The first part of the text that matches no valid event, None where there is none or it is not known yet."""
        return self._examined.warnings[0] if self._examined is not None and self._examined.warnings else None

    @property
    def doubtful(self) -> bool:
        """Whether the filter in force can match nothing, or not what it was meant to."""
        return self.phase is FilterPhase.APPLIED and self.warning is not None

    @property
    def searched(self) -> str:
        """The words that the text searches events for, "" for any other filter."""
        return self._examined.searched if self._examined is not None else ""

    @property
    def applied_text(self) -> str:
        """The filter in force."""
        return self._filtering.filter_text if self._filtering is not None else ""

    # -- typing --------------------------------------------------------------------------------------------------

    @Slot(str)
    def type(self, text: str) -> None:
        """Take what the user has typed; it is checked when typing rests."""
        if text == self.text:
            return
        self._change(text)
        self._history.leave()
        self._timer.start()
        self.changed.emit()

    def _change(self, text: str) -> None:
        """Have another text, about which nothing is known yet."""
        self.text = text
        self.error = self._examined = None
        self._awaited = None
        self.trial.forget()

    @Slot()
    def _check(self) -> None:
        self._timer.stop()
        if self._queries is None or self._awaits(apply=False):
            return
        self.error = self._queries.check(self.text)
        self.examine()
        self.changed.emit()
        if self.trial.wanted:
            self.trial.ask(self.text if self.error is None else "")

    @Slot()
    def apply(self) -> None:
        """Filter by the text; when it is broken, the last good filter stays."""
        self._timer.stop()
        self._apply_wanted = self._filtering is None
        if self._filtering is None or self._awaits(apply=True):
            return
        self.error = self._filtering.apply(self.text)
        if self.error is None:
            self.trial.forget()
            self.run.begin()
            self.examine()
            self._history.remember(self.text)
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

    @Slot()
    def examine(self) -> None:
        """Have a good text compared with the schemas."""
        self._examined = None
        if self._queries is not None and self.error is None and self.text.strip():
            self._queries.examine(self.text)

    @Slot(object)
    def on_examined(self, notice: Examined) -> None:
        """Show what no event can have, unless the text is another by now."""
        if notice.text == self.text and self.error is None:
            self._examined = notice
            self.changed.emit()

    def set(self, text: str) -> None:
        """Take and apply a text that was made by the window."""
        self._change(text)
        self.apply()

    @Slot()
    def mend(self) -> None:
        """Take the text as its remedy has it, and apply it, unless it only declares a prefix."""
        mended = self.remedy
        if mended is None:
            return
        self._history.leave()
        self._change(mended.query)
        if mended.applies:
            self.apply()
        else:
            self._check()

    @Slot()
    def revert(self) -> None:
        """Return to the filter in force."""
        self._change(self.applied_text)
        self._history.leave()
        self._apply_wanted = False
        self._timer.stop()
        self.examine()
        self.changed.emit()

    @Slot(int)
    def walk(self, step: int) -> None:
        """Show an older (-1) or newer (1) filter without applying it."""
        text = self._history.walk(step, self.text)
        if text is not None:
            self._change(text)
            self._timer.start()
            self.changed.emit()
