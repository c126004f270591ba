"""An offer's conditions held against a firm: verdict, reasons, and what is still missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from baken.kernel.values import SetOf, Truth, Value
from baken.landscape.catalogue import Catalogue
from baken.landscape.dates import in_force
from baken.landscape.model import Condition, Offer
from baken.landscape.types import rule_types
from baken.rules import Expr, compile_closure, parse, settles

Verdict = Literal["fits", "excluded", "open"]


@dataclass(frozen=True, slots=True)
class Held:
    """One condition held against the firm; ``rule`` is None when no rule can see it. Then ``met``
    is true where the firm surely meets it all the same (``met_if``), else None.
    """

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
                (
                    c,
                    rules.get(c.id) if c.rule else None,
                    compile_closure(rules[c.id]) if c.id in rules else None,
                )
                for c in record.conditions
            )
        return cls(compiled)

    def verdict(self, record: Offer, firm: Mapping[str, Value], as_of: date) -> Verdict:
        """The verdict by the conditions that are in force at ``as_of``, without the reasons.

        ``fits`` when every condition that a rule can see is met, ``excluded`` when one is
        not, ``open`` otherwise. Judged and text conditions never exclude.
        """
        sure = True
        for condition, rule, closure in self.conditions[(record.type, record.id)]:
            if rule is None or closure is None:
                continue
            if in_force(condition.valid_from, condition.valid_to, as_of):
                met = closure(firm)
                if met is False:
                    return "excluded"
                sure = sure and met is not None
        return "fits" if sure else "open"

    def __call__(self, record: Offer, firm: Mapping[str, Value], as_of: date) -> Judgement:
        """The verdict with every condition that is in force at ``as_of``, and what is missing."""
        held: list[Held] = []
        missing: dict[str, None] = {}
        for condition, rule, closure in self.conditions[(record.type, record.id)]:
            if not in_force(condition.valid_from, condition.valid_to, as_of):
                continue
            met = closure(firm) if closure is not None else None
            held.append(Held(condition, rule, met if rule is not None else met or None))
            if rule is not None and met is None:
                missing.update(dict.fromkeys(sorted(settles(rule, firm))))
        return Judgement(self.verdict(record, firm, as_of), tuple(held), tuple(missing))


def with_trade(judgement: Judgement, firm: Mapping[str, Value], trade: SetOf | None) -> Judgement:
    """The same where the owner's own words tell the trade: what asks for that trade is met. It
    never fails a condition, for a firm can do more than its words name.
    """
    if trade is None or "nace_2025" in firm:
        return judgement
    told = {**firm, "nace_2025": SetOf(trade.members, more=True)}
    held = tuple(replace(h, met=True) if _settled(h, told) else h for h in judgement.held)
    still_open = any(h.rule is not None and h.met is None for h in held)
    settled = judgement.verdict == "open" and not still_open
    return replace(judgement, held=held, verdict="fits" if settled else judgement.verdict)


def _settled(held: Held, firm: Mapping[str, Value]) -> bool:
    """Whether a condition that is open is met by a firm."""
    if held.met is not None:
        return False
    sure = held.condition.met_if
    rule = parse(sure, rule_types()) if sure else held.rule
    return rule is not None and compile_closure(rule)(firm) is True


class Judged(Mapping[tuple[str, str], Judgement]):
    """Judgements of one firm by ``(type, id)``, made when they are asked for and then kept."""

    def __init__(
        self, judge: Judge, catalogue: Catalogue, firm: Mapping[str, Value], as_of: date
    ) -> None:
        self._judge, self._catalogue, self._firm, self._as_of = judge, catalogue, firm, as_of
        self._kept: dict[tuple[str, str], Judgement] = {}
        self._verdicts: dict[tuple[str, str], Verdict] = {}

    def verdict(self, key: tuple[str, str]) -> Verdict:
        """The verdict alone: most records of a catalogue are never shown with their reasons."""
        found = self._verdicts.get(key)
        if found is None:
            found = self._judge.verdict(self._catalogue.by_key[key], self._firm, self._as_of)
            self._verdicts[key] = found
        return found

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
