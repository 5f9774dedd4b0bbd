"""Every schema in the folder, also one that is dropped in later: documented, opens, sends, comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from clacks_monitor.forms import Catalogue, new_form, open_form
from clacks_monitor.forms.example_event import fill
from clacks_monitor.forms.value_fields import SimpleElementField
from tests.helpers.instances import maximal_instance

SCHEMAS = Path(__file__).parents[3] / "schemas"
DEVICE = "<NetworkDevice><Name>eth0</Name><IPAddress/><IPv6Address/><MAC/><Netmask/><Broadcast/></NetworkDevice>"
DEVICE_ID = "<DeviceID>ws-2019</DeviceID><QueryType>INVENTORY</QueryType><ClientVersion>2.5</ClientVersion>"
MEMORY = "<Capacity>1 GB</Capacity><Description/><Caption/><Speed/><Type/><NumberOfSlots>1</NumberOfSlots><Serial/>"
CALL = (
    "<Call><Type>{}</Type><Identity>ann</Identity><From>+4930123</From><To>+49891</To><Timestamp>1</Timestamp></Call>"
)
NAMES = sorted(path.stem for path in SCHEMAS.glob("*.xsd"))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue([SCHEMAS])


def test_the_thirty_one_are_there() -> None:
    wanted = (
        "AMINotification AsteriskNotification BackendChange BackendDone BackendException BackendState BusClientState "
        "ClientAnnounce ClientLeave ClientPing ClientPoll ClientSignature CollectD ExtensionAllowed Inventory "
        "NodeAnnounce NodeCapabilities NodeLeave NodeStatus Notification ObjectChanged ObjectCloseAnnouncement "
        "ObjectPropertyValuesChanged PhoneNotification PhoneStatus PluginUpdate PuppetReport SchedulerUpdate Trigger "
        "UserSession WorkflowUpdate"
    )
    assert set(NAMES) >= set(wanted.split())


@pytest.mark.parametrize(
    ("name", "inner"),
    [
        ("UserSession", "<Id>1</Id><User><Name>ann</Name></User>"),
        ("UserSession", "<Proxied>true</Proxied><Id>1</Id>"),
        ("ClientAnnounce", f"<NetworkInformation>{DEVICE}</NetworkInformation><Id>1</Id><Name>ws</Name>"),
        (
            "ClientAnnounce",
            f"<ClientCapabilities/><NetworkInformation>{DEVICE}</NetworkInformation><Id>1</Id><Name>ws</Name>",
        ),
        ("Inventory", f"{DEVICE_ID}<Memory>{MEMORY}</Memory><Login><User>ann</User></Login>"),
        (
            "Inventory",
            (
                f"<Checksum>a</Checksum>{DEVICE_ID}<ClientUUID>1</ClientUUID><HardwareUUID>2</HardwareUUID>"
                f"<Hostname>ws</Hostname><Memory>{MEMORY.replace('>1 GB<', '>1024<')}</Memory>"
                "<Login><Login>ann</Login></Login>"
            ),
        ),
        ("PhoneNotification", CALL.format("CallActive")),
    ],
)
def test_what_either_system_sends_is_valid(catalogue: Catalogue, name: str, inner: str) -> None:
    body = f'<Event xmlns="http://www.gonicus.de/Events"><{name}>{inner}</{name}></Event>'.encode()
    assert catalogue.validator.validate(body) == []


def test_an_active_call_is_unknown_to_the_other_module_for_telephones(catalogue: Catalogue) -> None:
    inner = CALL.format("CallActive")
    body = f'<Event xmlns="http://www.gonicus.de/Events"><AMINotification>{inner}</AMINotification></Event>'.encode()
    assert "CallActive" in str(catalogue.validator.validate(body)[0])


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
