"""What is seen of a door that was left: by its owner, by who opens the old link, by mail."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.refer.model import Kind, Who
from baken.web.handover import links, store
from baken.web.handover.models import Intent
from baken.web.handover.outbox import drain
from baken.web.handover.post import letter
from baken.web.handover.receivers import set_receivers
from baken.web.handover.tick import tick
from baken.web.handover.wire import sender
from tests.web.handover.doors import (
    DAY_8,
    asked,
    chain,
    says,
)
from tests.web.handover.following import owners_page
from tests.web.handover.made import at, event, letters, receiver, sent

pytestmark = pytest.mark.django_db


def test_a_first_letter_that_never_went_is_taken_back_instead_of_withdrawn() -> None:
    row = sent()
    row.intents.filter(letter="sent").delete()
    store.record(row.pk, event(Kind.WITHDRAWN, 0.1, by=Who.OWNER))
    assert letters(Who.RECEIVER) == ["new_file"]
    assert Intent.objects.get(to="receiver").stage == Intent.DROPPED
    done = drain(sender(lambda: at(1)), lambda: at(1))
    assert done.sent == 0


def test_a_first_letter_that_may_have_gone_is_followed_by_the_truth() -> None:
    row = sent()
    Intent.objects.update(stage=Intent.BEGUN)
    store.record(row.pk, event(Kind.WITHDRAWN, 0.1, by=Who.OWNER))
    assert letters(Who.RECEIVER) == ["new_file", "withdrawn"]


def test_the_old_link_of_a_door_that_was_passed_says_so_kindly() -> None:
    row = asked()
    _, token = links.link_for(row, Who.RECEIVER, timezone.localdate())
    tick(timezone.now() + timedelta(days=40))
    for visit in (Client().get, Client().post):
        page = visit(f"/dossier/{token}", {"do": "open"})
        content = html.unescape(page.content.decode())
        assert page.status_code == 410
        assert "Dit dossier is gesloten" in content
        assert "De onderneming is naar een andere deur" in content
        assert "oven" not in content


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_the_owner_s_page_leads_with_the_alternative(
    site: Client, lang: str, records: None
) -> None:
    receiver("energiehuis", name="Energiehuis")
    row = sent(alternative="energiehuis")
    tick(DAY_8)
    page = owners_page(row, lang)
    assert lang or "We raden je nu Energiehuis aan." in page
    main = page.split("<main")[1]
    first = main.index('class="button"')
    assert 'value="other"' in main[first : first + 60], "it is the first and only full button"
    assert main.count('class="button"') == 1
    written = letter(Intent.objects.get(letter="other_door"), DAY_8)
    assert written is not None
    assert "Energiehuis" in written["Subject"]


def test_an_organisation_that_ceases_leaves_no_question_behind(site: Client) -> None:
    """The operator's table says ``gone``: what waits goes on, what is in contact is closed."""
    rows = {
        "asked": sent("a", "bakkerscentrum", alternative="energiehuis", may_pass_on=True),
        "not asked": sent("b", "bakkerscentrum", alternative="energiehuis"),
        "in contact": sent("c", "bakkerscentrum"),
    }
    receiver("energiehuis", name="Energiehuis")
    store.record(rows["in contact"].pk, event(Kind.CONTACT, 1))
    table = ["id,address,active", "bakkerscentrum,a@b.example,gone"]
    for _ in "twice":
        set_receivers(table)
    states = {name: chain(row) for name, row in rows.items()}
    assert states["asked"] == [("bakkerscentrum", "expired"), ("energiehuis", "offered")]
    assert states["not asked"] == [("bakkerscentrum", "expired")]
    assert states["in contact"] == [("bakkerscentrum", "closed")]
    assert sorted(letters(Who.OWNER)) == ["contact", "door_gone", "door_gone", "moved_on"]
    assert "Centrum voor bakkers helpt geen ondernemers meer." in says("moved_on", timezone.now())
    page = owners_page(rows["not asked"])
    assert "Centrum voor bakkers helpt niet meer. We sloten deze deur." in page
    assert "Een andere deur: Energiehuis" in page
    with pytest.raises(BakenError, match="takes no files"):
        sent("d", "bakkerscentrum")
