"""Hostile schemas: files that are dropped into the schema folder. Written when wanted."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.hostile.corpus import texts
from tests.hostile.corpus.message import escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.hostile.bait import Lures

TYPE = "Hostile"
_HEAD = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:e="http://www.gonicus.de/Events"'
    ' targetNamespace="http://www.gonicus.de/Events" elementFormDefault="qualified">'
)


@dataclass(frozen=True, slots=True)
class HostileSchema:
    """One case: ``make`` returns the text of a schema that defines the event TYPE, or writes something else."""

    name: str
    make: Callable[[Path], object]

    @property
    def key(self) -> str:
        """The name it is chosen and listed by."""
        return f"schema/{self.name}"

    def write(self, folder: Path) -> Path:
        """Write the file, and return where it is."""
        path = folder / f"{TYPE}.xsd"
        text = self.make(path)
        if isinstance(text, str):
            path.write_text(text, encoding="utf-8")
        return path


def schema(*parts: str, content: str = "", kind: str = "") -> str:
    """Return a schema of global ``parts`` with the event's element, of the type ``kind`` or with ``content``."""
    event = (
        f'<xs:element name="{TYPE}" type="{kind}"/>'
        if kind
        else (f'<xs:element name="{TYPE}"><xs:complexType>{content}</xs:complexType></xs:element>')
    )
    return f"{_HEAD}{''.join(parts)}{event}</xs:schema>"


def sequence(*parts: str) -> str:
    """Return a sequence."""
    return f"<xs:sequence>{''.join(parts)}</xs:sequence>"


def schemas(lures: Lures, seed: int = 1) -> list[HostileSchema]:
    """Return all cases."""
    assert seed
    return [*structures(), *simple_types(), *documentation(lures), *references(lures), *files(lures)]


def structures() -> Iterator[HostileSchema]:
    """Content models that grow beyond all bounds."""
    group = (
        '<xs:group name="g{0}"><xs:sequence><xs:group ref="e:g{1}"/><xs:group ref="e:g{1}"/></xs:sequence></xs:group>'
    )
    leaf = '<xs:group name="g0"><xs:sequence><xs:element name="a" type="xs:string"/></xs:sequence></xs:group>'
    element = '<xs:element name="{}" type="xs:string"{}/>'
    for name, make in {
        "24 doubling groups": lambda: schema(
            leaf, *(group.format(n, n - 1) for n in range(1, 25)), content=sequence('<xs:group ref="e:g24"/>')
        ),
        "60 doubling groups": lambda: schema(
            leaf, *(group.format(n, n - 1) for n in range(1, 61)), content=sequence('<xs:group ref="e:g60"/>')
        ),
        "24 doubling types": lambda: schema(
            '<xs:complexType name="t0"><xs:sequence/></xs:complexType>',
            *(
                f'<xs:complexType name="t{n}"><xs:sequence><xs:element name="a{n}" type="e:t{n - 1}"/>'
                f'<xs:element name="b{n}" type="e:t{n - 1}"/></xs:sequence></xs:complexType>'
                for n in range(1, 25)
            ),
            kind="e:t24",
        ),
        "20,000 substitutes": lambda: schema(
            element.format("head", ' abstract="true"'),
            *(element.format(f"s{n}", ' substitutionGroup="e:head"') for n in range(20_000)),
            content=sequence('<xs:element ref="e:head" maxOccurs="unbounded"/>'),
        ),
        "20,000 elements": lambda: schema(content=sequence(*(element.format(f"f{n}", "") for n in range(20_000)))),
        "20,000 alternatives": lambda: schema(
            content="<xs:choice>" + "".join(element.format(f"f{n}", "") for n in range(20_000)) + "</xs:choice>"
        ),
        "5,000 of an unordered group": lambda: schema(
            content="<xs:all>" + "".join(element.format(f"f{n}", ' minOccurs="0"') for n in range(5_000)) + "</xs:all>"
        ),
        "10,000 attributes": lambda: schema(
            content="".join(f'<xs:attribute name="a{n}" type="xs:string" use="required"/>' for n in range(10_000))
        ),
        "a billion times": lambda: schema(
            content=sequence(element.format("a", ' minOccurs="1000000000" maxOccurs="1000000000"'))
        ),
        "many times many": lambda: schema(
            content='<xs:sequence minOccurs="999" maxOccurs="999">' * 6
            + element.format("a", ' maxOccurs="999"')
            + "</xs:sequence>" * 6
        ),
        "5,000 nested sequences": lambda: schema(content="<xs:sequence>" * 5_000 + "</xs:sequence>" * 5_000),
        "200 nested sequences": lambda: schema(
            content="<xs:sequence>" * 200 + element.format("a", "") + "</xs:sequence>" * 200
        ),
        "recursion": lambda: schema(
            '<xs:complexType name="r"><xs:sequence><xs:element name="r" type="e:r" maxOccurs="9"/></xs:sequence>'
            "</xs:complexType>",
            kind="e:r",
        ),
        "mutual recursion": lambda: schema(
            *(
                f'<xs:complexType name="r{n}"><xs:sequence>'
                + "".join(f'<xs:element name="e{m}" type="e:r{m}"/>' for m in range(12))
                + "</xs:sequence></xs:complexType>"
                for n in range(12)
            ),
            kind="e:r0",
        ),
        "group of itself": lambda: schema(
            '<xs:group name="g"><xs:sequence><xs:group ref="e:g"/></xs:sequence></xs:group>',
            content=sequence('<xs:group ref="e:g"/>'),
        ),
        "type of itself": lambda: schema(
            '<xs:complexType name="t"><xs:complexContent><xs:extension base="e:t"/></xs:complexContent>'
            "</xs:complexType>",
            kind="e:t",
        ),
        "1,000 extensions": lambda: schema(
            '<xs:complexType name="t0"><xs:sequence/></xs:complexType>',
            *(
                f'<xs:complexType name="t{n}"><xs:complexContent><xs:extension base="e:t{n - 1}"><xs:sequence>'
                f'<xs:element name="a{n}" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent>'
                "</xs:complexType>"
                for n in range(1, 1_001)
            ),
            kind="e:t1000",
        ),
        "2,000 keys": lambda: schema(content=sequence(element.format("a", ""))).replace(
            "</xs:complexType></xs:element>", "</xs:complexType>" + _keys(2_000) + "</xs:element>"
        ),
    }.items():
        yield HostileSchema(name, lambda _path, make=make: make())  # type: ignore[misc]  # a default binds it


def _keys(count: int) -> str:
    return "".join(
        f'<xs:unique name="u{n}"><xs:selector xpath=".//*|.//*"/><xs:field xpath=".|@a"/></xs:unique>'
        for n in range(count)
    )


def _restricted(facets: str, base: str = "xs:string") -> str:
    kind = f'<xs:simpleType name="s"><xs:restriction base="{base}">{facets}</xs:restriction></xs:simpleType>'
    return schema(kind, kind="e:s")


def simple_types() -> Iterator[HostileSchema]:
    """Facets that are dear to check."""
    for name, make in {
        "50,000 values": lambda: _restricted("".join(f'<xs:enumeration value="v{n}"/>' for n in range(50_000))),
        "value of 3 MB": lambda: _restricted(f'<xs:enumeration value="{"x" * 3_000_000}"/>'),
        "pattern that backtracks": lambda: _restricted('<xs:pattern value="((a|a)*|(a|aa)*)*b"/>'),
        "pattern repeated": lambda: _restricted('<xs:pattern value="((x{1,1000}){1,1000}){1,1000}"/>'),
        "pattern counted": lambda: _restricted('<xs:pattern value="x{2147483647}"/>'),
        "pattern nested": lambda: _restricted(f'<xs:pattern value="{"(" * 3_000}x{")" * 3_000}"/>'),
        "pattern of classes": lambda: _restricted(f'<xs:pattern value="{"[a-z-[aeiou]]" * 20_000}"/>'),
        "5,000 patterns": lambda: _restricted("".join(f'<xs:pattern value="a{n}[0-9]*"/>' for n in range(5_000))),
        "length of 2^31": lambda: _restricted('<xs:minLength value="2147483648"/>'),
        "digits": lambda: _restricted(f'<xs:minInclusive value="{"9" * 100_000}"/>', "xs:decimal"),
        "1,000 restrictions": lambda: schema(
            '<xs:simpleType name="s0"><xs:restriction base="xs:string"/></xs:simpleType>',
            *(
                f'<xs:simpleType name="s{n}"><xs:restriction base="e:s{n - 1}"><xs:pattern value="[a-z]*"/>'
                "</xs:restriction></xs:simpleType>"
                for n in range(1, 1_001)
            ),
            kind="e:s1000",
        ),
        "union of unions": lambda: schema(
            '<xs:simpleType name="s0"><xs:restriction base="xs:string"/></xs:simpleType>',
            *(
                f'<xs:simpleType name="s{n}"><xs:union memberTypes="e:s{n - 1} e:s{n - 1}"/></xs:simpleType>'
                for n in range(1, 25)
            ),
            kind="e:s24",
        ),
    }.items():
        yield HostileSchema(name, lambda _path, make=make: make())  # type: ignore[misc]  # a default binds it


def documentation(lures: Lures) -> Iterator[HostileSchema]:
    """Texts of a schema that are shown beside its form."""
    for name, text in {**texts.small(lures), **texts.large(20_000), "3 MB": "word " * 600_000}.items():
        fit = escaped("".join(sign for sign in text if sign >= " " or sign in "\t\n")).decode("utf-8", "ignore")
        about = f"<xs:annotation><xs:documentation>{fit}</xs:documentation></xs:annotation>"
        field = f'<xs:element name="Field" type="xs:string">{about}</xs:element>'
        yield HostileSchema(
            f"documentation: {name}",
            lambda _path, about=about, field=field: schema(content=sequence(field)).replace(  # type: ignore[misc]  # defaults bind them
                f'<xs:element name="{TYPE}">', f'<xs:element name="{TYPE}">{about}'
            ),
        )
    name = "n" * 50_000
    yield HostileSchema(
        "names of 50,000", lambda _path: schema(content=sequence(f'<xs:element name="{name}" type="xs:string"/>'))
    )


def references(lures: Lures) -> Iterator[HostileSchema]:
    """Other documents that a schema names."""
    for name, location in {
        "pipe": lures.pipe,
        "picture": f"file://{lures.picture}",
        "address": lures.url,
        "above": "../../../../../etc/passwd",
        "itself": f"{TYPE}.xsd",
        "endless zeros": "file:///dev/zero",
    }.items():
        for kind in ("include", "import", "redefine"):
            namespace = ' namespace="urn:x"' if kind == "import" else ""
            part = f'<xs:{kind}{namespace} schemaLocation="{location}"/>'
            yield HostileSchema(f"{kind}: {name}", lambda _path, part=part: schema(part, content=""))  # type: ignore[misc]  # a default binds it
    for name, start in {
        "laughs": "<!DOCTYPE x ["
        '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)) + "]>",
        "external entity": f'<!DOCTYPE x [<!ENTITY l11 SYSTEM "{lures.pipe}">]>',
    }.items():
        text = start + schema(content="").replace("<xs:complexType>", "<xs:complexType><!--&l11;-->")
        yield HostileSchema(name, lambda _path, text=text: text.replace("<!--&l11;-->", "&l11;"))  # type: ignore[misc]  # as above


def sparse(path: Path) -> None:
    """Write a file of a terabyte that takes no room."""
    with path.open("wb") as file:
        file.truncate(2**40)


def files(lures: Lures) -> Iterator[HostileSchema]:
    """What is not a file, and not a schema."""

    def chain(path: Path) -> str:
        for number in range(300):
            part = f'<xs:include schemaLocation="Part{number + 1}.xsd"/>'
            (path.parent / f"Part{number}.xsd").write_text(f"{_HEAD}{part}</xs:schema>", "utf-8")
        return schema('<xs:include schemaLocation="Part0.xsd"/>')

    def crowd(path: Path) -> str:
        for number in range(3_000):
            (path.parent / f"Type{number}.xsd").write_text(schema().replace(TYPE, f"Type{number}"), "utf-8")
        return schema()

    for name, make in {
        "file: pipe": os.mkfifo,
        "file: link to the bait's pipe": lambda path: path.symlink_to(lures.pipe),
        "file: link to endless zeros": lambda path: path.symlink_to("/dev/zero"),
        "file: folder": Path.mkdir,
        "file: a terabyte of nothing": sparse,
        "file: 50 MB": lambda path: path.write_bytes(b" " * 50_000_000),
        "file: nested elements": lambda _path: "<a>" * 100_000,
        "file: 300 includes in a row": chain,
        "file: 3,000 schemas": crowd,
    }.items():
        yield HostileSchema(name, make)
