"""Every schema in the folder, also one that is dropped in later: documented, opens, sends, comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from clacks_monitor.forms import Catalogue, new_form, open_form
from clacks_monitor.forms.example_event import fill
from clacks_monitor.forms.value_fields import SimpleElementField
from tests.helpers.instances import maximal_instance

SCHEMAS = Path(__file__).parents[3] / "schemas"
NAMES = sorted(path.stem for path in SCHEMAS.glob("*.xsd"))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue([SCHEMAS])


def test_the_twelve_are_there() -> None:
    wanted = (
        "AsteriskNotification ClientAnnounce ClientLeave ClientPoll CollectD NodeAnnounce NodeCapabilities "
        "NodeLeave NodeStatus PhoneStatus PuppetReport UserSession"
    )
    assert set(NAMES) >= set(wanted.split())


@pytest.mark.parametrize("name", NAMES)
def test_it_says_when_it_is_sent_and_each_field_what_it_is(catalogue: Catalogue, name: str) -> None:
    kind = catalogue.get(name)
    assert kind is not None
    assert kind.problem is None
    assert len(kind.documentation) > 20
    form = new_form(catalogue, name)
    assert all(field.documentation for field in form.root.walk() if isinstance(field, SimpleElementField))


@pytest.mark.parametrize("name", NAMES)
def test_sample_values_make_a_valid_event(catalogue: Catalogue, name: str) -> None:
    form = new_form(catalogue, name)
    fill(form)
    assert form.problems() == []
    assert catalogue.validator.validate(form.to_xml(), type_name=name) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_fullest_event_comes_back_unchanged(catalogue: Catalogue, name: str) -> None:
    schema, kind = catalogue.schema(name), catalogue.get(name)
    assert schema is not None
    assert kind is not None
    inner = maximal_instance(schema, f"{{{kind.namespace}}}{name}").text
    body = f'<Event xmlns="{kind.namespace}">{inner.strip()}</Event>'.encode()
    assert catalogue.validator.validate(body) == []
    form = open_form(catalogue, body)
    assert form.to_xml() == body
    assert form.problems() == []
