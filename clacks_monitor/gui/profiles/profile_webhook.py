"""The page of the profile dialog that says where alerts are posted. Owner: the dialog. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import clip, reveal
from clacks_monitor.core.webhook import MAX_URL, HttpAddress, Webhook, WebhookContent, http_address
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.gui.profiles.command_view import ReviewView

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.latest_task import Wanted
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.profiles.consenting import Consenting

_LINES = 10


class WebhookPage(QWidget):
    """``changed`` comes when something that decides whether the profile can be stored has changed."""

    changed = Signal()

    def __init__(self, webhook: Webhook, consenting: Consenting, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._consenting = theme, consenting
        self._given: str | None = webhook.url
        self._wanted = True
        self.url = QLineEdit(reveal(clip(webhook.url, MAX_URL)), self)
        self.content = QComboBox(self)
        self.view = ReviewView(self)
        self.state = PlainLabel(self)
        self.allowed = QCheckBox(self.tr("URL reviewed; &allow posting to it from this computer"), self)
        self.test = QPushButton(self.tr("Send a t&est"), self)
        self.outcome = PlainLabel(self)
        self._task = LatestTask("posting a test", self)
        self._lay_out()
        self.content.setCurrentIndex(self.content.findData(webhook.content))
        self.url.textEdited.connect(self._url_edited)
        self.content.currentIndexChanged.connect(self._entered)
        self.test.clicked.connect(self._send_test)
        self._task.done.connect(self._on_tested)
        # It comes while the view is painted, when nothing may change that is painted.
        self.view.seen.connect(self._enable, Qt.ConnectionType.QueuedConnection)
        self._entered()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        about = PlainLabel(self, self.tr("Each alert of this profile is sent to this URL as an HTTP POST."))
        about.setWordWrap(True)
        column.addWidget(about)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        self.url.setPlaceholderText(self.tr("no webhook; for example https://chat.example/hooks/..."))
        self.content.addItem(self.tr("JSON: text, profile, count and the event"), WebhookContent.JSON)
        self.content.addItem(self.tr("the event's XML"), WebhookContent.XML)
        form.addRow(self.tr("&URL"), self.url)
        form.addRow(self.tr("C&ontent"), self.content)
        column.addLayout(form)
        self.view.setAccessibleName(self.tr("What is sent, and where"))
        self.view.setMaximumHeight(_LINES * self.view.fontMetrics().lineSpacing())
        column.addWidget(self.view, 100)
        self.state.setWordWrap(True)
        column.addWidget(self.state)
        column.addWidget(self.allowed)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.test, 0, Qt.AlignmentFlag.AlignTop)
        self.outcome.setWordWrap(True)
        row.addWidget(self.outcome, 1)
        column.addLayout(row)
        column.addStretch(1)

    @Slot()
    def _url_edited(self) -> None:
        self._given = None
        self._entered()

    @Slot()
    def _entered(self) -> None:
        """Ask for consent to what was entered, unless it was given to exactly this."""
        webhook, address = self.webhook(), self._address()
        self.view.show_blocks(self._blocks(webhook, address) if isinstance(address, HttpAddress) else ())
        self._why_not = self._consenting.why_not_webhook(webhook) if isinstance(address, HttpAddress) else ""
        self.allowed.setChecked(isinstance(address, HttpAddress) and not self._why_not)
        self.outcome.setText("")
        self._enable()

    def _blocks(self, webhook: Webhook, address: HttpAddress) -> list[tuple[str, str]]:
        how = self.tr("TLS, certificate verified") if address.tls else self.tr("not encrypted")
        server = self.tr("%1, port %2 (%3)").replace("%3", how).replace("%2", str(address.port))
        content = self.content.itemText(self.content.findData(webhook.content))
        return [
            (self.tr("Server"), server.replace("%1", address.host)),
            (self.tr("URL"), webhook.url),
            (self.tr("Content"), content),
        ]

    @Slot()
    def _enable(self) -> None:
        address = self._address()
        good = isinstance(address, HttpAddress)
        for widget in (self.url, self.content):
            widget.setEnabled(self._wanted)
        self.view.setVisible(good)
        self.allowed.setEnabled(self._wanted and good and (self.view.was_seen or not self._why_not))
        self.test.setEnabled(self._wanted and good and not self._task.busy)
        self.state.setText(self._state_text(address))
        palette = self.state.palette()
        bad = isinstance(address, Message)
        palette.setColor(palette.ColorRole.WindowText, self._theme.bad if bad else self._theme.muted)
        self.state.setPalette(palette)
        self.changed.emit()

    def _state_text(self, address: HttpAddress | Message | None) -> str:
        if not self._wanted:
            return self.tr("This profile has no alert yet: choose when on the page Alert.")
        if isinstance(address, Message):
            return translated(address)
        if address is None:
            return ""
        texts = [translated(self._why_not)] if self._why_not else []
        if self._why_not and not self.view.was_seen:
            texts.append(self.tr("Scroll to the end to allow it."))
        if not address.tls:
            texts.append(self.tr("Without TLS others in the network can read the events."))
        return " ".join(texts)

    def _address(self) -> HttpAddress | Message | None:
        """Return the URL in parts, what is wrong with it, or None where there is none."""
        url = self.webhook().url
        return http_address(url) if url else None

    # -- the test ------------------------------------------------------------------------------------------------

    @Slot()
    def _send_test(self) -> None:
        webhook, consenting = self.webhook(), self._consenting

        def send(_wanted: Wanted) -> tuple[Webhook, str]:
            return webhook, consenting.attempt(webhook)

        self.outcome.setText(self.tr("Sending…"))
        self._task.ask(send)
        self._enable()

    @Slot(object)
    def _on_tested(self, found: tuple[Webhook, str]) -> None:
        webhook, text = found
        if webhook == self.webhook():
            self.outcome.setText(translated(text))
        self._enable()

    # -- the result ----------------------------------------------------------------------------------------------

    def set_wanted(self, wanted: bool) -> None:
        """Say whether the profile has alerts at all."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._enable()

    def problem(self) -> str:
        """Return why this cannot be stored, "" when it can."""
        address = self._address()
        return self.tr("Webhook: %1").replace("%1", translated(address)) if isinstance(address, Message) else ""

    def consent(self) -> Webhook | None:
        """Return what was allowed, None when nothing was."""
        return self.webhook() if self.allowed.isEnabled() and self.allowed.isChecked() else None

    def webhook(self) -> Webhook:
        """Return what was entered."""
        url = self._given if self._given is not None else self.url.text().strip()
        return Webhook(url, self.content.currentData() or WebhookContent.JSON)
