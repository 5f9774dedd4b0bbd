"""URLs of webhooks: their parts, and what is refused before anything is sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.core.messages import Message
from clacks_monitor.core.webhook import MAX_URL, HttpAddress, http_address


@pytest.mark.parametrize(
    ("url", "address", "authority"),
    [
        ("https://chat.example/hooks/a?b=c#d", HttpAddress("chat.example", 443, "/hooks/a?b=c", True), "chat.example"),
        ("http://localhost:8065", HttpAddress("localhost", 8065, "/", False), "localhost:8065"),
        ("HTTPS://Chat.Example:443/", HttpAddress("chat.example", 443, "/", True), "chat.example"),
        ("http://[::1]:80/x", HttpAddress("::1", 80, "/x", False), "[::1]"),
        ("https://127.0.0.1:80/", HttpAddress("127.0.0.1", 80, "/", True), "127.0.0.1:80"),
    ],
)
def test_a_url_in_parts(url: str, address: HttpAddress, authority: str) -> None:
    found = http_address(url)
    assert found == address
    assert isinstance(found, HttpAddress)
    assert found.authority == authority


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://a/", "must begin with https"),
        ("chat.example/hook", "must begin with https"),
        ("file:///etc/passwd", "must begin with https"),
        ("https://", "no valid host"),
        ("https://a b/", "a blank"),
        ("https://a/\r\nX: y", "a blank"),
        ("https://b\u00fccher.example/", "not ASCII"),
        ("https://p\u0430ypal.example/", "not ASCII"),  # the letter is Cyrillic
        ("https://me:pass@chat.example/", "user name or password"),
        ("https://chat.example@evil.example/", "user name or password"),
        ("https://chat.example:99999/", "not a URL"),
        ("https://chat.example:0/", "no valid host"),
        ("https://[::1/", "not a URL"),
        ("https://a%2eb/", "no valid host"),
        ("https://a\\b/", "no valid host"),
        ("https://a/" + "x" * MAX_URL, "the limit is 2,000"),
    ],
)
def test_what_is_refused(url: str, why: str) -> None:
    found = http_address(url)
    assert isinstance(found, Message)
    assert why in found


@given(st.text(max_size=60).map("https://{}".format) | st.text(max_size=30))
def test_any_text_has_an_answer_and_what_is_accepted_can_be_sent(text: str) -> None:
    found = http_address(text)
    if isinstance(found, HttpAddress):
        assert found.target.startswith("/") or found.target.isprintable()
        assert text.isascii()
        assert not any(sign.isspace() for sign in found.host + found.target)
