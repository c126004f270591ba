"""Why a measure is not in the answer: found by its name, held against what is known of the firm.

A name that is not just its own, or its own but for an error, is never answered: it is asked which
measure is meant.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baken.landscape.model import Offer
from baken.match.meant import Called
from baken.web import catalogue, engine, words
from baken.web.handover.reach import ceased
from baken.web.owner.answered import of_form, only, private, today
from baken.web.owner.asking import PICK, Asked
from baken.web.owner.doorway import doors_of, still_there
from baken.web.owner.pages import successors
from baken.web.owner.twins import joined
from baken.web.texts import plural, text
from baken.web.typed import line

MAX_NAME = 100
GONE = ("abolished", "replaced")


@of_form
def why_not_page(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The condition that excludes what was named, and what would change that."""
    named = line(request.POST.get("missed", ""), MAX_NAME)
    chosen = request.POST.get("which", "")
    context: dict[str, Any] = {"asked": asked, "named": named}
    if not PICK.fullmatch(chosen):
        sure, near = _meant(named, asked.lang)
        context["near"] = [{"key": _key(r), "name": _name(r, asked.lang)} for r in near]
        chosen = _key(sure) if sure else ""
    if chosen:
        found = only(asked, [chosen])["chosen"]
        if found:
            context |= {"offer": found[0], "about": found[0]["name"]}
        if gone := _gone(chosen, asked.lang):
            context |= gone
        elif found:
            context["says"] = _says(asked, found[0], chosen)
    return private(render(request, "owner/why_not.html", context))


def _meant(named: str, lang: str) -> tuple[Offer | None, list[Offer]]:
    """The record that bears a name, else those of which the owner is asked which is meant."""
    records = catalogue.offers()
    found = called(lang).find(named)
    sure = None if found.sure is None else records[found.sure]
    return sure, [records[at] for at in found.near]


def called(lang: str) -> Called:
    """What the records are called, for who types a name; made once per version of the table."""
    return _called(catalogue.current_version(), lang)


@lru_cache(maxsize=6)
def _called(version: str, lang: str) -> Called:
    """What the records of a version of the table are called."""
    return Called(catalogue.offers(), lang)


def _key(record: Offer) -> str:
    return f"{record.type}/{record.id}"


def _name(record: Offer, lang: str) -> str:
    return words.pick(record.names.model_dump(), lang)


def _gone(key: str, lang: str) -> dict[str, Any]:
    """That a record is no more, by whom and since when that is known, and what came in its place;
    nothing of one that is there. The operator's table tells it of organisations too.
    """
    kind, _, id_ = key.partition("/")
    record = catalogue.by_id([id_]).get((kind, id_), {})
    status = record.get("status") or {}
    if status.get("value") in GONE:
        as_of = status.get("as_of")
        source = f"offers.availability.{'dated' if as_of else 'undated'}"
        state = text(lang, "journey.why.gone")
        says = text(lang, source, state=state, date=words.day(lang, as_of)) + "."
    elif record and kind == "organisation" and ceased([id_]):
        says = text(lang, "journey.why.ceased")
    else:
        return {}
    next_ = successors(record, lang)
    if next_:
        names = ", ".join(one["name"] for one in next_)
        says = f"{says} {text(lang, 'journey.why.replaced', names=names)}"
    name = words.pick(record["names"], lang)
    return {"about": name, "says": says, "successors": next_, "gone": {"type": kind, "id": id_}}


def _says(asked: Asked, offer: dict[str, Any], key: str) -> str:
    """In a sentence or two why it was not among what was shown."""
    lang = asked.lang
    if offer["verdict"] == "excluded":
        counted = plural(lang, "journey.why.excluded", len(offer["not_met"]))
        key = "change" if any(r.get("change") for r in offer["not_met"]) else "which"
        return f"{counted} {text(lang, f'journey.why.excluded_{key}')}"
    if key in _on_page(asked):
        return text(lang, "journey.why.shown")
    if offer["availability"] == "closed":
        return text(lang, "journey.why.closed")
    if engine.made_for_others(key, asked.all_facts, "" if asked.no_trade else asked.need):
        return text(lang, "journey.why.sector")
    if offer["missing_words"]:
        return text(lang, "journey.why.open")
    return text(lang, "journey.why.fits")


def _on_page(asked: Asked) -> set[str]:
    """The doors and offers (``type/id``) that the page with the answer shows: also the next best in
    a place that came free, and what stands inside another."""
    answer, more = engine.answer_and_more(asked.query(today()))
    shown = still_there(joined(answer, more))
    doors = doors_of(shown.get("route") or {})
    offers = [one for o in shown["offers"] for one in (o, o.get("twin")) if one]
    return {f"organisation/{d}" for d in doors} | {f"{o['type']}/{o['id']}" for o in offers}
