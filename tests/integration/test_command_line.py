"""The command-line twin against the embedded broker: real processes, real sockets."""

from __future__ import annotations

import json
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.app import build_parser, main
from clacks_monitor.cli.commands import COMMANDS
from clacks_monitor.core.event import Event
from clacks_monitor.core.folders import Folders
from tests.helpers.broker import BrokerProcess, running_broker
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
BUSY = "declare namespace f='http://www.gonicus.de/Events'; ./f:Event/f:PhoneStatus/f:Status = 'busy'"


@pytest.fixture
def broker() -> Iterator[BrokerProcess]:
    with running_broker() as process:
        yield process


def monitor(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "clacks_monitor", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, timeout=60, cwd=ROOT)


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[BrokerProcess]:
    users = tmp_path / "users"
    users.write_text("admin:right\n", encoding="utf-8")
    with running_broker("--users", str(users)) as process:
        yield process


class Listening:
    """A listen process that is known to be subscribed."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "clacks_monitor", "listen", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        self.said = ""
        for line in self.process.stderr:
            self.said += line
            if line.startswith("connected"):
                return
        raise AssertionError(self.said)

    def lines(self) -> list[str]:
        out, err = self.process.communicate(timeout=60)
        self.said += err
        return out.splitlines()


def send(url: str, *fields: str) -> None:
    done = monitor("send", url, "PhoneStatus", *fields)
    assert done.returncode == 0, done.stderr


def test_listen_goes_on_when_the_broker_is_back_before_its_exchange(broker: BrokerProcess) -> None:
    """A qpidd without a store comes back like that each time."""
    listening, usual = Listening(broker.url, "--count", "1"), broker._options
    assert listening.process.stderr is not None
    broker._options = (*usual, "--domain", "another")
    broker.restart()
    said = []
    for line in listening.process.stderr:
        said.append(line)
        if line.startswith("refused"):
            break
    assert said[-1].endswith("Node not found: org.clacks (check the domain) Trying again.\n")
    broker._options = usual
    broker.restart()
    for line in listening.process.stderr:
        if line.startswith("connected"):
            break
    send(broker.url.replace("another", "org.clacks"), "CallerId=1", "ReceiverId=2", "Status=busy")
    gap, event = listening.lines()
    assert "--- gap until" in gap
    assert "PhoneStatus" in event
    assert listening.process.returncode == 0


@pytest.mark.parametrize("style", ["summary", "xml", "json"])
def test_a_gap_that_is_open_at_the_end_is_printed(broker: BrokerProcess, style: str) -> None:
    listening = Listening(broker.url, "--format", style)
    assert listening.process.stderr is not None
    broker.kill()
    for line in listening.process.stderr:
        if line.startswith("lost"):
            break
    listening.process.send_signal(signal.SIGINT)
    (gap,) = listening.lines()
    assert listening.process.returncode == 0
    assert "gap" in gap
    assert "Traceback" not in listening.said
    if style == "json":
        assert json.loads(gap)["gap"] == "connection-lost"


@pytest.mark.parametrize("via", ["exchange", "agent"])
def test_what_is_sent_is_heard_by_who_filters_for_it(broker: BrokerProcess, via: str) -> None:
    listening = Listening(broker.url, "--xquery", BUSY, "--count", "1", "--format", "json")
    assert "filter runs in the broker" in listening.said
    for status in ("free", "busy"):
        send(broker.url, "CallerId=012345", "ReceiverId=12343424", f"Status={status}", "--via", via)
    (line,) = listening.lines()
    event = json.loads(line)
    assert (event["type"], event["summary"], event["problem"]) == ("PhoneStatus", "012345 → 12343424 busy", None)


def test_a_query_that_the_broker_would_refuse_runs_here(broker: BrokerProcess) -> None:
    query = BUSY.replace("./f:Event", "'x' ! true() and ./f:Event")
    listening = Listening(broker.url, "--xquery", query, "--count", "1")
    assert "filter runs here" in listening.said
    for status in ("free", "busy"):
        send(broker.url, "CallerId=1", "ReceiverId=2", f"Status={status}")
    (line,) = listening.lines()
    assert "busy" in line


def test_another_configuration_brings_its_own_schemas(broker: BrokerProcess, tmp_path: Path) -> None:
    folder = Folders.below(tmp_path).schemas
    folder.mkdir(parents=True)
    (folder / "DoorOpened.xsd").write_text(
        '<schema targetNamespace="http://www.gonicus.de/Events" elementFormDefault="qualified"'
        ' xmlns="http://www.w3.org/2001/XMLSchema"><element name="DoorOpened" type="string"/></schema>',
        encoding="utf-8",
    )
    listening = Listening(broker.url, "--config", str(tmp_path), "--count", "1", "--format", "json")
    event = "<Event xmlns='http://www.gonicus.de/Events'><DoorOpened>north</DoorOpened></Event>"
    assert monitor("send", broker.url, "--file", "-", "--broken", stdin=event).returncode == 0
    (line,) = listening.lines()
    assert json.loads(line)["problem"] is None


def test_a_profile_and_a_capture(broker: BrokerProcess, tmp_path: Path) -> None:
    path = tmp_path / "shift.capture"
    arguments = [broker.url, "--profile", "telephones", "--count", "1", "--capture", str(path)]
    listening = Listening(*arguments, "--config", str(tmp_path))
    assert monitor("send", broker.url, "ClientLeave", "Id=pc-1").returncode == 0
    send(broker.url, "CallerId=1", "ReceiverId=2", "Status=busy")
    (line,) = listening.lines()
    assert "PhoneStatus" in line
    capture = captures.open_readonly(path)
    reader = capture.reader()
    entry = reader.entry(reader.last_sequence())
    reader.close()
    capture.close()
    assert isinstance(entry, Event)
    assert entry.type == "PhoneStatus"


def test_an_invalid_event_is_not_sent_unless_asked_to(broker: BrokerProcess) -> None:
    listening = Listening(broker.url, "--count", "1", "--format", "json")
    refused = monitor("send", broker.url, "PhoneStatus", "CallerId=1")
    assert refused.returncode == 2
    assert "Not sent" in refused.stderr
    assert monitor("send", broker.url, "PhoneStatus", "CallerId=1", "--broken").returncode == 0
    (line,) = listening.lines()
    assert json.loads(line)["problem"]


def test_a_document_from_standard_input_arrives_byte_for_byte(broker: BrokerProcess) -> None:
    body = '<Event  xmlns="http://www.gonicus.de/Events"><!-- kept --><ClientLeave><Id>pc</Id></ClientLeave></Event>'
    listening = Listening(broker.url, "--count", "1", "--format", "xml")
    assert monitor("send", broker.url, "--file", "-", stdin=body).returncode == 0
    assert listening.lines() == [body]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("listen", "http://x"), 2, "amqp://user@host"),
        (("listen", "amqp://127.0.0.1:99999"), 2, "port"),
        (("listen", "amqp://admin@127.0.0.1:1"), 2, "CLACKS_MONITOR_PASSWORD"),
        (("listen", "amqp://127.0.0.1:1", "--count", "0"), 2, "from 1 on"),
        (("listen", "amqp://127.0.0.1:1", "--capture", "/nonexistent/a.capture"), 5, "/nonexistent/a.capture"),
        (("listen", "amqp://127.0.0.1:1", "--capture", "README.md"), 5, "another kind"),
        (("listen", "amqp://127.0.0.1:1", "--capture", "/"), 5, "is a folder"),
        (("listen", "amqp://127.0.0.1:1", "--xquery", "1 +"), 2, "XPST0003"),
        (("listen", "amqp://127.0.0.1:1", "--profile", "nobody"), 2, "Telephones"),
        (("listen", "amqp://127.0.0.1:1", "--once"), 4, "lost"),
        (("send", "amqp://127.0.0.1:1", "ClientLeave", "Id=1"), 4, "not-connected"),
        (("send", "amqp://127.0.0.1:1", "Nonsense"), 2, "ClientLeave"),
        (("send", "amqp://127.0.0.1:1", "ClientLeave", "Name=1"), 2, "Id"),
        (("send", "amqp://127.0.0.1:1", "PhoneStats"), 2, "Did you mean PhoneStatus?"),
        (("send", "amqp://127.0.0.1:1", "PhoneStatus", "Status"), 2, "Status=VALUE"),
        (("send", "amqp://127.0.0.1:1", "NodeStatus", "Load=much"), 2, "'much' is not a number"),
        (("send", "amqp://127.0.0.1:1", "--file", "/nonexistent.xml"), 5, "/nonexistent.xml cannot be read"),
        (("send", "amqp://127.0.0.1:1", "ClientPoll", "--schemas", "/nonexistent"), 5, "no folder /nonexistent"),
        (("replay", "/nonexistent.capture"), 5, "nonexistent"),
        (("replay", "/nonexistent.capture", "--speed", "-1"), 2, "from 0 on"),
        (("schemas", "/nonexistent"), 5, "no folder /nonexistent"),
        (("simulate", "amqp://127.0.0.1:1", "--scenario", "none"), 2, "office-day"),
        (("broker", "--listen", "5672"), 2, "HOST:PORT"),
        (("broker", "--listen", "0.0.0.0:0"), 2, "--allow-remote"),
        (("--size", "big"), 2, "1280x800"),
        (("lisen", "amqp://127.0.0.1:1"), 2, "command 'lisen' does not exist. Did you mean listen?"),
        (("listen", "--fromat", "json", "amqp://127.0.0.1:1"), 2, "no option --fromat. Did you mean --format?"),
        (("listen", "--fromat=json"), 2, "no option --fromat. Did you mean --format?"),
        (("--capture-file", "x"), 2, "no option --capture-file. Did you mean --capture?"),
        (("listen", "amqp://127.0.0.1:1", "--format", "jsn"), 2, "Did you mean json? There are: summary, xml, json."),
        (("listen", "amqp://127.0.0.1:1", "--profile", "telephone"), 2, "Did you mean Telephones?"),
        (("send", "amqp://127.0.0.1:1", "ClientLeave", "Id=1", "--via", "agnet"), 2, "Did you mean agent?"),
        (("send", "amqp://127.0.0.1:1", "PhoneStatus", "CalerId=1"), 2, "Did you mean CallerId?"),
        (("send", "amqp://127.0.0.1:1", "PhoneStaus"), 2, "Did you mean PhoneStatus?"),
        (("simulate", "amqp://127.0.0.1:1", "--scenario", "office"), 2, "Did you mean office-day?"),
    ],
)
def test_errors_say_what_to_do(
    arguments: tuple[str, ...],
    status: int,
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("CLACKS_MONITOR_PASSWORD", raising=False)
    with pytest.raises(SystemExit) as ended:
        sys.exit(main(arguments))
    assert ended.value.code == status
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("part", "arguments", "status", "words"),
    [
        ("admin:hunter2@", ("listen",), 3, "refused the login"),
        ("", ("listen",), 3, "requires a login"),
        ("admin:hunter2@", ("send", "ClientLeave", "Id=1"), 3, "refused the login"),
        ("admin:hunter2@", ("simulate",), 3, "refused the login"),
        ("admin:right@", ("listen", "/elsewhere"), 3, "check the domain"),
        ("admin:right@", ("send", "/elsewhere", "ClientLeave", "Id=1"), 3, "check the domain"),
    ],
)
def test_what_the_bus_refuses_is_told_apart(
    guarded: BrokerProcess, part: str, arguments: tuple[str, ...], status: int, words: str
) -> None:
    command, *rest = arguments
    url = guarded.url.replace("amqp://", f"amqp://{part}")
    if rest and rest[0].startswith("/"):
        url = url.rpartition("/")[0] + rest.pop(0)
    done = monitor(command, url, *rest)
    assert done.returncode == status, done.stderr
    assert words in done.stderr
    assert "hunter2" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("style", ["summary", "xml", "json"])
def test_a_reader_that_goes_and_ctrl_c_end_it_quietly(broker: BrokerProcess, style: str) -> None:
    for how in ("pipe", "signal"):
        listening = Listening(broker.url, "--format", style)
        send(broker.url, "CallerId=1", "ReceiverId=2", "Status=busy")
        assert listening.process.stdout is not None
        assert listening.process.stdout.readline()
        if how == "pipe":
            listening.process.stdout.close()
            send(broker.url, "CallerId=1", "ReceiverId=2", "Status=free")
        else:
            listening.process.send_signal(signal.SIGINT)
            listening.process.stdout.close()
        assert listening.process.wait(30) == 0
        assert listening.process.stderr is not None
        assert listening.process.stderr.read() == ""
        listening.process.stderr.close()


def test_what_is_wrong_with_a_file_names_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "wrong.xml"
    path.write_text("<Event xmlns='http://www.gonicus.de/Events'>\n<ClientLeave><Ix>1</Ix></ClientLeave></Event>")
    assert main(["send", "amqp://127.0.0.1:1", "--file", str(path)]) == 2
    assert capsys.readouterr().err.startswith(f"{path}, line 2: ")


def test_a_simulation_that_is_interrupted_has_done_what_was_wanted(broker: BrokerProcess) -> None:
    command = [sys.executable, "-m", "clacks_monitor", "simulate", broker.url, "--count", "1000000", "--rate", "50"]
    listening = Listening(broker.url, "--count", "3")
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert len(listening.lines()) == 3
        process.send_signal(signal.SIGINT)
        _out, told = process.communicate()
    assert process.returncode == 0, told
    assert "accepted" in told


def test_a_list_of_schemas_may_be_cut_off() -> None:
    command = [sys.executable, "-m", "clacks_monitor", "schemas"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert (process.stderr.read(), process.wait(30)) == (b"", 0)


def test_every_example_of_the_help_can_be_parsed(capsys: pytest.CaptureFixture[str]) -> None:
    for command in COMMANDS:
        with pytest.raises(SystemExit):
            build_parser().parse_args([command, "--help"])
        told = capsys.readouterr().out
        example = told.split("example:")[1].strip().splitlines()[0]
        program, *arguments = shlex.split(example)
        assert program == "clacks-monitor"
        assert build_parser().parse_args(arguments).command == command
        assert "exit status:" in told


def test_a_capture_is_replayed_onto_the_bus(broker: BrokerProcess, tmp_path: Path) -> None:
    path = tmp_path / "day.capture"
    recording = Listening(broker.url, "--count", "3", "--capture", str(path))
    for status in ("ringing", "busy", "free"):
        send(broker.url, "CallerId=1", "ReceiverId=2", f"Status={status}")
    assert len(recording.lines()) == 3
    listening = Listening(broker.url, "--count", "2", "--format", "json")
    done = monitor(
        "replay",
        str(path),
        broker.url,
        "--speed",
        "0",
        "--xquery",
        f"not({BUSY.split(';')[1]})".join([BUSY.split(";", maxsplit=1)[0] + ";", ""]),
    )
    assert done.returncode == 0, done.stderr
    assert "2 events replayed" in done.stderr
    assert [json.loads(line)["summary"].split()[-1] for line in listening.lines()] == ["ringing", "free"]


def test_a_capture_is_printed_from_a_time_to_another_step_by_step(tmp_path: Path) -> None:
    path = tmp_path / "day.capture"
    with captures.create(path) as capture:
        capture.append(some_events(60))
    done = monitor("replay", str(path), "--step", "--from", "+10s", "--to", "+14s", stdin="\n\n")
    assert done.returncode == 0, done.stderr
    assert [f"<Id>{n}</Id>" in line for n, line in enumerate(done.stdout.splitlines(), 10)] == [True] * 5
    done = monitor("replay", str(path), "--from", "soon")
    assert done.returncode == 2
    assert "soon is not a time" in done.stderr


def test_the_schemas_are_listed_with_what_is_wrong(tmp_path: Path) -> None:
    assert monitor("schemas").stdout.count(".xsd") == 31
    (tmp_path / "Broken.xsd").write_text("<schema", encoding="utf-8")
    done = monitor("schemas", str(tmp_path))
    assert done.returncode == 1
    assert "PROBLEM (line 1" in done.stdout
