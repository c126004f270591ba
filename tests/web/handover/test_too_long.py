"""Too much text, text that means harm or is no such thing, in any field of a question's forms: the
page says so at the field and keeps what was typed. No page fails, nothing is cut without a word.
"""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from baken.web.handover.draft import MOST_BACK, MOST_NAME, MOST_TRIED
from baken.web.handover.models import Referral
from tests.web.handover import path
from tests.web.handover.following import page_of, row
from tests.web.handover.test_adjust import next_preview, press, ticked
from tests.web.hostile import HOSTILE, harmless

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]
LENGTHS = (101, 301, 1_001, 5_001, MOST_BACK + 1)
ODD = [
    HOSTILE,
    *("é" * size for size in LENGTHS),
    "9999-12-31",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
]
OWNERS = ("need", "facts", "asked", "to", "key", "item", "tried", "name", "phone", "mail")
OWNERS += ("when", "slot", "may_pass_on", "figures", "books", "told_by")


def no_worse_than_told(page: HttpResponse) -> None:
    assert harmless(page)


@pytest.mark.parametrize("step", ["", "bereik", "nakijken"])
@pytest.mark.parametrize("field", OWNERS)
def test_no_field_of_the_owners_steps_fails(site: Client, step: str, field: str) -> None:
    for typed in ODD:
        fields = path.state(**{"item": ["need"], **path.REACH, field: typed})
        no_worse_than_told(site.post(f"/stuur/{step}".rstrip("/"), fields))
    assert not Referral.objects.exists()


@pytest.mark.parametrize("step", ["bereik", "nakijken"])
def test_all_fields_at_once_do_not_fail_either(site: Client, step: str) -> None:
    for typed in ODD:
        texts = dict.fromkeys(("tried", "name", "phone", "mail", "slot", "when"), typed)
        no_worse_than_told(site.post(f"/stuur/{step}", path.state(item=["need"], **texts)))


@pytest.mark.parametrize("button", ["slot", "look", "what_done", "reach_done"])
def test_no_field_of_a_preview_fails(site: Client, button: str) -> None:
    sealed = path.sealed(next_preview(site))
    for typed in ODD:
        for field in ("slot", "tried", "name", "phone", "mail", "when", "item", "sealed"):
            form = {"sealed": sealed, "do": button, field: typed}
            no_worse_than_told(site.post("/stuur/verstuur", form))


@pytest.mark.parametrize("button", ["reach_done", "slot", "outcome", "contact", "no_contact"])
def test_no_field_of_the_owners_page_fails(site: Client, address: str, button: str) -> None:
    for typed in ODD:
        for field in ("nonce", "slot", "outcome", "name", "phone", "mail", "when"):
            no_worse_than_told(site.post(address, {"do": button, field: typed}))
            no_worse_than_told(Client().post(address, {"do": "prove", "proof": typed}))


@pytest.mark.parametrize("size", [MOST_TRIED + 1, 5_000, 5_001, MOST_BACK])
def test_what_was_tried_comes_back_whole_with_its_error_and_the_ticks(
    site: Client, size: int
) -> None:
    typed = ("abcdefghi " * MOST_BACK)[: size - 1] + "z"
    fields = path.state(item=["need", "facts:headcount"], tried=typed)
    answer = site.post("/stuur/bereik", fields)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 400
    assert "hoogstens 1.000 tekens" in page and "Dat is te lang." in page
    assert f"\n{typed}</textarea>" in page
    assert {"need": True, "facts:headcount": True}.items() <= ticked(page).items()


def test_what_is_cut_is_told(site: Client) -> None:
    answer = site.post("/stuur/bereik", path.state(tried="a" * MOST_BACK + "ZZ"))
    page = html.unescape(answer.content.decode())
    assert "Hieronder staat alleen het begin" in page
    assert f"{'a' * MOST_BACK}</textarea>" in page and "Z</textarea>" not in page


def test_so_it_does_on_the_way_to_the_next_door(site: Client) -> None:
    typed = "b" * 6_000
    page = press(site, next_preview(site), "what_done", 400, item=["need"], tried=typed)
    assert f"\n{typed}</textarea>" in page


TOO_LONG: list[tuple[dict[str, Any], str]] = [
    ({"name": "n" * (MOST_NAME + 1)}, "Je naam is te lang. Hou het bij hoogstens 100 tekens."),
    ({"mail": "b" * 60 + "@" + "c.d" * 90 + ".example"}, "Dit lijkt geen mailadres."),
    ({"phone": "0470 12 34 56 " * 9}, "Dit lijkt geen telefoonnummer."),
]


@pytest.mark.parametrize(("typed", "says"), TOO_LONG, ids=["name", "mail", "phone"])
def test_how_to_reach_the_owner_is_never_cut_in_silence(
    site: Client, typed: dict[str, str], says: str
) -> None:
    (field,) = typed
    sent = path.state(item=["need"], **path.REACH | typed)
    answer = site.post("/stuur/nakijken", sent)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 400
    assert page.count(says) == 2, "in the summary and at the field"
    tag = re.search(rf'<input id="{field}"[^>]*>', page)
    assert tag and 'aria-invalid="true"' in tag[0]
    if field == "name":
        assert typed[field] in tag[0], "it stands there still"


def test_nor_once_it_was_sent(site: Client, address: str) -> None:
    before = row().dossier
    form = {
        "do": "reach_done",
        "phone": "0499 11 22 33",
        "when": "any",
        "name": "n" * (MOST_NAME + 1),
    }
    assert site.post(address, form).status_code == 400
    assert row().dossier == before
    assert site.post(address, form | {"name": "n" * MOST_NAME}).status_code == 303
    assert "Je veranderde hoe ze je bereiken." in page_of(site, address)
    assert row().dossier["contact"]["name"] == "n" * MOST_NAME


@pytest.mark.usefixtures("a_thursday")
def test_an_hour_without_a_number_does_not_hide_what_is_too_long(site: Client) -> None:
    hour = {"slot": "2026-11-27T10:00", "phone": ""}
    fields = path.state(item=["need"], **path.REACH | hour, tried="x" * 5_001)
    page = html.unescape(site.post("/stuur/nakijken", fields).content.decode())
    assert "Dat is te lang." in page
    assert "Vul een telefoonnummer in" in page
