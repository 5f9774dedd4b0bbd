"""Splitting a query over a collection into work on parts of it, whose results are put together.

    rewriting  syntax trees with other expressions in them        selecting  which documents a query can need at all
    spreading  what may be evaluated part by part                 folding    sums, counts and extremes of parts, joined
    plan       the query as partial modules and a final one       split      the same, compiled

Owner: xquery. Thread: any; what is compiled never changes.
"""
