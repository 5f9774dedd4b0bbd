"""The characters and names of XML.

Owner: xquery. Thread: any; constants and pure functions. Source: XML 1.0, fifth edition, sections 2.2 and 2.3.
"""

from __future__ import annotations

import re

NAME_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NAME_CHAR = NAME_START + "\\-.0-9\u00b7\u0300-\u036f\u203f\u2040"
NCNAME = f"[{NAME_START}][{NAME_CHAR}]*"
NO_XML_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The characters of XML 1.0, production 2.
_BLANKS = frozenset((9, 10, 13))
_USUAL, _BEHIND_SURROGATES, _ABOVE_16_BITS = range(0x20, 0xD800), range(0xE000, 0xFFFE), range(0x10000, 0x110000)
_NCNAME = re.compile(NCNAME)


def is_xml_character(code: int) -> bool:
    """Whether a code point is a character of XML 1.0."""
    return code in _USUAL or code in _BLANKS or code in _BEHIND_SURROGATES or code in _ABOVE_16_BITS


def is_ncname(text: str) -> bool:
    """Whether a text is an NCName."""
    return _NCNAME.fullmatch(text) is not None
