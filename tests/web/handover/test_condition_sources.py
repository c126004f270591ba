"""Each condition of a dossier shows where it is from and of which day, on every page that shows it:
a figure without its source is no figure.
"""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from baken.web.handover import shown
from baken.web.handover.models import Referral
from tests.refer import made
from tests.web.desk.made import HOUSE, browser, member
from tests.web.handover import path
from tests.web.handover.opening import Browser

pytestmark = pytest.mark.django_db
PAGE = "https://www.vlaio.be/nl/streekfonds"
SAID = "Je vraagt niet meer dan 16.861,46 euro."
SHOWN = [
    ("2024-03-05", "nl", '[<a href="{}"', "</a>, 5\u00a0maart 2024]"),
    ("2024", "nl", '[<a href="{}"', "</a>, 2024]"),
    (None, "nl", '[<a href="{}"', "</a>, <span>zonder datum</span>]"),
    ("2024-03-05", "en", '<span class="source" lang="en">[<a href="{}"', "5\u00a0March 2024]"),
    (None, "en", '<span class="source" lang="en">[<a href="{}"', 'lang="nl">zonder datum</span>]'),
]


@pytest.mark.parametrize(("dated", "lang", "link", "when"), SHOWN)
def test_receiver_and_desk_read_source_and_date_of_a_condition(
    row: Referral, file_address: str, dated: str | None, lang: str, link: str, when: str
) -> None:
    source = {"label": "vlaio.be", "url": PAGE, "dated": dated}
    verdict: dict[str, Any] = {"offer": "streekfonds", "name": "Streekfonds", "verdict": "open"}
    verdict |= {"says": "Misschien.", "reasons": [{"says": SAID, "met": None, "source": source}]}
    row.dossier = made.dossier(lang=lang, verdicts=[verdict]).model_dump(mode="json")
    row.save()
    by_link = Browser().post(file_address, {"do": "open"}).content.decode()
    shown.mark_opened(row, timezone.now())
    desk = browser(member("adviser", HOUSE))
    at_desk = desk.get(f"/bureau/dossier/{row.public_id}").content.decode()
    for page in (by_link, at_desk):
        line = page.partition(SAID)[2].partition("</li>")[0]
        assert link.format(PAGE) in line and line.endswith(f"{when}</span>")


def test_the_preview_shows_the_owner_the_sources_that_the_other_side_gets(
    site: Client, doors: None
) -> None:
    page = path.preview(site, item=["need", "verdicts:instrument-energielening"])
    found = page.partition("Welke hulp past")[2].partition("</section>")[0]
    lines = [html.unescape(line) for line in found.split("<li>")[1:]]
    assert lines and all('<span class="source">[' in line for line in lines)
