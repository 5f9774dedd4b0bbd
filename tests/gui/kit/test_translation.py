"""Messages in the window's language: numbers are written as the locale has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale

from clacks_monitor.core.messages import Message
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def german() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("template", "number", "shown"),
    [
        ("{0}", 65_536, "65.536"),
        ("{0:,}", 65_536, "65.536"),
        ("{0:g}", 2.5, "2,5"),
        ("{0:g}", 30, "30"),
        ("{0:g}", 30.0, "30"),
        ("{0:.0f}", 1_234.4, "1.234"),
        ("{0:.1f}", 0.25, "0,3"),
        ("{0}", "65536", "65536"),
        ("{0}", True, "True"),
    ],
)
def test_a_number_is_written_as_the_locale_has_it(template: str, number: object, shown: str) -> None:
    assert translated(Message.of(template, number)) == shown


@pytest.mark.usefixtures("german")
def test_a_number_within_a_message_within_a_message_too() -> None:
    inner = Message.of("{0:,} Byte", 2_048)
    assert translated(Message.of("Datei: {0}", inner)) == "Datei: 2.048 Byte"
