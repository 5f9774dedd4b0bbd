"""The functions in the namespace ``ev``: what the bus and the store know of an event beside its XML.

Owner: questions. Thread: that of an evaluation.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.session.questions.names import NAMESPACE, PREFIX, labels_of
from clacks_monitor.session.questions.stored_events import StoreCollection, StoredEvent
from clacks_monitor.xquery.datamodel.dates import DateTime
from clacks_monitor.xquery.datamodel.functions import Map
from clacks_monitor.xquery.environment import Environment, functions_of
from clacks_monitor.xquery.errors import QueryError

if TYPE_CHECKING:
    from clacks_monitor.core.event import PropertyValue
    from clacks_monitor.xquery.datamodel.nodes import Node
    from clacks_monitor.xquery.evaluation.frame import Frame

NOT_AN_EVENT: Final = "CLACKS0010"
"""The code of the error that a node is not of an event of the store."""
_NS, _MINUTE = 1_000_000_000, 60
_SECONDS_OF_YEARS: Final = 200_000_000_000
"""Times further from the epoch are written in UTC: Python's dates end with the year 9999."""


def date_time(wall_ns: int) -> DateTime:
    """Return a wall clock time as xs:dateTime in this computer's time zone."""
    seconds, rest = divmod(wall_ns, _NS)
    fraction = Decimal(rest).scaleb(-9).normalize() if rest else Decimal(0)
    if abs(seconds) > _SECONDS_OF_YEARS:
        return DateTime(1970, 1, 1, 0, 0, Decimal(0), 0).plus_seconds(seconds + fraction)
    moment = datetime.fromtimestamp(seconds, UTC).astimezone()
    offset = moment.utcoffset()
    zone = 0 if offset is None else math.floor(offset.total_seconds() / _MINUTE)
    of_minute = moment.second + fraction
    return DateTime(moment.year, moment.month, moment.day, moment.hour, moment.minute, of_minute, zone)


def _event(node: Node, name: str) -> StoredEvent:
    root = node.root()
    if not isinstance(root, StoredEvent):
        raise QueryError(NOT_AN_EVENT, Message("ev:{0}() needs a node of an event of the store.", name))
    return root


def _sequence(_f: Frame, node: Node) -> int:
    return _event(node, "sequence").sequence


def _type(_f: Frame, node: Node) -> str:
    return _event(node, "type").type


def _time(_f: Frame, node: Node) -> DateTime:
    return date_time(_event(node, "time").row.wall_ns)


def _connection(_f: Frame, node: Node) -> str:
    return _event(node, "connection").row.connection


def _subject(_f: Frame, node: Node) -> str:
    return _event(node, "subject").row.subject


def _summary(_f: Frame, node: Node) -> str:
    return _event(node, "summary").row.summary


def _problem(_f: Frame, node: Node) -> str | None:
    return _event(node, "problem").row.problem or None


def _mark(_f: Frame, node: Node) -> bool:
    return _event(node, "mark").row.mark


def _comment(_f: Frame, node: Node) -> str | None:
    return _event(node, "comment").row.comment or None


def _property(_f: Frame, name: str, node: Node) -> PropertyValue | None:
    return _event(node, "property").properties.get(name)


def _gaps(f: Frame) -> list[Map]:
    collection = f.run.collection
    if not isinstance(collection, StoreCollection):
        raise QueryError(NOT_AN_EVENT, Message("ev:gaps() needs a store."))
    return [
        Map(
            (
                ("sequence", (sequence,)),
                ("connection", (gap.connection,)),
                ("from", (date_time(gap.from_ns),)),
                ("to", (date_time(gap.to_ns),)),
                ("cause", (str(gap.cause),)),
                ("lost", (gap.lost,) if gap.lost >= 0 else ()),
                ("detail", (gap.detail,)),
            )
        )
        for sequence, gap in collection.gaps()
    ]


_FUNCTIONS = (
    ("ev:sequence($event as node()) as xs:integer", _sequence),
    ("ev:type($event as node()) as xs:string", _type),
    ("ev:time($event as node()) as xs:dateTime", _time),
    ("ev:connection($event as node()) as xs:string", _connection),
    ("ev:subject($event as node()) as xs:string", _subject),
    ("ev:summary($event as node()) as xs:string", _summary),
    ("ev:problem($event as node()) as xs:string?", _problem),
    ("ev:mark($event as node()) as xs:boolean", _mark),
    ("ev:comment($event as node()) as xs:string?", _comment),
    ("ev:property($name as xs:string, $event as node()) as xs:anyAtomicType?", _property),
    ("ev:gaps() as map(*)*", _gaps),
)
ENVIRONMENT: Final = Environment(
    namespaces={PREFIX: NAMESPACE},
    functions=functions_of(PREFIX, NAMESPACE, _FUNCTIONS),
    variables={"from": "dateTime", "to": "dateTime"},
    labels=labels_of,
)
