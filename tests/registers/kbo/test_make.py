"""The invented extract has the shape and the dirt that were measured on the real one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.registers import kbo
from baken.registers.kbo_extract import firm, look, make
from baken.registers.kbo_extract.layout import COLUMNS, packed, printed
from baken.registers.kbo_extract.names import shown
from baken.registers.kbo_extract.take import take

from .hand import enterprise, named, number, write


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, str]]]:
    folder = tmp_path_factory.mktemp("made")
    make.full(folder, 3000, 2)
    out = {}
    for table in COLUMNS:
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            out[table] = list(csv.DictReader(file))
    return out


def share(part: int, whole: int) -> float:
    return part / whole


def test_the_shares_of_what_is_lacking_are_those_of_the_real_extract(rows) -> None:
    firms = {r["EnterpriseNumber"] for r in rows["enterprise"]}
    seated = {r["EntityNumber"] for r in rows["address"] if r["TypeOfAddress"] == "REGO"}
    main = {r["EntityNumber"] for r in rows["activity"] if r["Classification"] == "MAIN"}
    called = {r["EntityNumber"] for r in rows["denomination"]}
    assert 0.37 < share(len(firms - seated), len(firms)) < 0.43
    assert 0.32 < share(len(firms - main), len(firms)) < 0.38
    assert firms <= called
    assert 0.75 < share(len(rows["establishment"]), len(firms)) < 1.15


@pytest.mark.parametrize(
    ("table", "column", "dirt"),
    [
        ("enterprise", "Status", {"AC", "ST"}),
        ("enterprise", "JuridicalSituation", {"000", "012", "050", "777"}),
        ("enterprise", "JuridicalForm", {"", "610", "014", "999"}),
        ("enterprise", "StartDate", {"31-02-2019", ""}),
        ("denomination", "Language", {"0", "1", "2", "3", "4"}),
        ("denomination", "TypeOfDenomination", {"001", "002", "003"}),
        ("activity", "NaceVersion", {"2003", "2008", "2025"}),
        ("activity", "Classification", {"MAIN", "SECO", "ANCI"}),
        ("address", "Zipcode", {"0000", "4811 AB"}),
        ("address", "CountryFR", {"", "Pays-Bas"}),
    ],
)
def test_the_dirt_is_there(rows, table: str, column: str, dirt: set[str]) -> None:
    assert dirt <= {r[column] for r in rows[table]}


def test_rows_stand_twice_and_some_firms_have_hundreds(rows) -> None:
    lines = [tuple(r.values()) for r in rows["activity"]]
    assert len(set(lines)) < len(lines)
    per_firm: dict[str, int] = {}
    for r in rows["activity"]:
        per_firm[r["EntityNumber"]] = per_firm.get(r["EntityNumber"], 0) + 1
    assert 400 < max(per_firm.values()) <= 957
    assert any('"' in r["Denomination"] for r in rows["denomination"])
    assert any(r["DateStrikingOff"] for r in rows["address"])


def test_numbers_have_right_check_digits_and_stand_once(rows) -> None:
    numbers = [r["EnterpriseNumber"] for r in rows["enterprise"]]
    units = [r["EstablishmentNumber"] for r in rows["establishment"]]
    assert len(set(numbers)) == len(numbers) and len(set(units)) == len(units)
    for n in numbers[:300]:
        assert kbo.enterprise(n) == n == printed(packed(n))
    for n in units[:300]:
        assert kbo.establishment(n) == n == printed(packed(n))


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        make.full(tmp_path / name, 30, seed)
        make.update(tmp_path / f"{name}u", 30, seed)
    files = [p.name for p in (tmp_path / "a").iterdir()]
    assert len(files) == len(COLUMNS)
    for name in ("enterprise", "denomination", "activity"):
        a, b, c = ((tmp_path / x / f"{name}.csv").read_bytes() for x in "abc")
        assert a == b != c
    au, bu = ((tmp_path / x / "address_insert.csv").read_bytes() for x in ("au", "bu"))
    assert au == bu


def test_every_invented_firm_can_be_read(extract: Path, folder: Path) -> None:
    """Whatever the dirt, a look-up answers, in each language, and every fact is one of ours."""
    from baken.facts.vocabulary import load_vocabulary

    known = load_vocabulary()
    with (folder / "enterprise.csv").open(encoding="utf-8", newline="") as file:
        numbers = [r["EnterpriseNumber"] for r in csv.DictReader(file)]
    for at, n in enumerate(numbers):
        found = firm.known(extract, n, ("nl", "en", "fr")[at % 3])
        assert found.facts.keys() <= known.keys()
        assert "{" not in " ".join(found.notes)
        assert found.name


text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)


@settings(max_examples=5, deadline=None)
@given(st.lists(text, min_size=1, max_size=60))
def test_any_text_stays_what_it_is(tmp_path_factory: pytest.TempPathFactory, texts) -> None:
    folder = tmp_path_factory.mktemp("any")
    tables = {
        "enterprise": [enterprise(n) for n in range(len(texts))],
        "denomination": [named(number(n), t) for n, t in enumerate(texts)],
    }
    done = take(write(folder / "x", tables), folder / "kbo.sqlite")
    assert not any(a.count for a in done.aside.values())
    for n, t in enumerate(texts):
        names = look.record(folder / "kbo.sqlite", number(n)).names
        assert [name.text for name in names if name.text] == ([shown(t)] if shown(t) else [])
