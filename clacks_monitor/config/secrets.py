"""Passwords: in the system's keyring, or for this run in memory where there is none - never in a file of ours.

A keyring may ask the user and so take as long as it likes: call from a worker, not from the window's thread.
A Secrets object may be used by several threads.
"""

from __future__ import annotations

import importlib
import threading
from enum import StrEnum
from typing import Any

SERVICE = "clacks-monitor"


class KeptIn(StrEnum):
    """Where a password is kept now."""

    KEYRING = "keyring"
    MEMORY = "memory"


class Secrets:
    """The passwords of connections, by the connection's id.

    ``why_not`` says, after the first use, why the keyring cannot be used; "" while it can. Nothing here raises: a
    keyring that fails is answered with memory, and the reason is there to be shown.
    """

    def __init__(self, backend: Any = None) -> None:  # noqa: ANN401 - keyring's back-ends share no typed base
        self._backend = backend
        self._looked = backend is not None
        self._memory: dict[str, str] = {}
        self._lock = threading.Lock()
        self.why_not = ""

    def _keyring(self) -> Any:  # noqa: ANN401 - as above
        with self._lock:
            if not self._looked:
                self._looked = True
                self._backend, self.why_not = _system_keyring()
        return self._backend

    def set(self, connection_id: str, password: str) -> KeptIn:
        """Keep a password and say where: MEMORY means that it is forgotten at the end of this run."""
        backend = self._keyring()
        if backend is not None:
            try:
                backend.set_password(SERVICE, connection_id, password)
            except Exception as error:  # noqa: BLE001 - back-ends raise what they like (D-Bus, jeepney, KWallet)
                self.why_not = _reason(error)
            else:
                with self._lock:
                    self._memory.pop(connection_id, None)
                return KeptIn.KEYRING
        with self._lock:
            self._memory[connection_id] = password
        return KeptIn.MEMORY

    def get(self, connection_id: str) -> str | None:
        """Return a password, None where none is known."""
        with self._lock:
            if connection_id in self._memory:
                return self._memory[connection_id]
        backend = self._keyring()
        if backend is None:
            return None
        try:
            found = backend.get_password(SERVICE, connection_id)
        except Exception as error:  # noqa: BLE001 - as above
            self.why_not = _reason(error)
            return None
        return None if found is None else str(found)

    def remove(self, connection_id: str) -> None:
        """Forget a password, here and in the keyring."""
        with self._lock:
            self._memory.pop(connection_id, None)
        backend = self._keyring()
        if backend is None:
            return
        try:
            if backend.get_password(SERVICE, connection_id) is not None:
                backend.delete_password(SERVICE, connection_id)
        except Exception as error:  # noqa: BLE001 - as above
            self.why_not = _reason(error)


def _reason(error: Exception) -> str:
    return f"The system's keyring cannot be used ({type(error).__name__}: {str(error)[:200]})."


def _system_keyring() -> tuple[Any, str]:
    """Return the system's keyring, or None and why not. Keyrings that write plain files do not count."""
    try:
        # Here and not above: looking for back-ends takes a tenth of a second that most starts can do without.
        backend = importlib.import_module("keyring").get_keyring()
    except Exception as error:  # noqa: BLE001 - a broken configuration of keyring raises anything
        return None, _reason(error)
    members = list(getattr(backend, "backends", [])) or [backend]
    usable = [member for member in members if _is_usable(member)]
    if usable:
        return usable[0], ""
    return None, (
        "This system has no keyring service (Secret Service or KWallet), so passwords are kept for this run only."
    )


def _is_usable(backend: object) -> bool:
    module = type(backend).__module__
    return not module.startswith(("keyring.backends.fail", "keyring.backends.null", "keyrings.alt"))
