"""SaxonC-HE as the oracle, in a process of its own: it may die, and it never lets go of the interpreter's lock."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]


class Saxon:
    """Asks for the truth of query bodies, or for their text; starts anew when the process has died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.communicate()

    def truth(self, prolog: str, body: str, event: bytes, properties: dict[str, str]) -> bool | str | None:
        """Return the effective boolean value, the error's code, or None if Saxon gave up."""
        return self._asked([f"{prolog} boolean(({body}))", event.decode(), properties, "boolean"])

    def text(self, query: str) -> bool | str | None:
        """Return the one string that a query yields, the error's message, or None if Saxon gave up."""
        return self._asked([query, "<e/>", {}, "string"])

    def _asked(self, question: list[object]) -> bool | str | None:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.helpers.saxon"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                cwd=ROOT,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(question), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if not answer:
            self._process.communicate()
            return None
        found: bool | str = json.loads(answer)
        return found


def main() -> None:
    """Answer questions on standard input, one line each."""
    import saxonche

    processor = saxonche.PySaxonProcessor(license=False)
    for line in sys.stdin:
        query, event, properties, kind = json.loads(line)
        try:
            asked = processor.new_xquery_processor()
            asked.set_query_content(query)
            for name, value in properties.items():
                asked.set_parameter(name, processor.make_string_value(value))
            asked.set_context(xdm_item=processor.parse_xml(xml_text=event))
            value = asked.run_query_to_value().head.get_atomic_value()
            answer: bool | str = value.boolean_value if kind == "boolean" else value.string_value
        except saxonche.PySaxonApiError as error:
            answer = str(error)
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
