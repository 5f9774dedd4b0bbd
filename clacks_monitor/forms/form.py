"""One event as a tree of fields and as a text; either may be edited, the other follows.

Role: what a compose window shows and a sender sends. What was not edited is written byte for
byte as it was read.
Owner: whoever composes. Thread: one at a time; a form is not locked.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.forms import form_problems, lossless
from clacks_monitor.forms.builder import Builder, Cursor
from clacks_monitor.forms.catalogue import EVENT_NAMESPACE, EVENT_TAG
from clacks_monitor.forms.containers import Choice
from clacks_monitor.forms.errors import FormsError, Problem, XmlTextError
from clacks_monitor.forms.history import FormChange, History, Step
from clacks_monitor.forms.leaves import RawXml, scope_declarations
from clacks_monitor.forms.lossless import split_name
from clacks_monitor.forms.markup import INDENT, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lxml import etree

    from clacks_monitor.forms.catalogue import Catalogue
    from clacks_monitor.forms.fields import Field
    from clacks_monitor.forms.lossless import Document, ElementNode
    from clacks_monitor.forms.schema_set import SchemaSet
    from clacks_monitor.forms.spec import ElementSpec, TypeSpec

__all__ = ["Form"]

_NEW: Final = {"xml": lossless.XML_NAMESPACE}


class Form:
    """An event of one type. `root` is the field of the event's element.

    `preview` resolves placeholders before a value is checked; it is the identity until somebody
    sets it.
    """

    def __init__(self, schema: SchemaSet, qname: str, document: Document | None, *, wrapped: bool) -> None:
        """Prefer `for_type`, `from_xml` and `for_element`."""
        self.schema = schema
        self.qname = qname
        self.type_name = split_name(qname)[1]
        self.wrapped = wrapped
        self.preview: Callable[[str], str] = _same
        self.builder = Builder(self)
        self.broken_text: str | None = None
        self._written: Writer | None = None
        self._history = History()
        self._step: Step | None = None
        self._listeners: list[Callable[[FormChange], object]] = []
        self._document = document
        self.root: Field = self._build(document)

    @classmethod
    def for_type(cls, catalogue: Catalogue, name: str, *, sample: bool = False) -> Form:
        """Make a new event of a type; with `sample` its fields hold believable values.

        Raises FormsError when the type is unknown or its schema is broken.
        """
        kind = catalogue.get(name)
        schema = catalogue.schema(name)
        if kind is None:
            raise FormsError(Problem(Message("no schema defines the event type {0}", name)))
        if schema is None:
            raise FormsError(kind.problem or Problem(Message("the schema of {0} is broken", name)))
        if kind.form_problem is not None:
            raise FormsError(kind.form_problem)
        qname = f"{{{kind.namespace}}}{name}" if kind.namespace else name
        form = cls(schema, qname, None, wrapped=True)
        if sample:
            from clacks_monitor.forms.instances import fill  # noqa: PLC0415 - it imports this module

            fill(form)
        return form

    @classmethod
    def from_xml(cls, catalogue: Catalogue, body: bytes | str, *, guarded: bool = False) -> Form:
        """Open a received event, or a text; with `guarded` its validators run in a process that can be killed.

        Raises XmlTextError for a text that is no XML, FormsError for one that is no event of a
        known type.
        """
        document = lossless.parse(body)
        root = document.root
        if root.qname != EVENT_TAG or len(root.children) != 1:
            words = Message("the root element is not an Event with exactly one element in it")
            raise FormsError(Problem(words, *lossless.position(document.text, root.start)))
        qname = root.children[0].qname
        name = split_name(qname)[1]
        kind, schema = catalogue.get(name), catalogue.guarded(name) if guarded else catalogue.schema(name)
        if kind is None or schema is None or kind.namespace != split_name(qname)[0]:
            words = Message("no schema defines the event type {0}", name)
            if kind is not None and kind.problem is not None:
                words = Message("the schema of {0} is broken: {1}", name, kind.problem.text)
            raise FormsError(Problem(words, *lossless.position(document.text, root.children[0].start)))
        if kind.form_problem is not None:
            raise FormsError(kind.form_problem)
        return cls(schema, qname, document, wrapped=True)

    @classmethod
    def for_element(cls, schema: SchemaSet, qname: str, body: bytes | str | None = None) -> Form:
        """Open a document whose root is any global element of a schema; None: a new one."""
        document = None if body is None else lossless.parse(body, doctype=True)
        if document is not None and document.root.qname != qname:
            raise FormsError(Problem(Message("the root element is not {0}", split_name(qname)[1]), 1, 1))
        return cls(schema, qname, document, wrapped=False)

    # -- building ---------------------------------------------------------------------------

    def _build(self, document: Document | None) -> Field:
        node = None if document is None else document.root
        if node is not None and self.wrapped:
            node = node.children[0]
        components = self.schema.components()
        spec = None if isinstance(components, Problem) else components.element(self.qname)
        if spec is not None:
            return self.builder.element(spec, None, node)
        raw = RawXml(self, None, self.type_name, "", whole=True)
        if node is not None:
            raw.load_nodes([node])
        else:
            namespace = split_name(self.qname)[0]
            raw.original = raw._value = f'<{self.type_name} xmlns="{namespace}"/>'  # noqa: SLF001 - a new field's state
        return raw

    def builder_cursor(self, nodes: Sequence[ElementNode]) -> Cursor:
        """Return a place among some elements of a text."""
        return Cursor(nodes)

    def spec_of(self, qname: str) -> ElementSpec | None:
        """Return a global element of the schema."""
        components = self.schema.components()
        return None if isinstance(components, Problem) else components.element(qname)

    def type_of(self, qname: str) -> TypeSpec | None:
        """Return a global type of the schema."""
        components = self.schema.components()
        return None if isinstance(components, Problem) else components.type_named(qname)

    def scope_of(self, field: Field) -> str:
        """Return the namespace declarations that hold where a field is, as attributes' text."""
        nsmap: Mapping[str, str] = {"": self._default_namespace()}
        if self._document is not None:
            nsmap = self._document.root.nsmap
        step: Field | None = field
        while step is not None:
            nodes: list[ElementNode] = getattr(step, "nodes", list)()
            if nodes:
                nsmap = nodes[0].nsmap
                break
            step = step.parent
        return scope_declarations({**{p: u for u, p in self._prefixes().items() if p}, **nsmap})

    def _default_namespace(self) -> str:
        return EVENT_NAMESPACE if self.wrapped else split_name(self.qname)[0]

    def _prefixes(self) -> dict[str, str]:
        schema = self.schema.schema()
        pairs = {} if schema is None else schema.namespaces
        return {uri: prefix for prefix, uri in pairs.items() if prefix and uri and prefix != "xml"}

    # -- changing ---------------------------------------------------------------------------

    @contextmanager
    def step(self, field: Field | None, *, structure: bool = False, merge: bool = False) -> Iterator[None]:
        """Collect the changes of one thing that the user did; nested steps join the outer one."""
        if self._step is not None:
            yield
            return
        self._step = Step(FormChange(field, structure), merge)
        try:
            yield
        finally:
            step, self._step = self._step, None
            if step.doing:
                self._history.push(step)
        if step.doing:
            self.broken_text = None
            self._notify(step.change)

    def change(self, field: Field | None, do: Callable[[], object], undo: Callable[[], object]) -> None:
        """Do one change inside of a step."""
        with self.step(field):
            do()
            self._written = None
            if self._step is not None:
                self._step.doing.append(do)
                self._step.undoing.append(undo)

    def subscribe(self, listener: Callable[[FormChange], object]) -> Callable[[], None]:
        """Have a function called after each change; calling the answer ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def _notify(self, change: FormChange) -> None:
        for listener in list(self._listeners):
            listener(change)

    def seal(self) -> None:
        """End the present undo step: typing after this is a step of its own."""
        self._history.sealed = True

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._history.done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to take again."""
        return bool(self._history.undone)

    def undo(self) -> bool:
        """Take the last step back; whether there was one."""
        return self._travelled(self._history.undo())

    def redo(self) -> bool:
        """Take a step again; whether there was one."""
        return self._travelled(self._history.redo())

    def _travelled(self, step: Step | None) -> bool:
        self._written = None
        if step is None:
            return False
        self.broken_text = None
        self._notify(FormChange(step.change.field, structure=True))
        return True

    # -- text -------------------------------------------------------------------------------

    def written(self) -> Writer:
        """Return the event as it is written; the writer also knows where each field's element begins."""
        if self._written is None:
            self._written = self._write()
        return self._written

    def _write(self) -> Writer:
        document = self._document
        pretty = document is None or "\n" in document.text.strip()
        writer = Writer(pretty=pretty, prefixes=self._prefixes())
        if document is None:
            self._write_new(writer)
            return writer
        node = document.root.children[0] if self.wrapped else document.root
        writer.write(document.text[: node.start])
        scope = document.root.nsmap if self.wrapped else _NEW
        self._write_root(writer, scope)
        writer.write(document.text[node.end :])
        return writer

    def _write_new(self, writer: Writer) -> None:
        if not self.wrapped:
            self._write_root(writer, _NEW)
            writer.write("\n")
            return
        writer.write(f'<Event xmlns="{EVENT_NAMESPACE}">\n{INDENT}')
        self._write_root(writer, {**_NEW, "": EVENT_NAMESPACE})
        writer.write("\n</Event>\n")

    def _write_root(self, writer: Writer, nsmap: Mapping[str, str]) -> None:
        for piece in self.root.pieces():
            piece.write(writer, nsmap)

    @property
    def text(self) -> str:
        """The event as text; the user's own while that is not well-formed."""
        return self.written().text if self.broken_text is None else self.broken_text

    def to_xml(self) -> bytes:
        """Return the event as bytes, in the encoding that it came in (UTF-8 when it is new)."""
        text = self.written().text
        return text.encode() if self._document is None else self._document.encode(text)

    def text_edited(self, text: str, *, check: bool = True) -> list[Problem]:
        """Take over the user's text; what is wrong with it, or without `check` only whether it can be read.

        A text that is not well-formed, or is another event, leaves the fields as they are.
        """
        try:
            document = lossless.parse(text, doctype=not self.wrapped)
            self._same_type(document)
        except FormsError as error:
            self.broken_text = text
            return [error.problem]
        if self.broken_text is None and text == self.written().text:
            return self.problems() if check else []
        self.broken_text = None
        old_document, old_root = self._document, self.root
        document.bom = old_document is not None and old_document.bom
        new_root = self._build(document)
        _inherit(new_root, old_root)
        with self.step(None, structure=True, merge=True):
            self.change(None, lambda: self._replace(document, new_root), lambda: self._replace(old_document, old_root))
        return self.problems() if check else []

    def _replace(self, document: Document | None, root: Field) -> None:
        self._document, self.root = document, root

    def _same_type(self, document: Document) -> None:
        root = document.root
        if self.wrapped and (root.qname != EVENT_TAG or len(root.children) != 1):
            words = Message("the root element is not an Event with exactly one element in it")
            raise XmlTextError(Problem(words, *lossless.position(document.text, root.start)))
        node = root.children[0] if self.wrapped else root
        if node.qname != self.qname:
            words = Message("this is {0}, the form is for {1}", split_name(node.qname)[1], self.type_name)
            raise XmlTextError(Problem(words, *lossless.position(document.text, node.start)))

    # -- asking -----------------------------------------------------------------------------

    def find(self, path: str) -> Field | None:
        """Return the field with a path, as problems have it; "" is the event itself."""
        if not path:
            return self.root
        return next((field for field in self.root.walk() if field.path == path), None)

    def problems(self, *, second_opinion: bool = True) -> list[Problem]:
        """Everything that is wrong, in the text's order, each with the path of its field.

        `second_opinion` also asks xmlschema, which sees more and takes longer.
        """
        return form_problems.problems(self, second_opinion=second_opinion)

    def tree(self) -> etree._Element:
        """Return the event parsed, placeholders resolved. Raises XmlTextError."""
        text = form_problems.resolved(self)
        return lossless.decode_text(text.encode())[3]


def _same(value: str) -> str:
    return value


def _inherit(new: Field, old: Field) -> None:
    """Let choices keep the branches that the user had filled before the text was edited."""
    choices = {field.path: field for field in old.walk() if isinstance(field, Choice)}
    for field in new.walk():
        if isinstance(field, Choice) and (before := choices.get(field.path)) is not None:
            field.inherit(before)
