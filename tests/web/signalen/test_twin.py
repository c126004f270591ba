"""What a program gets of the page is what the command prints."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from typer.testing import CliRunner

from baken.cli.app import app
from baken.signals.demo import Plan, write
from tests.web.conftest import FakeEngine
from tests.web.signalen.conftest import Owner, table, upload

PAGE_ONLY = {"stories", "rejected_count", "as_of"}


class Given:
    """An answer of match, already as plain values."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def as_json(self) -> dict[str, Any]:
        return self.values


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A year of invoices, a table with a total, and what is no use."""
    found = tmp_path / "in"
    write(Plan(kind="metal", months=14, start=date(2024, 11, 1)), found)
    (found / "klachten.csv").write_bytes(table(0.4).read() + b"\ntotaal;700000")
    (found / "foto.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    return found


def test_the_page_tells_a_program_what_the_command_prints(
    site: Client, folder: Path, fake: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["baken.match"], "match", lambda query: Given(fake(query)))
    files = [upload(f.read_bytes(), f.name) for f in sorted(folder.iterdir())]
    sent = site.post("/signalen", {"files": files}, headers={"Accept": "application/json"})
    told = CliRunner().invoke(app, ["watch", str(folder), "--per", "firm", "--json"])
    command, page = json.loads(told.output), sent.json()
    assert set(page) - set(command) == PAGE_ONLY
    assert set(command) <= set(page)
    for key in command:
        assert page[key] == command[key], key
    assert page["weekly"] and page["notes"] and page["rejected"] and page["alarms"]
    assert {"query", "step", "door", "route", "offers"} <= set(page["alarms"][0])
    assert page["alarms"][0]["door"]


def test_what_the_owner_did_is_in_the_answer(owner: Owner) -> None:
    page = owner.give(table(0.4))
    story = page.split('name="story" value="')[1].split('"')[0]
    owner.go(story=story, did="ik belde twee klanten", did_on="2025-10-15")
    owner.go(**{"as": "json"})
    (done,) = owner.response.json()["posture"]
    assert (done["did"], done["on"]) == ("ik belde twee klanten", "2025-10-15")
    assert done["days_after_alarm"] == 45
