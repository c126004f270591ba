"""What can be read in two ways is asked, and each answer gives its own figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from baken.kernel.errors import BakenError
from baken.signals.intake import take
from tests.signals.read.test_dialects import TODAY, read, shown

ASKED: dict[str, tuple[str, str, dict[str, dict[str, str]]]] = {
    "day or month first": (
        "datum;omzet\n01/02/2025;5\n02/02/2025;6\n03/02/2025;7\n",
        "day-first",
        {
            "dmy": {"omzet": "2025-02-01..2025-02-03 day down: 5 6 7"},
            "mdy": {"omzet": "2025-01..2025-03 month down: 5 6 7"},
        },
    ),
    "a thousand or a decimal": (
        "maand;omzet\n2025-01;1.234\n2025-02;2.345\n",
        "decimal",
        {
            "comma": {"omzet": "2025-01..2025-02 month down: 1234 2345"},
            "dot": {"omzet": "2025-01..2025-02 month down: 1.234 2.345"},
        },
    ),
    "both signs, and one in doubt": (
        "maand;omzet\n2025-01;1,234\n2025-02;2,5\n2025-03;2.5\n",
        "decimal",
        {
            "comma": {"omzet": "2025-01..2025-03 month down: 1.234 2.5 2.5"},
            "dot": {"omzet": "2025-01..2025-03 month down: 1234 2.5 2.5"},
        },
    ),
    "two columns of dates": (
        "besteldatum;leverdatum;bedrag\n13/01/2025;20/02/2025;5\n15/01/2025;20/02/2025;6\n"
        "31/01/2025;28/02/2025;7\n",
        "date-column",
        {
            "besteldatum": {
                "bedrag": "2025-01..2025-01 month both: 18",
                "aantal rijen cijfers": "2025-01..2025-01 month both: 3",
            },
            "leverdatum": {
                "bedrag": "2025-02..2025-02 month both: 18",
                "aantal rijen cijfers": "2025-02..2025-02 month both: 3",
            },
        },
    ),
    "a column without a name": (
        "2025-01;5\n2025-02;6\n",
        "column-2",
        {
            "sales": {"sales": "2025-01..2025-02 month down: 5 6"},
            "complaints": {"complaints": "2025-01..2025-02 month up: 5 6"},
            "Proeverij": {"Proeverij": "2025-01..2025-02 month both: 5 6"},
            "ignore": {},
        },
    ),
    "one column of several without a name": (
        "maand;omzet;\n2025-01;5;1\n2025-02;6;2\n",
        "column-3",
        {
            "ignore": {"omzet": "2025-01..2025-02 month down: 5 6"},
            "costs": {
                "omzet": "2025-01..2025-02 month down: 5 6",
                "costs": "2025-01..2025-02 month up: 1 2",
            },
        },
    ),
    "months without a year": (
        "maand;omzet\nnov;5\ndec;6\njan;7\n",
        "year",
        {
            "2024": {"omzet": "2024-11..2025-01 month down: 5 6 7"},
            "2025": {"omzet": "2025-11..2026-01 month down: 5 6 7"},
        },
    ),
    "columns of months without a year": (
        "post;nov;dec;jan\nomzet;5;6;7\n",
        "year",
        {"2024": {"omzet": "2024-11..2025-01 month down: 5 6 7"}},
    ),
    "a last month that may not be over": (
        "datum;bedrag\n"
        + "".join(f"{d:02d}/01/2025;1\n{d:02d}/01/2025;1\n" for d in range(1, 32, 3))
        + "03/02/2025;1\n",
        "last-month",
        {
            "complete": {
                "bedrag": "2025-01..2025-02 month both: 22 1",
                "aantal rijen cijfers": "2025-01..2025-02 month both: 22 1",
            },
            "open": {
                "bedrag": "2025-01..2025-01 month both: 22",
                "aantal rijen cijfers": "2025-01..2025-01 month both: 22",
            },
        },
    ),
}


@pytest.mark.parametrize("name", ASKED)
def test_asked_and_answered(name: str) -> None:
    text, what, expected = ASKED[name]
    reading = read(text)
    assert [q["id"] for q in reading.questions] == [f"cijfers.csv:{what}"]
    assert not reading.series
    for answer, series in expected.items():
        told = read(text, **{what: answer})
        assert not told.questions
        assert shown(told) == series


@pytest.mark.parametrize("name", ASKED)
def test_each_question_is_put_in_three_languages(name: str) -> None:
    text, _, _ = ASKED[name]
    for asked in read(text).questions:
        assert isinstance(asked["choices"], list)
        for said in [asked, *asked["choices"]]:
            assert sorted(said["text"]) == ["en", "fr", "nl"]
            assert all(said["text"].values())
        assert len(asked["choices"]) > 1


def test_an_answer_that_is_no_choice() -> None:
    with pytest.raises(BakenError, match="dmy, mdy"):
        read("datum;omzet\n01/02/2025;5\n02/02/2025;6\n", day_first="ymd")


@pytest.mark.parametrize(
    "text",
    [
        "datum;omzet\n13/02/2025;5\n12/03/2025;6\n",  # a day over twelve tells it for all
        "datum;omzet\n01/01/2025;5\n02/02/2025;6\n",  # both ways are the same day
        "datum;omzet\n01.02.2025;5\n02.03.2025;6\n",
        "maand;omzet;kosten\n2025-01;1.234;5,50\n2025-02;2.345;6,50\n",  # the other column tells
        "maand;omzet\n2025-01;1.234\n2025-02;12.345,50\n",
    ],
)
def test_not_asked_where_the_file_tells(text: str) -> None:
    assert not read(text).questions


def test_a_question_says_what_each_answer_would_mean() -> None:
    (asked,) = read("maand;omzet\n2025-01;12.430\n2025-02;13.200\n", "x.csv").questions
    assert in_dutch(asked) == [
        "Hoeveel is '12.430' (omzet, 2025-01) in x.csv?",
        "12430: de punt staat tussen de duizendtallen",
        "12,43: de punt staat voor de decimalen",
    ]
    (asked,) = read("datum;omzet\n03/04/2025;5\n05/04/2025;6\n", "x.csv").questions
    assert in_dutch(asked) == [
        "Welke dag is '03/04/2025' in x.csv?",
        "3 april 2025: eerst de dag",
        "4 maart 2025: eerst de maand",
    ]


def in_dutch(asked: dict[str, Any]) -> list[str]:
    return [asked["text"]["nl"], *(c["text"]["nl"] for c in asked["choices"])]


def test_an_answer_or_number_that_nothing_asks_for_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("maand;omzet\n2025-01;5\n2025-02;6\n")
    taken = take([tmp_path], TODAY, own="0200.065.765", answers={"x.csv:yeer": "2025"})
    assert {r.why for r in taken.files.rejected if r.note} == {
        "the answer 'x.csv:yeer' belongs to no question that was put",
        "the company number 0200.065.765 was not used: there are no invoices",
    }
