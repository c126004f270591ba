"""An owner reads one name of an organisation in page, history and letter: that of the language."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.model import Kind, Who
from baken.web.handover.models import Intent, Receiver, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from baken.web.owner.models import CatalogueRecord
from tests.web.handover import path
from tests.web.handover.following import happens, owners_page, row

pytestmark = pytest.mark.django_db
NAMES = {path.TO: "Bakers' Centre", path.OTHER: "Energy House"}
DUTCH = ("Centrum voor bakkers", "Energiehuis")


@pytest.fixture(autouse=True)
def english_names(doors: None) -> None:
    for found in CatalogueRecord.objects.filter(record_id__in=NAMES):
        found.json["names"]["en"] = NAMES[found.record_id]
        found.save()


def told(kind: str, to: Who = Who.OWNER) -> str:
    written = letter(Intent.objects.get(letter=kind, to=str(to)), timezone.now())
    assert written is not None
    return " ".join(f"{written['Subject']} {written.get_content()}".split())


def test_letters_name_it_as_the_page_does(site: Client) -> None:
    path.sent(site, may_pass_on="1")
    Referral.objects.update(lang="en")
    assert NAMES[path.TO] in told("sent") and DUTCH[0] not in told("sent")
    assert DUTCH[0] in told("new_file", Who.RECEIVER), "the receiver's letters are in Dutch"
    happens(Kind.REFUSED, reason="not_my_size")
    tick(timezone.now())
    says = told("moved_on")
    assert all(name in says for name in NAMES.values())
    pages = owners_page(row(), "/en"), owners_page(Referral.objects.get(after=row()), "/en")
    for shown in (says, *pages):
        assert not [name for name in DUTCH if name in shown]
    assert all(name in page for name in NAMES.values() for page in pages)


def test_a_receiver_reads_the_name_of_the_door_before_in_its_own_language(site: Client) -> None:
    Receiver.objects.filter(record_id=path.TO).update(name=NAMES[path.TO], lang="en")
    path.sent(site, may_pass_on="1")
    assert NAMES[path.TO] in told("new_file", Who.RECEIVER)
    happens(Kind.REFUSED, reason="not_my_size")
    tick(timezone.now())
    written = letter(Intent.objects.filter(letter="new_file").latest("pk"), timezone.now())
    assert written is not None
    body = " ".join(written.get_content().split())
    assert all(name in body for name in DUTCH) and NAMES[path.TO] not in body
