"""What of a chosen offer is not sure yet, as questions for who gives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from baken.landscape.together import silent_on_start
from baken.match.giver import bare_name
from baken.match.texts import say
from baken.web.owner.providers import within
from baken.web.texts import text

Shown = Mapping[str, Any]
OPEN = ("not_said", "judged", "text")
"""Groups of conditions of which nobody knows yet whether they are met."""


def start_untold(offer: Shown, record: Shown) -> bool:
    """Whether no source tells if one asks for it before the start."""
    return silent_on_start(offer.get("apply"), record.get("kind"))


def is_unsure(offer: Shown) -> bool:
    """Whether a condition of it is open."""
    return offer["verdict"] == "open" or any(g["name"] in OPEN for g in offer["groups"])


def giver(record: Shown, lang: str) -> str:
    """Who gives it, without what stands beside the name."""
    found = within(record, lang)
    if found["lang"] == lang != "nl":
        return str(found["name"])
    return bare_name(found["name"]) or say("provider", lang)


def to_ask(offer: Shown, record: Shown, lang: str) -> Iterator[str]:
    """What to ask who gives it: whether it can be had, when to ask for it, and each condition that
    was not told of. What is to be shown stands with what to have ready.
    """
    if offer["availability"] == "unknown":
        yield text(lang, "journey.plan.ask_now")
    if start_untold(offer, record):
        yield text(lang, "journey.plan.ask_start")
    for group in offer["groups"]:
        if group["name"] == "not_said":
            for reason in group["reasons"]:
                yield text(lang, "journey.plan.ask_condition", says=reason["says"])
