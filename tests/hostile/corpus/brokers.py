"""Hostile brokers: what the other end of a connection says. Each runs in the driver's process, on a thread."""

from __future__ import annotations

import itertools
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.amqp.values import Reader, write
from tests.helpers.scripted_peer import (
    AMQP,
    ATTACH,
    BEGIN,
    CLOSE,
    DETACH,
    DISPOSITION,
    END,
    FALSE,
    FLOW,
    NULL,
    OPEN,
    SASL,
    TRANSFER,
    TRUE,
    UINT0,
    ScriptedPeer,
    described,
    frame,
    symbol,
    uint,
    ushort,
)
from tests.hostile.corpus import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.hostile.bait import Lures

SOURCE = described(0x28, write("org.clacks"), *[NULL] * 5, symbol("copy"))
PAYLOAD = 100_000
"""Bytes in a transfer: with its head less than the frames that the client says it takes."""
_MECHANISMS, _CHALLENGE, _OUTCOME = 0x40, 0x42, 0x44


@dataclass(frozen=True, slots=True)
class HostileBroker:
    """One case: ``script`` says what the broker says on each connection."""

    name: str
    script: Callable[[ScriptedPeer], object]

    @property
    def key(self) -> str:
        """The name it is chosen and listed by."""
        return f"broker/{self.name}"


def serve(peer: ScriptedPeer, *, properties: bytes = NULL, source: bytes = SOURCE) -> None:
    """Do all that a good broker does until events can flow."""
    peer.login()
    peer.open(properties=properties)
    fields, _end = Reader(peer.wait_for(ATTACH)).read(0)
    assert isinstance(fields, list)
    peer.attach(str(fields[0]), source)
    peer.wait_for(FLOW)


def transfer(peer: ScriptedPeer, number: int, payload: bytes, *, more: bool = False) -> None:
    """Send a message, or a piece of one."""
    tag = b"\xa0\x04" + struct.pack(">I", number % 2**32)
    peer.say(TRANSFER, UINT0, uint(number % 2**32), tag, UINT0, TRUE, TRUE if more else FALSE, payload=payload)


def in_frames(peer: ScriptedPeer, number: int, payload: bytes, *, more: bool = False) -> None:
    """Send a message, or a piece of one, in frames that the client takes."""
    for at in range(0, len(payload), PAYLOAD):
        transfer(peer, number, payload[at : at + PAYLOAD], more=more or at + PAYLOAD < len(payload))


def data(body: bytes) -> bytes:
    """Return a message of one data section."""
    return b"\x00\x53\x75\xb0" + struct.pack(">I", len(body)) + body


def list32(*items: bytes) -> bytes:
    """Return an encoded list of any size."""
    content = b"".join(items)
    return b"\xd0" + struct.pack(">II", len(content) + 4, len(items)) + content


def map32(*items: bytes) -> bytes:
    """Return an encoded map of any size."""
    content = b"".join(items)
    return b"\xd1" + struct.pack(">II", len(content) + 4, len(items)) + content


def performative(code: int, *fields: bytes) -> bytes:
    """Return a frame of a performative of any size."""
    return frame(b"\x00\x53" + bytes([code]) + list32(*fields))


def text32(text: str) -> bytes:
    """Return an encoded string of any size."""
    content = text.encode("utf-8", "surrogatepass")
    return b"\xb1" + struct.pack(">I", len(content)) + content


def close(description: str, condition: bytes = b"", info: bytes = NULL) -> bytes:
    """Return a close frame with an error."""
    error = b"\x00\x53\x1d" + list32(condition or symbol("amqp:internal-error"), text32(description), info)
    return performative(CLOSE, error)


def brokers(lures: Lures, seed: int = 1) -> list[HostileBroker]:
    """Return all cases."""
    assert seed
    found = [*(HostileBroker(script.__name__.strip("_").replace("_", " "), script) for script in SCRIPTS)]
    for name, text in {**texts.small(lures), **texts.large(20_000), "a megabyte": "word " * 200_000}.items():
        fit = text.replace("\0", "")
        found.append(HostileBroker(f"close: {name}", lambda peer, text=fit: _closing(peer, text)))  # type: ignore[misc]  # a default binds it
    for name in ("img", "bidi flood", "tags"):
        text = texts.small(lures)[name]
        found += [
            HostileBroker(f"product: {name}", lambda peer, text=text: _product(peer, text)),  # type: ignore[misc]  # as above
            HostileBroker(f"detach: {name}", lambda peer, text=text: _detaching(peer, text)),  # type: ignore[misc]  # as above
            HostileBroker(f"mechanisms: {name}", lambda peer, text=text: _mechanisms(peer, text)),  # type: ignore[misc]  # as above
        ]
    return found


def _closing(peer: ScriptedPeer, text: str) -> None:
    serve(peer)
    peer.sock.sendall(close(text))
    peer.until_hung_up()


def _product(peer: ScriptedPeer, text: str) -> None:
    serve(peer, properties=map32(symbol("product"), text32(text), symbol("version"), text32(text * 50)))
    peer.until_hung_up()


def _detaching(peer: ScriptedPeer, text: str) -> None:
    serve(peer)
    error = b"\x00\x53\x1d" + list32(symbol("amqp:not-found"), text32(text), map32(symbol("link"), text32(text)))
    peer.sock.sendall(performative(DETACH, UINT0, TRUE, error))
    peer.until_hung_up()


def _mechanisms(peer: ScriptedPeer, text: str) -> None:
    names = text32(text * 100)
    peer.sock.sendall(SASL + frame(b"\x00\x53\x40" + list32(b"\xb3" + names[1:]), kind=1))
    peer.until_hung_up()


def hangs_up_at_once(peer: ScriptedPeer) -> None:
    """Accept and hang up."""
    peer.sock.close()


def hangs_up_after_login(peer: ScriptedPeer) -> None:
    """Let in, and hang up."""
    peer.login()


def hangs_up_after_subscription(peer: ScriptedPeer) -> None:
    """Work for a moment, and hang up."""
    serve(peer)


def never_answers(peer: ScriptedPeer) -> None:
    """Accept and say nothing."""
    peer.until_hung_up()


def another_protocol(peer: ScriptedPeer) -> None:
    """Speak HTTP."""
    peer.sock.sendall(b"HTTP/1.1 400 Bad Request\r\n" + b"X: y\r\n" * 100_000)


def endless_greeting(peer: ScriptedPeer) -> None:
    """Send zeros for ever."""
    while True:
        peer.sock.sendall(bytes(65536))


def endless_challenges(peer: ScriptedPeer) -> None:
    """Ask for ever, once the client has chosen how it logs in."""
    peer.sock.sendall(SASL + frame(described(_MECHANISMS, symbol("ANONYMOUS")), kind=1))
    peer.take_greeting()
    peer.read()
    challenge = frame(described(_CHALLENGE, b"\xa0\x05r=abc"), kind=1)
    while True:
        peer.sock.sendall(challenge * 100)


def endless_mechanisms(peer: ScriptedPeer) -> None:
    """Offer mechanisms for ever."""
    peer.sock.sendall(SASL)
    offer = frame(described(_MECHANISMS, symbol("ANONYMOUS")), kind=1)
    while True:
        peer.sock.sendall(offer * 100)


def a_million_mechanisms(peer: ScriptedPeer) -> None:
    """Offer a great many."""
    names = b"".join(b"\x01A" for _ in range(1_000_000))
    array = b"\xf0" + struct.pack(">II", len(names) + 5, 1_000_000) + b"\xa3" + names
    peer.sock.sendall(SASL + frame(b"\x00\x53\x40" + list32(array), kind=1))
    peer.until_hung_up()


def refuses_the_login(peer: ScriptedPeer) -> None:
    """Let nobody in."""
    peer.sock.sendall(SASL + frame(described(_MECHANISMS, symbol("ANONYMOUS")), kind=1))
    peer.sock.sendall(frame(described(_OUTCOME, b"\x50\x01", b"\xa0\xff" + b"x" * 255), kind=1))
    peer.until_hung_up()


def slow_drip(peer: ScriptedPeer) -> None:
    """Send the first bytes one by one, and no more."""
    for byte in SASL[:7]:
        peer.sock.sendall(bytes([byte]))
    peer.until_hung_up()


def repeated_open(peer: ScriptedPeer) -> None:
    """Say open again and again."""
    peer.login()
    opened = performative(OPEN, text32("peer" * 1000), NULL, uint(1 << 20), ushort(100))
    while True:
        peer.sock.sendall(opened * 20)


def open_of_megabytes(peer: ScriptedPeer) -> None:
    """Say a great deal of itself."""
    peer.login()
    properties = map32(*(part for n in range(50_000) for part in (symbol(f"name {n}"), text32("x" * 200))))
    peer.sock.sendall(performative(OPEN, text32("p"), NULL, uint(1 << 30), ushort(9), *[NULL] * 5, properties))
    peer.until_hung_up()


def open_nested(peer: ScriptedPeer) -> None:
    """Say brackets without end of itself."""
    value = b"\x45"
    for _ in range(10_000):
        value = list32(value)
    peer.login()
    peer.sock.sendall(
        performative(OPEN, text32("p"), NULL, uint(1 << 30), ushort(9), *[NULL] * 5, map32(symbol("a"), value))
    )
    peer.until_hung_up()


def repeated_begin(peer: ScriptedPeer) -> None:
    """Begin sessions for ever."""
    peer.login()
    peer.open()
    for channel in itertools.cycle(range(1, 60_000)):
        peer.say(BEGIN, NULL, uint(0), uint(100), uint(100), channel=channel)


def flood_of_links(peer: ScriptedPeer) -> None:
    """Attach links for ever."""
    serve(peer)
    for number in itertools.count(1):
        peer.attach(f"stranger {number}", SOURCE, handle=number)


def attach_and_detach(peer: ScriptedPeer) -> None:
    """Attach and detach a link for ever."""
    serve(peer)
    while True:
        with peer.together():
            for _ in range(50):
                peer.attach("stranger", SOURCE, handle=1)
                peer.say(DETACH, uint(1), TRUE)


def detaches_the_subscription(peer: ScriptedPeer) -> None:
    """Take each subscription back as soon as it is there."""
    serve(peer)
    while True:
        peer.say(DETACH, UINT0, TRUE)
        fields, _end = Reader(peer.wait_for(ATTACH)).read(0)
        assert isinstance(fields, list)
        peer.attach(str(fields[0]), SOURCE)


def flood_of_flows(peer: ScriptedPeer) -> None:
    """Say flow for ever."""
    serve(peer)
    while True:
        with peer.together():
            for _ in range(500):
                peer.say(FLOW, uint(0), uint(100), uint(0), uint(100), UINT0, UINT0, uint(10), UINT0, FALSE, TRUE)


def flood_of_dispositions(peer: ScriptedPeer) -> None:
    """Settle for ever what was never sent."""
    serve(peer)
    while True:
        with peer.together():
            for number in range(500):
                peer.say(DISPOSITION, TRUE, uint(number), uint(2**32 - 1), TRUE)


def flood_of_empty_frames(peer: ScriptedPeer) -> None:
    """Say nothing, for ever."""
    serve(peer)
    while True:
        peer.sock.sendall(frame(b"") * 5_000)


def flood_of_events(peer: ScriptedPeer) -> None:
    """Send events for ever, whatever the credit."""
    serve(peer)
    body = data(b'<Event xmlns="http://www.gonicus.de/Events"><PhoneStatus/></Event>')
    for start in itertools.count(0, 200):
        with peer.together():
            for number in range(start, start + 200):
                transfer(peer, number, body)


def flood_of_large_events(peer: ScriptedPeer) -> None:
    """Send events of half a megabyte for ever."""
    serve(peer)
    body = data(b"<a>" + b"x" * 500_000 + b"</a>")
    for number in itertools.count():
        in_frames(peer, number, body)


def endless_event(peer: ScriptedPeer) -> None:
    """Send one event that never ends."""
    serve(peer)
    while True:
        in_frames(peer, 0, b"x" * 500_000, more=True)


def a_thousand_beginnings(peer: ScriptedPeer) -> None:
    """Begin events and end none."""
    serve(peer)
    for number in range(1_000):
        transfer(peer, number, b"\x00\x53\x75\xb0\x7f\xff\xff\xff" + b"x" * 10_000, more=True)
    peer.until_hung_up()


def events_of_nonsense(peer: ScriptedPeer) -> None:
    """Send what is no message, in all ways."""
    serve(peer)
    for number in range(256):
        transfer(peer, number, bytes([number]) * 50 + b"\xff" * 20)
    for number in range(256, 300):
        value = b"\x45"
        for _ in range(number * 10):
            value = list32(value)
        transfer(peer, number, b"\x00\x53\x77" + value)
    peer.until_hung_up()


def sections_of_millions(peer: ScriptedPeer) -> None:
    """Announce arrays and maps of billions of items."""
    serve(peer)
    for number, code in enumerate((b"\xf0", b"\xd1", b"\xd0")):
        transfer(peer, number, b"\x00\x53\x74" + code + struct.pack(">II", 2**31, 2**31) + b"\x40" * 100)
    numbers = b"\xf0" + struct.pack(">II", 5, 2**30) + b"\x40"
    transfer(peer, 9, b"\x00\x53\x77" + numbers)
    peer.until_hung_up()


def frame_of_two_gigabytes(peer: ScriptedPeer) -> None:
    """Announce a frame of two gigabytes and send much of it."""
    serve(peer)
    peer.sock.sendall(struct.pack(">IBBH", 0x7FFFFFFF, 2, 0, 0))
    while True:
        peer.sock.sendall(b"x" * 65536)


def frames_of_odd_sizes(peer: ScriptedPeer) -> None:
    """Announce frames that are too small, and offsets beyond them."""
    serve(peer)
    for size, offset in ((0, 2), (7, 2), (8, 200), (9, 0), (8, 1)):
        peer.sock.sendall(struct.pack(">IBBH", size, offset, 0, 0) + b"\0" * 8)
    peer.until_hung_up()


def ends_the_session(peer: ScriptedPeer) -> None:
    """End the session as soon as it works."""
    serve(peer)
    peer.say(END, described(0x1D, symbol("amqp:session:window-violation"), write("<b>no</b>")))
    peer.until_hung_up()


def greets_twice(peer: ScriptedPeer) -> None:
    """Send the protocol's header in the middle."""
    serve(peer)
    peer.sock.sendall(AMQP * 1_000)
    peer.until_hung_up()


def queue_with_a_hostile_name(peer: ScriptedPeer) -> None:
    """Give the queue a name of markup and megabytes."""
    name = '<img src="/dev/zero">' + "n" * 500_000
    serve(peer, source=b"\x00\x53\x28" + list32(text32(name)))
    peer.until_hung_up()


def redirects(peer: ScriptedPeer) -> None:
    """Send the client elsewhere."""
    peer.login()
    peer.open()
    info = map32(symbol("hostname"), text32("x" * 10_000), symbol("network-host"), text32("127.0.0.1"))
    peer.sock.sendall(close("elsewhere", symbol("amqp:connection:redirect"), info))
    peer.until_hung_up()


SCRIPTS = (
    hangs_up_at_once,
    hangs_up_after_login,
    hangs_up_after_subscription,
    never_answers,
    another_protocol,
    endless_greeting,
    endless_challenges,
    endless_mechanisms,
    a_million_mechanisms,
    refuses_the_login,
    slow_drip,
    repeated_open,
    open_of_megabytes,
    open_nested,
    repeated_begin,
    flood_of_links,
    attach_and_detach,
    detaches_the_subscription,
    flood_of_flows,
    flood_of_dispositions,
    flood_of_empty_frames,
    flood_of_events,
    flood_of_large_events,
    endless_event,
    a_thousand_beginnings,
    events_of_nonsense,
    sections_of_millions,
    frame_of_two_gigabytes,
    frames_of_odd_sizes,
    ends_the_session,
    greets_twice,
    queue_with_a_hostile_name,
    redirects,
)
