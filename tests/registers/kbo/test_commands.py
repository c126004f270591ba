"""The commands on an extract, and what `baken match --kbo` takes from it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from baken.cli.app import app
from baken.registers.kbo_extract.take import take

from .hand import address, enterprise, named, number, write

RUN = CliRunner()
NEED = "mijn oven verbruikt te veel"


def run(*args: object):
    return RUN.invoke(app, [str(a) for a in args])


def kbo(*args: object):
    return run("registers", "kbo", *args)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An extract of a baker in Hasselt and of a person who stopped."""
    tables = {
        "enterprise": [
            enterprise(1, start="01-03-2012"), enterprise(2, kind="1", form="", status="ST"),
        ],
        "denomination": [named(number(1), "Bakkerij De Aar"), named(number(2), "Zeno Geheim")],
        "address": [address(number(1), "3500", "Hasselt")],
        "activity": [(number(1), "001", "2025", "10711", "MAIN")],
    }  # fmt: skip
    folder = tmp_path_factory.mktemp("two")
    take(write(folder / "full", tables), folder / "kbo.sqlite")
    return folder / "kbo.sqlite"


@pytest.fixture
def home(two: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, where BAKEN_KBO names it."""
    monkeypatch.setenv("BAKEN_KBO", str(two))
    return two


@pytest.mark.parametrize(
    "args",
    [("0200065765",), ("--json", "0200065765"), ("check", "BE 0200.065.765"), ("200065765",)],
)
def test_a_number_is_checked_with_or_without_the_word_for_it(args) -> None:
    result = kbo(*args)
    assert result.exit_code == 0
    assert "0200.065.765" in result.output


def test_make_import_status_find_show(tmp_path: Path) -> None:
    folder, file = tmp_path / "made", tmp_path / "kbo.sqlite"
    assert kbo("make", folder, "--enterprises", 60, "--seed", 3, "--zip").exit_code == 0
    done = kbo("import", folder / "extract.zip", "--into", file, "--json")
    assert json.loads(done.stdout)["enterprises"] == 60
    assert "activity: reading" in done.stderr
    assert kbo("make", tmp_path / "up", "--enterprises", 60, "--seed", 3, "--update").exit_code == 0
    assert "update 141" in kbo("import", tmp_path / "up", "--into", file).stdout
    assert "already" in kbo("import", tmp_path / "up", "--into", file).stdout
    says = json.loads(kbo("status", "--from", file, "--json").stdout)
    assert (says["number"], says["kind"], says["full"]) == (141, "update", "2026-11-02")
    with (folder / "denomination.csv").open(encoding="utf-8", newline="") as lines:
        rows = [r for r in csv.DictReader(lines) if r["EntityNumber"].startswith("0")]
    name, of = rows[-1]["Denomination"], rows[-1]["EntityNumber"]
    assert of in kbo("find", name, "--from", file).stdout
    shown = json.loads(kbo("show", of, "--from", file, "--json").stdout)
    assert shown["facts"]["kbo"] == of
    assert "facts: {" in kbo("show", of, "--from", file).stdout


@pytest.mark.parametrize("fault", ["column", "encoding", "cut-zip"])
def test_a_fault_is_written_as_a_zip_too(tmp_path: Path, fault: str) -> None:
    made = kbo("make", tmp_path, "--enterprises", 60, "--zip", "--fault", fault)
    assert "extract.zip" in made.stdout
    assert kbo("import", tmp_path / "extract.zip", "--into", tmp_path / "k.sqlite").exit_code == 2


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("import", "nowhere.zip"), "nowhere.zip: can't be read"),
        (("show", "0200.065.766"), "number: 0200.065.766 is no company number"),
        (
            ("show", "2.000.000.043"),
            "number: 2.000.000.043 is no establishment number: its check digits are wrong; "
            "expected an establishment number of ten digits",
        ),
        (("show", "2.000.000.042"), "number: 2.000.000.042 does not stand in the KBO's extract"),
        (("show", "2.000.000.04"), "number: 2.000.000.04 is no company number"),
        (("show", "0200.065.765"), "does not stand in the KBO's extract of 2026-11-02"),
        (("show", number(1), "--lang", "xx"), "--lang: 'xx' is no language here"),
        (("show", number(1), "--from", "nowhere.sqlite"), "there is no extract of the KBO here"),
        (("status", "--from", "nowhere.sqlite"), "there is no extract of the KBO here"),
        (("find", "?!"), "name: holds no letter or digit"),
        (("find", "aar", "--place", "Qwertystad"), "place: no municipality 'Qwertystad' found"),
        (("make", "x", "--fault", "none"), "--fault: no fault 'none'"),
        (("make", "x", "--fault", "bomb", "--update"), "--fault: is planted in a full extract"),
    ],
)
def test_bad_input_says_what_and_ends_with_two(home: Path, args, says: str) -> None:
    result = kbo(*args)
    assert result.exit_code == 2
    assert f"baken: {says}" in result.stderr or says in result.stderr
    said = json.loads(kbo(*args, "--json").stdout)["error"]
    assert said["problem"] and said["path"]


def test_a_match_takes_what_the_register_knows_and_tells_from_where(home: Path) -> None:
    result = run("match", "--need", NEED, "--kbo", number(1), "--lang", "en", "--json")
    answer = json.loads(result.stdout)
    used = next(n for n in answer["notices"] if n.startswith("KBO, extract of 2026-11-02"))
    for part in ("Bakkerij De Aar", "Municipality: Hasselt", "Legal form: ", "2012-03-01"):
        assert part in used
    asked = answer["next_question"]["fact"]
    assert asked not in ("municipality", "province", "region", "sector", "legal_form")


def test_what_is_given_by_hand_goes_before_the_register(home: Path) -> None:
    args = ("match", "--need", NEED, "--kbo", number(1), "--lang", "en", "--json")
    result = run(*args, "--fact", "province=Oost-Vlaanderen", "--fact", "sector=kapper")
    used = next(n for n in json.loads(result.stdout)["notices"] if n.startswith("KBO, extract"))
    assert "Hasselt" not in used and "10711" not in used
    assert "Legal form" in used


def test_a_stopped_person_is_told_of_without_a_name(home: Path) -> None:
    result = run("match", "--need", NEED, "--kbo", number(2), "--lang", "en", "--json")
    told = " ".join(json.loads(result.stdout)["notices"])
    assert "has stopped" in told and "natural person" in told
    assert "Geheim" not in result.stdout


def test_a_number_that_is_not_there_is_told_and_the_match_goes_on(home: Path) -> None:
    result = run("match", "--need", NEED, "--kbo", "0200065765", "--lang", "en", "--json")
    answer = json.loads(result.stdout)
    assert (
        "0200065765 is not in the KBO extract of 2026-11-02. We go on without." in answer["notices"]
    )
    assert answer["offers"]


def test_without_an_extract_a_match_goes_on_as_before(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BAKEN_KBO", raising=False)
    result = run("match", "--need", NEED, "--kbo", "0200065765", "--json")
    assert result.exit_code == 0
    assert "KBO" not in " ".join(json.loads(result.stdout)["notices"])
    monkeypatch.setenv("BAKEN_KBO", str(tmp_path / "nowhere.sqlite"))
    assert run("match", "--need", NEED, "--kbo", "0200065765").exit_code == 2


def test_a_founding_day_after_the_day_of_judging_is_left_out(home: Path) -> None:
    args = ("match", "--need", NEED, "--kbo", number(1), "--as-of", "2011-01-01", "--json")
    result = run(*args)
    assert result.exit_code == 0
    assert "2012-03-01" not in result.stdout
