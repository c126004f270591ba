"""A condition back to the text that people write; ``parse(to_text(e)) == e``."""

from __future__ import annotations

from datetime import date

from baken.kernel.values import Scalar
from baken.rules.ast import (
    And,
    Arithmetic,
    Between,
    Compare,
    DateShift,
    FactRef,
    Has,
    In,
    IsNull,
    Like,
    Literal,
    Node,
    Not,
    Or,
)


def literal(value: Scalar) -> str:
    """One value as SQL.

    >>> literal("l'usine"), literal(True), literal(-3)
    ("'l''usine'", 'true', '-3')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return f"{value:f}" if not isinstance(value, int) else str(value)


def shift_text(n: int, unit: str) -> str:
    """``+ interval '3' month``, to stand after a date."""
    return f"{'-' if n < 0 else '+'} interval '{abs(n)}' {unit}"


def to_text(node: Node) -> str:
    """The condition as one line of SQL."""
    match node:
        case And(parts):
            return " and ".join(
                f"({to_text(p)})" if isinstance(p, And | Or) else to_text(p) for p in parts
            )
        case Or(parts):
            return " or ".join(
                f"({to_text(p)})" if isinstance(p, And | Or) else to_text(p) for p in parts
            )
        case Not(part):
            return f"not ({to_text(part)})"
        case Compare(op, left, right):
            return f"{to_text(left)} {op} {to_text(right)}"
        case In(fact, values):
            return f"{fact.id} in ({', '.join(literal(v) for v in values)})"
        case Between(term, low, high):
            return f"{to_text(term)} between {to_text(low)} and {to_text(high)}"
        case Like(fact, prefix):
            return f"{fact.id} like {literal(prefix + '%')}"
        case IsNull(fact):
            return f"{fact.id} is null"
        case Has(fact, value, prefix):
            return f"has({fact.id}, {literal(value + '%' if prefix else value)})"
        case Arithmetic(op, left, right):
            return f"({to_text(left)} {op} {to_text(right)})"
        case DateShift(base, n, unit):
            return f"{to_text(base)} {shift_text(n, unit)}"
        case FactRef(fact_id, _, _):
            return fact_id
        case Literal(value):
            return literal(value)
