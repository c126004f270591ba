"""The transparent score: what the words, the meaning, the need, the sector and the place add.

Every part is between 0 and 1 and is multiplied by its weight; the sum is divided by the
sum of the weights, so that a score is between 0 and 1. Weights are in ``WEIGHTS``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from baken.landscape.availability import availability
from baken.landscape.dates import is_stale, newest_source
from baken.landscape.model import Offer, Organisation
from baken.match.search import Document, Scores
from baken.match.setting import Setting
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
"""What is for another region or province than the firm's (than Flanders, when no region is known)
keeps this share of its score: it is hardly ever what is sought."""
LOCAL = 0.95
"""What is for one province or town keeps this share while nobody said where the firm is."""
NAMED = 0.5
"""What a record gains that the owner names."""
STALE_DEDUCTION = 0.02
"""Small: most researched records are old, so hiding them would hide everything."""
NEAR_EQUAL = 0.005
"""Scores this close count as equal: then the fresher record comes first."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a record is at a day, whoever asks: closed, stale, and how it sorts by freshness."""

    closed: bool
    stale: bool
    freshness: tuple[int, ...]


def standings(records: Sequence[Offer], as_of: date) -> list[Standing]:
    """The standing of every record at ``as_of``; worth keeping, since a day has many queries."""
    return [
        Standing(
            availability(r, as_of) == "closed",
            is_stale(r, as_of),
            tuple(-int(p) for p in (newest_source(r) or "0000").split("-")),
        )
        for r in records
    ]


@dataclass(frozen=True)
class Ranked:
    """One record with its score and the parts of which it is made."""

    record: Offer
    score: float
    parts: Mapping[str, float]


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
    records: Sequence[Offer],
    standing: Sequence[Standing],
    retrieved: Mapping[str, Scores],
    needs: Mapping[str, float],
    setting: Setting,
    weights: Mapping[str, float] = WEIGHTS,
) -> list[Ranked]:
    """All records, best first; what is closed comes after what is not.

    Args:
        standing: what each record is at the day that is asked about.
        retrieved: a score per record for each retriever's name (absent: left out).
        needs: scores of needs, from 0 to 1.
        setting: where the firm works and in what trade.
    """
    total = sum(weights.values())
    found: list[tuple[tuple[object, ...], Ranked]] = []
    every = parts_of(records, retrieved, needs, setting)
    for record, parts, at in zip(records, every, standing, strict=True):
        score = sum(weights.get(name, 0.0) * value for name, value in parts.items()) / total
        if not parts["place"]:
            score *= ELSEWHERE
        elif setting.province is None and (record.area.provinces or record.area.municipalities):
            score *= LOCAL
        score = min(1.0, score + NAMED * parts.get("named", 0.0))
        if at.stale:
            score -= STALE_DEDUCTION
            parts["stale"] = -STALE_DEDUCTION
        score = max(0.0, score)
        order = (at.closed, -round(score / NEAR_EQUAL), at.freshness, record.type, record.id)
        found.append((order, Ranked(record, score, parts)))
    found.sort(key=lambda pair: pair[0])
    return [r for _, r in found]


def parts_of(
    records: Sequence[Offer],
    retrieved: Mapping[str, Scores],
    needs: Mapping[str, float],
    setting: Setting,
) -> list[dict[str, float]]:
    """The parts of each record's score, each from 0 to 1, before they are weighed.

    Arguments are those of :func:`rank`.
    """
    lists = {name: scores.tolist() for name, scores in retrieved.items()}
    found = []
    for i, record in enumerate(records):
        parts = {name: scores[i] for name, scores in lists.items()}
        parts["need"] = max(
            (needs.get(n, 0.0) * (1.0 - 0.15 * place) for place, n in enumerate(record.needs)),
            default=0.0,
        )
        if is_general(record) and needs:
            parts["need"] = max(parts["need"], GENERAL * max(needs.values()))
        parts["theme"] = _theme(record, setting.themes)
        parts["place"] = _place(record, setting)
        found.append(parts)
    return found


def is_general(record: Offer) -> bool:
    """Whether this is a door for every firm and every question: an adviser or the main desk."""
    if record.needs[0] != "N01" or "horizontal" not in record.themes:
        return False
    if isinstance(record, Organisation):
        paid = record.price == "paid"
        return "door" in record.roles and record.access == "any" and not paid
    return getattr(record, "kind", "") == "advice"


def _theme(record: Offer, themes: frozenset[str]) -> float:
    if not themes:
        return 0.5 if "horizontal" in record.themes else 0.3
    if themes & set(record.themes):
        return 1.0
    return 0.6 if "horizontal" in record.themes else 0.0


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
