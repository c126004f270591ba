"""The same rules and firms in DuckDB: native columns in memory, one boolean per instrument."""

from __future__ import annotations

import duckdb
import numpy as np
from rules_world import AS_OF, Instruments, Raw

from baken.kernel.values import SetOf
from baken.rules import Vocabulary, to_sql
from baken.rules.ast import FactRef
from baken.rules.sql import columns_of


def fill_duckdb(raw: Raw, vocabulary: Vocabulary) -> duckdb.DuckDBPyConnection:
    """The firms as native columns of DuckDB; closed lists as ENUM, the quickest that it has."""
    db = duckdb.connect()
    arrays: dict[str, np.ndarray] = {"n": np.arange(raw.size)}
    said = ["n"]
    for name, values in raw.values.items():
        fact = vocabulary[name]
        if fact.kind == "set":
            sets = [s for s in values if isinstance(s, SetOf)]
            texts = sorted({t for s in sets for m in s.members for t in m})
            at = {frozenset({t}): n for n, t in enumerate(texts, 1)}
            most = max(len(s.members) for s in sets)
            listed = "[" + ", ".join(f"'{t}'" for t in texts) + "]"
            picks = []
            for slot in range(most):
                arrays[f"{name}_{slot}"] = np.array([
                    at[s.members[slot]] if isinstance(s, SetOf) and len(s.members) > slot else 0
                    for s in values
                ], np.int32)  # fmt: skip
                picks.append(f"list_extract({listed}, NULLIF({name}_{slot}, 0))")
            arrays[f"{name}_known"] = np.array([s is not None for s in values])
            member = f"list_filter([{', '.join(picks)}], lambda m: m IS NOT NULL)"
            said.append(f"CASE WHEN {name}_known THEN {member} END AS {name}")
            continue
        arrays[f"{name}_known"] = np.array([v is not None for v in values])
        held = columns_of(FactRef(name, fact.kind, fact.decimals), narrowed=False)[name]
        if fact.kind in ("choice", "text"):
            texts = sorted({v for v in values if isinstance(v, str)})
            db.execute(f"CREATE TYPE {name}_enum AS ENUM ({', '.join(repr(t) for t in texts)})")
            codes = {t: n for n, t in enumerate(texts, 1)}
            arrays[name] = np.array([codes.get(v, 0) for v in values], np.int32)
            value = f"list_extract(enum_range(NULL::{name}_enum), NULLIF({name}, 0))"
        elif fact.kind == "date":
            arrays[name] = np.array([0 if v is None else v.toordinal() for v in values], np.int32)
            value = f"(DATE '0001-01-01' + ({name} - 1))"
        elif fact.decimals:
            scale = 10**fact.decimals
            arrays[name] = np.array([0 if v is None else int(v * scale) for v in values])
            value = f"({name}::DECIMAL(18, 0) / {scale})::{held}"
        else:
            arrays[name] = np.array([0 if v is None else v for v in values])
            value = name
        said.append(f"CASE WHEN {name}_known THEN {value} END AS {name}")
    db.register("arrays", arrays)
    db.execute(f"CREATE TABLE firm AS SELECT {', '.join(said)} FROM arrays")
    db.unregister("arrays")
    return db


def duckdb_queries(instruments: Instruments) -> tuple[str, str]:
    """The query that is timed (counts per instrument), and the one that gives each verdict."""
    columns = [
        " AND ".join(to_sql(expr, as_of=AS_OF) for expr in exprs) for _, exprs in instruments
    ]
    listed = ", ".join(f"({sql}) AS v{n}" for n, sql in enumerate(columns))
    counted = ", ".join(f"count_if(v{n}), count(v{n})" for n in range(len(columns)))
    each = ", ".join(
        f"(CASE WHEN v{n} THEN 1 WHEN NOT v{n} THEN -1 ELSE 0 END)::TINYINT AS v{n}"
        for n in range(len(columns))
    )
    inner = f"(SELECT n, {listed} FROM firm)"
    return f"SELECT {counted} FROM {inner}", f"SELECT {each} FROM {inner} ORDER BY n"
