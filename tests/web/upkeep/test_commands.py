"""Commands of the operator: a mistake that their user can mend is one line and exit 2."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.db import IntegrityError, OperationalError, ProgrammingError

from baken.web.command import OperatorCommand, why_no_database
from tests.web import warm

NO_TABLES = "the tables of the site are not there"
SQLITE = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="rows are in PostgreSQL")


def run(rows: Path, *told: str) -> subprocess.CompletedProcess[str]:
    """The site itself starts from nothing."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("BAKEN_", "DJANGO_"))}
    env = {**plain, "BAKEN_DB": str(rows), "DJANGO_SETTINGS_MODULE": "baken.web.settings"}
    if told[0] == "django":
        return warm.run(env, *told)
    line = [sys.executable, "-m", *told]
    return subprocess.run(line, env=env, capture_output=True, text=True, timeout=60, check=False)


def test_every_command_of_ours_is_one() -> None:
    ours = {name: app for name, app in get_commands().items() if str(app).startswith("baken.")}
    assert len(ours) > 7
    for name, app in ours.items():
        assert isinstance(load_command_class(app, name), OperatorCommand), name


@SQLITE
@pytest.mark.parametrize(
    ("rows", "told", "says"),
    [
        ("new", "django handover", NO_TABLES),
        ("new", "django clear_overdue", NO_TABLES),
        ("new", "django export_study", NO_TABLES),
        ("new", "django backup {}/kept", "there are no tables yet"),
        ("text", "django handover", "file is not a database; expected a file of the site"),
        ("none/site", "django handover", "unable to open database file; expected a file"),
        ("text/site", "django export_study", "expected a file of the site, or none yet, in a"),
        ("text", "baken.web --port 0", "file is not a database; expected a file of the site"),
        ("text/site", "baken.web --port 0", "BAKEN_DB: nothing can be made in"),
    ],
)
def test_a_mistake_is_one_line(rows: str, told: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("This is no database, and long enough to be seen as none.\n" * 9)
    done = run(tmp_path / rows, *told.format(tmp_path).split())
    assert done.returncode == 2
    (line,) = (done.stderr or done.stdout).splitlines()
    assert says in line


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OperationalError("no such table: x"), NO_TABLES),
        (OperationalError("no such column: x.y"), NO_TABLES),
        (ProgrammingError('relation "x" does not exist\nLINE 1: ...'), NO_TABLES),
        (OperationalError("database is locked"), "can't be used: database is locked; expected"),
        (ProgrammingError('syntax error at or near "x"'), ""),
        (IntegrityError("UNIQUE constraint failed: x.y"), ""),
    ],
)
def test_a_fault_of_ours_is_not_told_as_a_mistake(error: Exception, says: str) -> None:
    told = why_no_database(error)
    assert says in told
    assert bool(told) is bool(says)
