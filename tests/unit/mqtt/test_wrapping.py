"""GOsa's wrapping: what is wrapped comes out again byte for byte, and nothing that strangers send does harm."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.mqtt.wrapping import MAX_ID, MAX_MEMBERS, UnwrapError, Wrapped, unwrap, wrap

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS, TEXTS)
def test_what_is_wrapped_comes_out_byte_for_byte(content: str, sender: str) -> None:
    payload = wrap(content.encode(), sender)
    assert json.loads(payload) == {"sender_id": sender, "content": content}
    assert unwrap(payload).content == content.encode()


@given(
    st.dictionaries(TEXTS, TEXTS | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False), max_size=9),
    TEXTS,
    st.sampled_from([None, 1, "\t"]),
    st.booleans(),
)
def test_any_object_of_simple_values_is_read_as_json_reads_it(
    others: dict[str, Any], content: str, indent: int | str | None, ascii_only: bool
) -> None:
    value = {**others, "content": content, "sender_id": "ab-1", "proxied_by": "cd-2"}
    payload = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode()
    assert unwrap(payload) == Wrapped(content.encode(), "ab-1", "cd-2")


@given(st.binary(max_size=200) | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused_with_a_reason(payload: bytes) -> None:
    try:
        unwrap(payload)
    except UnwrapError as error:
        assert str(error).startswith(("The payload", "The content"))


@given(st.data())
def test_a_payload_that_was_damaged_gives_what_json_gives_or_is_refused(data: st.DataObject) -> None:
    payload = bytearray(wrap(b"<Event>\xc3\xa4</Event>", "abc"))
    at = data.draw(st.integers(0, len(payload) - 1))
    payload[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        found = unwrap(bytes(payload))
    except UnwrapError:
        return
    assert found.content.decode() == json.loads(payload)["content"]


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", "is not a JSON object"),
        (b"<Event/>", "is not a JSON object"),
        (b"[]", "is not a JSON object"),
        (b"{}", "no text named content"),
        (b'{"content": 1}', "no text named content"),
        (b'{"content": null}', "no text named content"),
        (b'{"content": "a", "content": "b"}', "the member content twice"),
        (b'{"content": "a"', "not valid JSON (character 15)"),
        (b'{"content": "a",}', "not valid JSON (character 16)"),
        (b'{"content": "a"} x', "not valid JSON (character 16)"),
        (b'{"content" "a"}', "not valid JSON (character 11)"),
        (b'{1: "a"}', "not valid JSON"),
        (b'{"content": "a\nb"}', "not valid JSON"),
        (b'{"content": "a\x00b"}', "not valid JSON"),
        (b'{"content": {"a": 1}}', "has a list or an object in it (character 12)"),
        (b'{"content": "a", "x": [' + b"[" * 100_000, "has a list or an object in it"),
        (b'{"content": "a", "x": ' + b"1" * 100_000 + b"}", "not valid JSON"),
        (b'{"content": "\\ud800"}', "half of a character"),
        (b'{"content": "\xff"}', "is not UTF-8 (byte 13)"),
        ('{"content": "a"}'.encode("utf-16"), "is not UTF-8 (byte 0)"),
        ('{"content": "a"}'.encode("utf-8-sig"), "is not a JSON object"),
        (json.dumps({str(n): n for n in range(MAX_MEMBERS + 1)}).encode(), f"more than {MAX_MEMBERS} members"),
    ],
)
def test_what_is_not_wrapped_says_why(payload: bytes, reason: str) -> None:
    with pytest.raises(UnwrapError) as caught:
        unwrap(payload)
    assert reason in str(caught.value)


def test_a_nul_in_the_content_is_content() -> None:
    assert unwrap(b'{"content": "<a>\\u0000</a>"}').content == b"<a>\0</a>"


def test_ids_are_bounded_and_fit_to_be_shown() -> None:
    found = unwrap(json.dumps({"content": "", "sender_id": "x" * 10_000, "proxied_by": "a\nb"}).encode())
    assert (len(found.sender_id), found.proxied_by) == (MAX_ID, "a b")
    assert unwrap(b'{"content": "", "sender_id": 7}').sender_id == ""


def test_only_text_can_be_wrapped() -> None:
    with pytest.raises(UnwrapError, match="UTF-8"):
        wrap(b"<a>\xe4</a>", "x")
