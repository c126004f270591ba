"""Slow: whatever moment a process dies at, the next one finds no half-made cache."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

import baken
from tests.match.test_fresh_index import QUERY, whole


@pytest.mark.slow
def test_a_process_killed_while_it_builds_leaves_nothing_that_misleads(tmp_path: Path) -> None:
    """Killed after parts of a second up to long after the catalogue is read."""
    env = {"BAKEN_CACHE": str(tmp_path), "PATH": ""}
    warm = [sys.executable, "-m", "baken.cli.app", "warm"]
    killed = 0
    for seconds in (0.3, 0.6, 0.9, 1.2, 1.6, 2.0, 3.0, 5.0, 8.0, 13.0):
        process = subprocess.Popen(warm, env=env, stdout=subprocess.DEVNULL)
        time.sleep(seconds)
        killed += process.poll() is None
        process.kill()
        process.wait()
    assert killed == 10, "the index was whole before the last kill: nothing was tried"
    assert not whole(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "baken.cli.app", "match"],
        input=json.dumps(QUERY),
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == baken.match(QUERY).as_json()
