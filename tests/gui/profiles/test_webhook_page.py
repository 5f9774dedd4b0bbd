"""The page of a profile's webhook: what is sent where is shown in full, and only what was seen can be allowed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from clacks_monitor.core.profile import Alert, Profile
from clacks_monitor.core.webhook import MAX_URL, Webhook, WebhookContent
from clacks_monitor.gui.profiles.profile_dialog import ProfileDialog
from clacks_monitor.gui.profiles.profile_editor import ProfileEditor, _Consenting

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.profiles.profile_webhook import WebhookPage
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

    Open = Callable[..., ProfileDialog]

HOOK = Webhook("https://chat.example/hooks/1")


@pytest.fixture
def open_dialog(window: MainWindow, session: FakeSession, qtbot: QtBot) -> Open:
    """Open the dialog at its webhook."""

    def open_on(webhook: Webhook, *, allowed: bool = False, wanted: bool = True) -> ProfileDialog:
        profile = Profile("P", "./f:Event", alert=Alert(on_match=wanted, webhook=webhook))
        if allowed:
            session.consents.allow_webhook(profile, webhook)
        consenting = _Consenting(session.consents, session.alert_webhooks, profile)  # type: ignore[arg-type]  # the fakes have what is asked
        made = ProfileDialog(profile, window.session.queries, window.theme, window.panes.vocabulary, window, consenting)
        qtbot.addWidget(made)
        made.tabs.setCurrentWidget(made.webhook)
        made.show()
        qtbot.waitExposed(made)
        return made

    return open_on


def _shown(page: WebhookPage) -> list[str]:
    return [line.lstrip("\u202d") for line in page.view.toPlainText().split("\n")]


def _type(page: WebhookPage, qtbot: QtBot, text: str) -> None:
    page.url.selectAll()
    if text.isascii():
        qtbot.keyClicks(page.url, text)
    else:
        QApplication.clipboard().setText(text)
        page.url.paste()


def test_what_is_sent_where_is_shown_and_given_back(open_dialog: Open, qtbot: QtBot) -> None:
    dialog = open_dialog(HOOK, allowed=True)
    page = dialog.webhook
    assert _shown(page) == [
        "Server: chat.example, port 443 (TLS, certificate verified)",
        "URL: https://chat.example/hooks/1",
        "Content: JSON: text, profile, count and the event",
    ]
    assert dialog.webhook_consent() == HOOK
    assert dialog.result_profile().alert == Alert(on_match=True, webhook=HOOK)
    page.content.setCurrentIndex(1)
    assert dialog.result_profile().alert.webhook == Webhook(HOOK.url, WebhookContent.XML)
    assert dialog.webhook_consent() is None
    _type(page, qtbot, "http://[::1]:80/x")
    assert _shown(page)[0] == "Server: ::1, port 80 (not encrypted)"
    assert "Without TLS" in page.state.text()


def test_a_changed_url_is_asked_for_again_once_it_was_seen(open_dialog: Open, qtbot: QtBot) -> None:
    dialog = open_dialog(HOOK, allowed=True)
    page = dialog.webhook
    assert page.allowed.isChecked()
    _type(page, qtbot, "https://evil.example/x")
    assert not page.allowed.isChecked()
    assert dialog.webhook_consent() is None
    assert "Not allowed on this computer yet." in page.state.text()
    qtbot.waitUntil(page.allowed.isEnabled)
    page.allowed.click()
    assert dialog.webhook_consent() == Webhook("https://evil.example/x")


def test_a_url_that_is_longer_than_the_view_must_be_scrolled_to_its_end(open_dialog: Open, qtbot: QtBot) -> None:
    page = open_dialog(Webhook("https://chat.example/" + "x" * (MAX_URL - 30))).webhook
    assert not page.allowed.isEnabled()
    assert "Scroll to the end" in page.state.text()
    bar = page.view.verticalScrollBar()

    def was_seen() -> bool:
        bar.setValue(bar.maximum())  # Qt finds out by and by how long the text is
        return page.view.was_seen

    qtbot.waitUntil(was_seen)
    QCoreApplication.processEvents()
    assert page.allowed.isEnabled()


@pytest.mark.parametrize("url", ["chat.example", "https://me:pw@chat.example/", "https://b\u00fccher.example/"])
def test_a_url_that_cannot_be_used_is_not_stored(open_dialog: Open, qtbot: QtBot, url: str) -> None:
    dialog = open_dialog(Webhook(""))
    page = dialog.webhook
    assert not page.view.isVisible()
    assert not page.allowed.isEnabled()
    assert dialog.webhook.problem() == ""
    _type(page, qtbot, url)
    assert dialog.webhook.problem().startswith("Webhook: The URL")
    assert not page.test.isEnabled()
    assert not page.allowed.isEnabled()


def test_a_stored_url_with_hidden_characters_is_shown_as_what_it_is(open_dialog: Open) -> None:
    page = open_dialog(Webhook("https://chat.example/\u202ex")).webhook
    assert page.url.text() == "https://chat.example/‹U+202E›x"
    assert page.problem()


def test_without_an_alert_there_is_nothing_to_allow(open_dialog: Open) -> None:
    dialog = open_dialog(HOOK, allowed=True, wanted=False)
    assert not dialog.webhook.url.isEnabled()
    assert "choose when on the page Alert" in dialog.webhook.state.text()
    assert dialog.webhook_consent() is None
    dialog.alert.on_match.setChecked(True)
    assert dialog.webhook.url.isEnabled()
    assert dialog.webhook_consent() == HOOK


def test_a_test_is_sent_to_what_was_entered(open_dialog: Open, session: FakeSession, qtbot: QtBot) -> None:
    dialog = open_dialog(HOOK)
    page = dialog.webhook
    qtbot.mouseClick(page.test, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "accepted the test" in page.outcome.text())
    assert session.alert_webhooks.tested == [(HOOK, "P")]
    assert dialog.webhook_consent() is None
    _type(page, qtbot, "https://chat.example/2")
    assert page.outcome.text() == ""


def test_saving_stores_the_consent_and_withdraws_it_with_the_url(
    window: MainWindow, session: FakeSession, open_dialog: Open, qtbot: QtBot
) -> None:
    editor = window.findChild(ProfileEditor)
    assert editor is not None
    dialog = open_dialog(HOOK, allowed=True)
    profile = session.profiles.all()[0]
    dialog._profile = replace(profile, alert=Alert(on_match=True, webhook=HOOK))
    assert editor._store(dialog, new=False) == ""
    assert session.consents.webhooks == {(profile.id, HOOK)} | {
        found for found in session.consents.webhooks if found[0] != profile.id
    }
    _type(dialog.webhook, qtbot, "https://other.example/")
    assert editor._store(dialog, new=False) == ""
    assert (profile.id, HOOK) not in session.consents.webhooks
