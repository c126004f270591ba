"""A condition in normal form: all and any over atoms, no negation left above an atom.

Questions about one text or set are joined into one atom, so that a narrowed fact can settle
them: of ``size = 'small' or size = 'medium'`` nothing alone is sure for a firm that is small
or medium, of ``size in ('small', 'medium')`` the answer is yes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, assert_never

from baken.rules.ast import (
    And,
    Between,
    Compare,
    DateShift,
    Expr,
    FactRef,
    Has,
    In,
    IsNull,
    Kept,
    Like,
    Literal,
    Not,
    Or,
    Term,
)
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
from baken.rules.check import type_of
from baken.rules.linear import standard

_TURNED = {"=": "=", "<>": "<>", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


@dataclass(frozen=True)
class All(Kept):
    """True when all parts are."""

    parts: tuple[Form, ...]


@dataclass(frozen=True)
class Any(Kept):
    """True when one part is."""

    parts: tuple[Form, ...]


Form: TypeAlias = All | Any | Atom


def normalise(expr: Expr) -> Form:
    """The normal form; it means the same and is never less settled.

    It is kept on the expression, which is frozen, so asking again costs nothing.
    """
    kept: Form | None = expr.__dict__.get("_form")
    if kept is None:
        kept = _form(expr, False)
        expr.__dict__["_form"] = kept
    return kept


def atoms_of(form: Form) -> Iterator[Atom]:
    """The atoms in reading order."""
    if isinstance(form, All | Any):
        for part in form.parts:
            yield from atoms_of(part)
    else:
        yield form


def _form(expr: Expr, negated: bool) -> Form:
    match expr:
        case Not(part):
            return _form(part, not negated)
        case And(parts) | Or(parts):
            forms = [_form(p, negated) for p in parts]
            return _join(forms, isinstance(expr, And) != negated)
        case Compare(op, left, right):
            return _signed(_compare(op, left, right), negated)
        case Between(term, low, high):
            low_end, high_end = _compare(">=", term, low), _compare("<=", term, high)
            return _join([_signed(low_end, negated), _signed(high_end, negated)], not negated)
        case In(fact, values):
            if isinstance(values[0], str):
                texts = Texts(frozenset(str(v) for v in values))
                return _signed(TextAtom(fact, texts), negated)
            each: list[Form] = []
            each += [_signed(_compare("=", fact, Literal(v)), negated) for v in values]
            return _join(each, negated)
        case Like(fact, prefix):
            return _signed(TextAtom(fact, Texts(prefixes=frozenset({prefix}))), negated)
        case Has(fact, value, prefix):
            one = frozenset({value})
            return _signed(HasAtom(fact, Texts(prefixes=one) if prefix else Texts(one)), negated)
        case IsNull(fact):
            return NullAtom(fact, negated)
        case _:
            assert_never(expr)


def _signed(atom: Atom, negated: bool) -> Atom:
    return atom.negation() if negated else atom


def _compare(op: str, left: Term, right: Term) -> Atom:
    kind = type_of(left)
    if kind == "number":
        terms, bound, turn = standard(left, right)
        return NumberAtom(terms, _TURNED[op] if turn else op, bound)
    if kind == "date":
        return DateAtom(_date_term(left), op, _date_term(right))
    if not isinstance(left, FactRef) or not isinstance(right, Literal):
        raise TypeError(f"not typed: {left} {op} {right}")
    if isinstance(right.value, bool):
        return BoolAtom(left, right.value == (op == "="))
    return TextAtom(left, Texts(frozenset({str(right.value)})), op == "<>")


def _date_term(term: Term) -> DateTerm:
    match term:
        case DateShift(base, n, unit):
            inner = _date_term(base)
            return DateTerm(inner.base, (*inner.shifts, (n, unit)))
        case FactRef():
            return DateTerm(term)
        case Literal(value) if isinstance(value, date):
            return DateTerm(value)
    raise TypeError(f"not a date: {term}")


def _join(forms: list[Form], every: bool) -> Form:
    """One ``All`` (or ``Any``) of the parts: flat, joined where one atom can say it, no doubles."""
    kind = All if every else Any
    flat: list[Form] = []
    for form in forms:
        flat.extend(form.parts if isinstance(form, kind) else [form])
    joined: list[Form] = []
    for form in flat:
        for i, earlier in enumerate(joined):
            both = _both(earlier, form, every)
            if both is not None:
                joined[i] = both
                break
        else:
            joined.append(form)
    return joined[0] if len(joined) == 1 else kind(tuple(joined))


def _both(a: Form, b: Form, every: bool) -> Form | None:
    """One atom that says ``a and b`` (``every``) or ``a or b``, where there is one."""
    if a == b:
        return a
    if isinstance(a, TextAtom) and isinstance(b, TextAtom) and a.fact == b.fact:
        if not every:
            return _either(a, b)
        denied = _either(_text(a.negation()), _text(b.negation()))
        return None if denied is None else denied.negation()
    # A set has one of two members when it has the one or the other; "and" can't be joined.
    same = isinstance(a, HasAtom) and isinstance(b, HasAtom) and a.fact == b.fact
    if same and a.negated == b.negated == every:  # type: ignore[union-attr]
        return HasAtom(a.fact, a.texts.union(b.texts), every)  # type: ignore[union-attr]
    return None


def _text(atom: Atom) -> TextAtom:
    if not isinstance(atom, TextAtom):
        raise TypeError(f"not a text atom: {atom}")
    return atom


def _either(a: TextAtom, b: TextAtom) -> TextAtom | None:
    if not a.negated and not b.negated:
        return TextAtom(a.fact, a.texts.union(b.texts))
    if a.negated and b.negated:
        return TextAtom(a.fact, a.texts.common(b.texts), True)
    denied, said = (a, b) if a.negated else (b, a)
    rest = denied.texts.without(said.texts)
    return None if rest is None else TextAtom(a.fact, rest, True)
