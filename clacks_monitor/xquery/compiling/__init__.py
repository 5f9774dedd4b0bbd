"""Syntax tree to closures: one module for each family of expressions, ``module`` for the whole."""
