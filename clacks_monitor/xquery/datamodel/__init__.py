"""Values, nodes, function items and their types: the W3C's data model (XDM 3.1).

How they compare, calculate and are cast. Knows no expressions and no evaluation.
"""
