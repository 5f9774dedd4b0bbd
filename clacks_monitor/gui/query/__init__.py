"""Where a query is typed: filter bar, large editor, highlighting, completion."""
