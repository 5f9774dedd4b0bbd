"""The profiles: a list with check boxes, colours and hits. Checked ones decide what is shown, colours apply always.

Their order is that of the rules: of those that match an event, the first with a colour gives it.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QDropEvent, QIcon
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.tab_order import walk
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clacks_monitor.core.profile import Profile
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme

_NAME, _HITS = 0, 1
_ID = Qt.ItemDataRole.UserRole
_BUTTONS = ("profile.new", "profile.edit", "profile.delete")
_MENU = (
    "profile.edit", "profile.rename", "profile.duplicate", "profile.delete", "", "profile.up", "profile.down", "",
    "profile.import", "profile.export", "", "profile.undo",
)  # fmt: skip


class ProfileTree(QTreeWidget):
    """A flat list whose rows are dragged to another place; ``dropped`` carries the row and where it shall stand."""

    dropped = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDragDropMode(QTreeWidget.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move instead of doing it: the order is the profiles' own, and may be refused."""
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if event.source() is self and self.currentIndex().isValid():
            self.dropped.emit(self.currentIndex().row(), self._place(event.position().toPoint()))

    def _place(self, at: QPoint) -> int:
        """Return the place of the row under ``at`` when it were taken out of the list and put in there."""
        index = self.indexAt(at)
        row = self.topLevelItemCount() if not index.isValid() else index.row()
        below = index.isValid() and at.y() > self.visualRect(index).center().y()
        row += below
        return row - 1 if row > self.currentIndex().row() else row


class ProfilesView(QWidget):
    """``activated`` carries the ids that are checked now; ``renamed`` an id and a name, ``moved`` an id and a place."""

    activated = Signal(list)
    renamed = Signal(str, str)
    moved = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._commands: Commands | None = None
        self._filling = False
        self._profiles: list[Profile] = []
        self.tree = ProfileTree(self)
        self._hint = PlainLabel(self)
        self._row = QHBoxLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        tree = self.tree
        tree.setHeaderHidden(True)
        tree.setColumnCount(2)
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setFrameShape(QTreeWidget.Shape.NoFrame)
        tree.setIconSize(QSize(16, 16))
        tree.setEditTriggers(QTreeWidget.EditTrigger.EditKeyPressed)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.header().setStretchLastSection(False)
        tree.header().setMinimumSectionSize(32)
        tree.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(_HITS, QHeaderView.ResizeMode.ResizeToContents)
        tree.setAccessibleName(self.tr("Profiles"))
        tree.setAccessibleDescription(
            self.tr(
                "Shows events matching a checked profile, or all events. The first matching profile sets the colour."
            )
        )
        tree.itemChanged.connect(self._changed)
        tree.dropped.connect(self._dropped)
        tree.customContextMenuRequested.connect(self._menu)
        column.addWidget(tree, 1)
        self._row.setContentsMargins(4, 2, 4, 2)
        self._row.setSpacing(2)
        column.addLayout(self._row)

    def set_up(self, theme: Theme, commands: Commands) -> None:
        """Give it colours and commands; to be called once."""
        self._theme, self._commands = theme, commands
        for key in _BUTTONS:
            button = QToolButton(self)
            button.setDefaultAction(commands[key])
            button.setAutoRaise(True)
            self._row.addWidget(button)
        # The buttons come later than other panes: without this Tab would, too.
        walk([self.tree, *self.findChildren(QToolButton)])
        self._row.addStretch(1)
        self._row.addWidget(self._hint)
        self._hint.setContentsMargins(0, 0, 4, 0)
        theme.changed.connect(self._recolour)
        self.tree.currentItemChanged.connect(self._enable)

    @Slot()
    def _recolour(self) -> None:
        self.show_profiles(self._profiles)

    # -- content -------------------------------------------------------------------------------------------------

    def show_profiles(self, profiles: Sequence[Profile]) -> None:
        """Show the list; the selection stays on the same profile.

        While the profiles are the same, their items stay: this is called from an item's own change.
        """
        current = self.current_id
        same = [profile.id for profile in profiles] == [profile.id for profile in self._profiles]
        self._profiles = list(profiles)
        self._filling = True
        if not same:
            self.tree.clear()
            self.tree.addTopLevelItems([QTreeWidgetItem() for _profile in profiles])
        for index, profile in enumerate(profiles):
            self._fill(self.tree.topLevelItem(index), profile)
        self._filling = False
        if not same:
            self.select(current)
        active = sum(1 for profile in profiles if profile.active)
        self._hint.setText(self.tr("%Ln active", "", active) if active else self.tr("no profile selected"))
        self._hint.setToolTip("" if active else self.tr("No profile is selected, all events are shown"))
        self._hint.setForegroundRole(self._hint.palette().ColorRole.PlaceholderText)
        self._enable()

    def _fill(self, item: QTreeWidgetItem | None, profile: Profile) -> None:
        if item is None:
            return
        item.setText(_NAME, profile.name)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
        item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsDragEnabled)
        item.setCheckState(_NAME, Qt.CheckState.Checked if profile.active else Qt.CheckState.Unchecked)
        item.setData(_NAME, _ID, profile.id)
        item.setTextAlignment(_HITS, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if self._theme is not None:
            item.setIcon(_NAME, self._theme.icons.square(profile.colour))
            item.setForeground(_HITS, QBrush(self._theme.muted))
            item.setIcon(_HITS, self._theme.icons.icon("alert", self._theme.muted) if profile.alert.wanted else QIcon())
        calls = self.tr("Alerts on matches or silence: see Edit profile, Alert") if profile.alert.wanted else ""
        query = profile.query or self.tr("all events")
        item.setToolTip(_NAME, plain_tip("\n".join(filter(None, (profile.description, query)))))
        item.setToolTip(_HITS, plain_tip(calls))

    def show_hits(self, hits: Mapping[str, int]) -> None:
        """Show how many events each profile matched."""
        self._filling = True
        for index in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(index)
            text = formats.number(hits.get(str(item.data(_NAME, _ID)), 0)) if item is not None else ""
            if item is not None and item.text(_HITS) != text:
                item.setText(_HITS, text)
        self._filling = False

    # -- selection -----------------------------------------------------------------------------------------------

    @property
    def current_id(self) -> str:
        """The selected profile's id, "" for none."""
        item = self.tree.currentItem()
        return str(item.data(_NAME, _ID)) if item is not None else ""

    def select(self, profile_id: str) -> None:
        """Select a profile, if it is there."""
        for index in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(index)
            if item is not None and item.data(_NAME, _ID) == profile_id:
                self.tree.setCurrentItem(item)

    def edit_name(self) -> None:
        """Let the user rename the selected profile in its place."""
        item = self.tree.currentItem()
        if item is not None:
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
            self.tree.editItem(item, _NAME)

    def toggle(self, position: int) -> None:
        """Check or uncheck the profile at a place in the list, from 0."""
        item = self.tree.topLevelItem(position)
        if item is not None:
            checked = item.checkState(_NAME) is Qt.CheckState.Checked
            item.setCheckState(_NAME, Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)

    # -- what the user does --------------------------------------------------------------------------------------

    @Slot(QTreeWidgetItem, int)
    def _changed(self, item: QTreeWidgetItem, column: int) -> None:
        if self._filling or column != _NAME:
            return
        profile_id = str(item.data(_NAME, _ID))
        profile = next((p for p in self._profiles if p.id == profile_id), None)
        if profile is not None and item.text(_NAME) != profile.name:
            self.renamed.emit(profile_id, item.text(_NAME))
            return
        items = [self.tree.topLevelItem(index) for index in range(self.tree.topLevelItemCount())]
        checked = [i for i in items if i is not None and i.checkState(_NAME) is Qt.CheckState.Checked]
        self.activated.emit([str(i.data(_NAME, _ID)) for i in checked])

    @Slot(int, int)
    def _dropped(self, row: int, place: int) -> None:
        if row != place:
            self.moved.emit(self._profiles[row].id, place)

    @Slot()
    def _enable(self) -> None:
        if self._commands is None:
            return
        position = self.tree.currentIndex().row()
        for key in ("edit", "rename", "duplicate", "delete", "export"):
            self._commands[f"profile.{key}"].setEnabled(position >= 0)
        self._commands["profile.up"].setEnabled(position > 0)
        self._commands["profile.down"].setEnabled(0 <= position < self.tree.topLevelItemCount() - 1)

    @Slot(QPoint)
    def _menu(self, at: QPoint) -> None:
        if self._commands is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key in _MENU:
            menu.addAction(self._commands[key]) if key else menu.addSeparator()
        menu.popup(self.tree.viewport().mapToGlobal(at))
