"""The options of the output namespace: which exist, and which values they take.

Owner: xquery. Thread: any. Source: XSLT and XQuery Serialization 3.1, section 3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.lexical import NCNAME

if TYPE_CHECKING:
    from collections.abc import Mapping

_TRUTHS = frozenset(("yes", "no", "true", "false", "1", "0"))
_METHODS = frozenset(("xml", "html", "xhtml", "text", "json", "adaptive"))
_VALUES: Mapping[str, frozenset[str] | None] = {
    "allow-duplicate-names": _TRUTHS,
    "byte-order-mark": _TRUTHS,
    "cdata-section-elements": None,
    "doctype-public": None,
    "doctype-system": None,
    "encoding": None,
    "escape-uri-attributes": _TRUTHS,
    "html-version": None,
    "include-content-type": _TRUTHS,
    "indent": _TRUTHS,
    "item-separator": None,
    "json-node-output-method": _METHODS - {"json", "adaptive"},
    "media-type": None,
    "method": _METHODS,
    "normalization-form": None,
    "omit-xml-declaration": _TRUTHS,
    "parameter-document": None,
    "standalone": _TRUTHS | {"omit"},
    "suppress-indentation": None,
    "undeclare-prefixes": _TRUTHS,
    "version": None,
}
NAME_LISTS = ("cdata-section-elements", "suppress-indentation")
YES_NO = frozenset(name for name, values in _VALUES.items() if values is not None and values >= _TRUTHS)
_TRUTH = {"true": "yes", "1": "yes", "false": "no", "0": "no"}
_QNAME = re.compile(rf"(?:Q\{{([^{{}}]*)\}}|({NCNAME}):)?({NCNAME})")


@dataclass(frozen=True, slots=True)
class OptionProblem:
    """Why an option is refused."""

    code: str
    reason: Message


def check_option(local: str, value: str, namespaces: Mapping[str, str]) -> OptionProblem | None:
    """The problem of ``declare option output:local "value"``, or None."""
    if local not in _VALUES or local == "use-character-maps":
        return OptionProblem("XQST0109", Message("There is no output option '{0}'.", local))
    allowed = _VALUES[local]
    if allowed is not None and value.strip() not in allowed:
        if local == "method" and ":" in value:
            return None
        return OptionProblem("SEPM0016", Message("'{0}' is not a value of the option '{1}'.", value, local))
    if local in NAME_LISTS:
        for name in value.split():
            match = _QNAME.fullmatch(name)
            if match is None:
                return OptionProblem("SEPM0016", Message("'{0}' is not a name.", name))
            if match.group(2) and match.group(2) not in namespaces:
                return OptionProblem("XPST0081", Message("The prefix '{0}' is not declared.", match.group(2)))
    return None


def expanded_names(value: str, namespaces: Mapping[str, str]) -> str:
    """A checked list of names with their namespaces: ``{uri}local ...``; "" is the default one."""
    out = []
    for name in value.split():
        match = _QNAME.fullmatch(name)
        if match is not None:
            uri, prefix, local = match.groups()
            out.append(f"{{{namespaces.get(prefix or '', '') if uri is None else uri}}}{local}")
    return " ".join(out)


def normalized(name: str, value: str) -> str:
    """A value as it is kept: without white space around it, ``yes`` for ``true`` and ``1``."""
    value = value if name == "item-separator" else value.strip()
    return _TRUTH.get(value, value) if name in YES_NO else value
