"""Hostile messages, group by group: what arrives on the bus. Made when wanted, the same for the same seed."""

from __future__ import annotations

from functools import partial
from random import Random
from typing import TYPE_CHECKING

from tests.hostile.bait import Lures
from tests.hostile.corpus import real_types, texts
from tests.hostile.corpus.message import (
    EVENT,
    MEGABYTE,
    BodyKind,
    Message,
    escaped,
    event,
    fixed,
    phone,
    with_fields,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


def messages(lures: Lures | None = None, seed: int = 1) -> list[Message]:
    """Return all cases."""
    lures = lures or Lures()
    groups = (sizes(), nodes(), depths(), attributes(), names(lures), values(lures), properties(lures), fields(lures))
    rest = (encodings(seed), doctypes(lures), scanners(), kinds(), floods(lures), random_ones(seed))
    return [message for group in (*groups, *rest, real_types.cases(lures)) for message in group]


def sizes() -> Iterator[Message]:
    """Bodies of up to 100 MB."""
    made: dict[str, Callable[[], bytes]] = {
        "100 MB of text": lambda: phone(b"x" * 100 * MEGABYTE),
        "100 MB of short lines": lambda: phone(b"busy\n" * 20 * MEGABYTE),
        "50 MB of words": lambda: phone(b"word " * 10 * MEGABYTE),
        "9 MB of text": lambda: phone(b"x" * 9 * MEGABYTE),
        "5 MB of text": lambda: phone(b"x" * 5 * MEGABYTE),
        "1 MB of text": lambda: phone(b"x" * MEGABYTE),
        "200 kB of text": lambda: phone(b"x" * 200_000),
        "three values of 3 MB": lambda: phone(*[b"word " * 600_000] * 3),
        "100 MB of spaces before": lambda: b" " * 100 * MEGABYTE + phone(),
        "50 MB of spaces between": lambda: event(b" " * 50 * MEGABYTE + b"<PhoneStatus/>"),
        "100 MB that is not XML": lambda: b"\x80\xff\x00\x01" * 25 * MEGABYTE,
        "100 MB of brackets": lambda: b"<" * 100 * MEGABYTE,
        "100 MB of zeros": lambda: bytes(100 * MEGABYTE),
        "100 MB never closed": lambda: b"<Event>" + b"text " * 20 * MEGABYTE,
        "20 MB of a good event's comment": lambda: event(b"<!--" + b"c " * 10 * MEGABYTE + b"--><PhoneStatus/>"),
    }
    for name, make in made.items():
        yield Message("sizes", name, lambda _n, make=make: make())  # type: ignore[misc]  # a default binds it


def nodes() -> Iterator[Message]:
    """Up to a million nodes."""
    million = 1_000_000
    unexpected = b"".join(b"<Extra%d>%d</Extra%d>" % (n, n, n) for n in range(3_000))
    for name, piece, count in (
        ("million empty elements", b"<a/>", million),
        ("million values", b"<a>1</a>", million),
        ("100,000 values", b"<Status>busy</Status>", 100_000),
        ("5,000 values", b"<Status>busy</Status>", 5_000),
        ("million comments", b"<!--c-->", million),
        ("million instructions", b"<?p i?>", million),
        ("100,000 CDATA sections", b"<![CDATA[a]]>", 100_000),
        ("100,000 CDATA sections and texts", b"<![CDATA[<]]>x", 100_000),
        ("million references", b"&amp;", million),
        ("500,000 character references", b"&#233;", 500_000),
        ("200,000 mixed", b"text <b/>", 200_000),
        ("200,000 attributes of 100,000", b'<a b="1" c="2"/>', 100_000),
        ("100,000 declarations", b'<n:a xmlns:n="urn:n"/>', 100_000),
    ):
        yield Message("nodes", name, partial(_repeated, piece, count))
    yield Message("nodes", "3,000 unexpected children", fixed(event(b"<PhoneStatus>%s</PhoneStatus>" % unexpected)))
    twice = b"<CallerId>1</CallerId>" * 3_000
    yield Message("nodes", "3,000 repeated children", fixed(event(b"<PhoneStatus>%s</PhoneStatus>" % twice)))
    yield Message("nodes", "100,000 events in one", lambda _n: event(b"<PhoneStatus/>" * 100_000))
    yield Message("nodes", "2,000 different lines", fixed(event(b"<Lines>%s</Lines>" % unexpected[:60_000])))


def _repeated(piece: bytes, count: int, _number: int = 0) -> bytes:
    return event(b"<PhoneStatus>" + piece * count + b"</PhoneStatus>")


def depths() -> Iterator[Message]:
    """Elements in elements."""
    for depth in (50, 200, 254, 255, 256, 300, 1_000, 10_000, 100_000):
        yield Message("depth", f"{depth:,}", lambda _n, d=depth: event(b"<a>" * d + b"x" + b"</a>" * d))  # type: ignore[misc]  # a default binds it
    yield Message("depth", "100,000 never closed", lambda _n: event(b"<a>" * 100_000))
    yield Message("depth", "million ends", lambda _n: event(b"</a>" * 1_000_000))
    long = b"n" * 500
    yield Message("depth", "200 long names", lambda _n: event(b"<%s>" % long * 200 + b"x" + b"</%s>" % long * 200))
    own = b'<p%d:a xmlns:p%d="urn:%d">'
    yield Message(
        "depth",
        "200 namespaces",
        lambda _n: event(
            b"".join(own % (n, n, n) for n in range(200)) + b"".join(b"</p%d:a>" % n for n in reversed(range(200)))
        ),
    )


def attributes() -> Iterator[Message]:
    """Attributes in numbers and lengths."""

    def many(count: int, value: bytes = b"v") -> bytes:
        return b" ".join(b'a%d="%s"' % (number, value) for number in range(count))

    made: dict[str, Callable[[], bytes]] = {
        "200,000 of one element": lambda: event(b"<PhoneStatus %s/>" % many(200_000)),
        "20,000 of one element": lambda: event(b"<PhoneStatus %s/>" % many(20_000)),
        "2,000 of one element": lambda: event(b"<PhoneStatus %s/>" % many(2_000)),
        "200,000 of the root": lambda: event(b"<PhoneStatus/>", root=b" " + many(200_000)),
        "200 of each of 1,000": lambda: event(b"<PhoneStatus>%s</PhoneStatus>" % (b"<a %s/>" % many(200) * 1_000)),
        "value of 5 MB": lambda: event(b'<PhoneStatus a="%s"/>' % (b"x" * 5 * MEGABYTE)),
        "value of 50,000": lambda: event(b'<PhoneStatus a="%s"/>' % (b"x" * 50_000)),
        "1,000 values of 5,000": lambda: event(b"<PhoneStatus %s/>" % many(1_000, b"x" * 5_000)),
        "name of 49,000": lambda: event(b'<PhoneStatus %s="1"/>' % (b"n" * 49_000)),
        "name of 5 MB": lambda: event(b'<PhoneStatus %s="1"/>' % (b"n" * 5 * MEGABYTE)),
        "the same twice": lambda: event(b'<PhoneStatus a="1" a="2"/>'),
        "10,000 namespaces": lambda: event(
            b"<PhoneStatus %s/>" % b" ".join(b'xmlns:n%d="urn:%d" n%d:a="1"' % (n, n, n) for n in range(10_000))
        ),
        "5 MB of spaces between": lambda: event(b'<PhoneStatus a="1"%sb="2"/>' % (b" " * 5 * MEGABYTE)),
        "100,000 lines in one": lambda: event(b'<PhoneStatus a="%s"/>' % (b"&#10;" * 100_000)),
    }
    for name, make in made.items():
        yield Message("attributes", name, lambda _n, make=make: make())  # type: ignore[misc]  # a default binds it


def names(lures: Lures) -> Iterator[Message]:
    """Names of elements, types, namespaces and prefixes."""
    for length in (2_000, 49_000, 5 * MEGABYTE):
        name = b"n" * length
        for kind, make in {
            "type": lambda name: event(b"<%s/>" % name),
            "type as a leaf": lambda name: event(b"<%s>text</%s>" % (name, name)),
            "field": lambda name: event(b"<PhoneStatus><%s>1</%s></PhoneStatus>" % (name, name)),
            "namespace of the type": lambda name: event(b'<PhoneStatus xmlns="urn:%s"/>' % name),
            "namespace of the root": lambda name: b'<Event xmlns="urn:%s"><PhoneStatus/></Event>' % name,
            "root": lambda name: b'<%s xmlns="%s"/>' % (name, EVENT),
            "prefix": lambda name: event(b'<%s:PhoneStatus xmlns:%s="urn:x"/>' % (name, name)),
            "instruction": lambda name: event(b"<?%s x?><PhoneStatus/>" % name),
            "unclosed": lambda name: b"<Event><%s></Event>" % name,
        }.items():
            yield Message("names", f"{kind} of {length:,}", lambda _n, make=make, name=name: make(name))  # type: ignore[misc]  # defaults bind them
    combining = ("e" + "\u0301" * 20_000).encode()
    rtl = ("\u05d0\u0627" * 200).encode()
    yield Message("names", "type of combining characters", fixed(event(b"<%s/>" % combining)))
    yield Message("names", "type from right to left", fixed(event(b"<%s>1</%s>" % (rtl, rtl))))
    yield Message("names", "type of markup's letters", fixed(event("<img.src_-·b/>".encode())))
    for title, text in texts.small(lures).items():
        quoted = escaped(text.replace("\0", "").replace("\x0b", "").replace("\x0c", ""))
        yield Message("names", f"namespace: {title}", fixed(b'<Event xmlns="%s"><PhoneStatus/></Event>' % quoted))
        yield Message("names", f"type's namespace: {title}", fixed(event(b'<PhoneStatus xmlns="%s"/>' % quoted)))


def values(lures: Lures) -> Iterator[Message]:
    """Texts in an event's fields."""
    for name, text in {**texts.small(lures), **texts.large()}.items():
        quoted = escaped("".join(sign for sign in text if sign >= " " or sign in "\t\r\n"))
        yield Message("values", name, fixed(phone(quoted, quoted)))
    for name, text in texts.small(lures).items():
        if "\0" not in text and "\x0b" not in text:
            yield Message("values", f"CDATA: {name}", fixed(phone(b"<![CDATA[%s]]>" % text.encode())))
    lines = "\n".join(f"{n:08x} {'deadbeef ' * 8}" for n in range(3_000)).encode()
    yield Message("values", "3,000 lines of hex", fixed(phone(lines)))
    yield Message("values", "one line of hex", fixed(phone(b"deadbeef" * 25_000)))
    yield Message("values", "comment in the way", fixed(event(b"<!--%s--><PhoneStatus/>" % lures.img.encode())))


def properties(lures: Lures) -> Iterator[Message]:
    """Application properties."""
    made: dict[str, Callable[[], Mapping[str, object]]] = {
        "5,000": lambda: {f"property {n}": n for n in range(5_000)},
        "50,000": lambda: {f"property {n}": f"value {n}" for n in range(50_000)},
        "one of 5 MB": lambda: {"large": "x" * 5 * MEGABYTE},
        "one of 5 MB in lines": lambda: {"large": "line\n" * MEGABYTE},
        "200 of 50,000": lambda: {f"p{n}": "x" * 50_000 for n in range(200)},
        "name of 50,000": lambda: {"n" * 50_000: 1},
        "name of 5 MB": lambda: {"n" * 5 * MEGABYTE: 1},
        "1,000 long names": lambda: {f"{'n' * 5_000}{n}": n for n in range(1_000)},
        "odd numbers": lambda: {
            "nan": float("nan"),
            "inf": float("inf"),
            "big": 10**4000,
            "low": -(2**63),
            "yes": True,
        },
        "empty name": lambda: {"": "", " ": " ", "\n": "\n"},
    }
    for name, make in made.items():
        yield Message("properties", name, fixed(phone()), lambda _n, make=make: {"properties": make()})  # type: ignore[misc]  # a default binds it
    for name, text in {**texts.small(lures), **texts.large(50_000), **texts.unencodable()}.items():
        yield Message("properties", f"value: {name}", fixed(phone()), with_fields({"value": text}))
    for name, text in {**texts.small(lures), **texts.unencodable()}.items():
        yield Message("properties", f"name: {name}", fixed(phone()), with_fields({text: "value"}))


def fields(lures: Lures) -> Iterator[Message]:
    """Subject, message id, user id and content type."""
    for part in ("subject", "message_id", "user_id", "content_type"):
        for name, text in {**texts.small(lures), **texts.unencodable()}.items():
            yield Message("fields", f"{part}: {name}", fixed(phone()), with_fields(None, **{part: text}))
        for name in ("letters", "combining", "lines", "bidi nested", "arabic ligatures"):
            more = with_fields(None, **{part: texts.large()[name]})
            yield Message("fields", f"{part}: {name}", fixed(phone()), more)
        yield Message("fields", f"{part}: 5 MB", fixed(phone()), with_fields(None, **{part: "x" * 5 * MEGABYTE}))
    for name, created in {"negative": -1, "far": 2**63 - 1, "beyond": 2**70, "before all": -(2**63)}.items():
        yield Message("fields", f"sent: {name}", fixed(phone()), with_fields(None, creation_ns=created))


def encodings(seed: int) -> Iterator[Message]:
    """Bytes that are not what they say."""
    text = phone(b"gr\xc3\xbcn").decode()
    declared = '<?xml version="1.0" encoding="{}"?>'
    for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7", "cp037", "latin-1"):
        yield Message("encodings", name, fixed(text.encode(name)))
        yield Message("encodings", f"{name} declared", fixed((declared.format(name) + text).encode(name)))
    for name in ("UTF-16", "UCS-4", "nonsense", "EBCDIC-CP-US", "x" * 50_000, "shift_jis", "HZ-GB-2312"):
        yield Message("encodings", f"declared as {name[:20]}", fixed((declared.format(name) + text).encode()))
    chance = Random(seed)
    for name, body in {
        "overlong": phone(b"\xc0\xbc\xe0\x80\xbc\xf0\x80\x80\xbc"),
        "surrogates": phone(b"\xed\xa0\x80\xed\xbf\xbf"),
        "truncated": phone(b"gr\xc3"),
        "beyond Unicode": phone(b"\xf5\x80\x80\x80\xff\xfe"),
        "byte order mark alone": b"\xef\xbb\xbf",
        "two byte order marks": b"\xef\xbb\xbf\xef\xbb\xbf" + text.encode(),
        "wrong byte order mark": b"\xff\xfe" + text.encode(),
        "nul within": phone(b"a\0b"),
        "nul behind": text.encode() + b"\0" * 1000,
        "forbidden references": phone(b"&#0;&#xD800;&#xFFFE;&#x110000;"),
        "controls": phone(bytes(range(1, 32))),
        "random bytes": chance.randbytes(200_000),
        "random behind a good start": text.encode()[:80] + chance.randbytes(50_000),
        "version 1.1": b'<?xml version="1.1"?>' + text.encode(),
        "version 9": b'<?xml version="9.9"?>' + text.encode(),
        "two declarations": b'<?xml version="1.0"?><?xml version="1.0"?>' + text.encode(),
    }.items():
        yield Message("encodings", name, fixed(body))


def doctypes(lures: Lures) -> Iterator[Message]:
    """Entities, documents that name others, and instructions to load them."""
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    pipe, picture, url = lures.pipe.encode(), lures.picture.encode(), lures.url.encode()
    for name, start, value in (
        ("billion laughs", b'<!DOCTYPE Event [<!ENTITY l0 "ha">%s]>' % laughs, b"&l11;"),
        ("quadratic", b'<!DOCTYPE Event [<!ENTITY a "%s">]>' % (b"a" * 100_000), b"&a;" * 10_000),
        ("recursive", b'<!DOCTYPE Event [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', b"&a;"),
        ("external pipe", b'<!DOCTYPE Event [<!ENTITY a SYSTEM "%s">]>' % pipe, b"&a;"),
        ("external file", b'<!DOCTYPE Event [<!ENTITY a SYSTEM "file://%s">]>' % picture, b"&a;"),
        ("external address", b'<!DOCTYPE Event [<!ENTITY a SYSTEM "%s">]>' % url, b"&a;"),
        ("external subset", b'<!DOCTYPE Event SYSTEM "%s">' % pipe, b""),
        ("public subset", b'<!DOCTYPE Event PUBLIC "x" "%s">' % url, b""),
        ("parameter entity", b'<!DOCTYPE Event [<!ENTITY %% p SYSTEM "%s"> %%p;]>' % pipe, b""),
        ("default attributes", b'<!DOCTYPE Event [<!ATTLIST PhoneStatus a CDATA "%s">]>' % (b"x" * 100_000), b""),
        (
            "100,000 entities",
            b"<!DOCTYPE Event [%s]>" % b"".join(b'<!ENTITY e%d "x">' % n for n in range(100_000)),
            b"",
        ),
        ("stylesheet", b'<?xml-stylesheet type="text/xsl" href="%s"?>' % pipe, b""),
        ("catalog", b'<?oasis-xml-catalog catalog="%s"?>' % pipe, b""),
        ("never ends", b"<!DOCTYPE Event [" + b"<!ENTITY a 'x'>" * 1000, b""),
    ):
        yield Message("doctypes", name, fixed(start + phone(value)))
    include = b'<x:include xmlns:x="http://www.w3.org/2001/XInclude" parse="text" href="%s"/>' % pipe
    yield Message("doctypes", "inclusion", fixed(phone(include)))
    instance = b'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="%s %s"' % (EVENT, pipe)
    yield Message("doctypes", "location of a schema", fixed(event(b"<PhoneStatus %s/>" % instance)))
    typed = b'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="i:%s" i:nil="true"' % (b"t" * 50_000)
    yield Message("doctypes", "type of its own", fixed(event(b"<PhoneStatus %s/>" % typed)))


def scanners() -> Iterator[Message]:
    """What makes a scanner or highlighter go back and forth."""
    size = 200_000
    for name, piece in {
        "quotes": b'"',
        "apostrophes": b"'",
        "quoted": b'"a" ',
        "equals": b"a=a=",
        "colons": b"a:b:",
        "dashes": b"-",
        "comment starts": b"&lt;!--",
        "instruction starts": b"&lt;?a ",
        "tag starts": b"&lt;a ",
        "entity starts": b"&amp;a",
        "entities": b"&amp;amp;",
        "hash signs": b"&amp;#",
        "closing brackets": b"]]&gt;",
        "slashes": b"/&gt;",
        "digits": b"0123456789",
        "words of hex": b"0xdeadbeef ",
        "quote in every word": b'it"s ',
    }.items():
        yield Message("scanners", f"{name} in a line", fixed(phone(piece * (size // len(piece)))))
        lines = (piece * (3_900 // len(piece)) + b"\n") * 50
        yield Message("scanners", f"{name} in lines", fixed(phone(lines)))
    for name, body in {
        "attribute of quotes": event(b"<a b='%s'/>" % (b'"' * size)),
        "broken tags": b"<Event " + b'a="' * 60_000,
        "broken comments": event(b"<!-- a" * 30_000),
        "broken CDATA": event(b"<![CDATA[" * 20_000),
        "text of brackets": b">" * size,
        "not XML in one line": b"a" * size,
        "not XML in lines": b"a b=c 'd\n" * 22_000,
        "hex table": bytes(range(256)) * 800,
    }.items():
        yield Message("scanners", name, fixed(body))


def kinds() -> Iterator[Message]:
    """Bodies of other AMQP types, as the codec hands them on."""
    deep = b"[" * 100_000 + b"]" * 100_000
    for kind in BodyKind:
        yield Message("kinds", f"{kind}: 5 MB", lambda _n: b'{"a": 1} ' * 600_000, with_fields(None, kind=kind))
        yield Message("kinds", f"{kind}: nested", fixed(deep), with_fields(None, kind=kind))
        yield Message("kinds", f"{kind}: empty", fixed(b""), with_fields(None, kind=kind))


def floods(lures: Lures) -> Iterator[Message]:
    """Many messages at once."""
    long = b"T" * 1000
    yield Message("floods", "20,000 types", lambda n: event(b"<Type%d/>" % n), count=20_000)
    yield Message("floods", "5,000 long types", lambda n: event(b"<%s%d/>" % (long, n)), count=5_000)
    yield Message("floods", "20,000 subjects", fixed(phone()), lambda n: {"subject": f"subject {n}"}, count=20_000)
    yield Message("floods", "20,000 events", lambda n: phone(b"%d" % n), count=20_000)
    yield Message("floods", "20,000 that are not XML", lambda n: b"no %d" % n, count=20_000)
    yield Message("floods", "1,000 of 50 kB", lambda n: phone(b"%d" % n + b"x" * 50_000), count=1_000)
    yield Message("floods", "20 of 5 MB", lambda n: phone(b"%d" % n + b"x" * 5 * MEGABYTE), count=20)
    yield Message("floods", "2,000 namespaces of 5,000", lambda n: b'<a xmlns="%d%s"/>' % (n, long * 5), count=2_000)
    yield Message(
        "floods",
        "2,000 pictures",
        lambda n: phone(escaped(f"{n} {lures.img}")),
        lambda n: {"subject": f"{n} {lures.img}"},
        count=2_000,
    )


def random_ones(seed: int) -> Iterator[Message]:
    """Good events in which pieces were exchanged, left out or repeated."""
    good = [phone(), event(b'<NodeStatus a="1"><Id>1</Id><!-- c --></NodeStatus>'), *real_types.bodies()]
    pieces = [b"<", b">", b"&", b'"', b"]]>", b"<!--", b"-->", b"<![CDATA[", b"\0", b"\xff", b"<?", b"</Event>", b"="]

    def mutated(number: int) -> bytes:
        chance = Random(f"{seed} {number}")
        body = bytearray(chance.choice(good))
        for _ in range(chance.randint(1, 8)):
            at, end = sorted(chance.choices(range(len(body) + 1), k=2))
            piece = chance.choice([*pieces, bytes(body[at:end]) * chance.randint(1, 40), chance.randbytes(3)])
            body[at : chance.choice([at, at + 1, end])] = piece
        return bytes(body[:MEGABYTE])

    yield Message("random", "500 mutations", mutated, count=500)
