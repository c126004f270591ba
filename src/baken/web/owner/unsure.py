"""What of a chosen offer is not sure yet: what who gives it is asked, and what the owner settles.

A condition of which nothing was said is mostly the owner's own to tell: an amount, a length, a
choice, a debt. What the law works out, or stands on a list of who gives it, is theirs to tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from baken.facts.vocabulary import load_vocabulary
from baken.landscape.together import silent_on_start
from baken.match.giver import bare_name, by_law
from baken.match.route import RED
from baken.match.texts import say
from baken.web.owner.providers import within
from baken.web.texts import text

Shown = Mapping[str, Any]
OPEN = ("not_said", "judged", "text")
"""Groups of conditions of which nobody knows yet whether they are met."""
LISTED = frozenset(
    {"on_tax_list", "on_technology_list", "theme_on_list", "in_named_zone", "provider_recognised"}
)
"""Facts that stand on a list of who gives the measure."""


def start_untold(offer: Shown, record: Shown) -> bool:
    """Whether no source tells if one asks for it before the start."""
    return silent_on_start(offer.get("apply"), record.get("kind"), families_of(record))


def families_of(record: Shown) -> frozenset[str]:
    """The families of its conditions."""
    return frozenset(c.get("family", "") for c in record.get("conditions", []))


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
    """What to ask who gives it: whether it can be had, when to ask for it, and the conditions that
    an owner can't tell; not whether the law's demand can be had, and nothing where nobody gives it.
    What is to be shown stands with what to have ready.
    """
    if by_law(str(record.get("provider") or "")):
        return
    can_be_had = offer["type"] != "organisation" and not record.get("duty")
    if offer["availability"] == "unknown" and can_be_had:
        yield text(lang, "journey.plan.ask_now")
    if start_untold(offer, record):
        yield text(lang, "journey.plan.ask_start")
    for says, facts in _not_said(offer, record):
        if _is_of_giver(facts):
            yield text(lang, "journey.plan.ask_condition", says=says)


def to_settle(offer: Shown, record: Shown, pressing: bool) -> Iterator[str]:
    """The conditions that the owner knows or chooses; where it is ``pressing`` none that asks
    whether there is trouble."""
    for says, facts in _not_said(offer, record):
        if not _is_of_giver(facts) and not (pressing and facts & set(RED)):
            yield says


def _is_of_giver(facts: frozenset[str]) -> bool:
    known = load_vocabulary()
    return any(f in LISTED or "law" in known[f].origins for f in facts)


def _not_said(offer: Shown, record: Shown) -> Iterator[tuple[str, frozenset[str]]]:
    """The conditions of which the owner said nothing, each with the facts that it rests on."""
    rules = {c["id"]: c.get("rule") or "" for c in record.get("conditions", [])}
    known = load_vocabulary()
    for group in offer["groups"]:
        for reason in group["reasons"] if group["name"] == "not_said" else []:
            found = re.findall(r"[a-z_0-9]+", rules.get(reason.get("condition"), ""))
            yield reason["says"], frozenset(f for f in found if f in known)
