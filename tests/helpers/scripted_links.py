"""A scripted broker that agrees to the links of a client, or refuses some, and hears what is said on each."""

from __future__ import annotations

from clacks_monitor.amqp.values import Reader, write
from tests.helpers.scripted_peer import (
    ATTACH,
    CLOSE,
    DETACH,
    FALSE,
    FLOW,
    NULL,
    SOURCE,
    TRANSFER,
    TRUE,
    UINT0,
    ScriptedPeer,
    described,
    symbol,
    transfer,
    uint,
)


class Links:
    """Agrees to every link; takes note of what the client says on each.

    ``payload`` is what stood behind the last performative; ``refusing`` has the addresses that are refused, each with
    the condition; ``reply_address`` is given to a link that asks for an address.
    """

    def __init__(self, peer: ScriptedPeer, properties: bytes = NULL) -> None:
        self._peer = peer
        self._handles: dict[object, int] = {}
        self._count = 0
        self.payload = b""
        self.reply_address = "replies"
        self.refusing: dict[str, str] = {}
        peer.login()
        peer.open(properties=properties)

    def hear(self) -> tuple[int, int, list[object]]:
        """Return the client's next word about a link: what it is, the link's number, and the fields."""
        while True:
            body = self._peer.read()
            code, fields = body[2] if body else 0, list[object]()
            if body:
                found, end = Reader(body).read(0)
                assert isinstance(found, list)
                fields, self.payload = found, body[end:]
            if code == CLOSE:
                self._peer.say(CLOSE)
            if code == ATTACH:
                number = self._handles[fields[1]] = self._count
                self._count += 1
                if self._refuse(fields):
                    continue
                if fields[2]:
                    dynamic = described(0x28, write(self.reply_address))
                    source = dynamic if _is_dynamic(fields) else SOURCE
                    self._peer.attach(str(fields[0]), source, handle=number)
                else:
                    self._peer.accept_sender(str(fields[0]), handle=number)
                return code, number, fields
            handle = fields[4] if code == FLOW else fields[0] if code in {TRANSFER, DETACH} else None
            if handle in self._handles:
                return code, self._handles[handle], fields

    def credit(self, number: int) -> None:
        """Let the client send on a link."""
        self._peer.say(FLOW, uint(0), uint(100), uint(0), uint(100), uint(number), uint(0), uint(100))

    def answer(self, number: int, encoded: bytes, delivery: int) -> None:
        """Send a message on one of the client's receiving links."""
        transfer(self._peer, delivery, encoded, handle=number)

    def _refuse(self, fields: list[object]) -> bool:
        """Refuse an attach whose address is to be refused: an answer without terminus, and a detach that says why."""
        terminus = fields[5] if fields[2] else fields[6]
        condition = self.refusing.get(str(terminus[0])) if isinstance(terminus, list) and terminus else None
        if condition is None:
            return False
        number = self._handles[fields[1]]
        role = TRUE if not fields[2] else FALSE
        source, target = (NULL, described(0x29)) if fields[2] else (described(0x28), NULL)
        self._peer.say(
            ATTACH, write(str(fields[0])), uint(number), role, NULL, NULL, source, target, NULL, FALSE, UINT0
        )
        self._peer.say(DETACH, uint(number), TRUE, described(0x1D, symbol(condition), write("as the test has it")))
        return True


def _is_dynamic(fields: list[object]) -> bool:
    source = fields[5]
    return isinstance(source, list) and len(source) > 4 and source[4] is True
