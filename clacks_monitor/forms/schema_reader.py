"""Reads a source set with xmlschema. Thread: any.

Works around limits of xmlschema: circular includes of texts without an address, prefixes declared below the root
element, one kind of restriction.
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

    from clacks_monitor.forms.documentation import XmlSchemaObject
    from clacks_monitor.forms.sources import SourceSet

__all__ = ["read_schema"]

_NAMED: Final = frozenset({"base", "itemType", "memberTypes", "ref", "refer", "substitutionGroup", "type"})
"""Attributes of a schema document that hold qualified names."""


class _RestrictableElement(XsdElement):
    """An element whose ``is_emptiable`` works before it is built.

    The restriction of mixed content to a simple type calls it; xmlschema's own element fails then.
    """

    __slots__ = ()

    def is_emptiable(self) -> bool:
        if self._built is False:
            return str(self.elem.get("minOccurs", "1")).strip() == "0"
        return super().is_emptiable()


class _Patterns(XsdPatternFacets):
    """Patterns that are matched in linear time: a form's values are checked on the window's thread."""

    __slots__ = ()

    def _parse_value(self, elem: XmlSchemaObject) -> XmlSchemaObject:
        return LinearPattern(super()._parse_value(elem).pattern)


class _Schema(XMLSchema10):
    builders = XsdBuilders(None, _Patterns, element_class=_RestrictableElement)


def read_schema(sources: SourceSet, validation: str) -> XMLSchema10:
    """Build the schema; every document comes from the source set, none from elsewhere.

    Raises xmlschema's errors, and with odd schemas others as well.
    """

    class Loader(SchemaLoader):
        def load_schema(
            self,
            source: XmlSchemaObject,
            namespace: str | None = None,
            *_base_url: object,
            **_options: object,
        ) -> XmlSchemaObject:
            if isinstance(source, str) and source == sources.main.location:
                return self.maps.validator
            key = (str(source), namespace)
            if key not in loaded:
                document = sources.by_location(str(source))
                if document is None:
                    raise LookupError(f"{source} is none of the schema's documents")
                # Registered before its references are followed: documents may include each other.
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

    It is serialized again because xmlschema mixes lxml's elements with its own in some places.
    """
    root = etree.fromstring(body, lossless.parser(schema=True, bare=True))
    return etree.tostring(_declared_at_the_root(root), encoding="UTF-8")


def _declared_at_the_root(root: etree._Element) -> etree._Element:
    """Rewrite names with prefixes of the root element, the only ones that xmlschema resolves."""
    declared = dict(root.nsmap)
    changed = False
    for element in root.iterdescendants(f"{{{XSD}}}*"):
        local = element.nsmap
        if local == root.nsmap:
            continue
        for prefix, uri in local.items():
            changed |= prefix is not None and declared.setdefault(prefix, uri) == uri
        for name in _NAMED.intersection(element.attrib):
            names = str(element.get(name)).split()
            element.set(name, " ".join(_respelled(item, local, declared) for item in names))
            changed = True
    if not changed:
        return root
    copy = etree.Element(root.tag, dict(root.attrib), nsmap=declared)
    copy.extend(list(root))
    return copy


def _respelled(name: str, local: Mapping[str | None, str], declared: dict[str | None, str]) -> str:
    """Rewrite a name with a local prefix so that it has the same namespace at the root."""
    prefix, _, rest = name.rpartition(":")
    uri = local.get(prefix or None)
    if uri is None or declared.get(prefix or None) == uri:
        return name
    known = next((other for other, there in declared.items() if there == uri and other), None)
    if known is None:
        known = next(f"ns{count}" for count in range(1, 10_000) if f"ns{count}" not in declared)
        declared[known] = uri
    return f"{known}:{rest}"
