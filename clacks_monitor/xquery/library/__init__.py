"""The built-in functions of XPath and XQuery 3.1, by topic.

Owner: xquery. Thread: any. Each module declares its functions in ``table``.
"""

from __future__ import annotations

from importlib import import_module

_MODULES = (
    "sequences", "aggregates", "numbers", "strings", "regex", "nodes", "times", "names", "higher", "maps", "json",
    "xml_to_json", "parse_xml", "serialize", "numerals", "number_pictures", "date_pictures", "resource_access",
)  # fmt: skip  # a table, by rows


def load() -> None:
    """Import every module of functions, which fills the table."""
    for module in _MODULES:
        import_module(f"{__name__}.{module}")
