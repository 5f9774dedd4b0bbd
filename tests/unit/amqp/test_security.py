"""Which mechanisms a login may use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clacks_monitor.amqp import security
from clacks_monitor.core.connection import ConnectionSettings, Mechanism, TlsSettings


class TestSecurity:
    remote = ConnectionSettings("x", hosts=(("broker.example", 5672),), user="u")
    local = replace(remote, hosts=(("127.0.0.1", 5672),))

    @pytest.mark.parametrize(
        ("settings", "password", "allowed"),
        [
            (remote, "p", ["SCRAM-SHA-256", "SCRAM-SHA-1", "ANONYMOUS"]),
            (local, "p", ["SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "ANONYMOUS"]),
            (replace(remote, tls=TlsSettings()), "p", ["SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "ANONYMOUS"]),
            (replace(remote, plain_without_tls=True), "p", ["SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "ANONYMOUS"]),
            (local, None, ["ANONYMOUS"]),
            (replace(local, tls=TlsSettings(certificate_file="c")), None, ["EXTERNAL", "ANONYMOUS"]),
            (replace(remote, mechanism=Mechanism.SCRAM_SHA_1), "p", ["SCRAM-SHA-1"]),
            (replace(remote, mechanism=Mechanism.SCRAM_SHA_256), "", ["SCRAM-SHA-256"]),
            (replace(local, mechanism=Mechanism.PLAIN), "p", ["PLAIN"]),
            (replace(remote, mechanism=Mechanism.EXTERNAL), None, ["EXTERNAL"]),
            (replace(local, user=""), "p", ["ANONYMOUS"]),
            (replace(remote, tls=TlsSettings(ca_file="c")), None, ["ANONYMOUS"]),
            (replace(remote, mechanism=Mechanism.ANONYMOUS), "p", ["ANONYMOUS"]),
        ],
    )
    def test_mechanisms(self, settings: ConnectionSettings, password: str | None, allowed: list[str]) -> None:
        assert security.mechanisms(settings, password) == allowed

    def test_why_not_is_a_sentence(self) -> None:
        assert "clear text" in security.mechanisms(replace(self.remote, mechanism=Mechanism.PLAIN), "p")
        for mechanism in (Mechanism.PLAIN, Mechanism.SCRAM_SHA_1, Mechanism.SCRAM_SHA_256):
            asked = replace(self.local, mechanism=mechanism)
            for settings, password in ((asked, None), (replace(asked, user=""), "p")):
                found = security.mechanisms(settings, password)
                assert found == f"{mechanism.value} requires a user name and a password."
