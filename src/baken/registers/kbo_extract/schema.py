"""The SQLite file: one row per entity and table, so that an update rewrites whole rows.

``names``, ``addresses`` and ``activities`` hold the rows of an entity as JSON:
names ``[[type, language, name]]``, addresses ``[[type, country, zip, nl, fr, struck off]]``,
activities ``{"group.version.classification": "code code ..."}``. ``sought`` and its index hold
what look-up by name needs; ``word`` is every word of a name, also turned round, for typing errors.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from baken.registers.kbo_extract.names import tokens, whole

LAYOUT = "1"
"""Of the file; one of another layout is imported anew."""
JSON_TABLES = {"denomination": "names", "address": "addresses", "activity": "activities"}

DDL = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE step(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE code(category TEXT, code TEXT, lang TEXT, label TEXT,
    PRIMARY KEY(category, code, lang)) WITHOUT ROWID;
CREATE TABLE enterprise(id INTEGER PRIMARY KEY, status TEXT, situation TEXT, type TEXT,
    form TEXT, start TEXT);
CREATE TABLE establishment(id INTEGER PRIMARY KEY, enterprise INTEGER, start TEXT);
CREATE INDEX establishment_of ON establishment(enterprise);
CREATE TABLE names(id INTEGER PRIMARY KEY, rows TEXT);
CREATE TABLE addresses(id INTEGER PRIMARY KEY, rows TEXT);
CREATE TABLE activities(id INTEGER PRIMARY KEY, rows TEXT);
CREATE TABLE sought(id INTEGER PRIMARY KEY, words TEXT, whole TEXT, place TEXT);
CREATE VIRTUAL TABLE sought_index USING fts5(words, whole, place, content='sought',
    content_rowid='id', detail=column, columnsize=0, prefix='4',
    tokenize="unicode61 categories 'L* N* Co M*'");
CREATE TABLE word(length INTEGER, word TEXT, PRIMARY KEY(length, word)) WITHOUT ROWID;
CREATE TABLE turned(length INTEGER, word TEXT, PRIMARY KEY(length, word)) WITHOUT ROWID;
"""

_SOUGHT = """
SELECT n.id, n.rows, coalesce(a.rows, ''),
    (SELECT group_concat(x.rows, char(10)) FROM establishment e JOIN addresses x ON x.id = e.id
     WHERE e.enterprise = n.id)
FROM names n LEFT JOIN addresses a ON a.id = n.id
WHERE {where} ORDER BY n.id
"""


def create(path: Path) -> sqlite3.Connection:
    """A new file, or the one that an import left half."""
    con = sqlite3.connect(path, isolation_level=None)
    con.execute("PRAGMA journal_mode = DELETE")
    con.execute("PRAGMA synchronous = NORMAL")
    con.execute("PRAGMA cache_size = -64000")
    if not con.execute("SELECT 1 FROM sqlite_master WHERE name = 'turned'").fetchone():
        con.executescript(f"BEGIN; {DDL} COMMIT;")
    return con


def seek_rows(
    con: sqlite3.Connection, where: str, values: tuple[object, ...] = ()
) -> Iterable[tuple[int, str, str, str]]:
    """``sought`` rows of the named entities: id, words per name, whole names, postal codes."""
    for entity, names, own, others in con.execute(_SOUGHT.format(where=where), values):
        each = [tokens(name) for _, _, name in json.loads(names)]
        words = dict.fromkeys(" ".join(t) for t in each if t)
        wholes = dict.fromkeys(whole(t) for t in each if t)
        if words:
            yield entity, "|".join(words), " ".join(wholes), _zips(own, others or "")


def _zips(own: str, others: str) -> str:
    """The Belgian postal codes in some lists of addresses, as words."""
    found: dict[str, None] = {}
    for text in (own, *others.split("\n")):
        for _, country, code, *_ in json.loads(text) if text else ():
            if not country and code and len(code) == 4 and code.isdigit():
                found[code] = None
    return " ".join(list(found)[:500])


def seek(con: sqlite3.Connection, where: str, values: tuple[object, ...] = ()) -> int:
    """Add the named entities to what is looked for; the answer is how many."""
    rows = list(seek_rows(con, where, values))
    con.executemany("INSERT INTO sought VALUES (?,?,?,?)", rows)
    con.executemany("INSERT INTO sought_index(rowid, words, whole, place) VALUES (?,?,?,?)", rows)
    known = {w for _, words, _, _ in rows for w in words.replace("|", " ").split()}
    add_words(con, known)
    return len(rows)


def add_words(con: sqlite3.Connection, words: set[str]) -> None:
    """Keep words of three letters and up, both ways round."""
    kept = sorted((len(w), w) for w in words if len(w) > 2)
    con.executemany("INSERT OR IGNORE INTO word VALUES (?,?)", kept)
    con.executemany(
        "INSERT OR IGNORE INTO turned VALUES (?,?)", sorted((n, w[::-1]) for n, w in kept)
    )


def forget(con: sqlite3.Connection, entities: Iterable[int]) -> None:
    """Take entities out of what is looked for."""
    for entity in entities:
        row = con.execute("SELECT * FROM sought WHERE id = ?", (entity,)).fetchone()
        if row is not None:
            con.execute(
                "INSERT INTO sought_index(sought_index, rowid, words, whole, place) "
                "VALUES ('delete',?,?,?,?)",
                row,
            )
            con.execute("DELETE FROM sought WHERE id = ?", (entity,))
