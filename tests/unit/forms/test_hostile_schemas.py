"""Schemas by an attacker: none is compiled in this process, none hides the good ones, each is refused in words."""

from __future__ import annotations

import os
import re
import signal
import threading
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from clacks_monitor import assets
from clacks_monitor.core import confined, regular_file
from clacks_monitor.forms import Catalogue, FormsError, ValueField, event_validator, new_form
from clacks_monitor.forms.guard import guard as guard_module
from clacks_monitor.forms.refusals import Refusals
from clacks_monitor.forms.schema_set import SchemaSet
from tests.helpers.hostile_schemas import FILES, NS, SCHEMAS, schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clacks_monitor.forms.sources import SourceSet

WRONG = "v: 'x' is not a whole number from -2,147,483,648 to 2,147,483,647"
COSTLY = "takes more than|MB of memory"
"""Which limit is met first depends on how fast the machine is at the moment."""
REFUSED = {
    "doubling groups": COSTLY,
    "optional doubling groups": COSTLY,
    "doubling unions": COSTLY,
    "20,000 substitutes": COSTLY,
    "20,000 choices": COSTLY,
    "amplified entities": "amplification",
    "a quadratic entity": "amplification",
    "an external entity": "not defined",
    "an include of a device": "outside the schema folders",
    "an include of the net": "not found in the schema folders",
    "an import of a file": "outside the schema folders",
    "a redefinition outside": "outside the schema folders",
    "a circle of substitutes": "circular",
}
"""Those that have to be refused, and an expression for the reason. Of the others some are only slow, by the machine."""


def event(inner: str) -> etree._Element:
    return etree.fromstring(f'<Event xmlns="{NS}">{inner}</Event>')


def good(name: str) -> str:
    return schema(name, '<xs:element name="v" type="xs:int"/>')


class Counted:
    """What the children of a test were asked, by kind."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.started = 0
        original, started = confined.Confined.ask, confined.Confined.__init__

        def ask(child: confined.Confined, request: tuple[object, ...], seconds: float) -> object:
            self.asked.append(str(request[0]))
            return original(child, request, seconds)

        def start(child: confined.Confined, module: str, memory: int) -> None:
            self.started += 1
            started(child, module, memory)

        monkeypatch.setattr(confined.Confined, "ask", ask)
        monkeypatch.setattr(confined.Confined, "__init__", start)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    return Counted(monkeypatch)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """All of them in one folder, beside a good one that comes last by name and size."""
    folder = tmp_path_factory.mktemp("hostile") / "schemas"
    folder.mkdir()
    for number, make in enumerate(SCHEMAS.values()):
        (folder / f"H{number}.xsd").write_text(make(f"H{number}"))
    (folder / "Zest.xsd").write_text(good("Zest"))
    with pytest.MonkeyPatch.context() as patch:

        def compile_here(_schema: SchemaSet) -> None:
            raise AssertionError("a schema of others was compiled in this process")

        patch.setattr(SchemaSet, "_compile", compile_here)
        patch.setattr(guard_module, "COMPILE_S", 1.0)
        catalogue = Catalogue([folder])
    yield catalogue
    catalogue.close()


@pytest.mark.parametrize("what", SCHEMAS)
def test_a_hostile_schema_is_refused_in_words_or_harmless(hostile: Catalogue, what: str) -> None:
    name = f"H{list(SCHEMAS).index(what)}"
    kind = hostile.get(name)
    assert kind is not None
    assert (kind.problem is None) == (hostile.schema(name) is not None)
    if what in REFUSED:
        assert kind.problem is not None
        assert re.search(REFUSED[what], kind.problem.text)
    for problem in (kind.problem, kind.form_problem):
        assert problem is None or problem.text.strip()
    assert len(kind.documentation) <= 4_000
    assert "\u202e" not in kind.documentation
    if kind.form_problem is not None:
        with pytest.raises(FormsError) as refused:
            new_form(hostile, name)
        assert refused.value.problem == kind.form_problem


def test_the_good_schema_beside_them_is_good(hostile: Catalogue) -> None:
    assert hostile.validator.check(event("<Zest><v>1</v></Zest>")) is None
    assert hostile.validator.check(event("<Zest><v>x</v></Zest>")) == WRONG
    assert hostile.key_fields("Zest") == ("v",)
    assert [info.name for info in hostile.vocabulary() if info.name == "Zest"] == ["Zest"]
    problems = hostile.validator.validate(f'<Event xmlns="{NS}">\n<Zest><v>x</v></Zest></Event>'.encode())
    assert [(problem.line, problem.path, problem.objector) for problem in problems] == [(2, "v", "")]
    hostile._loader._guard._discard()


def test_a_pattern_that_backtracks_costs_a_form_nothing(hostile: Catalogue) -> None:
    form = new_form(hostile, f"H{list(SCHEMAS).index('a pattern that backtracks')}")
    leaf = next(field for field in form.root.walk() if isinstance(field, ValueField))
    leaf.value = "a" * 5_000
    assert leaf.problem() is not None
    leaf.value = "aaaab"
    assert leaf.problem() is None


@pytest.mark.parametrize("what", FILES)
def test_what_is_not_a_regular_file_is_never_opened(
    tmp_path: Path, what: str, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr("clacks_monitor.core.regular_file.os.open", lambda path, *_: opened.append(path))
    FILES[what](tmp_path / "Odd.xsd")
    catalogue = Catalogue([tmp_path])
    kind = catalogue.get("Odd")
    assert kind is not None
    assert kind.problem is not None
    assert "cannot read Odd.xsd" in kind.problem.text
    assert (opened, counted.started) == ([], 0)


def test_a_file_that_becomes_a_pipe_meanwhile_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe, plain = tmp_path / "pipe", tmp_path / "plain"
    os.mkfifo(pipe)
    plain.write_bytes(b"")
    found = plain.stat()
    monkeypatch.setattr("clacks_monitor.core.regular_file.os.stat", lambda _path: found)
    with pytest.raises(regular_file.NotRegularError):
        regular_file.read_regular(pipe, 100)


def test_no_more_of_a_file_is_read_than_allowed(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x" * 100)
    assert regular_file.read_regular(file, 100) == b"x" * 100
    with pytest.raises(regular_file.TooLargeError):
        regular_file.read_regular(file, 99)


def test_of_a_folder_of_many_files_a_bounded_number_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counted: Counted
) -> None:
    monkeypatch.setattr("clacks_monitor.forms.schema_folders.MAX_SCHEMAS", 3)
    for number in range(5):
        os.mkfifo(tmp_path / f"T{number}.xsd")
    catalogue = Catalogue([tmp_path])
    assert [kind.name for kind in catalogue.types()] == ["T0", "T1", "T2"]
    assert len(catalogue.left_out) == 1
    assert str(tmp_path) in catalogue.left_out[0]
    assert counted.started == 0


def test_what_took_too_much_is_not_tried_again_at_the_next_start(tmp_path: Path, counted: Counted) -> None:
    folder, remembered = tmp_path / "schemas", tmp_path / "state" / "refused.json"
    folder.mkdir()
    (folder / "Bad.xsd").write_text(SCHEMAS["doubling groups"]("Bad"))
    first = Catalogue([folder], remembered=remembered).get("Bad")
    assert first is not None
    assert first.problem is not None
    assert counted.asked == ["read", "compile"]
    again = Catalogue([folder], remembered=remembered)
    second = again.get("Bad")
    assert second is not None
    assert second.problem == first.problem
    assert counted.asked == ["read", "compile", "read"]
    (folder / "Bad.xsd").write_text(good("Bad"))
    assert again.refresh() == {"Bad"}
    assert again.validator.check(event("<Bad><v>1</v></Bad>")) is None
    assert remembered.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"x": 3}', b"[" * 100_000])
def test_a_spoilt_memory_of_refusals_costs_nothing_else(tmp_path: Path, content: bytes) -> None:
    remembered = tmp_path / "refused.json"
    remembered.write_bytes(content)
    (tmp_path / "Good.xsd").write_text(good("Good"))
    assert Catalogue([tmp_path], remembered=remembered).validator.check(event("<Good><v>1</v></Good>")) is None


def test_an_event_that_is_too_much_for_its_schema_takes_the_schema_out_of_use(
    tmp_path: Path, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Keys.xsd").write_text(SCHEMAS["3,000 keys"]("Keys"))
    (tmp_path / "Good.xsd").write_text(good("Good"))
    catalogue = Catalogue([tmp_path])
    monkeypatch.setattr(guard_module, "CHECK_S", 0.02)
    monkeypatch.setattr(guard_module, "SECONDS_PER_BYTE", 0.0)
    slow = event("<Keys>" + "".join(f'<v a="{n}"/>' for n in range(3_000)) + "</Keys>")
    first = catalogue.validator.check(slow)
    assert first == "schema validation takes too long; the schema of Keys is not used until it changes"
    asked = len(counted.asked)
    assert catalogue.validator.check(slow) == first
    assert len(counted.asked) == asked
    monkeypatch.setattr(guard_module, "CHECK_S", 5.0)
    assert catalogue.validator.check(event("<Good><v>1</v></Good>")) is None
    (tmp_path / "Keys.xsd").write_text(good("Keys"))
    assert catalogue.refresh() == {"Keys"}
    assert catalogue.validator.check(event("<Keys><v>1</v></Keys>")) is None


def test_a_worker_that_was_killed_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "Good.xsd").write_text(good("Good"))
    catalogue = Catalogue([tmp_path])
    assert catalogue.validator.check(event("<Good><v>1</v></Good>")) is None
    pid = catalogue._loader._guard.pid
    assert pid is not None
    os.kill(pid, signal.SIGSEGV)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert catalogue.validator.check(event("<Good><v>x</v></Good>")) is not None
    catalogue.close()
    assert catalogue._loader._guard.pid is None
    assert catalogue.validator.check(event("<Good><v>1</v></Good>")) == "not checked: program closing"


def test_schemas_of_others_are_left_for_later_and_an_event_waits_for_its_own(tmp_path: Path, counted: Counted) -> None:
    (tmp_path / "Good.xsd").write_text(good("Good"))
    catalogue = Catalogue([tmp_path], later=True)
    kind = catalogue.get("Good")
    assert kind is not None
    assert kind.problem is not None
    assert kind.problem.text == "schema is still loading"
    assert catalogue.unread
    assert counted.started == 0
    answers: list[str | None] = []
    waiting = threading.Thread(target=lambda: answers.append(catalogue.validator.check(event("<Good><v>x</v></Good>"))))
    waiting.start()
    assert catalogue.refresh() == {"Good"}
    waiting.join()
    assert answers == [WRONG]


def test_a_schema_that_takes_long_is_waited_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float | None] = []

    def wait_for(_condition: threading.Condition, _predicate: object, timeout: float | None = None) -> bool:
        waits.append(timeout)
        return False

    monkeypatch.setattr(threading.Condition, "wait_for", wait_for)
    (tmp_path / "Good.xsd").write_text(good("Good"))
    catalogue = Catalogue([tmp_path], later=True)
    for _time in range(3):
        assert catalogue.validator.check(event("<Good/>")) == "cannot be checked: schema is still loading"
    assert waits == [event_validator.WAIT_S]


def test_closing_ends_a_trial_that_is_under_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Bad.xsd").write_text(SCHEMAS["20,000 choices"]("Bad"))
    catalogue = Catalogue([tmp_path], later=True)
    begun = threading.Event()

    def problem_of(_refusals: Refusals, _sources: SourceSet) -> None:
        begun.set()

    monkeypatch.setattr(Refusals, "problem_of", problem_of)
    reading = threading.Thread(target=catalogue.refresh)
    reading.start()
    begun.wait()
    catalogue.close()
    reading.join()
    kind = catalogue.get("Bad")
    assert kind is not None
    assert kind.problem is not None
    assert kind.problem.text == "not read: program closing"


def test_a_large_event_of_our_own_type_is_checked_by_the_guard(counted: Counted) -> None:
    catalogue = Catalogue([assets.folder("schemas")])
    attributes = " ".join(f'a{n}="x"' for n in range(event_validator.LARGE_NODES))
    words = catalogue.validator.check(event(f"<ClientLeave {attributes}><Id>1</Id></ClientLeave>"))
    assert words == "ClientLeave, attribute a0: the attribute a0 is not allowed"
    assert counted.asked == ["compile", "first"]
    assert catalogue.validator.check(event("<ClientLeave><Id>1</Id></ClientLeave>")) is None
    assert counted.asked == ["compile", "first"]
