"""VAT returns in the shapes of tables, all with the same figures."""

from __future__ import annotations

import pytest

from tests.signals.read.test_dialects import read

COLUMNS = "01;02;03;54;59;71;72"
Q1, Q2 = "100;0;1.000,50;216,11;100;116,11;", "0;0;900;189;200;;11"
SHAPES: dict[str, str] = {
    "grids as columns": f"kwartaal;{COLUMNS}\n2024-Q1;{Q1}\n2024-Q2;{Q2}\n",
    "with words": (
        "Btw-aangiften\nperiode;rooster 01;rooster 02;rooster 03;rooster 54;rooster 59;rooster 71;"
        f"rooster 72\nK1 2024;{Q1}\nK2 2024;{Q2}\n"
    ),
    "French": (
        "période;grille 01;grille 02;grille 03;grille 54;grille 59;grille 71;grille 72\n"
        f"T1 2024;{Q1}\nT2 2024;{Q2}\n"
    ),
    "without noughts, by the last day": (
        f"tot;1;2;3;54;59;71;72\n31/03/2024;{Q1}\n30/06/2024;{Q2}\n"
    ),
    "newest first": f"kwartaal;{COLUMNS}\n2024-Q2;{Q2}\n2024-Q1;{Q1}\n",
    "grids as rows": (
        "rooster;2024-Q1;2024-Q2\n01;100;0\n02;0;0\n03;1.000,50;900\n54;216,11;189\n59;100;200\n"
        "71;116,11;\n72;;11\n"
    ),
    "grids as rows with what they are": (
        "vak;omschrijving;K1 2024;K2 2024\n01;6 %;100;0\n02;12 %;0;0\n03;21 %;1.000,50;900\n"
        "54;verschuldigd;216,11;189\n59;aftrekbaar;100;200\n71;te betalen;116,11;\n72;terug;;11\n"
    ),
    "one to a line": (
        "periode;rooster;bedrag\n2024-Q1;01;100\n2024-Q1;03;1.000,50\n2024-Q1;54;216,11\n"
        "2024-Q1;59;100\n2024-Q1;71;116,11\n2024-Q2;03;900\n2024-Q2;54;189\n2024-Q2;59;200\n"
        "2024-Q2;72;11\n"
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shapes(name: str) -> None:
    reading = read(SHAPES[name])
    assert not reading.questions
    assert not reading.rejected
    assert {s.id: s.values for s in reading.series} == {
        "turnover": (1100.5, 900),
        "vat-on-sales": (216.11, 189),
        "vat-deducted": (100, 200),
        "vat-to-pay": (116.11, -11),
    }
    assert {s.periods for s in reading.series} == {("2024-Q1", "2024-Q2")}
    assert {s.frequency for s in reading.series} == {"quarter"}


def test_monthly_returns_with_credit_notes_and_purchases() -> None:
    reading = read(
        "maand;00;01;03;46;48;49;54;59;71;81;82;83\n"
        "2024-01;10;20;30;40;5;5;1;1;0;7;8;9\n2024-02;0;0;0;0;0;5;1;1;0;1;1;1\n"
    )
    found = {s.id: s for s in reading.series}
    assert found["turnover"].values == (90, -5)
    assert found["credit-notes"].values == (0.1, None)
    assert found["credit-notes"].weights == (100, 0)
    assert found["purchases"].values == (15, 2)
    assert found["turnover"].frequency == "month"


def test_what_is_set_aside() -> None:
    reading = read(
        f"kwartaal;{COLUMNS}\n2024-Q1;1;1;1;1;1;5;5\n2024-Q1;1;1;1;1;1;1;\nlater;1;1;1;1;1;1;\n"
        "2024-Q2;#REF!;x;1;1;1;1;\n2104-Q2;1;1;1;1;1;1;\n"
    )
    assert [(r.line, r.why.split(";")[0]) for r in reading.rejected] == [
        (2, "grids 71 and 72 are both filled in 2024-Q1"),
        (3, "2024-Q1 stands here a second time"),
        (4, "'later' is no period"),
        (5, "a formula went wrong in 'grid 01': #REF!"),
        (5, "'x' in 'grid 02' is no number"),
        (6, "2104-Q2 lies too far away to be a booking"),
    ]


def test_months_that_look_like_grids_are_months() -> None:
    reading = read(
        "Omzet 2025\npost;01;02;03;04;05;06;07;08;09;10;11;12\nA;1;2;3;4;5;6;7;8;9;10;11;12\n"
    )
    assert reading.series[0].frequency == "month"
