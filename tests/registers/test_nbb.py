"""The web service of the National Bank, spoken to over a real connection with a stand-in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from baken.cli.app import app
from baken.kernel.errors import BakenError
from baken.kernel.fetch import Answer, fetch
from baken.registers.accounts import accounts_of
from baken.registers.filing import read_accounts
from baken.registers.nbb import TRIES, Service, as_file, service_of
from baken.registers.quota import Quota
from tests.registers.filings import filing
from tests.registers.nbb_stand_in import KEY, StandIn, stand_in

BAKERY = "0403.170.701"
DIGITS = "0403170701"
HELD = {"ParticipatingInterestHeld": [{"PercentageDirectlyHeld": 0.6}]}
REFERENCES = f"/authentic/legalEntity/{DIGITS}/references"


def of_year(year: int, reference: str, deposited: str, **more: Any) -> dict[str, Any]:
    """A filing with the firm's name, a shareholder and an administrator."""
    days = {"startDate": f"{year}-01-01", "endDate": f"{year}-12-31"}
    persons = {"IndividualShareHolders": [{"Person": {"LastName": "Peeters"}}]}
    return filing(
        ReferenceNumber=reference, DepositDate=deposited, ExerciseDates=days,
        EnterpriseName="Bakkerij De Korst", Shareholders=persons, **more,
    )  # fmt: skip


@pytest.fixture
def bank() -> Iterator[StandIn]:
    with stand_in() as found:
        found.firms[DIGITS] = [
            of_year(2024, "2025-00000001", "2025-07-01"),
            of_year(2025, "2026-00000001", "2026-07-01"),
            of_year(2025, "2026-00000009", "2026-09-01", LegalForm="014"),
        ]
        yield found


def service(bank: StandIn, waits: list[float] | None = None, **more: Any) -> Service:
    """A client that notes its waits instead of waiting, and lets chance take nothing off."""
    noted = waits if waits is not None else []
    given = {"fetch": partial(fetch, seconds=0.3), "sleep": noted.append, "address": bank.address,
             "now": lambda: datetime(2026, 3, 2, 10, tzinfo=UTC)}  # fmt: skip
    return Service(**{"key": KEY, "chance": lambda: 0.0} | given | more)


def test_the_last_filing_of_the_newest_year(bank: StandIn) -> None:
    (found,) = service(bank).filings(BAKERY)
    accounts = accounts_of(found)
    assert (accounts.years[0].end, accounts.legal_form) == (date(2025, 12, 31), "014")
    assert (accounts.name, accounts.number) == ("Bakkerij De Korst", BAKERY)
    assert bank.asked == [REFERENCES, "/authentic/deposit/2026-00000009/accountingData"]


def test_one_filing_a_year_newest_first(bank: StandIn) -> None:
    found = service(bank).filings(BAKERY, most=5)
    assert [f["ExerciseDates"]["endDate"][:4] for f in found] == ["2025", "2024"]


def test_no_person_is_kept(bank: StandIn, tmp_path: Path) -> None:
    holding = {
        "Entity": {"Name": "Molen bv", "Identifier": "0200065765"},
        "ParticipatingInterestHeld": [{"PercentageDirectlyHeld": 0.6}],
    }
    bank.firms[DIGITS] = [
        of_year(2025, "2026-00000001", "2026-07-01", ParticipatingInterests=[holding])
    ]
    (found,) = service(bank).filings(BAKERY)
    for name in ("Peeters", "Administrators", "Shareholders", "Molen"):
        assert name not in as_file(found)
    assert accounts_of(found).participations == 1
    kept = tmp_path / "accounts.json"
    kept.write_text(as_file(found), encoding="utf-8")
    assert read_accounts(kept) == accounts_of(found)


@pytest.mark.parametrize(
    ("rows", "held"),
    [
        (5, 0),
        ([5, HELD], 1),
        ([{"ParticipatingInterestHeld": 5}, HELD], 1),
        ([{"ParticipatingInterestHeld": {"PercentageDirectlyHeld": 0.5}}, HELD], 1),
        ([{"ParticipatingInterestHeld": ["half"]}, HELD], 1),
        ([{}, HELD], 1),
    ],
)
def test_an_odd_holding_is_passed_over_and_the_good_ones_count(
    bank: StandIn, rows: Any, held: int
) -> None:
    bank.firms[DIGITS] = [of_year(2025, "2026-1", "2026-07-01", ParticipatingInterests=rows)]
    (found,) = service(bank).filings(BAKERY)
    accounts = accounts_of(found)
    assert accounts.years[0].heads == Decimal("4.6")
    assert accounts.participations == held


def test_a_firm_that_never_filed(bank: StandIn) -> None:
    assert service(bank).filings("0200.065.765") == []


def test_a_filing_without_json_is_passed_over(bank: StandIn) -> None:
    bank.firms[DIGITS].append({k: v for k, v in of_year(2026, "2027-1", "2027-07-01").items()
                               if k != "Rubrics"})  # fmt: skip
    (found,) = service(bank).filings(BAKERY)
    assert found["ExerciseDates"]["endDate"] == "2025-12-31"


@pytest.mark.parametrize(
    ("faults", "waits"),
    [
        ([503], [1.0]),
        ([500, 502, 504], [1.0, 2.0, 4.0]),
        (["slow"], [1.0]),
        (["hang up", "half"], [1.0, 2.0]),
        ([(429, {"Retry-After": "7"})], [7.0]),
        ([(429, {"Retry-After": "soon"})], [1.0]),
        ([(429, {"Retry-After": "Mon, 02 Mar 2026 10:00:09 GMT"})], [9.0]),
        ([(429, {"Retry-After": "Mon, 02 Mar 2026 10:00:09 -0000"})], [9.0]),
        ([(429, {"Retry-After": "Mon, 02 Mar 2026 09:00:00 GMT"})], [1.0]),
        ([(429, {"Retry-After": "Mon, 99 Mar 2026 10:00:09 GMT"})], [1.0]),
        ([(429, {"Retry-After": "Mon, 02 Mar 99999999999999999999 10:00:09 GMT"})], [1.0]),
    ],
)
def test_it_asks_again_and_waits_longer_each_time(
    bank: StandIn, faults: list[Any], waits: list[float]
) -> None:
    bank.faults, noted = list(faults), []
    assert len(service(bank, noted).filings(BAKERY)) == 1
    assert noted == waits
    assert len(bank.asked) == len(faults) + 2


def test_chance_takes_off_at_most_half_of_a_wait(bank: StandIn) -> None:
    bank.faults, noted = [503, 503], []
    service(bank, noted, chance=lambda: 0.999999).filings(BAKERY)
    assert noted == pytest.approx([0.5, 1.0], abs=1e-3)


@pytest.mark.parametrize(
    ("faults", "says", "asked"),
    [
        ([503] * TRIES, "status 503, 4 times", TRIES),
        (["hang up"] * TRIES, "no answer", TRIES),
        ([(429, {"Retry-After": "600"})], "expected in 600 seconds", 1),
        ([(503, {"Retry-After": "Mon, 02 Mar 2026 11:00:00 GMT"})], "in 3600 seconds", 1),
        ([403], "the quota of the key is used up", 1),
        ([400], "status 400", 1),
        ([(302, {"Location": "http://127.0.0.1:9/"})], "status 302", 1),
        (["html"], "no JSON", 1),
        (["large"], "more than 5 MB", 1),
    ],
)
def test_it_gives_up_in_words(bank: StandIn, faults: list[Any], says: str, asked: int) -> None:
    bank.faults = list(faults)
    with pytest.raises(BakenError) as refused:
        service(bank).filings(BAKERY)
    assert says in str(refused.value)
    assert KEY not in str(refused.value)
    assert len(bank.asked) == asked


def test_a_wrong_key_is_told_without_it(bank: StandIn) -> None:
    with pytest.raises(BakenError, match="the key was refused") as refused:
        service(bank, key="wrong-key").filings(BAKERY)
    assert "wrong-key" not in str(refused.value)


def test_a_wrong_number_is_not_asked(bank: StandIn) -> None:
    with pytest.raises(BakenError):
        service(bank).filings("0403.170.702")
    assert bank.asked == []


@pytest.mark.parametrize("where", ["http://elsewhere.example/x", "{address}.elsewhere.example/x"])
def test_the_key_goes_to_the_service_only(bank: StandIn, where: str) -> None:
    (only,) = bank.firms[DIGITS][:1]
    bank.firms[DIGITS] = [only | {"AccountingDataURL": where.format(address=bank.address)}]
    assert len(service(bank).filings(BAKERY)) == 1
    assert bank.asked[1] == "/authentic/deposit/2025-00000001/accountingData"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'{"references": []}', "no list"),
        (b"[1]", "no ReferenceNumber"),
        (b'[{"ReferenceNumber": ""}]', "no ReferenceNumber"),
        (b"\xff", "no JSON"),
    ],
)
def test_an_answer_that_is_not_as_documented(body: bytes, says: str) -> None:
    odd = Service(KEY, lambda address, headers: Answer(200, {}, body), lambda seconds: None)
    with pytest.raises(BakenError, match=says):
        odd.filings(BAKERY)


def test_one_that_can_not_be_read_does_not_hide_an_older_one() -> None:
    rows = [
        {"ReferenceNumber": str(year), "ExerciseDates": {"endDate": f"{year}-12-31"}}
        for year in (2024, 2025)
    ]

    def fetch(address: str, headers: Any) -> Answer:
        if address.endswith("references"):
            return Answer(200, {}, json.dumps(rows).encode())
        good = json.dumps({"Rubrics": filing()["Rubrics"]}).encode()
        return Answer(200, {}, good if "2024" in address else b"<html>")

    (found,) = Service(KEY, fetch, lambda seconds: None).filings(BAKERY)
    assert found["ExerciseDates"]["endDate"] == "2024-12-31"


ODD: dict[str, dict[str, Any]] = {
    "a word for a figure": filing({"20/58": "abc", "10/49": "abc"}),
    "a figure of nineteen signs": filing({"20/58": "1" + "0" * 18}),
    "sums that do not add up": filing({"20/58": "100", "10/49": "200"}),
    "no last day": filing(ExerciseDates={"startDate": "2025-01-01"}),
    "a day that is none": filing(ExerciseDates={"endDate": "2025-02-30"}),
}


@pytest.mark.parametrize("odd", ODD)
def test_one_with_figures_that_nobody_can_use_does_not_hide_an_older_one(
    bank: StandIn, odd: str
) -> None:
    older = of_year(2024, "2025-00000001", "2025-07-01")
    bank.firms[DIGITS] = [ODD[odd] | {"ReferenceNumber": "2026-1"}, older]
    (found,) = service(bank).filings(BAKERY, most=2)
    assert accounts_of(found).years[0].end == date(2024, 12, 31)


def test_where_none_can_be_used_that_is_told_without_a_figure(bank: StandIn) -> None:
    bank.firms[DIGITS] = [ODD["a word for a figure"]]
    with pytest.raises(BakenError, match="a filing can't be read") as told:
        service(bank).filings(BAKERY)
    assert "Rubrics[0].Value" in str(told.value) and "abc" not in str(told.value)


def test_the_quota_counts_each_request_of_a_day(tmp_path: Path, bank: StandIn) -> None:
    quota = Quota(tmp_path / "quota.json", 3)
    monday, tuesday = date(2026, 3, 2), date(2026, 3, 3)
    service(bank, count=lambda: quota.use(monday)).filings(BAKERY)
    with pytest.raises(BakenError, match="the 3 requests of today are used up"):
        service(bank, count=lambda: quota.use(monday)).filings(BAKERY)
    assert len(bank.asked) == 3
    service(bank, count=lambda: quota.use(tuesday)).filings(BAKERY)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"day": "2026-03-02"}'])
def test_a_count_that_can_not_be_read_begins_anew(tmp_path: Path, text: str) -> None:
    path = tmp_path / "quota.json"
    path.write_text(text)
    Quota(path, 1).use(date(2026, 3, 2))
    with pytest.raises(BakenError):
        Quota(path, 1).use(date(2026, 3, 2))


def test_the_command_writes_a_file_that_match_takes(
    bank: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAKEN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("BAKEN_NBB_ADDRESS", bank.address)
    monkeypatch.setenv("BAKEN_NBB_KEY", KEY)
    saved = tmp_path / "accounts.json"
    done = CliRunner().invoke(app, ["registers", "nbb", BAKERY, "--save", str(saved)])
    assert done.exit_code == 0, done.output
    assert "2025-01-01 - 2025-12-31" in done.output and "heads: 4.6" in done.output
    assert read_accounts(saved).number == BAKERY
    none = CliRunner().invoke(app, ["registers", "nbb", "0200.065.765"])
    assert (none.exit_code, "since April 2022" in none.output) == (0, True)


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({}, "BAKEN_NBB_KEY: is not set"),
        ({"BAKEN_NBB_KEY": KEY, "BAKEN_NBB_DAILY": "veel"}, "BAKEN_NBB_DAILY: is no whole number"),
        ({"BAKEN_NBB_KEY": "clé-secrète"}, "BAKEN_NBB_KEY: holds a sign that no key has"),
        ({"BAKEN_NBB_KEY": "first\nsecond"}, "BAKEN_NBB_KEY: holds a sign that no key has"),
    ],
)
def test_what_the_operator_must_set(
    environment: dict[str, str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BAKEN_NBB_KEY", "BAKEN_NBB_DAILY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    done = CliRunner().invoke(app, ["registers", "nbb", BAKERY])
    assert done.exit_code == 2
    assert says in done.output
    assert "secr" not in done.output and "second" not in done.output


def test_a_line_end_behind_the_key_is_no_part_of_it(tmp_path: Path) -> None:
    environment = {"BAKEN_NBB_KEY": f"{KEY}\r\n"}
    service = service_of(environment, tmp_path, date.today, lambda *_: Answer(404), lambda _: None)
    assert service.key == KEY
