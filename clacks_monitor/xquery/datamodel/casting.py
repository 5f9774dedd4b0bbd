"""Casts between atomic types.

Owner: xquery. Thread: any. Source: F&O 3.1, section 19.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import replace
from decimal import Decimal
from math import isinf, isnan
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message, sentences
from clacks_monitor.xquery.datamodel import dates as d
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.types import ANCESTORS, CLASSES, primitive, type_name
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.lexical import NAME_CHAR, NAME_START, NCNAME

if TYPE_CHECKING:
    from collections.abc import Mapping

_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_DOUBLE = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_QNAME = re.compile(f"(?:({NCNAME}):)?({NCNAME})")
_BASE64 = re.compile(
    r"(([A-Za-z0-9+/] ?){4})*(([A-Za-z0-9+/] ?){3}[A-Za-z0-9+/]"
    r"|([A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=|[A-Za-z0-9+/] ?[AQgw] ?= ?=)?"
)
_PATTERNS = {
    "language": re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*"),
    "NMTOKEN": re.compile(f"[{NAME_CHAR}:]+"),
    "Name": re.compile(f"[{NAME_START}:][{NAME_CHAR}:]*"),
    **dict.fromkeys(("NCName", "ID", "IDREF", "ENTITY"), re.compile(NCNAME)),
}
_BOUNDS = {
    "nonPositiveInteger": (None, 0), "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1), "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1), "byte": (-128, 127), "nonNegativeInteger": (0, None),
    "unsignedLong": (0, 2**64 - 1), "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 65535), "unsignedByte": (0, 255), "positiveInteger": (1, None),
}  # fmt: skip  # a table, by rows
_DATE_SOURCES = {
    "date": ("dateTime",),
    "time": ("dateTime",),
    "dateTime": ("date",),
    **dict.fromkeys(("gYear", "gYearMonth", "gMonthDay", "gMonth", "gDay"), ("dateTime", "date")),
}
_MAX_DIGITS = 4000


_WRITTEN = {
    "date": "2024-02-28",
    "dateTime": "2024-02-28T13:45:00",
    "time": "13:45:00",
    "duration": "P1DT2H",
    "dayTimeDuration": "P1DT2H",
    "yearMonthDuration": "P1Y6M",
    "boolean": Message("true or false"),
}
"""Examples of types that are often written otherwise."""


def cast(value: object, wanted: str, namespaces: Mapping[str, str] | None = None) -> object:
    """Cast an atomic value to the type with this local name; raises QueryError."""
    own = type_name(value)
    if own == wanted:
        return value
    target, source = primitive(wanted), primitive(own)
    if target == "NOTATION":
        raise QueryError("XPST0080", Message("Nothing can be cast to xs:NOTATION."))
    try:
        if source in ("string", "untypedAtomic"):
            return _from_string(str(value), wanted, namespaces)
        if wanted in ANCESTORS[own] and wanted not in v.DERIVED:
            return _up(value, wanted)
        made = _convert(value, source, target, wanted)
    except QueryError:
        raise
    except (ValueError, ArithmeticError, binascii.Error):
        made = None
    else:
        if made is not None:
            return _restrict(made, wanted, own)
        raise QueryError("XPTY0004", Message("xs:{0} cannot be cast to xs:{1}.", own, wanted))
    written = _WRITTEN.get(wanted)
    reason = Message("'{0}' is not a valid xs:{1}.", v.string_of(value), wanted)
    raise QueryError("FORG0001", sentences(reason, Message("It is written like {0}.", written) if written else ""))


def _up(value: object, wanted: str) -> object:
    if isinstance(value, d.DateTimeValue):
        return d.DateTime(value.year, value.month, value.day, value.hour, value.minute, value.seconds, value.timezone)
    if isinstance(value, d.Duration):
        return d.Duration(value.months, value.seconds)
    if wanted == "decimal":
        return Decimal(int(value))  # type: ignore[call-overload]  # only integers come here
    return _class(wanted)(value)


def _from_string(text: str, wanted: str, namespaces: Mapping[str, str] | None) -> object:
    target = primitive(wanted)
    if target in ("string", "untypedAtomic"):
        return _string_type(text, wanted)
    text = text.strip(" \t\n\r")
    cls = CLASSES[target]
    if issubclass(cls, d.DateTimeValue | d.Duration):
        return CLASSES[wanted].parse(text)  # type: ignore[attr-defined]  # both have parse
    match target:
        case "boolean":
            if text not in ("true", "false", "1", "0"):
                raise ValueError(text)
            return text in ("true", "1")
        case "decimal":
            return _decimal_type(text, wanted)
        case "double" | "float":
            if not _DOUBLE.fullmatch(text):
                raise ValueError(text)
            return _class(target)(text.replace("INF", "inf"))
        case "anyURI":
            return _uri(text)
        case "QName":
            return to_qname(text, namespaces)
        case "hexBinary":
            return v.HexBinary(bytes.fromhex(_no_space(text)))
        case _:
            if not _BASE64.fullmatch(" ".join(text.split())):
                raise ValueError(text)
            return v.Base64Binary(base64.b64decode("".join(text.split())))


def _class(name: str) -> Any:
    # Any: each of the classes takes something else.
    return CLASSES[name]


def _no_space(text: str) -> str:
    if re.search(r"\s", text):
        raise ValueError(text)
    return text


def _uri(text: str) -> v.AnyURI:
    text = " ".join(text.split())
    if re.search(r"%(?![0-9A-Fa-f]{2})", text) or text.startswith(":") or text.count("#") > 1:
        raise ValueError(text)
    return v.AnyURI(text)


def _decimal_type(text: str, wanted: str) -> object:
    if len(text) > _MAX_DIGITS:
        raise QueryError("FOCA0006", Message("This number has too many digits."))
    if "integer" in ANCESTORS[wanted]:
        if not _INTEGER.fullmatch(text):
            raise ValueError(text)
        return _restrict(int(text), wanted, "string")
    if not _DECIMAL.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def _string_type(text: str, wanted: str) -> object:
    if wanted == "string":
        return text
    if wanted == "untypedAtomic":
        return v.Untyped(text)
    text = re.sub(r"[\t\n\r]", " ", text)
    if wanted != "normalizedString":
        text = " ".join(text.split(" ")).strip(" ")
        text = re.sub(" +", " ", text)
    pattern = _PATTERNS.get(wanted)
    if pattern is not None and not pattern.fullmatch(text):
        raise ValueError(text)
    return v.DERIVED[wanted](text)


def to_qname(text: str, namespaces: Mapping[str, str] | None) -> v.QName:
    """Return the xs:QName that a lexical one is with these bindings; raises QueryError."""
    match = _QNAME.fullmatch(text.strip(" \t\n\r"))
    if match is None:
        raise QueryError("FORG0001", Message("'{0}' is not a valid xs:QName.", text))
    prefix, local = match.groups()
    known = namespaces or {}
    if prefix and not known.get(prefix):
        raise QueryError("FONS0004", Message("The prefix '{0}' is not declared.", prefix))
    return v.QName(known.get(prefix or "", ""), local, prefix or "")


def _restrict(value: object, wanted: str, own: str) -> object:
    if wanted in _BOUNDS:
        low, high = _BOUNDS[wanted]
        number = int(value)  # type: ignore[call-overload]  # an integer by now
        if (low is not None and number < low) or (high is not None and number > high):
            raise QueryError("FORG0001", Message("{0} is not a valid xs:{1}.", number, wanted))
        return v.DERIVED[wanted](number)
    if wanted in v.DERIVED or wanted == "dateTimeStamp":
        if isinstance(value, d.DateTime) and value.timezone is None:
            raise QueryError("FORG0001", Message("'{0}' has no timezone.", value))
        return _from_string(v.string_of(value), wanted, None) if own != wanted else value
    return value


def _convert(value: object, source: str, target: str, wanted: str) -> Any:
    if target in ("string", "untypedAtomic"):
        text = v.string_of(value)
        return v.Untyped(text) if target == "untypedAtomic" else _string_type(text, wanted)
    numeric = ("decimal", "float", "double", "boolean")
    if target in ("double", "float") and source in numeric:
        number: Any = int(value) if isinstance(value, bool) else value
        return v.double(number) if target == "double" else v.Float(number)
    if target == "decimal" and source in numeric:
        return _to_decimal(value, wanted)
    if target == "boolean" and source in numeric:
        return bool(value) and not (isinstance(value, float) and isnan(value))
    if isinstance(value, d.Duration) and target == "duration":
        if wanted == "yearMonthDuration":
            return d.YearMonthDuration(value.months)
        if wanted == "dayTimeDuration":
            return d.DayTimeDuration(0, value.seconds)
        return d.Duration(value.months, value.seconds)
    if isinstance(value, d.DateTimeValue):
        return _moment(value, source, target, wanted)
    if isinstance(value, v.Binary) and target in ("hexBinary", "base64Binary"):
        return CLASSES[target](value.octets)
    if source == target:
        return value
    return None


def _moment(value: d.DateTimeValue, source: str, target: str, wanted: str) -> object | None:
    cls: type[d.DateTimeValue] = CLASSES[target]
    if source == target:
        return value
    if source not in _DATE_SOURCES.get(target, ()):
        return None
    kept = {part: getattr(value, part) for part in cls.parts}
    made = cls(**kept, timezone=value.timezone)
    if target in ("gYearMonth", "gMonth"):
        made = replace(made, day=1)
    return d.DateTimeStamp(**kept, timezone=value.timezone) if wanted == "dateTimeStamp" else made


def _to_decimal(value: object, wanted: str) -> object:
    if isinstance(value, float) and (isnan(value) or isinf(value)):
        raise QueryError("FOCA0002", Message("{0} is not a valid xs:{1}.", v.string_of(value), wanted))
    if "integer" in ANCESTORS[wanted]:
        return int(value)  # type: ignore[call-overload]  # a number
    if isinstance(value, float):
        return Decimal(value)
    return Decimal(int(value)) if isinstance(value, int) else value
