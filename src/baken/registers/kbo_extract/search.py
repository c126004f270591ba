"""Find enterprises by name and place: the words in any order, typing errors mended.

A word with one wrong letter keeps its first or its last half, so words that share one of these are
tried; legal forms, accents and signs do not count.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from baken.kernel.errors import BakenError
from baken.registers import place_search
from baken.registers.kbo_extract import look
from baken.registers.kbo_extract.layout import active, printed
from baken.registers.kbo_extract.names import tokens, whole
from baken.registers.text import distance_allowed

SHOWN = 10
POOL = 800
"""So many entities are weighed at most; beyond it only "at least" is said."""
LEAST = 55
FAR_FROM_BEST = 12
SURE = 92
"""From this score on nothing looser is tried."""
_NEAR = 8
_MAX_NAME = 200
_UNITS = 200
"""Among so many establishments the one in a place is sought."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One enterprise: ``score`` 0 to 100, how alike is what it is called to what was asked.

    ``matched`` is the name by which it was found, where that is another one than ``name``;
    ``active`` is None where the register does not tell it.
    """

    number: str
    name: str
    matched: str
    postal_code: str
    municipality: str
    active: bool | None
    natural: bool
    score: int


@dataclass(frozen=True, slots=True)
class Hits:
    """The best, at most ten; how many ``more`` (``at_least`` so many); of which day."""

    hits: tuple[Hit, ...]
    more: int
    at_least: bool
    snapshot: str

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def find(path: Path, name: str, place: str | None = None, lang: str = "nl") -> Hits:
    """The enterprises that ``name`` may mean, in the municipality ``place`` where one is given.

    Raises:
        BakenError: for a name without letters, or a place that nobody knows.
    """
    words = tokens(name[:_MAX_NAME])
    if not words:
        raise BakenError("name", "holds no letter or digit", "a name, such as bakkerij peeters")
    codes = _codes(place) if place else ()
    with look.reading(path) as con:
        pool = _Pool(con, codes)
        _gather(pool, words)
        ranked = _ranked(con, pool, words)
        best = ranked[0][0] if ranked else 0
        good = [r for r in ranked if r[0] >= max(LEAST, best - FAR_FROM_BEST)]
        hits = tuple(
            _hit(con, owner, via, score, words, lang, codes) for score, owner, via in good[:SHOWN]
        )
        return Hits(hits, max(0, len(good) - SHOWN), pool.cut, look.snapshot(con).isoformat())


def by_number(path: Path, number: str, lang: str = "nl") -> Hits:
    """The enterprise with that number, or of which an establishment has it.

    Raises:
        BakenError: as of :func:`look.record`.
    """
    found = look.record(path, number)
    with look.reading(path) as con:
        hit = _hit(con, found.number, found.asked or found.number, 100, [], lang)
    return Hits((replace(hit, matched=""),), 0, False, found.snapshot.isoformat())


def _codes(place: str) -> tuple[str, ...]:
    found = place_search.find(place, path="place")
    places = found if isinstance(found, list) else [found]
    return tuple(sorted({code for p in places for code in p.postal_codes}))


class _Pool:
    """Entities that may be meant, with the words of their names; ``cut`` when there are more."""

    def __init__(self, con: sqlite3.Connection, codes: Sequence[str]) -> None:
        self.con = con
        self._place = f" AND place : ({_any(codes)})" if codes else ""
        self.found: dict[int, str] = {}
        self.cut = False

    def add(self, query: str) -> int:
        """Add what a query finds; the answer is how many it found."""
        rows = self.con.execute(
            "SELECT id, words FROM sought WHERE id IN "
            "(SELECT rowid FROM sought_index WHERE sought_index MATCH ? LIMIT ?)",
            (f"({query}){self._place}", POOL + 1),
        ).fetchall()
        self.cut |= len(rows) > POOL
        self.found.update(rows[:POOL])
        return len(rows)

    def sure(self, words: list[str]) -> bool:
        """Whether something is called nearly so."""
        return any(_score(words, names) >= SURE for names in self.found.values())


def _gather(pool: _Pool, words: list[str]) -> None:
    """From the strictest reading to the loosest, until something is found."""
    pool.add(f'whole : "{whole(words)}"')
    if pool.add(_every([[w] for w in words])) >= SHOWN:
        return
    if len(words[-1]) > 2:
        pool.add(_every([[w] for w in words[:-1]], prefix=words[-1]))
    if len(pool.found) >= SHOWN or pool.sure(words):
        return
    close = [_near_words(pool.con, w) for w in words]
    if any(len(c) > 1 for c in close):
        pool.add(_every(close))
    if len(words) == 1 or pool.sure(words):
        return
    cut = pool.cut
    for out in range(min(len(words), 6)):
        pool.add(_every([[w] for at, w in enumerate(words) if at != out]))
    if not pool.found:
        for out in range(min(len(words), 6)):
            pool.add(_every([c for at, c in enumerate(close) if at != out]))
    pool.cut = cut


def _any(words: Iterable[str]) -> str:
    return " OR ".join(f'"{w}"' for w in words)


def _every(groups: list[list[str]], prefix: str = "") -> str:
    parts = [f"words : ({_any(g)})" for g in groups]
    if prefix:
        parts.append(f'words : "{prefix}" *')
    return " AND ".join(parts)


def _near_words(con: sqlite3.Connection, word: str) -> list[str]:
    """The word, and those of names that differ from it by a typing error."""
    allowed = distance_allowed(word)
    if not allowed:
        return [word]
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    first, last = word[: len(word) // 2], word[len(word) // 2 + 1 :][::-1]
    found = []
    for length in range(len(word) - allowed, len(word) + allowed + 1):
        found += _beginning(con, "word", length, first)
        found += [w[::-1] for w in _beginning(con, "turned", length, last)]
    close = process.extract(
        word, set(found), scorer=OSA.distance, score_cutoff=allowed, limit=_NEAR
    )
    return list(dict.fromkeys([word, *(w for w, _, _ in close)]))


def _beginning(con: sqlite3.Connection, table: str, length: int, start: str) -> list[str]:
    rows = con.execute(
        f"SELECT word FROM {table} WHERE length = ? AND word >= ? AND word < ? LIMIT 20000",  # noqa: S608
        (length, start, start + "\U0010ffff"),
    )
    return [w for (w,) in rows]


def _ranked(con: sqlite3.Connection, pool: _Pool, words: list[str]) -> list[tuple[float, int, int]]:
    """Score, enterprise and the entity by which it was found; best first, stopped ones later."""
    scores = {entity: _score(words, names) for entity, names in pool.found.items()}
    best: dict[int, tuple[float, int]] = {}
    for entity, score in scores.items():
        owner = _owner(con, entity)
        if owner and (owner not in best or score > best[owner][0]):
            best[owner] = (score, entity)
    ranked = sorted(((s, o, via) for o, (s, via) in best.items()), key=lambda r: (-r[0], r[1]))
    top = ranked[: 5 * SHOWN]
    stopped = {o for _, o, _ in top if _active(con, o) is False}
    return sorted(top, key=lambda r: (-r[0], r[1] in stopped, r[1])) + ranked[5 * SHOWN :]


def _score(words: list[str], names: str) -> float:
    """How alike the most alike of an entity's names is, 0 to 100."""
    from rapidfuzz import fuzz

    asked, joined, sought = " ".join(words), whole(words), set(words)

    def alike(name: str) -> float:
        if name.replace(" ", "") == joined:
            return 100
        score = fuzz.token_sort_ratio(asked, name) * 0.7 + fuzz.token_set_ratio(asked, name) * 0.29
        return max(score, LEAST) if sought <= set(name.split()) else score

    return max(map(alike, names.split("|")))


def _owner(con: sqlite3.Connection, entity: int) -> int:
    if entity < 2_000_000_000:
        return entity
    row = con.execute("SELECT enterprise FROM establishment WHERE id = ?", (entity,)).fetchone()
    return int(row[0]) if row and row[0] else 0


def _active(con: sqlite3.Connection, owner: int) -> bool | None:
    row = con.execute("SELECT status FROM enterprise WHERE id = ?", (owner,)).fetchone()
    return active(row[0]) if row else None


def _hit(
    con: sqlite3.Connection,
    owner: int,
    via: int,
    score: float,
    words: list[str],
    lang: str,
    codes: Sequence[str] = (),
) -> Hit:
    row = con.execute("SELECT status, type FROM enterprise WHERE id = ?", (owner,)).fetchone()
    status, kind = row or ("", "")
    name = look.best_name(look.names(con, owner) or look.names(con, via), lang)
    called = [n.text for n in look.names(con, via)]
    alike = max(called, key=lambda n: _score(words, " ".join(tokens(n))), default=name)
    at = _address(con, owner, via, codes)
    town = "" if at is None else (at.fr or at.nl if lang == "fr" else at.nl or at.fr)
    return Hit(
        printed(owner),
        name,
        "" if alike == name else alike,
        at.postal_code if at else "",
        town,
        active(status),
        kind == "1",
        round(score),
    )


def _address(
    con: sqlite3.Connection, owner: int, via: int, codes: Sequence[str]
) -> look.Address | None:
    """Where a hit is: in the place that was asked where it has an address there, else its seat, or
    an establishment where the register tells no seat.
    """
    own = look.addresses(con, via) or look.addresses(con, owner)
    there = next((a for a in own if a.postal_code in codes), None)
    if there or (own and not codes):
        return there or own[0]
    units = con.execute(
        "SELECT a.rows FROM establishment e JOIN addresses a ON a.id = e.id "
        "WHERE e.enterprise = ? LIMIT ?",
        (owner, _UNITS if codes else 1),
    )
    of_units = [a for (rows,) in units for a in look.read_addresses(rows)]
    there = next((a for a in of_units if a.postal_code in codes), None)
    return there or next(iter((*own, *of_units)), None)
