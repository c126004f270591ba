"""The owner's page leads to another door: when it opens, what it says, where there is none."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.clocks import promised_by
from baken.refer.model import Kind, Who
from baken.web import words
from baken.web.handover.history import headline
from baken.web.handover.models import Intent, Permission, Receiver, Referral
from baken.web.handover.post import letter
from baken.web.handover.store import state_of
from tests.refer.made import event, referral
from tests.web.handover import path
from tests.web.handover.following import SOON, happens, page_of, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]


LEAVES = [
    (Kind.REFUSED, {"reason": "no_room"}, True),
    (Kind.FULL, {"until": SOON}, True),
    (Kind.BOUNCED, {"by": Who.SYSTEM}, True),
    (Kind.EXPIRED, {"by": Who.SYSTEM}, True),
    (Kind.SEEN, {}, False),
    (Kind.ACCEPTED, {}, False),
    (Kind.CONTACT, {}, False),
    (Kind.WITHDRAWN, {"by": Who.OWNER}, False),
]


@pytest.mark.parametrize(("kind", "more", "opens"), LEAVES, ids=[k for k, _, _ in LEAVES])
def test_when_the_other_door_opens(
    site: Client, address: str, kind: Kind, more: dict[str, Any], opens: bool
) -> None:
    assert "Een andere deur" not in page_of(site, address)
    happens(kind, **more)
    assert ("Een andere deur: Energiehuis" in page_of(site, address)) == opens
    assert site.post(address, {"do": "other"}).status_code == (200 if opens else 409)


def test_after_the_promised_day_the_owner_hears_the_truth_and_may_leave(
    site: Client, address: str
) -> None:
    Referral.objects.update(sent_on=timezone.localdate() - timedelta(days=20))
    page = page_of(site, address)
    assert "is nog niet vertrokken, en we weten nog van geen contact. Dat was beloofd" in page
    assert "Een andere deur: Energiehuis" in page


def test_the_other_door_is_a_new_preview_of_the_same_items(site: Client, address: str) -> None:
    happens(Kind.FULL, until=SOON)
    preview = html.unescape(site.post(address, {"do": "other"}).content.decode())
    assert "Dit krijgt Energiehuis" in preview
    assert "Het is wat je al deelde, nu voor Energiehuis." in preview
    assert "Ga dan terug" not in preview, "there is nothing to go back to"
    assert Referral.objects.count() == 1, "nothing is sent yet"
    order = {"sealed": path.sealed(preview), "do": "send"}
    first, second = (site.post("/stuur/verstuur", order) for _ in range(2))
    assert first.headers["Location"].split("?")[0] == second.headers["Location"].split("?")[0]
    before, after = Referral.objects.order_by("pk")
    assert (after.receiver.record_id, after.after) == (path.OTHER, before)
    assert before.handling == "withdrawn", "one question stands before one door"
    assert after.permission.items == before.permission.items
    assert "ging naar een andere deur" in page_of(site, address)
    assert first.headers["Location"].split("?")[0] in page_of(site, address)
    assert site.post(address, {"do": "other"}).status_code == 409


def test_without_another_door_the_owner_may_ask_again(site: Client, address: str) -> None:
    Referral.objects.update(alternative="", later=[])
    assert "zoeken we een andere deur" not in page_of(site, address)
    happens(Kind.FULL, until=SOON)
    assert "Wil je niet wachten? Stel je vraag opnieuw" in page_of(site, address)
    happens(Kind.REFUSED, reason="no_room")
    page = page_of(site, address)
    assert "Wil je niet wachten?" not in page, "nobody is waiting any more"
    assert "We kennen geen andere deur voor deze vraag. Stel ze opnieuw" in page


SHUT: list[tuple[Kind, dict[str, Any], bool]] = [
    # what happened, and whether the owner can still wait there
    (Kind.FULL, {"until": SOON}, True),
    (Kind.BOUNCED, {"by": Who.SYSTEM}, False),
    (Kind.REFUSED, {"reason": "no_room"}, False),
    (Kind.EXPIRED, {"by": Who.SYSTEM}, False),
    (Kind.EXPIRED, {"by": Who.SYSTEM, "reason": "ceased"}, False),
    (Kind.EXPIRED, {"by": Who.SYSTEM, "reason": "unreached"}, False),
]


@pytest.mark.parametrize("may", [True, False], ids=["may pass on", "may not"])
@pytest.mark.parametrize(("kind", "more", "waits"), SHUT, ids=range(len(SHUT)))
def test_nobody_is_told_to_wait_at_a_shut_door(
    site: Client, address: str, kind: Kind, more: dict[str, Any], waits: bool, may: bool
) -> None:
    Permission.objects.update(may_pass_on=may)
    happens(kind, **more)
    page = page_of(site, address)
    assert "Je kan je vraag naar Energiehuis sturen." in page or waits
    assert ("Je kan wachten" in page) is ("trekken we ze dan in" in page) is waits
    assert ("Je gaf daar al toestemming voor" in page) is may


FULL_SINCE = [
    # sent on Monday 2 March 2026, full until Thursday 5 March; what the page says on which day
    ("2026-03-05", "Huis zit vol tot donderdag 5 maart 2026. Wacht je, dan is contact nu beloofd"),
    ("2026-03-06", "Huis zat vol tot donderdag 5 maart 2026. Contact is beloofd uiterlijk op don"),
    (
        "2026-03-13",
        "Huis zei vol te zitten, en we weten nog van geen contact. Dat was beloofd uiterlijk",
    ),
]


@pytest.mark.parametrize(("day", "says"), FULL_SINCE, ids=[day for day, _ in FULL_SINCE])
def test_full_until_a_day_that_passed(day: str, says: str) -> None:
    full = referral(event("full", "2026-03-03", until=date(2026, 3, 5)))
    told = headline(full, "Huis", "nl", date.fromisoformat(day)).replace("\u00a0", " ")
    assert told.startswith(says)


def test_full_until_tells_its_owner_the_new_promise_on_the_page_and_by_mail(
    site: Client, address: str
) -> None:
    """The organisation and the desk hold themselves to that day too."""
    happens(Kind.FULL, until=SOON)
    written = letter(Intent.objects.get(letter="full"), timezone.now())
    assert written is not None
    mail = " ".join(written.get_content().split())
    days = (SOON, promised_by(state_of(row())))
    until, promise = (words.day("nl", day.isoformat()).replace("\u00a0", " ") for day in days)
    page = page_of(site, address)
    assert re.search(f"Wacht je, dan is contact nu beloofd uiterlijk op [a-z]+ {promise}", page)
    assert f"zit vol tot {until}. Wacht je, dan is contact nu beloofd uiterlijk op" in mail
    assert f"beloofd uiterlijk op {promise}. Wachten mag, maar hoeft niet." in mail


NEXT = [
    # the next door, whether it takes files; what letter and page say of it
    (path.OTHER, True, "Op de pagina stuur je je vraag naar een andere deur: Energiehuis.", "Ga "),
    (path.OTHER, False, "Baken kan daar nu niets naartoe sturen.", "Meer over Energiehuis"),
    ("", False, "We kennen geen andere deur voor deze vraag.", "We kennen geen andere deur"),
]


@pytest.mark.parametrize(("other", "takes", "in_letter", "on_page"), NEXT, ids=["sent", "own", "-"])
def test_letter_and_page_tell_the_same_of_the_next_door(
    site: Client, address: str, other: str, takes: bool, in_letter: str, on_page: str
) -> None:
    Receiver.objects.filter(record_id=path.OTHER).update(active=takes)
    Referral.objects.update(alternative=other, later=[])
    happens(Kind.REFUSED, reason="no_room")
    written = letter(Intent.objects.get(letter="refused"), timezone.now())
    assert written is not None
    assert in_letter in " ".join(written.get_content().split())
    assert on_page in page_of(site, address)


OVERTAKEN: list[tuple[list[tuple[Kind, dict[str, Any]]], list[str]]] = [
    ([(Kind.ACCEPTED, {})], ["taken"]),
    ([(Kind.ACCEPTED, {}), (Kind.FULL, {"until": SOON})], ["full"]),
    ([(Kind.FULL, {"until": SOON}), (Kind.ACCEPTED, {})], ["taken"]),
    ([(Kind.ACCEPTED, {}), (Kind.TRIED, {})], ["tried"]),
    ([(Kind.TRIED, {}), (Kind.CONTACT, {})], ["contact"]),
    ([(Kind.CONTACT, {}), (Kind.NO_CONTACT, {"by": Who.OWNER})], []),
    ([(Kind.ACCEPTED, {}), (Kind.REFUSED, {"reason": "no_room"})], ["refused"]),
]


@pytest.mark.parametrize(("events", "go"), OVERTAKEN, ids=range(len(OVERTAKEN)))
def test_a_letter_that_waited_until_it_was_no_longer_true_does_not_go(
    site: Client, address: str, events: list[tuple[Kind, dict[str, Any]]], go: list[str]
) -> None:
    for kind, more in events:
        happens(kind, **more)
    waiting = Intent.objects.filter(to="owner").exclude(letter="sent").order_by("pk")
    assert [i.letter for i in waiting if letter(i, timezone.now()) is not None] == go


def test_what_may_be_passed_on_goes_without_a_new_preview(site: Client) -> None:
    address = path.sent(site, may_pass_on="1").split("?")[0]
    happens(Kind.REFUSED, reason="not_my_size")
    answer = site.post(address, {"do": "other"})
    assert answer.status_code == 303
    assert answer.headers["Location"] != address
    assert Referral.objects.filter(receiver__record_id=path.OTHER).count() == 1
