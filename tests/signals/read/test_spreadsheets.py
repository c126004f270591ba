"""Spreadsheets: dates and errors as cells, several sheets, merged cells, and bombs."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from baken.kernel.errors import BakenError
from baken.signals.read.source import Source
from baken.signals.read.tables import read_table
from baken.signals.series import Reading
from tests.signals.read.test_dialects import TODAY, shown
from tests.signals.read.workbooks import MAIN, Wrong, sheet, workbook


def read(data: bytes) -> Reading:
    return read_table(Source("boek.xlsx", data), today=TODAY)


def test_dates_and_figures_as_cells() -> None:
    rows = [["maand", "omzet"], [date(2025, 1, 31), 5.5], [date(2025, 2, 28), 6]]
    assert shown(read(workbook({"Blad1": rows}))) == {"omzet": "2025-01..2025-02 month down: 5.5 6"}


def test_days_that_are_only_numbers() -> None:
    rows = [["datum", "omzet"], [45688, 5], [45716, 6], [45747, 7]]
    assert shown(read(workbook({"Blad1": rows}))) == {"omzet": "2025-01..2025-03 month down: 5 6 7"}


def test_dates_as_columns() -> None:
    rows = [["post", date(2025, 1, 1), date(2025, 2, 1)], ["omzet", 5, 6], ["kosten", 3, 4]]
    assert shown(read(workbook({"Blad1": rows}))) == {
        "omzet": "2025-01..2025-02 month down: 5 6",
        "kosten": "2025-01..2025-02 month up: 3 4",
    }


def test_a_formula_that_went_wrong_is_missing_and_said() -> None:
    rows = [["maand", "omzet"], ["2025-01", 5], ["2025-02", Wrong()], ["2025-03", 7]]
    reading = read(workbook({"Blad1": rows}))
    assert shown(reading) == {"omzet": "2025-01..2025-03 month down: 5 - 7"}
    assert [(r.line, r.why) for r in reading.rejected] == [
        (3, "a formula went wrong in 'omzet': #DIV/0!")
    ]


def test_a_merged_title_and_merged_years() -> None:
    rows = [
        ["Omzet per kanaal", None, None, None, None],
        [None, 2024, None, 2025, None],
        [None, "nov", "dec", "jan", "feb"],
        ["web", 1, 2, 3, 4],
        ["winkel", 5, 6, 7, 8],
    ]
    data = workbook({"Blad1": sheet(rows, ["A1:E1", "B2:C2", "D2:E2"])})
    assert shown(read(data)) == {
        "web": "2024-11..2025-02 month both: 1 2 3 4",
        "winkel": "2024-11..2025-02 month both: 5 6 7 8",
    }


def test_a_sheet_a_year_is_one_series() -> None:
    sheets = {
        "2024": [["maand", "omzet"], ["nov", 1], ["dec", 2]],
        "2025": [["maand", "omzet"], ["jan", 3], ["feb", 4]],
    }
    assert shown(read(workbook(sheets))) == {"omzet": "2024-11..2025-02 month down: 1 2 3 4"}


def test_two_sheets_with_one_name_in_the_same_months() -> None:
    rows = [["maand", "omzet"], ["2025-01", 1], ["2025-02", 2]]
    found = read(workbook({"Gent": rows, "Aalst": [*rows, ["2025-03", 3]]})).series
    assert [s.name for s in found] == ["omzet", "omzet (Aalst)"]


def test_a_hidden_sheet_is_not_read() -> None:
    rows = [["maand", "omzet"], ["2025-01", 1], ["2025-02", 2]]
    reading = read(workbook({"Gent": rows, "Oud": rows}, hidden=["Oud"]))
    assert len(reading.series) == 1
    assert "'Oud' is hidden" in reading.rejected[0].why


def test_the_long_form_on_a_sheet() -> None:
    rows = [["firm", "series", "period", "value"], ["A", "x", 1, 2.5], ["A", "x", 2, None]]
    (series,) = read(workbook({"Blad1": rows})).series
    assert (series.firm, series.periods, series.values) == ("A", ("1", "2"), (2.5, None))


def test_a_cell_in_the_far_corner_costs_nothing() -> None:
    far = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    reading = read(workbook({"Blad1": far}))
    assert not reading.series
    assert "no figures" in reading.rejected[0].why


def test_a_bomb_stops_at_its_bound() -> None:
    bomb = workbook({"Blad1": " " * 40_000_000})
    assert len(bomb) < 200_000
    with pytest.raises(BakenError, match="unpacks to far more"):
        read(bomb)


def test_a_bomb_of_entities() -> None:
    names = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 9))
    text = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{names}]>'
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a8;'
        "</t></is></c></row></sheetData></worksheet>"
    )
    with pytest.raises(BakenError):
        read(workbook({"Blad1": text}))


def test_a_zip_that_is_no_spreadsheet() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("brief.txt", "beste")
    with pytest.raises(BakenError, match="can't be read"):
        read(out.getvalue())


@pytest.mark.parametrize("cut", [30, 300, 900])
def test_a_spreadsheet_that_is_cut_off(cut: int) -> None:
    data = workbook({"Blad1": [["maand", "omzet"], ["2025-01", 1]]})
    with pytest.raises(BakenError, match="can't be read"):
        read(data[:cut])
