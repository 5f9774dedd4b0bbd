"""Databases with an archive for tests, each copied from one that was made once for the server."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Self

import psycopg
from psycopg import sql

from clacks_monitor.archive import schema
from clacks_monitor.archive.address import read_address
from clacks_monitor.archive.connecting import SessionPurpose, connect

if TYPE_CHECKING:
    from types import TracebackType

    from tests.helpers.postgresql import Cluster

PARTITION = 4_000
"""Entries of a partition: few, so that tests go beyond the first."""
TEMPLATE = "archive_template"
_NUMBERS = itertools.count()


class Databases:
    """A context: the databases that it made are dropped at its end."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self._made: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for name in self._made:
            self.drop(name)

    def drop(self, name: str) -> None:
        """Drop a database if it exists."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def make(self, name: str, options: str) -> None:
        """Make a database with options of CREATE DATABASE."""
        self._run(f"CREATE DATABASE {{}} {options}", name)
        self._made.append(name)

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.cluster.url(), autocommit=True) as db:
            db.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def empty(self) -> str:
        """Return the URL of a new database without an archive."""
        name = f"test_{next(_NUMBERS)}"
        self._run("CREATE DATABASE {} TEMPLATE template0", name)
        self._made.append(name)
        return self.cluster.url(name)

    def new(self) -> str:
        """Return the URL of a new, empty archive."""
        if TEMPLATE not in self.cluster.templates:
            self._run("CREATE DATABASE {} TEMPLATE template0", TEMPLATE)
            make_archive(self.cluster.url(TEMPLATE))
            self.cluster.templates.add(TEMPLATE)
        name = f"test_{next(_NUMBERS)}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, TEMPLATE)
        self._made.append(name)
        return self.cluster.url(name)


def make_archive(url: str, *, partition: int = PARTITION) -> None:
    """Make an archive in an empty database."""
    address = read_address(url)
    with connect(address, SessionPurpose.MANAGING) as db:
        schema.init(db, address, partition=partition)


def execute(url: str, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Run a statement as the cluster's owner; return its rows."""
    with psycopg.connect(url, autocommit=True, options="-c search_path=clacks") as db:
        cursor = db.execute(statement, values)
        return cursor.fetchall() if cursor.description else []
