""" "Full until" and what came of it: the way to another door stays open as long as that counts."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

import pytest

from baken.refer.model import Kind, day_of
from baken.web.handover import onward, store
from baken.web.handover.models import Intent, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from tests.web.handover.doors import asked
from tests.web.handover.following import owners_page
from tests.web.handover.made import at, event

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 3, 11)


def called_in_vain() -> Referral:
    """Full until Wednesday 11 March, said on the Tuesday before; a call in vain two days later."""
    row = asked()
    store.record(row.pk, event(Kind.FULL, 1, until=UNTIL))
    store.record(row.pk, event(Kind.TRIED, 3))
    return row


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("", "zit vol tot woensdag 11 maart 2026. Ze probeerden je één keer te bereiken"),
        ("/en", "is full until Wednesday 11 March 2026. They tried to reach you once"),
        ("/fr", "n'a pas de place jusqu'au mercredi 11 mars 2026. L'organisation a essayé"),
    ],
)
def test_after_a_call_in_vain_the_page_says_both_and_leads_on(lang: str, says: str) -> None:
    row = called_in_vain()
    with patch("django.utils.timezone.now", return_value=at(4)):
        page = owners_page(row, lang)
    assert says in page
    assert 'value="other"' in page
    assert "18" in page[page.index(says) : page.index(says) + 300], "the promised day"
    assert 'value="no_next"' in page, "it says on which day it goes by itself, and how it stays"


def test_so_does_the_letter() -> None:
    row = called_in_vain()
    written = letter(Intent.objects.get(letter="tried"), at(3))
    assert written is not None
    says = " ".join(written.get_content().split())
    assert "zit vol tot 11 maart 2026. Contact is beloofd uiterlijk op 18 maart 2026." in says
    assert "op de pagina kan je nu ook een andere deur zoeken" in says
    assert onward.may_leave(row, store.state_of(row), day_of(at(4)))


def test_the_way_closes_once_it_was_taken_on() -> None:
    row = called_in_vain()
    store.record(row.pk, event(Kind.ACCEPTED, 4))
    tick(at(4))
    assert not onward.may_leave(row, store.state_of(row), day_of(at(4)))
