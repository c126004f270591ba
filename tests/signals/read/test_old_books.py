"""Spreadsheets of before 2007 (XLS) and of LibreOffice (ODS) are read as those of Excel."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.kernel.errors import BakenError
from baken.signals.read.paths import read_paths
from tests.signals.read.old_books import OLD, ods
from tests.signals.read.test_dialects import TODAY, read, shown
from tests.signals.read.workbooks import Cell, Wrong, workbook

ROWS: list[list[Cell]] = [
    ["Omzet 2025"],
    [],
    ["maand", "horeca", "winkel", "nota"],
    [date(2025, 1, 1), 1200.5, 300, "a"],
    [date(2025, 2, 1), 1300, Wrong(), None],
    [date(2025, 3, 1), 900.25, 295, "b & c"],
]
MADE = {
    "Omzet: horeca": "2025-01..2025-03 month down: 1200.5 1300 900.25",
    "Omzet: winkel": "2025-01..2025-03 month down: 300 - 295",
}


def test_the_same_table_in_three_kinds_of_file() -> None:
    for data in (ods({"Omzet": ROWS}), workbook({"Omzet": ROWS}), OLD):
        reading = read(data)
        found = shown(reading)
        assert {name: found[name] for name in MADE} == MADE
        assert "a formula went wrong in 'Omzet: winkel': #DIV/0!" in [
            r.why for r in reading.rejected
        ]


def test_a_hidden_sheet_is_named_and_not_read() -> None:
    sheets = {"Nu": ROWS, "Oud": [["maand", "x"], ["2025-01", 5]]}
    for data in (ods(sheets, hidden="Oud"), OLD):
        reading = read(data)
        assert "x" not in shown(reading)
        why = "the sheet 'Oud' is hidden and was not read"
        assert [r.why for r in reading.rejected].count(why) == 1


def test_known_by_content_whatever_the_ending() -> None:
    files = [("a.csv", ods({"A": ROWS})), ("b.xlsx", OLD)]
    found = read_paths(files, today=TODAY)
    assert found.kinds == {"book": 2}
    assert [s.id for s in found.series] == ["omzet-horeca", "omzet-winkel"]


def test_the_empty_million_below_a_table_costs_nothing() -> None:
    empty = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
        ' table:number-columns-repeated="16384"/></table:table-row>'
    )
    rows = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{m}</text:p>'
        '</table:table-cell><table:table-cell office:value-type="currency" office:value="5"/>'
        "</table:table-row>"
        for m in ("2025-01", "2025-02")
    )
    assert shown(read(ods({"omzet": rows + empty}))) == {
        "omzet": "2025-01..2025-02 month down: 5 5"
    }
    many = rows.replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="999999">'
    )
    with pytest.raises(BakenError, match="more than 300000 rows"):
        read(ods({"omzet": many}))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "no spreadsheet"),
        (OLD[:3000], "no spreadsheet|can't be read"),
        (ods({"A": ROWS})[:300], "can't be read"),
        (ods({"A": "<table:table-row>"}), "can't be read"),
        (ods({}), "no figures on any sheet"),
        (ods({"A": " " * 40_000_000}), "unpacks to far more"),
    ],
)
def test_what_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(BakenError, match=why):
        read(data)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([OLD, ods({"A": ROWS})]), st.data())
def test_mutations_are_read_or_refused_by_name(whole: bytes, data: st.DataObject) -> None:
    raw = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    found = read_paths([("x", bytes(raw))], today=TODAY)
    assert found.series or found.rejected or found.questions or found.invoices
