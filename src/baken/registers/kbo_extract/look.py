"""Read one enterprise in an extract that was taken in. Each look-up opens the file anew, so that
it sees one extract, whole, also while a newer one is put in its place."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from baken.kernel.errors import BakenError
from baken.registers import kbo
from baken.registers.kbo_extract.layout import packed, printed
from baken.registers.kbo_extract.names import shown
from baken.registers.kbo_extract.schema import LAYOUT


class NotThere(BakenError):
    """A number with right check digits that does not stand in the extract."""


NAME_KINDS = ("001", "003", "002", "004")


@dataclass(frozen=True, slots=True)
class Name:
    """``kind``: 001 name, 002 abbreviation, 003 commercial name, 004 branch."""

    kind: str
    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class Address:
    """``country`` is empty in Belgium; ``struck`` the day when the register struck it off."""

    kind: str
    country: str
    postal_code: str
    nl: str
    fr: str
    struck: str


@dataclass(frozen=True, slots=True)
class Activity:
    """One line of activity: VAT is group 001, version 2003, 2008 or 2025, classification MAIN,
    SECO or ANCI."""

    group: str
    version: str
    classification: str
    code: str


@dataclass(frozen=True, slots=True)
class Unit:
    """An establishment."""

    number: int
    start: str | None
    names: tuple[Name, ...]
    addresses: tuple[Address, ...]
    activities: tuple[Activity, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What the register holds of one enterprise. ``asked`` is the establishment whose number was
    given; ``labels`` the register's words (nl, fr) for the situation and form, where known."""

    number: int
    status: str
    situation: str
    type: str
    form: str
    start: str | None
    names: tuple[Name, ...]
    addresses: tuple[Address, ...]
    activities: tuple[Activity, ...]
    units: tuple[Unit, ...]
    asked: int | None
    snapshot: date
    labels: dict[str, dict[str, str]]

    @property
    def natural(self) -> bool:
        """Whether it is a natural person, whose name is that of a human being."""
        return self.type == "1"


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The extract at ``path``, as it is now, to read.

    Raises:
        BakenError: where there is none, or what is there was not made by this Baken.
    """
    expected = "what `baken registers kbo import` made"
    if not path.is_file():
        raise BakenError(str(path), "there is no extract of the KBO here", expected)
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as con:
            row = con.execute("SELECT value FROM meta WHERE key = 'layout'").fetchone()
            if row is None or row[0] != LAYOUT:
                raise BakenError(str(path), "is of another version of Baken", "import it again")
            yield con
    except sqlite3.DatabaseError as e:
        raise BakenError(str(path), f"can't be read ({e})", expected) from e


def told(path: Path) -> dict[str, str]:
    """What an extract says of itself: snapshot, number, kind, counts, lines set aside."""
    with reading(path) as con:
        return dict(con.execute("SELECT key, value FROM meta"))


def snapshot(con: sqlite3.Connection) -> date:
    """The day of the data."""
    row = con.execute("SELECT value FROM meta WHERE key = 'snapshot'").fetchone()
    return date.fromisoformat(row[0])


def number_of(text: str, path: str = "kbo") -> int:
    """The packed number of an enterprise or an establishment; errors as of :mod:`kbo`."""
    read = kbo.establishment if kbo.begins_as_establishment(text) else kbo.enterprise
    return packed(read(text, path))


def record(path: Path, text: str, field: str = "kbo") -> Record:
    """The enterprise with that number, or of which an establishment has it.

    Raises:
        BakenError: for no number, or one that does not stand in this extract.
    """
    number = number_of(text, field)
    with reading(path) as con:
        day = snapshot(con)
        asked, owner = None, number
        if number >= 2_000_000_000:
            row = con.execute(
                "SELECT enterprise FROM establishment WHERE id = ?", (number,)
            ).fetchone()
            asked, owner = number, row[0] if row and row[0] else 0
        row = con.execute("SELECT * FROM enterprise WHERE id = ?", (owner,)).fetchone()
        if row is None:
            raise NotThere(
                field,
                f"{printed(number)} does not stand in the KBO's extract of {day.isoformat()}",
                "a number that was registered by then, and not stopped long before",
            )
        _, status, situation, kind, form, start = row
        return Record(
            owner, status or "", situation or "", kind or "", form or "", start,
            names(con, owner), addresses(con, owner), activities(con, owner),
            _units(con, owner), asked, day, _labels(con, situation, form),
        )  # fmt: skip


def _units(con: sqlite3.Connection, owner: int) -> tuple[Unit, ...]:
    found = con.execute(
        "SELECT e.id, e.start, n.rows, a.rows, c.rows FROM establishment e "
        "LEFT JOIN names n ON n.id = e.id LEFT JOIN addresses a ON a.id = e.id "
        "LEFT JOIN activities c ON c.id = e.id WHERE e.enterprise = ? ORDER BY e.id",
        (owner,),
    )
    return tuple(
        Unit(i, start, read_names(n), read_addresses(a), read_activities(c))
        for i, start, n, a, c in found
    )


def _labels(con: sqlite3.Connection, situation: str, form: str) -> dict[str, dict[str, str]]:
    out: dict[str, dict[str, str]] = {}
    for category, code in (("JuridicalSituation", situation), ("JuridicalForm", form)):
        rows = con.execute(
            "SELECT lang, label FROM code WHERE category = ? AND code = ?", (category, code)
        )
        out[category] = {lang: shown(label) for lang, label in rows}
    return out


def _rows(con: sqlite3.Connection, table: str, entity: int) -> str | None:
    row = con.execute(f"SELECT rows FROM {table} WHERE id = ?", (entity,)).fetchone()  # noqa: S608
    return None if row is None else str(row[0])


def names(con: sqlite3.Connection, entity: int) -> tuple[Name, ...]:
    """The names of an enterprise or establishment."""
    return read_names(_rows(con, "names", entity))


def addresses(con: sqlite3.Connection, entity: int) -> tuple[Address, ...]:
    """Its addresses."""
    return read_addresses(_rows(con, "addresses", entity))


def activities(con: sqlite3.Connection, entity: int) -> tuple[Activity, ...]:
    """Its activities."""
    return read_activities(_rows(con, "activities", entity))


def read_names(text: str | None) -> tuple[Name, ...]:
    """Names as they are kept, cleaned of signs that can't be seen."""
    rows = json.loads(text) if text else []
    return tuple(Name(kind or "", lang or "", shown(name)) for kind, lang, name in rows)


def read_addresses(text: str | None) -> tuple[Address, ...]:
    """Addresses as they are kept."""
    rows = json.loads(text) if text else []
    return tuple(Address(*(shown(v or "") for v in row)) for row in rows)


def read_activities(text: str | None) -> tuple[Activity, ...]:
    """Activities as they are kept."""
    out = []
    for what, codes in (json.loads(text) if text else {}).items():
        group, version, classification = [*what.split(".", 2), "", ""][:3]
        out += [Activity(group, version, classification, code) for code in codes.split()]
    return tuple(out)


def best_name(names: tuple[Name, ...], lang: str = "nl") -> str:
    """The name to show: the registered one before a commercial one, in the reader's language."""
    order = {"nl": "2013", "fr": "0213", "en": "3201"}.get(lang, "2013")

    def rank(name: Name) -> tuple[int, int]:
        kind = NAME_KINDS.index(name.kind) if name.kind in NAME_KINDS else 9
        return kind, order.find(name.lang) % 5

    return min(names, key=rank).text if names else ""
