"""Draft validation cases for instruments that have none, from their own rules.

    .venv/bin/python tools/draft_cases.py [ID ...]

A draft is a start for a reader, no proof: it is made of the rule, so it cannot tell that the rule
misreads its source. It finds a firm that fits, one that each condition alone excludes where there
is one, and one that stays open. Files that exist are left alone.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import yaml

from baken.facts.vocabulary import load_vocabulary
from baken.kernel.errors import BakenError
from baken.landscape.catalogue import load_catalogue
from baken.landscape.dates import first_day, in_force, last_day
from baken.landscape.model import Condition, Offer
from baken.match.cases import CASES, Case, judge_case
from baken.match.verdict import Judge
from baken.rules import facts_of, normalise
from baken.rules.atoms import HasAtom, NumberAtom, TextAtom
from baken.rules.normal import atoms_of

TODAY = date(2026, 11, 24)
SAID_AS = {
    "establishment_regions": "region",
    "establishment_provinces": "province",
    "establishment_municipalities": "municipality",
    "nace_2025": "nace",
    "nace_2008": "nace",
    "joint_committees": "joint_committee",
    "project_region": "region",
    "project_province": "province",
    "project_municipality": "municipality",
    "legal_personality": "legal_form",
}
"""What an owner says, for a fact that follows from it."""
VALUES: dict[str, list[Any]] = {
    "region": ["vlaams-gewest", "waals-gewest", "brussels-hoofdstedelijk-gewest", "buitenland"],
    "province": ["Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen"],
    "municipality": ["Gent", "Namur"],
    "nace": ["10.71", "01.41", "03.11"],
    "legal_form": ["bv", "sole_trader", "vzw", "maatschap", "public_body"],
    "joint_committee": ["118", "200"],
}
NAMES = {"11002": "Antwerpen", "12025": "Mechelen", "13001": "Arendonk", "24062": "Leuven",
         "35013": "Oostende", "44021": "Gent", "71034": "Leopoldsburg"}  # fmt: skip


def candidates(fact: str, exprs: list[Any], as_of: date) -> list[Any]:
    """Values that could make a condition on this fact true or false."""
    if fact in VALUES:
        out = list(VALUES[fact])
        for atom in _atoms(exprs):
            if isinstance(atom, HasAtom) and SAID_AS.get(atom.fact.id) == fact == "municipality":
                out = [NAMES.get(v, v) for v in sorted(atom.texts.values)] + out
        return out
    kind = load_vocabulary()[fact].kind
    if kind == "bool":
        return [True, False]
    if kind == "choice":
        return [c.value for c in load_vocabulary()[fact].choices]
    numbers = {0, 1, -1000} if fact == "equity" else {0, 1}
    days: set[date] = set()
    bounds: set[int] = set()
    texts: set[str] = set()
    for atom in _atoms(exprs):
        if isinstance(atom, NumberAtom) and any(f == fact for _, f in _terms(atom)):
            bound = int(abs(atom.bound))
            bounds.add(bound)
            numbers |= {bound, bound + 1, max(0, bound - 1), bound * 2}
        if isinstance(atom, TextAtom | HasAtom) and fact in atom.facts:
            texts |= atom.texts.values
    if kind == "date":
        for years in (1, 2, 3, 4, 5, 8, 10, 20):
            anniversary = as_of.replace(year=as_of.year - years)
            days |= {anniversary, anniversary - timedelta(days=1)}
        days |= {as_of + timedelta(days=n) for n in (-15, -14, -5, 6, 7, 30)}
        days |= {date(2026, 8, 24), date(2026, 8, 23), date(2018, 10, 31), date(2018, 11, 1)}
        newest = sorted(days, reverse=True)
        return [d.isoformat() for d in newest if not fact.startswith("founded") or d <= as_of]
    if kind == "set":
        every = load_vocabulary()[fact]
        options = sorted(texts) + [c.value for c in every.choices if c.value not in texts][:2]
        return [[t] for t in options] + [[a, b] for a, b in itertools.combinations(options[:4], 2)]
    # What lies at a bound comes first: a firm that just fits, and one that just does not.
    return sorted(numbers, key=lambda n: (min((abs(n - b) for b in bounds), default=0), n))


def _atoms(exprs: list[Any]) -> Iterator[Any]:
    for expr in exprs:
        yield from atoms_of(normalise(expr))


def _terms(atom: NumberAtom) -> list[tuple[Any, str]]:
    return [(c, f if isinstance(f, str) else f.id) for c, f in atom.terms]


def draft(record: Offer, judge: Judge, rules: dict[str, Any]) -> list[dict[str, Any]]:
    """The cases of one instrument, as far as they were found."""
    out: list[dict[str, Any]] = []
    for as_of in _days(record):
        out += _on(record, judge, rules, as_of, first=not out)
    return out


def in_force_on(record: Offer, as_of: date) -> list[str]:
    """The ids of the rules of a record that are in force on a day."""
    return [
        c.id
        for c in record.conditions
        if c.rule is not None and in_force(c.valid_from, c.valid_to, as_of)
    ]


def _days(record: Offer) -> list[date]:
    """Today, and a day for each rule that is not in force today."""
    days = [TODAY]
    for c in record.conditions:
        if c.rule and c.id not in in_force_on(record, TODAY):
            day = last_day(c.valid_to) if c.valid_to else first_day(c.valid_from or "2020")
            if day not in days:
                days.append(day)
    return days


def _on(
    record: Offer, judge: Judge, rules: dict[str, Any], as_of: date, first: bool
) -> list[dict[str, Any]]:
    ids = in_force_on(record, as_of)
    conditions = {c.id: c for c in record.conditions}
    facts = _fit(record, judge, rules, ids, as_of)
    if facts is None:
        print(f"{record.id}: no firm found that fits on {as_of}", file=sys.stderr)
        return []
    out = [_case("Voldoet aan alles wat een regel kan zien.", as_of, facts, "fits", [])]
    for one in ids:
        if not first and one in in_force_on(record, TODAY):
            continue
        broken = _break(record, judge, rules, one, facts, as_of)
        if broken is None:
            print(f"{record.id}: nothing breaks {one}", file=sys.stderr)
            continue
        changed, unmet = broken
        out.append(_case(_why(conditions[one]), as_of, changed, "excluded", unmet))
    if first:
        for fact in facts:
            fewer = {k: v for k, v in facts.items() if k != fact}
            judged = _judge(record, judge, fewer, as_of)
            if judged is not None and judged.verdict == "open":
                label = load_vocabulary()[fact].label["nl"]
                case = _case(f"Nog niet gezegd: {label}.", as_of, fewer, "open", [])
                out.append({**case, "missing": sorted(judged.missing)})
                break
    return out


def _why(condition: Condition) -> str:
    return f"Past niet bij: {condition.says.nl}"


def _case(
    says: str, as_of: date, facts: dict[str, Any], verdict: str, because: list[str]
) -> dict[str, Any]:
    made: dict[str, Any] = {"says": says, "as_of": as_of, "facts": facts, "verdict": verdict}
    return {**made, "because": because} if because else made


def _judge(record: Offer, judge: Judge, facts: dict[str, Any], as_of: date) -> Any:
    try:
        case = Case(says="x", as_of=as_of, facts=facts, verdict="open")
        return judge_case(judge, record, case, {})
    except BakenError:
        return None


def _inputs(expr: Any) -> list[str]:
    named = [SAID_AS.get(f, f) for f in facts_of(expr) if f != "as_of"]
    return list(dict.fromkeys(named))


def _fit(
    record: Offer, judge: Judge, rules: dict[str, Any], ids: list[str], as_of: date
) -> dict[str, Any] | None:
    """A firm for which every rule holds, found condition by condition, then mended."""
    facts: dict[str, Any] = {}
    for _ in range(3):
        for one in ids:
            held = _held(record, judge, facts, as_of)
            if held.get(one) is True:
                continue
            names = _inputs(rules[one])
            options = [candidates(n, list(rules.values()), as_of) for n in names]
            for values in itertools.islice(itertools.product(*options), 20_000):
                tried = {**facts, **dict(zip(names, values, strict=True))}
                after = _held(record, judge, tried, as_of)
                kept = all(after.get(k) is True for k, v in held.items() if v is True)
                if after.get(one) is True and kept:
                    facts = tried
                    break
    judged = _judge(record, judge, facts, as_of)
    return facts if judged is not None and judged.verdict == "fits" else None


def _held(record: Offer, judge: Judge, facts: dict[str, Any], as_of: date) -> dict[str, Any]:
    judged = _judge(record, judge, facts, as_of)
    return {} if judged is None else {h.condition.id: h.met for h in judged.held}


def _break(
    record: Offer, judge: Judge, rules: dict[str, Any], one: str, facts: dict[str, Any], as_of: date
) -> tuple[dict[str, Any], list[str]] | None:
    """The facts changed so that this rule is unmet, with as few others unmet as there can be."""
    names = _inputs(rules[one])
    options = [candidates(n, list(rules.values()), as_of) for n in names]
    best: tuple[dict[str, Any], list[str]] | None = None
    for values in itertools.islice(itertools.product(*options), 20_000):
        changed = {**facts, **dict(zip(names, values, strict=True))}
        judged = _judge(record, judge, changed, as_of)
        if judged is None:
            continue
        unmet = sorted(h.condition.id for h in judged.held if h.met is False)
        if one in unmet and (best is None or len(unmet) < len(best[1])):
            best = changed, unmet
            if unmet == [one]:
                break
    return best


def _otherwise(firm: dict[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
    """What a case says otherwise than the firm: other values, and null for what is not said."""
    other = {k: v for k, v in facts.items() if k not in firm or firm[k] != v}
    return {**other, **{k: None for k in firm if k not in facts}}


class Plain(yaml.SafeDumper):
    """Without anchors: a day is written out each time."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def main(ids: list[str]) -> None:
    """Write the drafts."""
    catalogue = load_catalogue()
    judge = Judge.of(catalogue)
    CASES.mkdir(exist_ok=True)
    for record in catalogue:
        if record.type != "instrument" or (ids and record.id not in ids):
            continue
        path = CASES / f"{record.id}.yaml"
        rules = dict(catalogue.rules.get((record.type, record.id), {}))
        if path.exists() or not rules:
            continue
        cases = draft(record, judge, rules)
        if cases:
            firm = cases[0]["facts"]
            for case in cases:
                case["facts"] = _otherwise(firm, case["facts"])
            made = {"id": record.id, "firm": firm, "cases": cases}
            text = yaml.dump(made, Dumper=Plain, sort_keys=False, allow_unicode=True, width=100)
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
