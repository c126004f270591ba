"""What only people know is asked, one thing at a time; never a silent guess."""

from __future__ import annotations

import re
from html import unescape

from django.test import Client

from baken.signals.demo import Plan, papers
from baken.signals.demo.ubl import xml
from baken.web.signalen import keep
from baken.web.signalen.models import Deposit
from tests.web.signalen.conftest import Owner, upload

DATES = "\n".join(
    ["datum;klachten", *(f"{d:02d}/{m:02d}/2025;{m + d}" for m in range(1, 9) for d in (3, 7, 11))]
)


def question(page: str) -> str:
    found = re.search(r'name="question" value="([^"]*)"', page)
    return unescape(found[1]) if found else ""


def test_day_or_month_first(owner: Owner) -> None:
    owner.give(upload(DATES, "klachten.csv"))
    assert question(owner.page) == "klachten.csv:day-first"
    assert "Welke dag is" in owner.page
    assert keep.files(Deposit.objects.get()).exists()
    owner.go(question=question(owner.page), answer="dmy")
    assert question(owner.page) == ""
    assert not keep.files(Deposit.objects.get()).exists()


def test_a_question_can_be_passed_over(owner: Owner) -> None:
    owner.give(upload(DATES, "klachten.csv"))
    owner.go(question=question(owner.page), skip="1")
    assert "We konden hier niets mee doen" in owner.page
    assert "Vragen die je oversloeg" in owner.page
    assert not keep.files(Deposit.objects.get()).exists()


def test_what_is_no_answer_is_asked_again(owner: Owner) -> None:
    owner.give(upload(DATES, "klachten.csv"))
    asked = question(owner.page)
    for said in ({"answer": "ymd"}, {"answer": ""}, {"typed": "x" * 500}, {}):
        owner.go(question=asked, **said)
        assert question(owner.page) == asked
    owner.go(question="andere.csv:year", answer="2024")
    assert question(owner.page) == asked


def test_in_french(site: Client) -> None:
    owner = Owner(site, "/fr")
    owner.give(upload(DATES, "klachten.csv"))
    assert "le mois d'abord" in unescape(owner.page)


def two_parties() -> list[tuple[str, bytes]]:
    """Invoices of one firm to one other: both stand on all of them."""
    sold = [p for p in papers(Plan(months=10)) if p.buyer.name == "Hotel Luchtkasteel"]
    return [(f"{p.number}.xml", xml(p)) for p in sold]


def test_whose_invoices_they_are(owner: Owner) -> None:
    owner.give(*(upload(data, name) for name, data in two_parties()))
    assert question(owner.page) == "own"
    assert "1999.000.150" in owner.page
    owner.go(question="own", typed="0403.170.701")
    assert question(owner.page) == "own"
    assert "Dat nummer vinden we niet" in owner.page
    owner.go(question="own", typed="1999 000 150")
    assert question(owner.page) == ""
    assert "Zaak: 1999.000.150" in owner.page


def test_a_wrong_number_on_the_first_page(owner: Owner) -> None:
    owner.give(*(upload(data, name) for name, data in two_parties()), own="12")
    assert question(owner.page) == "own"
    assert owner.status == 200
