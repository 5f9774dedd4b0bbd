"""When a token expires, as far as it says so."""

from __future__ import annotations

import base64
import json

import pytest

from clacks_monitor.amqp.token_renewal import expiry_s


def token(claims: object) -> str:
    """Return a token with these claims."""
    return f"e30.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.c2ln"


@pytest.mark.parametrize(("claims", "expires"), [({"exp": 1796032800}, 1796032800.0), ({"exp": 0.5, "sub": "u"}, 0.5)])
def test_a_token_names_its_end(claims: object, expires: float) -> None:
    assert expiry_s(token(claims)) == expires


@pytest.mark.parametrize(
    "password",
    [
        "",
        "secret",
        "a.b.c",
        "a.b",
        "e30.\u00e4.c",
        token({}),
        token([1]),
        token({"exp": "soon"}),
        token({"exp": True}),
        token({"exp": None}),
        "e30." + base64.urlsafe_b64encode(b"[" * 10_000).decode() + ".c2ln",
        token({"exp": 1, "pad": "x" * 100_000}),
    ],
)
def test_a_password_is_not_a_token(password: str) -> None:
    assert expiry_s(password) is None
