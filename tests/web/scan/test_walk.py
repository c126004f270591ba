"""From the answer to the result: when the scan is offered, what it asks, where one may stray."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from baken.scan.items import domains, items
from baken.web.scan import keep
from baken.web.scan.models import Folder, Round
from tests.web.conftest import NEED, FakeEngine
from tests.web.scan.conftest import PROACTIVE, REACTIVE, Go

SETTINGS = "baken.web.settings"
OFFER = "Hoe hou je zicht op wat eraan komt?"


def test_it_is_offered_below_the_doors_and_nowhere_before(site: Client) -> None:
    for before in ("/", "/aanbod", "/over"):
        assert OFFER not in site.get(before).content.decode()
    page = site.post("/resultaat", {"need": NEED}).content.decode()
    assert page.index('class="door"') < page.index("door--also") < page.index(OFFER)


IN_TROUBLE = {"code": "N14", "score": 0.8, "label": "In moeilijkheden"}


@pytest.mark.parametrize("why", ["urgent", "no door", "trouble", "route", "not sure"])
def test_it_is_not_offered_in_trouble_or_without_a_door(
    site: Client, fake: FakeEngine, why: str
) -> None:
    def change(answer: dict[str, Any]) -> None:
        changes = {
            "urgent": {"urgent": "Bel eerst"},
            "no door": {"route": None},
            "trouble": {"needs": [IN_TROUBLE]},
            "route": {"route": {**answer["route"], "id": "R1"}},
            "not sure": {"unsure": "Misschien is dit geen vraag van een zaak."},
        }
        answer.update(changes[why])

    fake.change = change
    assert OFFER not in site.post("/resultaat", {"need": NEED}).content.decode()


def test_trouble_heard_as_the_second_need_only_leaves_the_scan_there(
    site: Client, fake: FakeEngine
) -> None:
    def change(answer: dict[str, Any]) -> None:
        answer["needs"] = [{**answer["needs"][0], "score": 0.9}, {**IN_TROUBLE, "score": 0.6}]

    fake.change = change
    page = site.post("/resultaat", {"need": NEED}).content.decode()
    assert "In moeilijkheden" in page and 'class="listens"' in page
    assert OFFER in page


def test_the_way_in_keeps_nothing_until_the_owner_begins(site: Client) -> None:
    page = site.post("/resultaat", {"need": NEED}).content.decode()
    form = re.search(r'<form class="scan__offered.*?</form>', page, re.DOTALL)
    assert form
    needs = re.findall(r'name="need" value="([^"]*)"', form[0])
    assert needs == ["N11", "N12"]
    assert NEED not in form[0]
    intro = site.post("/scan", {"need": needs, "facts": "{}"}).content.decode()
    assert "hoogstens zes vragen" in intro
    assert not Folder.objects.exists()


def test_who_comes_without_an_answer_is_sent_to_the_question(site: Client) -> None:
    page = site.get("/scan").content.decode()
    assert "Deze vragen komen na je eigen vraag" in page
    assert "Gaat het nu slecht met je zaak" in page
    assert 'name="begin"' not in page
    about = site.get("/scan", headers={"Accept": "application/json"}).json()
    assert about["command"] == "scan"


DOMAINS = [
    ("N12", "customers_market"),
    ("N05", "product_quality"),
    ("N10", "process_digital"),
    ("N07", "people_learning"),
    ("N11", "energy_material"),
    ("N09", "money_continuity"),
]


@pytest.mark.parametrize(("need", "domain"), DOMAINS)
def test_the_need_chooses_the_domain(go: Go, need: str, domain: str) -> None:
    owner = go(need=need)
    asked = []
    while "uitkomst" not in owner.at:
        asked.append(re.search(r'name="question" value="([^"]+)"', owner.page)[1])  # type: ignore[index]
        owner.tap("unknown")
    assert [items()[i].domain for i in asked] == ["posture"] * 2 + [domain] * 4


@pytest.mark.parametrize("need", ["N01", "", "N99"])
def test_where_the_need_tells_no_domain_the_owner_chooses(go: Go, need: str) -> None:
    owner = go(need=need)
    assert "Vraag 1 van hoogstens 6" in owner.page
    owner.tap_all("had_to", "in_haste")
    assert owner.at.endswith("/onderwerp")
    assert all(d.label["nl"].capitalize() in owner.page for d in domains().values())
    owner.do(do="domain", domain="energy_material")
    assert "Vraag 3 van 6: energie en materiaal" in owner.page


def test_who_chooses_no_domain_sees_the_whole_only(go: Go) -> None:
    owner = go(need="N01")
    owner.tap_all("had_to", "in_haste")
    owner.do(do="domain", domain="")
    assert owner.at.endswith("/uitkomst")
    assert "Eerder reactief" in owner.page
    assert "Je eerste stap" not in owner.page
    assert owner.page.count('name="domain"') == 6


def test_one_question_a_page_with_its_answers_to_tap(go: Go) -> None:
    owner = go()
    assert "Vraag 1 van 6" in owner.page
    assert owner.page.count('name="answer"') == 5
    assert "Weet ik niet" in owner.page
    assert "<script" not in owner.page
    owner.tap("planned")
    assert "Vraag 2 van 6" in owner.page


def test_back_shows_the_answer_and_another_one_takes_its_place(go: Go) -> None:
    owner = go()
    owner.tap_all("had_to", "talked")
    owner.at = f"{owner.home}/1"
    assert re.search(r'button--said" name="answer" value="had_to"', owner.page)
    owner.tap("planned")
    assert owner.at == f"{owner.home}/3"
    assert Round.objects.get().answers == {
        "posture.trigger": "planned", "posture.decided": "talked"
    }  # fmt: skip


def test_left_halfway_it_goes_on_where_it_was(go: Go) -> None:
    owner = go()
    owner.tap_all("had_to", "talked", "never")
    assert "Vraag 4 van 6" in owner.read(owner.home)
    assert "Question 4 of 6" in owner.read(f"/en{owner.home}")
    half = owner.read(f"{owner.home}/uitkomst")
    assert "Je hebt nog niet alle vragen beantwoord" in half


def test_two_windows_do_not_undo_each_other(go: Go) -> None:
    owner = go()
    owner.do(do="answer", question="customers.new", answer="never")
    owner.do(do="answer", question="posture.trigger", answer="planned")
    owner.do(do="answer", question="posture.trigger", answer="planned")
    assert set(Round.objects.get().answers) == {"customers.new", "posture.trigger"}
    assert "Vraag 2 van 6" in owner.page


ODD = [
    {"do": "answer", "question": "customers.new", "answer": "sometimes"},
    {"do": "answer", "question": "energy.plan", "answer": "never"},
    {"do": "answer", "question": "<b>", "answer": "never"},
    {"do": "answer"},
    {"do": "domain", "domain": "<script>"},
    {"do": "dance"},
    {},
]


@pytest.mark.parametrize("sent", ODD, ids=str)
def test_what_no_button_sends_leads_back_to_the_question(go: Go, sent: dict[str, str]) -> None:
    owner = go()
    owner.do(**sent)
    assert owner.at == f"{owner.home}/1"
    row = Round.objects.get()
    assert (row.answers, row.domain) == ({}, "customers_market")


@pytest.mark.parametrize("number", ["0", "7", "999"])
def test_a_number_that_is_no_question_leads_on(go: Go, number: str) -> None:
    owner = go()
    assert "Vraag 1 van 6" in owner.read(f"{owner.home}/{number}")


def test_what_is_known_is_not_asked(go: Go) -> None:
    owner = go(need="N07", facts='{"employees": 0}')
    assert "Vraag 1 van 5" in owner.page
    owner.tap_all("had_to", "in_haste", "never", "never", "never")
    assert owner.at.endswith("/uitkomst")
    assert "idee van een medewerker" not in owner.page


def test_a_question_that_a_later_version_drops_is_left_out(go: Go) -> None:
    owner = go()
    owner.tap_all(*REACTIVE)
    row = Round.objects.get()
    row.answers = {**row.answers, "customers.gone": "never", "customers.new": "twice"}
    row.save()
    assert "Vraag 6 van 6" in owner.read(owner.home)


@pytest.mark.parametrize(
    ("answers", "side"), [(REACTIVE, "Eerder reactief"), (PROACTIVE, "Eerder proactief"),
                          (("unknown",) * 6, "Weten we nog niet")],
)  # fmt: skip
def test_the_result_names_a_side_or_none(go: Go, answers: tuple[str, ...], side: str) -> None:
    owner = go()
    owner.tap_all(*answers)
    assert owner.at == f"{owner.home}/uitkomst"
    assert side in owner.page


METHODS = ["", "/1", "/uitkomst", "/onderwerp"]


@pytest.mark.parametrize("end", METHODS)
def test_other_methods_are_refused(go: Go, end: str) -> None:
    owner = go()
    assert owner.client.delete(f"{owner.home}{end}").status_code == 405


def test_eight_windows_at_once_lose_no_answer_and_begin_one_round(tmp_path: Path) -> None:
    env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    env |= {"BAKEN_DB": str(tmp_path / "rows.sqlite"), "DJANGO_SETTINGS_MODULE": SETTINGS}
    command = [sys.executable, "-m", "tests.web.scan.crowd"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.stdout == "[6, 0]\n", done.stderr


def test_wiped_in_another_window_in_the_same_moment(
    go: Go, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = go()
    found = keep.find(owner.token, date(2026, 6, 1))
    keep.wipe(Folder.objects.get())
    monkeypatch.setattr(keep, "find", lambda token, today: found)
    for do in ("answer", "domain", "again"):
        response = owner.client.post(owner.home, {"do": do, "domain": "energy_material"})
        assert response.status_code == 404
