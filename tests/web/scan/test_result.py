"""The page of the result: where the firm stands and why, the step, checked offers, then and now."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from icalendar import Calendar

from baken.kernel.errors import BakenError
from baken.scan.items import next_steps
from baken.web import engine
from baken.web.scan.models import Folder, Round
from tests.web.conftest import FakeEngine
from tests.web.scan.conftest import PROACTIVE, REACTIVE, Go

REAL = engine.answer
Day = Callable[[int], date]


def test_the_answers_that_led_there_stand_beside_the_side(go: Go) -> None:
    owner = go()
    owner.tap_all(*REACTIVE)
    page = owner.page
    assert "\u00a0% zeker" in page
    stand = page[page.index('id="deel-customers_market"') :]
    assert "Wanneer vroeg je voor het laatst aan een klant wat beter kan?" in stand
    assert "<strong>Nog nooit</strong>" in stand
    assert f'href="{owner.home}/3"' in stand
    assert "Wie proactief is, doet het gemiddeld maar een beetje beter" in page


def test_only_offers_that_the_matcher_lets_stand_are_shown(go: Go, fake: FakeEngine) -> None:
    step = next_steps()["customers_market"]["reactive"][None]
    fits, shut, out = step.offers[:3]

    def change(answer: dict[str, object]) -> None:
        kind = answer["offers"][0]  # type: ignore[index]
        answer["offers"] = [
            {**kind, "id": fits, "name": "Past wel", "verdict": "fits"},
            {**kind, "id": shut, "name": "Is gesloten", "availability": "closed"},
            {**kind, "id": out, "name": "Past niet", "verdict": "excluded"},
        ]

    fake.change = change
    owner = go()
    owner.tap_all(*REACTIVE)
    page = owner.page
    assert step.says["nl"] in page
    only = set(fake.query["only"])
    assert only < {*step.offers, *step.training}
    assert "vlaio-bedrijfsadviseur" in only
    assert not only & {"cheques-entreprises", "consultancypremie-brussel"}, "not in Aalst"
    assert fake.query["facts"] == {"postal_code": "9300"}
    assert "Past wel" in page
    assert "Is gesloten" not in page
    assert "Past niet" not in page


def test_a_step_stands_also_when_its_offers_cannot_be_checked(go: Go, fake: FakeEngine) -> None:
    owner = go()
    fake.refuse = BakenError("facts", "broken")
    owner.tap_all(*REACTIVE)
    assert "We konden het aanbod bij deze stap nu niet nakijken" in owner.page


def test_another_domain_is_one_tap(go: Go) -> None:
    owner = go()
    owner.tap_all(*REACTIVE)
    assert owner.page.count('name="domain"') == 5
    owner.do(do="domain", domain="energy_material")
    assert "Vraag 3 van 6: energie en materiaal" in owner.page
    owner.tap_all("past_month", "past_month", "past_month", "past_month")
    page = owner.page
    assert page.index('id="deel-energy_material"') < page.index('id="deel-customers_market"')
    assert page.count('name="domain"') == 4
    assert Round.objects.get().need == ""


def test_who_knew_no_answer_reads_that_it_is_not_known_and_not_that_nobody_asked(go: Go) -> None:
    owner = go()
    owner.tap_all("had_to", "in_haste", *["unknown"] * 4)
    page = owner.page
    stand = page[page.index('id="deel-customers_market"') :]
    stand = stand[: stand.index("</section>")]
    assert "Weten we nog niet" in stand
    assert f'href="{owner.home}/3">Bekijk de vragen opnieuw' in stand
    assert 'name="domain" value="customers_market"' not in page, "a button that leads nowhere"
    assert page.count('name="domain"') == 5
    assert next_steps()["customers_market"]["unknown"][None].says["nl"] in page


def test_what_was_not_known_then_is_not_passed_over_now(go: Go, today: Day) -> None:
    owner = go()
    owner.tap_all("had_to", "in_haste", *["unknown"] * 4)
    owner.do(do="keep", keep="1")
    today(183)
    owner.do(do="again")
    owner.tap_all(*PROACTIVE)
    assert "Of je rond klanten en markt veranderd bent, weten we niet" in owner.page


def test_then_and_now_are_told_as_events(go: Go, today: Day) -> None:
    owner = go()
    owner.tap_all(*REACTIVE)
    assert "opnieuw beantwoorden" in owner.page
    assert 'value="again"' not in owner.page
    owner.do(do="keep", keep="1")
    today(183)
    assert 'value="again"' in owner.read(owner.home)
    owner.do(do="again")
    owner.do(do="again")
    assert Round.objects.count() == 2
    owner.tap_all(*PROACTIVE)
    page = owner.page
    assert "Wat anders is dan op 1\u00a0juni 2026" in page
    assert "Toen: nog nooit. Nu: in de voorbije maand." in page
    assert "Je bent veranderd: rond klanten en markt doe je nu vaker iets voor het moet." in page


def test_a_second_time_on_the_same_day_begins_nothing(go: Go) -> None:
    owner = go()
    owner.tap_all(*REACTIVE)
    owner.do(do="again")
    assert Round.objects.count() == 1


def test_a_date_for_the_calendar_when_it_is_kept(go: Go) -> None:
    owner = go()
    owner.tap_all(*REACTIVE)
    assert "agenda.ics" not in owner.page
    owner.do(do="keep", keep="1")
    assert "agenda.ics" in owner.page
    made = owner.client.get(f"{owner.home}/agenda.ics")
    event = Calendar.from_ical(made.content).walk("VEVENT")[0]
    assert event["DTSTART"].dt == date(2026, 12, 1)
    assert event["URL"].endswith(owner.home)


@pytest.mark.parametrize("need", ["N12", "N05", "N10", "N07", "N11", "N09"])
@pytest.mark.parametrize("answers", [REACTIVE, PROACTIVE], ids=["reactive", "proactive"])
def test_the_real_matcher_leaves_something_with_reasons(
    go: Go, monkeypatch: pytest.MonkeyPatch, need: str, answers: tuple[str, ...]
) -> None:
    monkeypatch.setattr(engine, "answer", REAL)
    owner = go(need=need)
    while "uitkomst" not in owner.at:
        codes = re.findall(r'name="answer" value="([^"]+)"', owner.page)[:4]
        owner.tap(codes[0] if answers is REACTIVE else codes[-1])
    offers = re.findall(r'<details class="card offer offer--(\w+)".*?</details>', owner.page, re.S)
    assert 1 <= len(offers) <= 5
    assert "excluded" not in offers
    assert "Waarom?" in owner.page
    assert "Je vroeg ernaar" not in owner.page


def test_programs_get_what_the_command_prints(go: Go) -> None:
    owner = go()
    owner.tap_all(*REACTIVE)
    found = owner.client.get(f"{owner.home}/uitkomst", headers={"Accept": "application/json"})
    assert found.json()["posture"]["side"] == "reactive"
    assert found.json()["as_of"] == "2026-06-01"
    assert owner.client.get(f"{owner.home}/uitkomst?als=json").json() == found.json()


@pytest.mark.parametrize("lang", ["/en", "/fr"])
def test_in_each_language(go: Go, lang: str) -> None:
    owner = go(lang=lang)
    owner.tap_all(*PROACTIVE)
    told = {"/en": "Rather proactive", "/fr": "Anticipe plutôt"}[lang]
    assert told in owner.page
    assert "Weet ik niet" not in owner.page


def test_what_goes_along_with_a_question_is_told(go: Go) -> None:
    owner = go()
    owner.tap_all(*REACTIVE)
    assert "Dit gaat mee met je vraag: " in owner.page
    assert "Ik wil beter weten wat mijn klanten willen" in owner.page


def test_the_study_gets_what_was_given_and_reads_it(go: Go, today: Day, tmp_path: Path) -> None:
    silent, given = go(), go(need="N01")
    silent.tap_all(*REACTIVE)
    given.tap_all("had_to", "unknown")
    given.do(do="domain", domain="customers_market")
    given.tap_all(*REACTIVE[2:])
    given.do(do="keep", keep="1", study="1")
    today(200)
    given.do(do="again")
    given.tap_all(*PROACTIVE)
    out = StringIO()
    call_command("export_study", stdout=out, stderr=StringIO())
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["as_of"] for line in lines] == ["2026-06-01", "2026-12-18"]
    assert lines[0]["answers"]["posture.decided"] == "unknown"
    assert len({line["who"] for line in lines}) == 1
    assert not {"facts", "region"} & set(lines[0])
    assert "9300" not in out.getvalue()
    file = tmp_path / "scans.jsonl"
    file.write_text(out.getvalue(), encoding="utf-8")
    from baken.scan.study.read import read_lines

    with file.open("rb") as rows:
        assert [len(scans) for scans in read_lines(rows, file.name).values()] == [2]
    again = StringIO()
    call_command("export_study", stdout=again, stderr=StringIO())
    assert json.loads(again.getvalue().splitlines()[0])["who"] != lines[0]["who"]
    given.do(do="keep", keep="1")
    assert Folder.objects.exclude(study="").count() == 0
