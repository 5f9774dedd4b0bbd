"""What bare systems take over from this machine's apt and pip."""

from __future__ import annotations

from tests.bare.settings import mirrors, pip_settings

TARGETS = """\
Debian|Debian|http://mirror.example/debian/
Debian|Debian|http://second.example/debian/
Debian|Debian-Security|http://mirror.example/debian-security/
Somebody|Tools|https://tools.example/
"""
LISTED = """\
:env:.default-timeout='180'
:env:.find-links='/somewhere'
global.cert='/etc/ssl/certs/all.crt'
global.constraint='/etc/pip/constraints.txt'
global.extra-index-url='file:///somewhere/simple https://more.example/simple'
global.index-url="https://index.example/it's"
"""


def test_of_the_sources_debians_own_are_taken() -> None:
    assert mirrors(TARGETS) == {
        "Debian": "http://mirror.example/debian",
        "Debian-Security": "http://mirror.example/debian-security",
    }


def test_of_pips_settings_those_are_taken_that_say_how_an_index_is_reached() -> None:
    assert pip_settings(LISTED, "/inside.pem").splitlines() == [
        "[global]",
        "cert = /inside.pem",
        "timeout = 180",
        "extra-index-url = https://more.example/simple",
        "index-url = https://index.example/it's",
    ]
