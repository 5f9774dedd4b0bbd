"""TLS: what settings demand, which files cannot be used, and what each refusal means in words."""

from __future__ import annotations

import ssl
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives import serialization

from clacks_monitor.core.connection import TlsSettings
from clacks_monitor.networking.failure import FailureKind
from clacks_monitor.networking.tls import TlsSetupError, context, refusal
from tests.helpers.certificates import Authority

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.mark.parametrize(
    ("verify_certificate", "verify_host", "mode", "compares"),
    [
        (True, True, ssl.CERT_REQUIRED, True),
        (True, False, ssl.CERT_REQUIRED, False),
        (False, True, ssl.CERT_NONE, False),
        (False, False, ssl.CERT_NONE, False),
    ],
)
def test_what_is_verified(*, verify_certificate: bool, verify_host: bool, mode: ssl.VerifyMode, compares: bool) -> None:
    made = context(TlsSettings(verify_certificate=verify_certificate, verify_host=verify_host))
    assert (made.verify_mode, made.check_hostname) == (mode, compares)


def test_certificates_without_key_identifiers_are_accepted_whatever_python_makes_the_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    usual = ssl.create_default_context

    def strict(**given: Any) -> ssl.SSLContext:
        made = usual(**given)
        made.verify_flags |= ssl.VERIFY_X509_STRICT  # as from Python 3.13 on
        return made

    monkeypatch.setattr(ssl, "create_default_context", strict)
    assert not context(TlsSettings()).verify_flags & ssl.VERIFY_X509_STRICT


def test_the_authorities_are_those_of_the_file_alone(authority: Authority) -> None:
    made = context(TlsSettings(ca_file=str(authority.ca_file)))
    assert [one["subject"] for one in made.get_ca_certs()] == [((("commonName", "Test authority"),),)]


def test_a_certificate_may_stand_in_one_file_with_its_key(authority: Authority, tmp_path: Path) -> None:
    certificate, key = authority.issue("both")
    together = tmp_path / "both.pem"
    together.write_bytes(certificate.read_bytes() + key.read_bytes())
    context(TlsSettings(certificate_file=str(together)))
    context(TlsSettings(certificate_file=str(certificate), key_file=str(key)))
    with pytest.raises(TlsSetupError, match=r"The client certificate .*both\.pem with the key in the same file cannot"):
        context(TlsSettings(certificate_file=str(certificate)))


def test_a_key_that_wants_a_passphrase_fails_and_asks_nobody(authority: Authority, tmp_path: Path) -> None:
    certificate, key = authority.issue("locked")
    locked = tmp_path / "locked.key"
    opened = serialization.load_pem_private_key(key.read_bytes(), None)
    secret = serialization.BestAvailableEncryption(b"secret")
    form = serialization.PrivateFormat.PKCS8
    locked.write_bytes(opened.private_bytes(serialization.Encoding.PEM, form, secret))
    with pytest.raises(TlsSetupError, match=r"locked\.key cannot be used"):
        context(TlsSettings(certificate_file=str(certificate), key_file=str(locked)))


def test_files_that_cannot_be_used_are_named_with_the_reason(tmp_path: Path) -> None:
    missing, bad = tmp_path / "missing.pem", tmp_path / "bad.pem"
    bad.write_text("no certificate")
    with pytest.raises(TlsSetupError, match=r"The CA certificates in .*missing\.pem cannot be used: No such file"):
        context(TlsSettings(ca_file=str(missing)))
    with pytest.raises(TlsSetupError, match=r"The CA certificates in .*bad\.pem cannot be used: NO_CERTIFICATE"):
        context(TlsSettings(ca_file=str(bad)))
    with pytest.raises(TlsSetupError, match=r"missing\.pem with the key .*bad\.pem cannot be used: No such file"):
        context(TlsSettings(certificate_file=str(missing), key_file=str(bad)))


def unaccepted(code: int, message: str = "") -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code, error.verify_message = code, message
    return error


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (10, "expired; renew it on the broker"),
        (9, "not valid yet; check the clock of this computer"),
        (18, "it is self-signed; if that is intended, choose it as the CA certificate"),
        (19, "issued by an unknown CA; choose the file of the CA certificate"),
        (20, "issued by an unknown CA; choose the file of the CA certificate"),
        (62, "not issued for the host bus"),
        (64, "not issued for the host bus"),
        (26, "in OpenSSL's own words"),
    ],
)
def test_a_certificate_that_is_not_accepted(code: int, words: str) -> None:
    found = refusal(unaccepted(code, "in OpenSSL's own words"), "bus")
    assert found.kind is FailureKind.TLS
    assert found.message == f"Certificate of bus rejected: {words}."


def ssl_error(reason: str) -> ssl.SSLError:
    error = ssl.SSLError(1, "in its own words")
    error.reason = reason
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            ssl_error("WRONG_VERSION_NUMBER"),
            "TLS connection to bus failed: wrong version number (no TLS on this port?).",
        ),
        (
            ssl_error("RECORD_LAYER_FAILURE"),
            "TLS connection to bus failed: record layer failure (no TLS on this port?).",
        ),
        (ssl_error("NO_SHARED_CIPHER"), "TLS connection to bus failed: no shared cipher."),
        (ssl_error(""), "TLS connection to bus failed: ('in its own words',)."),
        (ssl.SSLEOFError(8, "eof"), "Connection closed by bus during the TLS handshake (no TLS on this port?)."),
        (
            ssl.SSLZeroReturnError(6, "zero"),
            "Connection closed by bus during the TLS handshake (no TLS on this port?).",
        ),
        (ConnectionResetError(), "Connection closed by bus during the TLS handshake (no TLS on this port?)."),
        (ValueError("closed"), "Connection closed by bus during the TLS handshake (no TLS on this port?)."),
    ],
)
def test_other_refusals(error: Exception, words: str) -> None:
    found = refusal(error, "bus")
    assert found.kind is FailureKind.TLS
    if "own words" not in words:
        assert found.message == words
    else:
        assert found.message.startswith("TLS connection to bus failed: ")
        assert "in its own words" in found.message


def test_the_default_verifies_everything() -> None:
    assert replace(TlsSettings()) == TlsSettings(verify_host=True, verify_certificate=True)
