"""The pictures: no styles, no script, names of their own, and right for odd series."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from baken.signals.expected import Point, expected
from baken.signals.series import Series
from baken.web.signalen.chart import chart
from baken.web.signalen.names import alias_name, axis_words, percent, series_name, value_words
from tests.web.signalen.conftest import MONTHS

SVG = "{http://www.w3.org/2000/svg}"


def drawn(points: list[Point], frequency: str = "month", **named: str) -> etree._Element:
    made = chart(points, frequency, named.pop("name", "Omzet"), lambda v: f"{v:g}", **named)
    return etree.fromstring(made.encode())


def values(*found: float | None, frequency: str = "month") -> list[Point]:
    return [Point(MONTHS[i] if frequency == "month" else str(i), v) for i, v in enumerate(found)]


def test_no_style_no_script_no_colour() -> None:
    series = Series("sales", tuple(MONTHS), tuple(100.0 + 9 * (m % 5) for m in range(36)))
    made = chart(expected(series, MONTHS[30]), "month", 'a"<b>', str, MONTHS[30], MONTHS[33])
    root = etree.fromstring(made.encode())
    assert root.get("aria-label") == 'a"<b>'
    assert not re.search(r"style|script|#[0-9a-fA-F]{6}|http(?!://www.w3.org)", made)
    assert [t.text for t in root.iter(f"{SVG}text")][:2] == ["2024", "2025"]
    assert len(made) < 6_000
    assert not re.search(r'\bd="[^"]*\.\d\d', made)


@pytest.mark.parametrize(
    "points",
    [
        values(),
        values(5.0),
        values(0.0, 0.0, 0.0),
        values(None, None),
        values(-5.0, 3.0, None, -2.0),
        values(1e9, 2e9, 3e9),
        values(*([1.0, 2.0] * 18)),
    ],
)
def test_odd_series(points: list[Point]) -> None:
    assert drawn(points, since="2023-02", detected="2023-03").get("class") == "chart"


@pytest.mark.parametrize(
    ("frequency", "periods"),
    [
        ("quarter", ["2023-Q1", "2023-Q2", "2024-Q1"]),
        ("week", [f"2024-W{w:02d}" for w in range(1, 53)]),
        ("day", [f"2024-03-{d:02d}" for d in range(1, 29)]),
        ("year", ["2020", "2021", "2022"]),
        ("position", ["1", "2", "3"]),
    ],
)
def test_other_steps(frequency: str, periods: list[str]) -> None:
    root = drawn([Point(p, float(i)) for i, p in enumerate(periods)], frequency)
    assert [t.text for t in root.iter(f"{SVG}text")]


def test_two_pictures_share_no_name() -> None:
    points = values(1.0, 2.0, 3.0)
    one, two = (drawn(points, name=n) for n in ("Omzet", "Aankopen"))
    assert not set(one.xpath("//@id")) & set(two.xpath("//@id"))


def test_words_of_values() -> None:
    money = Series("sales", (), (), kind="money", unit="EUR", name="Verkoop")
    share = Series("x", (), (), kind="share", name="Uitval")
    assert value_words(money, 12345.6, "nl").replace("\u00a0", " ") == "€ 12.346"
    assert value_words(share, 0.1234, "fr").replace("\u00a0", " ") == "12,3 %"
    assert value_words(money, None, "en") == "–"
    assert axis_words(money, 2_500_000, "nl").replace("\u00a0", " ") == "2,5 mln"
    assert percent(-0.184, "nl").replace("\u00a0", " ") == "−18 %"
    assert percent(None, "nl") == "–"
    assert series_name(money, "fr") == "Ventes"
    assert series_name(share, "fr") == "Uitval"
    assert alias_name("leverancier-b.artikel-a", "en") == "supplier B, product A"
    real = {"leverancier-b": "Molen", "leverancier-b.artikel-a": "Bloem"}
    assert alias_name("leverancier-b.artikel-a", "en", real) == "Bloem (Molen)"


@pytest.mark.parametrize(("at", "line"), [(2, True), (30, True), (60, False)])
def test_what_changed_before_the_picture_begins_is_all_shown_as_after_it(
    at: int, line: bool
) -> None:
    periods = [f"{2022 + m // 12}-{m % 12 + 1:02d}" for m in range(46)]
    points = [Point(period, 100.0 - m) for m, period in enumerate(periods)]
    root = drawn(points, since=periods[at] if at < 46 else "2030-01")
    assert bool(root.xpath("//*[contains(@class, 'after')]")) is line
