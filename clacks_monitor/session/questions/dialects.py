"""What the editor knows of questions, and of expressions of computed columns, beside the query language. Constants."""

from __future__ import annotations

from typing import Final

from clacks_monitor.session.questions.names import NAMESPACE, PREFIX
from clacks_monitor.xquery.editor.signatures import read_signatures
from clacks_monitor.xquery.editor.vocabulary import EditorDialect

_TABLE: Final = """
ev:sequence([$event as node()]) as xs:integer # The number of the event in the store.
ev:type([$event as node()]) as xs:string # Its type, empty where it is not an event.
ev:time([$event as node()]) as xs:dateTime # When it arrived.
ev:connection([$event as node()]) as xs:string # The name of the connection it came by.
ev:subject([$event as node()]) as xs:string # The subject, or topic, of the message.
ev:summary([$event as node()]) as xs:string # The event in words, as the table shows it.
ev:problem([$event as node()]) as xs:string? # What is wrong with it.
ev:mark([$event as node()]) as xs:boolean # Whether an operator marked it.
ev:comment([$event as node()]) as xs:string? # The comment of an operator.
ev:property($name as xs:string[, $event as node()]) as xs:anyAtomicType? # An application property of the message.
"""
_OF_STORES: Final = """
collection() as document-node()* # The events of the store, oldest first.
ev:gaps() as map(*)* # The times in which events may have been missed.
"""
_OF_EVENTS: Final = tuple(read_signatures(_TABLE).values())
_PREFIXES: Final = {PREFIX: NAMESPACE}

EXPRESSION: Final = EditorDialect(condition=False, prefixes=_PREFIXES, functions=_OF_EVENTS)
"""That of a computed column, whose context item is an event."""
QUESTION: Final = EditorDialect(
    condition=False,
    collection=True,
    prefixes=_PREFIXES,
    functions=(*read_signatures(_OF_STORES).values(), *_OF_EVENTS),
    variables=("from", "to"),
)
"""That of a question, whose default collection is a store."""
