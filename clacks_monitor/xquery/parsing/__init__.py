"""Text to syntax tree: one class of grammar rules upon the other.

From below: scanner, types, primaries, paths, operators, clauses, direct, constructors, module.
"""
