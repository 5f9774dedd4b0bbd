"""Connections to an archive's database: fixed names, bounded times, and passwords from where they are kept. Any thread.

Statements name tables without their schema: search_path is fixed, so that nothing else of the database is meant.
"""

from __future__ import annotations

import contextlib
import os
import socket
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

import psycopg

from clacks_monitor.archive.failures import failure, not_connected

if TYPE_CHECKING:
    from clacks_monitor.archive.address import ArchiveAddress
    from clacks_monitor.core.archives import AskPassword

    Connection = psycopg.Connection[tuple[Any, ...]]


class SessionPurpose(Enum):
    """What a connection is for."""

    READING = auto()
    WRITING = auto()
    LEADING = auto()
    NOTING = auto()
    MANAGING = auto()


SETTINGS = {
    SessionPurpose.READING: {
        "default_transaction_read_only": "on",
        "statement_timeout": "300000",
        "lock_timeout": "10000",
        "jit": "off",
    },
    SessionPurpose.WRITING: {
        "statement_timeout": "60000",
        "lock_timeout": "10000",
        # The locks of a writer that stands still go to another.
        "idle_in_transaction_session_timeout": "10000",
    },
    SessionPurpose.LEADING: {
        # Shorter than the lease of a leader: one that stands still in a transaction does not hold up its successor.
        "statement_timeout": "8000",
        "lock_timeout": "8000",
        "idle_in_transaction_session_timeout": "8000",
    },
    SessionPurpose.NOTING: {
        "statement_timeout": "10000",
        "lock_timeout": "5000",
        "idle_in_transaction_session_timeout": "10000",
    },
    SessionPurpose.MANAGING: {"statement_timeout": "3600000", "lock_timeout": "10000"},
}
"""The settings of connections, in which times are milliseconds."""

_FIXED = {
    "search_path": "pg_catalog, clacks, pg_temp",
    "client_encoding": "UTF8",
    "row_security": "off",  # an archive has no policies, whose functions would be called
    "standard_conforming_strings": "on",
}


def connect(address: ArchiveAddress, purpose: SessionPurpose, ask_password: AskPassword | None = None) -> Connection:
    """Return a connection in autocommit. Raises CaptureError."""
    settings = _FIXED | SETTINGS[purpose]
    try:
        db = _log_in(address, _server_for(address, purpose), ask_password)
    except psycopg.Error as error:
        raise not_connected(error, address.shown) from None
    try:
        calls = ", ".join(["pg_catalog.set_config(%s, %s, false)"] * len(settings))
        db.execute(f"SELECT {calls}", [text for pair in settings.items() for text in pair])
    except psycopg.Error as error:
        db.close()
        raise failure(error, address.shown, "opened") from error
    return db


def hang_up(db: Connection) -> None:
    """End the stream of a connection, so that a thread that waits for the server gets an error. Any thread."""
    with socket.socket(fileno=os.dup(db.pgconn.socket)) as stream, contextlib.suppress(OSError):
        stream.shutdown(socket.SHUT_RDWR)


def _server_for(address: ArchiveAddress, purpose: SessionPurpose) -> str:
    """Return the conninfo for one of the URL's servers: a standby is read from, notes go to the primary."""
    if purpose is SessionPurpose.NOTING:
        return address.conninfo_for("read-write")
    if purpose is SessionPurpose.READING and not address.prefers:
        return address.conninfo_for("prefer-standby")
    return address.conninfo


def _log_in(address: ArchiveAddress, conninfo: str, ask_password: AskPassword | None) -> Connection:
    try:
        return psycopg.connect(conninfo, autocommit=True)
    except psycopg.OperationalError as error:
        wanted = error.pgconn is not None and error.pgconn.needs_password
        password = ask_password(address.url) if wanted and ask_password is not None else None
        if password is None:
            raise
    return psycopg.connect(conninfo, autocommit=True, password=password)
