"""A cut or empty table never takes the place of a good extract, and unknown is not stopped."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from baken.cli.app import app
from baken.kernel.errors import BakenError
from baken.registers.kbo_extract import look, make
from baken.registers.kbo_extract.firm import known
from baken.registers.kbo_extract.search import by_number, find
from baken.registers.kbo_extract.take import take

from .conftest import SIZE
from .hand import enterprise, named, number, unit, write


def half(rows: list[bytes]) -> bytes:
    return b"".join(rows[: len(rows) // 2])


def torn(rows: list[bytes]) -> bytes:
    return b"".join(rows)[:-9]


def no_rows(rows: list[bytes]) -> bytes:
    return rows[0]


@pytest.fixture
def cut(folder: Path, tmp_path: Path):
    def make_(tables: str, change) -> Path:
        copy = tmp_path / "cut"
        shutil.copytree(folder, copy)
        for table in tables.split():
            path = copy / f"{table}.csv"
            path.write_bytes(change(path.read_bytes().splitlines(keepends=True)))
        make._meta(copy, "full", 145, make.SNAPSHOT)
        return copy

    return make_


@pytest.mark.parametrize(
    ("tables", "change", "file", "says"),
    [
        ("enterprise", no_rows, "enterprise", "holds no enterprise"),
        ("enterprise", torn, "enterprise", "is cut: it ends within a line"),
        ("activity", torn, "activity", "is cut: it ends within a line"),
        ("enterprise activity", half, "establishment", "rows are about numbers that"),
        ("establishment", half, "denomination", "rows are about numbers that"),
        ("activity", half, "activity", "and the extract that is there"),
        ("denomination", no_rows, "denomination", "holds 0 entities"),
        ("enterprise establishment denomination address activity", half, "", " rows are about"),
    ],
)
def test_an_extract_that_is_not_whole_leaves_what_was_there(
    cut, extract: Path, tmp_path: Path, tables: str, change, file: str, says: str
) -> None:
    into = tmp_path / "kbo.sqlite"
    shutil.copyfile(extract, into)
    source = cut(tables, change)
    with pytest.raises(BakenError, match=says) as error:
        take(source, into)
    assert f"{file}.csv" in error.value.path or not file
    assert "download and unpack it again" in error.value.expected
    assert into.read_bytes() == extract.read_bytes()
    result = CliRunner().invoke(
        app, ["registers", "kbo", "import", str(source), "--into", str(into)]
    )
    assert result.exit_code == 2


def test_one_that_is_smaller_for_a_reason_goes_on_where_it_was_refused(
    cut, extract: Path, tmp_path: Path
) -> None:
    into = tmp_path / "kbo.sqlite"
    shutil.copyfile(extract, into)
    source = cut("activity", half)
    with pytest.raises(BakenError, match="--incomplete"):
        take(source, into)
    said: list[str] = []
    done = take(source, into, incomplete=True, progress=said.append)
    assert (done.number, done.enterprises) == (145, SIZE)
    assert "activity: read before" in said
    assert not any("kept" in text for text in said), "what was built is not built again"


def test_an_empty_or_torn_table_is_never_taken(cut, tmp_path: Path) -> None:
    for change in (no_rows, torn):
        with pytest.raises(BakenError):
            take(cut("enterprise", change), tmp_path / "kbo.sqlite", incomplete=True)
        shutil.rmtree(tmp_path / "cut")


def test_a_last_line_without_an_end_may_be_whole(folder: Path, extract: Path, tmp_path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    for path in copy.glob("*.csv"):
        path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert take(copy, tmp_path / "kbo.sqlite").enterprises == SIZE


@pytest.mark.parametrize("status", ["ZZ", "A\0C", ""])
def test_a_status_that_nobody_knows_is_not_stopped(tmp_path: Path, status: str) -> None:
    tables = {
        "enterprise": [enterprise(1, status=status), enterprise(2, status="ST"), enterprise(3)],
        "denomination": [named(number(n), "Bakkerij De Aar") for n in (1, 2, 3)],
    }
    path = tmp_path / "kbo.sqlite"
    take(write(tmp_path / "x", tables), path)
    found = known(path, number(1), "en")
    assert found.active is None
    assert "active_in_kbo" not in found.facts
    assert any("so we do not know whether" in n for n in found.notes)
    assert not any("has stopped" in n for n in found.notes)
    hits = {h.number: h.active for h in find(path, "bakkerij de aar").hits}
    assert hits == {number(1): None, number(2): False, number(3): True}
    assert list(hits)[-1] == number(2), "only who surely stopped comes later"
    assert by_number(path, number(1)).hits[0].active is None
    shown = CliRunner().invoke(app, ["registers", "kbo", "find", "aar", "--from", str(path)])
    told = {line[:12]: line for line in shown.stdout.splitlines()}
    assert told[number(1)].endswith("[status unknown]")
    assert told[number(2)].endswith("[stopped]")


def test_an_establishment_of_an_enterprise_that_is_not_there_is_not_stopped(tmp_path) -> None:
    tables = {
        "enterprise": [enterprise(1)],
        "establishment": [(unit(2), "01-01-2020", number(2))],
        "denomination": [named(unit(2), "Frituur Het Hoekje")],
    }
    path = tmp_path / "kbo.sqlite"
    take(write(tmp_path / "x", tables), path)
    assert [h.active for h in find(path, "frituur hoekje").hits] == [None]
    with pytest.raises(look.NotThere):
        known(path, unit(2))
