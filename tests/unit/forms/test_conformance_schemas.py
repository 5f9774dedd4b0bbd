"""Our own schemas for every construct: opens, generates, round-trips, all of them."""

from __future__ import annotations

from pathlib import Path

from tests.conformance.forms import main, run

FOLDER = Path(__file__).parents[2] / "conformance" / "schemas"


def test_every_construct_opens_generates_and_round_trips() -> None:
    report = run(FOLDER, FOLDER / "instances")
    assert report.failures == []
    assert report.refused == []
    assert report.counts["left out"] == 0
    assert report.counts["schema good"] >= 30
    assert report.counts["round trip good"] >= 2 * report.counts["minimal instance"] + 50


def test_the_run_tells_failures_from_successes(tmp_path: Path) -> None:
    greek = '<xs:restriction base="xs:string"><xs:pattern value="\\p{IsGreek}{3}"/></xs:restriction>'
    (tmp_path / "a.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a">'
        f"<xs:simpleType>{greek}</xs:simpleType></xs:element></xs:schema>"
    )
    (tmp_path / "a.xml").write_text("<a>no</a>")
    report = run(tmp_path, tmp_path)
    assert report.counts["left out"] == 1
    assert len(report.failures) == 2
    assert "minimal instance" in report.failures[0]
    assert main([str(tmp_path), str(tmp_path)]) == 1
