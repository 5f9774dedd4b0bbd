"""The option by which external.py is told which broker to try."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --broker-url; the option exists when this folder, or a file in it, is named on the command line."""
    parser.addoption(
        "--broker-url",
        default="",
        metavar="URL",
        help="the broker that external.py tries: (amqp|amqps)://user:password@host:port/domain",
    )
