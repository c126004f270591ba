"""How a question came to a door, as both sides read it: true of who chose that door."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.model import Event, Kind, Who, day_of
from baken.web.handover import links, onward, store
from baken.web.handover.came import told_receiver
from baken.web.handover.models import Intent, Permission, Receiver, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from tests.web.handover.following import owners_page
from tests.web.handover.made import at, departed, receiver, sent

pytestmark = pytest.mark.django_db
SECOND = "tweede-huis"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(13))


def asked(on: int = 0) -> Referral:
    """A question that may be passed on from the first door to the second."""
    receiver(SECOND, name="Tweede huis")
    row = sent(on=at(on), alternative=SECOND, may_pass_on=True)
    row.dossier = {"need": {"words": "mijn oven", "labels": ["energie"]}}
    row.save()
    return row


def by_owner() -> Referral:
    return asked(on=13)


def by_desk() -> Referral:
    row, to = asked(), Receiver.objects.get(record_id=SECOND)
    no = Event(Kind.REFUSED, Who.RECEIVER, at(13), "no", reason="not_my_sector")
    return store.pass_on(
        row.pk, onward.order_to(row, to, Who.RECEIVER, "desk", at(13)), no, "passed"
    )


def by_clock_late() -> Referral:
    row = departed(asked())
    tick(at(13))
    return Referral.objects.get(after=row)


def by_clock_after_a_bounce() -> Referral:
    row = asked(on=11)
    store.record(row.pk, Event(Kind.BOUNCED, Who.SYSTEM, at(12), "bounced"))
    tick(at(13))
    return Referral.objects.get(after=row)


def by_clock_after_a_no() -> Referral:
    row = asked(on=11)
    no = Event(Kind.REFUSED, Who.RECEIVER, at(12), "no", reason="no_room")
    store.record(row.pk, no)
    tick(at(13))
    return Referral.objects.get(after=row)


BEFOREHAND = "De onderneming gaf daar vooraf toestemming voor."
THE_CLOCK = f"De klok van Baken gaf de vraag van een onderneming door aan Tweede huis. {BEFOREHAND}"
YOUR_CLOCK = "De klok van Baken gaf je vraag door aan Tweede huis, zoals je toeliet."
CAME = [
    # who chose the door; what its receiver reads; what the owner reads
    (
        by_owner,
        "Een onderneming koos deze deur voor haar vraag: Huis van Raad.",
        "Je verstuurde je vraag naar Huis van Raad.",
    ),
    (
        by_desk,
        f"Huis van Raad gaf de vraag van een onderneming door aan Tweede huis. {BEFOREHAND}",
        "Huis van Raad gaf je vraag door aan Tweede huis, zoals je toeliet.",
    ),
    (
        by_clock_late,
        f"{THE_CLOCK} We weten van geen contact met Huis van Raad.",
        f"{YOUR_CLOCK} We weten van geen contact met Huis van Raad.",
    ),
    (
        by_clock_after_a_bounce,
        f"{THE_CLOCK} Huis van Raad konden we niet bereiken.",
        f"{YOUR_CLOCK} Huis van Raad konden we niet bereiken: ons bericht kwam niet aan.",
    ),
    (
        by_clock_after_a_no,
        f"{THE_CLOCK} Huis van Raad kan de vraag niet behandelen.",
        f"{YOUR_CLOCK} Huis van Raad kan je vraag niet behandelen.",
    ),
]


@pytest.mark.parametrize(("came", "receiver_reads", "owner_reads"), CAME)
def test_letter_and_pages_say_who_chose_the_door(
    came: object, receiver_reads: str, owner_reads: str
) -> None:
    assert callable(came)
    row = came()
    written = letter(Intent.objects.get(letter="new_file", referral=row), at(13))
    assert written is not None
    _, token = links.link_for(row, Who.RECEIVER, day_of(at(13)))
    closed = html.unescape(Client().get(f"/dossier/{token}").content.decode())
    theirs = owners_page(row)
    assert receiver_reads in " ".join(written.get_content().split())
    assert receiver_reads in closed
    assert owner_reads in theirs
    chose = came is by_owner
    assert ("Een onderneming koos" in closed) == chose
    assert ("Je verstuurde je vraag" in theirs) == chose


ROLE = {
    "nl": "Een onderneming koos deze deur voor haar vraag: Gecertificeerd accountant (boekhouder).",
    "en": "A firm chose this door for its question: Certified accountant.",
    "fr": "Une entreprise a choisi cette porte pour sa question : Expert-comptable certifié.",
}


@pytest.mark.parametrize("lang", ROLE)
def test_a_door_whose_name_is_a_role_stands_apart_from_the_sentence(lang: str) -> None:
    name = ROLE[lang].partition(":")[2].strip(" .")
    receiver("accountant", name=name)
    told = told_receiver(sent(to="accountant"), lang).replace("\u00a0", " ")
    assert told.startswith(ROLE[lang])


def test_the_day_of_the_permission_is_the_day_on_which_the_owner_gave_it() -> None:
    page = owners_page(by_desk())
    assert Permission.objects.count() == 2
    assert "Je gaf toestemming op 2 maart 2026 (versie 2026-11 van de tekst)" in page
    assert "en liet toe dat je vraag doorgegeven wordt. Zo kwam ze bij Tweede huis." in page


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_same_in_the_other_languages(lang: str) -> None:
    row = by_desk()
    page = owners_page(row, f"/{lang}")
    assert {"en": "as you allowed", "fr": "comme vous l'avez permis"}[lang] in page
