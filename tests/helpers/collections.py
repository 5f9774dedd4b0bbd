"""Small collections of documents for queries, and results as texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.xquery import Document
from clacks_monitor.xquery.datamodel.nodes import DocumentNode, Node
from clacks_monitor.xquery.library.serialize import serialized

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Documents:
    """A collection that counts what was taken of it."""

    def __init__(self, *bodies: str) -> None:
        nodes = [Document(body.encode()).nodes for body in bodies]
        self.nodes = [node for node in nodes if isinstance(node, DocumentNode)]
        self.taken = 0

    @classmethod
    def of(cls, nodes: Sequence[DocumentNode]) -> Documents:
        """A collection of documents that are parsed."""
        made = cls()
        made.nodes = list(nodes)
        return made

    def documents(self) -> Iterator[DocumentNode]:
        """Yield the documents."""
        for document in self.nodes:
            self.taken += 1
            yield document


def six() -> Documents:
    """Six documents with numbers, of two kinds."""
    return Documents(*(f"<a><b>{n}</b><t>{'xy'[n % 2]}</t></a>" for n in range(6)))


def shown(items: Iterable[object]) -> list[str]:
    """Return items as texts: nodes by their string values."""
    return [
        item.string_value if isinstance(item, Node) else serialized([item], {"method": "adaptive"}) for item in items
    ]
