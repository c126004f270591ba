"""What an answer on the alarm bell says, and what the board must do by when."""

from __future__ import annotations

from typing import Any

from baken.web import words
from baken.web.reckon.filled import Filled
from baken.web.reckon.say.common import Shown, euro, key, reason
from baken.web.texts import text

WITH_BELL = ("bv", "cv", "nv")
RINGS = frozenset({"bell.half", "bell.negative", "bell.threatens", "bell.liquidity"})
REASONS = {
    "net_assets": "net_assets", "half": "net_assets", "quarter": "net_assets",
    "negative": "net_assets", "threatens": "net_assets", "liquidity": "liquidity",
}  # fmt: skip
"""The two reasons for which a meeting is called, by what rings."""


def says(given: Any, answer: Any, filled: Filled | None, lang: str) -> Shown:
    """Whether it rings, why, and the day; forms without a bell get a sentence of their own."""
    if given.legal_form not in WITH_BELL:
        alone = given.legal_form == "sole_trader"
        return {
            "says": text(lang, f"reckon.alarm_bell.{'not_alone' if alone else 'not_for'}"),
            "look": "fits",
            "notes": [] if alone else [reason(answer.step, {"bell.no_bell"}, lang)],
            "skip": {"bell.no_bell"} if alone else (),
        }
    name, look = key(answer.rings), {True: "excluded", False: "fits", None: "open"}[answer.rings]
    notes = []
    under = bool(answer.triggers.get("below_61500"))
    if under and not answer.convene:
        name, look = "only_minimum" if answer.convene is False else "minimum_open", "open"
    elif answer.rings and answer.convene is False:
        name, look = "silent", "open"
    elif answer.rings:
        notes.append(reason(answer.step, RINGS, lang))
        notes += [reason(answer.step, {"bell.below_61500"}, lang)] if under else []
    silent = getattr(given.previous, "reason", "")
    if answer.meeting_by:
        notes += _meeting(given, answer, REASONS.get(silent, ""), lang)
    if answer.silent_until:
        day = words.day(lang, answer.silent_until.isoformat())
        told = text(lang, f"reckon.alarm_bell.reason_{REASONS[silent]}")
        notes.append(text(lang, "reckon.alarm_bell.silent_until", date=day, reason=told))
    if answer.net_assets is not None:
        amount = euro(lang, answer.net_assets)
        notes.append(text(lang, "reckon.alarm_bell.net_assets", amount=amount))
    return {"says": text(lang, f"reckon.alarm_bell.{name}"), "look": look,
            "notes": [n for n in notes if n]}  # fmt: skip


def _meeting(given: Any, answer: Any, silent: str, lang: str) -> list[str]:
    """From when the time runs, where that is not known; then the last day of the meeting (for
    which reason, where there are two), or that it has passed."""
    day = words.day(lang, answer.meeting_by.isoformat())
    rings = {REASONS[n] for n, value in answer.triggers.items() if value and n in REASONS}
    left = sorted(rings - ({silent} if answer.silent_until else set()))
    today = "" if given.established_on else "_today"
    found = [text(lang, f"reckon.alarm_bell.meeting_by{today}", date=day)]
    if answer.silent_until and left:
        told = text(lang, f"reckon.alarm_bell.reason_{left[0]}")
        found = [text(lang, f"reckon.alarm_bell.meeting_for{today}", date=day, reason=told)]
    if today:
        found.insert(0, text(lang, "reckon.alarm_bell.should_have"))
    if answer.meeting_by < given.as_of:
        found.append(text(lang, "reckon.alarm_bell.passed"))
    return found
