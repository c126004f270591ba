"""The plan as a page, and its days as a file for a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from icalendar import Event

from baken.landscape.together import before_others
from baken.landscape.told import Line, told
from baken.registers.workdays import next_working_day
from baken.web import catalogue, engine
from baken.web.handover.reach import ceased
from baken.web.ics import AT_NINE, answer, event, uid_of
from baken.web.negotiate import wants_json
from baken.web.owner import kept, reminders
from baken.web.owner.answered import of_form, only, private, today
from baken.web.owner.asking import Asked
from baken.web.owner.bell import bell_step
from baken.web.owner.combined import combined, found_together, in_short, without_room
from baken.web.owner.doorway import still_there
from baken.web.owner.listens import calm_line
from baken.web.owner.models import KeptPlan, PlanReminder
from baken.web.owner.plan import Plan, make_plan
from baken.web.owner.plan_days import NOW, Step, last_day, term_ends, warned_on
from baken.web.owner.plan_since import alone, changes, made_on, term_of
from baken.web.owner.plan_sources import cited
from baken.web.owner.pressing import words
from baken.web.owner.providers import organisation_of
from baken.web.owner.twins import joined
from baken.web.words import day as day_words
from baken.web.words import pick

UNTICKED = 3
"""So many of the first offers that the page shows make the plan where none was ticked."""
LATEST = timedelta(hours=16)
"""Who makes a plan later on a day reaches nobody that day any more."""
SOON = timedelta(minutes=15)
FILE = "baken-plan.ics"
K = TypeVar("K")


@of_form
def plan_page(request: HttpRequest, asked: Asked) -> HttpResponse:
    """What to do with the ticked offers, by term; with the button ``renew`` from today on."""
    today = timezone.localdate()
    anew = request.POST.get("do") == "renew"
    tick_first(asked)
    row = kept.row_of(asked)
    same = row is not None and kept.is_same(row, asked)
    if row is not None and same:
        asked.made_on = row.made_on
    asked.made_on = made = today if anew else made_on(asked, today)
    plan, chosen = plan_of(asked)
    if anew and row is not None and same:
        _renew(row, plan, today)
    if wants_json(request):
        return private(_json(asked, plan, chosen, made))
    context = {
        "asked": asked,
        "plan": plan,
        "terms": [term_of(*term, made, today, asked.lang) for term in plan.terms],
        "made_on": day_words(asked.lang, made.isoformat()),
        "later": made < today,
        "renewed": anew,
        "kept": same,
        "other": row is not None and not same,
        "moves": row is not None and PlanReminder.objects.filter(plan=row).exists(),
        "changes": changes(asked, chosen, made, today),
        "listens": calm_line(asked.lang, asked.all_facts) if plan.pressing else "",
        "together": combined(asked, chosen, today),
        "form": kept.new_form(),
    }
    return private(render(request, "owner/plan.html", context))


def _renew(row: KeptPlan, plan: Plan, today: date) -> None:
    """Let a kept plan begin today, and its reminders with it."""
    with transaction.atomic():
        row.made_on = today
        row.save(update_fields=["made_on"])
        reminders.move(row, reminders.days_of(plan, today, today))


def at_once(now: datetime) -> datetime:
    """When what the law asks at once rings: soon, on whatever day it is, or at nine.

    >>> at_once(datetime(2026, 11, 27, 18, 0)), at_once(datetime(2026, 11, 28, 7, 0))
    (datetime.datetime(2026, 11, 27, 18, 15), datetime.datetime(2026, 11, 28, 9, 0))
    """
    nine = datetime.combine(now.date(), time()) + AT_NINE
    return max(nine, now.replace(tzinfo=None) + SOON)


@of_form
def plan_calendar(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The same steps for a calendar."""
    plan, chosen = plan_of(asked)
    now = timezone.localtime()
    day, soon = now.date(), first_moment(now)
    known = combined(asked, chosen, day)
    short = in_short(known, request.lang) if known else []
    made = made_on(asked, day)
    beside = "\n".join(short)
    events = events_of(plan, asked.need, day, beside, soon, made, asked.lang, at_once(now))
    return private(answer(events, FILE))


def first_moment(now: datetime) -> datetime:
    """When what can't wait rings: today, at nine or soon, as long as somebody is there; else at
    nine on the next working day.

    >>> first_moment(datetime(2026, 11, 26, 10, 30))
    datetime.datetime(2026, 11, 26, 10, 45)
    >>> first_moment(datetime(2026, 11, 27, 18, 0))
    datetime.datetime(2026, 11, 30, 9, 0)
    """
    late = timedelta(hours=now.hour, minutes=now.minute) > LATEST
    day = next_working_day(now.date() + timedelta(days=late))
    nine = datetime.combine(day, time()) + AT_NINE
    return max(nine, now.replace(tzinfo=None) + SOON) if day == now.date() else nine


def _json(
    asked: Asked, plan: Plan, chosen: Sequence[Mapping[str, Any]], made: date
) -> JsonResponse:
    """The plan for programs."""
    today = timezone.localdate()
    known = found_together(asked, chosen, today)
    told = {
        "terms": [
            {
                "when": when,
                "ends_on": term_ends(when, steps, made),
                "over": bool(term_of(when, steps, made, today, asked.lang).over),
                "steps": [
                    {
                        "says": s.says,
                        "until": s.until,
                        "offer": s.offer or None,
                        "holds": s.holds,
                        "sources": _sources(plan, [s.mark])[0],
                    }
                    for s in steps
                ],
            }
            for when, steps in plan.terms
        ],
        "made_on": made,
        "since": changes(asked, chosen, made, today),
        "say": plan.say,
        "call": [
            {
                "name": c.name,
                "url": c.url or None,
                "otherwise": c.otherwise,
                "ask": [
                    {"says": says, "offers": offers, "sources": _sources(plan, [says])[0]}
                    for says, offers in c.ask.items()
                ],
            }
            for c in plan.calls
        ],
        "own": [
            {"offers": o.offers, "conditions": o.says, "sources": _sources(plan, o.says)}
            for o in plan.own
        ],
        "bring": list(plan.bring),
        "show": [
            {
                "offers": o.offers,
                "conditions": o.says,
                "sources": _sources(plan, o.says),
                "more": o.more,
            }
            for o in plan.show
        ],
        "together": None if known is None else known[0].as_json(),
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _sources(plan: Plan, says: Iterable[str]) -> list[list[dict[str, str | None]]]:
    """Of each condition where it is from, with its date."""
    return [[one.as_json() for one in plan.cited.get(line, ())] for line in says]


def tick_first(asked: Asked) -> None:
    """Choose the first offers of the page, where none was ticked.

    Raises:
        BakenError: where the engine can't use what was asked.
    """
    if not asked.picks:
        found = still_there(joined(*engine.answer_and_more(asked.query(today()))))["offers"]
        fitting = [o for o in found if o["verdict"] != "excluded"]
        asked.picks = [f"{o['type']}/{o['id']}" for o in fitting[:UNTICKED]]


def plan_of(asked: Asked) -> tuple[Plan, Sequence[Mapping[str, Any]]]:
    """The plan for what was ticked, else for the first offers of the page; and those offers. What
    is told of them is of today, the terms count from the day on which the plan was made.

    Raises:
        BakenError: where the engine can't use what was asked.
    """
    tick_first(asked)
    answer = only(asked, asked.picks)
    chosen, lang, day = answer["chosen"], asked.lang, timezone.localdate()
    route = answer.get("route") or {}
    doors = [d["id"] for d in (*route.get("doors", []), route.get("alternative")) if d]
    records = catalogue.by_id([*(p.split("/")[1] for p in asked.picks), *doors])
    lines = {o["key"]: _beside(o, records, lang, day) for o in chosen}
    beside = {key: [line.says for line in found] for key, found in lines.items()}
    picked = [records[key] for o in chosen if (key := (o["type"], o["id"])) in records]
    first = before_others([catalogue.as_offer(r) for r in picked], day)
    givers = _there({(r["type"], r["id"]): _giver(r, lang) for r in picked})
    plan = make_plan(
        answer, chosen, records, beside, asked.need, lang, made_on(asked, day), first,
        givers, _there(_helpers(lang)), without_room(asked, chosen, day), bell_step(asked, day),
    )  # fmt: skip
    found = cited(chosen, records, lines, answer.get("duties", ()), lang)
    return replace(plan, cited=found), chosen


def _there(lines: Mapping[K, Mapping[str, Any] | None]) -> dict[K, Mapping[str, Any]]:
    """Of who could be called, those that are and that are there still."""
    gone = ceased([line["id"] for line in lines.values() if line])
    return {key: line for key, line in lines.items() if line and line["id"] not in gone}


def _giver(record: Mapping[str, Any], lang: str) -> Mapping[str, Any] | None:
    """Who gives an offer as somebody to call: the organisation that it names, or the only one that
    it points to where it has no site of its own; None where it has no record."""
    if record["type"] == "organisation":
        return None
    if found := organisation_of(record):
        return _line(found.model_dump(mode="json"), lang)
    ids = record.get("provider_ids") or ()
    near = catalogue.by_id(ids) if len(ids) == 1 and not record.get("url") else {}
    return next((_line(r, lang) for (kind, _), r in near.items() if kind == "organisation"), None)


def _helpers(lang: str) -> dict[str, Mapping[str, Any]]:
    """Who is called by a trade and no name, by id."""
    records = catalogue.by_id(words("helpers"))
    return {i: _line(r, lang) for (kind, i), r in records.items() if kind == "organisation"}


def _line(record: Mapping[str, Any], lang: str) -> Mapping[str, Any]:
    name = pick(record["names"], lang)
    return {"name": name, "url": record["url"], "type": "organisation", "id": record["id"]}


def _beside(
    offer: Mapping[str, Any], records: Mapping[tuple[str, str], Any], lang: str, day: date
) -> Sequence[Line]:
    """What is known of an offer beside other aid."""
    record = records.get((offer["type"], offer["id"]))
    if record is None or offer["type"] != "instrument":
        return ()
    parts = told(catalogue.as_offer(record), lang, day, catalogue.names(lang))
    lines = [line for part in parts if part.name == "not_with" for line in part.lines]
    return [line for line in lines if line.sources]


def events_of(
    plan: Plan,
    need: str,
    today: date,
    beside: str = "",
    soon: datetime | None = None,
    made: date | None = None,
    lang: str = "nl",
    law: datetime | None = None,
) -> list[Event]:
    """For a calendar: one event of a whole day per step.

    A step with a last day stands on it, with an alarm three working days before; the others
    stand at the end of their term, and what may not be done before something else on the first
    day. What can't wait stands on the day of ``soon`` and rings then (without it: on the first
    working day, at nine); where the law asks something at once, on that of ``law`` (without it:
    today at nine), whatever day that is; the later days of such a plan ring at nine. ``beside``
    is told with the first step: what goes together, in which order, how much at most. Taken
    again, later or in another language, the same step for the same ``need`` is the same event.
    Of a plan that was ``made`` earlier a step whose term has passed is for now and says so;
    what holds all the same is told as that, and rings no bell.
    """
    soon = soon or first_moment(datetime.combine(today, time()))
    law = law or at_once(datetime.combine(today, time()))
    asked, found = any(step.law for step in plan.steps), []
    for at, step in enumerate(plan.steps):
        rings = law if asked and step.when == NOW else soon
        day, bell = _when(step, plan.pressing, made or today, rings)
        says, late = alone(step, made or today, today, lang)
        more = "\n".join(filter(None, [late, "" if at else beside]))
        uid = uid_of(" ".join(need.split()), step.mark)
        found.append(event(says, day, bell=bell, says=more, uid=uid))
    return found


def _when(step: Step, pressing: bool, made: date, soon: datetime) -> tuple[date, timedelta | None]:
    """The day of a step, and how long after its beginning a bell rings."""
    if step.until:
        return step.until, warned_on(step.until) - step.until + AT_NINE
    ends = last_day(step, made)
    over = ends < soon.date()
    if step.when == NOW or over:
        rings = soon - datetime.combine(soon.date(), time())
        return soon.date(), None if over and step.holds else rings
    if step.holds:
        return soon.date(), None
    return ends, AT_NINE if pressing else None
