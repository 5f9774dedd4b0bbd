"""Integers as text: fn:format-integer, and the numberings that dates use too.

Owner: xquery. Thread: any. Source: F&O 3.1, section 4.6. Words are English.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.library.table import function

if TYPE_CHECKING:
    from clacks_monitor.xquery.evaluation.frame import Frame

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_POWERS = ((10**18, "quintillion"), (10**15, "quadrillion"), (10**12, "trillion"),
           (10**9, "billion"), (10**6, "million"), (1000, "thousand"))  # fmt: skip  # a table, by rows
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth",
             "eight": "eighth", "nine": "ninth", "twelve": "twelfth"}  # fmt: skip  # a table, by rows
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip  # a table, by rows
_MAX_WORDS = 10**21
# First character of a numbering, how many it has, and the value of its first character.
_SEQUENCES = {
    "\u03b1": (25, 1), "\u0391": (25, 1), "①": (20, 1), "⑴": (20, 1), "⒈": (20, 1), "❶": (10, 1),
    "➀": (10, 1), "➊": (10, 1), "⓵": (10, 1), "㉑": (15, 21),
}  # fmt: skip  # a table, by rows


_HUNDRED, _THOUSAND = 100, 1000
_ROMAN_END = 5000
_WORDS = frozenset(("w", "W", "Ww"))
_GREEK = "\u03b1\u0391"


def words(number: int) -> str:
    """A number in English words, in lower case."""
    if number < len(_ONES):
        return _ONES[number]
    if number < _HUNDRED:
        tens, rest = divmod(number, 10)
        return _TENS[tens] + (f" {_ONES[rest]}" if rest else "")
    if number < _THOUSAND:
        hundreds, rest = divmod(number, _HUNDRED)
        return f"{_ONES[hundreds]} hundred" + (f" and {words(rest)}" if rest else "")
    for power, name in _POWERS:
        if number >= power:
            many, rest = divmod(number, power)
            joint = " and " if 0 < rest < _HUNDRED else " "
            return f"{words(many)} {name}" + (f"{joint}{words(rest)}" if rest else "")
    return _ONES[0]


def ordinal_words(number: int) -> str:
    """``first``, ``second``, ..."""
    head, space, last = words(number).rpartition(" ")
    last = _ORDINALS[last] if last in _ORDINALS else last[:-1] + "ieth" if last.endswith("y") else last + "th"
    return head + space + last


def ordinal_suffix(number: int) -> str:
    """``st``, ``nd``, ``rd`` or ``th``."""
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def roman(number: int) -> str:
    """Upper case Roman digits."""
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def alphabetic(number: int, first: str, count: int = 26) -> str:
    """a, b, ..., z, aa, ab, ..."""
    out = ""
    while number > 0:
        number, rest = divmod(number - 1, count)
        out = chr(ord(first) + rest) + out
    return out


def named_numbering(number: int, style: str, *, ordinal: bool) -> str | None:
    """Write the number in the numbering that a single style names; None for any other style."""
    if style in _WORDS and number < _MAX_WORDS:
        text = ordinal_words(number) if ordinal else words(number)
        if style == "Ww":
            small = ("and",)
            return " ".join(w if w in small else w.capitalize() for w in text.split(" "))
        return text.upper() if style == "W" else text
    if style in ("i", "I") and 0 < number < _ROMAN_END:
        return roman(number) if style == "I" else roman(number).lower()
    if style in ("a", "A") and number > 0:
        return alphabetic(number, style)
    if style in _SEQUENCES:
        count, start = _SEQUENCES[style]
        if style in _GREEK and number > 0:
            return _greek(number, style)
        if start <= number < start + count:
            return chr(ord(style) + number - start)
        if number == 0 and style == "①":
            return "⓪"
        return str(number)
    return None


def _greek(number: int, first: str) -> str:
    letters = [chr(c) for c in range(ord(first), ord(first) + 25) if c not in (0x3C2, 0x3A2)]
    out = ""
    while number > 0:
        number, rest = divmod(number - 1, len(letters))
        out = letters[rest] + out
    return out


def digit_family(token: str) -> str | None:
    """The zero of the decimal digits that a token uses; None without digits."""
    zeros = {chr(ord(c) - unicodedata.decimal(c)) for c in token if c.isdecimal()}
    if len(zeros) > 1:
        raise QueryError("FODF1310", Message("'{0}' mixes digits of different scripts.", token))
    return zeros.pop() if zeros else None


def with_digits(text: str, zero: str) -> str:
    """ASCII digits replaced by those of another script."""
    if zero == "0":
        return text
    return "".join(chr(ord(zero) + int(c)) if c in "0123456789" else c for c in text)


def check_decimal_pattern(token: str) -> None:
    """FODF1310 for a malformed decimal-digit-pattern."""
    digits = [c for c in token if c.isdecimal()]
    first = next(i for i, c in enumerate(token) if c.isdecimal())
    separators = [c for c in token if not c.isdecimal() and c != "#"]
    wrong = (
        not digits
        or "#" in token[first:]
        or any(unicodedata.category(c)[0] in "LN" for c in separators)
        or token[0] not in "#" + "".join(digits)
        or not token[-1].isdecimal()
        or re.search(r"[^#\d][^#\d]", token)
    )
    if wrong:
        raise QueryError("FODF1310", Message("'{0}' is not a picture for an integer.", token))


def decimal_pattern(number: int, token: str) -> str:
    """A number by a decimal-digit-pattern such as ``#,##0``."""
    zero = digit_family(token) or "0"
    check_decimal_pattern(token)
    least = sum(c.isdecimal() for c in token)
    text = str(number).zfill(least)
    places = []
    count = 0
    for character in token[::-1]:
        if character == "#" or character.isdecimal():
            count += 1
        else:
            places.append((count, character))
    return with_digits(_grouped(text, places, count), zero)


def _grouped(text: str, places: list[tuple[int, str]], digits: int) -> str:
    """Insert separators: regular ones are repeated beyond the picture."""
    if not places:
        return text
    step = places[0][0]
    wanted = list(range(step, max(digits, step + 1), step))
    regular = len({s for _, s in places}) == 1 and [p for p, _ in places] == wanted
    out = []
    known = dict(places)
    for i, character in enumerate(text[::-1]):
        if i:
            if regular and i % step == 0:
                out.append(places[0][1])
            elif not regular and i in known:
                out.append(known[i])
        out.append(character)
    return "".join(out[::-1])


_MODIFIER = re.compile(r"([co](\(.*\))?)?([at])?")


def format_integer(number: int, picture: str) -> str:
    """fn:format-integer without a language."""
    token, semicolon, modifier = picture.rpartition(";")
    if not semicolon:
        token, modifier = picture, ""
    if not token:
        raise QueryError("FODF1310", Message("The picture is empty."))
    match = _MODIFIER.fullmatch(modifier)
    if match is None:
        raise QueryError("FODF1310", Message("'{0}' is not a format modifier.", modifier))
    ordinal = bool(match.group(1)) and modifier[0] == "o"
    size = abs(number)
    if any(c.isdecimal() for c in token):
        made = decimal_pattern(size, token) + (ordinal_suffix(size) if ordinal else "")
    else:
        if "#" in token and len(token) > 1 and all(not c.isalnum() for c in token):
            raise QueryError("FODF1310", Message("'{0}' is not a picture for an integer.", token))
        found = named_numbering(size, token, ordinal=ordinal)
        made = str(size) + (ordinal_suffix(size) if ordinal else "") if found is None else found
    return "-" + made if number < 0 else made


@function("fn:format-integer($value as xs:integer?, $picture as xs:string, $lang as xs:string?) as xs:string", least=2)
def _format_integer(_f: Frame, value: int | None, picture: str, _lang: str | None = None) -> str:
    if value is None:
        return ""
    return format_integer(value, picture)
