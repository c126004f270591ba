"""The transparent score: what the words, the meaning, the need, the sector and the place add.

Every part is between 0 and 1 and is multiplied by its weight; the sum is divided by the
sum of the weights, so that a score is between 0 and 1. Weights are in ``WEIGHTS``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from baken.landscape.availability import availability
from baken.landscape.dates import is_stale, newest_source
from baken.landscape.model import Offer, Organisation
from baken.match.search import Document, Scores
from baken.match.setting import Setting
from baken.match.shared import telling_stems, tells_a_course
from baken.match.topics import TOPICS
from baken.match.unasked import FOR_MOST, SUBJECTS, is_for_people, is_last_resort
from baken.match.understand import HALF
from baken.needs import load_needs
from baken.registers.lookup import provinces_of_town

WEIGHTS: Mapping[str, float] = {
    "advice": 1.0,
    "place": 0.20,
    "lexical": 0.19,
    "meaning": 0.12,
    "need": 0.16,
    "helped": 0.08,
    "theme": 0.10,
    "stories": 0.08,
}
"""How much each part counts: learned by ``bench/search/learn.py`` from the advised needs, one pair
of need and record at a time; ``place`` and ``stories`` then moved to where the five first of the
develop half and of the made-up needs are best."""
GENERAL = 0.7
"""An adviser for every question helps with each need this much as one that is made for it."""
ELSEWHERE = 0.6
"""What is for another region or province than the firm's (than the likeliest, when none is known)
keeps this share of its score: it is hardly ever what is sought."""
LOCAL = 0.95
"""What is for one province or town keeps this share while nobody said where the firm is."""
UNASKED = 0.6
"""What nobody asked for (:mod:`baken.match.unasked`) keeps this share."""
SECTORAL = 0.7
"""What is for one sector keeps this share where the words say nothing of what the firm does."""
SECTORAL_LONGER = 0.8
"""The same where more words were said, none of which tells of a record of a sector."""
SECTORAL_COURSE = 0.7
"""A course of that sector keeps this share of what is left: others have no use for it."""
GUESSED_COURSE = 0.8
"""A course in which no word of the owner stands keeps this share: it is near in meaning at most."""
ANY_COURSE = 0.55
"""Where the words say nothing but what stands in any course (staff or training), each but those of
the firm's own sector keeps this share: none of them is meant."""
OTHER_TRADES = 0.4
"""What is of trades of which the firm's is none keeps this share."""
NAMED = 0.5
"""What a record gains that the owner names."""
STALE_DEDUCTION = 0.02
"""Small: most researched records are old, so hiding them would hide everything."""
NEAR_EQUAL = 0.005
"""Scores this close count as equal: then the fresher record comes first."""


@dataclass(frozen=True)
class Standings:
    """What the records are at a day, whoever asks: closed, stale, and their places when all score
    alike (the fresher first).
    """

    closed: NDArray[np.bool_]
    stale: NDArray[np.bool_]
    order: NDArray[np.int64]


def standings(records: Sequence[Offer], as_of: date) -> Standings:
    """The standings of the records at ``as_of``; worth keeping, since a day has many queries."""
    fresh = [tuple(-int(p) for p in (newest_source(r) or "0000").split("-")) for r in records]
    keys = [(f, r.type, r.id) for f, r in zip(fresh, records, strict=True)]
    order = np.empty(len(records), np.int64)
    order[sorted(range(len(records)), key=keys.__getitem__)] = np.arange(len(records))
    return Standings(
        _each(records, lambda r: availability(r, as_of) == "closed"),
        _each(records, lambda r: is_stale(r, as_of)),
        order,
    )


def _each(records: Sequence[Offer], holds: Callable[[Offer], bool]) -> NDArray[np.bool_]:
    return np.array([holds(r) for r in records], dtype=bool)


class Ranked(NamedTuple):
    """One record with its score and the parts of which it is made: a column of each part, and the
    record's row.
    """

    record: Offer
    score: float
    columns: Mapping[str, NDArray[np.float64]]
    row: int

    def part(self, name: str) -> float:
        """How much a part tells of the record; nought for one that was not looked at."""
        return float(self.columns[name][self.row]) if name in self.columns else 0.0


def documents(records: Sequence[Offer]) -> list[Document]:
    """What the index holds of each record: names, owners' words, summary and the rest."""
    return [_document(r) for r in records]


def _document(r: Offer) -> Document:
    names = [n for n in (r.names.nl, r.names.en, r.names.fr, *r.aliases) if n]
    needs = load_needs()
    summaries = [t for t in (r.summary.nl, r.summary.en, r.summary.fr) if t]
    about = [*r.tags, *r.themes, *(c.says.nl for c in r.conditions)]
    about += [needs[n].label["nl"] for n in r.needs]
    if isinstance(r, Organisation):
        about += [*r.does, *r.places]
    fields = {
        "name": " ".join(names),
        "keywords": " ".join(r.keywords),
        "summary": " ".join(summaries),
        "says": " ".join(r.says.all()),
        "about": " ".join(about).replace("-", " ").replace("_", " "),
    }
    title = names[0] if names else r.id
    sentences = (f"{title}. {r.summary.nl}", ", ".join(r.keywords) or title, *r.keywords)
    sentences = (*sentences, *r.says.all())
    return Document(f"{r.type}/{r.id}", fields, sentences)


def rank(
    table: Table,
    standing: Standings,
    retrieved: Mapping[str, Scores],
    needs: Mapping[str, float],
    setting: Setting,
    weights: Mapping[str, float] = WEIGHTS,
    trouble: bool = False,
    brief: bool = False,
    subjects: Collection[str] = (),
    said: frozenset[str] = frozenset(),
) -> list[Ranked]:
    """All records, best first; what is closed comes after what is not.

    Args:
        standing: what each record is at the day that is asked about.
        retrieved: a score per record for each retriever's name (absent: left out).
        needs: scores of needs, from 0 to 1.
        setting: where the firm works and in what trade.
        trouble: whether there are signs that the firm can't go on.
        brief: whether so little was said that it tells nothing of what the firm does.
        subjects: which of :data:`baken.match.unasked.SUBJECTS` are asked for.
        said: the stems of the owner's words.
    """
    columns = parts_of(table, retrieved, needs, setting)
    score = np.zeros(len(table.records))
    for name, column in columns.items():
        score += weights.get(name, 0.0) * column
    score /= sum(weights.values())
    elsewhere = columns["place"] == 0.0
    score[elsewhere] *= ELSEWHERE
    if setting.province is None:
        score[table.local & ~elsewhere] *= LOCAL
    named = columns.get("named", np.zeros(len(table.records)))
    if not setting.themes:
        unlike = table.unlike(said, brief) & (named == 0.0) & ~table.asked_for(subjects)
        score[unlike] *= SECTORAL if brief else SECTORAL_LONGER
        score[unlike & table.courses] *= SECTORAL_COURSE
    if "lexical" in columns:
        guessed = table.courses & (columns["lexical"] == 0.0) & (named == 0.0)
        score[guessed] *= GUESSED_COURSE
    if not tells_a_course(said):
        own = table.sectoral & (columns["theme"] == 1.0)
        score[table.courses & ~own & (named == 0.0)] *= ANY_COURSE
    score[table.shut_out(setting) & (named == 0.0)] *= OTHER_TRADES
    unasked = table.unasked(needs, trouble, subjects) & (named == 0.0)
    score[unasked] *= UNASKED
    columns["unasked"] = unasked.astype(np.float64)
    score = np.minimum(1.0, score + NAMED * named)
    score[standing.stale] -= STALE_DEDUCTION
    score = np.maximum(0.0, score)
    best = np.lexsort((standing.order, -np.rint(score / NEAR_EQUAL), standing.closed))
    told = score.tolist()
    return [Ranked(table.records[at], told[at], columns, at) for at in best.tolist()]


def parts_of(
    table: Table,
    retrieved: Mapping[str, Scores],
    needs: Mapping[str, float],
    setting: Setting,
) -> dict[str, NDArray[np.float64]]:
    """The parts of each record's score, each from 0 to 1, before they are weighed: a column each.

    Arguments are those of :func:`rank`.
    """
    columns = {name: scores.astype(np.float64) for name, scores in retrieved.items()}
    need = np.zeros(len(table.records))
    for code, told in needs.items():
        if code in table.needs:
            np.maximum(need, told * table.needs[code], out=need)
    if needs:
        need[table.general] = np.maximum(need[table.general], GENERAL * max(needs.values()))
    theme = np.where(table.horizontal, 0.6, 0.0)
    for one in setting.themes & table.themes.keys():
        theme[table.themes[one]] = 1.0
    if not setting.themes:
        theme = np.where(table.horizontal, 0.5, 0.3)
    return {**columns, "need": need, "theme": theme, "place": table.near(setting)}


@dataclass(frozen=True)
class Table:
    """What the records are, whoever asks and when.

    ``needs`` is per code how much each record is for it, ``themes`` which records are of a theme;
    ``general``, ``horizontal``, ``local`` (for a province or town), ``people`` and ``last_resort``
    (:mod:`baken.match.unasked`), and ``sectoral`` (for one sector) are of each record; ``subjects``
    holds which are for a subject that must be asked for;
    ``of_trades`` tells which organisations name their trades, ``courses`` what is training.
    """

    records: Sequence[Offer]
    needs: Mapping[str, NDArray[np.float64]]
    themes: Mapping[str, NDArray[np.bool_]]
    general: NDArray[np.bool_]
    horizontal: NDArray[np.bool_]
    local: NDArray[np.bool_]
    people: NDArray[np.bool_]
    last_resort: NDArray[np.bool_]
    sectoral: NDArray[np.bool_]
    subjects: Mapping[str, NDArray[np.bool_]]
    of_trades: NDArray[np.bool_]
    courses: NDArray[np.bool_]
    places: dict[tuple[str | None, str | None, str], NDArray[np.float64]] = field(
        default_factory=dict
    )

    @classmethod
    def of(cls, records: Sequence[Offer]) -> Table:
        """The table of a catalogue's records."""
        needs: dict[str, NDArray[np.float64]] = {}
        themes: dict[str, NDArray[np.bool_]] = {}
        for row, record in enumerate(records):
            for place, code in reversed(list(enumerate(record.needs))):
                needs.setdefault(code, np.zeros(len(records)))[row] = max(0.0, 1.0 - 0.15 * place)
            for theme in record.themes:
                themes.setdefault(theme, np.zeros(len(records), dtype=bool))[row] = True
        return cls(
            records,
            needs,
            themes,
            general=_each(records, is_general),
            horizontal=_each(records, lambda r: "horizontal" in r.themes),
            local=_each(records, lambda r: bool(r.area.provinces or r.area.municipalities)),
            people=_each(records, is_for_people),
            last_resort=_each(records, is_last_resort),
            sectoral=_each(records, lambda r: not TOPICS & set(r.themes)),
            subjects={name: _each(records, of) for name, of in SUBJECTS.items()},
            of_trades=_each(records, lambda r: isinstance(r, Organisation) and bool(r.nace)),
            courses=_each(records, lambda r: r.type == "training"),
        )

    def unasked(
        self, needs: Mapping[str, float], trouble: bool, subjects: Collection[str]
    ) -> NDArray[np.bool_]:
        """Which records nobody asked for: for people or a last resort, and for no need that is at
        least half as strong as the first; where there is trouble a last resort is asked for. And
        for a subject (:data:`baken.match.unasked.SUBJECTS`) that is not asked for.
        """
        found = self.people.copy() if trouble else self.people | self.last_resort
        least = HALF * max(needs.values(), default=0.0)
        for code, told in needs.items():
            if told >= least and code in self.needs:
                found &= self.needs[code] == 0.0
        for subject in self.subjects.keys() - set(subjects):
            found |= self.subjects[subject]
        return found if needs else np.zeros_like(found)

    def asked_for(self, subjects: Collection[str]) -> NDArray[np.bool_]:
        """Which records are for a subject that is asked for: then the words tell of them."""
        found = np.zeros(len(self.records), dtype=bool)
        for subject in self.subjects.keys() & set(subjects) - FOR_MOST:
            found |= self.subjects[subject]
        return found

    def shut_out(self, setting: Setting) -> NDArray[np.bool_]:
        """Of each record whether it is of trades of which the firm's is none."""
        found = np.zeros(len(self.records), dtype=bool)
        if setting.codes is not None:
            rows: list[int] = np.flatnonzero(self.of_trades).tolist()
            found[rows] = [setting.shuts_out(self.records[i]) for i in rows]
        return found

    @cached_property
    def _telling(self) -> frozenset[str]:
        """The words that tell of some record of a sector."""
        rows = np.flatnonzero(self.sectoral).tolist()
        return frozenset().union(*(telling_stems(self.records[i]) for i in rows))

    def unlike(self, said: frozenset[str], brief: bool) -> NDArray[np.bool_]:
        """Of each record whether it is for one sector, of which the words tell nothing: few words
        never do, more words where one of them tells of some record of a sector.
        """
        tells = not brief and bool(self._telling & said)
        return np.zeros(len(self.records), dtype=bool) if tells else self.sectoral

    def near(self, setting: Setting) -> NDArray[np.float64]:
        """Of each record whether it is near to a firm; kept, for there are few provinces."""
        where = setting.region, setting.province, setting.reads
        if where not in self.places:
            self.places[where] = np.array([_place(r, setting) for r in self.records], np.float64)
        return self.places[where]


def is_general(record: Offer) -> bool:
    """Whether this is a door for every firm and every question: an adviser or the main desk."""
    if record.needs[0] != "N01" or "horizontal" not in record.themes:
        return False
    if isinstance(record, Organisation):
        paid = record.price == "paid"
        return "door" in record.roles and record.access == "any" and not paid
    return getattr(record, "kind", "") == "advice"


def _place(record: Offer, setting: Setting) -> float:
    """1 near, 0 elsewhere, a half where it makes no difference or is not known."""
    if not setting.reached_by(record):
        return 0.0
    province = setting.province
    if province is None:
        known = setting.region is not None
        return 1.0 if known and record.area.regions == [setting.region] else 0.5
    if record.area.provinces:
        return 1.0
    seats = _seats(tuple(record.places)) if isinstance(record, Organisation) else frozenset()
    if not seats:
        return 0.5
    return 1.0 if province in seats else 0.25


@lru_cache(maxsize=4096)
def _seats(names: tuple[str, ...]) -> frozenset[str]:
    """The provinces in which an organisation has an office; empty for names not understood."""
    return frozenset().union(*(provinces_of_town(name) for name in names))
