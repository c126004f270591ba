"""All atoms about one fact answered by one look-up, as bits of whole numbers.

A catalogue asks the same few facts over and over: thirty conditions on the number of workers
differ in their bound only. A table holds, for each stretch between two bounds or for each text,
the answers of all its atoms: a pair of whole numbers with a bit for every atom that is surely
true and one for every atom that is surely false.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeAlias

from baken.kernel.values import Interval, SetOf, Value
from baken.rules.atoms import Atom, BoolAtom, DateAtom, HasAtom, NumberAtom, TextAtom
from baken.rules.closures import Firm, Judge, compare_bounds, compile_atom
from baken.rules.types import AS_OF

Answers: TypeAlias = tuple[int, int]
"""The bits of the true atoms, and of the false ones."""

Table: TypeAlias = Callable[[Any, Firm], Answers]
Numbered: TypeAlias = Sequence[tuple[int, Atom]]
"""Atoms, each with its bit."""

# Free texts and sets have no end: what is remembered of them is dropped past so many.
MOST_KEPT = 4096


def tables_of(numbered: Numbered) -> tuple[list[tuple[str, Table]], list[tuple[int, Judge]]]:
    """A table per fact, and the closures of the atoms that no table can answer."""
    groups: dict[tuple[str, Callable[[Numbered], Table]], list[tuple[int, Atom]]] = {}
    rest: list[tuple[int, Judge]] = []
    for bit, atom in numbered:
        fact = _single_date(atom) if isinstance(atom, DateAtom) else atom.facts[0]
        maker = _maker(atom)
        if maker is None or fact is None:
            rest.append((bit, compile_atom(atom)))
        else:
            groups.setdefault((fact, maker), []).append((bit, atom))
    return [(fact, maker(group)) for (fact, maker), group in groups.items()], rest


def _maker(atom: Atom) -> Callable[[Numbered], Table] | None:
    if isinstance(atom, TextAtom | BoolAtom):
        return text_table
    if isinstance(atom, HasAtom):
        return set_table
    if isinstance(atom, DateAtom):
        return date_table
    return number_table if isinstance(atom, NumberAtom) and atom.single else None


def _single_date(atom: DateAtom) -> str | None:
    """The fact of an atom that compares one date in order with what is the same for all firms.

    An equality of a moved date is left out: no day may answer to it, and then bounds say
    unknown where a table would say no.
    """
    facts = [fact for fact in atom.facts if fact != AS_OF]
    once = sum(1 for side in (atom.left, atom.right) if not isinstance(side.base, date)) == len(
        atom.facts
    )
    return facts[0] if len(facts) == 1 and once and atom.op not in ("=", "<>") else None


def _answers(numbered: Numbered, truth_of: Callable[[Atom], bool | None]) -> Answers:
    true = false = 0
    for bit, atom in numbered:
        truth = truth_of(atom)
        if truth:
            true |= bit
        elif truth is False:
            false |= bit
    return true, false


def text_table(numbered: Numbered) -> Table:
    """Texts, choices and yes-or-no facts: the answers of each value that was met."""
    judges = [(bit, compile_atom(atom)) for bit, atom in numbered]
    fact = numbered[0][1].facts[0]
    kept: dict[Value, Answers] = {}

    def table(value: Any, _: Firm) -> Answers:
        found = kept.get(value)
        if found is None:
            true = false = 0
            for bit, judge in judges:
                truth = judge({fact: value})
                if truth:
                    true |= bit
                elif truth is False:
                    false |= bit
            if len(kept) >= MOST_KEPT:
                kept.clear()
            found = kept[value] = true, false
        return found

    return table


def set_table(numbered: Numbered) -> Table:
    """Sets: the answers of each member that was met, put together."""
    atoms = [(bit, atom) for bit, atom in numbered if isinstance(atom, HasAtom)]
    every = sum(bit for bit, _ in atoms)
    denied = sum(bit for bit, atom in atoms if atom.negated)
    kept: dict[frozenset[str], Answers] = {}

    def member(texts: frozenset[str]) -> Answers:
        """The atoms that this member surely meets, and those that it may meet."""
        sure = maybe = 0
        for bit, atom in atoms:
            hits = sum(1 for text in texts if atom.texts.match(text))
            if hits:
                maybe |= bit
                if hits == len(texts):
                    sure |= bit
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[texts] = sure, maybe
        return sure, maybe

    def table(value: Any, _: Firm) -> Answers:
        if not isinstance(value, SetOf):
            return 0, 0
        true = 0
        possible = every if value.more else 0
        for texts in value.members:
            sure, maybe = kept.get(texts) or member(texts)
            true |= sure
            possible |= maybe
        false = every & ~possible
        return (true & ~denied) | (false & denied), (false & ~denied) | (true & denied)

    return table


def number_table(numbered: Numbered) -> Table:
    """Numbers: the answers below, at and above each bound, found by halving."""
    atoms = [(bit, atom) for bit, atom in numbered if isinstance(atom, NumberAtom)]
    bounds: list[Any] = sorted({atom.bound for _, atom in atoms})
    at = {bound: 2 * n + 1 for n, bound in enumerate(bounds)}

    def stretch(n: int) -> Answers:
        return _answers(
            atoms,
            lambda a: compare_bounds(a.op, (n, n), (at[a.bound],) * 2),  # type: ignore[union-attr]
        )

    answers = [stretch(n) for n in range(2 * len(bounds) + 1)]
    last = len(answers) - 1

    def where(value: Any) -> int:
        n = bisect_left(bounds, value)
        return 2 * n + (n < len(bounds) and bounds[n] == value)

    def table(value: Any, _: Firm) -> Answers:
        if isinstance(value, Interval):
            low = 0 if value.lo is None else where(value.lo)
            high = last if value.hi is None else where(value.hi)
            return _agreed(answers[low : high + 1])
        return answers[where(value)]

    return table


def date_table(numbered: Numbered) -> Table:
    """Dates: the same between the days on which an answer turns, which depend on ``as_of``."""
    atoms = [(bit, atom) for bit, atom in numbered if isinstance(atom, DateAtom)]
    kept: dict[Any, tuple[list[int], list[Answers]]] = {}

    def made(as_of: date | None) -> tuple[list[int], list[Answers]]:
        turns: set[int] = set()
        judged = []
        for bit, atom in atoms:
            moving, other = atom.left, atom.right
            if isinstance(moving.base, date) or moving.base.id == AS_OF:
                moving, other = other, moving
            edge = other.base if isinstance(other.base, date) else as_of
            if edge is None:
                continue
            # An order turns on the first day that reaches the edge, or on the first past it.
            reached = other.moved(edge)
            strict = (atom.op in ("<=", ">")) == (moving is atom.left)
            turn = _first_past(moving, reached) if strict else moving.first_day(reached)
            after = (">" in atom.op) == (moving is atom.left)
            turns.add(turn)
            judged.append((bit, turn, after))
        days = sorted(turns)
        answers = []
        for first in [0, *days]:
            true = sum(bit for bit, turn, after in judged if (first >= turn) == after)
            false = sum(bit for bit, turn, after in judged if (first >= turn) != after)
            answers.append((true, false))
        return days, answers

    def table(value: Any, firm: Firm) -> Answers:
        as_of: Any = firm.get(AS_OF)
        found = kept.get(as_of)
        if found is None:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            found = kept[as_of] = made(as_of)
        days, answers = found
        if isinstance(value, Interval):
            low: Any = value.lo
            high: Any = value.hi
            first = 0 if low is None else bisect_right(days, low.toordinal())
            last = len(days) if high is None else bisect_right(days, high.toordinal())
            return _agreed(answers[first : last + 1])
        return answers[bisect_right(days, value.toordinal())]

    return table


def _first_past(term: Any, edge: date) -> int:
    last: int = date.max.toordinal() + 1
    return last if edge == date.max else int(term.first_day(date.fromordinal(edge.toordinal() + 1)))


def _agreed(answers: list[Answers]) -> Answers:
    """What all of these stretches answer alike."""
    true, false = answers[0]
    for also_true, also_false in answers[1:]:
        true &= also_true
        false &= also_false
    return true, false
