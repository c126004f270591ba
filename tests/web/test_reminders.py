"""Reminders of a kept plan: on its days, without a word of it, and gone when the owner says so."""

from __future__ import annotations

import html
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from baken.web import words
from baken.web.handover import bounces
from baken.web.handover.models import Intent
from baken.web.handover.outbox import drain
from baken.web.handover.post import letter
from baken.web.handover.wire import sender
from baken.web.owner import kept, reminders
from baken.web.owner.models import KeptPlan, PlanReminder
from baken.web.owner.plan import Plan, Step
from baken.web.texts import text
from tests.refer.reports import report
from tests.web.conftest import NEED, FakeEngine, unknown_place
from tests.web.kept_plan import form_of
from tests.web.test_six_words import CODE, STATE, kept_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("went")]
MAIL = "bakker@firma.example"


def asked_for(site: Client, mail: str = MAIL) -> str:
    """Keep a plan and ask for its reminders; the six words."""
    code = kept_code(site)
    page = site.post("/terug", {"code": code, "do": "remind", "mail": mail})
    assert page.status_code == 200
    return code


def on(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=9)


def days() -> list[date]:
    return [date.fromisoformat(day) for day in PlanReminder.objects.get().days]


def run(now: datetime) -> None:
    """What the scheduled command does."""
    reminders.remind(now)
    drain(sender(lambda: now), lambda: now)


TODAY = date(2026, 11, 26)
DAYS = [
    (
        "three working days before a last day",
        Step("month", "look", "x", date(2026, 12, 14)),
        ["2026-12-09"],
    ),
    ("near: the next day", Step("week", "look", "x", date(2026, 11, 28)), ["2026-11-27"]),
    ("one that no working day comes before", Step("week", "look", "x", TODAY), []),
    ("this week: what is left of it", Step("week", "look", "x"), ["2026-11-27"]),
    ("this month: while there are days left", Step("month", "look", "x"), ["2026-12-21"]),
    ("this quarter: a week before its end", Step("quarter", "look", "x"), ["2027-02-18"]),
]


@pytest.mark.parametrize(("name", "step", "expected"), DAYS, ids=[name for name, *_ in DAYS])
def test_which_days_are_worth_a_reminder(name: str, step: Step, expected: list[str]) -> None:
    plan = Plan(((step.when, (step, step)),), (), "", (), (), ())
    assert [day.isoformat() for day in reminders.days_of(plan, TODAY, TODAY)] == expected


def test_a_reminder_before_christmas_comes_while_somebody_works() -> None:
    monday = date(2026, 12, 21)
    plan = Plan(tuple((when, (Step(when, "x", "x"),)) for when in ("week", "month", "quarter")))
    found = reminders.days_of(plan, monday, monday)
    assert [day.isoformat() for day in found] == ["2026-12-23", "2027-01-15", "2027-03-15"]


def test_the_field_is_there_with_the_code_and_nothing_is_kept_without_it(site: Client) -> None:
    code = kept_code(site)
    page = site.post("/terug", {"code": code}).content.decode()
    assert "Herinneringen per mail" in page
    assert not PlanReminder.objects.exists()


def test_a_site_without_went_asks_for_no_address(site: Client, settings: Any) -> None:
    settings.BAKEN_SMTP_HOST = ""
    assert (
        "Herinneringen per mail"
        not in site.post("/terug", {"code": kept_code(site)}).content.decode()
    )


WRONG = [
    ("", "Vul een mailadres in."),
    ("bakker", "er staat geen @ in."),
    ("a@b.example\r\nBcc: c@d.example", "er staat meer dan één @ in."),
    ("bakker@zaak", "het einde ontbreekt"),
    ("x" * 300 + "@zaak.example", "Dit lijkt geen mailadres. Kijk elk teken na."),
]


@pytest.mark.parametrize(("mail", "says"), WRONG)
def test_what_is_no_address_is_told_at_its_field(site: Client, mail: str, says: str) -> None:
    page = site.post("/terug", {"code": kept_code(site), "do": "remind", "mail": mail})
    assert page.status_code == 400
    assert says in page.content.decode()
    assert not PlanReminder.objects.exists()


def test_a_plan_that_cannot_be_made_anew_has_no_days_to_be_reminded_of(
    site: Client, fake: FakeEngine
) -> None:
    code = kept_code(site)
    fake.refuse = unknown_place()
    page = site.post("/terug", {"code": code, "do": "remind", "mail": MAIL})
    assert page.status_code == 400
    assert text("nl", "journey.remind.no_days") in html.unescape(page.content.decode())


def test_wrong_words_get_no_reminders(site: Client) -> None:
    kept_code(site)
    other = "brood kasteel wolf zomer appel tuin"
    page = site.post("/terug", {"code": other, "do": "remind", "mail": MAIL})
    assert page.status_code == 400
    assert not PlanReminder.objects.exists()


def test_a_letter_comes_on_each_day_once_and_tells_nothing(site: Client, went: list[Any]) -> None:
    asked_for(site)
    first, *rest = days()
    run(on(first - timedelta(days=1)))
    assert went == []
    for _ in "twice":
        run(on(first))
    (mail,) = went
    assert mail["To"] == MAIL
    says = mail["Subject"] + mail.get_content()
    assert "zes woorden" in says
    assert not any(word in says for word in NEED.split() if len(word) > 5)
    assert PlanReminder.objects.get().days == [day.isoformat() for day in rest]


EARLY = [("2027-01-16", "2027-01-15"), ("2027-03-29", "2027-03-26"), ("2027-01-15", "2027-01-15")]


@pytest.mark.parametrize(("noted", "comes"), EARLY, ids=["saturday", "easter monday", "friday"])
def test_what_was_noted_for_a_day_without_work_comes_on_the_working_day_before(
    site: Client, went: list[Any], noted: str, comes: str
) -> None:
    asked_for(site)
    row = PlanReminder.objects.get()
    row.days, row.next_on = [noted, "2027-06-01"], date.fromisoformat(noted)
    row.save()
    day = date.fromisoformat(comes)
    run(on(day - timedelta(days=1)))
    assert went == []
    for later in range(4):
        run(on(day + timedelta(days=later)))
    assert len(went) == 1
    assert PlanReminder.objects.get().days == ["2027-06-01"]


SHOWN = [("2027-01-16", "15 januari 2027"), ("2027-03-29", "26 maart 2027"), ("2026-01-09", "")]


@pytest.mark.parametrize(("noted", "goes"), SHOWN, ids=["saturday", "easter monday", "late"])
def test_the_page_of_the_words_tells_the_day_on_which_the_next_letter_goes(
    site: Client, noted: str, goes: str
) -> None:
    code = asked_for(site)
    PlanReminder.objects.update(days=[noted], next_on=date.fromisoformat(noted))
    page = html.unescape(site.post("/terug", {"code": code}).content.decode())
    told = page.replace("\u00a0", " ").partition("De eerste komt op ")[2].partition(".")[0]
    assert told == (
        goes or words.day("nl", timezone.localdate().isoformat()).replace("\u00a0", " ")
    )


def test_days_that_passed_without_the_clock_make_one_letter_and_the_address_goes(
    site: Client, went: list[Any]
) -> None:
    asked_for(site)
    last = on(days()[-1] + timedelta(days=9))
    reminders.remind(last)
    assert PlanReminder.objects.exists(), "the letter has not gone yet"
    run(last)
    run(last)
    assert len(went) == 1
    assert not PlanReminder.objects.exists()
    assert KeptPlan.objects.exists()
    assert MAIL not in str(list(Intent.objects.values()))


ODD = [
    ("its next day is none of its days", {"next_on": date(2026, 1, 1)}),
    ("it has no days at all", {"days": [], "next_on": date(2026, 1, 1)}),
    ("its days are no days", {"days": ["2026-01-01", "morgen"], "next_on": date(2026, 1, 1)}),
    ("its days are no list", {"days": 7, "next_on": date(2026, 1, 1)}),
]


@pytest.mark.parametrize(("what", "edited"), ODD, ids=[what for what, _ in ODD])
def test_an_odd_row_stops_no_other_and_is_told_in_the_log(
    site: Client, went: list[Any], what: str, edited: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    """Somebody edited the database by hand; the row of another owner is due that day too."""
    asked_for(site, "een@firma.example")
    PlanReminder.objects.update(**edited)
    odd = PlanReminder.objects.get().pk
    asked_for(site, "twee@firma.example")
    other = PlanReminder.objects.exclude(pk=odd).get()
    for day in (timezone.localdate(), other.next_on):
        run(on(day))
    assert [mail["To"] for mail in went if mail["To"] == "twee@firma.example"]
    assert f" {odd} " in caplog.text
    assert "firma.example" not in caplog.text


def test_a_row_whose_next_day_was_moved_goes_on_with_its_own_days(
    site: Client, went: list[Any]
) -> None:
    asked_for(site)
    first = days()[0]
    PlanReminder.objects.update(next_on=first - timedelta(days=5))
    run(on(first - timedelta(days=4)))
    assert went == []
    run(on(first))
    assert len(went) == 1


def test_a_clock_that_jumps_back_sends_nothing_again(site: Client, went: list[Any]) -> None:
    asked_for(site)
    first = days()[0]
    for day in (first, first - timedelta(days=300), first):
        run(on(day))
    assert len(went) == 1


def test_the_link_in_a_letter_stops_them_by_its_button_only(site: Client, went: list[Any]) -> None:
    asked_for(site)
    first = days()[0]
    run(on(first))
    found = re.search(r"/herinnering/\S+", went[0].get_content())
    assert found
    for visit in (site.get, site.head, site.options):
        visit(found[0])
    assert PlanReminder.objects.exists()
    for _ in "double":
        page = html.unescape(site.post(found[0]).content.decode())
        assert "we hebben je adres niet meer" in page
    assert not PlanReminder.objects.exists()
    assert KeptPlan.objects.exists(), "the plan stays"


def test_a_link_that_was_made_up_stops_nothing(site: Client) -> None:
    asked_for(site)
    seed = PlanReminder.objects.get().seed
    for token in (seed, f"{seed}:x", "x"):
        page = site.post(f"/herinnering/{token}")
        assert page.status_code == 404
    assert PlanReminder.objects.exists()


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("", "We kennen deze link niet"),
        ("/en", "We do not know this link"),
        ("/fr", "Nous ne connaissons pas ce lien"),
    ],
)
def test_half_a_link_says_that_nothing_was_stopped_and_how_to_stop_otherwise(
    site: Client, lang: str, says: str
) -> None:
    asked_for(site)
    token = reminders.token_of(PlanReminder.objects.get())
    assert ":" not in token, "a mail program may end a link there"
    for cut in (token[:-3], token.partition(".")[0], "x"):
        page = site.get(f"{lang}/herinnering/{cut}")
        told = html.unescape(page.content.decode())
        assert page.status_code == 404
        assert told.count(says) == 2, "in the title and above the text"
        assert f'href="{lang}/terug"' in told
    assert PlanReminder.objects.exists()


def test_a_link_of_a_letter_that_went_with_a_colon_stops_them_still(site: Client) -> None:
    asked_for(site)
    token = reminders.token_of(PlanReminder.objects.get())
    site.post(f"/herinnering/{token.replace('.', ':')}")
    assert not PlanReminder.objects.exists()


def test_with_the_six_words_they_stop_and_change(site: Client) -> None:
    code = asked_for(site)
    page = html.unescape(site.post("/terug", {"code": code}).content.decode())
    assert "Je krijgt herinneringen per mail" in page
    assert MAIL not in page
    site.post("/terug", {"code": code, "do": "stop"})
    assert not PlanReminder.objects.exists()


def test_who_has_the_plan_open_waits_for_nobodys_wrong_codes(site: Client) -> None:
    told = site.post("/bewaar", STATE).content.decode()
    found = re.search(r'lang="nl"><strong>([a-z ]+)</strong>', told)
    assert found
    opened = site.post("/terug", {"code": found[1]}).content.decode()
    for _ in range(kept.FEW):
        site.post("/terug", {"code": CODE})
    assert site.post("/terug", {"code": found[1]}).status_code == 429, "a stranger's try"
    for page, button, does in (
        (told, 'value="remind"', {"do": "remind", "mail": MAIL}),
        (opened, 'value="remind"', {"do": "remind", "mail": MAIL}),
        (opened, 'name="wipe"', {"wipe": "1"}),
    ):
        form = form_of(page, button)
        assert site.post("/terug", {**form, "code": CODE, **does}).status_code == 429, "a guess"
        assert site.post("/terug", {**form, **does}).status_code == 200
    assert not KeptPlan.objects.exists()


def test_wiping_the_plan_wipes_the_address_and_no_letter_goes(
    site: Client, went: list[Any]
) -> None:
    code = asked_for(site)
    now = on(days()[0])
    reminders.remind(now)
    site.post("/terug", {"code": code, "wipe": "1"})
    assert not PlanReminder.objects.exists()
    assert letter(Intent.objects.get(), now) is None
    drain(sender(lambda: now), lambda: now)
    assert went == []


def test_the_address_is_among_what_an_owner_takes_along(site: Client) -> None:
    code = asked_for(site)
    (plan,) = site.post("/gegevens", {"typed": code, "do": "take"}).json()["items"]
    assert plan["reminders"]["address"] == MAIL
    site.post("/gegevens", {"typed": code, "do": "wipe"})
    assert not PlanReminder.objects.exists()


def test_a_plan_over_its_time_takes_the_address_along(site: Client) -> None:
    asked_for(site)
    KeptPlan.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    kept.sweep()
    assert not PlanReminder.objects.exists()


def test_an_address_that_no_mail_reaches_is_thrown_away(site: Client) -> None:
    asked_for(site)
    now = on(days()[0])
    run(now)
    mark = Intent.objects.get().message_id.removesuffix("@baken")
    assert bounces.take([report(returned=f"Message-ID: <{mark}@baken>")], now) == {"bounced": 1}
    reminders.remind(now)
    assert not PlanReminder.objects.exists()


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_the_pages_in_each_language(site: Client, lang: str) -> None:
    code = asked_for(site)
    token = reminders.token_of(PlanReminder.objects.get())
    assert site.get(f"{lang}/herinnering/{token}").status_code == 200
    assert site.post(f"{lang}/terug", {"code": code}).status_code == 200
