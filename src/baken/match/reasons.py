"""A judgement in words: one reason per condition, and the smallest change that would help."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from baken.facts.vocabulary import Fact
from baken.kernel.files import own_yaml
from baken.kernel.numbers import show_number
from baken.kernel.values import Choices, Interval, SetOf, Value
from baken.landscape.model import Condition, Offer
from baken.landscape.types import rule_types
from baken.match.footing import footing, grown_over
from baken.match.model import Lang, Reason, SourceRef
from baken.match.texts import pick, say
from baken.match.verdict import Held, Judgement
from baken.registers import nace, places
from baken.rules import Expr, facts_of, smallest_change
from baken.rules.advice import FactChange

PLACE_FACTS = frozenset(
    {
        "region", "province", "establishment_regions", "establishment_provinces", "seat_region",
        "seat_province", "project_region", "project_province",
        "establishment_municipalities", "project_municipality",
    }
)  # fmt: skip

PLAN_FACTS = frozenset(name for name in PLACE_FACTS if name.startswith("project_"))
"""Where a plan lies is asked of nobody whose firm has a place: it is taken to lie there too, so
what does not fit tells that a plan elsewhere would.
"""


def source_ref(record: Offer, number: int) -> SourceRef:
    """The source that a figure or condition names."""
    source = next(s for s in record.sources if s.n == number)
    return SourceRef(url=source.url, date=source.date)


def reasons(
    record: Offer,
    judgement: Judgement,
    firm: Mapping[str, Value],
    vocabulary: Mapping[str, Fact],
    lang: Lang,
    assumed: Mapping[str, str] | None = None,
    doubted: Mapping[str, str] | None = None,
) -> list[Reason]:
    """Every condition in force, and what the source does not state.

    Args:
        assumed: the facts that nobody checked, with what each rests on, in words.
        doubted: the facts that were given and yet are not known, with why, in words.
    """
    out = [
        _reason(record, h, firm, vocabulary, lang, assumed or {}, doubted or {})
        for h in judgement.held
    ]
    newest = record.sources[0]
    for name in record.not_stated:
        out.append(
            Reason(
                condition=f"not_stated.{name}",
                met=None,
                says=say(f"not_stated.{name}", lang),
                source=SourceRef(url=newest.url, date=newest.date),
                unknown_because="not_stated",
            )
        )
    return out


def _reason(
    record: Offer,
    held: Held,
    firm: Mapping[str, Value],
    vocabulary: Mapping[str, Fact],
    lang: Lang,
    assumed: Mapping[str, str],
    doubted: Mapping[str, str],
) -> Reason:
    condition = held.condition
    because: Any = None
    says = pick(condition.says.model_dump(), lang)
    if held.rule is None and held.met is None:
        because = "judged" if condition.judged else "text"
        says = f"{says} ({_who_weighs(condition, because, lang)})"
    elif held.met is None:
        because = "not_said"
        named = facts_of(held.rule) if held.rule is not None else ()
        why = "; ".join(doubted[fact] for fact in named if fact in doubted)
        says = f"{says} ({why})" if why else says
    met = held.met
    rests = footing(held, firm, assumed, lang)
    if rests is not None:
        met, (because, note) = None, rests
        says = f"{says} ({note})"
    change = None
    if held.rule is not None and held.met is False:
        change = change_says(held.rule, firm, vocabulary, lang)
        if grown_over(held, firm, assumed):
            change = " ".join(filter(None, (change, say("change.two_years", lang))))
    return Reason(
        condition=condition.id,
        met=met,
        says=says,
        source=source_ref(record, condition.source),
        unknown_because=because,
        change=change,
    )


def _who_weighs(condition: Condition, because: str, lang: Lang) -> str:
    """Who weighs a condition, or why no rule can; in short where a record says neither."""
    told = condition.judged or condition.text
    if told and lang != "nl":
        told = explained().get(told, {}).get(lang)
    return told or say(f"because.{because}", lang)


@cache
def explained() -> Mapping[str, Mapping[str, str]]:
    """What records say of who weighs, or why no rule can, in the other languages, by the Dutch."""
    rows: list[dict[str, str]] = own_yaml(Path(__file__).parent / "data" / "explained.yaml")
    return {row["nl"]: {"en": row["en"], "fr": row["fr"]} for row in rows}


def change_says(
    rule: Expr,
    firm: Mapping[str, Value],
    vocabulary: Mapping[str, Fact],
    lang: Lang,
) -> str | None:
    """The smallest change that would meet an unmet rule, as a sentence; None if there is none."""
    change = smallest_change(rule, firm, rule_types())
    if change is None:
        return None
    named = {c.fact for c in change.facts}
    told = [c for c in change.facts if not (c.fact == "nace_2008" and "nace_2025" in named)]
    plan = not PLAN_FACTS.isdisjoint(facts_of(rule))
    says = (_one_change(c, vocabulary[c.fact], lang, plan) for c in told)
    return " ".join(one for one in says if one) or None


def _one_change(change: FactChange, fact: Fact, lang: Lang, plan: bool = False) -> str:
    """A change as a sentence. Of a yes or a no there is none: the condition tells which it must be,
    and what happened ("kreeg al een subsidie") can't be changed. ``plan``: a plan that lies there
    is enough."""
    if isinstance(change.bound, bool) or fact.kind == "bool":
        return ""
    label = pick(fact.label, lang)
    found = show_value(change.found, fact, lang)
    bound = change.bound
    if isinstance(bound, int | Decimal | date) and not isinstance(bound, bool):
        shown = show_value(bound, fact, lang)
        kind = "date" if isinstance(bound, date) else "number"
        key = f"change.{kind}_{'min' if _above(bound, change.found) else 'max'}"
        return say(key, lang, label=label, found=found, bound=shown)
    if change.drop:
        codes = ", ".join(show_value(t, fact, lang) for t in change.drop[:6])
        return say("change.without", lang, label=label, codes=codes)
    texts = change.options or ((bound,) if bound is not None else ())
    wanted = f" {say('or', lang)} ".join(show_value(t, fact, lang) for t in texts)
    if not wanted:
        wanted = change.wanted
    if change.fact in PLACE_FACTS:
        return say(f"change.place{'_or_plan' if plan else ''}", lang, wanted=wanted)
    key = "change.choice" if isinstance(change.found, str) else "change.other"
    return say(key, lang, label=label, found=found, wanted=wanted)


def _above(bound: Value, found: Value) -> bool:
    """Whether the bound lies above what was found: then it is a minimum."""
    if isinstance(found, Interval):
        found = found.hi if found.hi is not None else found.lo
    return found is None or bound > found  # type: ignore[operator]


def show_value(value: Value, fact: Fact, lang: Lang) -> str:
    """A value as people read it: labels for choices, Belgian numbers, days before months."""
    if value is None:
        return say("unknown", lang)
    if isinstance(value, bool):
        return say("bool.true" if value else "bool.false", lang)
    if isinstance(value, str):
        return choice_label(fact, value, lang)
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, int | Decimal):
        return show_number(value, lang) + (" EUR" if fact.kind == "eur" else "")
    if isinstance(value, Choices):
        return f" {say('or', lang)} ".join(
            choice_label(fact, v, lang) for v in sorted(value.options)
        )
    if isinstance(value, Interval):
        low = show_value(value.lo, fact, lang) if value.lo is not None else "…"
        high = show_value(value.hi, fact, lang) if value.hi is not None else "…"
        return f"{low} - {high}"
    assert isinstance(value, SetOf)
    return ", ".join(_member(fact, m, lang) for m in value.members)


NAMED = 3
"""How many possible values of one member are named before the rest is only dots."""


def _member(fact: Fact, possible: frozenset[str], lang: Lang) -> str:
    """One member of a set: its label, or the labels of what it may be."""
    labels = [choice_label(fact, v, lang) for v in sorted(possible)[:NAMED]]
    return f" {say('or', lang)} ".join(labels) + (" …" if len(possible) > NAMED else "")


def choice_label(fact: Fact, value: str, lang: Lang) -> str:
    """The label of a choice, or the text itself."""
    for choice in fact.choices or ():
        if choice.value == value:
            return pick(choice.label, lang)
    if fact.id in ("nace_2025", "nace_2008"):
        (row,) = nace.lookup(value, fact.id[-4:])[:1]
        return f"{row.dotted} ({row.label(lang)})"
    if fact.id.endswith(("municipality", "municipalities")):
        place = places.municipalities().get(value)
        return place.name if place else value
    return value
