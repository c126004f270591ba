"""Annual accounts that the site fetches from the National Bank by the number of a firm."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from baken.web.owner import books_fetch, books_page
from baken.web.rate import Allowance
from tests.registers.filings import filing
from tests.registers.nbb_stand_in import KEY, StandIn, stand_in
from tests.web.accounts import NUMBER, kept, said
from tests.web.conftest import NEED, FakeEngine


@pytest.fixture
def bank(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """The site with a key, and a service that has the bakery's accounts of two years."""
    monkeypatch.setattr(books_fetch, "cache_dir", lambda: tmp_path)
    monkeypatch.setattr(books_page, "ALLOWANCE", Allowance(6))
    with stand_in() as server:
        settings.BAKEN_NBB = {"BAKEN_NBB_KEY": KEY, "BAKEN_NBB_ADDRESS": server.address}
        older = {"startDate": "2024-01-01", "endDate": "2024-12-31"}
        server.firms[NUMBER.replace(".", "")] = [
            filing(EnterpriseName="Bakkerij De Korst"),
            filing(ReferenceNumber="2025-00000001", ExerciseDates=older),
        ]
        yield server


def fetch(client: Client, kbo: str = NUMBER, address: str = "127.0.0.1") -> Any:
    form = {"need": NEED, "do": "fetch", "where": "", "heads": "", "kbo": kbo}
    return client.post("/jaarrekening", form, REMOTE_ADDR=address)


def test_accounts_come_by_the_number(site: Client, fake: FakeEngine, bank: StandIn) -> None:
    assert "Haal ze op bij de Nationale Bank" in said(site.get("/jaarrekening"))
    response = fetch(site)
    assert kept(response).startswith("nbb;")
    assert kept(response).count("|") == 2
    assert "opgehaald bij de Nationale Bank op" in said(response)
    assert len(bank.asked) == 3


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Vul je ondernemingsnummer in"),
        ("0403.170.702", "passen niet bij de rest"),
        ("NL 854502130B01", "uit een ander land"),
    ],
)
def test_a_number_that_is_none_asks_nobody(
    site: Client, fake: FakeEngine, bank: StandIn, typed: str, says: str
) -> None:
    response = fetch(site, kbo=typed)
    assert response.status_code == 400
    assert says in said(response)
    assert bank.asked == []


@pytest.mark.parametrize(
    "faults",
    [[401], [403], ["html"], [(429, {"Retry-After": "3600"})], ["hang up"] * 9, [503] * 9],
    ids=["key", "quota", "html", "busy", "hangs up", "down"],
)
def test_when_the_bank_is_not_there_the_way_goes_on(
    site: Client, fake: FakeEngine, bank: StandIn, monkeypatch: pytest.MonkeyPatch,
    faults: list[Any],
) -> None:  # fmt: skip
    monkeypatch.setattr(books_fetch, "SECONDS", 0.5)
    bank.faults = faults
    response = fetch(site)
    assert response.status_code == 200
    assert "nu niet te bereiken" in said(response)
    assert NEED in said(response)


def test_a_page_never_waits_longer_than_it_may(
    site: Client, fake: FakeEngine, bank: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service that sleeps, asked by more pages than may ask at once."""
    monkeypatch.setattr(books_fetch, "SECONDS", 0.2)
    bank.faults = ["slow"] * 9
    began = time.monotonic()
    pages = [said(fetch(site)) for _ in range(5)]
    assert time.monotonic() - began < 3
    assert all("nu niet te bereiken" in page for page in pages)


def test_who_is_turned_away_because_others_ask_stands_in_the_log(
    site: Client, fake: FakeEngine, bank: StandIn, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    monkeypatch.setattr(books_fetch, "AT_ONCE", threading.BoundedSemaphore(1))
    with books_fetch.AT_ONCE:
        assert "nu niet te bereiken" in said(fetch(site))
    assert "no accounts were fetched: 2 pages are asking already" in caplog.text
    assert NUMBER not in caplog.text and bank.asked == []


def test_the_quota_is_that_of_all_workers(
    site: Client, fake: FakeEngine, bank: StandIn, settings: Any
) -> None:
    settings.BAKEN_NBB["BAKEN_NBB_DAILY"] = "4"
    assert kept(fetch(site))
    assert "nu niet te bereiken" in said(fetch(site))
    assert len(bank.asked) == 4


def test_one_address_does_not_use_up_the_requests_of_all(
    site: Client, fake: FakeEngine, bank: StandIn
) -> None:
    pages = [fetch(site, kbo="0200.065.765") for _ in range(9)]
    assert "nu niet te bereiken" in said(pages[-1])
    assert len(bank.asked) <= 7
    assert "geen jaarrekening" in said(fetch(site, kbo="0200.065.765", address="192.0.2.7"))


def test_a_firm_that_filed_nothing(site: Client, fake: FakeEngine, bank: StandIn) -> None:
    assert "geen jaarrekening die we kunnen lezen" in said(fetch(site, kbo="0200.065.765"))


def test_a_year_that_can_not_be_read_leaves_the_one_before(
    site: Client, fake: FakeEngine, bank: StandIn
) -> None:
    newest = bank.firms[NUMBER.replace(".", "")][0]
    newest["Rubrics"] = [{"Code": "20/58", "Value": "abc", "Period": "N"}]
    response = fetch(site)
    assert response.status_code == 200
    assert "|2024-12-31;" in kept(response) and kept(response).count("|") == 1


@pytest.mark.parametrize("older", [True, False], ids=["with an older one", "without"])
def test_who_gave_no_file_is_not_blamed_for_one(
    site: Client, fake: FakeEngine, bank: StandIn, caplog: pytest.LogCaptureFixture,
    older: bool,
) -> None:  # fmt: skip
    """A year that is not over yet: the one before is used, or the page says that there is none."""
    filings = bank.firms[NUMBER.replace(".", "")]
    filings[0]["ExerciseDates"] = {"startDate": "2025-01-01", "endDate": "2099-12-31"}
    if not older:
        del filings[1]
    response = fetch(site)
    assert response.status_code == 200
    assert "in dit bestand" not in said(response) and "Dit boekjaar" not in said(response)
    if older:
        assert "|2024-12-31;" in kept(response)
    else:
        assert "geen jaarrekening die we kunnen lezen" in said(response)
    assert "can't be used: accounts not_over" in caplog.text


def test_without_a_key_nothing_is_offered_or_asked(site: Client, fake: FakeEngine) -> None:
    assert "Haal ze op" not in said(site.get("/jaarrekening"))
    assert fetch(site).status_code == 200
