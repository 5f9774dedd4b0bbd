"""Reads the URL of a bus, whose password may be in the environment instead. Thread: main."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from clacks_monitor.cli.arguments import PASSWORD_VARIABLE
from clacks_monitor.core.connection import ConnectionSettings, from_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.connection import BusProtocol

Address = tuple[ConnectionSettings, str | None]
"""Settings, and the password apart: None where it is not known, or not needed."""


def read_address(url: str, protocols: Sequence[BusProtocol]) -> Address:
    """Return what a URL means, with the environment's password where it names a user without one.

    Raises AddressError.
    """
    settings, password = from_url(url, protocols=protocols)
    if settings.user and password is None:
        password = os.environ.get(PASSWORD_VARIABLE)
    return settings, password
