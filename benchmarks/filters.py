"""What filters cost: CPU microseconds per event, beside SaxonC-HE in the same run.

    python -m benchmarks.filters [--json] [--seconds 0.15] [--no-saxon]

Each figure is the best of several rounds of processor time, so that other work on the machine counts as little as can
be. Both engines are asked for the same: the effective boolean value of the query. "beyond" is what a query costs once
the event is parsed; "as it runs" is what the program pays for an event when it filters: the fast path in its own
process, the general way in batches through the guard's worker, whose processor time is in it. SaxonC always has its own
parse in it, and its ratio is to "as it runs". SaxonC runs in a process of its own, its rounds between ours.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from lxml import etree

from benchmarks.report import Report
from clacks_monitor.core.hardened import hardened_parser
from clacks_monitor.xquery import Document, Guard, MatchOutcome, QuerySet, compile_query
from clacks_monitor.xquery.editor.complete import complete
from clacks_monitor.xquery.editor.highlight import highlight, highlight_line
from clacks_monitor.xquery.editor.hover import hover
from clacks_monitor.xquery.editor.layout import format_prolog
from clacks_monitor.xquery.editor.lint import lint
from clacks_monitor.xquery.editor.vocabulary import ElementWord, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.xquery import Query

NAMESPACE: Final = "http://www.gonicus.de/Events"
PROLOG: Final = f"declare namespace f='{NAMESPACE}'; "
Batch = list[tuple[bytes, dict[str, str | int | float | bool]]]
QUERIES: Final = {
    "existence": "let $e := ./f:Event return $e/f:PhoneStatus",
    "or of names": "let $e := ./f:Event return $e/f:PhoneStatus or $e/f:PuppetReport",
    "comparison": "./f:Event/f:PhoneStatus/f:Status = 'busy'",
    "order by, constructor": ("for $l in ./f:Event/f:*/f:* order by string($l) descending return <hit>{$l}</hit>"),
    # The truth of the one above needs its first node only; this one needs them all.
    "all of them": ("count(for $l in ./f:Event/f:*/f:* order by string($l) descending return <hit>{$l}</hit>) > 1"),
    "functions, grouping": (
        "(for $l in ./f:Event/f:*/f:* group by $n := local-name($l) order by $n"
        " return string-join((upper-case($n), string(count($l)), substring(string($l[1]), 1, 5)), '-')) = 'x'"
    ),
}
SETS: Final = (1, 10, 50)
ROUNDS: Final = 7
BATCH: Final = 200
"""Small events that go through the guard at once."""


def phone(number: int = 12345) -> bytes:
    """Make the small event: 190 bytes."""
    return (
        f"<?xml version='1.0'?><Event xmlns=\"{NAMESPACE}\"><PhoneStatus>"
        f"<CallerId>{number:06d}</CallerId><ReceiverId>12343424</ReceiverId>"
        "<Status>busy</Status></PhoneStatus></Event>"
    ).encode()


def report_of(size: int) -> bytes:
    """Make a PuppetReport of about so many bytes."""
    head = f"<?xml version='1.0'?><Event xmlns=\"{NAMESPACE}\"><PuppetReport><Id>host-7</Id>"
    logs: list[str] = []
    length = len(head)
    while length < size:
        n = len(logs)
        logs.append(
            f"<PuppetLog><Timestamp>{1351240161 + n}.5</Timestamp><Level>notice</Level>"
            f"<Message>Finished step {n} of the run</Message><Line>{n}</Line></PuppetLog>"
        )
        length += len(logs[-1])
    return f"{head}{''.join(logs)}</PuppetReport></Event>".encode()


EVENTS: Final = {"small": phone(), "5 KB": report_of(5_000), "200 KB": report_of(200_000)}


def microseconds(work: Callable[[], object], seconds: float) -> float:
    """Processor time of one call, over about so many seconds."""
    count, used = 1, 0.0
    while used < seconds:
        begun = time.process_time()
        for _ in range(count):
            work()
        used = time.process_time() - begun
        if used < seconds:
            count = max(count * 2, int(count * seconds / used) if used > 0.001 else 0)
    return used / count * 1e6


def saxon_server() -> None:
    """Answer lines of [query, event, seconds] with microseconds per event, parse included."""
    import saxonche  # only here, it holds on to its process

    processor = saxonche.PySaxonProcessor(license=False)
    for line in sys.stdin:
        text, event, seconds = json.loads(line)
        body = EVENTS[event].decode()

        def compiled(text: str = text) -> object:
            found = processor.new_xquery_processor()
            found.set_query_content(f"{PROLOG}boolean(({text}))")
            return found

        query = compiled()

        def once(query: object = query, body: str = body) -> bool:
            query.set_context(xdm_item=processor.parse_xml(xml_text=body))  # type: ignore[attr-defined]  # saxonche has no types
            value = query.run_query_to_value()  # type: ignore[attr-defined]  # as above
            return bool(value.head.boolean_value)

        def fresh() -> bool:
            return once(compiled())

        answer = [microseconds(once, seconds), microseconds(fresh, seconds) if event == "small" else 0]
        print(json.dumps(answer), flush=True)


class Saxon:
    """SaxonC-HE in a process of its own; `None` everywhere if it is not wanted."""

    def __init__(self, *, wanted: bool) -> None:
        self._process = (
            subprocess.Popen(
                [sys.executable, "-m", "benchmarks.filters", "--serve-saxon"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            if wanted
            else None
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.communicate()

    def ask(self, text: str, event: str, seconds: float) -> tuple[float, float] | None:
        """Microseconds with parse, and with parse and compiling (small event only)."""
        if self._process is None or self._process.stdin is None or self._process.stdout is None:
            return None
        print(json.dumps([text, event, seconds]), file=self._process.stdin, flush=True)
        used, compiled = json.loads(self._process.stdout.readline())
        return used, compiled


def per_query(report: Report, saxon: Saxon, seconds: float) -> None:
    """Each query on each event."""
    table = report.table(
        "queries",
        "CPU microseconds per event",
        ["query", "event", "way", "parse", "beyond", "with parse", "as it runs", "SaxonC", "SaxonC / as it runs"],
    )
    parser = hardened_parser()
    for name, text in QUERIES.items():
        query = compile_query(PROLOG + text)
        queries = QuerySet([query])
        for event, body in EVENTS.items():
            if (outcome := queries.evaluate(body)[0].outcome) is MatchOutcome.ERROR:
                raise RuntimeError(f"{name} on {event}: {outcome}")
            works = (
                partial(etree.fromstring, body, parser),
                partial(queries.evaluate, body),
            )
            parse = whole = theirs = float("inf")
            for _ in range(ROUNDS):
                parse = min(parse, microseconds(works[0], seconds / ROUNDS))
                whole = min(whole, microseconds(works[1], seconds / ROUNDS))
                answer = saxon.ask(text, event, seconds / ROUNDS)
                theirs = min(theirs, answer[0]) if answer else theirs
            known = theirs if theirs < float("inf") else None
            way = "fast" if query.fast else "general"
            runs = whole if query.fast else through_the_guard(query, body, seconds)
            table.row(name, event, way, parse, whole - parse, whole, runs, known, known / runs if known else None)


def through_the_guard(query: Query, body: bytes, seconds: float) -> float:
    """Return the processor time of an event in batches, the worker's included, in microseconds."""
    batch: Batch = [(body, {})] * (BATCH if len(body) < 1_000 else BATCH // 10)
    with Guard() as guard:
        queries = QuerySet([query], guard=guard)
        queries.evaluate_many(batch)
        worker = Path(f"/proc/{guard.pid}/schedstat")

        def spent() -> float:
            return time.process_time() * 1e6 + int(worker.read_text().split()[0]) / 1e3

        best = float("inf")
        for _ in range(ROUNDS):
            begun, count = spent(), 0
            while count == 0 or spent() - begun < seconds / ROUNDS * 1e6:
                queries.evaluate_many(batch)
                count += len(batch)
            best = min(best, (spent() - begun) / count)
    return best


def per_set(report: Report, seconds: float) -> None:
    """1, 10 and 50 active queries on the small event."""
    table = report.table(
        "sets",
        "CPU microseconds per small event for several active queries, parse included",
        ["queries", "all of its type", "of all types", "refiltering, of all types"],
    )
    body = EVENTS["small"]
    for count in SETS:
        same = [compile_query(f"{PROLOG}./f:Event/f:PhoneStatus/f:CallerId = '{n:06d}'") for n in range(count)]
        mixed = [
            compile_query(f"{PROLOG}let $e := ./f:Event return $e/f:Type{n} or $e/f:PhoneStatus")
            if n % 10 == 0
            else compile_query(f"{PROLOG}./f:Event/f:Type{n}/f:Id = 'x'")
            for n in range(count)
        ]
        table.row(count, _one(same, body, seconds), _one(mixed, body, seconds), _many(mixed, body, seconds))


def _one(queries: list[Query], body: bytes, seconds: float) -> float:
    found = QuerySet(queries)
    return min(microseconds(lambda: found.evaluate(body), seconds / ROUNDS) for _ in range(ROUNDS))


def _many(queries: list[Query], body: bytes, seconds: float) -> float:
    found = QuerySet(queries)
    batch: Batch = [(body, {})] * 200
    return min(microseconds(lambda: found.evaluate_many(batch), seconds / ROUNDS) / len(batch) for _ in range(ROUNDS))


def per_compile(report: Report, saxon: Saxon, seconds: float) -> None:
    """Compiling, the fast path included."""
    table = report.table("compile", "CPU microseconds to compile", ["query", "ours", "SaxonC, with one event"])
    for name, text in QUERIES.items():
        ours = microseconds(partial(_compile, text), seconds)
        answer = saxon.ask(text, "small", seconds)
        table.row(name, ours, answer[1] if answer else None)


def _compile(text: str) -> object:
    return compile_query(PROLOG + text).fast


def guarded(report: Report, seconds: float) -> None:
    """The general way through the worker: what the caller pays, and how long it waits."""
    table = report.table(
        "guard",
        "The general way through the guard, microseconds per small event",
        ["batch", "CPU of the caller", "wall time"],
    )
    query = compile_query(PROLOG + QUERIES["order by, constructor"])
    with Guard() as guard:
        queries = QuerySet([query], guard=guard)
        queries.evaluate(EVENTS["small"])
        for size in (1, 100, 1_000):
            batch: Batch = [(EVENTS["small"], {})] * size
            rounds = max(1, int(seconds * 5_000 / size))
            wall, cpu = time.perf_counter(), time.process_time()
            for _ in range(rounds):
                queries.evaluate_many(batch)
            per = 1e6 / rounds / size
            table.row(size, (time.process_time() - cpu) * per, (time.perf_counter() - wall) * per)


def editor(report: Report, seconds: float) -> None:
    """The editor's services on a query of 200 lines that nobody has looked at yet."""
    table = report.table("editor", "CPU milliseconds for a query of 200 lines", ["service", "milliseconds"])
    words = Vocabulary(NAMESPACE, (ElementWord("Event", (ElementWord("PhoneStatus", (ElementWord("Status"),)),)),))
    declaration = (
        "declare function local:f{0}($a as xs:integer ,$b ) as item()* {{\n  for $x in $a to $b (: comment {0} :)\n"
        "  where $x mod 2 = 0\n  return <hit n='{{$x}}'>{{concat('a', $x, \"b\")}}</hit>\n}};\n"
    )
    text = PROLOG + "".join(map(declaration.format, range(36)))
    text += "\nor ".join(f"./f:Event/f:PhoneStatus/f:Status = '{n}'" for n in range(20))
    services: dict[str, Callable[[], object]] = {
        "highlighting": partial(highlight, text),
        "completion at the end": partial(complete, text, len(text), words),
        "hover": partial(hover, text, len(text) - 10, words),
        "layout": partial(format_prolog, text),
        "lint": partial(lint, text, words),
    }
    for name, service in services.items():

        def cold(service: Callable[[], object] = service) -> None:
            highlight_line.cache_clear()
            service()

        table.row(name, min(microseconds(cold, seconds / ROUNDS) for _ in range(ROUNDS)) / 1000)


def main() -> None:
    """Run everything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--no-saxon", action="store_true")
    parser.add_argument("--seconds", type=float, default=0.15, help="per figure")
    parser.add_argument("--serve-saxon", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve_saxon:
        saxon_server()
        return
    report = Report("Filters", as_json=options.json)
    with Saxon(wanted=not options.no_saxon) as saxon:
        per_query(report, saxon, options.seconds)
        per_set(report, options.seconds)
        per_compile(report, saxon, options.seconds)
    guarded(report, options.seconds)
    editor(report, options.seconds)
    large = Document(EVENTS["200 KB"])
    report.fact("nodes_200_kb", sum(1 for _ in large.tree.iter()))
    report.finish()


if __name__ == "__main__":
    main()
