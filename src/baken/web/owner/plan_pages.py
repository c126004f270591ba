"""The plan as a page, and its days as a file for a calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from icalendar import Alarm, Calendar, Event

from baken.landscape.told import told
from baken.web import catalogue, engine
from baken.web.negotiate import wants_json
from baken.web.owner import kept
from baken.web.owner.answered import of_form, only, private, today
from baken.web.owner.asking import Asked
from baken.web.owner.combined import combined, found_together, in_short
from baken.web.owner.errors import error_response
from baken.web.owner.plan import Plan, make_plan, stands_on
from baken.web.texts import text

UNTICKED = 3
"""So many of the first offers make the plan where none was ticked."""
WARN = timedelta(days=-3)


@of_form
def plan_page(request: HttpRequest, asked: Asked) -> HttpResponse:
    """What to do with the ticked offers: this week, this month, this quarter."""
    found = _plan(asked)
    if found is None:
        return error_response(request, 400)
    plan, chosen = found
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
    found = _plan(asked)
    if found is None:
        return error_response(request, 400)
    plan, chosen = found
    day = timezone.localdate()
    known = combined(asked, chosen, day)
    short = in_short(known, request.lang) if known else []
    made = as_calendar(plan, day, "\n".join(short))
    response = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="baken-plan.ics"'
    return private(response)


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
        "bring": list(plan.bring),
        "together": None if known is None else known[0].as_json(),
    }
    return JsonResponse(made, json_dumps_params={"ensure_ascii": False})


def plan_of(asked: Asked) -> Plan | None:
    """The plan of what was asked, for who needs its days only."""
    found = _plan(asked)
    return found[0] if found else None


def _plan(asked: Asked) -> tuple[Plan, Sequence[Mapping[str, Any]]] | None:
    """The plan for what was ticked, else for the first offers of the answer; and those offers."""
    if not asked.picks:
        found = engine.answer(asked.query(today()))["offers"]
        fitting = [o for o in found if o["verdict"] != "excluded"]
        asked.picks = [f"{o['type']}/{o['id']}" for o in fitting[:UNTICKED]]
    answer = only(asked, asked.picks)
    if answer is None:
        return None
    chosen, lang, day = answer["chosen"], asked.lang, timezone.localdate()
    records = catalogue.by_id(p.split("/")[1] for p in asked.picks)
    beside = {o["key"]: _beside(o, records, lang, day) for o in chosen}
    return make_plan(answer, chosen, records, beside, asked.need, lang, day), chosen


def _beside(
    offer: Mapping[str, Any], records: Mapping[tuple[str, str], Any], lang: str, day: date
) -> Sequence[str]:
    """What is known of an offer beside other aid."""
    record = records.get((offer["type"], offer["id"]))
    if record is None or offer["type"] != "instrument":
        return ()
    parts = told(catalogue.as_offer(record), lang, day, catalogue.names(lang))
    return [line.says for part in parts if part.name == "not_with" for line in part.lines]


def as_calendar(plan: Plan, now: date, beside: str = "") -> bytes:
    """An iCalendar file: one event of a whole day per step.

    A step with a last day stands on it, with an alarm three days before; the others stand at the
    end of their term, those of this week on Friday. ``beside`` is told with the first step: what
    goes together, in which order, how much at most.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Baken//plan//NL")
    calendar.add("version", "2.0")
    stamp = datetime.now(UTC)
    for at, step in enumerate(plan.steps):
        on = stands_on(step, now)
        event = Event()
        event.add("uid", f"{uuid4()}@baken")
        event.add("dtstamp", stamp)
        event.add("dtstart", on)
        event.add("dtend", on + timedelta(days=1))
        event.add("summary", step.says)
        event.add("transp", "TRANSPARENT")
        if beside and not at:
            event.add("description", beside)
        if step.until:
            bell = Alarm()
            bell.add("action", "DISPLAY")
            bell.add("description", step.says)
            bell.add("trigger", WARN)
            event.add_component(bell)
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made
