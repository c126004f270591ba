"""A comparison of numbers as one sum: ``2 * a - b >= 100``.

Each fact then stands in it once, which makes intervals exact, and all figures are whole, so
that every interpreter computes with integers.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm

from baken.kernel.values import Number
from baken.rules.ast import Arithmetic, FactRef, Literal, Term

Coefficients = dict[FactRef, Fraction]


def linear(term: Term) -> tuple[Coefficients, Fraction]:
    """The coefficient of each fact in a typed term, and what is left over."""
    match term:
        case FactRef():
            return {term: Fraction(1)}, Fraction(0)
        case Literal(value) if isinstance(value, int | Decimal):
            return {}, Fraction(value)
        case Arithmetic(op, left, right):
            (a, ka), (b, kb) = linear(left), linear(right)
            if op in "+-":
                sign = 1 if op == "+" else -1
                both = {f: a.get(f, Fraction(0)) + sign * b.get(f, Fraction(0)) for f in {**a, **b}}
                return both, ka + sign * kb
            if op == "/":
                return {f: c / kb for f, c in a.items()}, ka / kb
            if not a:
                return {f: c * ka for f, c in b.items()}, ka * kb
            return {f: c * kb for f, c in a.items()}, ka * kb
    raise TypeError(f"not a number: {term}")


def terminating(value: Fraction) -> Number | None:
    """The value as ``int`` or exact ``Decimal``; ``None`` for one third and its like."""
    if value.denominator == 1:
        return value.numerator
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return None
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    return Decimal((value * 10**digits).numerator).scaleb(-digits)


def standard(left: Term, right: Term) -> tuple[tuple[tuple[int, FactRef], ...], Number, bool]:
    """``left op right`` as ``sum op bound``: terms, bound, and whether ``op`` must be turned.

    One fact gets the coefficient 1 when its bound can be written out; several facts get whole
    coefficients without a common divisor.
    """
    coefficients, rest = linear(Arithmetic("-", left, right))
    bound = -rest
    if len(coefficients) == 1:
        ((fact, c),) = coefficients.items()
        plain = terminating(bound / c)
        if plain is not None:
            return ((1, fact),), plain, c < 0
    scale = lcm(bound.denominator, *(c.denominator for c in coefficients.values()))
    whole = [(int(c * scale), f) for f, c in coefficients.items()]
    divisor = gcd(int(bound * scale), *(c for c, _ in whole)) or 1
    turn = len(whole) == 1 and whole[0][0] < 0
    divisor = -divisor if turn else divisor
    terms = tuple((c // divisor, f) for c, f in whole)
    return terms, int(bound * scale) // divisor, turn
