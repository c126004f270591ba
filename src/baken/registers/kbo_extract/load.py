"""From CSV to columns on disk (Parquet), by DuckDB within a bound of memory.

A line that can't be cut into columns, or whose number has wrong check digits, is set aside and
named; too many of them stop the import.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from baken.kernel.errors import BakenError
from baken.registers.kbo_extract.layout import KEY
from baken.registers.kbo_extract.source import SHAPE, Source, Step

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "384MB"
"""What DuckDB may hold; beyond it spills to disk."""
FEW = 10
MOST = 999
_SHOWN = 3
_NUMBERS = "ten digits such as 0200.065.765, the last two of which check the others"
BRANCH = 9_000_000_000
_DATE = "try_strptime(trim({0}), ['%d-%m-%Y', '%Y-%m-%d', '%d/%m/%Y'])::DATE::VARCHAR"
_TEXT = "trim({0})"

VALUES: dict[str, dict[str, str]] = {
    "enterprise": {
        "status": _TEXT.format("Status"),
        "situation": _TEXT.format("JuridicalSituation"),
        "type": _TEXT.format("TypeOfEnterprise"),
        "form": _TEXT.format("JuridicalForm"),
        "start": _DATE.format("StartDate"),
    },
    "establishment": {
        "enterprise": "TRY_CAST(replace(trim(EnterpriseNumber), '.', '') AS BIGINT)",
        "start": _DATE.format("StartDate"),
    },
    "denomination": {
        "kind": _TEXT.format("TypeOfDenomination"),
        "lang": _TEXT.format("Language"),
        "name": "left(trim(Denomination), 300)",
    },
    "address": {
        "kind": _TEXT.format("TypeOfAddress"),
        "country": "coalesce(nullif(trim(CountryNL), ''), trim(CountryFR))",
        "zip": "left(trim(Zipcode), 12)",
        "nl": "left(trim(MunicipalityNL), 80)",
        "fr": "left(trim(MunicipalityFR), 80)",
        "struck": f"coalesce({_DATE.format('DateStrikingOff')}, trim(DateStrikingOff))",
    },
    "activity": {
        "what": "trim(ActivityGroup) || '.' || trim(NaceVersion) || '.' || trim(Classification)",
        "code": "left(replace(trim(NaceCode), '.', ''), 7)",
    },
}
"""What is kept of each table beside the number of the entity."""


@dataclass
class Aside:
    """Lines of one file that were set aside: how many, and the first few by line and reason.

    No name of an enterprise stands in it.
    """

    count: int = 0
    first: list[str] = field(default_factory=list)


def connect(spill: Path) -> DuckDBPyConnection:
    """DuckDB in memory, bounded, spilling to ``spill``; it fetches nothing from anywhere."""
    import duckdb

    con = duckdb.connect(
        config={
            "memory_limit": MEMORY,
            "threads": 2,
            "temp_directory": str(spill),
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
        }
    )
    con.execute("SET enable_progress_bar = false")
    return con


def load(
    con: DuckDBPyConnection, source: Source, name: str, folder: Path, step: Step = lambda _: None
) -> Aside:
    """Write ``folder/name.parquet`` from the CSV ``name``: ``id``, what is kept, and ``wrong``.

    ``wrong`` holds a number that is none. The file stands there only when it is whole.

    Raises:
        BakenError: when the file is cut, or too many lines are faulty; the first are named by line.
    """
    import duckdb

    table, _, part = name.partition("_")
    columns = source.head(name)
    kept = {} if part == "delete" else VALUES[table]
    with source.csv(name, folder, step) as path:
        source.check_end(name, path, len(columns))
        target = folder / f"{name}.parquet"
        half = folder / f"{name}.parquet.part"
        spec = ", ".join(f"{_quoted(c)}: 'VARCHAR'" for c in columns)
        key = f"trim({KEY[table]})"
        values = "".join(f", {sql} AS {as_}" for as_, sql in kept.items())
        con.execute("DROP TABLE IF EXISTS reject_errors")
        con.execute("DROP TABLE IF EXISTS reject_scans")
        query = f"""COPY (
                SELECT * REPLACE (CASE WHEN {_GOOD} THEN NULL ELSE wrong END AS wrong) FROM (
                    SELECT TRY_CAST(replace({key}, '.', '') AS BIGINT) AS id{values},
                        coalesce({key}, '') AS wrong
                    FROM read_csv({_quoted(str(path))}, header = false, skip = 1,
                        auto_detect = false, columns = {{{spec}}}, delim = ',', quote = '"',
                        escape = '"', strict_mode = true, nullstr = '\\N',
                        store_rejects = true, rejects_limit = 2000)
                )
            ) TO {_quoted(str(half))} (FORMAT parquet, COMPRESSION snappy)"""  # noqa: S608
        try:
            con.execute(query)
        except duckdb.Error as e:
            problem = str(e).strip().splitlines()[0][:200]
            raise BakenError(source.where(name), f"can't be read: {problem}", SHAPE) from e
        aside = _aside(con, source, name, path, half)
        half.rename(target)
        return aside


_GOOD = f"""(id IS NOT NULL AND id > 0 AND length(replace(wrong, '.', '')) = 10
    AND (id >= {BRANCH} OR 97 - (id // 100) % 97 = id % 100))"""


def _aside(con: DuckDBPyConnection, source: Source, name: str, path: Path, half: Path) -> Aside:
    scan = f"read_parquet({_quoted(str(half))})"
    total, wrong = con.execute(f"SELECT count(*), count(wrong) FROM {scan}").fetchall()[0]  # noqa: S608
    torn = con.execute(
        "SELECT line, coalesce(min(column_idx), 1), min(error_type::VARCHAR) FROM reject_errors "
        "GROUP BY line ORDER BY line"
    ).fetchall()
    found = [(n, f"line {n}, column {c}: {kind.lower()}") for n, c, kind in torn[:_SHOWN]]
    if wrong:
        numbers = con.execute(
            f"SELECT DISTINCT wrong FROM {scan} WHERE wrong IS NOT NULL LIMIT {_SHOWN}"  # noqa: S608
        ).fetchall()
        for number, line in _lines_of(path, [n for (n,) in numbers]):
            found.append((line, f"line {line}: {_digits(number)!r} is no number of the KBO"))
    aside = Aside(wrong + len(torn), [text for _, text in sorted(found)[:_SHOWN]])
    expected = _NUMBERS if wrong > len(torn) else SHAPE
    if error := _too_many(source.where(name), aside, total, len(torn), expected):
        half.unlink()
        raise error
    return aside


def _too_many(where: str, aside: Aside, read: int, torn: int, expected: str) -> BakenError | None:
    if aside.count <= max(FEW, min(MOST, read // 1000)):
        return None
    problem = f"and so {aside.count:,} lines of {read + torn:,}: too many are faulty"
    return BakenError(f"{where}, {aside.first[0]}", problem, expected)


def check_codes(source: Source) -> Aside:
    """Which lines of ``code.csv`` are set aside, or that it is not there.

    Raises:
        BakenError: when it is cut, or too many lines are faulty; the first is named by line.
    """
    if "code" not in source:
        return Aside(0, ["is not there, so the words of situations and forms are not taken in"])
    rows, torn = source.small("code")
    aside = Aside(len(torn), torn[:_SHOWN])
    if error := _too_many(source.where("code"), aside, len(rows), len(torn), SHAPE):
        raise error
    return aside


def _digits(text: str) -> str:
    """What stands where a number should; other signs are hidden, for they may be a name."""
    return re.sub(r"[^0-9.]", "?", text[:20])


def _lines_of(path: Path, numbers: list[str]) -> list[tuple[str, int]]:
    """On which line each number first stands."""
    left = {n.encode(): n for n in numbers}
    found = []
    with path.open("rb") as file:
        for at, line in enumerate(file, 1):
            for raw in [r for r in left if r in line] if at > 1 else ():
                found.append((left.pop(raw), at))
            if not left:
                break
    return found


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
