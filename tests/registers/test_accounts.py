"""Annual accounts as the National Bank gives them: a list of rubrics for this year and the last.

The files are our own, in the format of the Central Balance Sheet Office (JSON).
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from baken.cli.app import app
from baken.kernel.errors import BakenError
from baken.registers.accounts import accounts_of
from tests.registers.filings import BAKERY, filing


def test_an_abridged_model_gives_all_but_turnover():
    accounts = accounts_of(filing())
    (year,) = accounts.years
    assert (year.start, year.end) == (date(2025, 1, 1), date(2025, 12, 31))
    assert year.heads == Decimal("4.6")
    assert year.turnover is None
    assert year.balance_total == Decimal("412345.67")
    assert year.equity == Decimal("62345.67")
    assert year.rubrics["9901"] == 25_000
    assert (accounts.model, accounts.legal_form) == ("m01-f", "610")


def test_a_full_model_gives_turnover():
    assert accounts_of(filing(BAKERY | {"70": "900000"})).years[0].turnover == 900_000


def test_the_year_before_stands_in_the_same_file():
    before = {"20/58": "380000", "10/49": "380000", "10/15": "50000", "17/49": "330000"}
    newest, older = accounts_of(filing(last_year=before)).years
    assert older.end == date(2024, 12, 31)
    assert (older.balance_total, older.heads) == (380_000, None)
    assert newest.balance_total != older.balance_total


def test_a_first_year_has_none_before_it():
    assert len(accounts_of(filing(last_year={"1003": "0"})).years) == 1


def test_heads_come_from_the_notes_else_from_the_social_balance():
    notes = {k: v for k, v in BAKERY.items() if k != "1003"}
    social = {k: v for k, v in BAKERY.items() if k != "9087"}
    assert accounts_of(filing(notes)).years[0].heads == accounts_of(filing(social)).years[0].heads
    neither = {k: v for k, v in notes.items() if k != "9087"}
    assert accounts_of(filing(neither)).years[0].heads is None


def test_the_last_day_can_be_told_by_hand():
    raw = {"Rubrics": filing()["Rubrics"]}
    assert accounts_of(raw, date(2025, 6, 30)).years[0].end == date(2025, 6, 30)
    with pytest.raises(BakenError, match="does not tell the year's end"):
        accounts_of(raw)


def test_sums_may_be_off_by_a_euro_of_rounding_and_an_empty_value_says_nothing():
    codes = BAKERY | {"10/49": "412346", "70": ""}
    assert accounts_of(filing(codes)).years[0].turnover is None


def test_holdings_of_a_quarter_or_more_are_counted():
    def held(*shares):
        rows = [{"PercentageDirectlyHeld": s} for s in shares]
        return {"Entity": {"Name": "X"}, "ParticipatingInterestHeld": rows}

    interests = [held("0.6"), held("0.2", "0.05"), held("0.24"), held(None)]
    assert accounts_of(filing(ParticipatingInterests=interests)).participations == 2


def test_names_of_persons_are_nowhere_in_what_is_read():
    assert "An" not in json.dumps(accounts_of(filing()).as_json())


def rubric(**more):
    return filing()["Rubrics"] + [{"Code": "9", "Value": "1", "Period": "N"} | more]


@pytest.mark.parametrize(
    ("raw", "path", "problem"),
    [
        (filing(BAKERY | {"10/49": "400000"}), "Rubrics, N", "assets (20/58) are 412345.67"),
        (filing(BAKERY | {"17/49": "300000"}), "Rubrics, N", "10/15 + 16 + 17/49 is 372345.67"),
        (filing(last_year={"20/58": "1", "10/49": "9"}), "Rubrics, NM1", "assets (20/58) are 1"),
        (filing({"70": "3"}), "Rubrics, N", "no balance sheet total"),
        (filing(Rubrics=[]), "Rubrics", "there are no rubrics"),
        (filing(Rubrics={"20/58": 3}), "Rubrics", "there are no rubrics"),
        (filing(Rubrics=[{"Code": "70"}]), "Rubrics[0]", "this is no rubric"),
        (filing(Rubrics=[3] * 20_001), "Rubrics", "there are 20001 rubrics"),
        (filing(Rubrics=rubric(Period="N-2")), "Rubrics[14].Period", "'N-2' is no period"),
        (filing(Rubrics=rubric(Value="1.000,5")), "Rubrics[14].Value", "is no number"),
        (filing(Rubrics=rubric(Value="NaN")), "Rubrics[14].Value", "is no number"),
        (filing(Rubrics=rubric(Value=True)), "Rubrics[14].Value", "is no number"),
        (filing(Rubrics=rubric(Code="1003")), "Rubrics[14]", "1003 stands twice in N: 4.6 and 1"),
        (filing(ExerciseDates={"endDate": "31/12/2025"}), "ExerciseDates.endDate", "is no day"),
        (
            filing(ExerciseDates={"startDate": "2026-01-01", "endDate": "2025-12-31"}),
            "ExerciseDates",
            "begins on 2026-01-01",
        ),
        (filing(BAKERY | {"9087": "-3"}), "Rubrics, N", "9087 is -3, and can't be under nought"),
        (filing(BAKERY | {"1003": "-3"}), "Rubrics, N", "1003 is -3, and can't be under nought"),
        (filing(BAKERY | {"5802": "-1.5"}), "Rubrics, N", "5802 is -1.5, and can't"),
        (filing({"20/58": "-5", "10/49": "-5"}), "Rubrics, N", "20/58 is -5, and can't"),
        (filing(last_year={"10/49": "-5"}), "Rubrics, NM1", "10/49 is -5, and can't"),
        (filing(ExerciseDates={"endDate": "1890-12-31"}), "ExerciseDates", "1890-12-31 is no day"),
        (filing(ExerciseDates={"endDate": "2199-12-31"}), "ExerciseDates", "2199-12-31 is no day"),
        (
            filing(ExerciseDates={"startDate": "0225-01-01", "endDate": "2025-12-31"}),
            "ExerciseDates",
            "0225-01-01 is no day",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(raw, path, problem):
    with pytest.raises(BakenError) as error:
        accounts_of(raw)
    assert error.value.path == path
    assert problem in error.value.problem
    assert error.value.expected


def test_figures_that_may_be_under_nought_are_taken_with_a_remark(tmp_path):
    """Equity after losses; turnover where credit notes exceed sales."""
    codes = {"20/58": "5", "10/49": "5", "10/15": "-8", "17/49": "13", "70": "-1"}
    (year,) = accounts_of(filing(codes)).years
    assert (year.equity, year.turnover) == (-8, -1)
    path = tmp_path / "accounts.json"
    path.write_text(json.dumps(filing(codes)), encoding="utf-8")
    result = CliRunner().invoke(app, ["registers", "accounts", str(path)])
    assert result.exit_code == 0
    assert "! the year to 2025-12-31: turnover (70) is -1, under nought" in result.stdout
    assert not accounts_of(filing()).remarks


def test_the_command_shows_the_figures(tmp_path):
    path = tmp_path / "accounts.json"
    path.write_text(json.dumps(filing()), encoding="utf-8")
    run = CliRunner().invoke
    shown = run(app, ["registers", "accounts", str(path)]).output
    assert "balance_total: 412,345.67" in shown
    assert "turnover: not in these accounts" in shown
    found = json.loads(run(app, ["registers", "accounts", str(path), "--json"]).output)
    assert found["years"][0]["heads"] == 4.6
    assert run(app, ["registers", "accounts", "no-such-file.json"]).exit_code == 2
    assert run(app, ["registers", "accounts", str(path), "--end", "gisteren"]).exit_code == 2
