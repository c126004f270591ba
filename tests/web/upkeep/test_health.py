"""Alive and ready, for who watches over the site."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.test import Client

from baken.web import catalogue


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


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_to_be_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
