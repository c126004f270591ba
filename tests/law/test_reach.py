"""How far an article of Regulation 651/2014 goes: basic value and highest, on a day."""

from __future__ import annotations

from datetime import date

import pytest

from baken.law.aid.reach import RULES, articles, reach

DAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("article", "base", "highest"),
    [
        ("14", 10, 50),
        ("17", 10, 20),
        ("18", 50, 50),
        ("19", 50, 50),
        ("22", 500_000, 2_000_000),
        ("25", 25, 80),
        ("25(5)(a)", 100, 100),
        ("26", 50, 60),
        ("27", 50, 65),
        ("28", 50, 100),
        ("29", 15, 50),
        ("31", 50, 70),
    ],
)
def test_each_article_has_a_basic_and_a_highest_value(article, base, highest):
    found = reach(article, DAY)
    assert found is not None
    assert (found.base, found.highest) == (base, highest)


def test_every_article_with_a_rule_is_told_above():
    assert len(RULES) == 12


@pytest.mark.parametrize("article", ["2", "36", "99"])
def test_an_article_without_a_rule_goes_nowhere(article):
    assert reach(article, DAY) is None


def test_nothing_holds_after_the_regulation_ended():
    assert reach("25", date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("651/2014 art. 25", ["25"]),
        ("651/2014, art. 25(5)(a) and 25(6)", ["25(5)(a)"]),
        ("651/2014 art. 25(6)(b)", ["25"]),
        ("artikel 2, 18°, van de Europese groepsvrijstelling", ["2"]),
        ("GBER art. 22", ["22"]),
        ("GBER 22: unlisted", ["22"]),
        ("Artikel 25 van het decreet", []),
        ("verordening 651/2014", []),
    ],
)
def test_articles_are_read_where_the_regulation_is_named(text, found):
    assert list(articles(text)) == found
