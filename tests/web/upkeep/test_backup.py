"""A back-up is proved by putting it back: rows, figures, and links that still open.

On the database of the environment: SQLite, and PostgreSQL in `make test-all`.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import patch
from urllib.parse import urlsplit

import psycopg
import pytest

from baken.kernel.errors import BakenError
from baken.web.upkeep import backup, databases
from tests.web import warm

POSTGRES = os.environ.get("DATABASE_URL", "")


class Site:
    """A site of its own, in a folder and a database that it may lose."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder / name
        self.folder.mkdir()
        plain = {k: v for k, v in os.environ.items() if not k.startswith(("BAKEN_", "DATABASE_"))}
        self.env = {**plain, "BAKEN_DB": str(self.folder / "site.sqlite3")}
        if POSTGRES:
            self.database = f"{folder.name}_{name}".replace("-", "_").lower()
            self.env["DATABASE_URL"] = (
                urlsplit(POSTGRES)._replace(path=f"/{self.database}").geturl()
            )
            self._new_database()

    @property
    def place(self) -> str:
        """How its database is told: of PostgreSQL without user and password."""
        if not POSTGRES:
            return str(self.folder / "site.sqlite3")
        return f"the PostgreSQL database {self.database} at "

    def _new_database(self) -> None:
        with psycopg.connect(POSTGRES, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{self.database}"'.encode())
            connection.execute(f'CREATE DATABASE "{self.database}"'.encode())

    def run(self, *told: str) -> subprocess.CompletedProcess[str]:
        return warm.run(self.env, *told)

    def django(self, *told: str) -> subprocess.CompletedProcess[str]:
        return self.run("django", *told, "--settings", "baken.web.settings")

    def filled(self, *told: str) -> Any:
        done = self.run("tests.web.upkeep.filled", *told)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def backup(self) -> Path:
        done = self.django("backup", str(self.folder / "kept"))
        assert done.returncode == 0, done.stderr
        assert f"): rows in {self.place}" in done.stdout
        assert f", figures in {self.folder}/signalen." in done.stdout
        return Path(done.stdout.split(" (")[0])

    def lose(self) -> None:
        """As after a broken disk."""
        kept = self.folder / "kept"
        for path in self.folder.iterdir():
            if path != kept:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        if POSTGRES:
            self._new_database()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, dict[str, Any], Path]:
    """A site, what is in it, and its back-up."""
    site = Site(tmp_path_factory.mktemp("kept"), "site")
    there = site.filled("fill")
    models = {row["model"] for row in there["rows"]}
    assert models >= {"handover.referral", "handover.intent", "signalen.deposit"}
    assert there["figures"] and there["open"] == [True]
    return site, there, site.backup()


def changed(kept: Path, folder: Path, name: str, change: bytes | None) -> Path:
    """The same back-up with one file in it changed, or left out."""
    with tarfile.open(kept) as tar:
        tar.extractall(folder, filter="data")
    if change is None:
        (folder / name).unlink()
    else:
        found = (folder / name).read_bytes()
        edits = name == "manifest.json" and change.startswith(b"{")
        (folder / name).write_bytes(edited(found, change) if edits else change)
    target = folder.with_suffix(".tar.gz")
    with tarfile.open(target, "w:gz") as tar:
        tar.add(folder, ".")
    return target


def edited(found: bytes, change: bytes) -> bytes:
    return json.dumps({**json.loads(found), **json.loads(change)}).encode()


ROWS = "rows.dump" if POSTGRES else "rows.sqlite3"
OTHER = "sqlite" if POSTGRES else "postgresql"
BROKEN: list[tuple[str, bytes | None, str]] = [
    (ROWS, b"other", "not as it was written"),
    (ROWS, None, "not as it was written"),
    ("secret_key", b"other", "not as it was written"),
    ("manifest.json", None, "can't be read"),
    ("manifest.json", b"[" * 100_000, "can't be read"),
    ("manifest.json", b'{"format": 2}', "its form is 2"),
    ("manifest.json", f'{{"database": "{OTHER}"}}'.encode(), f"it is of {OTHER}"),
    ("manifest.json", b'{"migrations": ["handover.0999_later"]}', "of a newer Baken"),
]
"""A file in the back-up, what becomes of it (None: it is gone), what is said."""


def test_what_is_no_whole_back_up_changes_nothing(
    kept: tuple[Site, dict[str, Any], Path], tmp_path: Path
) -> None:
    site, there, file = kept
    files = [changed(file, tmp_path / str(n), *case[:2]) for n, case in enumerate(BROKEN)]
    half = tmp_path / "half.tar.gz"
    half.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    told = site.filled("restore", *map(str, [*files, half, tmp_path / "none.tar.gz"]))
    expected = [says for _, _, says in BROKEN] + ["can't be read", "can't be read"]
    assert [e in said for e, said in zip(expected, told, strict=True)] == [True] * len(told), told
    assert site.filled("look") == there


def test_rows_that_are_there_go_only_when_it_is_said(
    kept: tuple[Site, dict[str, Any], Path],
) -> None:
    site, there, file = kept
    more = site.filled("fill")
    assert len(more["open"]) == 2
    refused = site.django("restore", str(file))
    assert refused.returncode == 2
    assert "they would be replaced" in refused.stderr and "Traceback" not in refused.stderr
    assert site.filled("look") == more
    assert site.django("restore", "--replace", str(file)).returncode == 0
    assert site.filled("look") == there


def test_what_was_lost_comes_back(kept: tuple[Site, dict[str, Any], Path]) -> None:
    """By a command that starts from nothing."""
    site, there, file = kept
    site.lose()
    told = [sys.executable, "-m", "baken.web.manage", "restore", str(file)]
    done = subprocess.run(told, env=site.env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"put back; rows in {site.place}" in done.stdout
    assert site.filled("look") == there
    assert {stat.S_IMODE(p.stat().st_mode) for p in (site.folder / "signalen").iterdir()} == {0o700}
    assert not [
        p for p in site.folder.glob("site.sqlite3*") if stat.S_IMODE(p.stat().st_mode) & 0o077
    ]


@pytest.mark.parametrize(
    ("variable", "manifest", "told"),
    [("", b"{}", False), ("y" * 60, b"{}", True), ("y" * 60, b'{"key": ""}', False)],
    ids=["its own key", "another", "of before keys were marked"],
)
def test_that_the_key_is_another_is_told(
    kept: tuple[Site, dict[str, Any], Path],
    tmp_path: Path,
    variable: str,
    manifest: bytes,
    told: bool,
) -> None:
    site, there, file = kept
    again = changed(file, tmp_path / "again", "manifest.json", manifest)
    env = {**site.env, "BAKEN_SECRET_KEY": variable}
    with patch.object(site, "env", env):
        done = site.django("restore", "--replace", str(again))
        assert done.returncode == 0, done.stderr
        assert ("The key is not that of the back-up" in done.stdout) is told
        assert site.filled("look")["open"] == [not variable]
    assert site.filled("look") == there


def test_it_is_for_its_owner_only_and_without_a_key_that_a_variable_holds(
    kept: tuple[Site, dict[str, Any], Path],
) -> None:
    site, _, file = kept
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with tarfile.open(file) as tar:
        assert "secret_key" in tar.getnames()
    site.env["BAKEN_SECRET_KEY"] = "x" * 60
    with tarfile.open(site.backup()) as tar:
        assert "secret_key" not in tar.getnames()
    del site.env["BAKEN_SECRET_KEY"]


def test_a_folder_that_can_not_be_made_is_told(kept: tuple[Site, dict[str, Any], Path]) -> None:
    site, _, file = kept
    done = site.django("backup", str(file))
    assert done.returncode == 2
    assert f"{file}: is a file; expected a folder" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(bool(POSTGRES), reason="of SQLite, whose file is in the current folder then")
def test_it_begins_no_site_in_a_folder_that_nobody_named(
    kept: tuple[Site, dict[str, Any], Path], tmp_path: Path
) -> None:
    """A restore without the environment of the site would leave the site as it is, and put all
    that is personal where nobody looks for it."""
    site, there, file = kept
    env = {k: v for k, v in site.env.items() if k != "BAKEN_DB"}

    def restore(*more: str) -> subprocess.CompletedProcess[str]:
        return warm.run(env, "baken.web.manage", "restore", str(file), *more, cwd=tmp_path)

    refused = restore("--replace")
    assert refused.returncode == 2
    assert "BAKEN_DB: neither it nor DATABASE_URL is set, and there is no" in refused.stderr
    assert f"{tmp_path}/var/baken.sqlite3" in refused.stderr and "--new" in refused.stderr
    assert list(tmp_path.iterdir()) == []
    begun = restore("--new")
    assert begun.returncode == 0, begun.stderr
    assert f"rows in {tmp_path}/var/baken.sqlite3" in begun.stdout
    assert restore("--replace").returncode == 0
    assert site.filled("look") == there


def test_where_rows_are_is_told_without_who_may_come_in(monkeypatch: pytest.MonkeyPatch) -> None:
    class Far:
        vendor = "postgresql"
        settings_dict: ClassVar[dict[str, Any]] = {
            "NAME": "baken", "HOST": "db.example", "PORT": 5432, "USER": "u", "PASSWORD": "secret",
        }  # fmt: skip

    monkeypatch.setattr(databases, "connection", Far)
    assert databases.where() == "the PostgreSQL database baken at db.example:5432"


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
WRITES = {
    "the rows": ("databases.dump", FULL),
    "the rows, by pg_dump": ("databases.dump", BakenError("pg_dump", str(FULL), "a database")),
    "the figures": ("shutil.copytree", shutil.Error([("a", "b", str(FULL))])),
    "the file": ("tarfile.open", FULL),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", WRITES)
def test_a_folder_that_is_full_is_named(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    name, error = WRITES[what]
    settings.SIGNALS_ROOT = tmp_path / "signalen"
    settings.SIGNALS_ROOT.mkdir()

    def write(*given: object, **more: object) -> None:
        raise error

    monkeypatch.setattr(databases, "dump", lambda target: target.touch())
    monkeypatch.setattr(f"baken.web.upkeep.backup.{name}", write)
    with pytest.raises(BakenError) as told:
        backup.make(tmp_path / "kept", datetime.now(UTC))
    assert str(told.value).startswith(f"{tmp_path}/kept: the disk is full; expected room for")
    assert list((tmp_path / "kept").iterdir()) == []


@pytest.mark.django_db
@pytest.mark.skipif(bool(POSTGRES), reason="what SQLite itself says of a full disk")
def test_a_folder_that_is_full_is_named_when_sqlite_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def small(path: Path) -> sqlite3.Connection:
        found = sqlite3.connect(path)
        found.execute("PRAGMA max_page_count = 1")
        return found

    with sqlite3.connect(tmp_path / "rows") as rows:
        rows.execute("CREATE TABLE t AS SELECT zeroblob(100000)")
    monkeypatch.setattr(databases, "_sqlite", lambda: str(tmp_path / "rows"))
    monkeypatch.setattr(databases, "_open", small)
    with pytest.raises(BakenError, match="the disk is full") as told:
        backup.make(tmp_path / "kept", datetime.now(UTC))
    assert told.value.path == f"{tmp_path}/kept"
