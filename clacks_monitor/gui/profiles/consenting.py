"""What the pages of a profile's alert and webhook ask about consents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.webhook import Webhook
    from clacks_monitor.session.profiles.alert_consents import Looked


class Consenting(Protocol):
    """Answers for one profile. All but ``why_not_webhook`` are called on a thread of their own."""

    def look(self, command: Sequence[str]) -> Looked:
        """Return a command as it would be run now."""
        ...

    def why_not(self, looked: Looked) -> str:
        """Return why it may not run, "" when exactly this was allowed on this computer."""
        ...

    def why_not_webhook(self, webhook: Webhook) -> str:
        """Return why alerts may not be posted there, "" when exactly this was allowed on this computer."""
        ...

    def attempt(self, webhook: Webhook) -> str:
        """Post a test, and return what came of it."""
        ...
