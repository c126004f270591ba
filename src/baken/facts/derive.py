"""Facts that follow from others. Higher floors register their own functions here.

``baken.law.known`` registers what the law settles: size, difficulty, de minimis room, research."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from baken.facts.state import Facts, Found, Notice, Origin
from baken.facts.vocabulary import load_vocabulary
from baken.kernel.values import Choices, Interval, SetOf, Value

Derive = Callable[[Facts, date], Value | Found]
"""Gives a value, or one with its steps."""


@dataclass(frozen=True)
class Derivation:
    """A function that computes ``fact`` from what is known at a date."""

    fact: str
    inputs: tuple[str, ...]
    compute: Derive


_REGISTERED: dict[str, Derivation] = {}


def derives(fact: str, *inputs: str) -> Callable[[Derive], Derive]:
    """Register a function for a derived fact; a later registration takes its place."""

    def keep(compute: Derive) -> Derive:
        _REGISTERED[fact] = Derivation(fact, inputs, compute)
        return compute

    return keep


def derive_all(facts: Facts, as_of: date) -> Facts:
    """Compute every registered fact in the order of their inputs; what is given holds.

    A given value that its inputs contradict stays, with a notice.
    """
    done: set[str] = set()

    def run(name: str) -> None:
        if name in done or name not in _REGISTERED:
            return
        done.add(name)
        derivation = _REGISTERED[name]
        for each in derivation.inputs:
            run(each)
        found = derivation.compute(facts, as_of)
        if not isinstance(found, Found):
            found = Found(found, Origin("derived", ", ".join(derivation.inputs)))
        elif found.steps:
            facts.found[name] = found
        value = found.value
        if name not in facts:
            facts.set(name, value, found.origin)
        elif value is not None and not agrees(facts.values[name], value):
            facts.notices.append(_contradiction(name))

    for name in list(_REGISTERED):
        run(name)
    return facts


def agrees(given: Value, computed: Value) -> bool:
    """Whether a given value can be what was computed."""
    if isinstance(computed, Choices):
        return given in computed.options if isinstance(given, str) else True
    if isinstance(computed, Interval) and isinstance(given, int | Decimal | date):
        low = computed.lo is None or computed.lo <= given  # type: ignore[operator]
        return low and (computed.hi is None or given <= computed.hi)  # type: ignore[operator]
    numbers = isinstance(given, int | Decimal) and isinstance(computed, int | Decimal)
    if numbers or (isinstance(given, str | bool | date) and type(given) is type(computed)):
        return given == computed
    return True


def _contradiction(name: str) -> Notice:
    fact = load_vocabulary().get(name)
    label = fact.label if fact is not None else {}
    said = {lang: label.get(lang, name) for lang in ("nl", "en", "fr")}
    return Notice(
        f"contradiction.{name}",
        {
            "nl": f"{said['nl']}: wat jij zei, is anders dan wat we elders vonden. We gebruiken wat jij zei.",  # noqa: E501
            "en": f"{said['en']}: what you said differs from what we found elsewhere. We use what you said.",  # noqa: E501
            "fr": f"{said['fr']} : ce que vous avez dit diffère de ce que nous avons trouvé ailleurs. Nous gardons ce que vous avez dit.",  # noqa: E501
        },
    )


@derives("age_years", "founded_on")
def _age(facts: Facts, as_of: date) -> Value:
    """Full years since the founding; an interval when the day is known only roughly."""
    founded = facts.get("founded_on")
    if isinstance(founded, date):
        return max(0, years_between(founded, as_of))
    if isinstance(founded, Interval):
        low = years_between(founded.hi, as_of) if isinstance(founded.hi, date) else 0
        high = years_between(founded.lo, as_of) if isinstance(founded.lo, date) else None
        low, high = max(0, low), None if high is None else max(0, high)
        return low if low == high else Interval(low, high)
    return None


def years_between(earlier: date, later: date) -> int:
    """Full years from one day to another."""
    return later.year - earlier.year - ((later.month, later.day) < (earlier.month, earlier.day))


LEGAL_PERSONALITY: Mapping[str, bool] = {
    "bv": True, "nv": True, "cv": True, "vof": True, "commv": True, "vzw": True,
    "public_body": True, "maatschap": False, "sole_trader": False,
}  # fmt: skip
"""Companies and associations code (WVV) art. 1:5 and 1:6; ``other`` is not known."""


@derives("legal_personality", "legal_form")
def _personality(facts: Facts, as_of: date) -> Value:
    form = facts.get("legal_form")
    forms = (
        form.options if isinstance(form, Choices) else {form} if isinstance(form, str) else set()
    )
    found = {LEGAL_PERSONALITY.get(f) for f in forms}
    return found.pop() if len(found) == 1 else None


@derives("joint_committees", "joint_committee")
def _committees(facts: Facts, as_of: date) -> Value:
    """The committee that was named; a firm can fall under more than one."""
    one = facts.get("joint_committee")
    return SetOf.of(one, more=True) if isinstance(one, str) else None


@derives("establishment_regions", "region")
def _establishment_regions(facts: Facts, as_of: date) -> Value:
    return _one_place(facts.get("region"))


@derives("establishment_provinces", "province")
def _establishment_provinces(facts: Facts, as_of: date) -> Value:
    return _one_place(facts.get("province"))


WALLONIA = "waals-gewest"


def _one_place(value: Value) -> Value:
    if isinstance(value, str):
        return SetOf.of(value)
    return SetOf.one_of(value.options) if isinstance(value, Choices) else None


@derives("seat_region", "region")
def _seat_region(facts: Facts, as_of: date) -> Value:
    return facts.get("region")


@derives("seat_province", "province")
def _seat_province(facts: Facts, as_of: date) -> Value:
    return facts.get("province")


@derives("project_region", "region")
def _project_region(facts: Facts, as_of: date) -> Value:
    return facts.get("region")


@derives("project_province", "province")
def _project_province(facts: Facts, as_of: date) -> Value:
    return facts.get("province")


@derives("main_establishment_in_wallonia", "region", "establishment_regions")
def _in_wallonia(facts: Facts, as_of: date) -> Value:
    """Where all work is; with work in more regions, where the firm said that it is."""
    region = facts.get("region")
    if isinstance(region, str):
        return region == WALLONIA
    where = facts.get("establishment_regions")
    if not isinstance(where, SetOf):
        return None
    elsewhere = where.has(lambda one: one != WALLONIA)
    inside = where.has(lambda one: one == WALLONIA)
    return inside if elsewhere is False or inside is False else None
