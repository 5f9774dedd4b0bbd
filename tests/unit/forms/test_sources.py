"""Which documents belong to a schema: found in the folders, bounded, watched, and said in words when not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.forms import sources as sources_module
from clacks_monitor.forms.schema_set import SchemaSet
from clacks_monitor.forms.sources import SourceDocument, SourceSet, read_sources, stamp_of

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.forms import ValidationIssue

XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'


def write(folder: Path, name: str, body: str = "", namespace: str = "urn:t") -> Path:
    target = f' targetNamespace="{namespace}"' if namespace else ""
    path = folder / f"{name}.xsd"
    path.write_text(f"<xs:schema {XS}{target}>{body}</xs:schema>")
    return path


def read(path: Path, *folders: Path) -> tuple[SourceSet, ValidationIssue | None]:
    return read_sources(path, folders or [path.parent])


def include(location: str) -> str:
    return f'<xs:include schemaLocation="{location}"/>'


def imported(namespace: str, location: str = "") -> str:
    where = f' schemaLocation="{location}"' if location else ""
    space = f' namespace="{namespace}"' if namespace else ""
    return f"<xs:import{space}{where}/>"


def test_documents_get_names_of_our_own_and_are_watched(tmp_path: Path) -> None:
    other = write(tmp_path, "Other")
    main = write(tmp_path, "Main", include(" Other.xsd "))
    found, problem = read(main)
    assert problem is None
    assert [(item.location, item.path, item.namespace) for item in found.documents] == [
        ("clacks:///s0.xsd", main, "urn:t"),
        ("clacks:///s1.xsd", other, "urn:t"),
    ]
    assert b'schemaLocation="clacks:///s1.xsd"' in found.main.body
    assert found.stamps == {main: stamp_of(main), other: stamp_of(other)}
    assert found.referenced() == {other}
    assert (found.main_path, found.missing) == (main, ())
    assert found.by_location("clacks:///s1.xsd") is found.documents[1]
    assert found.by_location("clacks:///s2.xsd") is None
    assert SourceSet((), {}).main_path is None


def test_a_stamp_changes_with_its_file_and_is_none_without_one(tmp_path: Path) -> None:
    path = write(tmp_path, "Main")
    status = path.stat()
    assert stamp_of(path) == (status.st_mtime_ns, status.st_size, status.st_ino)
    path.unlink()
    assert stamp_of(path) is None


def test_more_than_ten_documents_stay_in_their_order(tmp_path: Path) -> None:
    for number in range(12):
        write(tmp_path, f"O{number:02}")
    main = write(tmp_path, "Main", "".join(include(f"O{number:02}.xsd") for number in range(12)))
    found, _problem = read(main)
    assert [item.location for item in found.documents] == [f"clacks:///s{number}.xsd" for number in range(13)]


@pytest.mark.parametrize(("most", "words"), [(2, "more than 2 schema documents"), (3, None)])
def test_a_schema_is_made_of_a_bounded_number_of_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, words: str | None
) -> None:
    assert sources_module.MAX_DOCUMENTS == 200
    monkeypatch.setattr(sources_module, "MAX_DOCUMENTS", most)
    write(tmp_path, "A")
    write(tmp_path, "B")
    _found, problem = read(write(tmp_path, "Main", include("A.xsd") + include("B.xsd")))
    assert (problem and problem.text) == words


@pytest.mark.parametrize("spare", [0, -1])
def test_a_schemas_documents_have_a_bounded_size_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spare: int
) -> None:
    assert (sources_module.MAX_BYTES, sources_module.MAX_ALL_BYTES) == (4 * 1024 * 1024, 8 * 1024 * 1024)
    other = write(tmp_path, "Other")
    main = write(tmp_path, "Main", include("Other.xsd"))
    most = main.stat().st_size + other.stat().st_size + spare
    monkeypatch.setattr(sources_module, "MAX_ALL_BYTES", most)
    _found, problem = read(main)
    assert (problem and problem.text) == (f"documents larger than {most} bytes in total" if spare else None)


@pytest.mark.parametrize(("body", "words"), [
    (include("None.xsd"), "line 1, column 80: Main.xsd: None.xsd not found in the schema folders"),
    (include(""), "line 1, column 80: Main.xsd: the location of the schema to include is missing"),
    ("<xs:include/>", "line 1, column 80: Main.xsd: the location of the schema to include is missing"),
    ("\n <xs:override schemaLocation='x'/>", "line 2, column 2: Main.xsd: override belongs to XML Schema 1.1"),
    (include("file:///etc/passwd"), "line 1, column 80: Main.xsd: file:///etc/passwd is outside the schema folders"),
    (include("%00"), "line 1, column 80: Main.xsd: %00 not found in the schema folders"),
    (include("file://other.example/a/Other.xsd"), None),
    (include("file://localhost/Other.xsd"), "line 1, column 80: Main.xsd: file://localhost/Other.xsd is outside"),
    (include("http://other.example/a/Other.xsd"), None),
    (include("./Other%2Exsd"), None),
    ("<xs:redefine schemaLocation='Other.xsd'/>", None),
])  # fmt: skip
def test_a_location_is_a_file_of_the_folders_or_said_to_be_none(tmp_path: Path, body: str, words: str | None) -> None:
    write(tmp_path, "Other")
    found, problem = read(write(tmp_path, "Main", body))
    if words is None:
        assert problem is None
        assert [item.path for item in found.documents] == [tmp_path / "Main.xsd", tmp_path / "Other.xsd"]
    else:
        assert str(problem).startswith(words)
        assert next(path.name for path in found.stamps) == "Main.xsd"


@pytest.mark.parametrize(("content", "words"), [
    ("<a/>", "line 1, column 1: Other.xsd: this is not an XML Schema document"),
    ("<a>", "line 1, column 4: Other.xsd: not well-formed: Premature end of data in tag a line 1"),
    (None, "Other.xsd: cannot be read"),
])  # fmt: skip
def test_a_problem_of_another_document_is_said_with_its_name(tmp_path: Path, content: str | None, words: str) -> None:
    other = tmp_path / "Other.xsd"
    if content is None:
        other.mkdir()
        words = "line 1, column 80: Main.xsd: Other.xsd not found in the schema folders"
    else:
        other.write_text(content)
    found, problem = read(write(tmp_path, "Main", include("Other.xsd")))
    assert str(problem) == words
    assert other in found.stamps


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    found, problem = read(tmp_path / "Main.xsd")
    assert str(problem) == "cannot read Main.xsd: No such file or directory"
    assert found.stamps == {tmp_path / "Main.xsd": None}


def test_a_problem_deeper_down_keeps_its_own_place(tmp_path: Path) -> None:
    write(tmp_path, "Other", "\n\n" + include("None.xsd"))
    _found, problem = read(write(tmp_path, "Main", include("Other.xsd")))
    assert str(problem) == "line 3, column 1: Other.xsd: None.xsd not found in the schema folders"


def test_an_import_is_found_by_its_location_then_its_file_name_then_its_namespace(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    (second / "deep").mkdir(parents=True)
    first.mkdir()
    beside = write(first, "u", namespace="urn:u")
    named = write(second / "deep", "u", namespace="urn:u")
    cases = {
        imported("urn:u", "u.xsd"): beside,
        imported("urn:u", "http://far.example/x/u.xsd"): beside,
        imported("urn:u"): beside,
    }
    for body, path in cases.items():
        found, problem = read(write(first, "Main", body), first, second)
        assert (problem, [item.path for item in found.documents[1:]]) == (None, [path])
    beside.unlink()
    for body in cases:
        found, problem = read(write(first, "Main", body), first, second)
        assert (problem, [item.path for item in found.documents[1:]]) == (None, [named])
    write(first, "a", namespace="urn:u")
    found, _problem = read(write(first, "Main", imported("urn:u", "http://far.example/u.xsd")), first, second)
    assert [item.path for item in found.documents[1:]] == [named]
    found, _problem = read(write(first, "Main", imported("urn:u")), first, second)
    assert [item.path for item in found.documents[1:]] == [first / "a.xsd"]


def test_an_import_without_a_location_gets_one_and_without_an_answer_keeps_none(tmp_path: Path) -> None:
    write(tmp_path, "Other", namespace="")
    found, _problem = read(write(tmp_path, "Main", imported("")))
    assert b'<xs:import schemaLocation="clacks:///s1.xsd"/>' in found.main.body
    found, problem = read(write(tmp_path, "Main", imported("urn:none")))
    assert (problem, found.missing) == (None, ())
    assert b'<xs:import namespace="urn:none"/>' in found.main.body
    found, problem = read(write(tmp_path, "Main", imported("urn:none", "http://far.example/a.xsd")))
    assert b'<xs:import namespace="urn:none"/>' in found.main.body
    assert [str(item) for item in found.missing] == [
        "line 1, column 80: Main.xsd: no schema folder has http://far.example/a.xsd, or another schema of urn:none"
    ]
    (tmp_path / "Other.xsd").unlink()
    found, problem = read(write(tmp_path, "Main", imported("", "http://far.example/a.xsd")))
    assert "another schema of no namespace" in str(found.missing[0])


def test_our_own_schema_of_xml_attributes_is_given_once_and_is_good(tmp_path: Path) -> None:
    xml = "http://www.w3.org/XML/1998/namespace"
    write(tmp_path, "Other", imported(xml, "http://www.w3.org/2001/xml.xsd"))
    attribute = '<xs:attribute ref="xml:lang"/>'
    body = f'<xs:element name="r"><xs:complexType>{attribute}</xs:complexType></xs:element>'
    found, problem = read(write(tmp_path, "Main", imported(xml) + include("Other.xsd") + body))
    assert problem is None
    assert [item.path and item.path.name for item in found.documents] == ["Main.xsd", None, "Other.xsd"]
    assert found.referenced() == {tmp_path / "Other.xsd"}
    SchemaSet(found)


def test_schemas_of_a_folder_below_are_found_and_folders_by_link_are_not(tmp_path: Path) -> None:
    folder, outside = tmp_path / "schemas", tmp_path / "outside"
    (folder / "below").mkdir(parents=True)
    outside.mkdir()
    write(outside, "u", namespace="urn:u")
    (folder / "link").symlink_to(outside)
    (folder / "v.xsd").symlink_to(outside / "u.xsd")
    found, _problem = read(write(folder, "Main", imported("urn:u")), folder)
    assert len(found.documents) == 1
    below = write(folder / "below", "u", namespace="urn:u")
    (folder / "below" / "u.txt").write_text("no schema")
    found, _problem = read(write(folder, "Main", imported("urn:u")), folder)
    assert [item.path for item in found.documents[1:]] == [below]


def test_so_many_files_are_searched_for_a_namespace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sources_module.MAX_SEARCHED == 1_000
    write(tmp_path, "u", namespace="urn:u")
    main = write(tmp_path, "Main", imported("urn:u"))
    monkeypatch.setattr(sources_module, "MAX_SEARCHED", 0)
    assert len(read(main)[0].documents) == 1
    monkeypatch.setattr(sources_module, "MAX_SEARCHED", 2)
    assert len(read(main)[0].documents) == 2


@pytest.mark.parametrize(
    "content", ["", "no xml", "<xs:schema", "<schema targetNamespace='urn:u'/>", " " * 65_536 + "<a/>", None]
)
def test_files_that_are_no_schemas_are_passed_over_in_the_search(tmp_path: Path, content: str | None) -> None:
    odd = tmp_path / "a.xsd"
    if content is None:
        odd.mkdir()
    else:
        odd.write_text(content)
    good = write(tmp_path, "z", namespace=" urn:u ")
    found, problem = read(write(tmp_path, "Main", imported("urn:u")))
    assert (problem, [item.path for item in found.documents[1:]]) == (None, [good])


@pytest.mark.parametrize(("blanks", "count"), [(60_000, 2), (65_536, 1)])
def test_the_root_element_is_looked_for_in_the_beginning(tmp_path: Path, blanks: int, count: int) -> None:
    path = write(tmp_path, "u", namespace="urn:u")
    path.write_text(" " * blanks + path.read_text())
    assert len(read(write(tmp_path, "Main", imported("urn:u")))[0].documents) == count


def test_a_document_says_where_it_came_from() -> None:
    document = SourceDocument("clacks:///s0.xsd", None, "urn:t", b"")
    assert SourceSet((document,), {}).main_path is None


def test_documents_that_include_each_other_are_read_once(tmp_path: Path) -> None:
    write(tmp_path, "Other", include("Main.xsd") + include("Other.xsd"))
    found, problem = read(write(tmp_path, "Main", include("Other.xsd") + include("./Other.xsd")))
    assert (problem, len(found.documents)) == (None, 2)
    assert found.documents[1].body.count(b"clacks:///s0.xsd") == 1
    assert found.main.body.count(b"clacks:///s1.xsd") == 2
