"""The catalogue: what is in the folders is known within one look, a broken file harms only itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.forms import Catalogue
from clacks_monitor.forms.guarded_schema import GuardedSchema
from tests.helpers.event_schemas import NS, SCHEMAS, event, own, schema

if TYPE_CHECKING:
    from pathlib import Path


def test_dropped_changed_and_deleted_files_are_seen_at_the_next_look(tmp_path: Path) -> None:
    catalogue = Catalogue([tmp_path])
    assert catalogue.types() == []
    file = tmp_path / "Alarm.xsd"
    file.write_text(schema("Alarm"))
    assert catalogue.refresh() == {"Alarm"}
    assert catalogue.refresh() == frozenset()
    assert catalogue.validator.check(event("<Alarm><v>1</v></Alarm>")) is None
    file.write_text(schema("Alarm", '<xs:element name="word" type="xs:string"/>'))
    assert catalogue.refresh() == {"Alarm"}
    assert catalogue.validator.check(event("<Alarm><v>1</v></Alarm>")) == "v: not expected here; expected: word"
    file.unlink()
    assert catalogue.refresh() == {"Alarm"}
    assert catalogue.validator.check(event("<Alarm><v>1</v></Alarm>")) == "no schema defines the event type Alarm"


def test_a_broken_file_disables_its_own_type_and_says_where(tmp_path: Path) -> None:
    (tmp_path / "Good.xsd").write_text(schema("Good"))
    (tmp_path / "Typo.xsd").write_text(schema("Typo", '<xs:element name="v" type="xs:nonsense"/>'))
    (tmp_path / "Cut.xsd").write_text(schema("Cut")[:-20])
    (tmp_path / "Other.xsd").write_text(schema("Different"))
    catalogue = Catalogue([tmp_path])
    assert catalogue.validator.check(event("<Good><v>1</v></Good>")) is None
    problems = {item.name: item.problem for item in catalogue.types()}
    assert problems["Good"] is None
    typo, cut, other = problems["Typo"], problems["Cut"], problems["Other"]
    assert typo is not None
    assert (typo.line, typo.column) == (4, 1)
    assert "nonsense" in typo.text
    assert cut is not None
    assert cut.line == 5
    assert "not well-formed" in cut.text
    assert other is not None
    assert "does not define the element Other" in other.text
    assert catalogue.schema("Typo") is None
    words = catalogue.validator.check(event("<Typo/>"))
    assert words is not None
    assert words.startswith("cannot be checked")


def test_two_files_may_define_the_same_types(tmp_path: Path) -> None:
    for name, base in (("One", "xs:int"), ("Two", "xs:date")):
        shared = f'<xs:simpleType name="Time"><xs:restriction base="{base}"/></xs:simpleType>'
        (tmp_path / f"{name}.xsd").write_text(schema(name, '<xs:element name="t" type="Time"/>', shared))
    catalogue = Catalogue([tmp_path])
    assert catalogue.validator.check(event("<One><t>5</t></One>")) is None
    assert catalogue.validator.check(event("<Two><t>2024-01-01</t></Two>")) is None
    assert catalogue.validator.check(event("<Two><t>5</t></Two>")) is not None


def test_includes_never_leave_the_schema_folders(tmp_path: Path) -> None:
    folder, outside = tmp_path / "schemas", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (outside / "shared.xsd").write_text(schema("Shared"))
    (folder / "linked.xsd").symlink_to(outside / "shared.xsd")
    wanted = ["../outside/shared.xsd", f"{outside}/shared.xsd", (outside / "shared.xsd").as_uri(), "linked.xsd"]
    for index, location in enumerate(wanted):
        include = f'<xs:include schemaLocation="{location}"/>'
        (folder / f"E{index}.xsd").write_text(schema(f"E{index}", extra=include))
    (folder / "Net.xsd").write_text(schema("Net", extra='<xs:include schemaLocation="http://127.0.0.1:9/none.xsd"/>'))
    catalogue = Catalogue([folder])
    for index in range(len(wanted)):
        kind = catalogue.get(f"E{index}")
        assert kind is not None
        assert kind.problem is not None, wanted[index]
        assert "outside the schema folders" in kind.problem.text
        assert kind.problem.line == 2
    net = catalogue.get("Net")
    assert net is not None
    assert net.problem is not None
    assert "not found in the schema folders" in net.problem.text


def test_an_included_file_is_watched_and_is_no_type_of_its_own(tmp_path: Path) -> None:
    include = '<xs:include schemaLocation="common.xsd"/>'
    (tmp_path / "Uses.xsd").write_text(schema("Uses", '<xs:element name="c" type="Common"/>', include))
    catalogue = Catalogue([tmp_path])
    uses = catalogue.get("Uses")
    assert uses is not None
    assert uses.problem is not None
    common = tmp_path / "common.xsd"
    head = schema("unused").split("\n")[0]
    simple = '<xs:simpleType name="Common"><xs:restriction base="{}"/></xs:simpleType></xs:schema>'
    common.write_text(head + simple.format("xs:int"))
    assert "Uses" in catalogue.refresh()
    assert [item.name for item in catalogue.types()] == ["Uses"]
    assert catalogue.validator.check(event("<Uses><c>x</c></Uses>")) is not None
    common.write_text(head + simple.format("xs:string"))
    assert "Uses" in catalogue.refresh()
    assert catalogue.validator.check(event("<Uses><c>x</c></Uses>")) is None


def test_a_later_folder_replaces_an_earlier_ones_file(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "PhoneStatus.xsd").write_text(schema("PhoneStatus"))
    catalogue = Catalogue([SCHEMAS, site])
    kind = catalogue.get("PhoneStatus")
    assert kind is not None
    assert kind.folder == site
    assert kind.overrides == SCHEMAS / "PhoneStatus.xsd"


def test_entity_tricks_in_a_schema_end_as_a_problem(tmp_path: Path) -> None:
    lol = "".join(
        f'<!ENTITY a{i} "{"&a" + str(i - 1) + ";" if i else "lol"}{("&a" + str(i - 1) + ";") * 30 if i else ""}">'
        for i in range(8)
    )
    text = schema("Bomb").replace('<xs:element name="v"', '<xs:element name="&a7;"', 1)
    (tmp_path / "Bomb.xsd").write_text(f"<!DOCTYPE x [{lol}]>{text}")
    secret = tmp_path / "secret.txt"
    secret.write_text("xs:int")
    text = schema("File").replace("xs:int", "&f;")
    (tmp_path / "File.xsd").write_text(f'<!DOCTYPE x [<!ENTITY f SYSTEM "{secret.as_uri()}">]>{text}')
    kinds = Catalogue([tmp_path]).types()
    assert [kind.name for kind in kinds] == ["Bomb", "File"]
    for kind in kinds:
        assert kind.problem is not None, kind.name


def test_key_fields_and_vocabulary_follow_the_schema() -> None:
    catalogue = Catalogue([SCHEMAS])
    assert catalogue.key_fields("PhoneStatus") == ("CallerId", "ReceiverId", "Status")
    assert "PuppetLog/Tag/value" in catalogue.key_fields("PuppetReport")
    info = next(item for item in catalogue.vocabulary() if item.name == "AsteriskNotification")
    assert info is not None
    assert info.attributes[0].values == ("CallMissed", "IncomingCall", "CallEnded")
    assert {item.name for item in catalogue.vocabulary()} == {item.name for item in catalogue.types()}


def test_what_is_unknown_is_none(tmp_path: Path) -> None:
    catalogue = own(tmp_path)
    assert (catalogue.get("A"), catalogue.schema("A"), catalogue.schema("A", guarded=True)) == (None, None, None)
    assert (catalogue.key_fields("A"), catalogue.vocabulary(), catalogue.ready("A")) == ((), (), True)
    assert (catalogue.unread, catalogue.closed, catalogue.left_out) == (False, False, ())
    catalogue.stop()
    assert catalogue.closed


def test_a_type_is_told_with_where_it_comes_from(tmp_path: Path) -> None:
    (tmp_path / "Alarm.xsd").write_text(schema("Alarm"))
    kind = own(tmp_path).get("Alarm")
    assert kind is not None
    assert (kind.name, kind.namespace, kind.path, kind.folder) == ("Alarm", NS, tmp_path / "Alarm.xsd", tmp_path)
    assert (kind.problem, kind.form_problem, kind.overrides, kind.documentation) == (None, None, None, "")


def test_only_trusted_folders_are_compiled_here_and_by_default_those_are_the_programs(tmp_path: Path) -> None:
    (tmp_path / "Alarm.xsd").write_text(schema("Alarm"))
    trusted = own(tmp_path)
    assert not isinstance(trusted.schema("Alarm"), GuardedSchema)
    assert isinstance(trusted.schema("Alarm", guarded=True), GuardedSchema)
    assert trusted.ready("Alarm")
    linked = tmp_path / "link"
    linked.symlink_to(tmp_path, target_is_directory=True)
    assert not isinstance(Catalogue([linked], own=[tmp_path]).schema("Alarm"), GuardedSchema)
    others = Catalogue([tmp_path])
    assert isinstance(others.schema("Alarm"), GuardedSchema)
    assert others.schema("Alarm", guarded=True) is others.schema("Alarm")
    assert not others.ready("Alarm")
    others.close()
    assert not isinstance(Catalogue([SCHEMAS]).schema("ClientPoll"), GuardedSchema)


def test_a_schema_of_ours_that_libxml2_refuses_is_told_where(tmp_path: Path) -> None:
    (tmp_path / "Typo.xsd").write_text(schema("Typo", '<xs:element name="v" type="xs:nonsense"/>'))
    kind = own(tmp_path).get("Typo")
    assert kind is not None
    assert kind.problem is not None
    assert (kind.problem.line, kind.problem.column, "nonsense" in kind.problem.text) == (4, 1, True)
    assert own(tmp_path).vocabulary() == ()


def test_only_what_changed_is_told_and_read_again(tmp_path: Path) -> None:
    for name in ("A", "B"):
        (tmp_path / f"{name}.xsd").write_text(schema(name))
    catalogue = own(tmp_path)
    before = catalogue.schema("A"), catalogue.schema("B")
    (tmp_path / "B.xsd").write_text(schema("B", '<xs:element name="w" type="xs:int"/>'))
    (tmp_path / "C.xsd").write_text(schema("C"))
    assert catalogue.refresh() == {"B", "C"}
    assert catalogue.schema("A") is before[0]
    assert catalogue.schema("B") is not before[1]
    (tmp_path / "C.xsd").unlink()
    assert catalogue.refresh() == {"C"}
    assert [kind.name for kind in catalogue.types()] == ["A", "B"]


def test_a_file_that_is_replaced_by_a_later_folders_is_told(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    (second / "A.xsd").write_text(schema("A"))
    catalogue = Catalogue([first, second], own=[first, second])
    compiled = catalogue.schema("A")
    (first / "A.xsd").write_text(schema("A"))
    assert catalogue.refresh() == {"A"}
    kind = catalogue.get("A")
    assert kind is not None
    assert (kind.path, kind.overrides) == (second / "A.xsd", first / "A.xsd")
    assert catalogue.schema("A") is compiled
    (second / "A.xsd").unlink()
    assert catalogue.refresh() == {"A"}
    kind = catalogue.get("A")
    assert kind is not None
    assert (kind.path, kind.overrides) == (first / "A.xsd", None)


def test_a_broken_schema_is_tried_again_when_a_file_arrives(tmp_path: Path) -> None:
    (tmp_path / "A.xsd").write_text(schema("A", extra='<xs:include schemaLocation="http://far.example/Far.xsd"/>'))
    catalogue = own(tmp_path)
    kind = catalogue.get("A")
    assert kind is not None
    assert kind.problem is not None
    head = schema("Unused").split("\n")[0]
    (tmp_path / "Far.xsd").write_text(f"{head}</xs:schema>")
    assert "A" in catalogue.refresh()
    assert [item.name for item in catalogue.types()] == ["A"]


def test_schemas_of_others_are_read_one_at_a_time_small_ones_first(tmp_path: Path) -> None:
    for name, blanks in (("A", 500), ("B", 10), ("C", 100)):
        (tmp_path / f"{name}.xsd").write_text(schema(name) + " " * blanks)
    catalogue = Catalogue([tmp_path], later=True)
    order = []
    while catalogue.unread:
        order.append(catalogue.refresh(at_most=1))
    assert order == [{"B"}, {"C"}, {"A"}]
    assert catalogue.refresh(at_most=1) == frozenset()
    catalogue.close()


def test_a_closed_catalogue_reads_nothing_more(tmp_path: Path) -> None:
    (tmp_path / "A.xsd").write_text(schema("A"))
    catalogue = Catalogue([tmp_path], later=True)
    catalogue.close()
    assert catalogue.refresh() == frozenset()
    assert catalogue.unread
    assert catalogue.validator.check(event("<A/>")) == "cannot be checked: schema is still loading"


def test_a_type_of_no_namespace_says_so(tmp_path: Path) -> None:
    (tmp_path / "A.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="A" type="xs:int"/></xs:schema>'
    )
    catalogue = own(tmp_path)
    assert catalogue.validator.check(event("<A/>")) == f"A belongs to no namespace, not to {NS}"
    assert catalogue.validator.check(event('<A xmlns="">1</A>')) is None
    assert [item.name for item in catalogue.vocabulary()] == ["A"]


def test_key_fields_go_through_elements_and_end_where_a_type_is_in_itself(tmp_path: Path) -> None:
    tree = (
        '<xs:complexType name="T"><xs:sequence><xs:element name="n" type="xs:int"/>'
        '<xs:element name="t" type="T" minOccurs="0"/></xs:sequence><xs:attribute name="a"/></xs:complexType>'
    )
    value = (
        '<xs:element name="w"><xs:complexType><xs:simpleContent><xs:extension base="xs:int"><xs:attribute name="u"/>'
        "</xs:extension></xs:simpleContent></xs:complexType></xs:element>"
    )
    (tmp_path / "A.xsd").write_text(schema("A", f'<xs:element name="t" type="T"/>{value}', tree))
    assert own(tmp_path).key_fields("A") == ("t/@a", "t/n", "t/t/@a", "w/@u", "w")


def test_warming_up_reads_our_own_components(tmp_path: Path) -> None:
    (tmp_path / "A.xsd").write_text(schema("A"))
    catalogue = own(tmp_path)
    compiled = catalogue.schema("A")
    assert compiled is not None
    assert compiled._components is None
    catalogue.warm_up()
    assert compiled._components is not None
