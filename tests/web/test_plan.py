"""The plan: what comes first, by when, whom to call, and the same in a calendar."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from baken.landscape.catalogue import load_catalogue
from baken.landscape.model import Instrument
from baken.registers.workdays import is_working_day
from baken.web.ics import calendar
from baken.web.owner.plan import Plan, make_plan
from baken.web.owner.plan_days import TERMS, ends_on, week_end
from baken.web.owner.plan_pages import events_of, first_moment
from baken.web.words import day
from tests.web.conftest import NEED, FakeEngine

TODAY = date(2026, 11, 26)
STATE = {"need": NEED, "facts": '{"municipality":"Aalst"}', "asked": "[]", "limit": "5"}


def offer(**more: Any) -> dict[str, Any]:
    """A presented offer as the plan reads it."""
    plain = {
        "type": "instrument", "id": "premie", "name": "Premie", "key": "premie", "verdict": "open",
        "availability": "open", "apply": None, "deadline": None, "first_step": "Bel.", "groups": [],
        "url": "https://premie.example",
    }  # fmt: skip
    return {**plain, **more}


def planned(
    *offers: dict[str, Any], kind: str = "loan", doors: Any = (), need: str = NEED, **record: Any
) -> Plan:
    """The plan for these offers, all of one record of a kind."""
    answer = {"route": {"doors": list(doors)}, "said": []}
    records = {("instrument", "premie"): {"kind": kind, **record}}
    return make_plan(answer, offers, records, {}, need, "nl", TODAY)


def terms(plan: Plan) -> dict[str, list[str]]:
    """The sentences per term."""
    return {when: [s.says for s in steps] for when, steps in plan.terms}


@pytest.mark.parametrize(
    ("more", "kind", "when", "says"),
    [
        ({"apply": "before_start"}, "loan", "month", "begin pas daarna"),
        ({"apply": None}, "grant", "month", "Vraag Premie aan."),
        ({"apply": None}, "grant", "week", "de bron zegt niet of je moet aanvragen voor je begint"),
        ({"apply": None}, "loan", "month", "Vraag Premie aan."),
        ({"apply": "any"}, "grant", "month", "Vraag Premie aan."),
        ({"apply": "within_days"}, "voucher", "week", "er loopt een termijn vanaf de dag"),
        ({"deadline": "2026-11-30"}, "loan", "week", "uiterlijk op 30"),
        ({"deadline": "2026-12-20"}, "loan", "month", "uiterlijk op 20"),
        ({"deadline": "2027-06-01"}, "loan", "quarter", "uiterlijk op 1"),
        ({"availability": "call", "apply": "any"}, "grant", "quarter", "Dat kan niet altijd"),
        ({"availability": "closed"}, "loan", "quarter", "Dat kan niet altijd"),
        ({"type": "training"}, "loan", "month", "Schrijf je in voor Premie"),
        ({"type": "organisation"}, "loan", "week", "Premie: Bel."),
        (
            {"type": "organisation", "first_step": None},
            "loan",
            "week",
            "Bel of schrijf naar Premie",
        ),
    ],
)
def test_when_something_is_to_be_done(
    more: dict[str, Any], kind: str, when: str, says: str
) -> None:
    assert says in " ".join(terms(planned(offer(**more), kind=kind))[when])


@pytest.mark.parametrize(
    ("days", "when"), [(7, "week"), (14, "week"), (45, "month"), (60, "month"), (92, "quarter")]
)
def test_days_that_may_run_already_are_told_and_half_of_them_is_the_term(
    days: int, when: str
) -> None:
    ill = offer(apply="within_days", first_step="Ga meteen naar je huisarts.")
    told = terms(planned(ill, apply_days=days, apply_from="illness"))
    assert f"binnen {days} dagen na je eerste ziektedag." in " ".join(told[when])
    assert "Ga meteen naar je huisarts." in " ".join(told["week"])


def test_a_term_in_months_is_told_in_months_and_from_what_it_counts() -> None:
    told = terms(planned(offer(apply="within_days"), apply_months=3, apply_from="signature"))
    says = "Premie: Registreer de akte binnen 3 maanden na de ondertekening."
    assert says in " ".join(told["quarter"])


def test_who_begins_a_course_is_told_the_last_day_and_not_to_wait_for_the_start() -> None:
    told = terms(planned(offer(apply="within_days"), apply_days=14, apply_from="training"))
    says = "Vraag het aan, ten laatste 14 dagen na de start van de opleiding."
    assert says in " ".join(line for lines in told.values() for line in lines)


def test_what_is_lost_to_who_had_other_aid_is_asked_for_first() -> None:
    both = [offer(id="a", name="Starterspakket"), offer(id="b", name="Beurs")]
    answer = {"route": {"doors": []}, "said": []}
    plan = make_plan(answer, both, {}, {}, NEED, "nl", TODAY, {"a": ["b"], "c": ["a"], "b": ["x"]})
    first = terms(plan)["week"][0]
    assert first.startswith("Vraag eerst dit aan: Starterspakket.")
    assert first.endswith("Pas daarna: Beurs.")
    assert len([s for s in plan.steps if s.mark.startswith("before/")]) == 1


@pytest.mark.parametrize("when", TERMS)
def test_each_term_of_a_plan_ends_on_a_working_day_to_come(when: str) -> None:
    for later in range(366):
        today = TODAY + timedelta(days=later)
        ends = ends_on(when, today)
        assert is_working_day(ends)
        assert ends > today


def test_on_the_telephone_nobody_speaks_of_full_time_equivalents() -> None:
    said = [{"fact": "headcount", "label": "Aantal mensen dat er werkt", "value": "4"}]
    answer = {"route": {"doors": []}, "said": said}
    plan = make_plan(answer, [offer()], {}, {}, NEED, "nl", TODAY)
    assert "aantal mensen dat er werkt, ikzelf meegeteld: 4" in plan.say


@pytest.mark.parametrize(
    ("apply", "kind"), [("any", "grant"), (None, "loan"), ("within_days", "voucher")]
)
def test_nothing_is_to_be_asked_first_where_the_source_does_not_say_so(
    apply: str | None, kind: str
) -> None:
    told = " ".join(s.says for s in planned(offer(apply=apply), kind=kind).steps)
    assert "Teken of bestel" not in told
    assert "de bron zegt niet" not in told


def test_where_the_source_is_silent_the_plan_tells_no_rule_but_whom_to_ask() -> None:
    fluvius = "Fluvius (netbeheerder), met het Vlaams Energie- en Klimaatagentschap"
    plan = planned(offer(), kind="grant", provider=fluvius)
    assert terms(plan)["week"][0] == (
        "Premie: de bron zegt niet of je moet aanvragen voor je begint. "
        "Vraag het aan Fluvius voor je tekent of bestelt."
    )
    told = " ".join(s.says for s in plan.steps)
    assert "begin pas daarna" not in told
    assert "Teken of bestel" not in told
    assert [(c.name, c.questions) for c in plan.calls] == [
        (
            "Fluvius",
            [("Premie", "Moet ik aanvragen voor ik teken of bestel? De bron zegt het niet.")],
        )
    ]


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", "Ask the Walloon Region"),
        ("fr", "avant de signer ou de commander (la Région wallonne)"),
    ],
)
def test_who_is_to_be_asked_has_a_name_of_the_language(db: None, lang: str, says: str) -> None:
    records = {("instrument", "premie"): {"kind": "grant", "provider": "Waals Gewest (SPW)"}}
    plan = make_plan(
        {"route": {"doors": []}, "said": []}, [offer()], records, {}, NEED, lang, TODAY
    )
    assert says in terms(plan)["week"][0]


WAYS = [
    ("tax", "tax_return", "Laat Premie in je belastingaangifte zetten."),
    ("hiring", "payroll", "Laat je sociaal secretariaat Premie toepassen."),
    ("guarantee", "bank", "Vraag Premie via je bank."),
    ("tax", None, "Regel dit: Premie."),
    ("relief", None, "Regel dit: Premie."),
]


@pytest.mark.parametrize(("kind", "through", "says"), WAYS)
def test_how_one_gets_it_is_worded_as_its_record_tells(
    kind: str, through: str | None, says: str
) -> None:
    (step,) = planned(offer(), kind=kind, asked_through=through).terms[1][1]
    assert step.says.startswith(says)


WORDS_OF = {"tax_return": "aangifte", "payroll": "sociaal secretariaat", "bank": "bank"}


def test_a_way_stands_only_in_a_record_whose_own_words_tell_it() -> None:
    found = [r for r in load_catalogue() if isinstance(r, Instrument) and r.asked_through]
    assert {r.asked_through for r in found} == set(WORDS_OF)
    for record in found:
        assert record.first_step is not None
        assert WORDS_OF[record.asked_through or ""] in record.first_step.nl, record.id


def test_what_is_open_is_said_not_to_be_sure() -> None:
    open_ = offer(groups=[{"name": "not_said", "reasons": [{"says": "Je exporteert."}]}])
    plan = planned(open_)
    assert "Vraag Premie aan. Of je er recht op hebt, is nog niet zeker." in terms(plan)["month"]
    sure = planned(offer(verdict="fits", groups=[{"name": "met", "reasons": [{"says": "Ja."}]}]))
    assert not any("nog niet zeker" in s.says for s in sure.steps)
    assert sure.own == ()


def test_a_last_day_that_is_past_is_not_told() -> None:
    plan = planned(offer(deadline="2026-11-01"))
    assert "uiterlijk" not in " ".join(s.says for s in plan.steps)


def test_the_warning_not_to_begin_is_the_first_thing_and_names_all_that_need_it() -> None:
    plan = planned(
        offer(apply="before_start", deadline="2026-11-28"),
        offer(apply="before_start", name="Lening"),
        doors=[{"name": "Loket", "type": "organisation", "id": "loket"}],
    )  # fmt: skip
    week = terms(plan)["week"]
    assert week[0].startswith("Teken of bestel nog niets")
    assert "Premie, Lening" in week[0]
    assert "Bel of schrijf naar Loket." in week
    warned, *_ = events_of(plan, NEED, TODAY)
    assert "Teken of bestel nog niets" in str(warned["summary"])
    assert warned["dtstart"].dt == first_moment(datetime.combine(TODAY, time())).date(), "not later"


def test_what_closes_first_comes_first_within_a_term() -> None:
    plan = planned(
        offer(deadline="2026-12-24", name="Later"), offer(deadline="2026-12-10", name="Eerder")
    )
    assert [s.offer for s in plan.steps if s.when == "month"] == ["Eerder", "Later"]


def test_a_door_that_was_ticked_too_is_called_once() -> None:
    door = {"name": "Loket", "type": "organisation", "id": "loket"}
    plan = planned(offer(**door), offer(name="Raad", type="organisation"), doors=[door])
    assert [c.name for c in plan.calls] == ["Loket", "Raad"]
    assert sum("Loket" in s.says for s in plan.steps) == 1


def test_what_is_excluded_has_no_place_in_a_plan() -> None:
    assert [s.offer for s in planned(offer(verdict="excluded")).steps] == [""]


def test_what_to_have_ready_follows_from_what_was_chosen() -> None:
    says = "Je plan bespaart energie. (Een jury weegt dat (met punten).)"
    judged = {"name": "judged", "reasons": [{"says": says}]}
    loan = planned(offer(groups=[judged]))
    assert any("jaarrekening" in b for b in loan.bring)
    assert [(s.offers, s.says) for s in loan.show] == [("Premie", ("Je plan bespaart energie.",))]
    assert not any("offerte" in b for b in planned(offer(), kind="advice").bring)
    assert "Een offerte die je nog niet getekend hebt" in planned(offer(), kind="grant").bring
    assert "Je offertes of je facturen" in planned(offer(), kind="tax").bring


def test_what_to_show_stands_below_the_measure_that_it_is_of_and_what_is_left_out_is_counted() -> (
    None
):
    def weighed(name: str, *says: str) -> dict[str, Any]:
        reasons = [{"says": s} for s in says]
        return offer(id=name, name=name, groups=[{"name": "text", "reasons": reasons}])

    many = [f"Voorwaarde {i}." for i in range(5)]
    plan = planned(weighed("A", "Dit.", *many), weighed("B", "Dit."), weighed("C", "Dat."))
    assert [(s.offers, s.says, s.more) for s in plan.show] == [
        ("A, B", ("Dit.",), 0), ("A", ("Voorwaarde 0.", "Voorwaarde 1."), 3), ("C", ("Dat.",), 0),
    ]  # fmt: skip


def test_what_a_court_gives_is_decided_on_and_not_arranged() -> None:
    (step,) = planned(offer(), kind="relief", provider="de ondernemingsrechtbank").terms[1][1]
    assert step.says.startswith("Beslis samen met wie je helpt of dit nu nodig is: Premie.")


def test_what_to_say_has_the_owners_words() -> None:
    assert (
        "Het gaat hierover: Mijn oven is stuk." in planned(offer(), need="Mijn oven is stuk.").say
    )


@pytest.mark.parametrize(
    ("today", "ends"),
    [
        ("2026-11-23", "2026-11-27"),
        ("2026-11-27", "2026-12-04"),
        ("2026-11-29", "2026-12-04"),
        ("2026-12-21", "2026-12-24"),
        ("2026-12-24", "2026-12-31"),
        ("2026-12-31", "2027-01-08"),
        ("2027-05-05", "2027-05-07"),
    ],
)
def test_this_week_ends_on_a_working_day_that_is_still_to_come(today: str, ends: str) -> None:
    assert week_end(date.fromisoformat(today)).isoformat() == ends


def test_the_calendar_has_a_day_for_each_step_and_an_alarm_before_a_last_day() -> None:
    plan = planned(offer(deadline="2026-12-20", apply="before_start"))
    events = Calendar.from_ical(calendar(events_of(plan, NEED, TODAY))).walk("VEVENT")
    assert len(events) == len(plan.steps)
    (bell,) = (alarm for e in events for alarm in e.walk("VALARM"))
    assert bell["trigger"].dt == timedelta(days=-4, hours=9), "Wednesday, before a last Sunday"
    days = {str(e["summary"]): (e["dtstart"].dt, bool(e.walk("VALARM"))) for e in events}
    last = next(v for k, v in days.items() if "uiterlijk" in k)
    assert last == (date(2026, 12, 20), True)
    assert all(not bell for k, (_, bell) in days.items() if "uiterlijk" not in k)


def uids(plan: Plan, need: str = NEED, today: date = TODAY) -> dict[str, str]:
    """The name of each step, and the UID of its event."""
    events = events_of(plan, need, today)
    return {s.mark: str(e["uid"]) for s, e in zip(plan.steps, events, strict=True)}


def test_a_file_that_is_taken_twice_doubles_nothing() -> None:
    door = [{"name": "Loket", "type": "organisation", "id": "loket"}]
    first = uids(planned(offer(), kind="grant", doors=door))
    assert len(set(first.values())) == len(first) == 5
    later = date(2026, 12, 3)
    again = planned(offer(name="Prime", deadline="2026-12-20"), kind="grant", doors=door)
    assert uids(again, f" {NEED} ", later) == first, "another day, language or last day"
    more = uids(planned(offer(), offer(id="lening", name="Lening"), kind="grant", doors=door))
    assert first.items() <= more.items(), "one more offer adds its own steps only"
    assert not set(first.values()) & set(uids(planned(offer()), "Iets anders").values())


def test_an_event_is_named_by_nothing_that_points_to_a_person(settings: Any) -> None:
    (found, *_) = uids(planned(offer())).values()
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}@baken", found)
    settings.SECRET_KEY = "another"
    assert found not in uids(planned(offer())).values(), "only the server's key leads to it"


def test_the_page_and_the_file_of_ticked_offers(site: Client, fake: FakeEngine) -> None:
    ticked = {**STATE, "pick": ["instrument/energielening", "training/opleiding-winkel"]}
    page = site.post("/plan", ticked).content.decode()
    assert "Teken of bestel nog niets voor je hebt aangevraagd: Energielening" in page
    assert "Schrijf je in voor Opleiding: klanten terugwinnen" in page
    assert "gemeente: Aalst" in page
    assert fake.query["only"] == ["energielening", "opleiding-winkel"]
    file = site.post("/plan/agenda.ics", ticked)
    assert file["Content-Type"].startswith("text/calendar")
    assert b"Energielening" in file.content
    named = [re.findall(rb"UID:.*", site.post("/plan/agenda.ics", ticked).content) for _ in "12"]
    assert named[0] == named[1] == re.findall(rb"UID:.*", file.content)


def test_without_a_tick_the_first_three_that_the_page_shows_make_the_plan(
    site: Client, fake: FakeEngine
) -> None:
    answer = site.post("/resultaat", STATE).content.decode()
    shown = re.findall(r'name="pick" value="[a-z]+/([^"]+)"', answer)
    page = site.post("/plan", STATE).content.decode()
    assert fake.query["only"] == shown[:3] != []
    assert "Centrum voor bakkers" in answer, "a door of the answer is no offer on the page"
    assert "bakkerscentrum" not in shown[:3]
    assert "Vraag Centrum voor bakkers aan" not in page


def test_the_plan_tells_when_it_was_made_and_until_when_each_term_lasts(site: Client) -> None:
    page = site.post("/plan", STATE).content.decode()
    today = timezone.localdate()
    assert f"Gemaakt op {day('nl', today.isoformat())}." in page
    assert f"Deze week (tot {day('nl', week_end(today).isoformat())})" in page


@pytest.mark.parametrize("prefix", ["/en", "/fr"])
def test_the_plan_in_the_other_languages(site: Client, prefix: str) -> None:
    page = site.post(f"{prefix}/plan", STATE).content.decode()
    assert "Bel of schrijf" not in page
    assert "{" not in page.split("<main")[1].split('type="hidden"')[0]
