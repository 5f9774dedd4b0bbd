"""Makes forms of the event types in a catalogue: new ones, and those of received events. Thread: any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.forms import lossless
from clacks_monitor.forms.errors import FormsError, ValidationIssue
from clacks_monitor.forms.form import Form, event_element
from clacks_monitor.forms.lossless import split_name

if TYPE_CHECKING:
    from clacks_monitor.forms.catalogue import Catalogue

__all__ = ["new_form", "open_form"]


def new_form(catalogue: Catalogue, name: str) -> Form:
    """Make a new event of a type. Raises FormsError when the type is unknown or its schema is broken."""
    kind = catalogue.get(name)
    schema = catalogue.schema(name)
    if kind is None:
        raise FormsError(ValidationIssue(Message("no schema defines the event type {0}", name)))
    if schema is None:
        raise FormsError(kind.problem or ValidationIssue(Message("the schema of {0} is broken", name)))
    if kind.form_problem is not None:
        raise FormsError(kind.form_problem)
    return Form(schema, f"{{{kind.namespace}}}{name}" if kind.namespace else name, None, wrapped=True)


def open_form(catalogue: Catalogue, body: bytes | str, *, guarded: bool = False) -> Form:
    """Open a received event, or a text; with ``guarded`` its validators run in a process that can be killed.

    Raises XmlTextError for a text that is not XML, FormsError for one that is not an event of a known type.
    """
    document = lossless.parse(body)
    element = event_element(document, FormsError)
    namespace, name = split_name(element.qname)
    kind, schema = catalogue.get(name), catalogue.schema(name, guarded=guarded)
    if kind is None or schema is None or kind.namespace != namespace:
        text = Message("no schema defines the event type {0}", name)
        if kind is not None and kind.problem is not None:
            text = Message("the schema of {0} is broken: {1}", name, kind.problem.text)
        raise FormsError(ValidationIssue(text, *lossless.position(document.text, element.start)))
    if kind.form_problem is not None:
        raise FormsError(kind.form_problem)
    return Form(schema, element.qname, document, wrapped=True)
