"""A code opens the desk once, and a note and a text are kept once, also when several workers are
asked at one moment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.web.handover.test_crash import database


def test_a_code_lets_one_worker_in_and_a_word_is_kept_once(tmp_path: Path) -> None:
    environment = {**os.environ, **database(tmp_path)}
    command = [sys.executable, "-m", "tests.web.desk.replay"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"codes": [1] * 8, "written": [1, 1]}
