"""The plan as a page, and its days as a file for a calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from icalendar import Event

from baken.landscape.together import before_others
from baken.landscape.told import told
from baken.web import catalogue, engine
from baken.web.ics import answer, event, uid_of
from baken.web.negotiate import wants_json
from baken.web.owner import kept
from baken.web.owner.answered import of_form, only, private, today
from baken.web.owner.asking import Asked
from baken.web.owner.combined import combined, found_together, in_short
from baken.web.owner.plan import Plan, make_plan, stands_on
from baken.web.texts import text

UNTICKED = 3
"""So many of the first offers make the plan where none was ticked."""
WARN = timedelta(days=-3)


@of_form
def plan_page(request: HttpRequest, asked: Asked) -> HttpResponse:
    """What to do with the ticked offers: this week, this month, this quarter."""
    plan, chosen = plan_of(asked)
    if wants_json(request):
        return private(_json(asked, plan, chosen))
    terms = [(text(asked.lang, f"journey.plan.{when}"), steps) for when, steps in plan.terms]
    context = {
        "asked": asked,
        "plan": plan,
        "terms": terms,
        "together": combined(asked, chosen, timezone.localdate()),
        "form": kept.new_form(),
    }
    return private(render(request, "owner/plan.html", context))


@of_form
def plan_calendar(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The same steps for a calendar."""
    plan, chosen = plan_of(asked)
    day = timezone.localdate()
    known = combined(asked, chosen, day)
    short = in_short(known, request.lang) if known else []
    return private(answer(events_of(plan, asked.need, day, "\n".join(short)), "baken-plan.ics"))


def _json(asked: Asked, plan: Plan, chosen: Sequence[Mapping[str, Any]]) -> JsonResponse:
    """The plan for programs."""
    known = found_together(asked, chosen, timezone.localdate())
    made = {
        "terms": [
            {
                "when": when,
                "steps": [
                    {"says": s.says, "until": s.until, "offer": s.offer or None} for s in steps
                ],
            }
            for when, steps in plan.terms
        ],
        "say": plan.say,
        "ask": [{"offer": name, "questions": questions} for name, questions in plan.ask],
        "bring": list(plan.bring),
        "together": None if known is None else known[0].as_json(),
    }
    return JsonResponse(made, json_dumps_params={"ensure_ascii": False})


def plan_of(asked: Asked) -> tuple[Plan, Sequence[Mapping[str, Any]]]:
    """The plan for what was ticked, else for the first offers of the answer; and those offers.

    Raises:
        BakenError: where the engine can't use what was asked.
    """
    if not asked.picks:
        found = engine.answer(asked.query(today()))["offers"]
        fitting = [o for o in found if o["verdict"] != "excluded"]
        asked.picks = [f"{o['type']}/{o['id']}" for o in fitting[:UNTICKED]]
    answer = only(asked, asked.picks)
    chosen, lang, day = answer["chosen"], asked.lang, timezone.localdate()
    records = catalogue.by_id(p.split("/")[1] for p in asked.picks)
    beside = {o["key"]: _beside(o, records, lang, day) for o in chosen}
    first = before_others([catalogue.as_offer(r) for r in records.values()], day)
    return make_plan(answer, chosen, records, beside, asked.need, lang, day, first), chosen


def _beside(
    offer: Mapping[str, Any], records: Mapping[tuple[str, str], Any], lang: str, day: date
) -> Sequence[str]:
    """What is known of an offer beside other aid."""
    record = records.get((offer["type"], offer["id"]))
    if record is None or offer["type"] != "instrument":
        return ()
    parts = told(catalogue.as_offer(record), lang, day, catalogue.names(lang))
    return [line.says for part in parts if part.name == "not_with" for line in part.lines]


def events_of(plan: Plan, need: str, now: date, beside: str = "") -> list[Event]:
    """For a calendar: one event of a whole day per step.

    A step with a last day stands on it, with an alarm three days before; the others stand at the
    end of their term, those of this week on Friday. ``beside`` is told with the first step: what
    goes together, in which order, how much at most. Taken again, later or in another language, the
    same step for the same ``need`` is the same event.
    """
    return [
        event(
            step.says,
            stands_on(step, now),
            bell=WARN if step.until else None,
            says="" if at else beside,
            uid=uid_of(" ".join(need.split()), step.mark),
        )
        for at, step in enumerate(plan.steps)
    ]
