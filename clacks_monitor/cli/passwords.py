"""The password of an archive: from the keyring, or asked for on a terminal. Thread: main."""

from __future__ import annotations

import getpass
import sys

from clacks_monitor.config import Secrets
from clacks_monitor.core.messages import printable


def ask_password(url: str) -> str | None:
    """Return the password for an archive's URL, None where it is not known and the user cannot be asked."""
    known = Secrets().get(url)
    if known is not None or not sys.stdin.isatty():
        return known
    return getpass.getpass(f"Password for {printable(url)}: ") or None
