"""What is no extract, or a faulty one: the file, line and field are named, and nothing changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from baken.cli.app import app
from baken.kernel.errors import BakenError
from baken.registers.kbo_extract import look
from baken.registers.kbo_extract.faults import FAULTS
from baken.registers.kbo_extract.take import take

from .hand import enterprise, named, number, write, write_update

RUN = CliRunner()
STOPS = {
    "column": ("enterprise.csv, line 1", "no column StartDate"),
    "all-check-digits": ("enterprise.csv, line 2", "too many are faulty; expected ten digits"),
    "number": ("meta.csv, line 5", "ExtractNumber is 'many'; expected a number from 1"),
    "encoding": ("denomination.csv, line 2", "too many are faulty"),
    "table": ("address.csv", "is not there"),
    "cut-zip": ("extract.zip", "no whole zip"),
    "damaged-zip": ("enterprise.csv", "damaged"),
    "bomb": ("activity.csv", "unpacks to over"),
}
GOES_ON = {
    "check-digit": ("enterprise", "line 3: "),
    "torn-line": ("establishment", "line 4, column 1: "),
}


def test_every_fault_that_can_be_planted_is_tried() -> None:
    assert set(FAULTS) == {*STOPS, *GOES_ON}


@pytest.fixture
def faulty(folder: Path, tmp_path: Path):
    def make(fault: str) -> Path:
        copy = tmp_path / "faulty"
        shutil.copytree(folder, copy)
        FAULTS[fault](copy)
        zipped = copy / "extract.zip"
        return zipped if zipped.exists() else copy

    return make


@pytest.mark.parametrize("fault", STOPS)
def test_a_fault_stops_the_import_and_leaves_what_was_there(fault, faulty, tmp_path: Path) -> None:
    into = tmp_path / "kbo.sqlite"
    take(write(tmp_path / "old", {"enterprise": [enterprise(1)]}), into)
    before = into.read_bytes()
    with pytest.raises(BakenError) as error:
        take(faulty(fault), into)
    where, says = STOPS[fault]
    assert where in error.value.path
    assert says in str(error.value)
    assert into.read_bytes() == before


@pytest.mark.parametrize("fault", GOES_ON)
def test_a_faulty_line_is_set_aside_and_named(fault, faulty, tmp_path: Path) -> None:
    table, says = GOES_ON[fault]
    aside = take(faulty(fault), tmp_path / "kbo.sqlite").aside
    assert {name for name, a in aside.items() if a.count} == {table}
    assert aside[table].count == 1
    assert aside[table].first[0].startswith(says)
    assert look.told(tmp_path / "kbo.sqlite")["aside"] != "{}"


def test_lines_set_aside_name_no_person(folder: Path, tmp_path: Path) -> None:
    """What is logged holds numbers and lines, never a denomination."""
    names = [named(number(1), "Xanthippe Verzwegen"), ("0200.000.001", "2", "001", "Zeno Geheim")]
    names.append(("Geheim, Zeno", "2", "001", "x"))
    said: list[str] = []
    source = write(tmp_path / "x", {"enterprise": [enterprise(1)], "denomination": names})
    with (source / "denomination.csv").open("a", encoding="utf-8") as file:
        file.write('"torn "Xanthippe Verzwegen\n')
    done = take(source, tmp_path / "kbo.sqlite", progress=said.append)
    assert done.aside["denomination"].count == 3
    told = " ".join([*said, str(done.as_json()), look.told(tmp_path / "kbo.sqlite")["aside"]])
    assert "Verzwegen" not in told
    assert "Geheim" not in told


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("none.zip", None, "can't be read"),
        ("text.zip", b"no zip at all", "no whole zip"),
        ("empty.zip", b"", "no whole zip"),
    ],
)
def test_what_is_no_extract_is_refused(tmp_path: Path, name: str, content, says: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BakenError, match=says):
        take(path, tmp_path / "kbo.sqlite")
    assert not (tmp_path / "kbo.sqlite").exists()


def test_a_file_of_something_else_is_not_overwritten(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "diary.txt"
    other.write_text("dear diary " * 200, encoding="utf-8")
    with pytest.raises(BakenError, match="no extract of Baken"):
        take(folder, other)
    assert other.read_text(encoding="utf-8").startswith("dear diary")


def test_a_meta_file_that_says_it_in_another_way(tmp_path: Path) -> None:
    source = write(tmp_path / "x", {})
    meta = source / "meta.csv"
    text = meta.read_text(encoding="utf-8")
    for old, new, at, says in (
        ('"full"', '"half"', "meta.csv, line 4", "ExtractType is 'half'; expected full or update"),
        ("02-11-2026", "2026/11/02", "meta.csv, line 2", "SnapshotDate is '2026/11/02'; expected"),
        ('"02-11-2026"', '"31-02-2026"', "meta.csv, line 2", "expected a day of the calendar"),
        ('"02-11-2026"', '"02-11-1926"', "meta.csv, line 2", "from 2003 on"),
        ('"02-11-2026"', '"02-11-2096"', "meta.csv, line 2", "expected no day to come"),
        ('"140"', '"-5"', "meta.csv, line 5", "ExtractNumber is '-5'; expected a number from 1"),
        ('"140"', '"99999999"', "meta.csv, line 5", "ExtractNumber is '99999999'"),
        ("ExtractNumber", "Other", "meta.csv", "has no line ExtractNumber"),
        ("Variable", "Name", "meta.csv, line 1", "has no column Variable"),
    ):
        meta.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(BakenError) as error:
            take(source, tmp_path / "kbo.sqlite")
        assert error.value.path.endswith(at)
        assert says in str(error.value)


@pytest.mark.parametrize("name", ["meta", "code", "enterprise", "activity"])
def test_a_file_with_line_ends_that_csv_does_not_know_is_named(tmp_path: Path, name: str) -> None:
    tables = {
        "enterprise": [enterprise(1)],
        "activity": [(number(1), "001", "2025", "10711", "MAIN")],
    }
    path = write(tmp_path / "x", tables) / f"{name}.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r"))
    with pytest.raises(BakenError, match="can't be read: new-line character") as error:
        take(path.parent, tmp_path / "kbo.sqlite")
    assert error.value.path == f"{path}, line 1"
    assert error.value.expected.endswith("LF or CR LF at the end of each line")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('"JuridicalForm","999","NL","' + "x" * 200_000 + "\n", "field larger than field limit"),
        ('"JuridicalForm","999","NL","never closed\n', "unexpected end of data"),
        ('"JuridicalForm","999","NL","quoted "twice""\n', "',' expected after '\"'"),
        ('"JuridicalForm","999"\n', "2 columns of 4"),
        ('"JuridicalForm","999","NL","one","more"\n', "5 columns of 4"),
    ],
)
def test_a_torn_line_of_code_csv_costs_that_line_only(tmp_path: Path, line: str, says: str) -> None:
    source, into = write(tmp_path / "x", {"enterprise": [enterprise(1)]}), tmp_path / "kbo.sqlite"
    path = source / "code.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([head, line, *rows]), encoding="utf-8")
    said: list[str] = []
    aside = take(source, into, progress=said.append).aside["code"]
    assert aside.count == 1
    assert aside.first[0].startswith(f"line 2: {says}")
    assert any(s.startswith("code: 1 lines set aside (line 2: ") for s in said)
    assert '"code"' in look.told(into)["aside"]
    assert "Besloten vennootschap" in look.record(into, number(1)).labels["JuridicalForm"]["nl"]


@pytest.mark.parametrize(
    ("change", "where", "says"),
    [
        (lambda t: t.replace('"JuridicalForm",', '"JuridicalForm"'), "line 10", "too many"),
        (lambda t: t[:-3], "code.csv", "is cut: it ends within a line"),
    ],
)
def test_code_csv_that_is_faulty_throughout_or_cut_stops_before_the_tables_are_read(
    tmp_path: Path, change, where: str, says: str
) -> None:
    source = write(tmp_path / "x", {"enterprise": [enterprise(1)]})
    path, said = source / "code.csv", []
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(BakenError, match=says) as error:
        take(source, tmp_path / "kbo.sqlite", progress=said.append)
    assert where in error.value.path
    assert said == []


def test_that_code_csv_is_not_there_is_told(tmp_path: Path) -> None:
    source, into = write(tmp_path / "x", {"enterprise": [enterprise(1)]}), tmp_path / "kbo.sqlite"
    (source / "code.csv").unlink()
    done = RUN.invoke(app, ["registers", "kbo", "import", str(source), "--into", str(into)])
    assert done.exit_code == 0
    assert "code.csv: is not there, so the words of situations and forms" in done.stdout
    assert "is not there" in look.told(into)["aside"]


def test_a_last_line_without_its_end_counts(tmp_path: Path) -> None:
    source, into = write(tmp_path / "x", {"enterprise": [enterprise(1)]}), tmp_path / "kbo.sqlite"
    for name, last in (("meta", '"Version","R099"'), ("code", '"JuridicalForm","610","NL","X"')):
        with (source / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.write(last)
    take(source, into)
    assert look.told(into)["version"] == "R099"
    assert look.record(into, number(1)).labels["JuridicalForm"]["nl"] == "X"


def test_an_update_without_one_of_its_files_is_told_so(tmp_path: Path) -> None:
    source = write_update(tmp_path / "x", {}, {})
    (source / "activity_delete.csv").unlink()
    with pytest.raises(BakenError, match="the whole update: of each table"):
        take(source, tmp_path / "kbo.sqlite")


def test_an_enterprise_that_stands_twice_is_told(tmp_path: Path) -> None:
    tables = {"enterprise": [enterprise(1), enterprise(1, status="ST"), enterprise(2)]}
    done = take(write(tmp_path / "x", tables), tmp_path / "kbo.sqlite")
    assert (done.enterprises, done.aside["enterprise"].count) == (2, 1)
    assert done.aside["enterprise"].first == [f"{number(1)} stands there twice: one row is kept"]


@pytest.mark.parametrize("content", [None, b"", b"x" * 5000])
def test_looking_in_what_is_no_extract_is_an_error(tmp_path: Path, content) -> None:
    path = tmp_path / "kbo.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BakenError, match="baken registers kbo import"):
        look.record(path, number(1))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'"0200.000.043","2","001","' + b"x" * 3_000_000 + b'"\n', "line size over maximum"),
        (b'"0200.000.043","2","001","caf\xe9"\n', "invalid encoding"),
        (b'"0200.000.043","2","001"\n', "missing columns"),
        (b'"0200.000.043","2","001","x","y"\n', "too many columns"),
        (b'"0200.000.043","2","001","x"y"\n', "unquoted value"),
        (b'"0200.000.043","2","001","x\n', "unquoted value"),
    ],
)
def test_a_line_of_another_shape_costs_that_line_only(folder, tmp_path, line, says) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    path = copy / "denomination.csv"
    rows = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*rows, line]))
    aside = take(copy, tmp_path / "kbo.sqlite").aside["denomination"]
    assert aside.count == 1
    assert aside.first[0].startswith(f"line {len(rows) + 1}, column ")
    assert aside.first[0].endswith(says)
    assert int(look.told(tmp_path / "kbo.sqlite")["count enterprise"]) > 300
