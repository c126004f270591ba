"""A cry in what an owner says to have tried: whom to call stands on top of the pages after it."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from tests.web.handover import path

pytestmark = pytest.mark.django_db
CRIES = [
    ("", "Niets hielp. Ik denk aan zelfmoord.", "tel:1813"),
    ("", "ik wil dood", "tel:1813"),
    ("/en", "Nothing worked, I want to end my life", "tel:080032123"),
    ("/fr", "Rien n'a aidé, je pense au suicide", "tel:080032123"),
]


def steps(site: Client, lang: str, tried: str) -> list[str]:
    """The two pages after the one on which it was typed."""
    asked = path.state(item=["need"], tried=tried, **path.REACH)
    return [
        html.unescape(site.post(f"{lang}/stuur/{step}", asked).content.decode())
        for step in ("bereik", "nakijken")
    ]


@pytest.mark.parametrize(("lang", "tried", "number"), CRIES)
def test_whom_to_call_stands_on_top_of_each_page_after_it(
    site: Client, doors: None, lang: str, tried: str, number: str
) -> None:
    for page in steps(site, lang, tried):
        top = page[page.index("<h1>") :]
        assert number in top.replace(" ", "")[: top.index("<form")]
        assert 'role="alert"' in top


@pytest.mark.parametrize("tried", ["", "Ik belde de bank en mijn boekhouder."])
def test_who_tells_of_no_cry_reads_of_none(site: Client, doors: None, tried: str) -> None:
    assert not any('class="note note--unmet care"' in page for page in steps(site, "", tried))
