"""Files of all kinds together: each is known by what is in it, and one bad file stops nothing."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from baken.kernel.errors import BakenError
from baken.signals.aside import in_language
from baken.signals.intake import take
from baken.signals.read import paths
from baken.signals.read.paths import read_paths
from baken.signals.read.recognise import recognise
from baken.signals.read.source import Source
from baken.signals.read.tables import read_table
from baken.signals.series import Reading
from tests.signals.read.statements import year
from tests.signals.read.test_accounts import filing
from tests.signals.read.ubl import put, ubl
from tests.signals.read.workbooks import workbook

TODAY = date(2026, 11, 26)


ONE = ubl()


def zipped(**files: str | bytes) -> bytes:
    """A zip; ``a_xml`` becomes ``a.xml``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in files.items():
            z.writestr(name if "." in name else name.replace("_", "."), text)
    return out.getvalue()


KNOWN: dict[str, tuple[bytes, str]] = {
    "the long form": (b"period,value\n1,2\n", "long"),
    "the long form with a BOM": (b"\xef\xbb\xbffirm;period;value\r\nA;1;2\n", "long"),
    "a table": (b"maand;omzet\n2025-01;5\n", "table"),
    "a table in UTF-16": ("maand\tomzet\n2025-01\t5\n".encode("utf-16"), "table"),
    "a spreadsheet": (workbook({"A": [["a", "b"], [1, 2]]}), "book"),
    "bank statements": (year().encode(), "coda"),
    "annual accounts": (filing("2024-12-31", {}), "accounts"),
    "an invoice": (b'<?xml version="1.0"?><Invoice/>', "invoice"),
    "a message": (b"From: a@example.org\r\nTo: b@example.org\r\n\r\nhello\n", "mail"),
    "an archive": (zipped(a="x"), "zip"),
}


@pytest.mark.parametrize("name", KNOWN)
@pytest.mark.parametrize("ending", ["csv", "xlsx", "cod", "json", "xml"])
def test_known_by_content(name: str, ending: str) -> None:
    data, kind = KNOWN[name]
    assert recognise(Source(f"x.{ending}", data)) == kind


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\r\n  \n", "empty"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"a;b\0;c", "byte 4 is nought"),
        (b"PK\x03\x04 cut", "archive can't be read"),
        (zipped(mimetype="x", **{"content.xml": "x"}), "a text or drawing"),
        (b'{"a": 1}', "this JSON is of no kind"),
    ],
)
def test_refused_with_what_to_hand_in(data: bytes, why: str) -> None:
    with pytest.raises(BakenError, match=why) as caught:
        recognise(Source("x.csv", data))
    assert caught.value.expected


def test_a_folder_with_everything(tmp_path: Path) -> None:
    (tmp_path / "bank").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name, data in {
        "omzet.csv": b"maand;omzet\n2025-01;5\n2025-02;6\n",
        "bank/a.cod": year().encode(),
        "jaar.json": filing("2024-12-31", {"9072": 5}),
        "boek.xlsx": workbook({"A": [["maand", "kosten"], ["2025-01", 1], ["2025-02", 2]]}),
        "foto.png": b"\x89PNG\r\n",
        "leeg.csv": b"",
        ".hidden/x.csv": b"maand;x\n2025-01;5\n",
    }.items():
        (tmp_path / name).write_bytes(data)
    found = read_paths([tmp_path], today=TODAY)
    assert found.kinds == {"coda": 1, "book": 1, "accounts": 1, "table": 1}
    assert {"omzet", "kosten", "cash", "money-in", "equity"} <= {s.id for s in found.series}
    assert sorted(r.file for r in found.rejected) == ["foto.png", "leeg.csv"]
    assert [light["code"] for light in found.lights] == ["9072"]


OWN = filing("2024-12-31", {"9072": 5}).replace(b"{", b'{"EnterpriseNumber": "0412345614", ', 1)
TWO = b"maand;omzet;kosten\n2025-01;5;1\n2025-02;6;1\n"


@pytest.mark.parametrize(
    ("files", "firms"),
    [
        ({"a.json": OWN}, {"0412.345.614"}),
        ({"a.json": OWN, "t.csv": TWO, "b.cod": year().encode()}, {"0412.345.614"}),
        ({"a.json": filing("2024-12-31", {}), "t.csv": TWO}, {""}),
        ({"a.json": OWN, "t.csv": b"firm,period,value\nA,2025-01,1\nA,2025-02,1\n"},
         {"0412.345.614", "A"}),
        ({"a.json": OWN, "t.csv": b"series,period,value\nequity,2023,1\nequity,2024,1\n"},
         {"0412.345.614", ""}),
    ],
)  # fmt: skip
def test_figures_of_no_firm_belong_to_the_one_of_the_accounts(
    files: dict[str, bytes], firms: set[str]
) -> None:
    found = read_paths(list(files.items()), today=TODAY)
    assert {s.firm for s in found.series} == firms
    assert {str(x["firm"]) for x in found.lights} <= firms


def test_what_was_known_at_a_day() -> None:
    text = b"period,value\n2025-01,1\n2025-02,2\n2025-03,3\n"
    found = read_paths([("x.csv", text)], as_of=date(2025, 3, 30), today=TODAY)
    assert found.series[0].periods == ("2025-01", "2025-02")
    assert not read_paths([("x.csv", text)], as_of=date(2024, 3, 30), today=TODAY).series
    days = b"period,value\n2025-01-31,1\n2025-02-28,2\n2025-03-31,3\n"
    found = read_paths([("x.csv", days)], as_of=date(2025, 3, 30), today=TODAY)
    assert found.series[0].periods == ("2025-01-31", "2025-02-28")
    positions = b"period,value\n1,1\n2,2\n"
    assert len(read_paths([("x.csv", positions)], as_of=date(1999, 1, 1)).series[0].values) == 2


def test_a_file_a_year_is_one_series() -> None:
    files = [
        (f"omzet {y}.csv", f"maand;omzet\n{y}-01;{n}\n{y}-02;{n}\n".encode())
        for n, y in enumerate((2025, 2024), start=1)
    ]
    (series,) = read_paths(files, today=TODAY).series
    assert series.values == (2, 2, 1, 1)


def test_one_name_in_two_files() -> None:
    gent, aalst = (f"maand;omzet\n2025-01;5\n2025-02;{n}\n".encode() for n in (6, 7))
    found = read_paths([("gent.csv", gent), ("aalst.csv", aalst)], today=TODAY)
    assert [s.id for s in found.series] == ["omzet", "omzet.aalst"]
    assert [(r.file, r.why) for r in found.rejected] == [
        ("aalst.csv", "'omzet' stands more than once; one is called 'omzet (aalst)'")
    ]


def test_questions_and_answers() -> None:
    files = [("a.csv", b"maand;omzet\nnov;5\ndec;6\n"), ("b.csv", b"2025-01;5\n2025-02;6\n")]
    found = read_paths(files, today=TODAY)
    assert [q["id"] for q in found.questions] == ["a.csv:year", "b.csv:column-2"]
    told = read_paths(files, today=TODAY, answers={"a.csv:year": "2024", "b.csv:column-2": "sales"})
    assert not told.questions
    assert [s.id for s in told.series] == ["omzet", "sales"]
    with pytest.raises(BakenError, match="no answer"):
        read_paths(files, today=TODAY, answers={"a.csv:year": "1066"})


def test_invoices_have_a_reader_of_their_own(tmp_path: Path) -> None:
    put(tmp_path, a_xml=ONE, b_zip=zipped(a_xml="x"), c_mbox=b"x", d_txt=b"From: a\nTo: b\n\n",
        e_csv=TABLE.encode())  # fmt: skip
    found = read_paths([tmp_path], today=TODAY)
    assert found.invoices == [tmp_path]
    assert found.left == {str(tmp_path / "e.csv")}
    assert [s.id for s in found.series] == ["omzet"]
    assert not found.rejected
    (told,) = read_paths([("a.csv", ONE)], today=TODAY).rejected
    assert told.why == "an e-invoice is read from a file"


TABLE = "maand;omzet\n2025-01;5\n2025-02;6\n"


def test_a_zip_is_read_as_the_files_in_it(tmp_path: Path) -> None:
    files = {
        "omzet.csv": TABLE,
        "bank/a.cod": year(),
        "jaar.json": filing("2024-12-31", {"9072": 5}).decode(),
        "boek.xlsx": workbook({"A": [["maand", "kosten"], ["2025-01", 1], ["2025-02", 2]]}),
        "foto.png": b"\x89PNG\r\n",
        ".DS_Store": "x",
        "__MACOSX/._omzet.csv": "x",
    }
    (tmp_path / "alles.zip").write_bytes(zipped(**files))
    found = read_paths([tmp_path / "alles.zip"], today=TODAY)
    assert {"omzet", "kosten", "cash", "money-in", "equity"} <= {s.id for s in found.series}
    assert [r.file for r in found.rejected] == ["alles.zip/foto.png"]
    assert not found.invoices
    bytes_too = read_paths([("alles.zip", zipped(**files))], today=TODAY)
    assert bytes_too.series == found.series


def test_tables_and_invoices_in_one_zip_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    zip_ = zipped(**{"v/a.xml": ONE, "v/omzet.csv": TABLE, "v/a.pdf": b"%PDF"})
    (tmp_path / "sub/alles.zip").write_bytes(zip_)
    taken = take([tmp_path], TODAY, own="1999.000.150")
    assert {"omzet", "sales"} <= {s.id for s in taken.files.series}
    assert [(r.file, r.why[:13]) for r in taken.files.rejected] == [
        ("sub/alles.zip/v/a.pdf", "this is a PDF")
    ]


ODD: dict[str, tuple[dict[str, str | bytes], str, str]] = {
    "nothing in it": ({}, "x.zip", "there are no files in this zip"),
    "a zip in it": ({"y.zip": b"PK\x03\x04"}, "x.zip/y.zip", "a zip within a zip"),
    "a zip in it by another name": ({"y": zipped(a="x")}, "x.zip/y", "a zip within a zip"),
    "a bomb": ({"y.csv": "1;2\n" * 2_000_000}, "x.zip/y.csv", "more than 300 times its size"),
}


@pytest.mark.parametrize("name", ODD)
def test_a_zip_with(name: str, tmp_path: Path) -> None:
    files, told, why = ODD[name]
    (tmp_path / "x.zip").write_bytes(zipped(**files))
    taken = take([tmp_path / "x.zip"], TODAY)
    assert [(r.file, why in r.why) for r in taken.files.rejected] == [(told, True)]


def test_a_zip_that_is_broken_within(tmp_path: Path) -> None:
    raw = bytearray(zipped(**{"a.csv": TABLE * 50, "b.csv": TABLE}))
    raw[60:70] = b"\0" * 10
    (tmp_path / "x.zip").write_bytes(raw)
    found = read_paths([tmp_path / "x.zip"], today=TODAY)
    assert [s.id for s in found.series] == ["omzet"]
    assert [(r.file, r.why.split(";")[0]) for r in found.rejected] == [
        ("x.zip/a.csv", "the zip is broken here")
    ]


def test_a_folder_that_cannot_be_opened_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, a_csv=TABLE.encode())
    (tmp_path / "dicht").mkdir()
    real = os.scandir

    def scandir(path: str) -> Any:
        if path.endswith("dicht"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = read_paths([tmp_path], today=TODAY)
    assert [s.id for s in found.series] == ["omzet"]
    assert [(r.file, r.why) for r in found.rejected] == [
        ("dicht", "the folder can't be read: Permission denied")
    ]


def test_the_same_table_twice_counts_once(tmp_path: Path) -> None:
    sales = "datum;bedrag\n13/01/2025;5\n14/01/2025;6\n28/02/2025;7\n"
    long = "period,value\n1,2\n2,3\n"
    files = {"a.csv": sales, "b.csv": sales, "c.csv": long, "d.csv": long}
    put(tmp_path, a_zip=zipped(**files), e_csv=sales.encode())
    found = read_paths([tmp_path], today=TODAY)
    assert [s.id for s in found.series] == ["value", "bedrag", "aantal-rijen-a"]
    assert [(r.file, r.why) for r in found.rejected] == [
        ("a.zip/b.csv", "the same content as a.zip/a.csv, counted once"),
        ("a.zip/d.csv", "the same content as a.zip/c.csv, counted once"),
        ("e.csv", "the same content as a.zip/a.csv, counted once"),
    ]


def test_a_table_that_says_nothing_new_counts_once() -> None:
    """The figures of March again in those of June, in another kind of file."""
    rows = [["maand", "omzet"], ["2025-01", 5], ["2025-02", 6], ["2025-03", 7]]
    june = "maand;omzet\n2025-01;5\n2025-02;6\n2025-03;7\n2025-04;8\n"
    found = read_paths([("juni.csv", june.encode()), ("m.xlsx", workbook({"A": rows}))])
    assert [s.values for s in found.series] == [(5, 6, 7, 8)]
    assert [(r.file, r.why) for r in found.rejected] == [
        ("m.xlsx", "'omzet' stands in juni.csv already, with the same figures; counted once")
    ]


def test_files_of_one_name_in_two_folders_are_told_apart() -> None:
    months = "maand;omzet\n2025-01;5\n2025-02;{}\n"
    files = [(f"{shop}/omzet.csv", months.format(n).encode()) for n, shop in enumerate("ab")]
    found = read_paths(files, today=TODAY)
    assert [s.id for s in found.series] == ["omzet", "omzet.b/omzet"]


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    found = read_paths([tmp_path / "weg.csv"])
    assert "No such file" in found.rejected[0].why


def test_returns_of_two_years_are_one_series_with_its_weights() -> None:
    files = [
        (f"btw {y}.csv", f"maand;01;49;54\n{y}-01;{n};1;1\n{y}-02;{n};0;1\n".encode())
        for n, y in ((10, 2025), (20, 2024))
    ]
    found = {s.id: s for s in read_paths(files, today=TODAY).series}
    assert found["turnover"].values == (19, 20, 9, 10)
    assert found["credit-notes"].values == (0.05, 0, 0.1, 0)
    assert found["credit-notes"].weights == (20, 20, 10, 10)


def test_a_fault_of_a_reader_costs_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumbles(source: Source, *rest: Any, **more: Any) -> Reading:
        if source.name == "a.csv":
            raise ValueError("year 0 is out of range")
        return read_table(source, *rest, **more)

    monkeypatch.setattr(paths, "read_table", stumbles)
    files = [("a.csv", b"maand;omzet\n2025-01;5\n"), ("b.csv", b"maand;klachten\n2025-01;5\n")]
    with pytest.raises(ValueError, match="year 0"):
        read_paths(files)
    monkeypatch.setattr(paths, "FAULTS", (ValueError,))
    found = read_paths(files)
    assert [s.name for s in found.series] == ["klachten"]
    (told,) = found.rejected
    assert (told.file, told.line) == ("a.csv", None)
    assert told.why.startswith("Baken stumbled over this file; expected the same figures")
    assert in_language(told.why, "nl").startswith("Baken struikelde")
