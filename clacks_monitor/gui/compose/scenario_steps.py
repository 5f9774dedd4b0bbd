"""The scenario of a burst: several events in order, each with the seconds to wait before it.

Owner: the pane of bursts. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QTreeWidgetItem, QWidget

from clacks_monitor.gui.compose.draft import body_maker
from clacks_monitor.gui.kit import message_boxes
from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.gui.kit.notes import EmptyHint
from clacks_monitor.session.sending.bursts import BurstError, SceneStep

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from threading import Thread

    from clacks_monitor.gui.ui.ui_compose_burst import Ui_BurstPane
    from clacks_monitor.session.sending.templates import Template, Templates

TEMPLATES = 2_000
"""So many templates are offered as steps."""
_BODY = Qt.ItemDataRole.UserRole


class ScenarioSteps(QObject):
    """Edits the list of steps in ``ui``; ``current`` returns name and bytes of the event that is composed."""

    def __init__(
        self, ui: Ui_BurstPane, templates: Templates, current: Callable[[], tuple[str, bytes]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.tree = ui.steps
        self._window = parent
        self._templates = templates
        self._current = current
        self._looking = LatestTask("templates", self)
        self._looking.done.connect(self._choose_template)
        ui.addThis.clicked.connect(self.add_current)
        ui.addTemplate.clicked.connect(self._add_template)
        ui.removeStep.clicked.connect(self._remove)
        self.tree.setColumnWidth(0, 140)
        EmptyHint(self.tree, self.tr("Add events in order, each with the seconds to wait before it."))

    def steps(self, rows: Sequence[Mapping[str, str]]) -> list[SceneStep]:
        """Return the steps, whose placeholders stand for values of ``rows``. Raises BurstError."""
        items = map(self.tree.topLevelItem, range(self.tree.topLevelItemCount()))
        return [self._step(item, rows) for item in items if item is not None]

    def _step(self, item: QTreeWidgetItem, rows: Sequence[Mapping[str, str]]) -> SceneStep:
        try:
            delay = float(item.text(0).replace(",", "."))
        except ValueError:
            text = self.tr("“{0}” is not a number of seconds.").format(item.text(0))
            raise BurstError(text) from None
        return SceneStep(body_maker(item.data(1, _BODY), rows), delay)

    def first(self) -> tuple[str, bytes] | None:
        """Return name and bytes of the first event, None if there is none."""
        item = self.tree.topLevelItem(0)
        return None if item is None else (item.text(1), item.data(1, _BODY))

    def add(self, name: str, body: bytes, delay: str = "1") -> None:
        """Add an event to the scenario."""
        item = QTreeWidgetItem([delay, name])
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        item.setData(1, _BODY, body)
        self.tree.addTopLevelItem(item)

    def add_current(self) -> None:
        """Add the event that is composed now to the scenario."""
        self.add(*self._current(), delay="1" if self.tree.topLevelItemCount() else "0")

    def _add_template(self) -> None:
        read = self._templates.all
        self._looking.ask(lambda _wanted: read()[:TEMPLATES])

    @Slot(object)
    def _choose_template(self, templates: list[Template]) -> None:
        names = ["/".join((*template.folder, template.name)) for template in templates]
        chosen = message_boxes.ask_choice(self._window, self.tr("Add a template"), self.tr("Template"), names)
        if chosen is not None and names:
            self.add(names[chosen], templates[chosen].xml.encode())

    def _remove(self) -> None:
        item = self.tree.currentItem()
        if item is not None:
            self.tree.takeTopLevelItem(self.tree.indexOfTopLevelItem(item))

    def stop(self) -> list[Thread]:
        """Drop the templates that are being read; return the threads that are still alive."""
        return self._looking.stop()
