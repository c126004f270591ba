"""Take in an extract: beside the file that is read, then in its place at one stroke.

A full import that is killed goes on where it stood; an update is one transaction on a copy. Who
reads sees the old extract or the new one, never a mix: a file that was put in place never changes.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from baken.kernel.errors import BakenError
from baken.registers.kbo_extract import build, change, complete, schema
from baken.registers.kbo_extract.layout import TABLES
from baken.registers.kbo_extract.load import Aside, check_codes, connect, load
from baken.registers.kbo_extract.source import Source

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Progress = Callable[[str], None]
_TELL = 200 << 20
"""Progress is told after so many bytes unpacked."""


@dataclass
class Taken:
    """What an import did. ``aside`` tells per file which lines were set aside, or that it lacks."""

    kind: str
    number: int
    snapshot: str
    already: bool = False
    enterprises: int = 0
    establishments: int = 0
    aside: dict[str, Aside] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def take(
    path: Path,
    into: Path,
    *,
    force: bool = False,
    incomplete: bool = False,
    progress: Progress = lambda _: None,
) -> Taken:
    """Import the zip or folder ``path`` into the SQLite file ``into``.

    Raises:
        BakenError: for an extract that can't be used, does not follow the one that is there
            (unless ``force``), is plainly not whole (unless ``incomplete``), or while another
            import into the same file runs.
    """
    into = into.absolute()
    with closing(Source(path)) as source:
        into.parent.mkdir(parents=True, exist_ok=True)
        with _alone(into):
            return _take(source, into, force, incomplete, progress)


def _take(source: Source, into: Path, force: bool, incomplete: bool, progress: Progress) -> Taken:
    meta, there = source.meta, _there(into)
    taken = Taken(meta.kind, meta.number, meta.snapshot.isoformat())
    if there.get("key") == source.key:
        taken.already = True
        return _counted(into, taken)
    _check_order(source, there, force)
    taken.aside["code"] = _said_of("code", check_codes(source), progress)
    work = _work(into, source)
    with _said(work):
        if meta.kind == "full":
            side = _full(source, None if incomplete else there, work, taken, progress)
        else:
            side = _update(source, into, work, taken, progress)
    _put_in_place(side, into)
    shutil.rmtree(work, ignore_errors=True)
    return _counted(into, taken)


def _full(
    source: Source, there: dict[str, str] | None, work: Path, taken: Taken, progress: Progress
) -> Path:
    """A full extract, held against ``there``, the one before it; None where it may hold less."""
    side = work / "side.sqlite"
    with closing(connect(work / "spill")) as duck, closing(schema.create(side)) as con:
        for table in TABLES:
            taken.aside[table] = _loaded(duck, source, table, work, progress)
        complete.check_owners(duck, source, work, incomplete=there is None)
        complete.note_twice(duck, work, taken.aside)
        if con.execute("SELECT 1 FROM meta").fetchone():
            return side  # an earlier run was killed when all but putting it in place was done
        build.fill(
            duck, con, work, lambda table, n, of: progress(f"{table}: part {n} of {of} kept")
        )
        con.execute("BEGIN")
        now = _tell(con, source, taken)
        if there is not None:
            complete.check_fewer(source, there, now)
        con.execute("DELETE FROM step")
        con.execute("COMMIT")
    return side


def _loaded(
    duck: DuckDBPyConnection, source: Source, name: str, work: Path, progress: Progress
) -> Aside:
    """Load a table, unless an earlier run did; what was set aside is kept beside it."""
    told = work / f"{name}.aside.json"
    if told.exists() and (work / f"{name}.parquet").exists():
        progress(f"{name}: read before")
        return Aside(**json.loads(told.read_text(encoding="utf-8")))
    progress(f"{name}: reading")
    read = 0

    def step(size: int) -> None:
        nonlocal read
        if read // _TELL < (read + size) // _TELL:
            progress(f"{name}: {(read + size) >> 20:,} MB unpacked")
        read += size

    aside = load(duck, source, name, work, step)
    half = told.with_suffix(".part")
    half.write_text(json.dumps(asdict(aside)), encoding="utf-8")
    half.rename(told)
    return _said_of(name, aside, progress)


def _said_of(name: str, aside: Aside, progress: Progress) -> Aside:
    if aside.count:
        progress(f"{name}: {aside.count:,} lines set aside ({'; '.join(aside.first)})")
    return aside


def _update(source: Source, into: Path, work: Path, taken: Taken, progress: Progress) -> Path:
    side = work / "side.sqlite"
    progress("copying the extract that is there")
    shutil.copyfile(into, side)
    with closing(connect(work / "spill")) as duck, closing(schema.create(side)) as con:
        for table in TABLES:
            for part in ("_delete", "_insert"):
                taken.aside[table + part] = _loaded(duck, source, table + part, work, progress)
        con.execute("BEGIN")
        for table in TABLES:
            changed = change.apply(duck, con, table, work)
            progress(f"{table}: {changed:,} entities changed")
        change.seek_again(con)
        _tell(con, source, taken)
        con.execute("COMMIT")
    return side


def _tell(con: sqlite3.Connection, source: Source, taken: Taken) -> dict[str, int]:
    """Write down which extract this is and the labels of its codes; how many each table holds."""
    meta, counts = source.meta, complete.counts(con)
    told = {
        "layout": schema.LAYOUT,
        "key": source.key,
        "snapshot": meta.snapshot.isoformat(),
        "number": str(meta.number),
        "kind": meta.kind,
        "version": meta.version,
        "aside": json.dumps({name: asdict(a) for name, a in taken.aside.items() if a.first}),
        **{f"count {table}": str(n) for table, n in counts.items()},
    }
    if meta.kind == "full":
        told["full"] = meta.snapshot.isoformat()
    con.executemany("INSERT OR REPLACE INTO meta VALUES (?,?)", told.items())
    if "code" in source:
        con.executemany(
            "INSERT OR REPLACE INTO code VALUES (?,?,?,?)",
            (
                (r["Category"], r["Code"], r["Language"].lower(), r["Description"][:200])
                for r in source.small("code")[0].values()
                if r["Category"] in ("JuridicalSituation", "JuridicalForm", "Status")
            ),
        )
    return counts


def _counted(into: Path, taken: Taken) -> Taken:
    there = _there(into)
    taken.enterprises = int(there["count enterprise"])
    taken.establishments = int(there["count establishment"])
    return taken


def _there(into: Path) -> dict[str, str]:
    """What the file says of itself; nothing where there is none, or one of another layout."""
    if not into.exists():
        return {}
    try:
        with closing(sqlite3.connect(f"{into.as_uri()}?mode=ro&immutable=1", uri=True)) as con:
            told = dict(con.execute("SELECT key, value FROM meta"))
    except sqlite3.DatabaseError as e:
        raise BakenError(
            str(into), "is there and is no extract of Baken", "another --into, or take it away"
        ) from e
    return told if told.get("layout") == schema.LAYOUT else {}


def _check_order(source: Source, there: dict[str, str], force: bool) -> None:
    meta, where = source.meta, source.where("meta")
    if meta.kind == "update" and not there:
        raise BakenError(where, "is an update, and no extract is there yet", "a full one first")
    if force or not there:
        return
    number = int(there["number"])
    if meta.kind == "update" and meta.number != number + 1:
        raise BakenError(
            where,
            f"is update {meta.number}, and extract {number} is there",
            f"update {number + 1} (or --force)",
        )
    if meta.kind == "full" and meta.number < number:
        raise BakenError(
            where,
            f"is extract {meta.number}, and the later {number} is there",
            f"a later one than {number} (or --force)",
        )


def _work(into: Path, source: Source) -> Path:
    """The folder beside the target for what is half done; of another extract it is thrown away."""
    work = into.with_name(into.name + ".work")
    key = json.dumps([schema.LAYOUT, source.key])
    mark = work / "key.json"
    resumes = source.meta.kind == "full" and mark.exists() and mark.read_text() == key
    if work.exists() and not resumes:
        shutil.rmtree(work)
    work.mkdir(exist_ok=True)
    mark.write_text(key)
    shutil.rmtree(work / "spill", ignore_errors=True)
    return work


def _put_in_place(side: Path, into: Path) -> None:
    with side.open("rb") as file:
        os.fsync(file.fileno())
    side.replace(into)
    folder = os.open(into.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _said(work: Path) -> Iterator[None]:
    """What stops the two databases (a full disk, half a file) as an error with a way out."""
    import duckdb

    try:
        yield
    except (duckdb.Error, sqlite3.Error) as e:
        problem = str(e).strip().splitlines()[0][:200]
        raise BakenError(
            str(work), f"can't go on: {problem}", "room on the disk; or take it away and start anew"
        ) from e


@contextmanager
def _alone(into: Path) -> Iterator[None]:
    """Only one import into a file at a time; the lock goes with the process."""
    with into.with_name(into.name + ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as e:
            raise BakenError(str(into), "another import into it runs now", "wait for it") from e
        yield
