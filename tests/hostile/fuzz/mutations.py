"""Inputs made of seeds: pieces exchanged, doubled, left out, put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.hostile.fuzz.targets import LONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence

PIECES = [
    *(
        b"<",
        b">",
        b"</",
        b"/>",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
        b"<?",
        b"?>",
        b"&",
        b";",
        b'"',
        b"'",
        b"=",
        b"\n",
    ),
    *(b"(", b")", b"[", b"]", b"{", b"}", b"(:", b":)", b"*", b"+", b"?", b"|", b"\\", b"^", b"$", b"-", b","),
    *(b"\0", b"\xff", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80", b"\xed\xa0\x80", "\u202e\u0301".encode()),
    *(b"\x00\x53\x75", b"\x00\x53\x77", b"\xd0", b"\xf0", b"\xc1", b"\x40", b"\x0d", b"\x0a"),
]


@st.composite
def mutated(draw: st.DrawFn, seeds: Sequence[bytes]) -> bytes:
    """Draw an input of at most LONGEST bytes."""
    data = draw(st.sampled_from(seeds) if seeds else st.binary()) if draw(st.integers(0, 9)) else draw(st.binary())
    for _ in range(draw(st.integers(0, 6))):
        at, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=8) | st.just(data[at:end]))
        data = data[:at] + piece * draw(st.sampled_from([0, 1, 1, 2, 40])) + data[draw(st.sampled_from([at, end])) :]
    return data[:LONGEST]
