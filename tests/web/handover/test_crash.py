"""A worker that is killed at any step loses nothing: a few kills here, hundreds in `make
test-all`, where each place of each step is met. Many workers at once do nothing twice.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from baken.refer.model import Kind


def database(tmp_path: Path) -> dict[str, str]:
    """A new database of the sort that the tests run on."""
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        return {"BAKEN_DB": str(tmp_path / "crash.sqlite3")}
    name = f"crash_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return {"DATABASE_URL": urlsplit(address)._replace(path=f"/{name}").geturl()}


def told(tmp_path: Path, module: str, *options: str) -> dict[str, Any]:
    """What a program beside this file finds on a database of its own."""
    environment = {**os.environ, **database(tmp_path)}
    command = [sys.executable, "-m", f"tests.web.handover.{module}", "--folder", str(tmp_path)]
    command += options
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_few_kills_at_each_step_lose_nothing(tmp_path: Path) -> None:
    found = told(tmp_path, "crash", "--kills", "3")
    assert set(found["kills"].values()) == {3}
    assert found["mails"] >= found["referrals"]
    assert found["doubles"] <= found["doubles_counted"]
    assert set(found["happened"]) == set(map(str, Kind)), "a step that nobody is killed at"


def test_workers_that_do_the_same_at_one_moment_do_it_once(tmp_path: Path) -> None:
    found = told(tmp_path, "crowd", "--workers", "6")
    assert found["mails"] == found["intents"]
    assert found["hours_given"] == 1
    assert found["moved"] == found["referrals"]


@pytest.mark.slow
def test_kills_at_every_place_of_every_step_lose_nothing(tmp_path: Path) -> None:
    found = told(tmp_path, "crash", "--kills", "40", "--every-place")
    print(json.dumps(found))
    for step, kills in found["kills"].items():
        assert kills >= max(40, found["places"][step]), step
    assert found["referrals"] >= 500
    assert found["doubles"] <= found["doubles_counted"]
