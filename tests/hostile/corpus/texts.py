"""Texts that are dear to lay out, that hide or reorder others, or that something else might take for its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.hostile.bait import Lures

BIDI = "\u202e\u2066\u2067\u2068\u202a\u202b\u202d\u200f\u061c"


def small(lures: Lures) -> dict[str, str]:
    """Return short texts: what they say is the trouble."""
    return {
        "img": lures.img,
        "link": f'<a href="file://{lures.picture}">click</a>',
        "style": f'<style>@import "file://{lures.picture}";</style><body background="{lures.pipe}">',
        "object": f'<object data="{lures.pipe}"></object><table background="{lures.picture}"><tr><td>x</table>',
        "markdown": f"![x]({lures.picture}) <{lures.url}>",
        "bidi override": "invoice\u202efdp.exe\u202c \u2067\u2066a\u2069",
        "bidi flood": BIDI * 200,
        "zero width": "pa\u200by\u200cp\u200dal\u2060\ufeff\u00ad",
        "tags": "visible" + "".join(chr(0xE0000 + ord(sign)) for sign in "hidden text"),
        "line separators": "one\u2028two\u2029three\x85four\x0bfive\x0csix",
        "ampersands": "&File &&Edit &amp; %1 %2 %Ln {0} {} \\1 $1",
        "formats": "%s%n%x %1$s {0.__class__} ${jndi:ldap://127.0.0.1/x}",
        "path": "../../../../etc/passwd\x00.png",
        "object replacement": "\ufffc\ufffd\ufff9a\ufffab\ufffb",
        "shell": "$(touch /tmp/owned); `id` | sh # ' \"",
        "formula": '=HYPERLINK("http://127.0.0.1:9/","click")',
        "quote": "' or '1'='1' (: *:) }} {{ <x/>",
    }


def large(length: int = 100_000) -> dict[str, str]:
    """Return texts of about ``length`` characters that are dear to shape, to break or to measure."""
    return {
        "letters": "x" * length,
        "words": "word " * (length // 5),
        "combining": "e" + "\u0301\u0308\u20dd" * (length // 3),
        "combining each": "e\u0301\u0323" * (length // 3),
        "arabic ligatures": "\ufdfa" * length,
        "devanagari": "\u0915\u094d\u0937\u093f" * (length // 4),
        "emoji joined": "\U0001f468\u200d\U0001f469\u200d\U0001f467" * (length // 5),
        "regional indicators": "\U0001f1e9\U0001f1ea" * (length // 2),
        "bidi nested": "\u202ea\u202bb" * (length // 4),
        "bidi isolates": "\u2067" * (length // 2) + "x" + "\u2069" * (length // 2),
        "right to left": "\u05d0\u0627 1" * (length // 4),
        "zero width": "\u200b" * length,
        "soft hyphens": "a\u00ad" * (length // 2),
        "tabs": "\t" * length,
        "lines": "\n" * length,
        "line separators": "\u2028" * length,
        "returns": "a\r" * (length // 2),
        "spaces": " " * length,
        "no-break spaces": "\u00a0" * length,
        "cjk": "\u8b66\u5831" * (length // 2),
        "hangul jamo": "\u1112\u1161\u11ab" * (length // 3),
        "tibetan": "\u0f40\u0f92\u0fb7" * (length // 3),
        "variation selectors": "a\ufe0f" * (length // 2),
        "musical": "\U0001d158\U0001d165" * (length // 2),
        "object replacement": "\ufffc" * length,
        "private use": "\ue000\U000f0000" * (length // 2),
    }


def unencodable() -> dict[str, str]:
    """Return texts that UTF-8 or C strings cannot hold."""
    return {"surrogates": "a\ud800b\udfff" * 100, "nul": "a\0b" * 100, "controls": "".join(map(chr, range(32))) * 20}
