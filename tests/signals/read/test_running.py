"""Figures that run up through the year are taken apart, by their name or by an answer."""

from __future__ import annotations

from itertools import accumulate

import pytest

from baken.signals.read.paths import read_paths
from baken.signals.series import Reading
from tests.signals.made import months

SALES = [100 + (at * 7) % 40 for at in range(24)]
UP = [*accumulate(SALES[:12]), *accumulate(SALES[12:])]


def read(heading: str, figures: list[object], start: int = 2023, **answers: str) -> Reading:
    rows = "".join(f"{m};{v}\n" for m, v in zip(months(len(figures), start), figures, strict=True))
    given = {f"a.csv:{name}": told for name, told in answers.items()}
    return read_paths([("a.csv", f"maand;{heading}\n{rows}".encode())], answers=given)


@pytest.mark.parametrize(
    "heading",
    ["Omzet cumulatief", "Omzet gecumuleerd", "Cumul omzet", "omzet (YTD)", "Omzet running total"],
)
def test_by_its_name(heading: str) -> None:
    found = read(heading, list(UP))
    (series,) = found.series
    assert (series.id, series.bad, series.values) == ("omzet", "down", tuple(SALES))
    assert [r.line for r in found.rejected if "runs up through the year" in r.why and r.note] == [1]


def test_by_an_answer() -> None:
    (asked,) = read("omzet", list(UP)).questions
    assert asked["id"] == "a.csv:running"
    assert not read("omzet", list(UP)).series
    assert read("omzet", list(UP), running="yes").series[0].values == tuple(SALES)
    assert read("omzet", list(UP), running="no").series[0].values == tuple(UP)


FIGURES: dict[str, tuple[list[object], tuple[float | None, ...]]] = {
    "a month that is missing": ([10, 30, "", 70, 75], (10, 20, None, None, 5)),
    "a credit in the year": ([10, 30, 25, 26], (10, 20, -5, 1)),
    "never anew": ([10 * (at + 1) for at in range(14)], (None, *[10] * 13)),
}


@pytest.mark.parametrize("name", FIGURES)
def test_taken_apart(name: str) -> None:
    figures, expected = FIGURES[name]
    assert read("omzet cumulatief", figures).series[0].values == expected


@pytest.mark.parametrize(
    "figures", [SALES, list(range(24)), [*UP[:5], *UP[4:23]], UP[:12]],
    ids=["sales", "growth", "a month as the one before", "one year"],
)  # fmt: skip
def test_other_figures_are_not_asked_about(figures: list[object]) -> None:
    found = read("omzet", figures)
    assert not found.questions
    assert found.series[0].values == tuple(figures)


def test_beside_the_figures_themselves_it_is_left_out() -> None:
    rows = "".join(f"{m};{a};{b}\n" for m, a, b in zip(months(24), SALES, UP, strict=True))
    found = read_paths([("a.csv", f"maand;omzet;omzet cumulatief\n{rows}".encode())])
    assert [s.name for s in found.series] == ["omzet"]


ACROSS: dict[str, str] = {
    "a row": "post;" + ";".join(months(24, 2023)) + "\nOmzet cumulatief;" + ";".join(map(str, UP)),
    "years beside months": "Omzet cumulatief\n\nmaand;2023;2024\n"
    + "".join(f"{m};{UP[m - 1]};{UP[m + 11]}\n" for m in range(1, 13)),
}


@pytest.mark.parametrize("name", ACROSS)
def test_time_across(name: str) -> None:
    (series,) = read_paths([("a.csv", ACROSS[name].encode())]).series
    assert (series.id, series.values) == ("omzet", tuple(SALES))
