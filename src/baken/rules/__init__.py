"""Floor 1: conditions over facts, read from SQL text and judged in three-valued logic.

    expr = parse("size in ('micro', 'small') and headcount < 50", vocabulary)
    compile_closure(expr)(firm)            # True, False or None
    trace(expr, firm, origins)             # the same, with why
    RuleSet({"kmo": [expr]}).judge(firm)   # one firm, a whole catalogue
    to_sql(expr)                           # for DuckDB

A population is judged by :mod:`baken.rules.bitmaps`, which is not imported here because it
needs numpy; sqlglot is only imported when a text is parsed. See ``docs/rules.md``.
"""

from baken.rules.advice import Change, FactChange, settles, smallest_change
from baken.rules.ast import Expr, facts_of, from_json, to_json
from baken.rules.closures import compile_closure
from baken.rules.normal import normalise
from baken.rules.parse import parse
from baken.rules.ruleset import Judged, RuleSet, Verdict
from baken.rules.sql import to_sql
from baken.rules.tautology import check_tautology
from baken.rules.text import to_text
from baken.rules.trace import AtomTrace, JoinTrace, Trace, atoms_traced, trace
from baken.rules.types import FactType, Vocabulary

__all__ = [
    "AtomTrace",
    "Change",
    "Expr",
    "FactChange",
    "FactType",
    "JoinTrace",
    "Judged",
    "RuleSet",
    "Trace",
    "Verdict",
    "Vocabulary",
    "atoms_traced",
    "check_tautology",
    "compile_closure",
    "facts_of",
    "from_json",
    "normalise",
    "parse",
    "settles",
    "smallest_change",
    "to_json",
    "to_sql",
    "to_text",
    "trace",
]
