"""What the bench of the rules runs on: instruments, and a population for their facts.

``made_instruments`` writes 100 instruments of about five conditions, of the kind that support
measures have. ``Raw`` makes firms for whatever facts a set of instruments asks, so the bench
runs the same on these and on the rules of the catalogue.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from baken.kernel.values import SetOf, Value
from baken.rules import Expr, FactType, Vocabulary, normalise, parse
from baken.rules.atoms import DateAtom, HasAtom, NumberAtom, TextAtom
from baken.rules.normal import atoms_of

AS_OF = date(2026, 11, 1)
Instruments = Sequence[tuple[str, Sequence[Expr]]]

REGIONS = ("vlaams-gewest", "brussels-hoofdstedelijk-gewest", "waals-gewest", "buitenland")
FORMS = ("bv", "nv", "cv", "vof", "commv", "maatschap", "vzw", "sole_trader", "public_body")
DIVISIONS = [f"{n:02d}" for n in range(1, 100) if n not in (4, 34, 40, 44, 48, 54, 57, 67, 76, 83)]

VOCABULARY: dict[str, FactType] = {
    fact.id: fact
    for fact in (
        FactType("size", "choice", ("micro", "small", "medium", "large")),
        FactType("legal_form", "choice", FORMS),
        FactType("seat_region", "choice", REGIONS),
        FactType("establishment_regions", "set", REGIONS),
        FactType("nace_2025", "set"),
        FactType("in_difficulty", "bool"),
        FactType("exporter", "bool"),
        FactType("project_started", "bool"),
        FactType("headcount", "number"),
        FactType("turnover", "eur"),
        FactType("balance_total", "eur"),
        FactType("project_cost", "eur"),
        FactType("credit_amount", "eur"),
        FactType("own_share_pct", "number", decimals=1),
        FactType("founded_on", "date"),
        FactType("project_starts_on", "date"),
    )
}


def made_instruments(count: int = 100, seed: int = 3) -> list[tuple[str, list[Expr]]]:
    """``count`` instruments of three to seven conditions; the same for the same seed."""
    r = random.Random(seed)

    def texts(values: Sequence[str], most: int) -> str:
        return ", ".join(f"'{v}'" for v in sorted(r.sample(list(values), r.randint(1, most))))

    def euros() -> int:
        return r.choice((1, 2, 5)) * 10 ** r.randint(4, 6)

    def activities() -> str:
        return " or ".join(f"has(nace_2025, '{d}%')" for d in r.sample(DIVISIONS, r.randint(1, 4)))

    kinds = [
        lambda: f"size in ({texts(('micro', 'small', 'medium'), 3)})",
        lambda: f"has(establishment_regions, '{r.choice(REGIONS)}')",
        lambda: f"seat_region in ({texts(REGIONS, 2)})",
        lambda: f"legal_form not in ({texts(FORMS, 3)})",
        lambda: f"legal_form in ({texts(FORMS, 6)})",
        lambda: f"headcount < {r.choice((10, 20, 50, 100, 250))}",
        lambda: f"headcount between {r.randint(1, 10)} and {r.randint(11, 250)}",
        lambda: f"project_cost >= {euros()}",
        lambda: f"project_cost between {euros() // 10} and {euros() * 10}",
        lambda: f"credit_amount <= {euros()}",
        lambda: f"turnover <= {euros() * 5} or balance_total <= {euros() * 4}",
        lambda: f"turnover > {r.randint(1, 4)} * balance_total",
        lambda: f"founded_on + interval '{r.randint(1, 12)}' year >= as_of",
        lambda: f"founded_on <= as_of - interval '{r.randint(3, 60)}' month",
        lambda: f"project_starts_on >= as_of + interval '{r.randint(1, 90)}' day",
        lambda: f"own_share_pct >= {r.randint(2, 12) * 5 / 2}",
        lambda: "not in_difficulty",
        lambda: "not project_started",
        lambda: f"exporter or size = '{r.choice(('micro', 'small'))}'",
        activities,
        lambda: f"not ({activities()})",
    ]
    made = []
    for n in range(count):
        chosen = r.sample(kinds, r.randint(3, 7))
        made.append((f"instrument-{n:03d}", [parse(kind(), VOCABULARY) for kind in chosen]))
    return made


@dataclass
class Raw:
    """Firms as plain columns of values, ``None`` where unknown."""

    values: dict[str, list[Value]]
    size: int

    def firm(self, n: int) -> dict[str, Value]:
        """One firm as a mapping; what is unknown is left out."""
        found = {name: column[n] for name, column in self.values.items()}
        return {**{k: v for k, v in found.items() if v is not None}, "as_of": AS_OF}


def raw_population(
    instruments: Instruments, vocabulary: Vocabulary, size: int, unknown: float, seed: int = 7
) -> Raw:
    """``size`` firms with a value for every fact the instruments ask; ``unknown`` of it is None.

    Numbers and dates are drawn around the bounds that the conditions name and texts mostly
    from those they name, so that conditions divide the firms.
    """
    atoms: dict[str, list[Any]] = {}
    for _, exprs in instruments:
        for expr in exprs:
            for atom in atoms_of(normalise(expr)):
                for fact in atom.facts:
                    atoms.setdefault(fact, []).append(atom)
    atoms.pop("as_of", None)
    rng = np.random.default_rng(seed)
    values: dict[str, list[Value]] = {}
    for name in sorted(atoms):
        column = _column(vocabulary[name], atoms[name], size, rng)
        missing = rng.random(size) < unknown
        values[name] = [None if gone else v for v, gone in zip(column, missing, strict=True)]
    return Raw(values, size)


def _column(fact: FactType, atoms: list[Any], size: int, rng: np.random.Generator) -> list[Value]:
    if fact.kind == "bool":
        return [bool(b) for b in rng.random(size) < 0.4]
    if fact.kind in ("number", "eur"):
        bounds = [abs(int(a.bound)) for a in atoms if isinstance(a, NumberAtom)] or [100]
        drawn = rng.lognormal(np.log(np.median(bounds) + 2), 1.6, size)
        top = 4 * max(bounds) + 20
        whole = np.minimum(drawn * 10**fact.decimals, top * 10**fact.decimals).astype(np.int64)
        if not fact.decimals:
            return [int(n) for n in whole.tolist()]
        made = {n: Decimal(n).scaleb(-fact.decimals) for n in set(whole.tolist())}
        return [made[n] for n in whole.tolist()]
    if fact.kind == "date":
        now = AS_OF.toordinal()
        around = any(isinstance(a, DateAtom) and "start" in a.text for a in atoms)
        days = now + (rng.integers(-120, 240, size) if around else -rng.integers(0, 9000, size))
        made_days = {n: date.fromordinal(n) for n in set(days.tolist())}
        return [made_days[n] for n in days.tolist()]
    named = _named(fact, atoms)
    if fact.kind != "set":
        weights = rng.dirichlet(np.full(len(named), 2.0))
        picks = rng.choice(len(named), size, p=weights)
        return [named[n] for n in picks.tolist()]
    first = rng.integers(0, len(named), size).tolist()
    second = rng.integers(0, len(named), size).tolist()
    members = [frozenset({n}) for n in named]
    both = (rng.random(size) < 0.35).tolist()
    return [
        SetOf((members[a], members[b])) if two and a != b else SetOf((members[a],))
        for a, b, two in zip(first, second, both, strict=True)
    ]


def _named(fact: FactType, atoms: list[Any]) -> list[str]:
    """The texts a fact can have: its choices, or 615 classes below the named beginnings."""
    if fact.choices is not None:
        return list(fact.choices)
    named: set[str] = set()
    for atom in atoms:
        if isinstance(atom, TextAtom | HasAtom):
            named |= atom.texts.values | {p.ljust(4, "1") for p in atom.texts.prefixes}
    if "nace" in fact.id:
        named |= {f"{d}{n}" for d in DIVISIONS for n in (10, 21, 22, 30, 41, 52, 99)}
    return sorted(named | {"0"})
