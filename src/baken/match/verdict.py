"""An offer's conditions held against a firm: verdict, reasons, and what is still missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from baken.kernel.values import Truth, Value
from baken.landscape.catalogue import Catalogue
from baken.landscape.dates import in_force
from baken.landscape.model import Condition, Offer
from baken.rules import Expr, compile_closure, settles

Verdict = Literal["fits", "excluded", "open"]


@dataclass(frozen=True, slots=True)
class Held:
    """One condition held against the firm; ``rule`` is None when no rule can see it."""

    condition: Condition
    rule: Expr | None
    met: Truth


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one offer, with every condition in force and the facts that it lacks."""

    verdict: Verdict
    held: tuple[Held, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Judge:
    """The compiled conditions of a catalogue."""

    conditions: Mapping[
        tuple[str, str], tuple[tuple[Condition, Expr | None, Callable[..., Truth] | None], ...]
    ]

    @classmethod
    def of(cls, catalogue: Catalogue) -> Judge:
        """Compile every rule of the catalogue once."""
        compiled: dict[
            tuple[str, str],
            tuple[tuple[Condition, Expr | None, Callable[..., Truth] | None], ...],
        ] = {}
        for record in catalogue:
            key = (record.type, record.id)
            rules = catalogue.rules.get(key, {})
            compiled[key] = tuple(
                (c, rules.get(c.id), compile_closure(rules[c.id]) if c.id in rules else None)
                for c in record.conditions
            )
        return cls(compiled)

    def __call__(self, record: Offer, firm: Mapping[str, Value], as_of: date) -> Judgement:
        """The verdict by the conditions that are in force at ``as_of``.

        ``fits`` when every condition that a rule can see is met, ``excluded`` when one is
        not, ``open`` otherwise. Judged and text conditions never exclude.
        """
        held: list[Held] = []
        verdict: Verdict = "fits"
        for condition, rule, closure in self.conditions[(record.type, record.id)]:
            if not in_force(condition.valid_from, condition.valid_to, as_of):
                continue
            met = closure(firm) if closure is not None else None
            held.append(Held(condition, rule, met))
            if closure is None:
                continue
            if met is False:
                verdict = "excluded"
            elif met is None and verdict == "fits":
                verdict = "open"
        missing: dict[str, None] = {}
        for h in held:
            if h.rule is not None and h.met is None:
                missing.update(dict.fromkeys(sorted(settles(h.rule, firm))))
        return Judgement(verdict, tuple(held), tuple(missing))


class Judged(Mapping[tuple[str, str], Judgement]):
    """Judgements of one firm by ``(type, id)``, made when they are asked for and then kept."""

    def __init__(
        self, judge: Judge, catalogue: Catalogue, firm: Mapping[str, Value], as_of: date
    ) -> None:
        self._judge, self._catalogue, self._firm, self._as_of = judge, catalogue, firm, as_of
        self._kept: dict[tuple[str, str], Judgement] = {}

    def __getitem__(self, key: tuple[str, str]) -> Judgement:
        found = self._kept.get(key)
        if found is None:
            found = self._judge(self._catalogue.by_key[key], self._firm, self._as_of)
            self._kept[key] = found
        return found

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._catalogue.by_key)

    def __len__(self) -> int:
        return len(self._catalogue.by_key)
