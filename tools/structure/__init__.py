"""Measures how the package is built: cycles, excuses, wide classes, long files, and names that the glossary replaces.

    make structure
    python -m tools.structure [--list] [--check] [--json] [--lower]

Nothing is imported: the files are parsed. Modules: source (the files), imports, comments, classes, children, lengths,
names, glossary (one measurement each), figures (all of them), limits (what they may be), report (the table).
limits.toml holds for each figure the most that it may be today and its goal; glossary.txt the words that are replaced.
"""
