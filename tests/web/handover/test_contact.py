"""An owner sees and changes how to be reached, after sending: the other side and the next door get
it.
"""

from __future__ import annotations

import html
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.clocks import promised_by
from baken.refer.model import Handling, Kind, Who
from baken.web.handover import hears, links, onward, store
from baken.web.handover.models import EventRow, Intent, Receiver
from baken.web.handover.post import letter
from baken.web.handover.windows import in_words, windows
from tests.refer.made import event, referral
from tests.web.handover import path
from tests.web.handover.following import happens, page_of, row
from tests.web.handover.opening import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]
NEW = {"do": "reach_done", "phone": "0499 11 22 33", "mail": "nieuw@firma.example", "when": "any"}


def test_only_a_button_shows_what_was_shared(site: Client, address: str) -> None:
    assert "Bekijk of verander hoe ze je bereiken" in page_of(site, address)
    assert path.CONTACT["phone"] not in page_of(site, address)
    assert path.CONTACT["phone"] in site.post(address, {"do": "reach"}).content.decode()
    stranger = Browser().post(address, {"do": "reach"}).content.decode()
    assert path.CONTACT["phone"] not in stranger


def test_what_is_changed_reaches_the_other_side_and_the_next_door(
    site: Client, address: str
) -> None:
    Intent.objects.update(stage=Intent.DONE)
    window = windows(timezone.localdate())[1]
    assert site.post(address, {**NEW, "when": window}).status_code == 303
    changed = row()
    contact = changed.dossier["contact"]
    assert (contact["phone"], contact["when"]) == (NEW["phone"], [in_words("nl", window)])
    assert changed.owner_address == NEW["mail"]
    assert "Je veranderde hoe ze je bereiken." in page_of(site, address)
    told = letter(Intent.objects.get(letter="reach"), timezone.now())
    assert told is not None
    assert NEW["phone"] not in told.get_content()
    _, token = links.link_for(changed, Who.RECEIVER, timezone.localdate())
    page = html.unescape(Browser().post(f"/dossier/{token}", {"do": "open"}).content.decode())
    assert NEW["phone"] in page
    assert "De onderneming veranderde hoe ze te bereiken is, op" in page
    other = Receiver.objects.get(record_id=path.OTHER)
    passed = onward.made_out(changed, other, other.name, timezone.now())["contact"]
    assert (passed["phone"], passed["when"]) == (contact["phone"], contact["when"])


WRONG: list[dict[str, Any]] = [
    {"phone": "", "mail": ""},
    {"phone": "12"},
    {"phone": "0499 11 22 3"},
    {"mail": "geen adres"},
]


@pytest.mark.parametrize("typed", WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_is_told_and_changes_nothing(
    site: Client, address: str, typed: dict[str, Any]
) -> None:
    before = row().dossier
    assert site.post(address, {**NEW, **typed}).status_code == 400
    assert row().dossier == before


def test_a_number_that_was_kept_before_stays_though_nobody_could_type_it_now(
    site: Client, address: str
) -> None:
    before, had = row(), "0499 11 22 3"
    contact = {**before.dossier["contact"], "phone": had}
    type(before).objects.update(dossier={**before.dossier, "contact": contact})
    assert site.post(address, {**NEW, "phone": had}).status_code == 303
    changed = row().dossier["contact"]
    assert (changed["phone"], changed["mail"]) == (had, NEW["mail"])
    assert site.post(address, {**NEW, "phone": had + " 4 5"}).status_code == 400


def test_once_the_door_shut_nothing_changes_there(site: Client, address: str) -> None:
    happens(Kind.REFUSED, reason="other")
    assert "Bekijk of verander hoe ze je bereiken" not in page_of(site, address)
    assert site.post(address, NEW).status_code == 409
    assert not EventRow.objects.filter(kind="reach").exists()


def test_an_address_that_was_mended_gets_letters_again(site: Client, address: str) -> None:
    gone = timezone.now() - timedelta(hours=1)
    Intent.objects.filter(to="owner").update(stage=Intent.DEAD, done_at=gone)
    assert not hears.by_mail(row())
    site.post(address, NEW)
    assert hears.by_mail(row())


def test_calls_in_vain_are_one_letter_a_day_and_move_no_day(site: Client, address: str) -> None:
    day = promised_by(store.state_of(row()))
    _, token = links.link_for(row(), Who.RECEIVER, timezone.localdate())
    other = Browser()
    for nonce in "abc":
        other.post(f"/dossier/{token}", {"do": "tried", "nonce": nonce})
    state = store.state_of(row())
    assert (state.tries, promised_by(state)) == (3, day)
    written = letter(Intent.objects.get(letter="tried"), timezone.now())
    assert written is not None
    assert "Klopt je nummer?" in written.get_content()
    other.post(f"/dossier/{token}", {"do": "accept", "nonce": "d"})
    assert store.state_of(row()).handling.value is Handling.ACCEPTED


def test_a_call_in_vain_before_the_end_of_full_keeps_its_day() -> None:
    until = timezone.localdate().replace(year=2026, month=3, day=20)
    full = event("full", "2026-03-03", until=until)
    tried = referral(full, event("tried", "2026-03-05"))
    assert promised_by(tried) == promised_by(referral(full))
