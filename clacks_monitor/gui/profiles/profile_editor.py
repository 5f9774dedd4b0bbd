"""Edits a profile in its dialog and stores it, with the consents to its command and webhook. Owner: the main window."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from clacks_monitor.gui.profiles.save_dialog import SaveDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from clacks_monitor.core.profile import FilterTest, Profile
    from clacks_monitor.core.webhook import Webhook
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.profiles.profile_dialog import ProfileDialog
    from clacks_monitor.gui.query.completion import Completer
    from clacks_monitor.gui.table.table_columns import TableColumns
    from clacks_monitor.session.notices import FilterTestsRun
    from clacks_monitor.session.profiles.alert_consents import AlertConsents, Looked
    from clacks_monitor.session.profiles.alert_webhooks import AlertWebhooks
    from clacks_monitor.session.session import Session


class _Consenting(NamedTuple):
    """Answers the pages' questions about the command and webhook of one profile."""

    consents: AlertConsents
    webhooks: AlertWebhooks
    profile: Profile

    def look(self, command: Sequence[str]) -> Looked:
        return self.consents.look(command)

    def why_not(self, looked: Looked) -> str:
        return self.consents.why_not(self.profile, looked)

    def why_not_webhook(self, webhook: Webhook) -> str:
        return self.consents.why_not_webhook(self.profile, webhook)

    def attempt(self, webhook: Webhook) -> str:
        return self.webhooks.attempt(webhook, self.profile.name)


class ProfileEditor(QObject):
    """Opens the dialog. ``stored`` follows each profile that was stored; ``failed`` says why a consent was not."""

    stored = Signal()
    failed = Signal(str)

    def __init__(
        self, session: Session, theme: Theme, completer: Completer, columns: TableColumns, window: QWidget
    ) -> None:
        super().__init__(window)
        self._columns = columns
        self._session, self._theme, self._completer, self._window = session, theme, completer, window
        self._profiles = session.profiles
        self._dialog: ProfileDialog | None = None

    def edit(self, profile: Profile, *, new: bool, test: FilterTest | None = None) -> None:
        """Let the user edit a profile, with ``test`` as one more filter test, until it is stored or given up."""
        from clacks_monitor.gui.profiles.profile_dialog import ProfileDialog  # the window starts faster

        dialog = self._dialog = ProfileDialog(
            profile,
            self._session.queries,
            self._theme,
            self._completer,
            self._window,
            _Consenting(self._session.consents, self._session.alert_webhooks, profile),
            self._columns.all,
        )
        if test is not None:
            dialog.tests.add(test)
            dialog.show_tests()
        while dialog.exec():
            reason = self._store(dialog, new=new)
            if not reason:
                break
            dialog.show_reason(reason)
        self._dialog = None
        dialog.deleteLater()

    def save(self, query: str) -> Profile | None:
        """Let the user save a query as a profile; return the profile, None if that was given up."""
        dialog, made = SaveDialog(query, self._columns.shown(), self._theme, self._window), None
        while dialog.exec():
            stored = self._profiles.create(dialog.profile())
            if not isinstance(stored, str):
                made = stored
                self.stored.emit()
                break
            dialog.show_reason(stored)
        dialog.deleteLater()
        return made

    def _store(self, dialog: ProfileDialog, *, new: bool) -> str:
        profile = dialog.result_profile()
        stored = self._profiles.create(profile) if new else self._profiles.update(profile) or profile
        if isinstance(stored, str):
            return stored
        reasons = self._consent(stored, dialog.consent()), self._consent_webhook(stored, dialog.webhook_consent())
        for reason in filter(None, reasons):
            self.failed.emit(reason)
        self.stored.emit()
        return ""

    def _consent(self, profile: Profile, command: Looked | None) -> str:
        consents = self._session.consents
        if command is None:
            return consents.forbid(profile)
        return consents.allow(profile, command) if consents.why_not(profile, command) else ""

    def _consent_webhook(self, profile: Profile, webhook: Webhook | None) -> str:
        consents = self._session.consents
        if webhook is None:
            return consents.forbid_webhook(profile)
        return consents.allow_webhook(profile, webhook) if consents.why_not_webhook(profile, webhook) else ""

    @Slot(object)
    def on_tests_run(self, notice: FilterTestsRun) -> None:
        """Pass on the results of filter tests to the dialog."""
        if self._dialog is not None:
            self._dialog.on_tests_run(notice)
