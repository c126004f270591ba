"""Slow: on the catalogue's own rules and many firms, the engines agree firm by firm."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench" / "rules_bench.py"


@pytest.mark.slow
def test_bitmaps_and_duckdb_give_each_of_100_000_firms_the_same_verdicts() -> None:
    """The bench compares before it times, and leaves with 1 when a verdict differs."""
    done = subprocess.run(
        [sys.executable, str(BENCH), "--catalogue", "--firms", "100000", "--rounds", "1"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:] + done.stdout[-2000:]
    assert "verdicts of DuckDB: the same for all firms and instruments" in done.stdout
