"""A back-up: one file with the rows, the figures that owners let us keep, and the key where no
variable holds it. For its owner only: it holds what is in the files of handovers.

The file is a tar (gzip) with ``manifest.json``: ``format``, ``made_at`` (UTC), ``database``
(``sqlite``, ``postgresql``), ``migrations``, for each file its SHA-256, and ``key``: by which the
key is known again, and which does not tell it (older ones lack it).
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from baken.kernel.errors import BakenError
from baken.web.place import database_path, secret_key
from baken.web.upkeep import databases

FORMAT = 1
FIGURES = "figures"
KEY = "secret_key"
MANIFEST = "manifest.json"


def make(folder: Path, now: datetime) -> Path:
    """Write a back-up into ``folder``; whole, or not at all.

    Raises:
        BakenError: when there are no rows or they can't be read, or ``folder`` is none or has no
            room.
    """
    if folder.exists() and not folder.is_dir():
        raise BakenError(str(folder), "is a file", "a folder, there or to be made")
    if not databases.has_rows():
        raise BakenError("", "there are no tables yet", "a site that was started once")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / f"baken-{now:%Y%m%dT%H%M%SZ}.tar.gz"
    with _room_in(folder), _workshop(folder) as work:
        databases.dump(work / databases.NAMES[connection.vendor])
        figures = Path(settings.SIGNALS_ROOT)
        if figures.is_dir():
            shutil.copytree(figures, work / FIGURES, ignore=_passing)
        key = database_path().parent / KEY
        if key.is_file() and not os.environ.get("BAKEN_SECRET_KEY"):
            shutil.copyfile(key, work / KEY)
        told = {
            "format": FORMAT,
            "made_at": now.isoformat(),
            "database": connection.vendor,
            "migrations": sorted(".".join(m) for m in _applied()),
            "key": _mark(settings.SECRET_KEY),
            "files": {str(p.relative_to(work)): _sum(p) for p in _files(work)},
        }
        (work / MANIFEST).write_text(json.dumps(told, indent=1), encoding="utf-8")
        written = work.with_suffix(".tar.gz")
        try:
            with os.fdopen(
                os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
            ) as raw:
                with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar:
                    tar.add(work / MANIFEST, MANIFEST)
                    for path in _files(work):
                        if path.name != MANIFEST or path.parent != work:
                            tar.add(path, str(path.relative_to(work)))
                raw.flush()
                os.fsync(raw.fileno())
            written.replace(target)
        finally:
            written.unlink(missing_ok=True)
    return target


def places() -> str:
    """Where rows and figures of this site are, for who reads what a command did."""
    return f"rows in {databases.where()}, figures in {settings.SIGNALS_ROOT}"


def restore(source: Path, *, replace: bool, new: bool = False) -> dict[str, Any]:
    """Put a back-up in the place of all that is here, after looking whether it is whole.

    Args:
        source: a file that :func:`make` wrote.
        replace: whether rows that are here may be replaced.
        new: whether a site may begin below the current folder, where no variable tells a place.

    Returns:
        The manifest.

    Raises:
        BakenError: when it is no whole back-up, is of another database or a newer version, or
            would replace rows that may not be or begin a site that nobody asked for. Then all is
            as it was.
    """
    if not new:
        _must_be_told_where()
    home = database_path().parent
    home.mkdir(parents=True, exist_ok=True)
    with _workshop(home) as work:
        told = _unpack(source, work)
        rows = work / databases.NAMES[connection.vendor]
        databases.check(rows)
        if databases.has_rows() and not replace:
            problem = "there are rows already, and they would be replaced"
            raise BakenError("--replace", problem, "--replace, after a back-up of them")
        databases.put_back(rows)
        figures = Path(settings.SIGNALS_ROOT)
        shutil.rmtree(figures, ignore_errors=True)
        if (work / FIGURES).is_dir():
            shutil.copytree(work / FIGURES, figures)
            _for_owner_only(figures)
        if (work / KEY).is_file():
            shutil.copyfile(work / KEY, home / KEY)
            (home / KEY).chmod(0o600)
    return told


def _must_be_told_where() -> None:
    """Without the environment of the site its rows would fill a new file in the current folder,
    and the site itself would stay as it is.

    Raises:
        BakenError: when neither a variable nor a file that is there tells where they go.
    """
    path = database_path()
    told = os.environ.get("BAKEN_DB") or os.environ.get("DATABASE_URL")
    if told or (path.is_file() and path.stat().st_size):
        return
    problem = f"neither it nor DATABASE_URL is set, and there is no site in {path}"
    expected = "the environment of the site (docs/operate.md), or --new for a site that begins here"
    raise BakenError("BAKEN_DB", problem, expected)


def of_another_key(told: dict[str, Any]) -> bool:
    """Whether the key from now on is another than that of a back-up, by its manifest."""
    return bool(told.get("key")) and told["key"] != _mark(secret_key())


def _unpack(source: Path, work: Path) -> dict[str, Any]:
    """Unpack and hold every file beside the manifest.

    Raises:
        BakenError: as :func:`restore`.
    """
    expected = "a file that the command backup wrote"
    try:
        with tarfile.open(source, "r:gz") as tar:
            tar.extractall(work, filter="data")
        told: dict[str, Any] = json.loads((work / MANIFEST).read_text(encoding="utf-8"))
        form, database, sums = told["format"], told["database"], told["files"]
        migrations = {tuple(name.split(".", 1)) for name in told["migrations"]}
    except (
        OSError,
        EOFError,
        tarfile.TarError,
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
    ) as e:
        why = getattr(e, "strerror", None) or "it is no back-up, or not whole"
        raise BakenError(str(source), f"can't be read: {why}", expected) from e
    if form != FORMAT:
        raise BakenError(str(source), f"its form is {form}", f"form {FORMAT}")
    if database != connection.vendor:
        problem = f"it is of {database}, and the rows are in {connection.vendor}"
        raise BakenError(str(source), problem, "a back-up of the same database")
    found = {str(p.relative_to(work)): _sum(p) for p in _files(work) if p != work / MANIFEST}
    if found != sums or databases.NAMES[connection.vendor] not in found:
        raise BakenError(str(source), "a file in it is not as it was written", expected)
    newer = migrations - set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    if newer:
        problem = f"it is of a newer Baken: {'.'.join(min(newer))} is not known here"
        raise BakenError(str(source), problem, "the version that made it, or a newer one")
    return told


@contextmanager
def _room_in(folder: Path) -> Iterator[None]:
    """What fails for want of room, whoever writes, is told with the folder that is full."""
    try:
        yield
    except (BakenError, OSError, sqlite3.OperationalError) as e:
        # `pg_dump`, and `copytree` with an error a file, tell it as text only.
        full = getattr(e, "errno", None) == errno.ENOSPC or os.strerror(errno.ENOSPC) in str(e)
        if full or getattr(e, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            expected = "room for twice the rows and figures"
            raise BakenError(str(folder), "the disk is full", expected) from e
        raise


@contextmanager
def _workshop(beside: Path) -> Iterator[Path]:
    """A folder for passing files, on the same disk and for its owner only."""
    with tempfile.TemporaryDirectory(prefix=".baken-", dir=beside) as name:
        yield Path(name)


def _passing(folder: str, names: list[str]) -> set[str]:
    """Uploads that are still coming in, and invented firms: made anew."""
    top = Path(folder) == Path(settings.SIGNALS_ROOT)
    return {n for n in names if top and (n.startswith("in-") or n == "demo")}


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file())


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _mark(key: str) -> str:
    return hmac.digest(key.encode(), b"baken.backup", "sha256")[:8].hex()


def _applied() -> list[tuple[str, str]]:
    return list(MigrationRecorder(connection).applied_migrations())


def _for_owner_only(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)
