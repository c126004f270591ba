"""What was read of invoices, kept in one SQLite file, so that the next time only new ones are read.

A document is known by the hash of its content without attachments. The store never changes what
comes out: :meth:`Store.read` reads paths into a *run*, and :meth:`Store.documents` gives what was
in that run, or in all runs where files come month by month and are not kept.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from baken.kernel.errors import BakenError
from baken.signals.read.boxes import count, documents
from baken.signals.read.invoices import Invoice
from baken.signals.read.work import Done, paper_of, work
from baken.signals.series import Rejected

NAME = ".baken-invoices.sqlite"
"""What a store is called when it stands in the folder with the invoices; readers pass it over."""
SCHEMA = 1
READER = 2
"""Raised when the reader takes what it refused before, or says why in other words: those documents
are then read again."""
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID;
CREATE TABLE content (hash BLOB PRIMARY KEY, name TEXT, run INTEGER, seq INTEGER, reader INTEGER,
  why TEXT) WITHOUT ROWID;
CREATE TABLE aside (run INTEGER, seq INTEGER, name TEXT, why TEXT);
CREATE TABLE invoice (id INTEGER PRIMARY KEY, hash BLOB UNIQUE, key TEXT, supplier TEXT,
  supplier_name TEXT, customer TEXT, customer_name TEXT, number TEXT, issued TEXT, due TEXT,
  type TEXT, currency TEXT, net TEXT, gross TEXT, prepaid TEXT, credit INTEGER,
  corrects TEXT, reference TEXT, mended TEXT);
CREATE INDEX by_key ON invoice (key);
CREATE TABLE line (invoice INTEGER, article TEXT, name TEXT, unit TEXT, quantity TEXT, price TEXT);
CREATE INDEX by_invoice ON line (invoice);
CREATE TABLE alias (firm TEXT, role TEXT, party TEXT, number INTEGER,
  PRIMARY KEY (firm, role, party)) WITHOUT ROWID;
"""
_FIELDS = """key supplier supplier_name customer customer_name number issued due type currency net
gross prepaid credit corrects reference mended""".split()
_PUT = f"INSERT INTO invoice (hash, {', '.join(_FIELDS)}) VALUES (?{', ?' * len(_FIELDS)})"  # noqa: S608


@dataclass(frozen=True)
class Progress:
    """How far a reading is: documents done of ``total``, of which new, known before, set aside."""

    done: int = 0
    total: int = 0
    new: int = 0
    known: int = 0
    rejected: int = 0


class Document(NamedTuple):
    """One stored document: the key that a copy of it has too, and what was read but for lines."""

    id: int
    name: str
    key: str
    paper: Invoice


LINE = re.compile(r"line (\d+): ", re.A)


def _aside(name: str, why: str) -> Rejected:
    """With the line, where the reason begins with one."""
    found = LINE.match(why)
    return Rejected(name, int(found[1]) if found else None, why[found.end() :] if found else why)


def letters(number: int) -> str:
    """0 is a, 25 z, 26 aa."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(97 + rest) + text
    return text


class Store:
    """The store at ``path`` (made where there is none), or one that leaves nothing behind.

    Use it as a context manager. A new file can be read by its owner only: it holds names of
    customers. Raises :class:`BakenError` for a file that is no store of this version.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        try:
            if path is not None and not path.exists():
                path.touch(mode=0o600)
        except OSError as e:
            problem = f"the store of what was read can't be made: {e.strerror}"
            raise BakenError(str(path), problem, "a folder that may be written") from e
        try:
            self.db = sqlite3.connect("" if path is None else path, isolation_level=None)
            self.db.execute("PRAGMA journal_mode = WAL")
            self.db.execute("PRAGMA synchronous = NORMAL")
            self.db.execute("PRAGMA cache_size = -4000")
            if not self.db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                self.db.executescript(f"BEGIN; {_TABLES} COMMIT;")
                self.db.execute("INSERT INTO meta VALUES ('schema', ?), ('run', 0)", (SCHEMA,))
            found = self._meta("schema")
        except sqlite3.Error as e:
            raise BakenError(str(path), f"this is no store of invoices ({e})", "a new file") from e
        if found != SCHEMA:
            self.close()
            raise BakenError(str(path), "another version of Baken made this store", "a new file")

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, e: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.db.close()

    def _meta(self, name: str) -> int:
        row = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return int(row[0]) if row else -1

    @property
    def run(self) -> int:
        """The number of the last reading; 0 before the first."""
        return self._meta("run")

    def read(
        self,
        paths: Sequence[Path],
        *,
        left: Collection[str] | None = None,
        workers: int | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> Progress:
        """Read folders, zips, mail exports and single files, leaving out what is known already.

        ``left`` are paths of files that another reader has. Memory does not grow with the number
        of documents. Raises :class:`BakenError` only for a path that is not there; each document
        that was set aside is in :meth:`rejected`.
        """
        try:
            return self._read(paths, left, workers, progress)
        except sqlite3.Error as e:
            problem = f"the store cannot be written ({e})"
            raise BakenError(
                str(self.path), problem, "a disk with room, one reading at a time"
            ) from e

    def _read(
        self,
        paths: Sequence[Path],
        left: Collection[str] | None,
        workers: int | None,
        progress: Callable[[Progress], None] | None,
    ) -> Progress:
        raised = "UPDATE meta SET value = value + 1 WHERE name = 'run' RETURNING value"
        run = int(self.db.execute(raised).fetchall()[0][0])
        total = count(paths, left or ()) if progress else 0
        state = Progress(total=total)
        seq = 0
        try:
            for batch in work(documents(paths, left), READER, self.path, workers):
                self.db.execute("BEGIN")
                new = known = rejected = 0
                for done in batch:
                    seq += 1
                    took = self._put(done, run, seq)
                    new, known, rejected = new + took[0], known + took[1], rejected + took[2]
                self.db.execute("COMMIT")
                state = Progress(
                    seq, max(total, seq), state.new + new, state.known + known,
                    state.rejected + rejected,
                )  # fmt: skip
                if progress:
                    progress(state)
        finally:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
        return state

    def _put(self, done: Done, run: int, seq: int) -> tuple[int, int, int]:
        """One document into the tables; (new, known, set aside)."""
        db = self.db
        if done.hash is None:
            db.execute("INSERT INTO aside VALUES (?, ?, ?, ?)", (run, seq, done.name, done.why))
            return 0, 0, 1
        old = db.execute(
            "SELECT name, run, why FROM content WHERE hash = ?", (done.hash,)
        ).fetchone()
        if old and old[1] == run:
            why = f"the same content as {old[0]}, counted once"
            db.execute("INSERT INTO aside VALUES (?, ?, ?, ?)", (run, seq, done.name, why))
            return 0, 0, 1
        if old and done.row is None and done.why is None:
            db.execute(
                "UPDATE content SET name = ?, run = ?, seq = ? WHERE hash = ?",
                (done.name, run, seq, done.hash),
            )
            return (0, 1, 0) if old[2] is None else (0, 0, 1)
        db.execute(
            "INSERT OR REPLACE INTO content VALUES (?, ?, ?, ?, ?, ?)",
            (done.hash, done.name, run, seq, READER, done.why),
        )
        if done.row is None:
            return 0, 0, 1
        if old:
            gone = "DELETE FROM line WHERE invoice IN (SELECT id FROM invoice WHERE hash = ?)"
            db.execute(gone, (done.hash,))
            db.execute("DELETE FROM invoice WHERE hash = ?", (done.hash,))
        put = db.execute(_PUT, (done.hash, *done.row))
        db.executemany(
            "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)", [(put.lastrowid, *x) for x in done.lines]
        )
        return 1, 0, 0

    def rejected(self, all_runs: bool = False) -> Iterator[Rejected]:
        """What the last reading (or every one) set aside before its meaning was looked at."""
        first = 0 if all_runs else self.run
        yield from (
            _aside(name, why)
            for name, why in self.db.execute(
                """SELECT name, why FROM (
                SELECT name, why, run, seq FROM aside WHERE run >= ? UNION ALL
                SELECT name, why, run, seq FROM content WHERE run >= ? AND why IS NOT NULL)
                ORDER BY run, seq""",
                (first, first),
            )
        )

    def any(self) -> bool:
        """Whether the last reading found a document that can be used."""
        ask = "SELECT 1 FROM content WHERE run = ? AND why IS NULL LIMIT 1"
        return self.db.execute(ask, (self.run,)).fetchone() is not None

    def documents(self, all_runs: bool = False) -> Iterator[Document]:
        """Each document of the last run (or of all), those with one key together, oldest first."""
        rows = self.db.execute(
            f"""SELECT i.id, c.name, i.{", i.".join(_FIELDS)} FROM invoice i
            JOIN content c ON c.hash = i.hash WHERE c.run >= ? ORDER BY i.key, c.run, c.seq""",  # noqa: S608
            (0 if all_runs else self.run,),
        )
        for id, name, key, *rest in rows:
            yield Document(id, name, key, paper_of(rest))

    def aliases(self, firm: str, role: str, parties: Iterable[str]) -> dict[str, str]:
        """A letter that stands for each party (a, b, ... aa), given out in their order; the same in
        every later reading."""
        ask = "SELECT party, number FROM alias WHERE firm = ? AND role = ?"
        known = dict(self.db.execute(ask, (firm, role)))
        new = [p for p in dict.fromkeys(parties) if p not in known]
        numbers = dict(zip(new, range(len(known), len(known) + len(new)), strict=True))
        self.db.execute("BEGIN")
        self.db.executemany(
            "INSERT INTO alias VALUES (?, ?, ?, ?)",
            [(firm, role, p, n) for p, n in numbers.items()],
        )
        self.db.execute("COMMIT")
        return {party: letters(number) for party, number in (known | numbers).items()}

    def forget(self) -> None:
        """Everything out of the store, its free pages too."""
        for table in ("content", "aside", "invoice", "line", "alias"):
            self.db.execute(f"DELETE FROM {table}")  # noqa: S608
        self.db.execute("VACUUM")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
