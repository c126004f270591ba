"""What was sent from one answer to several doors is one question: wiped and taken along as one."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from baken.refer.model import Kind
from baken.web.handover import question
from baken.web.handover.models import Referral
from tests.web.conftest import NEED
from tests.web.handover import path
from tests.web.handover.test_all_doors import SHARED, WORDS, everything, page_of, read, says

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]
BOTH = "Centrum voor bakkers, Energiehuis"


def both(site: Client, **more: str) -> tuple[Referral, Referral]:
    """Sent to both doors from the page of one answer."""
    for to in (path.TO, path.OTHER):
        path.sent(site, to=to, item=list(SHARED), **more)
    first, second = Referral.objects.order_by("pk")
    return first, second


@pytest.mark.parametrize("at", [0, 1])
def test_wiping_at_one_door_wipes_what_was_sent_to_the_other_too(site: Client, at: int) -> None:
    rows = both(site)
    assert f"Dit gaat weg bij: {BOTH}." in read(site, page_of(rows[at]))
    page = html.unescape(site.post(page_of(rows[at]), {"do": "wipe"}).content.decode())
    assert f"Gewist bij: {BOTH}." in page
    assert not [word for word in WORDS if word in everything()]
    for row in Referral.objects.all():
        assert (row.handling, row.answer) == ("withdrawn", "") and row.wiped_at
    assert not [name for name, one in site.cookies.items() if "vervolg" in name and one.value]


def test_where_each_of_them_went_on_to_is_wiped_with_it(site: Client) -> None:
    path.sent(site, item=list(SHARED))
    first = Referral.objects.get()
    says(first, Kind.REFUSED, reason="no_room")
    preview = site.post(page_of(first), {"do": "other"}).content.decode()
    site.post("/stuur/verstuur", {"sealed": path.sealed(preview), "do": "send"})
    second = Referral.objects.get(after=first)
    assert second.answer == first.answer == question.answer_of(path.KEY)
    site.post(page_of(second), {"do": "wipe"})
    assert not [word for word in WORDS if word in everything()]


def test_gegevens_names_takes_along_and_wipes_both_with_one_link(site: Client) -> None:
    rows = both(site)
    typed = {"typed": "\n".join(page_of(row).removeprefix("/vervolg/") for row in rows)}
    (item,) = site.post("/gegevens", {**typed, "do": "take"}).json()["items"]
    assert ", ".join(one["receiver"] for one in item["doors"]) == BOTH
    typed = {"typed": page_of(rows[1]).removeprefix("/vervolg/")}
    for do in ("ask", "wipe"):
        page = html.unescape(site.post("/gegevens", {**typed, "do": do}).content.decode())
        assert f"ook bij de andere deuren van die vraag ({BOTH})" in page
    assert not [word for word in WORDS if word in everything()]
    assert not [name for name, one in site.cookies.items() if "vervolg" in name and one.value]


def test_taking_back_at_one_door_leaves_the_other_and_says_so(site: Client) -> None:
    first, second = both(site)
    told = "Wat je vanop dezelfde pagina ook naar Energiehuis stuurde, blijft daar staan."
    assert told in read(site, page_of(first))
    site.post(page_of(first), {"do": "withdraw", "nonce": "x"})
    second.refresh_from_db()
    assert second.handling == "offered" and NEED in second.dossier["need"]["words"]


def test_what_was_sent_again_after_taking_back_is_of_the_same_answer(site: Client) -> None:
    path.sent(site)
    site.post(page_of(Referral.objects.get()), {"do": "withdraw", "nonce": "x"})
    path.sent(site)
    assert [row.answer for row in Referral.objects.all()] == [question.answer_of(path.KEY)] * 2


def test_another_answer_is_another_question(site: Client) -> None:
    path.sent(site)
    path.sent(site, to=path.OTHER, key="f" * 32)
    first, second = Referral.objects.order_by("pk")
    site.post(page_of(first), {"do": "wipe"})
    second.refresh_from_db()
    assert second.wiped_at is None and question.doors(second) == [second]


def test_what_has_no_tie_is_a_question_by_itself(site: Client) -> None:
    rows = both(site)
    Referral.objects.update(answer="")
    for row in Referral.objects.filter(pk__in=[one.pk for one in rows]):
        assert question.doors(row) == [row]


def test_nothing_kept_leads_back_to_the_page_of_the_answer(site: Client) -> None:
    path.sent(site)
    assert path.KEY not in everything()
