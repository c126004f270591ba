"""Where the site keeps its files and its rows: a folder ``var/`` and SQLite in it unless the
environment says otherwise.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

WAITS = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""How long PostgreSQL may keep silent: seconds for a connection, and until one whose other machine
is gone is given up (``tcp_user_timeout`` in ms). What ``DATABASE_URL`` says itself goes before.
"""


class OwnersOnly(sqlite3.Connection):
    """A connection to a file that nobody but its owner reads, from the moment it is made."""

    def __init__(self, database: str | Path, *args: Any, **more: Any) -> None:
        if not str(database).startswith((":memory:", "file:")):
            try:
                for_owner_only(Path(database))
            except OSError as e:
                raise sqlite3.OperationalError(f"it can't be opened: {e.strerror}") from e
        super().__init__(database, *args, **more)


def for_owner_only(path: Path) -> None:
    """Make the SQLite file when its folder is there, and shut it and what SQLite writes beside it
    for others.

    Raises:
        OSError: when the file can't be made or is somebody else's.
    """
    if path.parent.is_dir():
        path.touch(0o600)
    for one in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))):
        with suppress(FileNotFoundError):  # SQLite makes and removes what is beside at any moment
            mode = one.stat().st_mode
            if stat.S_ISREG(mode) and stat.S_IMODE(mode) & 0o077:
                one.chmod(0o600)


def database_path() -> Path:
    """The SQLite file: ``BAKEN_DB``, or ``var/baken.sqlite3`` below the current folder."""
    return Path(os.environ.get("BAKEN_DB") or "var/baken.sqlite3").absolute()


def database() -> dict[str, Any]:
    """The database of the rows: PostgreSQL by ``DATABASE_URL``, else the SQLite file.

    Raises:
        ImproperlyConfigured: when the address can't be used. It is not repeated: it may hold a
            password.
    """
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": database_path(),
            "OPTIONS": {
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                " PRAGMA secure_delete=ON;",
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                "factory": OwnersOnly,
            },
        }
    try:
        found: dict[str, Any] = dict(
            dj_database_url.parse(address, conn_max_age=60, conn_health_checks=True)
        )
    except ValueError:
        found = {}
    if found.get("ENGINE") != "django.db.backends.postgresql" or not found.get("NAME"):
        raise ImproperlyConfigured(
            "DATABASE_URL is no address of a PostgreSQL database: expected "
            "postgresql://user:password@host:5432/name. Without it SQLite is used (BAKEN_DB)."
        )
    return {**found, "OPTIONS": {**WAITS, **(found.get("OPTIONS") or {})}}


def _key_file() -> Path:
    return database_path().parent / "secret_key"


def secret_key() -> str:
    """The key from the environment or from the file beside the database.

    Without either it is made up for this process: nothing is signed that must outlive it.
    """
    given = os.environ.get("BAKEN_SECRET_KEY")
    if given:
        return given
    try:
        kept = _key_file().read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        kept = ""
    return kept or secrets.token_urlsafe(50)


def keep_secret_key() -> None:
    """Make the folder and the key file, readable by their owner only, when they are not there.

    Raises:
        ImproperlyConfigured: when they can't be made.
    """
    path = _key_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not os.environ.get("BAKEN_SECRET_KEY"):
            _make_key(path)
    except OSError as e:
        problem = f"nothing can be made in {path.parent}: {e.strerror}"
        expected = "a file in a folder that the user of the site may write"
        raise ImproperlyConfigured(f"BAKEN_DB: {problem}; expected {expected}.") from e


def _make_key(path: Path) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
