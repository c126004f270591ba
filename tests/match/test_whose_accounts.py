"""Accounts say something of the firm whose number they tell, and of no other."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from baken.cli.app import app
from baken.kernel.errors import BakenError
from tests.match.asked import ask
from tests.registers.filings import BAKERY, filing, table

MINE, THEIRS = "0403.170.701", "0205.530.033"
BEFORE = {"startDate": "2024-01-01", "endDate": "2024-12-31"}


def of(number, **more):
    return filing(BAKERY, EnterpriseNumber=number, **more)


@pytest.mark.parametrize(
    ("accounts", "kbo"),
    [
        (of(MINE), MINE),
        (of("0403170701"), "BE 0403.170.701"),
        (of(MINE), None),
        (filing(BAKERY), MINE),
        ([of(MINE), of(MINE, ExerciseDates=BEFORE)], MINE),
        ([of(MINE, EnterpriseName="Korst"), of(MINE, EnterpriseName="Kruim",
                                               ExerciseDates=BEFORE)], MINE),
    ],
    ids=["same", "written otherwise", "no number", "accounts without", "two years", "renamed"],
)  # fmt: skip
def test_the_firms_own_accounts_are_read(accounts, kbo):
    answer = ask(facts={"accounts": accounts} | ({"kbo": kbo} if kbo else {}))
    assert any(fact.fact == "size" for fact in answer.computed)


@pytest.mark.parametrize(
    ("accounts", "kbo", "names"),
    [
        (of(THEIRS), MINE, ("facts.accounts", THEIRS, MINE)),
        (of("0403.170.702"), MINE, ("facts.accounts", "0403.170.702", MINE)),
        ([of(MINE), of(THEIRS, ExerciseDates=BEFORE)], None, ("facts.accounts[1]", THEIRS, MINE)),
        (
            [filing(BAKERY), of(MINE, ExerciseDates=BEFORE),
             of(THEIRS, ExerciseDates={"endDate": "2023-12-31"})],
            None, ("facts.accounts[2]", THEIRS, MINE),
        ),
    ],
    ids=["another firm", "no number that can be", "two firms", "the second and the third"],
)  # fmt: skip
def test_accounts_of_another_firm_are_refused(accounts, kbo, names):
    with pytest.raises(BakenError) as e:
        ask(facts={"accounts": accounts} | ({"kbo": kbo} if kbo else {}))
    assert all(name in str(e.value) for name in names)


def test_the_command_names_both_numbers_and_ends_with_two(tmp_path):
    file = tmp_path / "o.csv"
    file.write_bytes(table())
    told = ["match", "--need", "geld voor een machine", "--accounts", str(file), "--json"]
    assert CliRunner().invoke(app, [*told, "--kbo", MINE]).exit_code == 0
    refused = CliRunner().invoke(app, [*told, "--kbo", THEIRS])
    assert refused.exit_code == 2
    assert all(part in refused.output for part in ("facts.accounts", MINE, THEIRS))


def test_the_figures_of_a_file_tell_whose_they_are(tmp_path):
    file = tmp_path / "o.csv"
    file.write_bytes(table())
    shown = CliRunner().invoke(app, ["registers", "accounts", str(file), "--json"])
    assert json.loads(shown.output)["number"] == MINE
