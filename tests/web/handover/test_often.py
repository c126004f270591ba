"""Nobody fills a stranger's mailbox through the site: so many questions a day with one address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from baken.web.handover.models import Intent, Referral
from baken.web.handover.question import MOST_A_DAY
from tests.web.handover import path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]

SAYS = {
    "": "Deze is niet verstuurd.",
    "/en": "This one was not sent.",
    "/fr": "n'est pas partie",
}


@pytest.fixture
def full(site: Client) -> Client:
    """A site where as many questions went as may be with one address on a day."""
    for n in range(MOST_A_DAY):
        path.sent(site, key=f"answer-{n}")
    return site


@pytest.mark.parametrize("lang", SAYS)
def test_one_more_is_told_and_sends_nothing(full: Client, lang: str) -> None:
    sealed = path.sealed(path.preview(full, key="answer-23", mail=path.CONTACT["mail"].upper()))
    letters = Intent.objects.count()
    page = full.post(f"{lang}/stuur/verstuur", {"sealed": sealed, "do": "send"})
    assert page.status_code == 429
    assert SAYS[lang] in page.content.decode().replace("&#x27;", "'")
    assert (Referral.objects.count(), Intent.objects.count()) == (MOST_A_DAY, letters)


def test_another_address_none_and_the_next_day_are_free(full: Client) -> None:
    path.sent(full, key="answer-20", mail="ander@firma.example")
    path.sent(full, key="answer-21", mail="")
    Referral.objects.update(sent_on=timezone.localdate() - timedelta(days=1))
    path.sent(full, key="answer-22")


def test_a_second_press_of_the_last_one_finds_its_page(site: Client) -> None:
    for n in range(MOST_A_DAY):
        form = {"sealed": path.sealed(path.preview(site, key=f"answer-{n}")), "do": "send"}
        site.post("/stuur/verstuur", form)
    assert site.post("/stuur/verstuur", form).headers["Location"].startswith("/vervolg/")
