"""A condition as DuckDB SQL: a boolean expression whose NULL is our unknown.

Plain columns bear the name of their fact: NULL is unknown, a set is a ``VARCHAR[]``. A fact
named in ``narrowed`` has these columns instead:

* choice, text: ``x_options VARCHAR[]``, the possible texts (one: known; NULL: unknown);
* number, eur, date: ``x_lo`` and ``x_hi``, NULL for no bound (both NULL: unknown);
* set: ``x_members VARCHAR[][]``, per member its candidates (NULL: unknown), and
  ``x_more BOOLEAN``, whether there may be further members.

A yes-or-no fact has nothing between known and unknown and is always plain.
"""

from __future__ import annotations

from datetime import date
from typing import assert_never

from baken.kernel.errors import BakenError
from baken.rules.ast import Expr, FactRef
from baken.rules.atoms import (
    Atom,
    BoolAtom,
    DateAtom,
    DateTerm,
    HasAtom,
    NullAtom,
    NumberAtom,
    TextAtom,
    Texts,
)
from baken.rules.normal import All, Any, Form, normalise
from baken.rules.text import literal, shift_text
from baken.rules.types import AS_OF, NUMERIC, TEXTUAL

_INVERSE = {">": "<=", ">=": "<", "<>": "="}


def to_sql(
    expr: Expr,
    dialect: str = "duckdb",
    narrowed: frozenset[str] = frozenset(),
    as_of: date | None = None,
) -> str:
    """The condition as an SQL expression over the columns described above.

    With ``as_of`` that date is written into the text; without it a column ``as_of`` is read.
    Raises :class:`BakenError` for another dialect than ``duckdb``.
    """
    if dialect != "duckdb":
        raise BakenError("dialect", f"no SQL for '{dialect}'", "duckdb")
    return _Writer(narrowed, as_of).form(normalise(expr))


def columns_of(fact: FactRef, narrowed: bool) -> dict[str, str]:
    """The columns that :func:`to_sql` reads for a fact, with their DuckDB types."""
    name, kind = fact.id, fact.kind
    if kind == "bool":
        return {name: "BOOLEAN"}
    if kind in TEXTUAL:
        return {f"{name}_options": "VARCHAR[]"} if narrowed else {name: "VARCHAR"}
    if kind == "set":
        if narrowed:
            return {f"{name}_members": "VARCHAR[][]", f"{name}_more": "BOOLEAN"}
        return {name: "VARCHAR[]"}
    number = f"DECIMAL(18, {fact.decimals})" if fact.decimals else "BIGINT"
    held = number if kind in NUMERIC else "DATE"
    return {f"{name}_lo": held, f"{name}_hi": held} if narrowed else {name: held}


class _Writer:
    def __init__(self, narrowed: frozenset[str], as_of: date | None) -> None:
        self.narrowed = narrowed
        self.as_of = as_of

    def form(self, form: Form) -> str:
        if isinstance(form, All | Any):
            word = " AND " if isinstance(form, All) else " OR "
            return "(" + word.join(self.form(p) for p in form.parts) + ")"
        return self.atom(form)

    def atom(self, atom: Atom) -> str:
        match atom:
            case TextAtom(fact, texts, negated):
                if fact.id not in self.narrowed:
                    return f"({atom.text})"
                options = f"{fact.id}_options"
                hits = f"len(list_filter({options}, lambda o: {_matches('o', texts)}))"
                return _signed(
                    f"CASE WHEN {hits} = len({options}) THEN true WHEN {hits} = 0 THEN false END",
                    negated,
                )
            case HasAtom(fact, texts, negated):
                return _signed(self.has(fact, texts), negated)
            case BoolAtom():
                return f"({atom.text})"
            case NumberAtom():
                return self.number(atom)
            case DateAtom(left, op, right):
                if not self.narrowed.intersection(atom.facts):
                    return f"({self.date(left, '')} {op} {self.date(right, '')})"
                a = self.date(left, "_lo"), self.date(left, "_hi")
                return _between(op, a, (self.date(right, "_lo"), self.date(right, "_hi")))
            case NullAtom(fact, negated):
                names = columns_of(fact, fact.id in self.narrowed)
                held = [n for n, column in names.items() if n == fact.id or column != "BOOLEAN"]
                return _signed(" AND ".join(f"{n} IS NULL" for n in held), negated)
            case _:
                assert_never(atom)

    def has(self, fact: FactRef, texts: Texts) -> str:
        wanted = _matches("m", texts)
        if fact.id not in self.narrowed:
            return f"len(list_filter({fact.id}, lambda m: {wanted})) > 0"
        members = f"{fact.id}_members"
        hits = f"len(list_filter(c, lambda m: {wanted}))"
        sure = f"len(list_filter({members}, lambda c: {hits} = len(c) AND len(c) > 0)) > 0"
        maybe = f"len(list_filter({members}, lambda c: {hits} > 0)) > 0"
        return (
            f"CASE WHEN {sure} THEN true WHEN {maybe} OR {fact.id}_more THEN NULL "
            f"WHEN {members} IS NOT NULL THEN false END"
        )

    def number(self, atom: NumberAtom) -> str:
        if not self.narrowed.intersection(atom.facts):
            return f"({atom.text})"

        def total(end: str) -> str:
            said = []
            for c, fact in atom.terms:
                side = {"_lo": "_hi", "_hi": "_lo"}[end] if c < 0 else end
                name = fact.id + side if fact.id in self.narrowed else fact.id
                said.append(name if c == 1 else f"{c} * {name}")
            return " + ".join(said)

        bound = literal(atom.bound)
        return _between(atom.op, (total("_lo"), total("_hi")), (bound, bound))

    def date(self, term: DateTerm, end: str) -> str:
        if not isinstance(term.base, FactRef):
            said = literal(term.base)
        elif term.base.id == AS_OF and self.as_of is not None:
            said = literal(self.as_of)
        else:
            name = term.base.id
            said = name + end if name in self.narrowed else name
        for n, unit in term.shifts:
            said = f"CAST({said} {shift_text(n, unit)} AS DATE)"
        return said


def _signed(sql: str, negated: bool) -> str:
    return f"(NOT ({sql}))" if negated else f"({sql})"


def _matches(name: str, texts: Texts) -> str:
    said = []
    if texts.values:
        said.append(f"{name} IN ({', '.join(literal(v) for v in sorted(texts.values))})")
    said += [f"starts_with({name}, {literal(p)})" for p in sorted(texts.prefixes)]
    return "(" + (" OR ".join(said) or "false") + ")"


def _between(op: str, left: tuple[str, str], right: tuple[str, str]) -> str:
    """``left op right`` for two pairs of bounds; the same steps as ``compare_bounds``."""
    if op in _INVERSE:
        return _signed(_between(_INVERSE[op], left, right), True)
    (lo, hi), (low, high) = left, right
    if op == "=":
        sure = f"{lo} = {hi} AND {low} = {high} AND {lo} = {low}"
        never = f"{lo} > {high} OR {hi} < {low}"
    else:
        sure = f"{hi} {op} {low}"
        never = f"NOT ({lo} {op} {high})"
    return f"(CASE WHEN {sure} THEN true WHEN {never} THEN false END)"
