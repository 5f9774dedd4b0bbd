"""Names of the functions in the namespace ``ev``, and what conditions on them say about types of events. Pure."""

from __future__ import annotations

from typing import Final

from clacks_monitor.xquery import syntax as s

PREFIX, NAMESPACE = "ev", "urn:clacks:ev"
TYPE: Final = s.Name(NAMESPACE, "type")


def labels_of(condition: s.Expr, document: s.Expr) -> frozenset[str] | None:
    """Return the types that a condition on ``ev:type`` allows, None for any."""
    match condition:
        case s.GeneralComparison(_, "=", left, right) | s.ValueComparison(_, "eq", left, right):
            for one, other in ((left, right), (right, left)):
                if _is_type(one, document):
                    return _strings(other)
    return None


def _is_type(node: s.Expr, document: s.Expr) -> bool:
    if not isinstance(node, s.FunctionCall) or node.name != TYPE:
        return False
    match node.arguments, document:
        case ((), s.ContextItem()) | ((s.ContextItem(),), s.ContextItem()):
            return True
        case ((s.Variable(_, name),), s.Variable(_, wanted)):
            return name == wanted
    return False


def _strings(node: s.Expr) -> frozenset[str] | None:
    items = node.items if isinstance(node, s.Sequence) else (node,)
    found = frozenset(item.value for item in items if isinstance(item, s.Literal) and isinstance(item.value, str))
    return found if len(found) == len(items) else None
