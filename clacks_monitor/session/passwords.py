"""Passwords of connections and archives: those of this run, and those that the system keyring keeps. Any thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from clacks_monitor.config import KeptIn
from clacks_monitor.core.connection import Mechanism
from clacks_monitor.core.messages import Message
from clacks_monitor.session.notices import Trouble

if TYPE_CHECKING:
    from clacks_monitor.config import Secrets
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.session.notices import Notify


class Passwords:
    """Finds and keeps passwords. The keyring may take long, so it is changed on a thread of its own."""

    def __init__(self, keyring: Secrets, notify: Notify) -> None:
        self._keyring = keyring
        self._notify = notify
        self._of_this_run: dict[str, str] = {}

    def get(self, settings: ConnectionSettings) -> str | None:
        """Return a password, None where none is known; it may take as long as the keyring does."""
        password = self._of_this_run.get(settings.id)
        return self._keyring.get(settings.id) if password is None else password

    @staticmethod
    def needed(settings: ConnectionSettings) -> bool:
        """Return whether a connection cannot do without a password."""
        return settings.mechanism is not Mechanism.EXTERNAL

    def use(self, connection_id: str, password: str) -> None:
        """Use a password in this run."""
        self._of_this_run[connection_id] = password

    def remember(self, settings: ConnectionSettings, password: str) -> None:
        """Store a password in the keyring."""

        def store() -> None:
            if self._keyring.set(settings.id, password) is KeptIn.MEMORY:
                text = Message(
                    "The password of {0} is kept until the program ends: no system keyring available.", settings.name
                )
                self._notify([Trouble(text)])

        threading.Thread(target=store, name="keyring", daemon=True).start()

    def forget(self, connection_id: str) -> None:
        """Remove a password from the keyring."""
        threading.Thread(target=self._keyring.remove, args=(connection_id,), name="keyring", daemon=True).start()


class ArchivePasswords:
    """Finds and keeps the passwords of archives, by their URLs. Its methods may take as long as the keyring does."""

    def __init__(self, keyring: Secrets) -> None:
        self._keyring = keyring
        self._of_this_run: dict[str, str] = {}

    def find(self, url: str) -> str | None:
        """Return a password, None where none is known."""
        password = self._of_this_run.get(url)
        if password is None:
            password = self._keyring.get(url)
            if password is not None:
                self._of_this_run[url] = password
        return password

    def known(self, url: str) -> str | None:
        """Return a password that was used in this run, None for none; at once."""
        return self._of_this_run.get(url)

    def use(self, url: str, password: str) -> None:
        """Use a password in this run."""
        self._of_this_run[url] = password

    def forget(self, url: str) -> None:
        """Use a password no more in this run: the server refused it."""
        self._of_this_run.pop(url, None)

    def remember(self, url: str, password: str) -> bool:
        """Store a password in the keyring; return whether there is one that keeps it."""
        return self._keyring.set(url, password) is KeptIn.KEYRING
