"""Our own schemas for every construct: opens, generates, round-trips, all of them; and the run that tells so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.forms import CHECKS, main, run

FOLDER = Path(__file__).parents[2] / "conformance" / "schemas"
HEAD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'


def test_every_construct_opens_generates_and_round_trips() -> None:
    report = run(FOLDER, FOLDER / "instances")
    assert report.failures == []
    assert report.refused == []
    assert report.left_out == []
    assert report.invalid == []
    assert report.counts["schema read good"] >= 75
    assert report.counts["instance round trip good"] >= 125
    assert report.counts["generated instance round trip good"] > 1.9 * report.counts["element opens good"]


def test_the_run_tells_failures_from_successes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    greek = '<xs:restriction base="xs:string"><xs:pattern value="\\p{IsGreek}{3}"/></xs:restriction>'
    (tmp_path / "a.xsd").write_text(
        f'{HEAD}<xs:element name="a"><xs:simpleType>{greek}</xs:simpleType></xs:element></xs:schema>'
    )
    (tmp_path / "a.xml").write_text("<a>no</a>")
    report = run(tmp_path, tmp_path)
    assert len(report.invalid) == 1
    assert "a.xml with a.xsd" in report.invalid[0]
    assert [line.partition(":")[0] for line in report.failures] == ["minimal instance valid", "maximal instance valid"]
    assert main([str(tmp_path), str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert all(f"{check}: " in told for check in CHECKS)
    assert "failures: 2" in told


def element(name: str, kind: str) -> str:
    return f'{HEAD}<xs:element name="{name}" type="xs:{kind}"/></xs:schema>'


@pytest.mark.parametrize(
    ("place", "how"),
    [
        ("two.xml", "file name"),
        ("two-1.xml", "file name"),
        ("two_7.xml", "file name"),
        ("two.max.xml", "file name"),
        ("twoMinimal.xml", "file name"),
        ("two/1.xml", "folder name"),
        ("valid/two/deeper/x.xml", "folder name"),
    ],
)
def test_an_instance_finds_its_schema_by_its_name_among_those_with_its_root(
    tmp_path: Path, place: str, how: str
) -> None:
    schemas, instances = tmp_path / "schemas", tmp_path / "instances"
    schemas.mkdir()
    for name in ("one", "two", "twofold"):
        (schemas / f"{name}.xsd").write_text(element("r", "string"))
    path = instances / place
    path.parent.mkdir(parents=True)
    path.write_text("<r/>")
    report = run(schemas, instances)
    assert dict(report.pairing) == {how: 1}
    assert report.counts["instance round trip good"] == 1


def test_a_schema_for_which_an_instance_is_valid_comes_before_its_namesake(tmp_path: Path) -> None:
    (tmp_path / "number.xsd").write_text(element("r", "int"))
    (tmp_path / "word.xsd").write_text(element("r", "string"))
    (tmp_path / "number.xml").write_text("<r>no number</r>")
    report = run(tmp_path, tmp_path)
    assert report.invalid == []
    assert report.counts["valid instance without objection good"] == 1


def test_an_instance_names_its_schema_and_what_belongs_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "b.xsd").write_text(element("r", "string"))
    (tmp_path / "c.xsd").write_text(element("r", "string"))
    xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    (tmp_path / "b.xml").write_text(f'<r {xsi} xsi:noNamespaceSchemaLocation="../c.xsd"/>')
    (tmp_path / "stray.gpx").write_text("<gpx/>")
    (tmp_path / "broken.xml").write_text("<r>")
    report = run(tmp_path, tmp_path)
    assert dict(report.pairing) == {"the location it names": 1}
    assert [line.partition(":")[0] for line in report.left_out] == ["broken.xml", "stray.gpx"]


def test_values_that_only_one_validator_takes_are_valid_instances(tmp_path: Path) -> None:
    (tmp_path / "a.xsd").write_text(
        element("a", "date").replace("</xs:schema>", "") + element("b", "IDREF")[len(HEAD) :]
    )
    (tmp_path / "a.xml").write_text("<a>\n 2024-01-01 </a>")
    (tmp_path / "b.xml").write_text("<b>nowhere</b>")
    report = run(tmp_path, tmp_path)
    assert report.failures == []
    assert report.invalid == []
    assert report.counts["instance round trip good"] == 2
