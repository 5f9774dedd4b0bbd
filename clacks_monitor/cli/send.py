"""``clacks-monitor send``: sends one event, built from fields or read from a file. Thread: main."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor import assets
from clacks_monitor.cli.arguments import EXIT_FILE, EXIT_NOT_CONNECTED, EXIT_NOT_PERMITTED, EXIT_USAGE
from clacks_monitor.cli.bus import complain, missing_folder, read_url
from clacks_monitor.cli.interrupts import stopping
from clacks_monitor.cli.publisher import Publisher
from clacks_monitor.core.bus import BusError
from clacks_monitor.core.connection import MQTT
from clacks_monitor.core.delivery import TOPIC
from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.core.folders import Folders
from clacks_monitor.core.sending import SendOutcome, SendResult
from clacks_monitor.core.suggestions import did_you_mean
from clacks_monitor.forms import Catalogue
from clacks_monitor.session.sending.sender import outcome_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from clacks_monitor.cli.address import Address
    from clacks_monitor.core.bus import BusConnection
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.core.ports import Ports
    from clacks_monitor.forms import ValidationIssue

TIMEOUT_S = 15.0
EXITS = {
    SendOutcome.ACCEPTED: 0,
    SendOutcome.INVALID: EXIT_USAGE,
    SendOutcome.NOT_PERMITTED: EXIT_NOT_PERMITTED,
    SendOutcome.REJECTED: EXIT_NOT_PERMITTED,
    SendOutcome.NOT_ROUTED: EXIT_NOT_PERMITTED,
    SendOutcome.NOT_CONNECTED: EXIT_NOT_CONNECTED,
    SendOutcome.TIMED_OUT: EXIT_NOT_CONNECTED,
}


class FieldError(ValueError):
    """A field on the command line that the event does not have; the text lists those that it has."""


def run(args: argparse.Namespace, ports: Ports) -> int:
    """Send; return the exit status."""
    address = read_url(args, ports)
    if address is None or _topic_without_mqtt(args.topic, address[0]):
        return EXIT_USAGE
    if missing_folder(args.schemas):
        return EXIT_FILE
    catalogue = Catalogue([assets.folder("schemas"), Folders.of_user().schemas, *args.schemas])
    try:
        body = _body(args, catalogue)
    except FieldError as error:
        complain(str(error))
        return EXIT_USAGE
    except OSError as error:
        complain(f"{args.file} cannot be read: {error.strerror}.")
        return EXIT_FILE
    problems = catalogue.validator.validate(body)
    for problem in problems:
        complain(f"{_place(args.file, problem)}{problem.text}")
    if problems and not args.broken:
        complain("Not sent: the event is invalid. Use --broken to send it anyway.")
        return EXIT_USAGE
    result = _send(ports, address, body, agent=args.via == "agent", topic=args.topic)
    complain(f"{result.outcome}{': ' + result.detail if result.detail else ''}")
    return EXITS[result.outcome]


def _place(file: str | None, problem: ValidationIssue) -> str:
    """Return where a problem is: the file and line, where there are any, and the path in the event."""
    source = {None: "", "-": "standard input"}.get(file, file)
    line = f"line {problem.line}" if problem.line else ""
    return "".join(f"{part}: " for part in (", ".join(filter(None, (source, line))), problem.path) if part)


def _body(args: argparse.Namespace, catalogue: Catalogue) -> bytes:
    if args.file == "-":
        return sys.stdin.buffer.read()
    if args.file:
        return Path(args.file).read_bytes()
    if not args.type:
        raise FieldError("Name the type of the event and its fields, or give a document with --file.")
    if catalogue.get(args.type) is None:
        names = [found.name for found in catalogue.types()]
        meant = did_you_mean(args.type, names)
        raise FieldError(f"There is no event type {args.type}.{meant} There are: {', '.join(names)}.")
    return build(args.type, args.fields, catalogue.key_fields(args.type))


def build(type_name: str, fields: Sequence[str], known: Sequence[str]) -> bytes:
    """Return the event's XML: ``fields`` as PATH=VALUE, put in the order of ``known``. Raises FieldError."""
    order = {path: number for number, path in enumerate(known)}
    pairs: list[tuple[str, str]] = []
    for field in fields:
        path, equals, value = field.partition("=")
        if not equals:
            raise FieldError(f"{path} has no value: a field looks like {path}=VALUE.")
        if path not in order:
            meant = did_you_mean(path, known)
            raise FieldError(f"{type_name} has no field {path}.{meant} It has: {', '.join(known) or 'none'}.")
        pairs.append((path, value))
    root = etree.Element(f"{{{EVENT_NAMESPACE}}}Event", nsmap={None: EVENT_NAMESPACE})
    event = etree.SubElement(root, f"{{{EVENT_NAMESPACE}}}{type_name}")
    for path, value in sorted(pairs, key=lambda pair: order[pair[0]]):
        try:
            _put(event, path, value)
        except ValueError as error:
            raise FieldError(f"{path}: {error}.") from None
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _put(event: etree._Element, path: str, value: str) -> None:
    element = event
    *parents, leaf = path.split("/")
    for name in parents:
        tag = f"{{{EVENT_NAMESPACE}}}{name}"
        found = element.findall(tag)
        element = found[-1] if found else etree.SubElement(element, tag)
    if leaf.startswith("@"):
        element.set(leaf[1:], value)
    else:
        etree.SubElement(element, f"{{{EVENT_NAMESPACE}}}{leaf}").text = value


def _topic_without_mqtt(topic: str, settings: ConnectionSettings) -> bool:
    """Complain when there is a topic for a bus that has none."""
    if topic and settings.protocol != MQTT.name:
        complain("--topic is for MQTT: begin the URL with mqtt:// or mqtts://.")
        return True
    return False


def _send(ports: Ports, address: Address, body: bytes, *, agent: bool, topic: str) -> SendResult:
    """Send; return the result. Raises KeyboardInterrupt after Ctrl+C, when all is closed."""
    publisher = Publisher(ports.bus(address[0]), *address)
    with stopping(publisher.stop) as interrupts, publisher:
        result = _result(publisher, body, agent=agent, topic=topic)
    if interrupts.happened:
        raise KeyboardInterrupt
    return result


def _result(publisher: Publisher, body: bytes, *, agent: bool, topic: str) -> SendResult:
    if reason := publisher.wait_connected():
        return SendResult(0, SendOutcome.REJECTED if publisher.refused else SendOutcome.NOT_CONNECTED, reason)
    if agent:
        return _through_agent(publisher.connection, body)
    try:
        publisher.send_body(body, {TOPIC: topic} if topic else None)
    except BusError as error:
        return SendResult(0, SendOutcome.INVALID, str(error))
    result = publisher.last_result(TIMEOUT_S)
    return result or SendResult(0, SendOutcome.TIMED_OUT, f"the broker said nothing within {TIMEOUT_S:g} s")


def _through_agent(connection: BusConnection, body: bytes) -> SendResult:
    try:
        connection.call("sendEvent", body.decode("utf-8", "replace"), timeout=TIMEOUT_S)
    except BusError as error:
        return SendResult(0, outcome_of(error), str(error))
    return SendResult(0, SendOutcome.ACCEPTED, "the agent published it")
