"""The first sentence of the result: what goes on, and of how much nothing is known yet."""

from __future__ import annotations

import re

import numpy as np
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from baken.web.signalen.models import Seen
from tests.web.signalen.conftest import Owner, upload
from tests.web.signalen.test_result import words


def still_sinking() -> SimpleUploadedFile:
    """46 months to October 2026 that sink by 240 euro every month."""
    noise = np.random.default_rng(11).normal(0, 900, 46)
    rows = ["Maand;Omzet"]
    for m in range(46):
        rows.append(f"{2023 + m // 12}-{m % 12 + 1:02d};{round(30_000 - 240 * m + noise[m])}")
    return upload("\n".join(rows), "omzet.csv")


def test_what_still_sinks_is_not_said_to_have_stayed(owner: Owner) -> None:
    """Nor is it ever "nothing new": it is worse each month, at each visit."""
    owner.give(still_sinking(), keep="1")
    for _ in range(2):
        title = html.fromstring(owner.page).xpath("string(//h1)")
        assert re.fullmatch(r"Omzet zakt al sinds maart 2023, en is nu ongeveer \d+\s% lager dan"
                            r" toen het begon\. Het zakt nog\.", title), title  # fmt: skip
        (card,) = html.fromstring(owner.page).xpath(
            "//section[@aria-labelledby='verder']//li[form]"
        )
        assert card.xpath(".//figure//*[name()='svg']")
        said = words(owner.page)
        assert "Dit begon al een tijd geleden, en het is nog bezig." in said
        for wrong in ("bleef zo", "veranderde niet pas nu", "niets nieuws", "Wat zo blijft"):
            assert wrong not in said
        Seen.objects.update(first_shown="2026-01-01")
        owner.go()


def test_the_title_says_of_how_many_series_nothing_can_be_said_yet(owner: Owner) -> None:
    rows = [f"2025-{m:02d};{1000 + m % 2};{1000 - 300 * m if m < 4 else ''}" for m in range(1, 13)]
    owner.give(upload("\n".join(["maand;omzet;klachten", *rows]), "omzet.csv"))
    assert html.fromstring(owner.page).xpath("string(//h1)") == (
        "We zien niets dat afwijkt, maar over één reeks weten we nog niets"
    )
