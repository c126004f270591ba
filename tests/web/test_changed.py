"""What an answer to a question changed is told in one line at the next question."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from baken.web.owner.changed import changed, seen
from tests.web.conftest import NEED, FakeEngine

UNIZO, FIT = {"id": "unizo", "name": "UNIZO"}, {"id": "fit", "name": "FIT"}


def page_of(door: dict[str, str] | None, *keys: str) -> dict[str, Any]:
    """A presented answer with this first door and these offers."""
    offers = [dict(zip(("type", "id"), key.split("/"), strict=True)) for key in keys]
    return {"route": {"doors": [door]} if door else None, "offers": offers}


A, B, C, D = (f"instrument/{name}" for name in "abcd")
BEFORE = page_of(UNIZO, A, B, C)
CASES = [
    # what is there now, in Dutch, in French
    (page_of(UNIZO, A, B, C), "Door je antwoord veranderde er niets", "n’a rien changé"),
    (page_of(UNIZO, C, B, A), "Door je antwoord veranderde er niets", "n’a rien changé"),
    (page_of(UNIZO, A, B), "Eén voorstel viel weg.", "Une proposition a disparu."),
    (page_of(UNIZO, A), "2 voorstellen vielen weg.", "2 propositions ont disparu."),
    (page_of(UNIZO, A, B, C, D), "Eén kwam erbij.", "Une autre est venue s’ajouter."),
    (page_of(UNIZO, A, B, D), "Eén voorstel viel weg. Eén kwam erbij.", "disparu. Une autre"),
    (
        page_of(FIT, A, B, C),
        "Je eerste deur is nu FIT.",
        "Votre première porte est maintenant FIT.",
    ),
    (page_of(None, A, B, C), "Door je antwoord veranderde er niets", "n’a rien changé"),
]


@pytest.mark.parametrize(("now", "nl", "fr"), CASES)
def test_the_line_tells_what_is_otherwise(now: dict[str, Any], nl: str, fr: str) -> None:
    before = seen(BEFORE)
    assert changed(before, now, "nl").startswith(nl)
    assert fr in changed(before, now, "fr")


@pytest.mark.parametrize("typed", ["x", "|x", "|a/b", "|" + ",".join([A] * 41), "|<b>"])
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
