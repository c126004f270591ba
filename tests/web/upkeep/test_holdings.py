"""Every table is in the register, is swept, and goes along and goes away with its owner's link."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from baken.refer.model import Kind, Who
from baken.web.desk.models import Note
from baken.web.handover import links, store
from baken.web.handover.models import Referral
from baken.web.owner import kept, reminders
from baken.web.owner.asking import Asked
from baken.web.owner.models import KeptPlan
from baken.web.scan import keep as scans
from baken.web.signalen import keep as figures
from baken.web.texts import LANGS, known
from baken.web.upkeep.holdings import HOLDINGS
from baken.web.upkeep.retention import RULES, clear_overdue
from tests.web.desk.made import member
from tests.web.handover.following import owns
from tests.web.handover.made import event, sent

pytestmark = pytest.mark.django_db
MARK = "merkteken"
"""Stands in everything of the owner's own."""


def test_every_table_is_in_the_list_and_nothing_else() -> None:
    """Whoever adds a table says in ``upkeep/holdings.py`` what becomes of it."""
    assert sorted(m._meta.label for m in apps.get_models()) == sorted(HOLDINGS)


def test_what_is_of_an_owner_has_a_rule_that_sweeps_it() -> None:
    sweeps = {rule.id for rule in RULES if rule.clear is not None}
    for name, holding in HOLDINGS.items():
        assert bool(holding.kind) != bool(holding.why), f"{name}: one of the two"
        assert holding.rule in {"", *(rule.id for rule in RULES)}, name
        assert not holding.kind or holding.rule in sweeps, name
        for lang in LANGS:
            assert not holding.kind or known(lang, f"data.kind.{holding.kind}"), name


class Visit:
    """One owner who left something of every kind, with the mark in each."""

    def __init__(self, keep: bool = True) -> None:
        today = timezone.localdate()
        self.referral = sent()
        shared = {"dossier": {"need": {"words": MARK}}, "owner_address": f"{MARK}@firma.example"}
        Referral.objects.filter(pk=self.referral.pk).update(**shared)
        adviser = member("adviser", "huis-van-raad")
        Note.objects.create(referral=self.referral, member=adviser, at=timezone.now(), text=MARK)
        came = figures.incoming()
        (came / "omzet.csv").write_text(MARK, encoding="utf-8")
        deposit, code = figures.make(keep, came)
        deposit.seen.create(
            series=MARK, way="down", since="2026-01", detected="2026-02", first_shown=today,
            why=MARK, did=MARK,
        )  # fmt: skip
        lines = {
            "referral": links.link_for(self.referral, Who.OWNER, today)[1],
            "scan": scans.make("N01", {"municipality": MARK}, today),
            "figures": code,
            "plan": kept.keep(Asked("nl", need=MARK), today)[1],
        }
        reminders.keep(KeptPlan.objects.get(), f"{MARK}@plan.example", [today])
        self.typed = "\n".join(lines.values())
        self.kinds = set(lines)


@pytest.fixture
def visit(settings: Any, tmp_path: Path) -> Visit:
    settings.SIGNALS_ROOT = tmp_path / "signalen"
    return Visit()


def everything() -> str:
    """All rows of all tables, and the names and words of all files."""
    out = StringIO()
    call_command("dumpdata", stdout=out)
    files = [f"{p}: {p.read_text()}" for p in figures.root().rglob("*") if p.is_file()]
    return out.getvalue() + "".join(files)


def test_a_visit_holds_every_kind_that_the_list_knows(visit: Visit) -> None:
    assert visit.kinds == {holding.kind for holding in HOLDINGS.values() if holding.kind}
    assert everything().count(MARK) > len(visit.kinds)


def test_all_of_it_goes_along(visit: Visit, client: Client) -> None:
    owner = owns(client, visit.referral)
    taken = owner.post("/gegevens", {"typed": visit.typed, "do": "take"}).json()["items"]
    assert {item["kind"] for item in taken} == visit.kinds
    for item in taken:
        files = [file["name"] for file in item.get("files", ())]
        assert MARK in str(item) or files == ["omzet.csv"], item["kind"]
    assert f"{MARK}@plan.example" in str(taken)


def test_all_of_it_is_wiped(visit: Visit, client: Client) -> None:
    owns(client, visit.referral).post("/gegevens", {"typed": visit.typed, "do": "wipe"})
    assert MARK not in everything()


def test_all_of_it_goes_by_itself(settings: Any, tmp_path: Path) -> None:
    """Three years later, of figures that were not kept and a question that was drawn back."""
    settings.SIGNALS_ROOT = tmp_path / "signalen"
    left = Visit(keep=False)
    store.record(left.referral.pk, event(Kind.WITHDRAWN, 1, Who.OWNER))
    clear_overdue(timezone.now())
    assert MARK in everything()
    then = timezone.now() + timedelta(days=1_100)
    with patch("django.utils.timezone.now", return_value=then):
        clear_overdue(then)
    assert MARK not in everything()
