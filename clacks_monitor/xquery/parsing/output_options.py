"""The options of the output namespace: which exist, and which values they take.

Owner: xquery. Thread: any. Source: XSLT and XQuery Serialization 3.1, section 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_YES_NO = frozenset(("yes", "no", "true", "false", "1", "0"))
_METHODS = frozenset(("xml", "html", "xhtml", "text", "json", "adaptive"))
_VALUES: Mapping[str, frozenset[str] | None] = {
    "allow-duplicate-names": _YES_NO,
    "byte-order-mark": _YES_NO,
    "cdata-section-elements": None,
    "doctype-public": None,
    "doctype-system": None,
    "encoding": None,
    "escape-uri-attributes": _YES_NO,
    "html-version": None,
    "include-content-type": _YES_NO,
    "indent": _YES_NO,
    "item-separator": None,
    "json-node-output-method": _METHODS - {"json", "adaptive"},
    "media-type": None,
    "method": _METHODS,
    "normalization-form": None,
    "omit-xml-declaration": _YES_NO,
    "parameter-document": None,
    "standalone": _YES_NO | {"omit"},
    "suppress-indentation": None,
    "undeclare-prefixes": _YES_NO,
    "version": None,
}
_NAME_LISTS = ("cdata-section-elements", "suppress-indentation")


@dataclass(frozen=True, slots=True)
class OptionProblem:
    """Why an option is refused."""

    code: str
    reason: str


def check_option(local: str, value: str, namespaces: Mapping[str, str]) -> OptionProblem | None:
    """What is wrong with `declare option output:local "value"`, or None."""
    if local not in _VALUES or local == "use-character-maps":
        return OptionProblem("XQST0109", f"There is no output option '{local}'.")
    allowed = _VALUES[local]
    if allowed is not None and value.strip() not in allowed:
        if local == "method" and ":" in value:
            return None
        return OptionProblem("SEPM0016", f"'{value}' is no value of the option '{local}'.")
    if local in _NAME_LISTS:
        for name in value.split():
            prefix, _, rest = name.rpartition(":")
            if prefix and rest and not name.startswith("Q{") and prefix not in namespaces:
                return OptionProblem("XPST0081", f"The prefix '{prefix}' is not declared.")
    return None
