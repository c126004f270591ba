"""What to do with chosen offers: this week, this month, this quarter, so that no right is lost.

What a source wants asked before anything is begun or ordered is the first thing; where it is silent
the plan says so, and to ask. What closes first comes first. A plan is made of the presented answer
alone: it keeps nothing and asks nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from baken.registers.workdays import is_working_day
from baken.web.owner.unsure import giver, is_unsure, start_untold, to_ask
from baken.web.texts import items, text
from baken.web.words import day, told

Shown = Mapping[str, Any]
WEEK, MONTH, QUARTER = "week", "month", "quarter"
DAYS = {WEEK: 7, MONTH: 31, QUARTER: 92}
MONEY = frozenset({"grant", "voucher", "loan", "guarantee", "equity", "tax", "relief"})
FIGURES = frozenset({"loan", "guarantee", "equity"})
NOT_ASKED_FOR = frozenset({"tax", "relief", "network"})
"""Kinds of which many are no application: a return, a report, a membership."""
MOST_OF_NEED = 200
MOST_TO_SHOW = 6


@dataclass(frozen=True)
class Step:
    """One thing to do for an ``offer``. ``until`` is its last day, where there is one; what is
    ``first`` goes before all else. ``mark`` names it within its plan, in any language."""

    when: str
    mark: str
    says: str
    until: date | None = None
    offer: str = ""
    first: bool = False


@dataclass(frozen=True)
class Plan:
    """Steps per term in their order; whom to call with what to say; what to ask of each offer; what
    to bring."""

    terms: tuple[tuple[str, tuple[Step, ...]], ...]
    calls: tuple[Mapping[str, Any], ...]
    say: str
    ask: tuple[tuple[str, Sequence[str]], ...]
    bring: tuple[str, ...]
    together: tuple[tuple[str, Sequence[str]], ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(s for _, steps in self.terms for s in steps)


def make_plan(
    answer: Shown,
    chosen: Sequence[Shown],
    records: Mapping[tuple[str, str], Shown],
    beside: Mapping[str, Sequence[str]],
    need: str,
    lang: str,
    today: date,
    first: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Plan:
    """The plan for ``chosen`` offers of a presented answer.

    Args:
        records: what the catalogue holds of them, by type and id.
        beside: what is known of each beside other aid, by the offer's ``key``.
        first: the measures that are lost to who asks for others before, by id, and those others.
    """
    offers = [o for o in chosen if o["verdict"] != "excluded"]
    asked = [(o["name"], tuple(to_ask(o, _record(o, records), lang))) for o in offers]
    doors = (answer.get("route") or {}).get("doors", [])[:1]
    steps = [*_before_others(offers, first, lang), *_steps(offers, doors, records, lang, today)]
    terms = tuple(
        (when, tuple(sorted((s for s in steps if s.when == when), key=_order))) for when in DAYS
    )
    return Plan(
        terms,
        _calls([*doors, *(o for o in offers if o["type"] == "organisation")]),
        _script(answer, need, lang),
        tuple((name, questions) for name, questions in asked if questions),
        tuple(_bring(offers, records, lang)),
        tuple((o["name"], beside[o["key"]]) for o in offers if beside.get(o["key"])),
    )


def _record(offer: Shown, records: Mapping[tuple[str, str], Shown]) -> Shown:
    return records.get((offer["type"], offer["id"]), {})


def _order(step: Step) -> tuple[bool, date]:
    return not step.first, step.until or date.max


def _steps(
    offers: Sequence[Shown],
    doors: Sequence[Shown],
    records: Mapping[tuple[str, str], Shown],
    lang: str,
    today: date,
) -> list[Step]:
    steps = [_call(d, lang) for d in doors]
    names = {d["name"] for d in doors}
    first = [o for o in offers if o.get("apply") == "before_start"]
    if first:
        says = text(lang, "journey.plan.wait", names=", ".join(o["name"] for o in first))
        steps.insert(0, Step(WEEK, "wait", says, first=True))
    for offer in offers:
        if offer["name"] not in names:
            steps += _of_offer(offer, _record(offer, records), lang, today)
    steps.append(Step(QUARTER, "look", text(lang, "journey.plan.look")))
    return steps


def _before_others(
    offers: Sequence[Shown], first: Mapping[str, Sequence[str]], lang: str
) -> list[Step]:
    """What must be asked for before others, so that asking in the wrong order loses nothing."""
    names = {o["id"]: o["name"] for o in offers if o["type"] == "instrument"}
    steps = []
    for one, others in first.items():
        after = ", ".join(names[o] for o in others if o in names)
        if one in names and after:
            says = text(lang, "journey.plan.before_others", name=names[one], others=after)
            steps.append(Step(WEEK, f"before/{one}", says, None, names[one], first=True))
    return steps


def _call(who: Shown, lang: str, offer: str = "") -> Step:
    mark = f"call/{who.get('type')}/{who.get('id')}"
    return Step(WEEK, mark, text(lang, "journey.plan.call", name=who["name"]), None, offer)


def _of_offer(offer: Shown, record: Shown, lang: str, today: date) -> list[Step]:
    name, key = offer["name"], f"{offer['type']}/{offer['id']}"
    until = _day(offer.get("deadline"))
    if until is not None and until < today:
        until = None
    if offer["type"] == "organisation":
        return [_call(offer, lang, name)]
    apply = f"apply/{key}"
    if offer["availability"] in ("call", "closed"):
        says = text(lang, "journey.plan.call_opens", name=name)
        return [Step(QUARTER, apply, says, until, name)]
    unsure = [text(lang, "journey.plan.unsure")] if is_unsure(offer) else []
    steps = []
    if start_untold(offer, record):
        says = text(lang, "journey.plan.untold", name=name, who=giver(record, lang))
        steps.append(Step(WEEK, f"untold/{key}", says, None, name, first=True))
    begin = offer.get("first_step") or text(lang, "offers.step_unknown")
    steps.append(Step(WEEK, f"begin/{key}", told(lang, name, begin), None, name))
    last = [text(lang, "journey.plan.until", day=day(lang, until.isoformat()))] if until else []
    if offer.get("apply") == "within_days":
        way, when = in_days(record, lang, name), _term(until or _half_way(record, today), today)
    else:
        way = text(lang, _way(offer, record), name=name)
        when = _term(until, today) if until else MONTH
    says = " ".join([way, *unsure, *last])
    return [*steps, Step(when, apply, says, until, name)]


def in_days(record: Shown, lang: str, name: str) -> str:
    """How many days there are to ask for it, as the record tells, and from when they count."""
    days = record.get("apply_days")
    key = "in_days" if days else "in_time"
    return text(lang, f"journey.plan.{key}", name=name, days=days)


def _half_way(record: Shown, today: date) -> date:
    """Half of the days, for nobody told when they began: a fall ill or a start may be past."""
    return today + timedelta(days=(record.get("apply_days") or 0) // 2)


def _way(offer: Shown, record: Shown) -> str:
    """The text of how one asks for it, as its record tells."""
    if offer["type"] == "training":
        return "journey.plan.enrol"
    if offer.get("apply") == "before_start":
        return "journey.plan.apply_before"
    if record.get("asked_through"):
        return f"journey.plan.through.{record['asked_through']}"
    other = record.get("kind") in NOT_ASKED_FOR and not offer.get("apply")
    return "journey.plan.arrange" if other else "journey.plan.apply"


def _term(until: date, today: date) -> str:
    """The term in which a last day falls; what is further off has a place in the quarter."""
    left = (until - today).days
    return next((when for when, days in DAYS.items() if left <= days), QUARTER)


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def _calls(who: Sequence[Shown]) -> tuple[Mapping[str, Any], ...]:
    """Each once, also where a door was ticked as an offer too."""
    each: dict[str, Shown] = {}
    for one in who:
        each.setdefault(one["name"], {k: one.get(k) for k in ("name", "url", "type", "id")})
    return tuple(each.values())


def _script(answer: Shown, need: str, lang: str) -> str:
    """What to say on the telephone: what is the matter, in the owner's words, and one question."""
    cut = need if len(need) <= MOST_OF_NEED else f"{need[:MOST_OF_NEED].rsplit(' ', 1)[0]} …"
    known = [
        text(lang, "journey.plan.say_heads", heads=s["value"])
        if s["fact"] == "headcount"
        else told(lang, s["label"].lower(), s["value"])
        for s in answer["said"]
        if s["fact"] in SAID
    ]
    about = text(lang, "journey.plan.say_firm", facts="; ".join(known)) if known else ""
    return " ".join(filter(None, [text(lang, "journey.plan.say", need=cut.rstrip(".!? ")), about,
                                  text(lang, "journey.plan.say_ask")]))  # fmt: skip


SAID = frozenset({"municipality", "postal_code", "headcount"})


def _bring(
    offers: Sequence[Shown], records: Mapping[tuple[str, str], Shown], lang: str
) -> Iterable[str]:
    """What to have at hand, then what an offer asks to be shown."""
    kinds = {_record(o, records).get("kind") for o in offers}
    always = items(lang, "journey.plan.bring_always")
    yield from always
    if kinds & MONEY:
        asked_first = any(
            o.get("apply") == "before_start" or start_untold(o, _record(o, records)) for o in offers
        )
        yield text(lang, f"journey.plan.bring_{'quote' if asked_first else 'costs'}")
    if kinds & FIGURES:
        yield text(lang, "journey.plan.bring_figures")
    shown = dict.fromkeys(
        r["says"]
        for o in offers
        for g in o["groups"]
        if g["name"] in ("judged", "text")
        for r in g["reasons"]
    )
    for says in list(shown)[:MOST_TO_SHOW]:
        yield text(lang, "journey.plan.bring_proof", says=says)


def stands_on(step: Step, today: date) -> date:
    """The day of a step: its last one, else the last working day of its term (of this week: the
    Friday).
    """
    if step.until:
        return step.until
    if step.when == WEEK:
        return week_end(today)
    ends = today + timedelta(days=DAYS[step.when] - 1)
    while not is_working_day(ends):
        ends -= timedelta(days=1)
    return ends


def week_end(today: date) -> date:
    """The Friday that ends the week, from Friday on the next one."""
    return today + timedelta(days=(4 - today.weekday()) % 7 or 7)
