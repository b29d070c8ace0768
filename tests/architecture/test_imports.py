"""Imports point inward, contexts are independent, and only the composition root knows the adapters."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import ROOT


def test_the_import_contracts_are_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
