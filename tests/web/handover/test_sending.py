"""The owner sends a question: nothing goes along but what was ticked, and it goes once."""

from __future__ import annotations

import hashlib
import html
import json
import re
from pathlib import Path
from typing import Any, get_args
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from baken.landscape.model import NotStated
from baken.refer.dossier import Dossier, items
from baken.refer.model import Event, Kind, Who
from baken.refer.paper import pdf
from baken.web.handover import store
from baken.web.handover.models import Absence, Intent, Permission, Receiver, Referral
from baken.web.handover.sealed import PERMISSION, unseal
from baken.web.texts import LANGS, text
from tests.refer.made import moment
from tests.refer.papers import faults
from tests.web.conftest import NEED, FakeEngine
from tests.web.handover import path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]


def page_of(site: Client, address: str = "/stuur", **more: Any) -> str:
    return html.unescape(site.post(address, path.state(**more)).content.decode())


def test_each_door_that_is_an_organisation_has_a_button(site: Client) -> None:
    page = site.post("/resultaat", {"need": NEED}).content.decode()
    assert page.count('action="/stuur"') == 3
    assert page.count("Vraag hulp: stuur mijn vraag") == 2
    assert page.count("Zo vraag je hier hulp") == 1, "this one has no address"


def test_nothing_is_ticked_but_the_need(site: Client) -> None:
    page = page_of(site)
    ticks = re.findall(r'name="item" value="([^"]+)"( checked)?', page)
    assert [name for name, checked in ticks if checked] == ["need"]
    assert {"facts:municipality", "facts:headcount"} < {name for name, _ in ticks}
    assert any(name.startswith("verdicts:") for name, _ in ticks)


def test_many_open_points_are_one_line_with_a_tick_each(site: Client, fake: FakeEngine) -> None:
    facts = ["turnover", "equity", "legal_form", "founded_on"]
    fake.change = lambda answer: answer["offers"][0].update(missing=facts)
    page = page_of(site)
    folded = page.partition("<summary>Wat we nog niet weten (")[2].partition("</details>")[0]
    assert folded.count('name="item" value="open_points:') >= len(facts)
    assert '<details class="more" open>' not in page
    wrong = page_of(site, "/stuur/nakijken", item=["open_points:1"], tried="x" * 1001)
    assert '<details class="more" open>' in wrong, "what was ticked is in sight"


def test_what_does_not_fit_stands_apart_and_folded(site: Client) -> None:
    page = page_of(site)
    folded = page.partition("<summary>Welke hulp niet past, en waarom (")[2]
    folded = folded.partition("</details>")[0]
    fit = page.partition("<legend>Welke hulp past, en waarom")[2].partition("</fieldset>")[0]
    assert 'value="verdicts:' in folded
    assert "Past niet" in folded
    assert 'value="verdicts:' in fit
    assert "Past niet" not in fit


@pytest.mark.parametrize(("lang", "head"), [("", "Gemeente:"), ("/fr", "Commune :")])
def test_a_colon_stands_as_the_language_has_it(site: Client, lang: str, head: str) -> None:
    page = page_of(site, f"{lang}/stuur").replace("\u00a0", " ").replace("\u202f", " ")
    assert f"<strong>{head}</strong>" in page


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_what_a_source_does_not_say_is_named_in_a_word_or_two(lang: str) -> None:
    for code in get_args(NotStated):
        assert 0 < len(text(lang, f"send.silent.{code}").split()) <= 5


def test_what_a_source_does_not_say_is_one_line_and_no_condition(site: Client) -> None:
    page = page_of(
        site, "/stuur/nakijken", item=["need", "verdicts:instrument-energielening"], **path.REACH
    )
    assert "De bron zegt niets over: rechtsvorm." in page
    assert "De bron zegt niet welke rechtsvorm" not in page


def test_five_working_days_can_be_ticked_and_nothing_is_wrong_yet(site: Client) -> None:
    page = page_of(site, "/stuur/bereik", item=["need", "facts:headcount"], tried="Gebeld.")
    assert page.count('name="when"') == 11, "and one for any of them"
    assert 'role="alert"' not in page
    assert set(re.findall(r'name="item" value="([^"]+)"', page)) == {"need", "facts:headcount"}
    assert 'value="Gebeld."' in page


def test_what_somebody_else_filled_in_was_ticked_by_the_owner_and_not_checked(
    site: Client,
) -> None:
    told = json.dumps(
        {"headcount": ["signals", 8], "municipality": ["link:de boekhouder", "Aalst"]}
    )
    item = ["facts:headcount", "facts:municipality"]
    page = path.preview(site, item=item, told_by=told)
    for source in ("uit de eigen cijfers, en", "ingevuld door de boekhouder, en"):
        assert f"{source} aangevinkt door de ondernemer" in page


SOURCES = [
    # the date that a source has; as the data hold it
    ("2020", "2020"),
    ("2020-05", "2020-05"),
    ("2020-05-17", "2020-05-17"),
    (None, None),
]


@pytest.mark.parametrize(("has", "holds"), SOURCES, ids=lambda value: str(value))
def test_a_source_keeps_its_date_as_far_as_it_has_one(
    site: Client, fake: FakeEngine, has: str | None, holds: str | None
) -> None:
    reason = {
        "condition": "x", "says": "Je bakt.", "met": True, "unknown_because": None,
        "source": {"url": "https://a.example/b", "date": has},
    }  # fmt: skip
    fake.change = lambda answer: answer["offers"][0].update(reasons=[reason])
    ticks = re.findall(r'name="item" value="(verdicts:[^"]+)"', page_of(site))
    path.sent(site, item=ticks)
    dossier = Referral.objects.get().dossier
    dated = [r["source"]["dated"] for v in dossier["verdicts"] for r in v["reasons"]
             if r["says"] == "Je bakt."]  # fmt: skip
    assert dated == [holds]
    assert dossier["verdicts"][0]["checked"] == 1
    for one in dossier["verdicts"]:
        assert one["checked"] == sum(r["met"] is not None for r in one["reasons"])
    assert pdf(Dossier.model_validate(dossier)).startswith(b"%PDF")


DAYS = [
    # promised working days, in trouble; days that can be ticked
    (5, False, ["2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03"]),
    (3, False, ["2026-11-27", "2026-11-30", "2026-12-01"]),
    (1, False, ["2026-11-27"]),
    (5, True, ["2026-11-27", "2026-11-30"]),
]


@pytest.mark.parametrize(("promise", "crisis", "days"), DAYS, ids=range(len(DAYS)))
def test_who_asks_to_be_called_later_than_promised_cannot(
    site: Client, fake: FakeEngine, promise: int, crisis: bool, days: list[str]
) -> None:
    """A day after the promise would make who calls when asked late."""
    Receiver.objects.update(promise=promise)
    if crisis:
        fake.change = lambda answer: answer["route"].update(id="R1")
    with patch("django.utils.timezone.now", return_value=moment("2026-11-26")):
        page = page_of(site, "/stuur/bereik")
        shown = path.preview(site, when=["2026-12-04/am", f"{days[-1]}/pm"])
    offered = re.findall(r'name="when" value="([^/]+)/am"', page)
    assert offered == days
    when = Dossier.model_validate(unseal(path.sealed(shown)).dossier).contact
    assert when is not None
    assert len(when.when) == 1


def test_the_day_of_the_promise_stands_there_before_sending(site: Client) -> None:
    with patch("django.utils.timezone.now", return_value=moment("2026-12-23")):
        page = page_of(site, "/stuur/bereik")
    assert "Contact binnen 5 werkdagen: uiterlijk op donderdag 31\u00a0december 2026" in page


def test_a_known_absence_is_told_before_sending(site: Client) -> None:
    to = Receiver.objects.get(record_id=path.TO)
    with patch("django.utils.timezone.now", return_value=moment("2026-03-02")):
        Absence.objects.create(receiver=to, first="2026-03-03", last="2026-03-04")
        page = page_of(site, "/stuur/bereik")
    assert "is er niet van dinsdag 3\u00a0maart 2026 tot en met woensdag 4\u00a0maart 2026" in page


WRONG = [
    ({"phone": "", "mail": ""}, "Vul een telefoonnummer of een mailadres in"),
    ({"phone": "bel mij", "mail": ""}, "Dit lijkt geen telefoonnummer"),
    ({"phone": "12", "mail": ""}, "Dit lijkt geen telefoonnummer"),
    ({"phone": "0478 12 34 5", "mail": ""}, "te veel of te weinig cijfers"),
    ({"mail": "a@b.example\r\nBcc: c@d.example"}, "er staat meer dan één @ in"),
    ({"tried": "x" * 1001}, "Dat is te lang"),
]


@pytest.mark.parametrize(("typed", "says"), WRONG, ids=[f"{i}" for i in range(len(WRONG))])
def test_what_lacks_is_asked_at_its_field_with_the_ticks_kept(
    site: Client, typed: dict[str, str], says: str
) -> None:
    fields = path.state(**{**path.REACH, **typed}, item=["facts:headcount"])
    answer = site.post("/stuur/nakijken", fields)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 400
    assert says in page
    assert (
        re.findall(r'name="item" value="([^"]+)"(?: checked)?>', page).count("facts:headcount") == 1
    )
    assert 'value="need" checked' not in page
    assert not Referral.objects.exists()


TICKED = [
    (["need"], ["need", "contact"]),
    (["need", "facts:headcount"], ["need", "contact", "facts:headcount"]),
    ([], ["contact"]),
    (["facts:no-such", "signals:0"], ["contact"]),
]


@pytest.mark.parametrize(("ticked", "shared"), TICKED, ids=["need", "fact", "none", "unknown"])
def test_only_what_was_ticked_is_kept_and_the_preview_shows_just_that(
    site: Client, ticked: list[str], shared: list[str]
) -> None:
    page = path.preview(site, item=ticked)
    site.post("/stuur/verstuur", {"sealed": path.sealed(page), "do": "send"})
    row = Referral.objects.get()
    told = Dossier.model_validate(row.dossier)
    assert list(items(told)) == shared == row.permission.items
    for value in ("Aalst", NEED):
        shown = page.partition('<section class="card preview"')[2].partition("</section>")[0]
        assert (value in shown) == (value in str(row.dossier))
    assert path.CONTACT["phone"] in page


def test_call_windows_and_what_was_tried_go_along_in_words(site: Client) -> None:
    with patch("django.utils.timezone.now", return_value=moment("2026-11-26")):
        page = path.preview(site, when=["2026-11-27/am", "2020-01-01/am"], tried="Gebeld.")
    assert "vrijdag 27\u00a0november 2026, voormiddag" in page
    assert "2020" not in page
    assert "Gebeld." in page


def test_sending_writes_permission_state_and_letter_at_once(site: Client) -> None:
    path.sent(site, may_pass_on="1")
    row = Referral.objects.get()
    assert (row.receiver.record_id, row.alternative) == (path.TO, path.OTHER)
    assert row.owner_address == path.CONTACT["mail"]
    assert list(Intent.objects.order_by("pk").values_list("letter", "to")) == [
        ("new_file", "receiver"),
        ("sent", "owner"),
    ]
    permission = Permission.objects.get(referral=row)
    assert (permission.text_version, permission.channel) == (PERMISSION, "page")
    assert permission.may_pass_on


def test_the_same_button_twice_sends_once_and_says_so(site: Client) -> None:
    order = {"sealed": path.sealed(path.preview(site)), "do": "send"}
    first, second = (site.post("/stuur/verstuur", order).headers["Location"] for _ in range(2))
    assert first.split("?")[0] == second.split("?")[0]
    assert Referral.objects.count() == 1
    assert Intent.objects.filter(to="receiver").count() == 1
    page = site.get(second).content.decode()
    assert "geen tweede keer" in page and "Dat ging niet mee" not in page


def test_back_to_the_answer_and_the_button_again_leads_to_what_was_sent(site: Client) -> None:
    address = path.sent(site)
    again = site.post("/stuur", path.state())
    assert again.status_code == 303
    assert again.headers["Location"].split("?")[0] == address.split("?")[0]
    changed = site.post("/stuur/nakijken", path.state(item=["facts:headcount"], **path.REACH))
    assert changed.status_code == 303
    assert "headcount" not in str(Referral.objects.get().dossier)


def test_what_was_changed_after_sending_is_said_not_to_have_gone(site: Client) -> None:
    address = path.sent(site).split("?")[0]
    changed = path.state(item=["need"], **{**path.REACH, "mail": "nieuw@firma.example"})
    again = site.post("/stuur/nakijken", changed)
    page = html.unescape(site.get(again.headers["Location"]).content.decode())
    assert "Veranderde je daarna nog iets? Dat ging niet mee." in page
    site.post(address, {"do": "withdraw", "nonce": "a"})
    withdrawn = html.unescape(site.get(address).content.decode())
    assert "Wil je toch nog hulp?" in withdrawn
    preview = site.post("/stuur/nakijken", changed)
    assert preview.status_code == 200, "after withdrawing it can be sent again"
    order = {"sealed": path.sealed(html.unescape(preview.content.decode())), "do": "send"}
    first, second = (site.post("/stuur/verstuur", order).headers["Location"] for _ in "12")
    assert first.split("?")[0] == second.split("?")[0] != address
    before, after = Referral.objects.order_by("pk")
    assert (before.handling, after.handling) == ("withdrawn", "offered")
    assert after.owner_address == "nieuw@firma.example"
    back = site.post("/stuur", path.state())
    assert back.headers["Location"].split("?")[0] == first.split("?")[0], "once more, once"


def test_the_order_of_a_question_that_was_withdrawn_is_not_sent_by_itself(site: Client) -> None:
    order = {"sealed": path.sealed(path.preview(site)), "do": "send"}
    address = site.post("/stuur/verstuur", order).headers["Location"].split("?")[0]
    site.post(address, {"do": "withdraw", "nonce": "a"})
    again = site.post("/stuur/verstuur", order)
    assert again.headers["Location"].split("?")[0] == address
    assert Referral.objects.count() == 1


def test_a_door_without_an_address_says_so_and_sends_nothing(site: Client) -> None:
    for address in ("/stuur", "/stuur/bereik", "/stuur/nakijken"):
        page = page_of(site, address, to="ondernemersloket", **path.REACH)
        assert "Baken kan nu niets sturen naar Loket voor ondernemers" in page
        assert "/aanbod/organisation/ondernemersloket" in page
    assert not Referral.objects.exists()


def test_an_address_that_went_away_after_the_preview_is_told(site: Client) -> None:
    order = {"sealed": path.sealed(path.preview(site)), "do": "send"}
    Receiver.objects.update(active=False)
    answer = site.post("/stuur/verstuur", order)
    assert answer.status_code == 409
    assert "Er is dus niets verstuurd" in answer.content.decode()
    assert not Referral.objects.exists()


BROKEN = [{"to": "nobody"}, {"to": "energielening"}, {"key": ""}, {"need": ""}, {"facts": "["}]


@pytest.mark.parametrize("fields", BROKEN, ids=lambda f: "-".join(f))
def test_fields_of_no_page_of_ours_are_refused(site: Client, fields: dict[str, str]) -> None:
    for address in ("/stuur", "/stuur/bereik", "/stuur/nakijken"):
        assert site.post(address, path.state(**fields)).status_code == 400


@pytest.mark.parametrize(
    "address", ["/stuur", "/stuur/bereik", "/stuur/nakijken", "/stuur/verstuur"]
)
def test_without_a_post_there_is_nothing_yet(site: Client, address: str) -> None:
    assert "Hier staat nog niets" in site.get(address).content.decode()
    assert site.put(address).status_code == 405


def test_trouble_has_the_clocks_of_trouble(site: Client, fake: FakeEngine) -> None:
    fake.change = lambda answer: answer["route"].update(id="R1")
    assert "Contact binnen 2 werkdagen" in page_of(site, "/stuur/bereik")
    path.sent(site)
    assert Referral.objects.get().crisis


HOSTILE = ["<script>x</script>", "=1+1", "\u202egnp.exe", "\x00\x07", "a" * 5_000, "\U0001f4a9"]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_in_every_field_breaks_nothing(site: Client, typed: str) -> None:
    fields = path.state(
        tried=typed[:900], need=f"oven {typed}"[:5_000], when=[typed, "any"], item=["need"]
    )
    page = site.post("/stuur/nakijken", {**fields, "name": typed[:100], "phone": "0400 00 00 00"})
    assert page.status_code == 200
    assert b"<script>" not in page.content
    order = {"sealed": path.sealed(page.content.decode()), "do": "send"}
    assert site.post("/stuur/verstuur", order).status_code == 303
    assert "\u202e" not in json.dumps(Referral.objects.get().dossier, ensure_ascii=False)


def test_an_organisation_that_is_there_no_more_does_not_go_along(site: Client) -> None:
    assert "verdicts:organisation-bakkerscentrum" in page_of(site, to=path.OTHER)
    Receiver.objects.filter(record_id=path.TO).update(active=False, gone=True)
    left = page_of(site, to=path.OTHER)
    assert "bakkerscentrum" not in left
    assert "verdicts:instrument-energielening" in left


def test_the_preview_as_pdf_sends_nothing(site: Client, tmp_path: Path) -> None:
    order = {"sealed": path.sealed(path.preview(site)), "do": "pdf"}
    answer = site.post("/stuur/verstuur", order)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert faults(answer.content, tmp_path) == []
    assert not Referral.objects.exists()


@pytest.mark.parametrize("lang", LANGS)
def test_another_text_of_the_permission_needs_another_version(lang: str) -> None:
    said = text(lang, "send.permission") + text(lang, "send.permission_pass_on")
    known = {"2026-11-27": {"nl": "53d2c5c81b37", "en": "82b900dab8bf", "fr": "362778f2419f"}}
    assert hashlib.sha256(said.encode()).hexdigest()[:12] == known[PERMISSION][lang]


def test_the_permission_says_who_may_see_it_by_what_was_ticked(site: Client) -> None:
    alone = path.preview(site)
    assert "en aan niemand anders" in alone and "ook die deur" not in alone
    passed = path.preview(site, may_pass_on="1")
    assert "aan niemand anders" not in passed
    assert "Dan mag ook die deur dit dossier zien. Verder ziet niemand het." in passed


def test_what_was_said_after_sending_takes_the_word_that_it_was_sent_away(site: Client) -> None:
    address = path.sent(site)
    assert address.endswith("?nieuw=1")
    assert site.get(address).content.decode().count("Je vraag is verstuurd.") == 1
    said = Event(Kind.REFUSED, Who.RECEIVER, timezone.now(), "no", reason="not_my_area")
    store.record(Referral.objects.get().pk, said)
    assert "Je vraag is verstuurd." not in site.get(address).content.decode()
