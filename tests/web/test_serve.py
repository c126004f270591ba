"""Starting the site: the folder, the key, the catalogue's table, and a server that answers."""

from __future__ import annotations

import gc
import os
import re
import socket
import sqlite3
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

import baken
from baken.web import catalogue, serve
from baken.web.owner.models import CatalogueRecord
from baken.web.place import WAITS, database, database_path, keep_secret_key, secret_key


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for the site's files."""
    monkeypatch.setenv("BAKEN_DB", str(tmp_path / "var" / "site.sqlite3"))
    monkeypatch.delenv("BAKEN_SECRET_KEY", raising=False)
    return tmp_path / "var"


def test_the_key_is_made_once_and_is_for_its_owner_only(folder: Path) -> None:
    keep_secret_key()
    first = secret_key()
    keep_secret_key()
    assert secret_key() == first
    assert len(first) > 50
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600


def test_without_a_file_the_key_is_made_up(folder: Path) -> None:
    assert secret_key() != secret_key()
    assert not folder.exists()


def test_the_environment_goes_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAKEN_SECRET_KEY", "given")
    keep_secret_key()
    assert secret_key() == "given"
    assert list(folder.iterdir()) == []


def test_the_database_is_below_the_current_folder_unless_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BAKEN_DB", raising=False)
    monkeypatch.chdir(tmp_path)
    assert database_path() == tmp_path / "var" / "baken.sqlite3"


def test_rows_are_in_sqlite_unless_an_address_is_given(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert database()["NAME"] == folder / "site.sqlite3"
    for scheme in ("postgres", "postgresql"):
        monkeypatch.setenv("DATABASE_URL", f"{scheme}://baken:s%40cret@db.example:5433/rows")
        found = database()
        assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.postgresql", "rows")
        assert (found["HOST"], found["PORT"], found["PASSWORD"]) == ("db.example", 5433, "s@cret")


def test_a_server_that_keeps_silent_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PostgreSQL that takes a connection and says nothing, as one that was stopped does."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        at = f"127.0.0.1:{silent.getsockname()[1]}"
        monkeypatch.setenv("DATABASE_URL", f"postgresql://baken@{at}/rows?connect_timeout=2")
        options = database()["OPTIONS"]
        assert options == {**WAITS, "connect_timeout": 2}
        with pytest.raises(psycopg.OperationalError, match="timeout"):
            psycopg.connect(f"postgresql://baken@{at}/rows", **options)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no such bound")
def test_a_statement_of_a_page_has_a_bound() -> None:
    with connection.cursor() as cursor:
        serve.bound_statements(connection)
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == (f"{serve.LONGEST}s",)
        cursor.execute("RESET statement_timeout")


@pytest.mark.parametrize(
    "address",
    ["nonsense", "mysql://u:secret@h/n", "postgresql://u:secret@h", "postgresql://u:secret@h:x/n"],
)
def test_an_address_that_can_not_be_used_is_refused_without_its_password(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(ImproperlyConfigured, match="expected postgresql://") as refused:
        database()
    assert "secret" not in str(refused.value)


@pytest.mark.django_db
def test_the_catalogue_is_loaded_once_per_version() -> None:
    version, count, loaded = catalogue.load_catalogue()
    assert loaded
    assert count == CatalogueRecord.objects.count() > 100
    assert catalogue.load_catalogue() == (version, count, False)
    CatalogueRecord.objects.update(version="older")
    assert catalogue.load_catalogue() == (version, count, True)
    assert catalogue.current_version() == version


@contextmanager
def idle_connections(count: int, address: str) -> Iterator[None]:
    """So many browsers that keep a connection open and ask for nothing."""
    there = urlsplit(address)
    with ExitStack() as open_ones:
        for _ in range(count):
            one = socket.create_connection((there.hostname, there.port), timeout=5)
            open_ones.enter_context(one)
        yield


def test_the_server_says_its_address_and_answers(tmp_path: Path) -> None:
    source = str(Path(baken.__file__).parents[1])
    env = {**os.environ, "BAKEN_DB": str(tmp_path / "var" / "site.sqlite3"), "PYTHONPATH": source}
    process = subprocess.Popen(
        [sys.executable, "-m", "baken.web", "--port", "0"],
        env=env,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert re.match(r"Catalogue \w+: \d+ records, loaded\.", process.stdout.readline())
        assert process.stdout.readline().startswith("Search: making ready")
        assert re.match(r"Search: ready after \d+ s\.", process.stdout.readline())
        said = re.search(r"http://\S+", process.stdout.readline())
        assert said is not None
        with (
            idle_connections(150, said[0]),
            urllib.request.urlopen(said[0], timeout=30) as response,
        ):
            assert response.status == 200
            assert "Waar loop je tegenaan?" in response.read().decode()
            assert "Server" not in response.headers
        with urllib.request.urlopen(f"{said[0]}/static/css/tokens.css") as response:
            assert response.headers["Content-Type"].startswith("text/css")
    finally:
        process.terminate()
        process.wait(timeout=10)


def test_nobody_can_ask_before_the_search_can_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    order: list[str] = []
    monkeypatch.setattr(serve, "prepare", lambda: ("v1", 3, True))
    monkeypatch.setattr("baken.web.engine.answer", lambda query: order.append("answers"))

    def listen(*told: object) -> object:
        order.append("listens")
        raise OSError(98, "Address already in use")

    monkeypatch.setattr(serve, "server_of", listen)
    assert serve.serve("127.0.0.1", 1) == 1
    assert order == ["answers", "listens"]
    said = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in said] == [
        "Catalogue v1", "Search", "Search", "Cannot listen on 127.0.0.1",
    ]  # fmt: skip


def test_a_site_whose_search_fails_does_not_listen_and_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(query: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(serve, "prepare", lambda: ("v1", 3, True))
    monkeypatch.setattr("baken.web.engine.answer", fail)
    monkeypatch.setattr(serve, "server_of", lambda *told: pytest.fail("it listens"))
    assert serve.serve("127.0.0.1", 1) == 1
    said = capsys.readouterr().out
    assert "The search cannot be used: OperationalError. Try `baken warm`." in said


def test_what_is_over_the_bound_of_the_server_is_refused_in_words() -> None:
    from waitress.utilities import RequestEntityTooLarge

    from baken.web.serve import TOO_MUCH, InWords

    written: list[bytes] = []
    task = InWords.__new__(InWords)
    task.request = SimpleNamespace(error=RequestEntityTooLarge("exceeds max_body of 5"))
    task.channel = SimpleNamespace(server=SimpleNamespace(adj=SimpleNamespace(ident=None)))
    task.response_headers = []
    task.write = written.append
    task.execute()
    assert task.status.startswith("413")
    assert TOO_MUCH in written[0].decode() and "50 MB" in TOO_MUCH


def test_what_was_read_at_the_start_is_left_out_of_the_collectors_rounds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("baken.web.owner.finder.seek", lambda need, lang: 1 / 0)
    try:
        serve._warm()
        assert gc.get_freeze_count() > 10_000, "also where the site did not warm up"
    finally:
        gc.unfreeze()
