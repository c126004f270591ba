"""Why a measure is not in the answer: found by its name, held against what is known of the firm."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baken.landscape.model import Offer
from baken.web import engine, words
from baken.web.owner.answered import of_form, only, private, today
from baken.web.owner.asking import PICK, Asked
from baken.web.owner.finder import seek
from baken.web.texts import plural, text

NEAR = 6
MAX_NAME = 100


@of_form
def why_not_page(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The condition that excludes what was named, and what would change that."""
    named = request.POST.get("missed", "").strip()[:MAX_NAME]
    chosen = request.POST.get("which", "")
    context: dict[str, Any] = {"asked": asked, "named": named}
    if not PICK.fullmatch(chosen):
        near = _near(named, asked.lang)
        context["near"] = [
            {"key": f"{r.type}/{r.id}", "name": words.pick(r.names.model_dump(), asked.lang)}
            for r in near
        ]
        chosen = context["near"][0]["key"] if len(near) == 1 else ""
    if chosen:
        found = only(asked, [chosen])
        if found["chosen"]:
            offer = found["chosen"][0]
            context |= {"offer": offer, "says": _says(asked, offer, chosen)}
    return private(render(request, "owner/why_not.html", context))


def _near(named: str, lang: str) -> list[Offer]:
    """The records that a name may mean; one only where it is called just so."""
    if not any(c.isalnum() for c in named):
        return []
    found = list(seek(named, lang).records)
    plain = named.casefold()
    same = [r for r in found if plain in {(n or "").casefold() for n in _names(r)}]
    return same if len(same) == 1 else found[:NEAR]


def _names(record: Offer) -> tuple[str | None, ...]:
    return (*record.names.model_dump().values(), *record.aliases)


def _says(asked: Asked, offer: dict[str, Any], key: str) -> str:
    """In a sentence or two why it was not among what was shown."""
    lang = asked.lang
    if offer["verdict"] == "excluded":
        counted = plural(lang, "journey.why.excluded", len(offer["not_met"]))
        return f"{counted} {text(lang, 'journey.why.excluded_change')}"
    shown = engine.answer(asked.query(today()))["offers"]
    if key in {f"{o['type']}/{o['id']}" for o in shown}:
        return text(lang, "journey.why.shown")
    if offer["availability"] == "closed":
        return text(lang, "journey.why.closed")
    if engine.made_for_others(key, asked.all_facts, asked.need):
        return text(lang, "journey.why.sector")
    if offer["missing_words"]:
        return text(lang, "journey.why.open")
    return text(lang, "journey.why.fits")
