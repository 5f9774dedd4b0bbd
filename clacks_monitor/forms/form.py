"""One event as a tree of fields and as a text; either may be edited, and the other follows.

What was not edited is written byte for byte as it was read.
Owner: the draft of an event. Thread: one at a time; a form has no lock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.core.event import EVENT_NAMESPACE, EVENT_TAG
from clacks_monitor.core.messages import Message
from clacks_monitor.forms import form_validation, lossless
from clacks_monitor.forms.builder import Builder
from clacks_monitor.forms.containers import Choice
from clacks_monitor.forms.costs import Costs
from clacks_monitor.forms.errors import FormsError, ValidationIssue, XmlTextError
from clacks_monitor.forms.form_edits import FormEdits
from clacks_monitor.forms.lossless import split_name
from clacks_monitor.forms.markup import INDENT, XmlTextWriter
from clacks_monitor.forms.value_fields import NamespaceScope, RawXml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.forms.components import Components
    from clacks_monitor.forms.fields import FormField
    from clacks_monitor.forms.lossless import LosslessDocument
    from clacks_monitor.forms.schema_set import SchemaSet

__all__ = ["Form", "event_element"]

_NEW: Final = {"xml": lossless.XML_NAMESPACE}


class Form:
    """An event of one type. ``root`` is the field of the event's element, ``edits`` changes it."""

    def __init__(self, schema: SchemaSet, qname: str, document: LosslessDocument | None, *, wrapped: bool) -> None:
        """``wrapped`` says that the element is inside an Event element. See ``new_form`` and ``open_form``."""
        self.schema = schema
        self.qname = qname
        self.type_name = split_name(qname)[1]
        self.wrapped = wrapped
        self.edits = FormEdits()
        self.costs = Costs()
        components = schema.components()
        self._components: Components | None = None if isinstance(components, ValidationIssue) else components
        namespaces = {} if self._components is None else self._components.schema.namespaces
        self._prefixes = {uri: prefix for prefix, uri in namespaces.items() if prefix and uri and prefix != "xml"}
        self._written: tuple[int, XmlTextWriter] | None = None
        self._broken: tuple[int, str] | None = None
        self._document = document
        self.root: FormField = self._build(document)

    @classmethod
    def for_element(cls, schema: SchemaSet, qname: str, body: bytes | str | None = None) -> Form:
        """Open a document whose root is any global element of a schema; None: a new one."""
        document = None if body is None else lossless.parse(body, doctype=True)
        if document is not None and document.root.qname != qname:
            raise FormsError(ValidationIssue(Message("the root element is not {0}", split_name(qname)[1]), 1, 1))
        return cls(schema, qname, document, wrapped=False)

    def _build(self, document: LosslessDocument | None) -> FormField:
        node = None if document is None else document.root
        nsmap: Mapping[str, str] = {"": EVENT_NAMESPACE if self.wrapped else split_name(self.qname)[0]}
        if node is not None:
            nsmap = node.nsmap
            node = node.children[0] if self.wrapped else node
        scope = NamespaceScope(nsmap, {prefix: uri for uri, prefix in self._prefixes.items()})
        spec = None if self._components is None else self._components.element(self.qname)
        if spec is not None:
            return Builder(self.edits, self._components, scope, self.costs).element(spec, None, node)
        raw = RawXml(self.edits, None, scope, self.type_name, "", whole=True)
        if node is not None:
            raw.load_nodes([node])
        else:
            raw.load_text(f'<{self.type_name} xmlns="{split_name(self.qname)[0]}"/>')
        return raw

    # -- text -------------------------------------------------------------------------------

    def written(self) -> XmlTextWriter:
        """Return the event as it is written; the writer also knows where each field's element begins."""
        if self._written is None or self._written[0] != self.edits.version:
            self._written = self.edits.version, self._write()
        return self._written[1]

    def _write(self) -> XmlTextWriter:
        document = self._document
        pretty = document is None or "\n" in document.text.strip()
        writer = XmlTextWriter(pretty=pretty, prefixes=self._prefixes)
        if document is not None:
            node = document.root.children[0] if self.wrapped else document.root
            before, after = document.text[: node.start], document.text[node.end :]
            scope = document.root.nsmap if self.wrapped else _NEW
        elif self.wrapped:
            before, after = f'<Event xmlns="{EVENT_NAMESPACE}">\n{INDENT}', "\n</Event>\n"
            scope = {**_NEW, "": EVENT_NAMESPACE}
        else:
            before, after, scope = "", "\n", _NEW
        writer.write(before)
        for fragment in self.root.fragments():
            fragment.write(writer, scope)
        writer.write(after)
        return writer

    @property
    def broken_text(self) -> str | None:
        """The user's text while it cannot be read; None when the fields correspond to it."""
        return self._broken[1] if self._broken is not None and self._broken[0] == self.edits.version else None

    @property
    def text(self) -> str:
        """The event as text; the user's own while that is not well-formed."""
        broken = self.broken_text
        return self.written().text if broken is None else broken

    def to_xml(self) -> bytes:
        """Return the event as bytes, in its original encoding (UTF-8 when it is new)."""
        text = self.written().text
        return text.encode() if self._document is None else self._document.encode(text)

    def text_edited(self, text: str, *, check: bool = True) -> list[ValidationIssue]:
        """Load the user's text; return its problem; without ``check``, only one that prevents reading it.

        A text that is not well-formed, or is another event, leaves the fields unchanged.
        """
        try:
            document = lossless.parse(text, doctype=not self.wrapped)
            _check_type(document, self.qname, wrapped=self.wrapped)
        except FormsError as error:
            self._broken = self.edits.version, text
            return [error.problem]
        if self.broken_text is not None or text != self.written().text:
            self._load(document)
        return self.problems() if check else []

    def _load(self, document: LosslessDocument) -> None:
        self._broken = None
        old_document, old_root = self._document, self.root
        document.bom = old_document is not None and old_document.bom
        new_root = self._build(document)
        _inherit(new_root, old_root)
        with self.edits.step(None, structure=True, merge=True):
            self.edits.change(
                None, lambda: self._replace(document, new_root), lambda: self._replace(old_document, old_root)
            )

    def _replace(self, document: LosslessDocument | None, root: FormField) -> None:
        self._document, self.root = document, root

    # -- queries ----------------------------------------------------------------------------

    def find(self, path: str) -> FormField | None:
        """Return the field with a path, as problems have it; "" is the event itself."""
        if not path:
            return self.root
        return next((field for field in self.root.walk() if field.path == path), None)

    def problems(self, *, second_opinion: bool = True) -> list[ValidationIssue]:
        """Return everything that is wrong, in the text's order, each with the path of its field.

        With ``second_opinion`` xmlschema validates as well, which finds more and takes longer.
        """
        if (broken := self.broken_text) is not None:
            try:
                lossless.parse(broken)
            except XmlTextError as error:
                return [error.problem]
        return form_validation.problems(
            self.root, self.written(), self.schema, self.edits.preview, wrapped=self.wrapped, second=second_opinion
        )


def event_element(document: LosslessDocument, error: type[FormsError]) -> lossless.ElementNode:
    """Return the element in an event. Raises ``error`` when there is not exactly one."""
    root = document.root
    if root.qname != EVENT_TAG or len(root.children) != 1:
        text = Message("the root element is not an Event with exactly one child element")
        raise error(ValidationIssue(text, *lossless.position(document.text, root.start)))
    return root.children[0]


def _check_type(document: LosslessDocument, qname: str, *, wrapped: bool) -> None:
    node = event_element(document, XmlTextError) if wrapped else document.root
    if node.qname != qname:
        text = Message("found {0}, the form is for {1}", split_name(node.qname)[1], split_name(qname)[1])
        raise XmlTextError(ValidationIssue(text, *lossless.position(document.text, node.start)))


def _inherit(new: FormField, old: FormField) -> None:
    """Let choices keep the branches that were filled in before the text was edited."""
    choices = {field.path: field for field in old.walk() if isinstance(field, Choice)}
    for field in new.walk():
        if isinstance(field, Choice) and (before := choices.get(field.path)) is not None:
            field.inherit(before)
