"""A kept plan has a day of its own: opened later it tells what has passed, and can begin anew."""

from __future__ import annotations

import importlib
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from baken.web.owner import kept
from baken.web.owner.models import KeptPlan, PlanReminder
from baken.web.owner.plan_days import Step
from baken.web.owner.plan_since import term_of
from baken.web.texts import text
from tests.web.conftest import MADE, Clock, FakeEngine
from tests.web.kept_plan import KEEP, KEPT, LATER, STATE, form_of, keep, opened, read

BUTTON = "Maak een nieuw plan vanaf vandaag"
OVER = "Dit was voor 24 december 2026. Nog niet gedaan? Doe het nu."
pytestmark = pytest.mark.usefixtures("went")


def test_a_kept_plan_keeps_its_day_and_tells_what_has_passed(site: Client, clock: Clock) -> None:
    code = keep(site)
    clock(LATER)
    assert "Gemaakt op 21 december 2026." in read(site.post("/terug", {"code": code}))
    page = opened(site, code)
    assert "Gemaakt op 21 december 2026." in page
    assert "Deze week (tot 24 december 2026)" in page
    assert OVER in page
    assert BUTTON in page


HOLDS = [
    ("", "Dit geldt nog altijd:"),
    ("/en", "This still applies:"),
    ("/fr", "Ceci vaut toujours"),
]


@pytest.mark.parametrize(("lang", "says"), HOLDS)
def test_what_may_not_be_done_yet_is_not_over_with_its_term(
    site: Client, clock: Clock, lang: str, says: str
) -> None:
    over, waits = (
        text(lang.strip("/") or "nl", f"journey.plan.{name}", day="@", names="@")
        .split("@")[0]
        .replace("\u00a0", " ")
        for name in ("over", "wait")
    )
    code = keep(site)
    now = opened(site, code, lang)
    assert says not in now and over not in now
    clock("2026-12-28")
    page = opened(site, code, lang)
    held, _, late = page.partition(over)
    assert says in held
    assert waits in held.partition(says)[2]
    assert late and waits not in late


def test_a_term_without_other_steps_is_not_told_as_late(clock: Clock) -> None:
    step = Step("week", "wait", "x", holds=True)
    term = term_of("week", [step], date(2026, 12, 21), date(2026, 12, 28), "nl")
    assert (term.over, term.holds, term.steps) == ("", [step], [])


def test_on_its_own_day_nothing_has_passed(site: Client, clock: Clock) -> None:
    page = opened(site, keep(site))
    assert "Gemaakt op 21 december 2026." in page
    assert not any(words in page for words in (OVER, BUTTON, "Let op:", "Dit geldt nog"))


@pytest.mark.parametrize("lang", ["/en", "/fr"])
def test_the_day_goes_along_into_another_language(site: Client, clock: Clock, lang: str) -> None:
    code = keep(site)
    clock(LATER)
    page = opened(site, code, lang)
    assert "2026" in page and 'value="renew"' in page
    again = read(site.post("/plan", form_of(page, 'lang="nl"')))
    assert "Gemaakt op 21 december 2026." in again


def test_the_button_dates_it_anew_and_moves_the_reminders(site: Client, clock: Clock) -> None:
    code = keep(site)
    site.post("/terug", {"code": code, "do": "remind", "mail": "bakker@firma.example"})
    before = PlanReminder.objects.get()
    assert before.days == ["2026-12-23", "2027-02-24", "2027-03-15"]
    clock("2027-01-10")
    page = opened(site, code)
    assert "Je herinneringen schuiven mee." in page
    for _ in "double":
        anew = read(site.post("/plan", {**form_of(page, BUTTON), "do": "renew"}))
        assert "Gemaakt op 10 januari 2027." in anew
        assert "Je herinneringen schoven mee." in anew
        assert OVER not in anew and BUTTON not in anew
    assert KeptPlan.objects.get().made_on == date(2027, 1, 10)
    after = PlanReminder.objects.get()
    assert (after.seed, after.address) == (before.seed, before.address)
    assert after.days[0] == after.next_on.isoformat() == "2027-01-14"
    assert "Gemaakt op 10 januari 2027." in opened(site, code)


def test_reminders_that_are_asked_for_later_are_of_the_days_of_the_plan(
    site: Client, clock: Clock
) -> None:
    code = keep(site)
    clock("2027-01-10")
    site.post("/terug", {"code": code, "do": "remind", "mail": "bakker@firma.example"})
    assert PlanReminder.objects.get().days == ["2027-02-24", "2027-03-15"]


def test_a_plan_that_is_kept_says_so_and_is_not_kept_twice(site: Client, clock: Clock) -> None:
    fresh = read(site.post("/plan", STATE))
    assert KEEP in fresh and KEPT not in fresh
    code = keep(site)
    clock("2027-01-10")
    page = opened(site, code)
    anew = read(site.post("/plan", {**form_of(page, BUTTON), "do": "renew"}))
    for told in (page, anew):
        assert KEPT in told and KEEP not in told


def test_kept_again_from_a_page_of_its_own_it_is_the_same_row_on_its_day(
    site: Client, clock: Clock
) -> None:
    code = keep(site)
    clock("2027-01-10")
    form = form_of(opened(site, code), BUTTON)
    told = read(site.post("/bewaar", {**form, "made": "2027-01-09", "form": kept.new_form()}))
    assert KEPT in told
    assert "Schrijf deze zes woorden op" not in told and "Herinneringen per mail" not in told
    row = KeptPlan.objects.get()
    assert (row.made_on, row.expires_on) == (date(2026, 12, 21), date(2028, 1, 10))
    assert "Gemaakt op 21 december 2026." in opened(site, code)


def test_a_plan_that_was_wiped_can_be_kept_again(site: Client, clock: Clock) -> None:
    code = keep(site)
    form = form_of(opened(site, code), "Zet het in je agenda")
    site.post("/terug", {"code": code, "wipe": "1"})
    assert KEEP in read(site.post("/plan", form))
    assert "Schrijf deze zes woorden op" in read(site.post("/bewaar", form))
    KeptPlan.objects.get()


@pytest.mark.parametrize("token", ["", "1:x", "7:" + "a" * 43])
def test_what_was_made_up_or_wiped_dates_no_row_anew(
    site: Client, clock: Clock, token: str
) -> None:
    keep(site)
    clock(LATER)
    form = {**STATE, "made": MADE, "kept": token, "do": "renew"}
    assert "Gemaakt op 22 maart 2027." in read(site.post("/plan", form))
    KeptPlan.objects.get(made_on=date(2026, 12, 21))
    form["kept"] = kept.token_of(KeptPlan.objects.get())
    KeptPlan.objects.all().delete()
    assert "Gemaakt op 22 maart 2027." in read(site.post("/plan", form))


@pytest.mark.parametrize("made", ["", "gisteren", "2027-03-23", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_of_a_plan_is_today(site: Client, clock: Clock, made: str) -> None:
    clock(LATER)
    assert "Gemaakt op 22 maart 2027." in read(site.post("/plan", {**STATE, "made": made}))


def test_a_page_that_is_kept_after_midnight_keeps_its_day(site: Client, clock: Clock) -> None:
    page = site.post("/plan", STATE).content.decode()
    clock("2026-12-22")
    site.post("/bewaar", form_of(page, "Bewaar met een code"))
    assert KeptPlan.objects.get().made_on == date(2026, 12, 21)


CLOSED = [
    ({"availability": "call", "deadline": None}, "aanvragen kon tot 1 maart 2027. Kijk of"),
    ({"deadline": "2027-09-01"}, "aanvragen kon tot 1 maart 2027. Nu kan het opnieuw, tot 1 sept"),
    ({"verdict": "excluded"}, "dit past nu niet bij je zaak"),
]


@pytest.mark.parametrize(("now", "says"), CLOSED, ids=["over", "again", "unfit"])
def test_what_closed_in_the_meantime_is_told(
    site: Client, clock: Clock, fake: FakeEngine, now: dict[str, Any], says: str
) -> None:
    code = keep(site)
    clock(LATER)

    def change(answer: dict[str, Any]) -> None:
        (loan,) = (o for o in answer["offers"] if o["id"] == "energielening")
        loan.update(now)

    fake.change = change
    page = opened(site, code)
    assert "Let op:" in page
    assert f"Energielening voor kleine zaken: {says}" in page


def test_what_is_no_longer_there_is_told(site: Client, clock: Clock) -> None:
    form = {**STATE, "made": MADE, "pick": [*STATE["pick"], "instrument/weg"]}
    assert "bestaat hier niet meer" not in read(site.post("/plan", {**form, "made": ""}))
    clock(LATER)
    assert "Eén voorstel dat je koos, bestaat hier niet meer." in read(site.post("/plan", form))


def test_the_calendar_has_its_days_and_what_has_passed_now(site: Client, clock: Clock) -> None:
    def events(form: dict[str, Any]) -> dict[str, date]:
        file = site.post("/plan/agenda.ics", form)
        found = Calendar.from_ical(file.content).walk("VEVENT")
        return {str(e["uid"]): e["dtstart"].dt for e in found}

    form = {**STATE, "made": MADE}
    before = events(form)
    clock("2027-01-10")
    after = events(form)
    assert after.keys() == before.keys()
    assert date(2026, 12, 24) in before.values()
    assert date(2026, 12, 24) not in after.values()
    for uid, day in before.items():
        assert after[uid] == (date(2027, 1, 11) if day < date(2027, 1, 10) else day)


@pytest.mark.parametrize(("lang", "says"), HOLDS)
def test_the_calendar_tells_what_still_holds_apart_from_what_is_late(
    site: Client, clock: Clock, lang: str, says: str
) -> None:
    def events(day: str) -> list[Any]:
        clock(day)
        file = site.post(f"{lang}/plan/agenda.ics", {**STATE, "made": MADE}).content
        found: list[Any] = Calendar.from_ical(file).walk("VEVENT")
        return found

    over = text(lang.strip("/") or "nl", "journey.plan.over", day="@")
    late = over.split("@")[1].replace("\u00a0", " ")
    for event in events(MADE):
        assert says not in plain(event, "summary") and late not in plain(event, "description")
    held = [e for e in events("2026-12-28") if plain(e, "summary").startswith(says)]
    assert held and not any(e.walk("VALARM") or late in plain(e, "description") for e in held)
    others = [e for e in events("2026-12-28") if late in plain(e, "description")]
    assert others and all(e["dtstart"].dt == date(2026, 12, 28) for e in others)


def plain(event: Any, name: str) -> str:
    return str(event.get(name, "")).replace("\u00a0", " ")


def test_a_program_reads_what_still_holds_and_what_is_late(site: Client, clock: Clock) -> None:
    clock("2026-12-28")
    form = {**STATE, "made": MADE}
    week, *rest = site.post("/plan", form, headers={"accept": "application/json"}).json()["terms"]
    assert {step["holds"] for step in week["steps"]} == {True, False}
    assert week["over"] and not any(term["over"] for term in rest)
    assert not any(step["holds"] for term in rest for step in term["steps"])


def test_a_program_reads_the_day_and_what_changed(site: Client, clock: Clock) -> None:
    clock(LATER)
    form = {**STATE, "made": MADE}
    found = site.post("/plan", form, headers={"accept": "application/json"}).json()
    assert found["made_on"] == MADE
    assert found["terms"][0]["ends_on"] == "2026-12-24"
    assert found["since"][0].startswith("Energielening voor kleine zaken: aanvragen")


def test_a_plan_that_was_kept_before_has_the_day_on_which_it_was_last_opened(
    site: Client, clock: Clock
) -> None:
    keep(site)
    KeptPlan.objects.update(made_on=timezone.localdate() + timedelta(days=9))
    migration = importlib.import_module("baken.web.owner.migrations.0006_made_on")
    migration.from_last_opening(apps, None)
    assert KeptPlan.objects.get().made_on == date(2026, 12, 21)
