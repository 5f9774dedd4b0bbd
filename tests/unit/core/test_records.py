"""Bodies in records: as text where they are text, else as base64, whole or piece by piece."""

from __future__ import annotations

import base64

import pytest

from clacks_monitor.core.records import body_record, pieces
from clacks_monitor.core.sending import SendOutcome, SendResult

PIECE = 786_432


@pytest.mark.parametrize(
    ("body", "record"),
    [
        (b"", {"body": ""}),
        ("<a>ä</a>".encode(), {"body": "<a>ä</a>"}),
        (b"\xff\x00", {"body_base64": "/wA="}),
        ("ä".encode("latin-1"), {"body_base64": "5A=="}),
    ],
)
def test_a_body_is_text_where_it_can_be(body: bytes, record: dict[str, str]) -> None:
    assert body_record(body) == record


@pytest.mark.parametrize(("size", "count"), [(0, 0), (1, 1), (PIECE, 1), (PIECE + 1, 2), (2 * PIECE + 7, 3)])
def test_pieces_together_are_the_base64_of_the_body(size: int, count: int) -> None:
    body = bytes(range(256)) * (size // 256) + bytes(size % 256)
    found = list(pieces(body))
    assert len(found) == count
    assert "".join(found) == base64.b64encode(body).decode()


def test_an_outcome_without_times_has_none() -> None:
    result = SendResult(7, SendOutcome.ACCEPTED)
    assert (result.sent_ns, result.settled_ns, result.returned_ns, result.sequence, result.final) == (0, 0, 0, 0, True)
