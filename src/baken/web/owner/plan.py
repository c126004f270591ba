"""What to do with chosen offers, by term, so that no right is lost and nothing urgent waits.

What a source wants asked before anything is begun or ordered is the first thing; where it is silent
the plan says so, and to ask. What closes first comes first. Who is in a crisis begins today, with
who helps for free. A plan is made of the presented answer alone: it keeps nothing and asks nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from baken.kernel.plain import uncapped
from baken.landscape.together import for_what_befell
from baken.web.owner.plan_calls import Call, Own, calls_of, own_of, shown_of
from baken.web.owner.plan_days import DANGER, NOW, TERMS, WEEK, Step
from baken.web.owner.plan_sources import Cited
from baken.web.owner.plan_steps import Case, doors_to_call, steps_of
from baken.web.owner.pressing import is_pressing
from baken.web.owner.unsure import families_of, start_untold
from baken.web.texts import items, text
from baken.web.words import semicolon, told

Shown = Mapping[str, Any]
Records = Mapping[tuple[str, str], Shown]
NONE: Mapping[Any, Any] = MappingProxyType({})
MONEY = frozenset({"grant", "voucher", "loan", "guarantee", "equity", "tax"})
FIGURES = frozenset({"loan", "guarantee", "equity"})
SAID = frozenset({"municipality", "postal_code", "headcount"})
MOST_OF_NEED = 200


@dataclass(frozen=True)
class Plan:
    """Steps per term in their order; who is called, with what to say (who cries for help is told
    no words) and to ask of whom; what the owner settles alone; what to bring and what to show; what
    is known beside other aid. ``cited``: where these lines are from, by what they say."""

    terms: tuple[tuple[str, tuple[Step, ...]], ...]
    calls: tuple[Call, ...] = ()
    say: str = ""
    own: tuple[Own, ...] = ()
    bring: tuple[str, ...] = ()
    show: tuple[Own, ...] = ()
    together: tuple[tuple[str, Sequence[str]], ...] = ()
    pressing: bool = False
    cited: Mapping[str, Sequence[Cited]] = field(default_factory=dict)

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(s for _, steps in self.terms for s in steps)


def make_plan(
    answer: Shown,
    chosen: Sequence[Shown],
    records: Records,
    beside: Mapping[str, Sequence[str]],
    need: str,
    lang: str,
    today: date,
    first: Mapping[str, Sequence[str]] = NONE,
    givers: Mapping[tuple[str, str], Shown] = NONE,
    helpers: Mapping[str, Shown] = NONE,
    no_room: Collection[str] = (),
    at_once: Sequence[Step] = (),
) -> Plan:
    """The plan for ``chosen`` offers of a presented answer.

    Args:
        records: what the catalogue holds of them and of the doors, by type and id.
        beside: what is known of each beside other aid, by the offer's ``key``.
        first: as :class:`Case` has it, and so ``givers`` and ``helpers``.
        no_room: the measures that give nothing now, by id: the ceiling of small aid is reached.
        at_once: steps that no offer brings and that can't wait.
    """
    later = [o for o in chosen if o["type"] == "instrument" and o["id"] in no_room]
    offers = [o for o in chosen if o["verdict"] != "excluded" and o not in later]
    pressing = is_pressing(answer, need)
    due = answer.get("duties", ())
    doors, others, other = doors_to_call(answer.get("route") or {}, records, pressing, due)
    case = Case(
        offers, doors, records, lang, today, pressing, first, givers, helpers, due, others, other
    )
    steps = [*_danger(answer), *at_once, *steps_of(case)]
    if later:
        says = text(lang, "journey.plan.no_room", names=", ".join(o["name"] for o in later))
        steps.append(Step(WEEK, "no_room", says, holds=True))
    terms = ((when, sorted((s for s in steps if s.when == when), key=_order)) for when in TERMS)
    own, show = own_of(case), shown_of(case)
    said = {says for one in (*own, *show) for says in one.says}
    lines = ((o["name"], [b for b in beside.get(o["key"], ()) if b not in said]) for o in offers)
    return Plan(
        tuple((when, tuple(found)) for when, found in terms if found or when != NOW),
        calls_of(case, steps),
        "" if answer.get("urgent") else _script(answer, need, lang),
        own,
        tuple(_bring(case)),
        show,
        tuple((name, told) for name, told in lines if told),
        pressing,
    )


def _danger(answer: Shown) -> list[Step]:
    """Whom to call where people may be in danger: before all that the law asks."""
    says = answer.get("danger")
    return [Step(NOW, DANGER, says, first=True, must=True)] if says else []


def _order(step: Step) -> tuple[bool, bool, date]:
    return not step.must, not (step.must or step.first), step.until or date.max


def _script(answer: Shown, need: str, lang: str) -> str:
    """What to say on the telephone: what is the matter, in the owner's words, and one question."""
    cut = need if len(need) <= MOST_OF_NEED else f"{need[:MOST_OF_NEED].rsplit(' ', 1)[0]} …"
    known = [
        text(lang, "journey.plan.say_heads", heads=s["value"])
        if s["fact"] == "headcount"
        else told(lang, uncapped(s["label"]), s["value"])
        for s in answer["said"]
        if s["fact"] in SAID
    ]
    about = (
        text(lang, "journey.plan.say_firm", facts=f"{semicolon(lang)} ".join(known))
        if known
        else ""
    )
    return " ".join(filter(None, [text(lang, "journey.plan.say", need=cut.rstrip(".!? ")), about,
                                  text(lang, "journey.plan.say_ask")]))  # fmt: skip


def _bring(case: Case) -> Iterable[str]:
    """What to have at hand: letters and bills where it can't wait, then what the kinds ask for."""
    lang = case.lang
    records = [case.record(o) for o in case.offers]
    each = ((r.get("kind"), families_of(r)) for r in records)
    kinds = {kind for kind, families in each if not for_what_befell(kind, families)}
    if case.pressing:
        yield text(lang, "journey.plan.bring_letters")
    always = items(lang, "journey.plan.bring_always")
    yield from always
    if kinds & MONEY:
        asked_first = any(
            o.get("apply") == "before_start" or start_untold(o, case.record(o)) for o in case.offers
        )
        yield text(lang, f"journey.plan.bring_{'quote' if asked_first else 'costs'}")
    if kinds & FIGURES:
        yield text(lang, "journey.plan.bring_figures")
