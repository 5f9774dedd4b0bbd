"""How xmlschema gets a source set: only our documents, in a shape that it reads rightly.

Role: everything that makes up for what xmlschema cannot do - includes in a circle from texts that
have no address, prefixes declared in the middle of a document, one kind of restriction.
Owner: nobody, one function. Thread: any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from lxml import etree
from xmlschema import XMLSchema10
from xmlschema.loaders import SchemaLoader
from xmlschema.validators import XsdElement, XsdPatternFacets
from xmlschema.validators.builders import XsdBuilders

from clacks_monitor.forms import lossless
from clacks_monitor.forms.matching import LinearPattern
from clacks_monitor.forms.sources import XSD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.forms.sources import SourceSet

__all__ = ["read_schema"]

_NAMED: Final = frozenset({"base", "itemType", "memberTypes", "ref", "refer", "substitutionGroup", "type"})
"""Attributes of a schema document that hold qualified names."""


class _Element(XsdElement):
    """An element that can be asked whether it may be absent before it is built.

    The restriction of mixed content to a simple type asks; xmlschema's own element fails then.
    """

    __slots__ = ()

    def is_emptiable(self) -> bool:
        if self._built is False:
            return str(self.elem.get("minOccurs", "1")).strip() == "0"
        return super().is_emptiable()


class _Patterns(XsdPatternFacets):
    """Patterns that are matched in linear time: what is typed into a form is checked on the window's thread."""

    __slots__ = ()

    def _parse_value(self, elem: Any) -> Any:  # noqa: ANN401 - the overridden method's types are too narrow
        return LinearPattern(super()._parse_value(elem).pattern)


class _Schema(XMLSchema10):
    builders = XsdBuilders(None, _Patterns, element_class=_Element)


def read_schema(sources: SourceSet, validation: str) -> XMLSchema10:
    """Build the schema; every document comes from the source set, none from elsewhere.

    Raises xmlschema's errors, and with odd schemas others as well.
    """

    class Loader(SchemaLoader):
        def load_schema(
            self,
            source: Any,  # noqa: ANN401 - as the overridden method has it
            namespace: str | None = None,
            base_url: str | None = None,
            build: bool = False,  # noqa: FBT001, FBT002 - as the overridden method has it
            partial: bool = False,  # noqa: FBT001, FBT002 - as the overridden method has it
        ) -> Any:  # noqa: ANN401 - as the overridden method has it
            del base_url, build, partial
            if isinstance(source, str) and source == sources.main.location:
                return self.maps.validator
            key = (str(source), namespace)
            if key not in loaded:
                document = sources.by_location(str(source))
                if document is None:
                    raise LookupError(f"{source} is none of the schema's documents")
                # First known, then followed: documents may include each other in a circle.
                schema = loaded[key] = self.schema_class(
                    source=_document(document.body),
                    namespace=namespace,
                    validation=self.maps.validation,
                    global_maps=self.maps,
                    build=False,
                    partial=True,
                )
                schema.partial = False
                self.load_declared_schemas(schema)
            return loaded[key]

    loaded: dict[tuple[str, str | None], Any] = {}
    return _Schema(
        _document(sources.main.body), loader_class=Loader, use_fallback=False, allow="none", validation=validation
    )


def _document(body: bytes) -> bytes:
    """Return the document without its document type declaration, internal entities put in.

    xmlschema gets text and not lxml's elements: it mixes those with its own here and there.
    """
    root = etree.fromstring(body, lossless.parser(schema=True, bare=True))
    return etree.tostring(_declared_at_the_root(root), encoding="UTF-8")


def _declared_at_the_root(root: etree._Element) -> etree._Element:
    """Spell names with prefixes of the root element: xmlschema knows no others."""
    declared = dict(root.nsmap)
    changed = False
    for element in root.iterdescendants(f"{{{XSD}}}*"):
        local = element.nsmap
        if local == root.nsmap:
            continue
        for prefix, uri in local.items():
            changed |= prefix is not None and declared.setdefault(prefix, uri) == uri
        for name in _NAMED.intersection(element.attrib):
            words = str(element.get(name)).split()
            element.set(name, " ".join(_respelled(word, local, declared) for word in words))
            changed = True
    if not changed:
        return root
    copy = etree.Element(root.tag, dict(root.attrib), nsmap=declared)
    copy.extend(list(root))
    return copy


def _respelled(name: str, local: Mapping[str | None, str], declared: dict[str | None, str]) -> str:
    """Spell a name, whose prefix means something here, so that it means the same at the root."""
    prefix, _, rest = name.rpartition(":")
    uri = local.get(prefix or None)
    if uri is None or declared.get(prefix or None) == uri:
        return name
    known = next((other for other, there in declared.items() if there == uri and other), None)
    if known is None:
        known = next(f"ns{count}" for count in range(1, 10_000) if f"ns{count}" not in declared)
        declared[known] = uri
    return f"{known}:{rest}"
