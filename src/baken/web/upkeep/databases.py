"""Rows to a file and back, by the means of each database: SQLite's online back-up, PostgreSQL's
``pg_dump`` and ``pg_restore``. Both take one moment while others write; they put back all or
nothing.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from django.db import connection

from baken.kernel.errors import BakenError
from baken.web.place import for_owner_only

NAMES = {"sqlite": "rows.sqlite3", "postgresql": "rows.dump"}
"""The file in a back-up, by database."""
PAGES = 2_000
"""Pages that SQLite copies at a time; in between others may write."""


def dump(target: Path) -> None:
    """Write the rows as they are at one moment.

    Raises:
        BakenError: when the database can't be read, or its programs are not there.
    """
    if connection.vendor == "sqlite":
        with (
            closing(sqlite3.connect(_sqlite(), timeout=30)) as here,
            closing(_open(target)) as there,
        ):
            here.backup(there, pages=PAGES)
            there.execute("PRAGMA journal_mode=DELETE")
        return
    _run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])


def check(source: Path) -> None:
    """Look whether a file holds rows that can be put back.

    Raises:
        BakenError: when it does not.
    """
    if connection.vendor == "sqlite":
        with closing(_open(source)) as found:
            try:
                said = found.execute("PRAGMA integrity_check").fetchone()[0]
            except sqlite3.DatabaseError as e:
                said = str(e)
        if said != "ok":
            raise BakenError(source.name, "the rows are damaged", "an undamaged back-up")
        return
    _run("pg_restore", ["--list", str(source)], to_database=False)


def put_back(source: Path) -> None:
    """Let the rows of the file take the place of all rows.

    Raises:
        BakenError: when it can't be done; then all is as it was.
    """
    if connection.vendor == "sqlite":
        connection.close()
        path = Path(_sqlite())
        path.parent.mkdir(parents=True, exist_ok=True)
        for_owner_only(path)
        with closing(_open(source)) as here, closing(sqlite3.connect(path, timeout=30)) as there:
            try:
                here.backup(there)
            except sqlite3.Error as e:
                raise BakenError(str(path), f"can't be written: {e}", "a site that stands") from e
        return
    connection.close()
    options = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction"]
    _run("pg_restore", [*options, "--exit-on-error", str(source)], target="--dbname")


def where() -> str:
    """The database, as a person knows it; never its password."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(given["NAME"])
    at = f"{given['HOST'] or 'this machine'}{':' if given['PORT'] else ''}{given['PORT'] or ''}"
    return f"the PostgreSQL database {given['NAME']} at {at}"


def has_rows() -> bool:
    """Whether there are tables already."""
    return bool(connection.introspection.table_names())


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=30)


def _sqlite() -> str:
    return str(connection.settings_dict["NAME"])


def _run(
    program: str, options: Sequence[str], *, target: str = "", to_database: bool = True
) -> None:
    """Run a program of PostgreSQL; where the database is goes by its environment, not its line."""
    found = shutil.which(program)
    if found is None:
        expected = "PostgreSQL's client (Debian: apt-get install postgresql-client)"
        raise BakenError(program, "the program is not here", expected)
    given = connection.settings_dict
    where = {"PGHOST": given["HOST"], "PGPORT": given["PORT"], "PGUSER": given["USER"],
             "PGPASSWORD": given["PASSWORD"], "PGDATABASE": given["NAME"]}  # fmt: skip
    env = {**os.environ, **{k: str(v) for k, v in where.items() if v}}
    named = [f"{target}={given['NAME']}"] if target and to_database else []
    done = subprocess.run(  # noqa: S603
        [found, *named, *options], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no word why"]
        raise BakenError(program, said[0][:300], "a database that can be reached")
