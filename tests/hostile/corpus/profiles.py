"""Hostile profiles: small files that a colleague sends. Written into a folder when wanted."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from clacks_monitor.config.profile_file import SCHEMA, profile_values
from clacks_monitor.core.files import write_document
from clacks_monitor.core.profile import Expected, FilterTest, Profile
from tests.hostile.corpus import texts
from tests.hostile.corpus.schemas import sparse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from tests.hostile.bait import Lures


@dataclass(frozen=True, slots=True)
class HostileProfile:
    """One case: a good profile's document with other ``values``, or what ``write`` writes instead of one."""

    name: str
    values: Callable[[], Mapping[str, Any]] = dict
    write_file: Callable[[Path], object] | None = None

    @property
    def key(self) -> str:
        """The name it is chosen and listed by."""
        return f"profile/{self.name}"

    def write(self, folder: Path) -> Path:
        """Write the file, and return where it is."""
        path = folder / "colleague.json"
        if self.write_file is not None:
            self.write_file(path)
            return path
        write_document(path, SCHEMA, profile_values(Profile("colleague", "true()", active=True)))
        document = {**json.loads(path.read_text(encoding="utf-8")), **self.values()}
        path.write_text(json.dumps(document), encoding="utf-8", errors="surrogatepass")
        return path


def profiles(lures: Lures, seed: int = 1) -> list[HostileProfile]:
    """Return all cases."""
    assert seed
    groups = (queries(lures), commands(lures), names(lures), samples(lures), shapes(), files(lures))
    return [case for group in groups for case in group]


def queries(lures: Lures) -> Iterator[HostileProfile]:
    """Queries that take long to read, to compile or to answer, or that reach for what they must not."""
    every = "for $a in 1 to 100000, $b in 1 to 100000 return $a"
    for name, query in {
        "endless": f"count({every}) = 0",
        "endless quantified": "every $a in 1 to 1000000000 satisfies $a > 0",
        "endless recursion": "declare function local:f($n) { local:f($n + 1) }; local:f(1)",
        "tree recursion": "declare function local:f($n) { if ($n = 0) then 1 else local:f($n - 1) + local:f($n - 1) };"
        "local:f(60) > 0",
        "large sequence": "count(1 to 10000000000) > 0",
        "large text": "string-length(string-join(for $a in 1 to 100000000 return 'xxxxxxxxxx')) > 0",
        "doubling": "let $a := 'xxxxxxxxxx' " + "let $a := concat($a, $a) " * 60 + "return string-length($a) > 0",
        "pattern that backtracks": "matches(string-join(for $a in 1 to 40 return 'a'), '^(a|a)*(a|aa)+$b')",
        "pattern of classes": "matches(string(.), '" + "[a-z-[aeiou]]" * 5_000 + "')",
        "pattern nested": "matches('x', '" + "(" * 2_000 + "x" + ")" * 2_000 + "')",
        "pattern repeated": "matches('x', '(x{1,1000}){1,1000}')",
        "replacement": "string-length(replace(string-join(for $a in 1 to 100000 return 'a'), '', 'xxxxxxxxxx')) > 0",
        "parentheses": "(" * 20_000 + "1" + ")" * 20_000,
        "brackets": "." + "[1" * 5_000 + "]" * 5_000,
        "comments": "(:" * 20_000 + ":)" * 20_000 + " 1",
        "steps": "." + "/*" * 20_000,
        "descendants": "." + "//*" * 12 + " = 'x'",
        "operators": "1" + "+1" * 30_000,
        "commas": "(" + "1," * 49_000 + "1)",
        "lets": "let $a := 1 " * 5_000 + "return $a",
        "99,000 letters": "x" * 99_000,
        "99,000 quotes": '"' * 99_000,
        "99,000 spaces": " " * 99_999,
        "99,000 lines": "\n" * 99_000 + "1",
        "constructor": "<a>" * 2_000 + "</a>" * 2_000,
        "constructor of attributes": "<a " + " ".join(f'a{n}="1"' for n in range(5_000)) + "/>",
        "number of digits": "9" * 90_000 + " > 1",
        "decimal power": "xs:decimal('" + "9" * 50_000 + "') * xs:decimal('" + "9" * 50_000 + "') > 1",
        "document": f"doc('file://{lures.picture}')",
        "document of a pipe": f"doc('{lures.pipe}')",
        "unparsed text": f"unparsed-text('file://{lures.pipe}')",
        "collection": f"collection('file://{lures.pipe}')",
        "module": f"import module namespace m = 'm' at '{lures.url}'; 1",
        "schema import": f"import schema 's' at '{lures.pipe}'; 1",
        "environment": "environment-variable('HOME')",
        "error with a text": f"error(xs:QName('a'), '{lures.img}')",
        "error with megabytes": "error(xs:QName('a'), string-join(for $a in 1 to 1000000 return 'xxxxxxxxxx'))",
        "bidi": "'" + texts.BIDI * 100 + "' = string(.)",
        "combining": "'" + texts.large(90_000)["combining"][:90_000] + "' = string(.)",
    }.items():
        yield HostileProfile(f"query: {name}", lambda query=query: {"query": query})  # type: ignore[misc]  # a default binds it


def _alert(**values: object) -> Mapping[str, Any]:
    return {"alert": {"on_match": True, "tray": True, "sound": True, "command": [], "pause_s": 1.0, **values}}


def commands(lures: Lures) -> Iterator[HostileProfile]:
    """Commands that hide what they do, and alerts without end."""
    hidden = 'notify-send "Event" <!-- curl http://127.0.0.1:9/ | sh -->'
    for name, command in {
        "markup": ["sh", "-c", hidden],
        "img": ["notify-send", lures.img],
        "bidi": ["rm", "\u202e/ fr-\u202c", "\u2067file\u2069"],
        "100 arguments of 10,000": ["x" * 10_000] * 100,
        "lines": ["sh", "-c", "true\n" * 1_000 + "rm -rf /"],
        "spaces": ["sh", "-c", "true" + " " * 9_000 + "; touch /tmp/owned"],
        "combining": ["sh", "-c", texts.large(9_000)["combining"]],
        "empty arguments": ["sh", *[""] * 99],
        "zero width": ["s\u200bh", "-\u2060c", "id"],
        "pipe": [lures.pipe],
        "not a list": "sh -c id",
    }.items():
        yield HostileProfile(f"command: {name}", lambda command=command: _alert(command=command))  # type: ignore[misc]  # a default binds it
    yield HostileProfile("alert: absence of a moment", lambda: _alert(absence_s=1e-9))
    yield HostileProfile("alert: not a number", lambda: _alert(absence_s=float("nan"), pause_s=float("inf")))


def names(lures: Lures) -> Iterator[HostileProfile]:
    """Names, descriptions, colours and columns."""
    for name, text in {**texts.small(lures), "200 letters": "W" * 200, "combining": "e" + "\u0301" * 199}.items():
        yield HostileProfile(f"name: {name}", lambda text=text: {"name": text[:200], "description": text})  # type: ignore[misc]  # a default binds it
    for name, text in texts.large(9_900).items():
        yield HostileProfile(f"description: {name}", lambda text=text: {"description": text})  # type: ignore[misc]  # as above
    for name, values in {
        "colour of markup": {"colour": lures.img},
        "id of a path": {"id": "../../../tmp/owned"},
        "order beyond all": {"order": 10**30},
        "100 columns": {"columns": [f"c{n}=A/B{n}/@c" for n in range(100)]},
        "long columns": {"columns": [f"{'n' * 100}=" + "/".join(["*"] * 400)] * 100},
        "columns of markup": {"columns": [lures.img, "=", "a=../b", "x=" + "y" * 1_900]},
    }.items():
        yield HostileProfile(name, lambda values=values: values)  # type: ignore[misc]  # as above


def samples(lures: Lures) -> Iterator[HostileProfile]:
    """Samples: events that come with a profile."""

    def made(*found: FilterTest) -> list[object]:
        whole = profile_values(Profile("x", filter_tests=tuple(found)))
        return list(cast("list[object]", whole["samples"]))

    match = Expected.MATCH
    for name, make in {
        "one of a megabyte": lambda: [FilterTest("large", b"x" * 1_000_000, match)],
        "deep": lambda: [FilterTest("deep", b"<a>" * 100_000, match)],
        "nodes": lambda: [FilterTest("nodes", b"<a>" + b"<b/>" * 200_000 + b"</a>", match)],
        "200 of them": lambda: [FilterTest(f"sample {n}", b"<a/>", match) for n in range(200)],
        "named with markup": lambda: [FilterTest(lures.img, lures.img.encode(), match, {lures.img: lures.img})],
        "10,000 properties": lambda: [FilterTest("p", b"<a/>", match, {f"p{n}": n for n in range(10_000)})],
        "laughs": lambda: [
            FilterTest("l", b'<!DOCTYPE a [<!ENTITY a SYSTEM "%s">]><a>&a;</a>' % lures.pipe.encode(), match)
        ],
    }.items():
        yield HostileProfile(f"samples: {name}", lambda make=make: {"samples": made(*make())})  # type: ignore[misc]  # a default binds it
    yield HostileProfile("samples: of other types", lambda: {"samples": [1, None, [], {"name": {}}]})


def shapes() -> Iterator[HostileProfile]:
    """Documents that are not such profiles."""
    for name, text in {
        "nested": "[" * 100_000,
        "nested objects": '{"a":' * 100_000,
        "number of digits": '{"format": ' + "9" * 100_000 + "}",
        "number with an exponent": '{"kind": "clacks-monitor profile", "format": 1e400}',
        "empty": "",
        "a list": "[]",
        "the same key": '{"format": 2, "format": 99}',
        "later format": '{"kind": "clacks-monitor profile", "format": 99}',
        "byte order mark": '\ufeff{"format": 2}',
        "surrogates": '{"kind": "\\ud800", "format": 2}',
        "megabytes of keys": "{" + ",".join(f'"k{n}": 1' for n in range(200_000)) + "}",
    }.items():
        yield HostileProfile(f"shape: {name}", write_file=lambda path, text=text: path.write_text(text, "utf-8"))  # type: ignore[misc]  # a default binds it


def files(lures: Lures) -> Iterator[HostileProfile]:
    """What is not a file."""
    for name, make in {
        "pipe": os.mkfifo,
        "link to the bait's pipe": lambda path: path.symlink_to(lures.pipe),
        "link to endless zeros": lambda path: path.symlink_to("/dev/zero"),
        "folder": os.mkdir,
        "a terabyte of nothing": sparse,
        "bytes": lambda path: path.write_bytes(bytes(range(256)) * 1000),
    }.items():
        yield HostileProfile(f"file: {name}", write_file=make)
