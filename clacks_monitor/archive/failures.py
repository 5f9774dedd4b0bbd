"""What an error of the database means in words, and what to do about it. Pure; any thread.

Texts of the server and of libpq are foreign: they pass through core.untrusted. No text has a password in it.
"""

from __future__ import annotations

import psycopg

from clacks_monitor.core.storage_errors import (
    CaptureError,
    CaptureReadOnlyError,
    ReadingStoppedError,
    StoreRefusedError,
    StoreUnreachableError,
    StoreUntrustedError,
)
from clacks_monitor.core.untrusted import one_line

DISK_FULL = "53100"
_CANCELLED = "57014"
_READ_ONLY = "25006"
_NO_RIGHTS = "42501"
_MEANINGS = {
    _NO_RIGHTS: (
        "this login has not the rights for it ({0}). The archive's administrator grants them: GRANT clacks_monitor TO"
        " LOGIN to read, GRANT clacks_recorder TO LOGIN to record; the owner alone drops and migrates"
    ),
    "42P01": "a table is missing ({0}). clacks-monitor archive check URL names what is",
    "3F000": "a schema is missing ({0}). clacks-monitor archive check URL names what is",
    "42703": "a table has other columns than an archive's ({0}). clacks-monitor archive check URL names them",
    "23514": "the partition that an entry belongs to is missing ({0}). clacks-monitor archive check URL names it",
    DISK_FULL: "the disk of the database is full ({0}). Make room there; recording goes on by itself",
    "53300": "the server has no connection left ({0}). Close some, or raise its max_connections",
    "55P03": (
        "another session has locked what is needed for longer than is waited ({0}). Find it in pg_stat_activity, and"
        " try again"
    ),
    "57P01": "the server was shut down or ended the connection ({0}). It is connected again at the next attempt",
    "57P05": "the server ended the connection because nothing was asked of it. It is connected again",
    "57P03": "the server is starting or shutting down ({0}). Try again in a moment",
    "25P03": "the server ended a transaction that stood still ({0}). Try again",
    "25P02": "a statement before failed ({0}). Try again",
}
_REFUSALS = frozenset({_NO_RIGHTS, "28000", "28P01"})
_UNREACHABLE = frozenset({"53300", "57P01", "57P02", "57P03", "57P05"})
_STANDBY = (
    "the server is a standby or read-only ({0}). Name the primary, or all hosts with target_session_attrs=read-write,"
    " in the URL"
)
_TIMEOUT = "it takes longer than the time that a statement is given ({0}). Ask for less, or later"
_LOST = (
    "the connection to the database is lost ({0}). It is connected again at the next attempt; look whether the server"
    " runs and can be reached"
)


def said(error: BaseException) -> str:
    """Return the first line of an error's text, fit to be shown."""
    text = str(error).strip()
    return one_line(text.splitlines()[0], 300).rstrip(".") if text else type(error).__name__


def failure(error: psycopg.Error, shown: str, doing: str, *, interrupted: bool = False) -> CaptureError | OSError:
    """Return what ``error`` means for the archive ``shown`` when it was to be ``doing`` ("read", "written")."""
    code = error.sqlstate or ""
    if interrupted and (code == _CANCELLED or _is_lost(error, code)):
        return ReadingStoppedError(f"Reading {shown} was stopped.")
    if code == _READ_ONLY:
        return CaptureReadOnlyError(f"{shown} cannot be {doing}: {_STANDBY.format(said(error))}.")
    text = f"{shown} cannot be {doing}: {_meaning(error, code).format(said(error))}."
    if code in _REFUSALS:
        return StoreRefusedError(text)
    return StoreUnreachableError(text) if _is_lost(error, code) else CaptureError(text)


def refusal(shown: str, doing: str, what: str) -> CaptureError:
    """Return the error for a login without the rights for ``what``."""
    return StoreRefusedError(f"{shown} cannot be {doing}: {_MEANINGS[_NO_RIGHTS].format(what)}.")


def _meaning(error: psycopg.Error, code: str) -> str:
    if code == _CANCELLED:
        return _TIMEOUT
    return _MEANINGS.get(code) or (_LOST if _is_lost(error, code) else "{0}")


def _is_lost(error: psycopg.Error, code: str) -> bool:
    lost = isinstance(error, psycopg.OperationalError) and (not code or code.startswith("08"))
    return lost or code in _UNREACHABLE


def not_connected(error: psycopg.Error, shown: str) -> CaptureError:
    """Return why a connection was not made, and what to do."""
    attempt, text = error.pgconn, said(error)
    begin = f"{shown} cannot be opened:"
    if attempt is not None and attempt.needs_password:
        return StoreRefusedError(
            f"{begin} the server asks for a password and none is known ({text}). Put it into ~/.pgpass, a service file"
            " or the keyring."
        )
    if attempt is not None and attempt.used_password:
        return StoreRefusedError(
            f"{begin} the login failed ({text}). Correct the user in the URL, or the password where it is kept."
        )
    if "SSL" in text or "certificate" in text:
        return StoreUntrustedError(
            f"{begin} {text}. A server on another computer has to show a certificate of its host, which a known"
            " authority issued: name that by sslrootcert=FILE in the URL. Where the way to the server is safe, and only"
            " there, sslmode=require or sslmode=disable leaves that out."
        )
    return StoreUnreachableError(
        f"{begin} {text}. Correct the host, port, user and database in the URL, or start the server."
    )
