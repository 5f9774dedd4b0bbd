"""Which file imports which, the cycles among them, and the imports inside functions.

Every import statement counts, wherever it stands: below ``TYPE_CHECKING`` and inside a function too.
``from a.b import c`` imports the file of a.b.c where that is a module, else the file of a.b, which may be the front of
a package; it never counts as an import of the packages above.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tools.structure.source import Module, Place, functions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Graph = dict[str, set[str]]
Import = ast.Import | ast.ImportFrom


def absolute(module: Module, node: ast.ImportFrom) -> str:
    """Return the dotted name that ``from ... import`` names, its leading dots resolved."""
    if not node.level:
        return node.module or ""
    parts = module.name.split(".")
    kept = parts[: len(parts) - node.level + module.is_package]
    return ".".join([*kept, node.module] if node.module else kept)


def _named(module: Module, node: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield for each imported name the longest dotted name and the one to fall back on."""
    if isinstance(node, ast.Import):
        yield from ((alias.name, "") for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        source = absolute(module, node)
        yield from ((f"{source}.{alias.name}", source) for alias in node.names)


def graph(modules: Sequence[Module]) -> Graph:
    """Return for each module the modules of the same package that it imports."""
    names = {module.name for module in modules}
    found: Graph = {}
    for module in modules:
        targets = {
            whole if whole in names else source
            for node in ast.walk(module.tree)
            for whole, source in _named(module, node)
        }
        found[module.name] = (targets & names) - {module.name}
    return found


def _finished(edges: Mapping[str, set[str]]) -> list[str]:
    """Return the nodes in the order in which a depth-first walk leaves them."""
    left: list[str] = []
    seen: set[str] = set()
    for start in sorted(edges):
        stack = [] if start in seen else [(start, iter(sorted(edges[start])))]
        seen.add(start)
        while stack:
            node, targets = stack[-1]
            following = next((target for target in targets if target not in seen), None)
            if following is None:
                left.append(node)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(sorted(edges[following]))))
    return left


def components(edges: Mapping[str, set[str]]) -> list[list[str]]:
    """Return the strongly connected components of more than one node, the largest first (Kosaraju's algorithm)."""
    backwards: Graph = {node: set() for node in edges}
    for node, targets in edges.items():
        for target in targets:
            backwards[target].add(node)
    found = []
    seen: set[str] = set()
    for start in reversed(_finished(edges)):
        group, waiting = [], [start]
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                group.append(node)
                waiting += backwards[node]
        if len(group) > 1:
            found.append(sorted(group))
    return sorted(found, key=lambda group: (-len(group), group))


def shortest_cycle(edges: Mapping[str, set[str]], group: Sequence[str]) -> list[str]:
    """Return a shortest way from a node of a component back to itself: what to cut first."""
    inside = set(group)
    ways = []
    for start in group:
        before = {start: ""}
        waiting = [start]
        for node in waiting:
            if start in edges[node]:
                ways.append(_way(before, node))
                break
            for target in sorted(edges[node] & inside - before.keys()):
                before[target] = node
                waiting.append(target)
    return min(ways, key=len)


def _way(before: Mapping[str, str], node: str) -> list[str]:
    """Return the nodes from the start of a search to one that it reached."""
    way = []
    while node:
        way.append(node)
        node = before[node]
    return way[::-1]


def cycles(modules: Sequence[Module]) -> list[Place]:
    """Return a place for each group of files that import each other."""
    edges = graph(modules)
    paths = {module.name: module.path for module in modules}
    found = []
    for group in components(edges):
        shortest = shortest_cycle(edges, group)
        chain = " > ".join(_short(name) for name in [*shortest, shortest[0]])
        members = ", ".join(_short(name) for name in group)
        found.append(Place(paths[shortest[0]], 1, f"{chain}; {len(group)} files: {members}"))
    return found


def files_in_cycles(modules: Sequence[Module]) -> list[Place]:
    """Return the files that are in a cycle."""
    paths = {module.name: module.path for module in modules}
    return [Place(paths[name], 1, "in a cycle") for group in components(graph(modules)) for name in group]


def _short(name: str) -> str:
    """Return a module's name without the root package."""
    return name.partition(".")[2] or name


def imports_in_functions(modules: Sequence[Module]) -> list[Place]:
    """Return every import statement inside a function, once for the innermost function or one around it."""
    found = []
    for module in modules:
        inside = {node for function in functions(module) for node in ast.walk(function) if isinstance(node, Import)}
        found += [
            Place(module.path, node.lineno, ast.unparse(node)) for node in sorted(inside, key=lambda node: node.lineno)
        ]
    return found
