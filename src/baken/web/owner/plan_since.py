"""A plan that is opened later: on which day it was made, which terms have passed and which offers
closed since; and dating it anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from baken.landscape.availability import deadline
from baken.web import catalogue, words
from baken.web.owner.asking import Asked
from baken.web.owner.plan_days import NOW, Step, term_ends
from baken.web.texts import plural, text

LONGEST = timedelta(days=3660)
"""An older day is none on which a plan was made."""


def made_on(asked: Asked, today: date) -> date:
    """The day on which the plan was made: today, unless the form tells an earlier one."""
    told = asked.made_on
    return told if told and timedelta() <= today - told <= LONGEST else today


@dataclass(frozen=True)
class Term:
    """A term as it is told on a day: its title; of one that ended the last day (``over``), where a
    step has none of its own, and what holds all the same; its other steps.
    """

    title: str
    over: str
    holds: Sequence[Step]
    steps: Sequence[Step]


def term_of(when: str, steps: Sequence[Step], made: date, today: date, lang: str) -> Term:
    """A term with its last day, for a plan on paper is read on other days. What may not be done
    before something else is not over with it, so it stands apart.
    """
    ends = term_ends(when, steps, made)
    last = words.day(lang, ends.isoformat())
    name = "today" if when == NOW and ends == made else when
    title = text(lang, "journey.plan.ends", term=text(lang, f"journey.plan.{name}"), day=last)
    if ends >= today:
        return Term(title, "", (), steps)
    tasks = [step for step in steps if not step.holds]
    over = any(step.until is None for step in tasks)
    return Term(title, last if over else "", [step for step in steps if step.holds], tasks)


def alone(step: Step, made: date, today: date, lang: str) -> tuple[str, str]:
    """A step as it is told without the others of its term; and that its term ended, if it did."""
    term = term_of(step.when, [step], made, today, lang)
    if term.holds:
        return f"{text(lang, 'journey.plan.holds')} {step.says}", ""
    return step.says, text(lang, "journey.plan.over", day=term.over) if term.over else ""


def changes(
    asked: Asked, chosen: Sequence[Mapping[str, Any]], made: date, today: date
) -> list[str]:
    """What became of the chosen offers since the plan was made, a sentence each; nothing on that
    day itself.
    """
    if made == today:
        return []
    lang, records = asked.lang, catalogue.by_id([o["id"] for o in chosen])
    told = [_change(o, records.get((o["type"], o["id"])), made, today, lang) for o in chosen]
    gone = len(asked.picks) - len(chosen)
    lines = [plural(lang, "journey.plan.gone", gone)] if gone > 0 else []
    return [*filter(None, told), *lines]


def _change(
    offer: Mapping[str, Any], record: Mapping[str, Any] | None, made: date, today: date, lang: str
) -> str:
    if offer["verdict"] == "excluded":
        return text(lang, "journey.plan.since_unfit", name=offer["name"])
    last = deadline(catalogue.as_offer(record), made) if record else None
    if last is not None and last < today:
        told = {"name": offer["name"], "day": words.day(lang, last.isoformat())}
        if offer["availability"] == "open" and offer.get("deadline"):
            again = words.day(lang, offer["deadline"])
            return text(lang, "journey.plan.since_again", again=again, **told)
        return text(lang, "journey.plan.since_over", **told)
    if offer["availability"] == "closed":
        return text(lang, "journey.plan.since_closed", name=offer["name"])
    return ""
