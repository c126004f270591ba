"""What an answer to a question changed is told in one line at the next question."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from baken.web.owner.changed import changed, seen
from tests.web.conftest import NEED, FakeEngine

UNIZO, FIT = {"id": "unizo", "name": "UNIZO"}, {"id": "fit", "name": "FIT"}


STATES = {"open": "Nog niet zeker", "fits_to_show": "Kan passen"}


def page_of(
    door: dict[str, str] | None, *keys: str, briefs: Mapping[str, str] = {}
) -> dict[str, Any]:
    """A presented answer with this first door and these offers; ``briefs``: those that came out
    otherwise than *open*."""
    offers = [
        dict(zip(("type", "id"), key.split("/"), strict=True))
        | {"short_name": key[-1].upper(), "brief": brief, "short_words": STATES[brief]}
        for key in keys
        for brief in [briefs.get(key, "open")]
    ]
    return {"route": {"doors": [door]} if door else None, "offers": offers}


A, B, C, D = (f"instrument/{name}" for name in "abcd")
BEFORE = page_of(UNIZO, A, B, C)
CASES = [
    # what is there now, in Dutch, in French
    (page_of(UNIZO, A, B, C), "Door je antwoord veranderde er niets", "n'a rien changé"),
    (page_of(UNIZO, C, B, A), "Door je antwoord veranderde er niets", "n'a rien changé"),
    (page_of(UNIZO, A, B), "Eén voorstel viel weg.", "Une proposition a disparu."),
    (page_of(UNIZO, A), "2 voorstellen vielen weg.", "2 propositions ont disparu."),
    (page_of(UNIZO, A, B, C, D), "Eén kwam erbij.", "Une autre est venue s'ajouter."),
    (page_of(UNIZO, A, B, D), "Eén voorstel viel weg. Eén kwam erbij.", "disparu. Une autre"),
    (
        page_of(FIT, A, B, C),
        "Je eerste deur is nu FIT.",
        "Votre première porte est maintenant FIT.",
    ),
    (
        page_of(UNIZO, A, B, C, briefs={B: "fits_to_show"}),
        "Bij “B” staat nu: Kan passen.",
        "B\N{NO-BREAK SPACE}» indique maintenant",
    ),
    (
        page_of(UNIZO, A, B, D, briefs={A: "fits_to_show", B: "fits_to_show", D: "fits_to_show"}),
        "Eén voorstel viel weg. Eén kwam erbij. Bij 2 voorstellen staat nu iets anders",
        "2 propositions indiquent maintenant",
    ),
    (page_of(None, A, B, C), "Door je antwoord veranderde er niets", "n'a rien changé"),
]


@pytest.mark.parametrize(("now", "nl", "fr"), CASES)
def test_the_line_tells_what_is_otherwise(now: dict[str, Any], nl: str, fr: str) -> None:
    before = seen(BEFORE)
    assert changed(before, now, "nl").startswith(nl)
    assert fr in changed(before, now, "fr")


@pytest.mark.parametrize("typed", [
    "x", "|x", "|a/b:open", f"|{A}", f"|{A}:<b>", "|" + ",".join([f"{A}:open"] * 41), "|<b>",
])  # fmt: skip
def test_a_field_that_was_tampered_with_tells_nothing(typed: str) -> None:
    assert changed(typed, BEFORE, "nl") == ""


def sent(site: Client, **more: str) -> str:
    state = {"need": NEED, **more}
    return html.unescape(site.post("/resultaat", state).content.decode())


def test_the_line_stands_at_the_next_question_and_in_place_of_the_one_above(
    site: Client, fake: FakeEngine
) -> None:
    first = sent(site)
    found = re.search(r'name="before" value="([^"]*)"', first)
    assert found is not None
    assert "#vraag" in first

    def fewer(answer: dict[str, Any]) -> None:
        answer["offers"][0]["verdict"] = "excluded"

    fake.change = fewer
    state = {"question": "headcount", "answer": '"0..9"', "before": found[1]}
    page = sent(site, **state)
    question = page[page.index('id="vraag"') :]
    assert "Eén voorstel viel weg." in question[: question.index("</p>")]
    assert "De lijst hieronder is bijgewerkt" not in page
    assert "De lijst hieronder is bijgewerkt" in sent(site, **{**state, "before": ""})


def test_a_suggestion_that_came_out_otherwise_is_told_by_its_name_and_what_it_says_now(
    site: Client, fake: FakeEngine
) -> None:
    found = re.search(r'name="before" value="([^"]*)"', sent(site))
    assert found is not None

    def sooner(answer: dict[str, Any]) -> None:
        offer = answer["offers"][0]
        offer["verdict"] = "open" if offer["verdict"] == "fits" else "fits"
        offer["name"] = "Kredietje"

    fake.change = sooner
    page = sent(site, question="headcount", answer='"0..9"', before=found[1])
    question = page[page.index('id="vraag"') :]
    told = question[: question.index("</p>")]
    assert "Bij “Kredietje” staat nu:" in told
    assert "veranderde er niets" not in told
