"""Pages are tested on fixed answers of the contract's shape; the engine has its own tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.db.models import CharField, Model
from django.db.models.signals import pre_save
from django.test import Client
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.web import engine
from baken.web.desk.models import Member
from baken.web.owner.models import CatalogueRecord
from tests.web.desk.made import HOUSE, member

Clock = Callable[[str], None]
MADE = "2026-12-21"
"""The day on which a plan is made where the clock is set."""


def no_longer_than_its_column(sender: type[Model], instance: Model, **_: object) -> None:
    """SQLite keeps what is longer than a column says; PostgreSQL refuses it."""
    for column in sender._meta.fields:
        if isinstance(column, CharField) and column.max_length:
            value = getattr(instance, column.attname)
            assert len(value or "") <= column.max_length, f"{column}: {value!r} is too long"


SLOW = ScryptPasswordHasher.work_factor
"""What the hash of six words costs on a site."""


@pytest.fixture(scope="session", autouse=True)
def six_words_at_no_cost() -> Iterator[None]:
    """Each time that a code is made or given takes a quarter of a second on a site, as it must."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScryptPasswordHasher, "work_factor", 16)
        yield


pre_save.connect(no_longer_than_its_column, dispatch_uid="columns")

FIXTURES = Path(__file__).parent / "fixtures"
NEED = "mijn oven verbruikt te veel en de klanten lopen weg naar de supermarkt"


def fixture(name: str) -> Any:
    """A JSON file of the fixtures, read anew."""
    return json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))


class FakeEngine:
    """Answers with a fixture, keeps the queries, and refuses what it is told to refuse."""

    def __init__(self) -> None:
        self.queries: list[dict[str, Any]] = []
        self.reply: str = "oven"
        self.refuse: Exception | None = None
        self.change: Callable[[dict[str, Any]], None] = lambda answer: None

    def __call__(self, query: dict[str, Any]) -> dict[str, Any]:
        self.queries.append(query)
        if self.refuse is not None:
            raise self.refuse
        answer: dict[str, Any] = fixture(self.reply)
        if "social_debt_overdue" in query.get("asked", []):
            answer["next_question"] = None
        self.change(answer)
        return answer

    def and_more(self, query: dict[str, Any]) -> tuple[dict[str, Any], engine.More]:
        """The answer, and what tells more offers of the same query."""
        limit = query.get("limit", 5)
        return self(query), lambda count: self({**query, "limit": limit + count})["offers"]

    @property
    def query(self) -> dict[str, Any]:
        """The last query."""
        return self.queries[-1]


def given_only(facts: dict[str, Any], as_of: str, lang: str) -> dict[str, str]:
    """The coarse facts that were given as such, with nothing computed."""
    return {name: facts[fact] for name, fact in engine.COARSE.items() if fact in facts}


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    """An engine whose answers are known."""
    found = FakeEngine()
    monkeypatch.setattr(engine, "answer", found)
    monkeypatch.setattr(engine, "answer_and_more", found.and_more)
    monkeypatch.setattr(engine, "coarse_facts", given_only)
    return found


@pytest.fixture
def records(db: None) -> None:
    """The catalogue's table, filled with a few records."""
    CatalogueRecord.objects.bulk_create(
        CatalogueRecord(
            type=r["type"], record_id=r["id"], name=r["names"]["nl"], json=r, version="v1"
        )
        for r in complete_records()
    )


def complete_records() -> list[dict[str, Any]]:
    """The fixture's records with every field, as the landscape hands them up."""
    from pydantic import TypeAdapter

    from baken.landscape.model import Instrument, Organisation, Training

    adapter: TypeAdapter[Any] = TypeAdapter(Instrument | Organisation | Training)
    return [adapter.validate_python(r).model_dump(mode="json") for r in fixture("records")]


@pytest.fixture
def site(client: Client, fake: FakeEngine, records: None) -> Client:
    """The site with a known engine and a few records."""
    return client


def unknown_place() -> BakenError:
    """What the engine raises for a place that nobody knows."""
    return BakenError("facts.municipality", "no such place", "a municipality", ["Aalst", "Aalter"])


@pytest.fixture
def went(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Letters that went, from a site with a mail server."""
    settings.BAKEN_SMTP_HOST = "mail.example"
    found: list[Any] = []
    monkeypatch.setattr("baken.web.handover.wire.hand_over", found.append)
    return found


@pytest.fixture
def an() -> Member:
    """An adviser of the house."""
    return member("adviser", HOUSE, name="an")


@pytest.fixture
def bo() -> Member:
    """Another one."""
    return member("adviser", HOUSE, name="bo")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the day; it is a plan's first one to begin with."""

    def to(day: str) -> None:
        now = timezone.make_aware(datetime.fromisoformat(f"{day} 10:00"))
        monkeypatch.setattr(timezone, "now", lambda: now)

    to(MADE)
    return to
