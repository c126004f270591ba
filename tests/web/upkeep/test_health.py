"""Alive and ready, for who watches over the site."""

from __future__ import annotations

import threading
from http.client import HTTPConnection
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from baken.web import catalogue, health, serve


def test_alive_without_a_database(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"state": "ok"})


def test_ready_with_the_catalogue(client: Client, records: None) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "state": "ok", "database": "ok", "catalogue": "loaded", "version": "v1",
    }  # fmt: skip
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_not_ready_before_the_catalogue_is_loaded(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()["catalogue"]) == (503, "not loaded")


def test_not_ready_without_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> str:
        raise DatabaseError("password=secret")

    monkeypatch.setattr(catalogue, "current_version", away)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["database"]) == (503, "does not answer")
    assert "secret" not in response.content.decode()


@pytest.mark.parametrize(("path", "status"), [("/healthz", 200), ("/readyz", 200), ("/over", 400)])
def test_who_watches_may_ask_by_any_name(
    client: Client, records: None, path: str, status: int
) -> None:
    """A balancer asks by the address of the machine; pages answer to the names of the site only."""
    for name in ("10.0.0.7:8000", "elsewhere.example"):
        response = client.get(path, headers={"host": name})
        assert response.status_code == status
        assert name not in response.content.decode()


class Hanging:
    """A database that keeps silent until it is told to go on."""

    def __init__(self) -> None:
        self.asked = 0
        self.on = threading.Event()

    def __call__(self) -> str:
        self.asked += 1
        self.on.wait(20)
        return "v1"


def test_a_database_that_hangs_is_told_in_time_and_holds_one_thread(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = Hanging()
    monkeypatch.setattr(health, "connection", SimpleNamespace(
        vendor="postgresql", in_atomic_block=False, close=lambda: None,
    ))  # fmt: skip
    monkeypatch.setattr(health, "_look", health.Look(hanging))
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    for _ in range(3):
        response = client.get("/readyz")
        assert (response.status_code, response.json()["database"]) == (503, "does not answer")
    assert hanging.asked == 1
    assert client.get("/healthz").status_code == 200
    hanging.on.set()
    monkeypatch.setattr(health, "PATIENCE", 5)
    assert client.get("/readyz").json()["version"] == "v1"


def test_a_look_that_fails_says_so_and_the_next_one_looks_again() -> None:
    answers = iter([DatabaseError("gone"), "v2"])

    def look() -> str:
        said = next(answers)
        if isinstance(said, Exception):
            raise said
        return said

    looking = health.Look(look)
    with pytest.raises(DatabaseError):
        looking.within(5)
    assert looking.within(5) == "v2"


def test_when_every_page_waits_who_watches_is_still_answered() -> None:
    """All threads of the real server are kept by pages that hang."""
    let_go = threading.Event()
    busy = threading.Semaphore(0)

    def application(environ: dict[str, str], start: Any) -> list[bytes]:
        if environ["PATH_INFO"] == "/plan":
            busy.release()
            let_go.wait(30)
        start("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    server = serve.server_of(application, "127.0.0.1", 0)
    threading.Thread(target=server.run, daemon=True).start()
    at = ("127.0.0.1", server.effective_port)
    try:
        pages = [HTTPConnection(*at) for _ in range(serve.THREADS + 1)]
        for page in pages:
            page.request("GET", "/plan")
        assert all(busy.acquire(timeout=10) for _ in range(serve.THREADS))
        for path in serve.WATCHED:
            watcher = HTTPConnection(*at, timeout=5)
            watcher.request("GET", f"{path}?x=1")
            assert watcher.getresponse().status == 200
        let_go.set()
        assert [page.getresponse().status for page in pages] == [200] * len(pages)
    finally:
        let_go.set()
        server.close()
        server.task_dispatcher.shutdown()


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_to_be_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
