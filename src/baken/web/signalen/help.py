"""From a story to help: what an owner would ask, in words, and the door and offers for that."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

from baken.kernel.errors import BakenError
from baken.signals.asks import URGENT
from baken.signals.stories import question
from baken.web import engine
from baken.web.owner.asking import Asked
from baken.web.owner.present import present
from baken.web.owner.twins import joined
from baken.web.signalen.judge import Story
from baken.web.words import fact_label, told, value_label

OFFERS = 3
MOST = 4
"""So many stories get help on the page; whoever has more begins with these."""


def need_of(story: Story, lang: str) -> str:
    """What the owner would ask about a story: of its cause, else of its kind. It has no figure."""
    return question(story.items)[lang]


def help_for(story: Story, facts: Mapping[str, Any], lang: str, as_of: str) -> dict[str, Any]:
    """The need, the first door and the first offers; without the last two where match can't.

    ``facts`` are those of the firm's alarms. Here those count that make it urgent; none of them
    goes along with the question, unless its owner ticks it (``take``).
    """
    urgent = {k: v for k, v in facts.items() if k in URGENT}
    asked = Asked(lang=lang, need=need_of(story, lang), limit=OFFERS)
    shown: dict[str, Any] = {"asked": asked, "door": None, "offers": []}
    shown["scan_needs"] = [{"code": code} for code in story.lead.alarm.needs]
    shown["take"] = [_item(k, v, lang, as_of) for k, v in facts.items()]
    query = {**asked.query(as_of), "facts": urgent}
    try:
        answer = joined(*engine.answer_and_more(query))
    except BakenError as e:
        logging.getLogger("baken.web").warning("no help for an alarm: %s", e.path)
        return shown
    page = present(answer, lang, asked)
    route = page["route"]
    if route and route["doors"]:
        shown["door"], shown["why"] = route["doors"][0], route["why"]
        shown["urgent"] = page.get("urgent")
    door = shown["door"]["id"] if shown["door"] else ""
    shown["offers"] = [o for o in page["offers"] if o["id"] != door][:OFFERS]
    return shown


def _item(fact: str, value: Any, lang: str, as_of: str) -> dict[str, str]:
    """A fact that may go along: as the form sends it, and in words."""
    said = value_label(lang, fact, value, date.fromisoformat(as_of))
    return {
        "value": json.dumps({fact: value}, separators=(",", ":")),
        "text": told(lang, fact_label(lang, fact, value), said),
    }
