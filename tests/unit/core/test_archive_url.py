"""The URL of an archive and the fields of a form say the same, as libpq understands it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.conninfo import conninfo_to_dict

from clacks_monitor.core.archive_url import TLS_MODES, ArchiveUrl, parse_archive_url

_TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12)
_HOST = st.sampled_from(["db.example", "10.0.0.1", "::1", "/run/postgresql", "x"])
_HOSTS = st.lists(_HOST, min_size=1, max_size=3).map(",".join)


@given(
    st.builds(
        ArchiveUrl,
        host=_HOSTS,
        port=st.one_of(st.just(""), st.integers(1, 65_535).map(str)),
        database=_TEXT,
        user=_TEXT,
        tls=st.sampled_from(["", *TLS_MODES]),
        ca_file=_TEXT,
    )
)
def test_fields_make_a_url_with_the_same_fields(parts: ArchiveUrl) -> None:
    url = str(parts)
    assert parse_archive_url(url) == parts
    read = conninfo_to_dict(url)
    wanted = {
        "host": parts.host,
        "dbname": parts.database,
        "user": parts.user,
        "sslmode": parts.tls,
        "sslrootcert": parts.ca_file,
    }
    assert {key: read.get(key, "") for key in wanted} == wanted
    ports = {port for port in str(read.get("port", "")).split(",") if port}
    assert ports == ({parts.port} if parts.port else set())


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("postgresql:///events", ArchiveUrl(database="events")),
        ("postgres://anna@a:1,b:2/events", ArchiveUrl("a,b", "1,2", "events", "anna")),
        ("postgresql://anna@/events?host=/tmp/x&port=7", ArchiveUrl("/tmp/x", "7", "events", "anna")),
        (
            "postgresql://[::1]:5433/events?sslmode=require&options=-c%20x=1",
            ArchiveUrl("::1", "5433", "events", tls="require", more=(("options", "-c x=1"),)),
        ),
    ],
)
def test_what_people_write_is_understood(url: str, parts: ArchiveUrl) -> None:
    found = parse_archive_url(url)
    assert found == parts
    assert parse_archive_url(str(found)) == parts


@pytest.mark.parametrize(
    "url",
    ["", "events", "amqp://db/events", "postgresql://a:b@db/events", "postgresql://db/x?password=y", "postgresql://[::1/x"],
)  # fmt: skip
def test_what_is_no_url_or_has_a_password_is_not_taken_apart(url: str) -> None:
    assert parse_archive_url(url) is None
