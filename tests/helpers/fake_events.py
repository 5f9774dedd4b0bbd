"""Believable events for the window's tests: bodies by a seeded generator, decoded by the program's own decoder."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from clacks_monitor import assets
from clacks_monitor.core.decode import Decoder
from clacks_monitor.core.event import EVENT_NAMESPACE, Problem, ProblemKind, Properties, RawMessage
from clacks_monitor.core.summary import Summaries

if TYPE_CHECKING:
    from lxml import etree

    from clacks_monitor.core.event import Event

START_NS = 1_764_000_000_000_000_000
_KNOWN = frozenset(name.removesuffix(".xsd") for name in assets.names("schemas", suffix=".xsd"))


def wrap(inner: str) -> bytes:
    """Return an event's document around its own element."""
    return f'<Event xmlns="{EVENT_NAMESPACE}">{inner}</Event>'.encode()


def phone(caller: str = "012345", receiver: str = "12343424", status: str = "busy") -> bytes:
    """Return a PhoneStatus."""
    inner = f"<CallerId>{caller}</CallerId><ReceiverId>{receiver}</ReceiverId><Status>{status}</Status>"
    return wrap(f"<PhoneStatus>{inner}</PhoneStatus>")


def _announce(chance: random.Random) -> bytes:
    number = chance.randrange(10, 90)
    devices = "".join(
        f"<NetworkDevice><Name>eth{i}</Name><IPAddress>10.3.64.{number}</IPAddress><MAC>52:54:00:4c:{number}:0{i}</MAC>"
        "</NetworkDevice>"
        for i in range(chance.randint(1, 2))
    )
    return wrap(
        f"<ClientAnnounce><NetworkInformation>{devices}</NetworkInformation><Id>b5b8-{number}</Id>"
        f"<Name>dyn-{number}</Name></ClientAnnounce>"
    )


def _puppet(chance: random.Random) -> bytes:
    level = chance.choice(["notice", "info", "err"])
    return wrap(
        f"<PuppetReport><Id>dyn-{chance.randrange(10, 90)}</Id><PuppetLog><Timestamp>1764000000.5</Timestamp>"
        f"<Level>{level}</Level><Message>Finished catalog run in 4.12 seconds</Message></PuppetLog></PuppetReport>"
    )


def body(chance: random.Random) -> bytes:
    """Return one random body; now and then one that is wrong."""
    number = chance.randrange(10, 90)
    makers = [
        lambda: phone(f"0{chance.randrange(10**6)}", str(chance.randrange(10**7)), chance.choice(["busy", "free"])),
        lambda: wrap(
            f'<AsteriskNotification Type="IncomingCall"><From>+49293211{number}</From><To>+4929329160</To>'
            "<Timestamp>1764000000</Timestamp></AsteriskNotification>"
        ),
        lambda: _announce(chance),
        lambda: wrap(f"<ClientLeave><Id>dyn-{number}</Id></ClientLeave>"),
        lambda: wrap(f"<UserSession><Id>dyn-{number}</Id><User><Name>cajus</Name></User></UserSession>"),
        lambda: wrap(
            f"<NodeStatus><Load>0.{number}</Load><Latency>0.0{number}</Latency><Workers>3</Workers>"
            "<Id>amires</Id></NodeStatus>"
        ),
        lambda: _puppet(chance),
    ]
    wrong = [b"\x00\xff\x10", b"", b"<Event><Broken", wrap("<CoffeeReady><Cups>4</Cups></CoffeeReady>")]
    return chance.choice(wrong) if chance.random() < 0.03 else chance.choice(makers)()


def _check(_root: etree._Element, name: str) -> Problem | None:
    return None if name in _KNOWN else Problem(ProblemKind.UNKNOWN_TYPE, f"There is no schema for {name}.")


class EventSource:
    """Decodes bodies into events, 137 ms apart unless told otherwise."""

    def __init__(self, language: str = "en", *, seed: int = 7, start_ns: int = START_NS) -> None:
        self._decode = Decoder(Summaries.load(language, EVENT_NAMESPACE), _check)
        self.chance = random.Random(seed)
        self.now_ns = start_ns

    def event(
        self, content: bytes | None = None, *, step_ns: int = 137_000_000, connection: str = "office bus"
    ) -> Event:
        """Return an event that arrives ``step_ns`` after the one before."""
        self.now_ns += step_ns
        content = body(self.chance) if content is None else content
        properties: Properties = {"qpid.subject": "event", "priority": 4}
        raw = RawMessage(connection, self.now_ns, self.now_ns, content, subject="event", properties=properties)
        return self._decode(raw)
