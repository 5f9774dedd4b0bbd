"""The default collection of a query: what ``fn:collection()`` gives without an argument.

Owner: the evaluation. Thread: that of the evaluation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.xquery.datamodel.nodes import DocumentNode


class Collection(Protocol):
    """Documents in a stable order. A document that is alive is the same node each time it is met."""

    def documents(self) -> Iterator[DocumentNode]:
        """Yield the documents in document order, each when it is wanted."""
