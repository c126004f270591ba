"""The derived files match their sources, and reading them is quick."""

from __future__ import annotations

import doctest
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = (
    "bridge", "joint_committees", "kbo", "kbo_extract.layout", "kbo_extract.names", "legal_forms",
    "nace", "places", "stems", "text",
)  # fmt: skip


def test_the_derived_files_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "tools/registers_data.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


@pytest.mark.parametrize("room", ROOMS)
def test_the_examples_in_the_docstrings_hold(room: str) -> None:
    assert doctest.testmod(importlib.import_module(f"baken.registers.{room}")).failed == 0


def test_nothing_is_read_on_import() -> None:
    code = "import baken.registers.lookup, sys; print('rapidfuzz' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "src", capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
