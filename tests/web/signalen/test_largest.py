"""The largest customer on the page, of whom a table tells only his share of sales."""

from __future__ import annotations

import re

import numpy as np
import pytest
from django.test import Client

from tests.web.signalen.conftest import MONTHS, Owner, upload

LEFT = 33
SAYS = {
    "": "De grootste klant koopt bijna niets meer sinds oktober 2025",
    "/en": "The largest customer",
    "/fr": "Le plus grand client",
}


def table() -> str:
    """A share of the year up to each month, in which the largest customer leaves in month 33."""
    rng = np.random.default_rng(3)
    largest = rng.gamma(8, 500, 36) * (np.arange(36) < LEFT)
    sales = largest + rng.gamma(80, 150, 36)
    rows = ["maand;omzet;aandeel grootste klant"]
    for m, month in enumerate(MONTHS):
        year = slice(max(0, m - 11), m + 1)
        share = 100 * largest[year].sum() / sales[year].sum()
        rows.append(f"{month};{sales[m]:.0f};{share:.1f}".replace(".", ","))
    return "\n".join(rows)


@pytest.mark.parametrize("lang", SAYS)
def test_it_is_told_in_the_readers_language(site: Client, lang: str) -> None:
    owner = Owner(site, lang)
    page = re.sub(r"\s+", " ", owner.give(upload(table(), "cijfers.csv")))
    assert owner.status == 200
    assert SAYS[lang] in page
    assert "sales.largest" not in re.sub(r'(?:value|name|id|for|href)="[^"]*"', "", page)
