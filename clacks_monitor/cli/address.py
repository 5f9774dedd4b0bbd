"""Reads the URL of a bus, whose password may be in the environment instead. Thread: main."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor.cli.arguments import PASSWORD_VARIABLE
from clacks_monitor.core.connection import AddressError, ConnectionSettings, TlsSettings, from_url

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from clacks_monitor.core.connection import BusProtocol

Address = tuple[ConnectionSettings, str | None]
"""Settings, and the password apart: None where it is not known, or not needed."""


def tls_files(args: argparse.Namespace) -> TlsSettings | None:
    """Return what the options for TLS say, None when there are none. Raises AddressError."""
    if args.client_key and not args.client_cert:
        raise AddressError("--client-key is the key of a client certificate: name that with --client-cert.")
    if not (args.ca_file or args.client_cert):
        return None
    return TlsSettings(args.ca_file or "", args.client_cert or "", args.client_key or "")


def read_address(url: str, protocols: Sequence[BusProtocol], files: TlsSettings | None = None) -> Address:
    """Return what a URL means, with the environment's password where it names a user without one.

    ``files`` are those of the command line for TLS. Raises AddressError.
    """
    settings, password = from_url(url, protocols=protocols)
    if files is not None:
        if settings.tls is None:
            raise AddressError(
                "--ca-file, --client-cert and --client-key require TLS: begin the URL with amqps:// or mqtts://."
            )
        settings = replace(settings, tls=files)
    if settings.user and password is None:
        password = os.environ.get(PASSWORD_VARIABLE)
    return settings, password
