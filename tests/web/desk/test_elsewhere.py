"""A file goes to no organisation that, by the catalogue, does not work where the firm is. What is
not known leaves none out.
"""

from __future__ import annotations

import html
from typing import Any

import pytest

from baken.web.desk import elsewhere, passing
from baken.web.handover.models import Permission, Receiver, Referral
from baken.web.owner.models import CatalogueRecord
from baken.web.texts import text
from tests.web.conftest import complete_records
from tests.web.desk.made import HOUSE, browser, file, member, opened
from tests.web.handover.made import receiver

pytestmark = pytest.mark.django_db
AREAS: dict[str, dict[str, Any]] = {
    "in-flanders": {"regions": ["vlaams-gewest"]},
    "in-wallonia": {"regions": ["waals-gewest"]},
    "in-limburg": {"regions": ["vlaams-gewest"], "provinces": ["Limburg"]},
    "in-ghent": {"regions": ["vlaams-gewest"], "municipalities": ["Gent"]},
    "anywhere": {},
    "not-stated": {"regions": ["vlaams-gewest"], "stated": False},
}
NOT_IN_CATALOGUE = "ander-huis"
NAMUR = {"municipality": "Namen"}


@pytest.fixture(autouse=True)
def organisations(db: None) -> None:
    """One for each area, and one that the catalogue does not have; all take files."""
    pattern = next(r for r in complete_records() if r["type"] == "organisation")
    CatalogueRecord.objects.bulk_create(
        CatalogueRecord(
            type="organisation",
            record_id=one,
            name=one,
            json={**pattern, "id": one, "names": {"nl": one}, "area": area},
            version="elsewhere",
        )
        for one, area in AREAS.items()
    )
    for one in (*AREAS, NOT_IN_CATALOGUE):
        receiver(one, name=one)


def of(facts: dict[str, Any], register: bool = False, **more: Any) -> Referral:
    """A file that tells so much of its firm: the owner's words, or a register's."""
    row = file(may_pass_on=True, **more)
    row.dossier["facts"] = [
        {"id": name, "label": name, "value": str(value), "source": {"label": "bron"}}
        | ({} if register else {"data": value})
        for name, value in facts.items()
    ]
    row.dossier["lang"] = "nl"
    row.save(update_fields=["dossier"])
    return row


FLEMISH = {"in-flanders", "in-limburg", "in-ghent"}
OUT: list[tuple[dict[str, Any], set[str]]] = [
    (NAMUR, FLEMISH),
    ({"postal_code": "5000"}, FLEMISH),
    ({"region": "waals-gewest"}, FLEMISH),
    ({"province": "Namen"}, FLEMISH),
    ({"region": "brussels-hoofdstedelijk-gewest"}, {*FLEMISH, "in-wallonia"}),
    ({"municipality": "Gent"}, {"in-wallonia", "in-limburg"}),
    ({"province": "Oost-Vlaanderen"}, {"in-wallonia", "in-limburg"}),
    ({"region": "vlaams-gewest"}, {"in-wallonia"}),
    ({"seat_municipality": "Namen"}, FLEMISH),
    ({"seat_municipality": "Namen", "establishments": ["Gent"]}, {"in-limburg"}),
    ({"municipality": "Namen", "project_municipality": "Hasselt"}, {"in-ghent"}),
    # What is not known leaves none out.
    ({}, set()),
    ({"project_municipality": "Namen"}, set()),
    ({"municipality": "Nergenshuizen"}, set()),
    ({"region": "buitenland"}, set()),
    ({"seat_municipality": "Namen", "establishments": ["Nergenshuizen"]}, set()),
    ({"headcount": 4}, set()),
]


@pytest.mark.parametrize(("facts", "out"), OUT, ids=[str(facts) for facts, _ in OUT])
def test_who_does_not_work_where_the_firm_is_stands_not_in_the_list(
    facts: dict[str, Any], out: set[str]
) -> None:
    row = of(facts)
    listed = set(passing.others(row).values_list("record_id", flat=True))
    assert listed == {*AREAS, NOT_IN_CATALOGUE} - out
    assert elsewhere.not_working_there(row) == out


@pytest.mark.parametrize("name", ["Namen", "Namur"])
def test_what_a_register_tells_of_the_seat_counts_in_each_language(name: str) -> None:
    assert elsewhere.not_working_there(of({"seat_municipality": name}, register=True)) == FLEMISH


def test_a_door_of_the_answer_stays_for_the_answer_knew_more() -> None:
    row = of(NAMUR, alternative="in-flanders", later=["in-ghent"])
    assert elsewhere.not_working_there(row) == {"in-limburg"}


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_the_page_says_that_some_are_left_out_and_refuses_one_that_is_sent_anyway(
    lang: str,
) -> None:
    row, client = of(NAMUR), browser(member("adviser", HOUSE))
    opened(client, row)
    desk = "/bureau" if lang == "nl" else f"/{lang}/bureau"
    address = f"{desk}/dossier/{row.public_id}"
    page = html.unescape(client.get(address).content.decode())
    assert 'value="in-wallonia"' in page and 'value="in-flanders"' not in page
    assert text(lang, "desk.pass_elsewhere_out") in page
    form = {"do": "pass", "to": "in-flanders", "why": "not_my_area"}
    answer = client.post(address, form)
    assert answer.status_code == 400
    assert text(lang, "desk.pass_elsewhere") in html.unescape(answer.content.decode())
    assert Referral.objects.get().handling != "refused", "nothing went, and it is still here"
    assert client.post(address, form | {"to": "in-wallonia"}).status_code == 302
    assert Referral.objects.get(after=row).receiver.record_id == "in-wallonia"


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_where_none_is_left_the_page_says_why(lang: str) -> None:
    row, client = of(NAMUR), browser(member("adviser", HOUSE))
    for one in ("in-wallonia", "anywhere", "not-stated", NOT_IN_CATALOGUE):
        Receiver.objects.filter(record_id=one).update(active=False)
    opened(client, row)
    desk = "/bureau" if lang == "nl" else f"/{lang}/bureau"
    address = f"{desk}/dossier/{row.public_id}"
    assert text(lang, "desk.pass_none") in html.unescape(client.get(address).content.decode())
    Permission.objects.update(may_pass_on=False)
    page = html.unescape(client.get(address).content.decode())
    assert text(lang, "desk.pass_none") not in page
    assert 'value="pass"' not in page


def test_where_all_work_there_nothing_is_said_of_it() -> None:
    row = of({})
    page = html.unescape(opened(browser(member("adviser", HOUSE)), row))
    assert text("nl", "desk.pass_elsewhere_out") not in page
