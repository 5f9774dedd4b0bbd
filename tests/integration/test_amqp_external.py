"""The tests for any broker work themselves: against the embedded one none fails and none is skipped."""

from __future__ import annotations

import subprocess
import sys

from tests.helpers.broker import ROOT, running_broker


def test_the_external_tests_pass_against_the_embedded_broker() -> None:
    with running_broker() as broker:
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "tests/integration/external.py"]
        done = subprocess.run(
            [*command, "--broker-url", broker.url], cwd=ROOT, capture_output=True, text=True, check=False, timeout=100
        )
    assert done.returncode == 0, done.stdout
    assert "6 passed" in done.stdout, done.stdout
