"""What goes to the next door, changed before it is sent: less, never more than was shared; and how
and when its owner can be called there.
"""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.hours import parse
from baken.refer.model import Kind
from baken.registers.workdays import add_working_days
from baken.web.handover import slots, store
from baken.web.handover.models import Receiver, Referral
from baken.web.handover.sealed import unseal
from baken.web.handover.windows import in_words, windows
from tests.web.handover import path
from tests.web.handover.following import happens, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]
PLACE, HEADS = "facts:municipality", "facts:headcount"
SEND = "/stuur/verstuur"


def next_preview(site: Client, **more: Any) -> str:
    """The preview of the next door, of a question with two facts that the first turned down."""
    more = {"item": ["need", PLACE, HEADS], "tried": "bij een vriend", **more}
    address = path.sent(site, **more).split("?")[0]
    happens(Kind.REFUSED, reason="no_room")
    return html.unescape(site.post(address, {"do": "other"}).content.decode())


def press(site: Client, page: str, do: str, status: int = 200, **form: Any) -> str:
    answer = site.post(SEND, {"sealed": path.sealed(page), "do": do, **form})
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def shared(page: str) -> dict[str, Any]:
    return unseal(path.sealed(page)).dossier


def ticked(page: str) -> dict[str, bool]:
    return {n: bool(c) for n, c in re.findall(r'name="item" value="([^"]+)"( checked)?', page)}


def test_less_goes_along_and_can_be_ticked_again(site: Client) -> None:
    page = next_preview(site)
    assert "Verander wat meegaat" in page
    choose = press(site, page, "what")
    assert ticked(choose) == {"need": True, PLACE: True, HEADS: True}
    assert "bij een vriend</textarea>" in choose
    less = press(site, choose, "what_done", item=["need", HEADS], tried="nergens")
    assert [fact["id"] for fact in shared(less)["facts"]] == ["headcount"]
    assert (shared(less)["tried"], "Aalst" in less) == (["nergens"], False)
    assert shared(less)["contact"] == shared(page)["contact"]
    again = press(site, less, "what")
    assert ticked(again) == {"need": True, PLACE: False, HEADS: True}
    whole = press(site, again, "what_done", item=["need", PLACE, HEADS], tried="")
    assert [fact["id"] for fact in shared(whole)["facts"]] == ["municipality", "headcount"]
    assert shared(whole)["tried"] == []


def test_never_more_than_was_shared_before(site: Client) -> None:
    page = next_preview(site, item=["need"])
    more = press(site, page, "what_done", item=["need", PLACE, "law:alarm_bell", "contact", "x"])
    assert shared(more)["facts"] == []
    assert unseal(path.sealed(more)).items == ["need", "contact"]


def test_what_is_sent_is_what_was_changed(site: Client) -> None:
    page = press(site, next_preview(site), "what_done", item=["need"], may_pass_on="1")
    assert "dat ze er vanzelf heen gaat" in page
    window = windows(timezone.localdate())[1]
    changed = {"phone": "0499 11 22 33", "mail": "nieuw@firma.example", "when": window}
    page = press(site, press(site, page, "reach"), "reach_done", **changed)
    press(site, page, "send", 303)
    first, after = Referral.objects.order_by("pk")
    assert (first.owner_address, after.owner_address) == (path.CONTACT["mail"], changed["mail"])
    assert after.permission.items == ["need", "contact"]
    assert (first.permission.may_pass_on, after.permission.may_pass_on) == (False, True)
    assert after.dossier["contact"] == {
        "name": "", "phone": changed["phone"], "mail": changed["mail"],
        "when": [in_words("nl", window)], "any_time": False, "appointment": "",
    }  # fmt: skip
    assert after.dossier["facts"] == after.dossier["tried"] == []
    assert first.dossier["facts"], "what the first door got stays as it was"


def test_the_windows_of_before_are_ticked_as_far_as_they_are_in_time(site: Client) -> None:
    Receiver.objects.filter(record_id=path.OTHER).update(promise=2)
    today = timezone.localdate()
    both = [windows(today)[0], windows(today)[-1]]
    reach = press(site, next_preview(site, when=both), "reach")
    found = re.findall(r'name="when" value="([^"]+)"( checked)?', reach)
    assert [window for window, _ in found[1:]] == windows(today, add_working_days(today, 2))
    assert [window for window, checked in found if checked] == both[:1]
    assert f'value="{path.CONTACT["phone"]}"' in reach


def test_an_hour_of_the_next_door_can_be_chosen(site: Client) -> None:
    other = Receiver.objects.get(record_id=path.OTHER)
    slots.replace(other, parse(" | ".join(f"{d} 09:00-10:00" for d in ("mon", "tue", "wed"))))
    hour = slots.name(slots.free(other, timezone.now())[0])
    reach = press(site, next_preview(site), "reach")
    assert f'name="slot" value="{hour}"' in reach
    page = press(site, reach, "reach_done", slot=hour, **path.CONTACT)
    assert shared(page)["contact"]["appointment"] and "Afspraak: " in page
    assert f'value="{hour}" checked' in press(site, page, "reach"), "it is still chosen"
    press(site, page, "send", 303)
    assert slots.name(Referral.objects.get(receiver=other).slot_at) == hour


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("reach_done", {}, "Vul een telefoonnummer of een mailadres in"),
    ("reach_done", {"phone": "bel mij"}, "Dit lijkt geen telefoonnummer."),
    ("reach_done", {"mail": "x"}, "er staat geen @ in."),
    ("reach_done", {"phone": "0400000000", "slot": "2020-01-01T09:00"}, "niet meer vrij"),
    ("what_done", {"item": "need", "tried": "x" * 1_001}, "Dat is te lang."),
]


@pytest.mark.parametrize(("do", "form", "says"), WRONG, ids=range(len(WRONG)))
def test_an_error_is_told_and_nothing_is_lost(
    site: Client, do: str, form: dict[str, Any], says: str
) -> None:
    page = next_preview(site)
    wrong = press(site, page, do, 400, **form)
    assert says in wrong and 'class="errors"' in wrong
    assert shared(wrong) == shared(page)
    assert Referral.objects.count() == 1


@pytest.mark.parametrize("do", ["what", "reach", "what_done", "reach_done"])
def test_a_first_preview_is_changed_at_the_steps_before_it(site: Client, do: str) -> None:
    page = path.preview(site)
    assert "Er is niets verstuurd." in press(site, page, do, 410)


def test_after_wiping_there_is_nothing_to_change(site: Client) -> None:
    page = next_preview(site)
    store.wipe(row().pk, timezone.now())
    gone = press(site, page, "what", 410)
    assert "oven" not in gone
