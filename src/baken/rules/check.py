"""Types of a condition: each fact exists, each value fits it. Used while parsing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NoReturn

from baken.kernel.errors import BakenError
from baken.kernel.values import Scalar
from baken.rules.ast import Arithmetic, DateShift, FactRef, Literal, Term, facts_of
from baken.rules.types import NUMERIC, TEXTUAL, FactType, Vocabulary, fact_type, near

_DOTTED_NACE = re.compile(r"\d\d\.\d{0,3}")


@dataclass(frozen=True)
class Place:
    """Where in which text something stands, for the message of an error."""

    path: str
    line: int
    column: int

    def refuse(self, problem: str, expected: str = "", near: list[str] | None = None) -> NoReturn:
        """Raise the error of this place."""
        where = f"line {self.line}, column {self.column}: {problem}"
        raise BakenError(self.path, where, expected, near or [])


def resolve(name: str, vocabulary: Vocabulary, place: Place) -> tuple[FactRef, FactType]:
    """The fact called ``name``; an unknown one is refused with the names that look like it."""
    found = fact_type(vocabulary, name)
    if found is None:
        place.refuse(f"unknown fact '{name}'", "a fact of the vocabulary", near(name, vocabulary))
    return FactRef(name, found.kind, found.decimals), found


def check_text(text: str, fact: FactType, place: Place, prefix: bool = False) -> None:
    """``text`` can be a value of ``fact`` (or, with ``prefix``, the start of one)."""
    if fact.choices is not None:
        fits = any(c.startswith(text) for c in fact.choices) if prefix else text in fact.choices
        if not fits:
            what = "no choice starts with" if prefix else "no such choice"
            close = near(text, fact.choices)
            if not close and text and text.replace(".", "") in fact.choices:
                close = [text.replace(".", "")]
            place.refuse(f"{what} '{text}' for '{fact.id}'", _some(fact.choices), close)
    elif _DOTTED_NACE.fullmatch(text):
        digits, rest = text.replace(".", ""), "%" if prefix else ""
        place.refuse(f"'{text}{rest}' has a dot", f"the code as digits: '{digits}{rest}'")
    elif text == "":
        place.refuse("an empty text", "some text; 'is null' asks whether it is unknown")


def _some(choices: tuple[str, ...]) -> str:
    shown = ", ".join(f"'{c}'" for c in choices[:8])
    return f"one of {shown}" + (", ..." if len(choices) > 8 else "")


def check_value(value: Scalar, fact: FactType, place: Place) -> None:
    """``value`` has the type of ``fact`` and is one that it can have."""
    kind = fact.kind
    if kind in TEXTUAL:
        if not isinstance(value, str):
            place.refuse(f"'{fact.id}' is a text, {_name(value)} given", "a text in quotes")
        check_text(value, fact, place)
    elif kind in NUMERIC:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            place.refuse(f"'{fact.id}' is a number, {_name(value)} given", "digits, without quotes")
    elif kind == "date":
        if not isinstance(value, date):
            place.refuse(f"'{fact.id}' is a date, {_name(value)} given", "date '2026-01-31'")
    elif kind == "bool":
        if not isinstance(value, bool):
            place.refuse(f"'{fact.id}' is true or false, {_name(value)} given", "true or false")
    else:
        place.refuse(f"'{fact.id}' is a set", f"has({fact.id}, 'a value')")


def check_grid(op: str, fact: FactRef, value: Scalar, place: Place) -> None:
    """An equality can only ask for a value with as many decimals as the fact has."""
    if op in ("=", "<>") and isinstance(value, Decimal):
        scaled = Fraction(value) * 10**fact.decimals
        if scaled.denominator != 1:
            place.refuse(
                f"'{fact.id}' is never {value}", f"a number with at most {fact.decimals} decimals"
            )


def type_of(term: Term) -> str:
    """``text``, ``number``, ``date``, ``bool`` or ``set``."""
    match term:
        case FactRef(_, kind, _):
            return "number" if kind in NUMERIC else "text" if kind in TEXTUAL else kind
        case Literal(value):
            if isinstance(value, bool):
                return "bool"
            if isinstance(value, int | Decimal):
                return "number"
            return "date" if isinstance(value, date) else "text"
        case Arithmetic():
            return "number"
        case DateShift():
            return "date"


def check_arithmetic(op: str, left: Term, right: Term, place: Place) -> None:
    """Numbers only, and linear: one side of ``*`` and the divisor are figures."""
    for side in (left, right):
        if type_of(side) != "number":
            place.refuse(f"'{op}' on a {type_of(side)}", "numbers, or a date and an interval")
    if op == "*" and facts_of(left) and facts_of(right):
        place.refuse("a fact times a fact", "a figure on one side of '*'")
    if op == "/":
        if facts_of(right):
            place.refuse("division by a fact", "a product: a / b > 0.5 is written a > 0.5 * b")
        if constant(right) == 0:
            place.refuse("division by zero", "a figure other than 0")


def constant(term: Term) -> Fraction:
    """The figure that a term without facts stands for."""
    match term:
        case Literal(value) if isinstance(value, int | Decimal):
            return Fraction(value)
        case Arithmetic(op, left, right):
            a, b = constant(left), constant(right)
            if op == "+":
                return a + b
            if op == "-":
                return a - b
            return a * b if op == "*" else a / b
    raise TypeError(f"no figure: {term}")


def _name(value: Scalar) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        return f"the text '{value}'"
    return f"the date {value}" if isinstance(value, date) else f"the number {value}"
