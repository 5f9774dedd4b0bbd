"""Schemas written in a test, and forms of them: no files, no process."""

from __future__ import annotations

from typing import TypeVar

from clacks_monitor.forms import ElementField, Form, FormField, Repeat, ValueField
from clacks_monitor.forms.schema_set import SchemaSet
from clacks_monitor.forms.sources import SourceDocument, SourceSet

NS = "urn:t"
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
HEAD = (
    f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{NS}" xmlns="{NS}" xmlns:t="{NS}"'
    ' elementFormDefault="qualified">'
)
FieldT = TypeVar("FieldT", bound=FormField)


def schema_of(declarations: str) -> SchemaSet:
    """Compile declarations of the namespace urn:t."""
    body = f"{HEAD}{declarations}</xs:schema>".encode()
    return SchemaSet(SourceSet((SourceDocument("clacks:///s0.xsd", None, NS, body),), {}))


def complex_type(content: str, after: str = "", **attributes: str) -> str:
    """Declare the element r with a sequence, and what may follow it, such as attributes."""
    extra = "".join(f' {name}="{value}"' for name, value in attributes.items())
    inner = f"<xs:sequence>{content}</xs:sequence>" if content else ""
    return f'<xs:element name="r"><xs:complexType{extra}>{inner}{after}</xs:complexType></xs:element>'


def value_type(restriction: str, base: str = "xs:string") -> str:
    """Declare the element r with a restricted value."""
    return (
        f'<xs:element name="r"><xs:simpleType><xs:restriction base="{base}">{restriction}</xs:restriction>'
        "</xs:simpleType></xs:element>"
    )


def form_of(declarations: str, body: str | None = None) -> Form:
    """Open a form of the element r; ``body`` may leave out the namespace of its first tag."""
    if body is not None and "xmlns=" not in body and "xmlns:n=" not in body:
        body = body.replace("<r", f'<r xmlns="{NS}"', 1)
    return Form.for_element(schema_of(declarations), f"{{{NS}}}r", body)


def shown(form: Form) -> str:
    """Return the form's text without the declaration that `form_of` puts in."""
    return form.text.replace(f' xmlns="{NS}"', "")


def find(form: Form, path: str, kind: type[FieldT]) -> FieldT:
    """Return the field at a path, of the wanted class."""
    found = form.find(path)
    assert isinstance(found, kind), f"{path}: {found}"
    return found


def leaf(form: Form, path: str) -> ValueField:
    """Return the value at a path."""
    return find(form, path, ValueField)


def element(form: Form, path: str) -> ElementField:
    """Return the element at a path."""
    return find(form, path, ElementField)


def only(form: Form, kind: type[FieldT]) -> FieldT:
    """Return the one field of a class."""
    (found,) = (field for field in form.root.walk() if isinstance(field, kind))
    return found


def repeat(form: Form, label: str) -> Repeat:
    """Return the repetition of a name."""
    return next(field for field in form.root.walk() if isinstance(field, Repeat) and field.label == label)


def can_undo(form: Form) -> bool:
    """Whether there is a step that can be undone."""
    return bool(form.edits.done)


def can_redo(form: Form) -> bool:
    """Whether there is a step that can be redone."""
    return bool(form.edits.undone)
