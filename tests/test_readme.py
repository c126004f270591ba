"""The tour of the README is what the commands print today."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_tour_is_real_output():
    tool = ROOT / "tools" / "readme_tour.py"
    done = subprocess.run([sys.executable, tool, "--check"], check=False)
    assert done.returncode == 0, "run tools/readme_tour.py"
