"""What is sure is told as such: cash, arrears and legal bells; and how much a change is by now."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from baken.signals.alarms import light_alarm
from baken.web.signalen.sure import chance_words
from tests.signals.read.statements import statement
from tests.signals.read.test_accounts import filing
from tests.web.signalen.conftest import Owner, table, upload
from tests.web.signalen.test_result import words

SURE = "Rood: dit kan niet wachten."
BY_CHANCE = "Van 100 gezonde zaken"
LIGHT = {"kind": "overdue-tax", "firm": "", "at": "2025", "amount": 12.5, "before": 0.0}


def coda(drain: int) -> str:
    """Two years of one account: 20,000 in and 19,500 out, and from the seventeenth month on so much
    less in."""
    text, balance, opened = "", Decimal(30_000), date(2024, 9, 30)
    for m in range(24):
        year, month = 2024 + (9 + m) // 12, (9 + m) % 12 + 1
        closed = date(year, month, monthrange(year, month)[1])
        money_in = 20_000 + 300 * (m * 7 % 5) - (drain if m >= 16 else 0)
        moves = [(date(year, month, 10), str(money_in)), (date(year, month, 20), "-19500")]
        text += statement(opened, closed, str(balance), moves, sequence=m % 12 + 1)
        balance, opened = balance + money_in - 19_500, closed
    return text


@pytest.mark.parametrize(
    ("drain", "title", "severity"),
    [
        (
            6_000,
            "€ 8.100 op je rekening. In juli 2026 zakte dat onder wat je in een maand",
            "Oranje: hier",
        ),
        (7_000, "€ 100 op je rekening. In september 2026 zakte dat onder wat je in een week", SURE),
        (9_000, "€ -15.900 op je rekening. In juli 2026 zakte die onder nul.", SURE),
    ],
)
def test_cash_as_it_is_now(owner: Owner, drain: int, title: str, severity: str) -> None:
    said = words(owner.give(upload(coda(drain), "rekening.cod")))
    assert title in said and severity in said
    articles = [words_of(a) for a in html.fromstring(owner.page).xpath("//article")]
    (cash,) = [a for a in articles if "op je rekening. In" in a]
    assert BY_CHANCE not in cash and "minder dan verwacht" not in cash


def words_of(part: html.HtmlElement) -> str:
    return " ".join(part.text_content().split())


def test_the_expected_band_is_not_bent_by_a_limit_that_was_crossed_before(owner: Owner) -> None:
    owner.give(upload(coda(9_000), "rekening.cod"))
    rows = html.fromstring(owner.page).xpath("(//article)[1]//figure[1]//tbody/tr")
    march = next(r for r in rows if "januari 2026" in words_of(r))
    value, low = (int(c.split()[-1].replace(".", "")) for c in
                  (words_of(march[1]), words_of(march[2]).split(" tot ")[0]))  # fmt: skip
    assert low > 0.7 * value


def test_arrears_and_a_negative_equity_are_red_by_themselves(owner: Owner) -> None:
    now = {"9072": 12_500, "9076": 3_000, "10/15": -8, "17/49": 108}
    before = {"10/15": 50, "17/49": 50, "9072": 0}
    owner.give(upload(filing("2025-12-31", now, before), "jaar.json"))
    arrears, bell = html.fromstring(owner.page).xpath("//article")
    assert "12.500 euro achterstal" in words(owner.page)
    assert "3.000 euro achterstal" in words_of(arrears)
    for story in (arrears, bell):
        assert SURE in words_of(story) and BY_CHANCE not in words_of(story)
        assert "vertellen deze cijfers niet" not in words_of(story)
    assert bell.xpath(".//a[@href='/rekenen/alarmbel']")
    page = html.fromstring(owner.page)
    (debts,) = page.xpath("//section[@aria-labelledby='jaar']//li[form]/p[1]")
    assert words_of(debts) == "Schulden: 108 euro in 2025, 116 % hoger dan in 2024 (50 euro)."
    assert not page.xpath("//ul[contains(@class, 'watched')]"), "what has an alarm is not quiet"


@pytest.mark.parametrize(
    ("fall", "says"),
    [
        (0.4, r"De laatste cijfers liggen 4\d % lager dan verwacht\."),
        (0.2, r"De laatste cijfers liggen 2\d % lager dan verwacht\."),
    ],
)
def test_how_much_it_is_by_now_without_a_unit(owner: Owner, fall: float, says: str) -> None:
    page = owner.give(table(fall))
    assert re.search(says, words(page))
    assert html.fromstring(page).xpath("string(//h1)").startswith("Omzet zakt sinds ")


@given(st.floats(1e-6, 2.0))
def test_dots_sentence_and_chance_rate_are_one_number(rate: float) -> None:
    """Of 100, everywhere; below one a single dot stands half."""
    shown = chance_words(rate, "nl")
    assert shown is not None
    stated = light_alarm(LIGHT)
    stated.rate = rate
    full = [d["look"] for d in shown["dots"]].count("full")
    assert len(shown["dots"]) == 100 and full == shown["count"]
    assert abs(full - stated.as_json()["chance_rate"]) <= 0.5 + 0.05 or full == 0
    said = re.findall(r"\d+", shown["says"])
    assert said == (["100", str(full)] if full else ["100", "1"])
    assert ("minder dan 1" in shown["says"]) is (full == 0)


def test_what_is_sure_has_no_dots() -> None:
    assert chance_words(0.0, "nl") is None


def test_how_much_it_is_is_told_once(owner: Owner) -> None:
    """The webshop's credit notes: one share beside the year before, none beside the forecast."""
    owner.give(demo="webshop")
    said = words(owner.page)
    assert re.search(r"meer creditnota's sinds mei 2026, ongeveer \d+ % meer", said)
    assert "dan verwacht" not in said
