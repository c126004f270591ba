"""The day of today, and a browser without scripts."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from tests.web.rekenen.walker import DAY


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: DAY)


@pytest.fixture
def web(client: Client, db: None) -> Client:
    return client
