"""One expression, three interpreters, one answer: closures, DuckDB and numpy bitmaps."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.kernel.values import Choices, Interval, SetOf, Value
from baken.rules.ast import Expr, FactRef
from baken.rules.bitmaps import Population
from baken.rules.closures import compile_closure
from baken.rules.ruleset import RuleSet
from baken.rules.sql import columns_of, to_sql
from baken.rules.text import to_text
from baken.rules.trace import trace
from tests.examples import examples

from .vocabulary import (
    AS_OF,
    VOCABULARY,
    any_condition,
    atoms_without_null,
    conditions,
    dates,
    firms,
    known_values,
    numbers,
    plain_atoms,
    ref,
)

NARROWED = frozenset(name for name, fact in VOCABULARY.items() if fact.kind != "bool")
MANY = examples(100)


@pytest.fixture(scope="module")
def db() -> duckdb.DuckDBPyConnection:
    """An empty DuckDB in memory."""
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    return connection


def cells(value: Value, fact: FactRef, narrowed: bool) -> list[Any]:
    """A value in the columns that ``columns_of`` lists for its fact, written by hand."""
    if fact.kind == "bool" or not narrowed:
        if isinstance(value, SetOf):
            return [[next(iter(m)) for m in value.members]]
        return [value]
    if fact.kind in ("choice", "text"):
        options = value.options if isinstance(value, Choices) else {value}
        return [None if value is None else sorted(options)]  # type: ignore[type-var]
    if fact.kind == "set":
        assert value is None or isinstance(value, SetOf)
        return [None, None] if value is None else [[sorted(m) for m in value.members], value.more]
    if isinstance(value, Interval):
        return [value.lo, value.hi]
    return [value, value]


def fill(db: duckdb.DuckDBPyConnection, rows: list[dict[str, Value]], narrowed: bool) -> None:
    """A table ``firm`` of these firms."""
    refs = [ref(name) for name in VOCABULARY]
    columns = {"n": "INTEGER", "as_of": "DATE"}
    for fact in refs:
        columns |= columns_of(fact, narrowed and fact.id in NARROWED)
    spelled = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    db.execute(f"CREATE OR REPLACE TABLE firm ({spelled})")
    table = [
        [n, AS_OF, *(cell for fact in refs for cell in cells(row[fact.id], fact, narrowed))]
        for n, row in enumerate(rows)
    ]
    db.executemany(f"INSERT INTO firm VALUES ({', '.join('?' * len(columns))})", table)


def asked(db: duckdb.DuckDBPyConnection, sql: str) -> list[bool | None]:
    """What DuckDB answers, firm by firm."""
    return [answer for (answer,) in db.execute(f"SELECT {sql} FROM firm ORDER BY n").fetchall()]


@MANY
@given(st.data())
def test_narrowed_facts(db: duckdb.DuckDBPyConnection, data: st.DataObject) -> None:
    """Unknown, narrowed and sets: the three agree on every firm and every expression."""
    exprs = data.draw(st.lists(any_condition, min_size=1, max_size=6))
    rows = data.draw(st.lists(firms(), min_size=1, max_size=12))
    fill(db, rows, narrowed=True)
    population = Population.encode(rows, VOCABULARY, as_of=AS_OF)
    for expr in exprs:
        judge = compile_closure(expr)
        scalar = [judge(row) for row in rows]
        assert population.truths(expr) == scalar, to_text(expr)
        assert asked(db, to_sql(expr, narrowed=NARROWED)) == scalar, to_text(expr)
        assert [trace(expr, row).truth for row in rows] == scalar, to_text(expr)


@MANY
@given(st.data())
def test_plain_columns(db: duckdb.DuckDBPyConnection, data: st.DataObject) -> None:
    """With only known and unknown values, plain columns will do; with a date written in, too."""
    exprs = data.draw(st.lists(any_condition, min_size=1, max_size=6))
    rows = data.draw(st.lists(firms(narrowed=False), min_size=1, max_size=12))
    fill(db, rows, narrowed=False)
    for expr in exprs:
        judge = compile_closure(expr)
        scalar = [judge(row) for row in rows]
        assert asked(db, to_sql(expr)) == scalar, to_text(expr)
        assert asked(db, to_sql(expr, as_of=AS_OF)) == scalar, to_text(expr)


@MANY
@given(st.data())
def test_the_text_itself(db: duckdb.DuckDBPyConnection, data: st.DataObject) -> None:
    """A condition without sets is SQL as it stands: DuckDB reads our text and agrees."""
    exprs = data.draw(st.lists(conditions(plain_atoms), min_size=1, max_size=6))
    rows = data.draw(st.lists(firms(narrowed=False), min_size=1, max_size=12))
    fill(db, rows, narrowed=False)
    for expr in exprs:
        text, judge = to_text(expr), compile_closure(expr)
        # DuckDB divides in floating point, where we are exact: that text is not comparable.
        if " / " not in text:
            assert asked(db, text) == [judge(row) for row in rows], text


@MANY
@given(
    st.lists(st.lists(any_condition, max_size=4), min_size=1, max_size=4),
    st.lists(firms(), min_size=1, max_size=5),
)
def test_verdicts_of_a_catalogue(offers: list[list[Expr]], rows: list[dict[str, Value]]) -> None:
    """The rule set of one firm and the bitmaps of many give the verdict of the conditions."""
    rules = RuleSet({str(n): exprs for n, exprs in enumerate(offers)})
    population = Population.encode(rows, VOCABULARY, as_of=AS_OF)
    for n, exprs in enumerate(offers):
        codes = population.judge(exprs).codes().tolist()
        for row, code in zip(rows, codes, strict=True):
            truths = [compile_closure(expr)(row) for expr in exprs]
            wanted = "excluded" if False in truths else "open" if None in truths else "fits"
            judged = rules.judge(row)
            assert judged.verdicts[str(n)] == wanted
            assert {1: "fits", 0: "open", -1: "excluded"}[code] == wanted
            assert [t.truth for t in judged.traces(str(n))] == truths


def possible(value: Value, name: str) -> st.SearchStrategy[Value]:
    """The known values that an unknown or narrowed value may turn out to be."""
    fact = VOCABULARY[name]
    if isinstance(value, Choices):
        return st.sampled_from(sorted(value.options))
    if isinstance(value, Interval):
        between = dates if fact.kind == "date" else numbers(fact.decimals)
        ends = [end for end in (value.lo, value.hi) if end is not None]
        inside = between.filter(
            lambda v: (value.lo is None or v >= value.lo) and (value.hi is None or v <= value.hi)  # type: ignore[operator]
        )
        return st.sampled_from(ends) | inside
    if isinstance(value, SetOf):
        members = st.tuples(*(st.sampled_from(sorted(m)) for m in value.members))
        more = known_values(fact) if value.more else st.just(SetOf(()))
        return st.builds(
            lambda ms, extra: SetOf(SetOf.of(*ms).members + extra.members), members, more
        )
    return known_values(fact) if value is None else st.just(value)


@MANY
@given(st.data())
def test_knowing_more_never_contradicts(data: st.DataObject) -> None:
    """A settled answer stays the same whatever the unknown and narrowed values turn out to be."""
    expr = data.draw(conditions(atoms_without_null))
    firm = data.draw(firms())
    truth = compile_closure(expr)(firm)
    if truth is None:
        return
    for _ in range(4):
        told = {
            name: firm[name] if name == "as_of" else data.draw(possible(firm[name], name))
            for name in firm
        }
        assert compile_closure(expr)(told) is truth, to_text(expr)
