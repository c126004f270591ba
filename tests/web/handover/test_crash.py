"""A worker that is killed at any step loses nothing: a few kills here, hundreds in `make test-
all`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def killed(tmp_path: Path, kills: int) -> dict[str, Any]:
    environment = {**os.environ, "BAKEN_DB": str(tmp_path / "crash.sqlite3")}
    command = [sys.executable, "-m", "tests.web.handover.crash"]
    command += ["--kills", str(kills), "--folder", str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_few_kills_at_each_operation_lose_nothing(tmp_path: Path) -> None:
    found = killed(tmp_path, 3)
    assert all(count >= 3 for count in found["kills"].values())
    assert found["mails"] >= found["referrals"]


@pytest.mark.slow
def test_forty_kills_at_each_operation_lose_nothing_and_double_little(tmp_path: Path) -> None:
    """At most one double a hundred kills outside the one window, and all with one identifier."""
    found = killed(tmp_path, 80)
    assert all(count >= 40 for count in found["kills"].values())
    assert found["referrals"] >= 500
