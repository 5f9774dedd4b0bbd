"""What sending would set off: who reacts, which right is needed, which profiles would show it.

Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.gui.kit.notes import Note, Tone
from clacks_monitor.session.sending.effects import Reach, Reaction

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Thread

    from PySide6.QtGui import QShowEvent

    from clacks_monitor.gui.compose.draft import Draft
    from clacks_monitor.gui.compose.target import Target
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.sending.composing import Composing
    from clacks_monitor.session.sending.effects import Effects


def reaction_text(reaction: Reaction) -> str:
    """Say what happens when an event is heard."""
    translate = QCoreApplication.translate
    return {
        Reaction.CLIENTS_ANNOUNCE_AGAIN: translate(
            "Effects",
            "Every client answers with a new ClientAnnounce event.",
        ),
        Reaction.NOTIFICATION_POPS_UP: translate("Effects", "The named users get a notification on their screen."),
        Reaction.CALLS_ARE_COUNTED: translate("Effects", "The call is counted in the telephone statistics."),
        Reaction.CLIENT_COUNTS_AS_ONLINE: translate(
            "Effects", "Agents treat the client as online and offer its methods."
        ),
        Reaction.CLIENT_COUNTS_AS_GONE: translate(
            "Effects", "Agents treat the client as offline until it announces itself again."
        ),
        Reaction.AGENTS_SEND_CAPABILITIES: translate("Effects", "Every agent answers with a NodeCapabilities event."),
        Reaction.CALLS_ARE_ROUTED_ANEW: translate("Effects", "Agents route calls by the capabilities listed in it."),
        Reaction.AGENT_COUNTS_AS_GONE: translate(
            "Effects", "Agents treat the node as offline and send no more work to it."
        ),
        Reaction.LOAD_IS_BALANCED_ANEW: translate("Effects", "Agents balance their load by these values."),
        Reaction.USER_COUNTS_AS_LOGGED_ON: translate(
            "Effects", "These users count as logged on to the client and get their notifications there."
        ),
        Reaction.REPORT_IS_FILED: translate("Effects", "The report is stored for the client."),
        Reaction.MEASUREMENT_IS_STORED: translate("Effects", "The measurement is stored."),
        Reaction.STATUS_IS_SHOWN: translate("Effects", "Telephone displays show the new status."),
        Reaction.USER_IS_WARNED: translate("Effects", "The user is warned that an open object will be closed."),
        Reaction.PROXIES_ACT: translate(
            "Effects", "Every proxy carries it out; at ACLChanged it reads its rights again."
        ),
        Reaction.BROWSERS_LOAD_PLUGIN: translate("Effects", "Browsers that show the plug-in load it again."),
        Reaction.INDEX_IS_UPDATED: translate("Effects", "The index reads the object again from the directory."),
        Reaction.MEMBER_COUNTS_AS_SAID: translate(
            "Effects", "Backends and proxies treat the member as ready or gone, as the event says."
        ),
        Reaction.METHODS_ARE_OFFERED: translate("Effects", "The methods listed in it are offered for the client."),
        Reaction.PROGRESS_IS_SHOWN: translate("Effects", "User interfaces show the new progress or result."),
        Reaction.VIEWS_ARE_UPDATED: translate("Effects", "User interfaces that show it are brought up to date."),
        Reaction.INVENTORY_IS_STORED: translate("Effects", "The inventory is stored for the client."),
    }[reaction]


def reach_text(reach: Reach) -> tuple[str, Tone]:
    """Say whom an event moves, and how serious that is."""
    translate = QCoreApplication.translate
    return {
        Reach.NONE: (translate("Effects", "No known receiver acts on it."), Tone.GOOD),
        Reach.AGENTS: (translate("Effects", "Agents act on it."), Tone.WARN),
        Reach.MACHINES: (translate("Effects", "Machines act on it immediately."), Tone.WARN),
        Reach.PEOPLE: (translate("Effects", "Users are notified."), Tone.WARN),
        Reach.UNKNOWN: (
            translate("Effects", "The receivers of this event type are not known."),
            Tone.WARN,
        ),
    }[reach]


def summary(found: Effects) -> str:
    """Return who reacts, in one paragraph."""
    return " ".join([reach_text(found.reach)[0], *(reaction_text(item) for item in found.reactions)])


class EffectsPane(QScrollArea):
    """Shows the effects that sending the event would have; ``shown`` comes when the pane does."""

    shown = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Effects"))
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        self.reach = Note(theme, Tone.PLAIN, body)
        self.reactions = Note(theme, Tone.PLAIN, body)
        self.right = Note(theme, Tone.PLAIN, body)
        self.profiles = Note(theme, Tone.PLAIN, body)
        self.unsure = Note(theme, Tone.WARN, body)
        self._notes = (self.reach, self.reactions, self.right, self.profiles, self.unsure)
        for note in self._notes:
            column.addWidget(note)
        column.addStretch()
        self.setWidget(body)

    def show_effects(self, found: Effects | None) -> None:
        """Show them; None: there is no connection to send to."""
        if found is None:
            for note in self._notes:
                note.hide()
            self.reach.set_text(self.tr("Choose a connection to see the effects of sending."), Tone.HELP)
            self.reach.show()
            return
        self.reach.set_text(*reach_text(found.reach))
        self.reactions.set_text("\n".join(reaction_text(item) for item in found.reactions))
        self.right.set_text(
            self.tr("The agent publishes it for users with the permission {0} (x).").format(found.right)
        )
        self.profiles.set_text(
            self.tr("Matching profiles: {0}").format(", ".join(found.profiles))
            if found.profiles
            else self.tr("No matching profile.")
        )
        self.unsure.set_text(
            self.tr("Profiles whose query raises an error: {0}").format(", ".join(found.unsure)) if found.unsure else ""
        )
        for note in self._notes:
            note.setVisible(bool(note.text()))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()


class EffectsLookup(QObject):
    """Looks up what the event would set off, on a thread: every profile's query is asked, which may take long."""

    def __init__(self, pane: EffectsPane, composing: Composing, target: Target, draft: Callable[[], Draft]) -> None:
        super().__init__(pane)
        self._pane = pane
        self._composing = composing
        self._target = target
        self._draft = draft
        self._task = LatestTask("effects", self)
        self._task.done.connect(pane.show_effects)
        pane.shown.connect(self.refresh)
        target.changed.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Show the effects of the event as it is now, unless the pane is hidden."""
        if not self._pane.isVisible():
            return
        settings, draft, find = self._target.settings, self._draft(), self._composing.effects.find
        if settings is None:
            self._task.give_up()
            self._pane.show_effects(None)
            return
        name, body = draft.type_name, draft.next_body
        self._task.ask(lambda _wanted: find(name, body, settings))

    def stop(self) -> list[Thread]:
        """Drop what is being looked up; return the threads that are still alive."""
        return self._task.stop()
