"""Events by hand: a date per event, or a count per month; months without one are nought."""

from __future__ import annotations

import pytest

from baken.kernel.errors import BakenError
from tests.signals.read.test_dialects import read, shown

EVENTS: dict[str, tuple[str, str, dict[str, str]]] = {
    "a date per complaint": (
        "klachten.csv",
        "datum;klant;wat\n13/01/2025;A;te laat\n30/01/2025;B;kapot\n31/03/2025;A;kapot\n",
        {"klachten": "2025-01..2025-03 month up: 2 0 1"},
    ),
    "a date per event, with its sort": (
        "lijst.csv",
        "datum;soort\n13/01/2025;klacht\n30/01/2025;retour\n31/03/2025;Klacht\n",
        {
            "klacht": "2025-01..2025-03 month up: 1 0 1",
            "retour": "2025-01..2025-03 month up: 1 0 0",
        },
    ),
    "quotes won and lost": (
        "offertes.csv",
        "datum;nummer;resultaat\n13/01/2025;a1;gewonnen\n30/01/2025;a2;verloren\n"
        "28/02/2025;a3;verloren\n",
        {
            "gewonnen": "2025-01..2025-02 month down: 1 0",
            "verloren": "2025-01..2025-02 month up: 1 1",
        },
    ),
    "a count per month, with a month left out": (
        "x.csv",
        "maand;klachten;bezoekers\n2025-01;2;100\n2025-02;0;90\n2025-04;1;80\n",
        {
            "klachten": "2025-01..2025-04 month up: 2 0 0 1",
            "bezoekers": "2025-01..2025-04 month down: 100 90 0 80",
        },
    ),
    "a count on some days": (
        "x.csv",
        "datum;ziektedagen\n13/01/2025;2\n14/01/2025;1\n14/01/2025;3\n31/03/2025;5\n",
        {"ziektedagen": "2025-01..2025-03 month up: 6 0 5"},
    ),
    "complaints in French": (
        "plaintes.csv",
        "date;description\n13/01/2025;retard\n28/02/2025;cassé\n",
        {"plaintes": "2025-01..2025-02 month up: 1 1"},
    ),
    "days of illness in a title": (
        "lijst.csv",
        "Ziektedagen 2025\ndatum;wie\n13/01/2025;a\n14/01/2025;a\n28/02/2025;b\n",
        {"Ziektedagen": "2025-01..2025-02 month up: 2 1"},
    ),
    "an unknown word": (
        "lijst.csv",
        "datum;wie\n13/01/2025;a\n14/01/2025;a\n28/02/2025;b\n",
        {"lijst": "2025-01..2025-02 month both: 2 1"},
    ),
}


@pytest.mark.parametrize("name", EVENTS)
def test_events(name: str) -> None:
    file, text, expected = EVENTS[name]
    reading = read(text, file)
    assert not reading.questions
    assert shown(reading) == expected
    assert {s.kind for s in reading.series} == {"count"}


def test_a_count_below_nought_is_set_aside() -> None:
    reading = read("datum;klachten\n13/01/2025;-2\n14/01/2025;1\n14/01/2025;3\n31/01/2025;5\n")
    assert [(r.line, r.why) for r in reading.rejected] == [
        (2, "a count is never below nought: -2 in 'klachten'")
    ]
    assert reading.series[0].values == (9,)


ALONE: dict[str, tuple[str, str]] = {
    "days": ("klachten.csv", "12/01/2025\n15/01/2025\n20/03/2025\n"),
    "days under a heading": ("lijst 2025.csv", "klachten\n12/01/2025\n15/01/2025\n20/03/2025\n"),
    "days with a time": ("klachten.txt", "2025-01-12 10:00\n2025-01-15 11:30\n2025-03-20 09:15\n"),
    "days in words": ("klachten.csv", "12 januari 2025\n15 januari 2025\n20 maart 2025\n"),
    "days between quotes": ("klachten.csv", '"2025-01-12"\n"2025-01-15"\n"2025-03-20"\n'),
    "the month first": ("klachten.csv", "1/13/2025\n1/15/2025\n3/20/2025\n"),
    "months": ("klachten.csv", "jan 2025\njan 2025\nmrt 2025\n"),
    "a title above": ("x.csv", "Klachten 2025\n\ndatum\n12/01/2025\n15/01/2025\n20/03/2025\n"),
}


@pytest.mark.parametrize("name", ALONE)
def test_dates_alone_are_counted_per_month_and_that_is_said(name: str) -> None:
    file, text = ALONE[name]
    reading = read(text, file)
    assert [(s.values, s.kind, s.bad) for s in reading.series] == [((2, 0, 1), "count", "up")]
    assert [(r.note, r.why) for r in reading.rejected] == [
        (
            True,
            "3 dates were counted per month; 1 months between the first and the last without one"
            " are 0",
        )
    ]


def test_one_column_that_is_no_list_of_dates_is_refused() -> None:
    for text in ("1\n2\n3\n", "a\nb\nc\n", "jan\nb\nc\nd\n"):
        with pytest.raises(BakenError, match="one column only"):
            read(text)
    with pytest.raises(BakenError, match="no bank statement"):
        read("nothing\nof a bank\n", "x.cod")


def test_absences_from_and_until_are_counted_by_their_first_day() -> None:
    reading = read("naam;van;tot\nA;01/02/2025;03/02/2025\nB;11/03/2025;13/03/2025\n", "ziekte.csv")
    assert [(s.name, s.values, s.bad) for s in reading.series] == [("ziekte", (1, 1), "up")]
    assert "the column 'tot' holds other dates, left out" in [r.why for r in reading.rejected]


def test_a_count_is_called_by_what_is_counted() -> None:
    reading = read("maand;aantal\njan/25;3\nfeb/25;0\n", "klachten.csv")
    assert [(s.name, s.bad, s.kind) for s in reading.series] == [("klachten", "up", "count")]
