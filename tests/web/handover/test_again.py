"""Where no door is left, the same question is looked for once more, without typing it."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest
from django.test import Client

from baken.kernel.errors import BakenError
from baken.refer.dossier import Dossier
from baken.refer.model import Kind
from baken.web.handover.models import Referral
from tests.web.conftest import NEED, FakeEngine
from tests.web.handover import path
from tests.web.handover.following import happens, page_of, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]
BUTTON = 'name="do" value="again">Zoek verder met dezelfde vraag'
PLACE, HEADS = "facts:municipality", "facts:headcount"


def refused(site: Client, *item: str, **more: Any) -> str:
    """The owner's page of a question that was turned down, with no door after it."""
    address = path.sent(site, item=["need", *item], **more).split("?")[0]
    Referral.objects.update(alternative="", later=[])
    happens(Kind.REFUSED, reason="no_room")
    return address


def test_the_button_opens_the_answer_filled_in(site: Client, fake: FakeEngine) -> None:
    address = refused(site, PLACE, HEADS)
    page = page_of(site, address)
    assert BUTTON in page and NEED not in page
    answer = html.unescape(site.post(address, {"do": "again"}).content.decode())
    assert fake.query["need"] == NEED
    assert fake.query["facts"] == path.FACTS
    assert "Je vraag stond al bij Centrum voor bakkers." in answer
    assert f"<q>{NEED}</q>" in answer
    assert 'formaction="/fr/resultaat"' in answer, "another language stays on the answer"
    assert row().handling == "refused", "nothing is sent or changed"


def test_only_what_was_shared_goes_along(site: Client, fake: FakeEngine) -> None:
    site.post(refused(site, HEADS), {"do": "again"})
    assert fake.query["facts"] == {"headcount": 8}


def test_without_the_question_itself_the_owner_asks_anew(site: Client) -> None:
    address = refused(site)
    dossier = {**row().dossier, "need": None}
    Referral.objects.update(dossier=dossier)
    page = page_of(site, address)
    assert BUTTON not in page
    assert '<a class="button" href="/">Stel je vraag</a>' in page
    assert site.post(address, {"do": "again"}).status_code == 303


def test_another_device_can_not_look(address: str) -> None:
    assert Client().post(address, {"do": "again"}).status_code == 403


def test_who_took_it_back_can_look_again(site: Client, address: str) -> None:
    site.post(address, {"do": "withdraw", "nonce": "a"})
    assert BUTTON in page_of(site, address)


def test_what_the_owner_called_wrong_stays_wrong(site: Client, fake: FakeEngine) -> None:
    address = refused(site, HEADS)
    said = {"label": "KBO. De eigenaar zegt dat dit niet klopt."}
    wrong = {"id": "nace.kbo", "label": "Sector", "value": "bakkerij", "source": said}
    mine = {"id": "headcount.kbo", "label": "Hoofden", "value": "9", "source": said}
    dossier = row().dossier
    Referral.objects.update(dossier={**dossier, "facts": [*dossier["facts"], wrong, mine]})
    answer = html.unescape(site.post(address, {"do": "again"}).content.decode())
    assert 'name="denied" value="["nace"]"' in answer
    assert fake.query["facts"] == {"headcount": 8}


def test_a_fact_that_the_engine_knows_no_more_is_told_on_the_form(
    site: Client, fake: FakeEngine
) -> None:
    address = refused(site, HEADS)
    fake.refuse = BakenError("facts.headcount", "it is no number")
    answer = site.post(address, {"do": "again"})
    assert answer.status_code == 400
    assert f">\n{NEED}</textarea>" in html.unescape(answer.content.decode())


VALUES: list[tuple[Any, Any]] = [
    # a fact's value, and what a program reads of it
    (True, True),
    (8, 8),
    ("2.5", "2.5"),
    ("9300", "9300"),
    (["nl", "fr"], ["nl", "fr"]),
    ("x" * 301, None),
    ("a\u202eb", "ab"),
    (["x"] * 101, None),
]


@pytest.mark.parametrize(("value", "data"), VALUES, ids=range(len(VALUES)))
def test_the_value_of_a_fact_is_kept_as_it_was(site: Client, value: Any, data: Any) -> None:
    facts = json.dumps({"municipality": value})
    path.sent(site, item=["need", PLACE], facts=facts)
    (fact,) = Dossier.model_validate(row().dossier).facts
    assert (fact.data, type(fact.data)) == (data, type(data))
    assert row().dossier["facts"][0]["data"] == data
