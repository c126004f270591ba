"""A door that our letters do not reach is not offered for sending, to nobody, until it is heard of
or its address is mended.
"""

from __future__ import annotations

import html
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.model import Event, Kind, Who
from baken.web.desk import passing
from baken.web.handover import reach, store
from baken.web.handover.models import Receiver, Referral
from baken.web.handover.receivers import set_receivers
from tests.web.conftest import NEED
from tests.web.handover import path
from tests.web.handover.made import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]

SENDS, OWN = "Vraag hulp: stuur mijn vraag", "Zo vraag je hier hulp"


def happened(kind: Kind, days: float, by: Who = Who.SYSTEM, key: str = "een", **more: Any) -> None:
    """Something in another firm's question at the first door, so many days ago."""
    now = timezone.now()
    row = sent(key, path.TO, on=now - timedelta(days=30))
    store.record(row.pk, Event(kind, by, now - timedelta(days=days), f"{kind}/{days}", **more))


def buttons(site: Client) -> tuple[int, int]:
    """On the page with an answer: the doors that can be sent to, and those that tell their way."""
    page = site.post("/resultaat", {"need": NEED}).content.decode()
    return page.count(SENDS), page.count(OWN)


def test_the_page_of_the_answer_tells_its_own_way_instead(site: Client) -> None:
    assert buttons(site) == (2, 1)
    happened(Kind.BOUNCED, 1)
    assert buttons(site) == (1, 2)
    page = html.unescape(site.post("/stuur", path.state()).content.decode())
    assert "Onze laatste mail aan Centrum voor bakkers kwam terug." in page
    assert "<strong>Eerste stap:</strong>" in page
    assert 'href="/aanbod/organisation/bakkerscentrum"' in page


MENDED: list[tuple[str, list[tuple[Kind, float, dict[str, Any]]], bool]] = [
    ("nothing since", [], True),
    ("a letter arrived", [(Kind.HANDED_OVER, 0.5, {})], False),
    ("they spoke", [(Kind.ACCEPTED, 0.5, {"by": Who.RECEIVER})], False),
    ("a letter arrived before", [(Kind.HANDED_OVER, 2, {})], True),
    ("back again", [(Kind.HANDED_OVER, 0.5, {}), (Kind.BOUNCED, 0.2, {"key": "drie"})], True),
]


@pytest.mark.parametrize(("name", "since", "dead"), MENDED, ids=[name for name, *_ in MENDED])
def test_a_word_of_them_opens_it_again(
    name: str, since: list[tuple[Kind, float, dict[str, Any]]], dead: bool
) -> None:
    happened(Kind.BOUNCED, 1)
    for kind, days, more in since:
        happened(kind, days, **{"key": "twee", **more})
    assert reach.door(path.TO, "nl").takes is not dead
    assert (path.TO in reach.taking([path.TO, path.OTHER])) is not dead


def test_it_is_tried_again_after_two_weeks() -> None:
    happened(Kind.BOUNCED, 15)
    assert reach.door(path.TO, "nl").takes


@pytest.mark.parametrize(("address", "opens"), [("nieuw@ontvanger.example", True), ("", False)])
def test_another_address_in_the_operator_s_table_opens_it(address: str, opens: bool) -> None:
    happened(Kind.BOUNCED, 1)
    same = Receiver.objects.get(record_id=path.TO).address
    set_receivers(["id,address", f"{path.TO},{address or same}"])
    assert reach.door(path.TO, "nl").takes is opens


def test_what_came_back_from_the_new_address_shuts_it_again() -> None:
    set_receivers(["id,address", f"{path.TO},nieuw@ontvanger.example"])
    assert Receiver.objects.get(record_id=path.TO).address_since is not None
    happened(Kind.BOUNCED, 0)
    assert not reach.door(path.TO, "nl").takes


def test_a_preview_of_before_sends_nothing(site: Client) -> None:
    sealed = path.sealed(path.preview(site))
    happened(Kind.BOUNCED, 1)
    for form in ({"do": "send"}, {"do": "send"}):
        answer = site.post("/stuur/verstuur", {"sealed": sealed, **form})
        assert answer.status_code == 409
        assert "kwam terug" in html.unescape(answer.content.decode())
    assert Referral.objects.count() == 1, "that of the other firm"


def test_what_was_sent_before_still_leads_to_its_page(site: Client, address: str) -> None:
    happened(Kind.BOUNCED, 1)
    assert site.post("/stuur", path.state()).headers["Location"].startswith(address)


def test_the_desk_does_not_hand_on_to_it() -> None:
    here = sent("bij-ons", "huis-van-raad", on=datetime.now(tz=timezone.get_current_timezone()))
    assert {r.record_id for r in passing.others(here)} == {path.TO, path.OTHER}
    Receiver.objects.filter(record_id=path.OTHER).update(address="")
    assert {r.record_id for r in passing.others(here)} == {path.TO}
    happened(Kind.BOUNCED, 1)
    assert not passing.others(here).exists()


def test_the_result_page_asks_little_of_the_database(
    django_assert_max_num_queries: Any,
) -> None:
    with django_assert_max_num_queries(3):
        reach.taking([path.TO, path.OTHER])
