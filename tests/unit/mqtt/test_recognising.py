"""What a connection recognises: its own publications, copies by proxies, and the answers to calls."""

from __future__ import annotations

import json

import pytest

from clacks_monitor.mqtt import copies, json_rpc, own_publications
from clacks_monitor.mqtt.copies import Copies
from clacks_monitor.mqtt.json_rpc import CallPairs
from clacks_monitor.mqtt.own_publications import OwnPublications
from clacks_monitor.mqtt.publication import Publication
from clacks_monitor.mqtt.repetitions import Repetitions

SECOND = 10**9


def publication(topic: str = "t", payload: bytes = b"x", *, number: int = 7, dup: bool = False) -> Publication:
    return Publication(topic, payload, qos=1, retain=False, dup=dup, number=number)


def number(seen: Copies, sender: str, by: str, content: bytes, at_ns: int) -> int:
    return seen.count(sender, by, content, at_ns, 100 + at_ns)[0]


class TestEchoes:
    def test_a_publication_is_recognised_once(self) -> None:
        known = OwnPublications()
        assert known.returned("t", b"x", 0) == ""
        known.sent("t", b"x", "first", 0)
        known.sent("t", b"x", "second", 1)
        assert known.returned("t", b"y", 2) == known.returned("u", b"x", 2) == ""
        assert [known.returned("t", b"x", 2) for _ in range(3)] == ["first", "second", ""]

    def test_what_comes_much_later_is_anothers(self) -> None:
        known = OwnPublications()
        known.sent("t", b"x", "first", 0)
        known.sent("t", b"x", "second", 50 * SECOND)
        assert known.returned("t", b"x", 61 * SECOND) == "second"

    def test_it_forgets_the_oldest(self) -> None:
        known = OwnPublications()
        for number in range(own_publications.MAX_PENDING + 10):
            known.sent("t", b"%d" % (number % 7), str(number), 0)
        assert known.returned("t", b"3", 0) == "10"
        for number in range(own_publications.MAX_PENDING):
            known.sent("u", b"%d" % number, str(number), 0)
        assert known.returned("t", b"3", 0) == ""
        assert len(known._pending) == own_publications.MAX_PENDING


class TestCopies:
    def test_the_same_message_by_another_way_is_a_copy(self) -> None:
        seen = Copies()
        assert number(seen, "a", "", b"x", 0) == 1
        assert number(seen, "a", "proxy", b"x", SECOND) == 2
        assert number(seen, "a", "other", b"x", SECOND) == 3

    def test_the_relayed_one_may_come_first(self) -> None:
        seen = Copies()
        assert [number(seen, "a", by, b"x", 0) for by in ("proxy", "")] == [1, 2]

    def test_each_copy_says_when_the_first_delivery_came(self) -> None:
        seen = Copies()
        assert [seen.count("a", by, b"x", at, 1_000 + at)[1] for at, by in enumerate(("", "p", "q"))] == [1_000] * 3
        assert seen.count("a", "", b"x", 5, 1_005) == (1, 1_005)

    def test_the_same_message_by_the_same_way_is_another_message(self) -> None:
        seen = Copies()
        assert [number(seen, "a", "", b"x", 0) for _ in range(3)] == [1, 1, 1]
        assert [number(seen, "b", "proxy", b"x", 0) for _ in range(3)] == [1, 1, 1]

    def test_later_or_from_another_or_with_other_content_it_is_another_message(self) -> None:
        seen = Copies()
        assert number(seen, "a", "", b"x", 0) == 1
        assert number(seen, "b", "proxy", b"x", 0) == 1
        assert number(seen, "a", "proxy", b"y", 0) == 1
        assert number(seen, "a", "proxy", b"x", copies.WITHIN_NS + 1) == 1
        assert [number(seen, "", by, b"x", 0) for by in ("", "proxy")] == [1, 1]

    def test_a_session_to_which_the_proxy_adds_that_it_was_relayed_is_a_copy(self) -> None:
        session = b"<Event>\n  <UserSession>\n    <Id>1</Id>%s\n  </UserSession>\n</Event>"
        relayed = session % b"\n    <Proxied>true</Proxied>"
        seen = Copies()
        assert [number(seen, "a", "", session % b"", 0), number(seen, "a", "proxy", relayed, 0)] == [1, 2]
        assert number(seen, "a", "proxy", relayed.replace(b"<Id>1", b"<Id>2"), 0) == 1

    def test_it_forgets_the_oldest(self) -> None:
        seen = Copies()
        for count in range(copies.MAX_KEPT + 1):
            number(seen, "a", "", b"%d" % count, 0)
        assert len(seen._seen) == copies.MAX_KEPT
        assert number(seen, "a", "proxy", b"0", 0) == 1
        assert number(seen, "a", "proxy", b"%d" % copies.MAX_KEPT, 0) == 2


class TestRepetitions:
    def test_what_is_marked_and_has_the_same_number_and_content_comes_again(self) -> None:
        known = Repetitions()
        assert not known.repeats(publication())
        assert known.repeats(publication(dup=True))
        assert known.repeats(publication(dup=True))

    @pytest.mark.parametrize(
        "another",
        [
            publication(number=8, dup=True),
            publication(topic="u", dup=True),
            publication(payload=b"y", dup=True),
            publication(),
        ],
    )
    def test_another_is_new(self, another: Publication) -> None:
        known = Repetitions()
        known.repeats(publication())
        assert not known.repeats(another)
        assert known.repeats(another._replace(dup=True))

    def test_nothing_comes_again_in_a_new_session(self) -> None:
        known = Repetitions()
        known.repeats(publication())
        known.forget()
        assert not known.repeats(publication(dup=True))


class TestCallPairs:
    def test_an_answer_has_the_method_and_the_duration_of_its_call(self) -> None:
        pairs = CallPairs()
        call = json.dumps({"id": 1, "method": "getFacts", "params": []}).encode()
        assert pairs.describe("d/client/u/7/request", call, 0) == {"rpc": "request", "call": "7", "method": "getFacts"}
        answer = json.dumps({"id": 1, "result": {}}).encode()
        found = pairs.describe("d/client/u/7/response", answer, 12_000_000)
        assert found == {"rpc": "response", "call": "7", "method": "getFacts", "duration_ms": 12}
        assert pairs.describe("d/client/u/7/response", answer, 0) == {"rpc": "response", "call": "7"}

    def test_errors_are_marked(self) -> None:
        pairs = CallPairs()
        answer = json.dumps({"id": 1, "error": {"code": 1}}).encode()
        assert pairs.describe("d/proxy/u/8/response", answer, 0) == {"rpc": "response", "call": "8", "failed": True}

    def test_other_topics_are_not_paired(self) -> None:
        assert CallPairs().describe("d/client/u", b"{}", 0) == {}

    def test_what_cannot_be_read_is_paired_by_its_topic(self) -> None:
        pairs = CallPairs()
        for body in (b"{", b"\xff", b"[1]", b'{"method": 1}', b"{" + b" " * json_rpc.MAX_READ + b"}"):
            assert pairs.describe("d/client/u/7/request", body, 0) == {"rpc": "request", "call": "7"}
            assert pairs.describe("d/client/u/7/response", body, 0)["duration_ms"] == 0

    def test_calls_without_an_answer_are_given_up(self) -> None:
        pairs = CallPairs()
        for number in range(json_rpc.MAX_PENDING + 1):
            pairs.describe(f"d/client/u/{number}/request", b"{}", 0)
        assert len(pairs._pending) == json_rpc.MAX_PENDING
        assert "duration_ms" not in pairs.describe("d/client/u/0/response", b"{}", 0)
        assert "duration_ms" in pairs.describe(f"d/client/u/{json_rpc.MAX_PENDING}/response", b"{}", 0)
