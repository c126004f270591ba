"""A small vocabulary with every kind of fact, and hypothesis strategies over it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from baken.kernel.values import Choices, Interval, SetOf, Value
from baken.rules.ast import (
    And,
    Arithmetic,
    Between,
    Compare,
    DateShift,
    Expr,
    FactRef,
    Has,
    In,
    IsNull,
    Like,
    Literal,
    Not,
    Or,
    Term,
)
from baken.rules.types import FactType

SIZES = ("micro", "small", "medium", "large")
REGIONS = ("vlaams-gewest", "brussels-hoofdstedelijk-gewest", "waals-gewest", "buitenland")

VOCABULARY = {
    fact.id: fact
    for fact in (
        FactType("size", "choice", SIZES),
        FactType("region", "choice", REGIONS),
        FactType("nace", "text"),
        FactType("in_difficulty", "bool"),
        FactType("exporter", "bool"),
        FactType("headcount", "number"),
        FactType("own_share_pct", "number", decimals=1),
        FactType("turnover", "eur", decimals=2),
        FactType("balance_total", "eur", decimals=2),
        FactType("founded_on", "date"),
        FactType("project_starts_on", "date"),
        FactType("establishment_regions", "set", REGIONS),
        FactType("nace_2025", "set"),
    )
}
AS_OF = date(2026, 11, 1)
CODES = ("10", "1071", "1072", "11", "4724", "47", "62010", "6202")


def ref(fact: str) -> FactRef:
    """The fact as the parser would refer to it."""
    found = VOCABULARY.get(fact, FactType(fact, "date"))
    return FactRef(fact, found.kind, found.decimals)


def _of(*kinds: str) -> st.SearchStrategy[FactRef]:
    return st.sampled_from([ref(f.id) for f in VOCABULARY.values() if f.kind in kinds])


days = st.dates(date(2019, 12, 25), date(2027, 3, 5))
month_ends = st.sampled_from(
    [date(2024, 2, 29), date(2023, 2, 28), date(2024, 1, 31), date(2024, 3, 30), date(2025, 12, 31)]
)
dates = days | month_ends


def numbers(decimals: int) -> st.SearchStrategy[int | Decimal]:
    """Small numbers, so that bounds are often hit exactly."""
    whole = st.integers(-5, 60)
    if not decimals:
        return whole
    return whole | st.integers(-50, 600).map(lambda n: Decimal(n).scaleb(-decimals))


def _texts_of(fact: FactRef) -> st.SearchStrategy[str]:
    choices = VOCABULARY[fact.id].choices
    return st.sampled_from(choices or CODES)


def _prefixes_of(fact: FactRef) -> st.SearchStrategy[str]:
    return st.builds(lambda text, n: text[: max(1, n)], _texts_of(fact), st.integers(1, 4))


number_terms: st.SearchStrategy[Term] = st.recursive(
    _of("number", "eur"),
    lambda inner: st.one_of(
        st.builds(Arithmetic, st.sampled_from("+-"), inner, inner),
        st.builds(Arithmetic, st.just("*"), st.integers(1, 4).map(Literal), inner),
        st.builds(Arithmetic, st.just("/"), inner, st.integers(1, 4).map(Literal)),
        st.builds(Arithmetic, st.sampled_from("+-"), inner, st.integers(0, 9).map(Literal)),
    ),
    max_leaves=3,
)
date_terms: st.SearchStrategy[Term] = st.recursive(
    st.sampled_from([ref("founded_on"), ref("project_starts_on"), ref("as_of")]),
    lambda inner: st.builds(
        DateShift, inner, st.integers(-40, 40), st.sampled_from(("day", "month", "year"))
    ).filter(lambda s: s.unit != "year" or abs(s.n) < 5),
    max_leaves=3,
)
_ops = st.sampled_from(("=", "<>", "<", "<=", ">", ">="))


def _depends_on_each_fact(expr: Compare | Between) -> bool:
    """The checker refuses ``a - a > 3``; so does the generator."""
    from baken.rules.linear import linear

    ends = [expr.right] if isinstance(expr, Compare) else [expr.low, expr.high]
    left = expr.left if isinstance(expr, Compare) else expr.term
    return all(0 not in linear(Arithmetic("-", left, end))[0].values() for end in ends)


_number_atoms = st.one_of(
    _of("number", "eur").flatmap(
        lambda f: st.builds(Compare, _ops, st.just(f), numbers(f.decimals).map(Literal))
    ),
    st.builds(Compare, _ops, number_terms, number_terms).filter(_depends_on_each_fact),
    st.builds(Compare, _ops, number_terms, numbers(2).map(Literal)).filter(
        lambda c: not isinstance(c.left, FactRef) and _depends_on_each_fact(c)
    ),
    _of("number", "eur").flatmap(
        lambda f: st.tuples(numbers(1), numbers(1)).map(
            lambda ends: Between(f, Literal(min(ends)), Literal(max(ends)))
        )
    ),
    _of("number").flatmap(
        lambda f: st.lists(numbers(f.decimals), min_size=1, max_size=3, unique=True).map(
            lambda values: In(f, tuple(values))
        )
    ),
)
_date_atoms = st.one_of(
    st.builds(Compare, _ops, date_terms, dates.map(Literal)),
    st.builds(Compare, _ops, date_terms, date_terms),
)
_text_atoms = _of("choice", "text").flatmap(
    lambda f: st.one_of(
        st.builds(Compare, st.sampled_from(("=", "<>")), st.just(f), _texts_of(f).map(Literal)),
        st.lists(_texts_of(f), min_size=1, max_size=3, unique=True).map(lambda v: In(f, tuple(v))),
        st.builds(Like, st.just(f), _prefixes_of(f)),
    )
)
_set_atoms = _of("set").flatmap(
    lambda f: st.one_of(
        st.builds(Has, st.just(f), _texts_of(f)),
        st.builds(Has, st.just(f), _prefixes_of(f), st.just(True)),
    )
)
_flag_atoms = st.builds(
    Compare, st.sampled_from(("=", "<>")), _of("bool"), st.booleans().map(Literal)
)
_null_atoms = st.builds(IsNull, _of("choice", "text", "bool", "number", "eur", "date", "set"))

atoms_without_null = st.one_of(_number_atoms, _date_atoms, _text_atoms, _set_atoms, _flag_atoms)
plain_atoms = st.one_of(_number_atoms, _date_atoms, _text_atoms, _flag_atoms, _null_atoms)


def conditions(atoms: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    """Trees of and, or and not over ``atoms``."""

    def deeper(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        rows = st.lists(inner, min_size=2, max_size=4).map(tuple)
        return st.one_of(rows.map(And), rows.map(Or), inner.map(Not))

    return st.recursive(atoms, deeper, max_leaves=8)


any_condition = conditions(atoms_without_null | _null_atoms)


def _narrowed(kind: str, fact: FactType) -> st.SearchStrategy[Value]:
    if kind in ("choice", "text"):
        texts = st.sampled_from(fact.choices or CODES)
        return st.sets(texts, min_size=2, max_size=3).map(lambda s: Choices(frozenset(s)))
    if kind == "set":
        texts = st.sampled_from(fact.choices or CODES)
        member = st.frozensets(texts, min_size=1, max_size=2)
        return st.builds(SetOf, st.lists(member, max_size=3).map(tuple), st.booleans())
    values = dates if kind == "date" else numbers(fact.decimals)

    def interval(ends: tuple[object, object], open_end: int) -> Interval:
        low, high = sorted(ends)  # type: ignore[type-var]
        return Interval(None if open_end == 1 else low, None if open_end == 2 else high)  # type: ignore[arg-type]

    return st.builds(interval, st.tuples(values, values), st.integers(0, 2))


def known_values(fact: FactType) -> st.SearchStrategy[Value]:
    """Fully known values of one fact."""
    if fact.kind == "bool":
        return st.booleans()
    if fact.kind in ("choice", "text"):
        return st.sampled_from(fact.choices or CODES)
    if fact.kind == "set":
        texts = st.sampled_from(fact.choices or CODES)
        return st.lists(texts, max_size=3).map(lambda members: SetOf.of(*members))
    return dates if fact.kind == "date" else numbers(fact.decimals)


def values_of(fact: FactType, narrowed: bool = True) -> st.SearchStrategy[Value]:
    """Known and unknown values, and with ``narrowed`` those in between."""
    kinds = [known_values(fact), st.none()]
    if narrowed and fact.kind != "bool":
        kinds.append(_narrowed(fact.kind, fact))
    return st.one_of(kinds)


def firms(narrowed: bool = True) -> st.SearchStrategy[dict[str, Value]]:
    """Firms with a value, or ``None``, for every fact; ``as_of`` is always there."""
    facts = {name: values_of(fact, narrowed) for name, fact in VOCABULARY.items()}
    return st.fixed_dictionaries({**facts, "as_of": st.just(AS_OF)})
