"""The steps of a plan: what is done for each chosen offer, and in which term."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from baken.web.owner.apply_term import half_way, in_term
from baken.web.owner.grounds import dated
from baken.web.owner.plan_days import LAW, MONTH, NOW, QUARTER, SOONER, WEEK, Step, term_of
from baken.web.owner.plan_order import in_order, later, ones_before, what_is_before
from baken.web.owner.pressing import is_court, is_safety_net, words
from baken.web.owner.twins import is_door
from baken.web.owner.unsure import giver, is_unsure, start_untold
from baken.web.texts import text
from baken.web.words import day, pick, told

Shown = Mapping[str, Any]
NOT_ASKED_FOR = frozenset({"tax", "relief", "network"})
"""Kinds of which many are no application: a return, a report, a membership."""
TALKS = frozenset({"advice", "network"})
"""Kinds that begin with a talk: who had it need not apply as well."""


@dataclass(frozen=True)
class Case:
    """What a plan is made of: the chosen ``offers``, the ``doors`` that are called, the
    ``records`` of both by type and id, and whether it is ``pressing``. ``first`` are the measures
    that are lost to who asks for others before, by id, and those others. ``givers`` (by type and
    id of an offer) and ``helpers`` (by id) are who can be called, each with name, url, type, id.
    ``duties`` is what the law asks at once. The ``others`` are doors that are called and are no
    step of their own; ``other`` is for where nobody else helps.
    """

    offers: Sequence[Shown]
    doors: Sequence[Shown]
    records: Mapping[tuple[str, str], Shown]
    lang: str
    today: date
    pressing: bool = False
    first: Mapping[str, Sequence[str]] = field(default_factory=dict)
    givers: Mapping[tuple[str, str], Shown] = field(default_factory=dict)
    helpers: Mapping[str, Shown] = field(default_factory=dict)
    duties: Sequence[Shown] = ()
    others: Sequence[Shown] = ()
    other: Shown | None = None

    def record(self, offer: Shown) -> Shown:
        """The record of an offer or a door."""
        return self.records.get((offer.get("type", ""), offer.get("id", "")), {})


def doors_to_call(
    route: Shown,
    records: Mapping[tuple[str, str], Shown],
    pressing: bool,
    duties: Sequence[Shown] = (),
) -> tuple[list[Shown], list[Shown], Shown | None]:
    """The doors that are a step, the others that are called as well, and the one for where nobody
    else helps. A step are the first door and who takes a report that the law asks; where it can't
    wait, before these who helps for free, if a door does. Then no court is called beside them.
    """
    doors, other = route.get("doors", []), route.get("alternative")
    every = [*doors, *filter(None, [other])]

    def record(door: Shown) -> Shown:
        return records.get((door.get("type", ""), door.get("id", "")), {})

    net = next((d for d in every if is_safety_net(record(d))), None) if pressing else None
    due = [duty["id"] for duty in duties if not duty.get("perhaps")]
    after = [d for d in every if d is not net and (d in doors[:1] or d.get("id") in due)]
    steps = [*([net] if net else []), *after]
    left = [d for d in every if d not in steps and not (pressing and is_court(record(d)))]
    return steps, [d for d in left if d is not other], other if other in left else None


def steps_of(case: Case) -> list[Step]:
    """All steps, those of one term in their order."""
    lang = case.lang
    steps = [*_duties(case), *_before_others(case), *_wait(case)]
    for door in case.doors:
        call = _call(door, lang)
        call = replace(call, when=NOW, must=True) if _is_told(case.duties) else call
        if case.pressing and is_safety_net(case.record(door)):
            steps.insert(0, replace(call, first=True))
        else:
            steps.append(call)
    steps += _of_offers(case)
    steps.append(Step(QUARTER, "look", text(lang, "journey.plan.look")))
    if not case.pressing:
        return steps
    return [s if s.until or _is_letter(case, s) else _sooner(s) for s in steps]


def _of_offers(case: Case) -> list[Step]:
    """The steps of all offers, of each after those of what comes before it."""
    before = what_is_before(case.offers, case.records, case.first)
    names = {o["id"]: o["name"] for o in case.offers}
    then = {one for ones in before.values() for one in ones}
    found: list[Step] = []
    of: dict[str, list[Step]] = {}
    for offer in in_order(case.offers, before):
        steps = _of_offer(case, offer, offer["id"] in then)
        if ones := ones_before(offer, before):
            done = [s for one in ones for s in of.get(one, ())]
            steps = later(steps, done, ", ".join(names[one] for one in ones), case.lang)
        if offer["type"] == "instrument":
            of[offer["id"]] = steps
        found += steps
    return found


def _sooner(step: Step) -> Step:
    return replace(step, when=SOONER[step.when])


def _is_letter(case: Case, step: Step) -> bool:
    """Whether a step is to write to a court: that comes after a talk with who helps."""
    courts = (o for o in (*case.doors, *case.offers) if is_court(case.record(o)))
    return any(step.mark == f"call/{o['type']}/{o['id']}" for o in courts)


def _is_told(duties: Sequence[Shown]) -> bool:
    """Whether what happened is surely told, so that a duty can't wait."""
    return any(not duty.get("perhaps") for duty in duties)


def _duties(case: Case) -> Iterator[Step]:
    """What the law asks at once, with its term: before all that is asked for or begun."""
    for duty in case.duties:
        says, perhaps = duty["says"], duty.get("perhaps", False)
        must = says if perhaps else text(case.lang, "journey.plan.must", says=says)
        yield Step(NOW, f"{LAW}{duty['id']}", must, must=not perhaps)


def _before_others(case: Case) -> Iterator[Step]:
    """What must be asked for before others, so that asking in the wrong order loses nothing."""
    names = {o["id"]: o["name"] for o in case.offers if o["type"] == "instrument"}
    for one, others in case.first.items():
        after = ", ".join(names[o] for o in others if o in names)
        if one in names and after:
            says = text(case.lang, "journey.plan.before_others", name=names[one], others=after)
            yield Step(WEEK, f"before/{one}", says, None, names[one], first=True, holds=True)


def _wait(case: Case) -> Iterator[Step]:
    names = [o["name"] for o in case.offers if o.get("apply") == "before_start"]
    if names:
        says = text(case.lang, "journey.plan.wait", names=", ".join(names))
        yield Step(WEEK, "wait", says, first=True, holds=True)


def _call(who: Shown, lang: str, offer: str = "") -> Step:
    """Go to an organisation, as its record says that one begins there."""
    mark, name = f"call/{who.get('type')}/{who.get('id')}", who["name"]
    begin = who.get("step") or who.get("first_step") or text(lang, "journey.plan.call", name=name)
    return Step(WEEK, mark, begin if name in begin else told(lang, name, begin), None, offer)


def _of_offer(case: Case, offer: Shown, leads: bool = False) -> list[Step]:
    """The steps of one offer; whether it ``leads`` others that are asked for after it."""
    record, lang = case.record(offer), case.lang
    talks = offer["type"] == "organisation" or record.get("kind") in TALKS
    if talks and is_door(offer, case.doors):
        return []
    if offer["type"] == "organisation":
        return [_call(offer, lang, offer["name"])]
    if years := _years(record):
        return [_decide(offer, record, years, lang)]
    steps = _untold(offer, record, lang)
    last = _day(offer.get("deadline"))
    until = last if last is not None and last >= case.today else None
    if offer["availability"] in ("call", "closed"):
        return [*steps, _look_now(offer, record, until, lang, leads)]
    begin = offer.get("first_step")
    if begin and record.get("kind") in TALKS and not offer.get("apply") and not until:
        says = " ".join([told(lang, offer["name"], begin), *_not_sure(offer, record, lang)])
        return [*steps, Step(WEEK, _mark("begin", offer), says, None, offer["name"])]
    says = told(lang, offer["name"], begin or text(lang, "offers.step_unknown"))
    begins = Step(WEEK, _mark("begin", offer), says, None, offer["name"])
    return [*steps, begins, _apply(offer, record, until, case)]


def _mark(step: str, offer: Shown) -> str:
    return f"{step}/{offer['type']}/{offer['id']}"


def _not_sure(offer: Shown, record: Shown, lang: str) -> list[str]:
    """That it is not sure whether one has a right to it; of what the law demands nothing."""
    unsure = is_unsure(offer) and not record.get("duty")
    return [text(lang, "journey.plan.unsure")] if unsure else []


def _untold(offer: Shown, record: Shown, lang: str) -> list[Step]:
    """Where the source is silent on the start: ask, before anything is signed."""
    if not start_untold(offer, record):
        return []
    says = text(lang, "journey.plan.untold", name=offer["name"], who=giver(record, lang))
    mark = _mark("untold", offer)
    return [Step(WEEK, mark, says, None, offer["name"], first=True, holds=True)]


def _look_now(
    offer: Shown, record: Shown, until: date | None, lang: str, leads: bool = False
) -> Step:
    """Whether it can be asked for at all, and to do it then where it ``leads``. Where one may not
    sign before that is known, it stands with the warning not to sign."""
    says = text(lang, "journey.plan.call_opens", name=offer["name"])
    if leads:
        says = f"{says} {text(lang, 'journey.plan.opens_first')}"
    waits = leads or offer.get("apply") == "before_start" or start_untold(offer, record)
    when = WEEK if waits else QUARTER
    return Step(when, _mark("apply", offer), says, until, offer["name"], first=waits)


def _years(record: Shown) -> str:
    """How long a course takes, in Dutch, where that is years; else nothing."""
    says: Mapping[str, str] = (record.get("duration") or {}).get("says") or {}
    return says.get("nl", "") if re.search(words("years"), says.get("nl", "")) else ""


def _decide(offer: Shown, record: Shown, years: str, lang: str) -> Step:
    """A course of years is weighed before anybody enrols."""
    lasts = record["duration"]["says"].get(lang) or years
    says = text(lang, "journey.plan.decide", name=offer["name"], lasts=lasts)
    return Step(QUARTER, _mark("apply", offer), says, None, offer["name"])


def _apply(offer: Shown, record: Shown, until: date | None, case: Case) -> Step:
    """Ask for it, in time."""
    lang, name = case.lang, offer["name"]
    last = [text(lang, "journey.plan.until", day=day(lang, until.isoformat()))] if until else []
    if record.get("duty"):
        way, when = _duty(offer, record, lang), term_of(until, case.today) if until else MONTH
    elif offer.get("apply") == "within_days":
        in_time = in_term(record, lang)
        way = (
            told(lang, name, in_time) if in_time else text(lang, "journey.plan.in_time", name=name)
        )
        when = term_of(until or half_way(record, case.today), case.today)
    else:
        way = text(lang, _way(offer, record), name=name)
        when = term_of(until, case.today) if until else MONTH
    says = " ".join([way, *_not_sure(offer, record, lang), *last])
    return Step(when, _mark("apply", offer), says, until, name)


def _duty(offer: Shown, record: Shown, lang: str) -> str:
    """What the law demands, within which term, by which source; after a talk, which is no delay."""
    when = record["texts"]["when"]
    dates = {s["n"]: s["date"] for s in record["sources"]}
    says, source = pick(when, lang), dated(dates[when["sources"][0]], lang)
    return text(lang, "journey.plan.duty", name=offer["name"], says=says, source=source)


def _way(offer: Shown, record: Shown) -> str:
    """The text of how one asks for it, as its record tells."""
    if offer["type"] == "training":
        return "journey.plan.enrol"
    if offer.get("apply") == "before_start":
        return "journey.plan.apply_before"
    if record.get("asked_through"):
        return f"journey.plan.through.{record['asked_through']}"
    if is_court(record):
        return "journey.plan.court"
    other = record.get("kind") in NOT_ASKED_FOR and not offer.get("apply")
    return "journey.plan.arrange" if other else "journey.plan.apply"


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None
