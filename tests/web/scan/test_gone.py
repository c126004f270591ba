"""How long answers stay, what is kept of them, and what opens them."""

from __future__ import annotations

import html
import logging
from collections.abc import Callable
from datetime import date

import pytest

from baken.web.scan import keep
from baken.web.scan.models import Folder, Round
from tests.web.scan.conftest import REACTIVE, Go

Day = Callable[[int], date]


@pytest.mark.parametrize(
    ("kept", "day", "there"),
    [(False, 30, True), (False, 31, False), (True, 730, True), (True, 731, False)],
    ids=["day 30", "day 31", "kept, two years", "kept, longer"],
)
def test_gone_after_thirty_days_unless_kept(
    go: Go, today: Day, kept: bool, day: int, there: bool
) -> None:
    owner = go()
    owner.tap_all(*REACTIVE)
    if kept:
        owner.do(do="keep", keep="1")
    today(day)
    assert owner.client.get(f"{owner.home}/uitkomst").status_code == (200 if there else 404)
    assert Folder.objects.exists() is there


SAYS = {
    "": "Antwoorden gaan na dertig dagen weg, of na twee jaar als je ze liet bewaren.",
    "/en": "Answers go after thirty days, or after two years if you let us keep them.",
    "/fr": "Les réponses disparaissent après trente jours, ou après deux ans",
}


@pytest.mark.parametrize("lang", SAYS)
def test_who_comes_after_that_reads_that_answers_go_by_themselves(
    go: Go, today: Day, lang: str
) -> None:
    assert (keep.STAY.days, keep.KEPT.days) == (30, 730), "the days that the page tells"
    owner = go()
    today(31)
    answer = owner.client.get(f"{lang}{owner.home}/uitkomst")
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 404 and SAYS[lang] in page


def test_only_who_keeps_the_answers_is_told_to_come_back_to_them(go: Go) -> None:
    owner = go()
    owner.tap_all(*REACTIVE)
    told = "Over een half jaar kan je de vragen met dezelfde link opnieuw beantwoorden"
    page = owner.client.get(f"{owner.home}/uitkomst").content.decode()
    assert told not in page and "Laat je ze bewaren, dan kan je" in page
    owner.do(do="keep", keep="1")
    assert told in owner.client.get(f"{owner.home}/uitkomst").content.decode()


def test_a_sweep_throws_away_what_nobody_opens(go: Go, today: Day) -> None:
    go()
    today(31)
    assert keep.sweep() == 1
    assert not Round.objects.exists()


def test_any_visit_throws_away_what_is_over(
    go: Go, today: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = go()
    today(31)
    monkeypatch.setattr(keep.sweep_in_passing, "last", float("-inf"))
    owner.client.get("/scan")
    assert not Folder.objects.exists()


def test_wiped_at_once_and_a_second_click_is_no_error_of_ours(go: Go) -> None:
    owner = go()
    owner.tap_all(*REACTIVE)
    gone = owner.client.post(owner.home, {"do": "wipe"})
    assert gone.headers["Clear-Site-Data"] == '"cache"', "from the button Back too"
    assert "Alles is gewist" in gone.content.decode()
    assert not Folder.objects.exists()
    for response in (
        owner.client.post(owner.home, {"do": "wipe"}),
        owner.client.get(f"{owner.home}/2"),
        owner.client.get(f"{owner.home}/onderwerp"),
    ):
        assert response.status_code == 404
        assert "Deze scan is er niet meer" in response.content.decode()


def test_the_database_knows_no_token_and_no_company_number(go: Go) -> None:
    owner = go()
    owner.tap_all(*REACTIVE)
    rows = repr([*Folder.objects.values(), *Round.objects.values()])
    for secret in (owner.token, "0403170701"):
        assert secret not in rows
    assert Folder.objects.get().facts == {"postal_code": "9300"}


KEPT = [
    ('{"region":"vlaams-gewest","size":"small"}', {"region": "vlaams-gewest", "size": "small"}),
    ('{"region":"vlaams-gewest","municipality":"Aalst"}', {"municipality": "Aalst"}),
    ('{"kbo":"0403170701","turnover":"1000000","employees":0}', {"employees": 0}),
]


@pytest.mark.parametrize(("facts", "kept"), KEPT)
def test_of_the_facts_few_are_kept(go: Go, facts: str, kept: dict[str, object]) -> None:
    go(facts=facts)
    assert Folder.objects.get().facts == kept


ODD_FACTS = ["", "[]", "{", '{"region": "mars"}', '{"employees": "<b>"}', "[" * 9000]


@pytest.mark.parametrize("facts", ODD_FACTS, ids=lambda f: f[:20] or "none")
def test_facts_that_cannot_be_used_are_not_kept(
    go: Go, facts: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    owner = go(facts=facts)
    assert Folder.objects.get().facts == {}
    owner.tap("planned")
    assert "Vraag 2 van 6" in owner.page


def test_each_page_is_for_the_owners_browser_only(go: Go, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    owner = go()
    for end in ("/1", "/uitkomst", "/onderwerp"):
        response = owner.client.get(f"{owner.home}{end}")
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert not response.cookies


@pytest.mark.parametrize("status", [404, 500])
def test_no_log_holds_a_link(
    go: Go, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    owner = go()
    caplog.set_level(logging.DEBUG)
    owner.client.raise_request_exception = False
    if status == 500:
        monkeypatch.setattr("baken.web.scan.course.latest", lambda folder: 1 / 0)
    else:
        keep.wipe(Folder.objects.get())
    assert owner.client.get(f"{owner.home}/2").status_code == status
    assert owner.token not in caplog.text
    assert ("ZeroDivisionError" in caplog.text) is (status == 500)
