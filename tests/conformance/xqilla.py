"""Compares our results with those measured on the real broker (Qpid's XML exchange, XQilla).

usage: python -m tests.conformance.xqilla FILE

Prints each disagreement and, last, "N of M results agree". A query that the broker refuses
counts as agreed when our engine refuses it too or says `broker_would_refuse`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from clacks_monitor.xquery import MatchOutcome, Query, QueryError, compile_query

_WORDS = {MatchOutcome.MATCH: "match", MatchOutcome.NO_MATCH: "nomatch", MatchOutcome.ERROR: "error"}


def result(row: dict[str, Any], head: dict[str, Any], cache: dict[str, Any]) -> str:
    """Our result for one line: match, nomatch, error or refused, with a reason in parentheses."""
    text = row["query"]
    if text not in cache:
        try:
            cache[text] = compile_query(text)
        except QueryError as error:
            cache[text] = error
    query = cache[text]
    if not isinstance(query, Query):
        return f"refused ({query})"
    if row["verdict"] == "refused" and query.broker_would_refuse is not None:
        return "refused (broker_would_refuse)"
    if row.get("event") is None:
        return "accepted"
    body = head["events"][row["event"]].encode()
    properties = head["props"][row["props"]] if row.get("props") else {}
    found = query.matches(body, properties)
    reason = f" ({found.code}: {found.reason})" if found.outcome is MatchOutcome.ERROR else ""
    return _WORDS[found.outcome] + reason


def main(arguments: list[str]) -> int:
    """Compare a whole file; the exit code is 0 when at least 99 % agree."""
    lines = Path(arguments[0]).read_text(encoding="utf-8").splitlines()
    head, rows = json.loads(lines[0]), [json.loads(line) for line in lines[1:] if line.strip()]
    agreed = 0
    cache: dict[str, Any] = {}
    for row in rows:
        ours = result(row, head, cache)
        if ours.split(" ")[0] == row["verdict"]:
            agreed += 1
        else:
            where = f"{row.get('event')} {row.get('props')} {row['query']!r}"
            sys.stdout.write(f"broker {row['verdict']}, we {ours}: {where}\n")
    sys.stdout.write(f"{agreed} of {len(rows)} results agree\n")
    return 0 if agreed >= 0.99 * len(rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
