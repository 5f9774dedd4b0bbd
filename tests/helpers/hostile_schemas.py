"""Schemas that an attacker would drop into a schema folder: each takes time, memory, or leads elsewhere.

`SCHEMAS` has the name of each with a function of the file's stem that returns the text. `FILES` has things that are no
files, or too large ones, made under a path.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NS = "http://www.gonicus.de/Events"
LONG = "x" * 50_000


def schema(name: str, content: str = "", extra: str = "", *, head: str = "", kind: str = "sequence") -> str:
    """Return a schema whose event ``name`` has some content; ``extra`` is beside it, ``head`` before everything."""
    return (
        f'{head}<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{NS}" targetNamespace="{NS}"'
        f' elementFormDefault="qualified">{extra}<xs:element name="{name}"><xs:complexType><xs:{kind}>{content}'
        f"</xs:{kind}></xs:complexType></xs:element></xs:schema>"
    )


def _doubling(name: str, levels: int = 24) -> str:
    groups = "".join(
        f'<xs:group name="g{n}"><xs:sequence><xs:group ref="g{n + 1}"/><xs:group ref="g{n + 1}"/></xs:sequence>'
        "</xs:group>"
        for n in range(levels)
    )
    last = f'<xs:group name="g{levels}"><xs:sequence><xs:element name="v" type="xs:int"/></xs:sequence></xs:group>'
    return schema(name, '<xs:group ref="g0"/>', groups + last)


def _optional_doubling(name: str) -> str:
    return _doubling(name).replace('ref="g1"', 'ref="g1" minOccurs="0" maxOccurs="unbounded"')


def _substitutes(name: str) -> str:
    members = "".join(f'<xs:element name="m{n}" substitutionGroup="head" type="xs:string"/>' for n in range(20_000))
    return schema(
        name, '<xs:element ref="head"/>', f'<xs:element name="head" type="xs:string" abstract="true"/>{members}'
    )


def _derived(name: str) -> str:
    kinds = "".join(
        f'<xs:complexType name="d{n}"><xs:complexContent><xs:extension base="{f"d{n - 1}" if n else "base"}"/>'
        "</xs:complexContent></xs:complexType>"
        for n in range(3_000)
    )
    return schema(name, '<xs:element name="v" type="base"/>', f'<xs:complexType name="base"/>{kinds}')


def _elements(name: str) -> str:
    return schema(name, "".join(f'<xs:element name="e{n}" type="xs:string" minOccurs="0"/>' for n in range(20_000)))


def _choices(name: str) -> str:
    return schema(name, "".join(f'<xs:element name="e{n}" type="xs:string"/>' for n in range(20_000)), kind="choice")


def _simple(name: str, facets: str, base: str = "xs:string") -> str:
    kind = f'<xs:simpleType><xs:restriction base="{base}">{facets}</xs:restriction></xs:simpleType>'
    return schema(name, f'<xs:element name="v">{kind}</xs:element>')


def _enumeration(name: str) -> str:
    return _simple(name, "".join(f'<xs:enumeration value="value {n}"/>' for n in range(20_000)))


def _pattern(pattern: str) -> Callable[[str], str]:
    return lambda name: _simple(name, f'<xs:pattern value="{pattern}"/>')


def _occurs(minimum: str, maximum: str) -> Callable[[str], str]:
    return lambda name: schema(
        name,
        f'<xs:element name="v" type="xs:int" minOccurs="{minimum}" maxOccurs="{maximum}"/>'
        '<xs:element name="w" type="xs:int"/>',
    )


def _nested_occurs(name: str) -> str:
    inner = '<xs:element name="v" type="xs:int"/>'
    for _level in range(8):
        inner = f'<xs:sequence minOccurs="1000" maxOccurs="1000">{inner}</xs:sequence>'
    return schema(name, inner)


def _deep(name: str) -> str:
    levels = 250
    opening = "".join(f'<xs:element name="e{n}"><xs:complexType><xs:sequence>' for n in range(levels // 3))
    return schema(name, opening + "</xs:sequence></xs:complexType></xs:element>" * (levels // 3))


def _deep_types(name: str) -> str:
    kinds = "".join(
        f'<xs:complexType name="t{n}"><xs:sequence><xs:element name="e" type="t{n + 1}"/></xs:sequence>'
        "</xs:complexType>"
        for n in range(5_000)
    )
    return schema(name, '<xs:element name="v" type="t0"/>', f'{kinds}<xs:complexType name="t5000"/>')


def _long_chain(name: str) -> str:
    kinds = "".join(
        f'<xs:simpleType name="t{n}"><xs:restriction base="{f"t{n - 1}" if n else "xs:string"}">'
        f'<xs:maxLength value="{10_000 - n}"/></xs:restriction></xs:simpleType>'
        for n in range(3_000)
    )
    return schema(name, '<xs:element name="v" type="t2999"/>', kinds)


def _union(name: str) -> str:
    members = "".join(
        f'<xs:simpleType name="u{n}"><xs:union memberTypes="u{n + 1} u{n + 1}"/></xs:simpleType>' for n in range(24)
    )
    last = '<xs:simpleType name="u24"><xs:restriction base="xs:int"/></xs:simpleType>'
    return schema(name, '<xs:element name="v" type="u0"/>', members + last)


def _amplified(name: str) -> str:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 30 if n else "<!-- lol -->"}">' for n in range(8))
    return schema(name, "&a7;", head=f"<!DOCTYPE x [{entities}]>")


def _quadratic(name: str) -> str:
    return schema(name, "&a;" * 20_000, head=f'<!DOCTYPE x [<!ENTITY a "<!--{LONG}-->">]>')


def _external(name: str) -> str:
    return schema(name, "&a;", head='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///dev/zero">]>')


def _subset(name: str) -> str:
    return schema(name, head='<!DOCTYPE x SYSTEM "file:///dev/zero">')


def _reference(kind: str, location: str) -> Callable[[str], str]:
    namespace = ' namespace="urn:elsewhere"' if kind == "import" else ""
    return lambda name: schema(name, extra=f'<xs:{kind}{namespace} schemaLocation="{location}"/>')


def _identities(name: str) -> str:
    keys = "".join(
        f'<xs:key name="k{n}"><xs:selector xpath=".//v|.//v|.//v"/><xs:field xpath="@a|@b|@c"/></xs:key>'
        for n in range(3_000)
    )
    content = (
        '<xs:complexType><xs:sequence><xs:element name="v" maxOccurs="unbounded"><xs:complexType>'
        '<xs:attribute name="a"/></xs:complexType></xs:element></xs:sequence></xs:complexType>'
    )
    text = schema(name)
    begin, end = text.split("<xs:complexType>", 1)[0], "</xs:element></xs:schema>"
    return f"{begin}{content}{keys}{end}"


def _attributes(name: str) -> str:
    attributes = "".join(f'<xs:attribute name="a{n}" type="xs:string"/>' for n in range(20_000))
    return schema(name).replace("</xs:sequence>", f"</xs:sequence>{attributes}")


def _circle(name: str) -> str:
    return schema(name, '<xs:element ref="head"/>', '<xs:element name="head" substitutionGroup="head"/>')


def _documented(name: str) -> str:
    text = f"<xs:annotation><xs:documentation>{LONG}{'&#x202E;' * 100}</xs:documentation></xs:annotation>"
    return schema(name, f'<xs:element name="v" type="xs:int">{text * 20}</xs:element>', text * 20)


SCHEMAS: dict[str, Callable[[str], str]] = {
    "doubling groups": _doubling,
    "optional doubling groups": _optional_doubling,
    "20,000 substitutes": _substitutes,
    "3,000 derivations": _derived,
    "20,000 elements": _elements,
    "20,000 choices": _choices,
    "20,000 values": _enumeration,
    "20,000 attributes": _attributes,
    "a pattern that backtracks": _pattern("(a+)+b"),
    "a pattern that backtracks in depth": _pattern("((((a*)*)*)*)*b"),
    "a pattern of 10^9": _pattern("(a{1,1000}){1,1000}"),
    "a pattern of 10^12": _pattern("((((a{1,1000}){1,1000}){1,1000}){1,1000})"),
    "a long pattern": _pattern("(a|b)?" * 5_000),
    "maxOccurs of 10^9": _occurs("0", "1000000000"),
    "minOccurs of 10^9": _occurs("1000000000", "unbounded"),
    "minOccurs of 10^6": _occurs("1000000", "1000000"),
    "nested minOccurs": _nested_occurs,
    "deep elements": _deep,
    "deep types": _deep_types,
    "a chain of 3,000 restrictions": _long_chain,
    "doubling unions": _union,
    "amplified entities": _amplified,
    "a quadratic entity": _quadratic,
    "an external entity": _external,
    "an external subset": _subset,
    "an include of a device": _reference("include", "file:///dev/zero"),
    "an include of the net": _reference("include", "http://127.0.0.1:9/a.xsd"),
    "an import of a file": _reference("import", "file:///etc/passwd"),
    "a redefinition outside": _reference("redefine", "../../outside.xsd"),
    "3,000 keys": _identities,
    "a circle of substitutes": _circle,
    "long documentation": _documented,
}


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _to_pipe(path: Path) -> None:
    os.mkfifo(path.with_suffix(".pipe"))
    path.symlink_to(path.with_suffix(".pipe"))


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _circular(path: Path) -> None:
    path.symlink_to(path)


def _dangling(path: Path) -> None:
    path.symlink_to(path.with_suffix(".nowhere"))


def _ten_gigabytes(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10_000_000_000)


FILES: dict[str, Callable[[Path], None]] = {
    "a folder": _folder,
    "a pipe": _pipe,
    "a link to a pipe": _to_pipe,
    "a link to a device": _device,
    "a link to itself": _circular,
    "a link to nothing": _dangling,
    "a file of 10 GB": _ten_gigabytes,
}
