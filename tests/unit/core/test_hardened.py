"""Whatever a document refers to, no file is opened: a pipe that nobody writes to would hold the reader for ever."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from clacks_monitor.core.decode import Decoder
from clacks_monitor.core.event import EVENT_NAMESPACE, ProblemKind, RawMessage
from clacks_monitor.core.hardened import hardened_parser
from clacks_monitor.core.summary import Summaries

if TYPE_CHECKING:
    from pathlib import Path

EVENT = f"<Event xmlns='{EVENT_NAMESPACE}'><ClientPoll/></Event>"
REFERENCES = {
    "the DTD": "<!DOCTYPE Event SYSTEM '{0}'>",
    "a public DTD": "<!DOCTYPE Event PUBLIC 'x' '{0}'>",
    "a parameter entity": "<!DOCTYPE Event [<!ENTITY % p SYSTEM '{0}'> %p;]>",
    "a parameter entity behind a DTD": "<!DOCTYPE Event SYSTEM '{0}' [<!ENTITY % p SYSTEM '{0}'> %p;]>",
    "an entity": "<!DOCTYPE Event [<!ENTITY e SYSTEM '{0}'>]>",
}


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A pipe: whoever opens it waits until somebody writes."""
    path = tmp_path / "trap"
    os.mkfifo(path)
    return path


def opened(trap: Path) -> bool:
    """Say whether somebody waits at the other end, and let go who does."""
    try:
        os.close(os.open(trap, os.O_WRONLY | os.O_NONBLOCK))
    except OSError:
        return False
    return True


@pytest.mark.parametrize("reference", REFERENCES.values(), ids=REFERENCES)
@pytest.mark.parametrize("form", ["{}", "file://{}"])
def test_no_file_is_opened(reference: str, form: str, trap: Path) -> None:
    text = reference.replace("{0}", form.format(trap)) + EVENT.replace(
        "/></", ">&e;</ClientPoll></" if "e S" in reference else "/></"
    )
    found: list[ProblemKind | None] = []

    def read() -> None:
        problem = Decoder(Summaries({}, EVENT_NAMESPACE))(RawMessage("a", 1, 1, text.encode())).problem
        found.append(problem.kind if problem is not None else None)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(5)
    was_opened = opened(trap)
    reader.join()
    assert not was_opened
    assert found == [ProblemKind.DOCTYPE]


def test_a_broken_file_that_is_named_is_not_read(tmp_path: Path) -> None:
    broken = tmp_path / "broken.dtd"
    broken.write_text("no DTD")
    root = etree.fromstring(f"<!DOCTYPE a SYSTEM '{broken}'><a/>", hardened_parser())
    assert root.tag == "a"
