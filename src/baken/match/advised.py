"""Needs that an adviser answered: what was named for a need like this one counts for this one.

``data/advised/*.yaml`` holds needs of firms with, for each, the records that help and a grade: 3
for what a good adviser names first, 2 useful, 1 marginal; what is not named counts as 0. Part of
them are the problems of published stories (the development half only), the others were made up
for this purpose; both were judged over the whole catalogue by readers who did not see what the
search finds. Nearest neighbours, weighted by a kernel over sentence vectors, needs, trade and
region (Nadaraya 1964, Watson 1964), lend their grades.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, ValidationError, model_validator

from baken.kernel.cache import cached_json
from baken.kernel.errors import BakenError
from baken.landscape.catalogue import first_problem, load_catalogue, read_yaml
from baken.landscape.check import Finding, findings_of
from baken.landscape.model import Model, Need, Offer, Organisation
from baken.landscape.stories import load_stories
from baken.match.search import Scores, embed_queries
from baken.match.setting import Setting, settings
from baken.match.tongue import without_tongue
from baken.match.words import tokens
from baken.needs import THEMES, load_needs

FOLDER = Path(__file__).parent / "data" / "advised"
UNSEEN = FOLDER.parent / "unseen.yaml"
HIGHEST = 3.0
NEED_SHARE = 0.4
"""How much alike needs count beside alike words (which count one)."""
DOUBT = 0.05
SAID_FROM, SAID_SPAN, SAID_MOST = 2.5, 2.0, 0.5
"""What no near need was judged for is lent this much at most, when the owner says what the record's
own sentences say: from 2.5 standard deviations above the other records, wholly from 4.5. Chosen by
hiding a quarter of the records from the judges (``docs/match.md``)."""
FAR = 0.5
"""A course that is no nearer than this (0 to 1) is not meant by whoever asks for training."""
PAYS = ("voucher", "training", "grant", "hiring")
"""Kinds of instruments; those with the tag ``training`` pay for courses or arrange them."""
TRADE_SHARE = 0.1
REGION_SHARE = 0.1
"""How much an alike trade and the same region count beside alike words."""
OTHER_TRADE = 0.6
"""How much it tells of a record for some trades that it was not named for a firm of another."""
FALL = 0.07
"""Over how much likeness a neighbour's weight falls to a third (e^-1)."""


@dataclass(frozen=True)
class AdvisedNeed:
    """A need with its need codes and the grade (1 to 3) of each record that was named.

    ``facts`` is what the judge knew of the firm beside its words. What was added to the landscape
    after ``judged_on`` nobody judged: it counts as unknown, not as nought.
    """

    need: str
    codes: tuple[str, ...]
    grades: Mapping[tuple[str, str], float]
    facts: Mapping[str, Any] = field(default_factory=dict)
    story: str | None = None
    judged_on: str = ""


@lru_cache(maxsize=1)
def load_advised() -> tuple[AdvisedNeed, ...]:
    """Every advised need; those that come from a story have the story's problem as their words.

    A story that is no longer there takes its judgement along.
    """
    paths = sorted(FOLDER.glob("*.yaml"))
    digest = hashlib.sha256(b"".join(p.read_bytes() for p in paths)).hexdigest()[:12]
    raw = cached_json("advised-2", digest, lambda: [row for p in paths for row in _rows(p)])
    stories = {s.id: s for s in load_stories()}
    found = []
    for row in raw:
        story = stories.get(row["story"])
        need = row["need"] or (story and story.problem.strip())
        if need:
            grades = {_key(name): float(g) for name, g in row["grades"].items()}
            facts = story.facts() if story else row["facts"]
            told = (need, tuple(row["codes"]), grades, facts, row["story"], row["judged_on"])
            found.append(AdvisedNeed(*told))
    return tuple(found)


@lru_cache(maxsize=1)
def _unseen() -> Mapping[tuple[str, str], str]:
    """Records that came later on a day than that day's judges had read the catalogue."""
    rows = read_yaml(UNSEEN, UNSEEN.name)
    return {_key(name): str(row["day"]) for row in rows for name in row["records"]}


def _seen_from(kind: str, record_id: str, added_on: str) -> str:
    """The day from which judges saw a record, to be compared with theirs.

    One that came later that day compares as later than the day itself.
    """
    day = _unseen().get((kind, record_id))
    return f"{day} later" if day else added_on


def _key(name: str) -> tuple[str, str]:
    kind, _, record_id = name.partition("/")
    return kind, record_id


class AdvisedRow(Model):
    """An advised need as it stands in a file: ``need`` in words, or the ``story`` it comes from."""

    need: str | None = None
    story: str | None = None
    facts: dict[str, Any] = Field(default_factory=dict)
    judged_on: date = date.max
    codes: list[Need] = Field(min_length=1, max_length=2)
    grades: dict[str, Literal[1, 2, 3]] = Field(min_length=1)

    @model_validator(mode="after")
    def _one(self) -> AdvisedRow:
        if (self.need is None) == (self.story is None):
            raise ValueError("an advised need has either `need` or `story`")
        return self


def _rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file.

    Raises:
        BakenError: with the file, the row (from 1) and the field.
    """
    name = f"advised/{path.name}"
    raw = read_yaml(path, name)
    if not isinstance(raw, list):
        raise BakenError(name, "no list of needs", "a list; see CONTRIBUTING.md")
    rows = []
    for number, row in enumerate(raw, 1):
        try:
            rows.append(AdvisedRow.model_validate(row).model_dump(mode="json"))
        except ValidationError as e:
            raise first_problem(f"{name}, row {number}", e) from e
    return rows


def check_advised() -> list[Finding]:
    """Advised needs that can't be used, and grades of what is no record."""
    found = []
    keys = {f"{t}/{i}" for t, i in load_catalogue().by_key}
    for name in sorted({f"{t}/{i}" for t, i in _unseen()} - keys):
        found.append(Finding("error", UNSEEN.name, f"no record '{name}'", "type/id of a record"))
    for path in sorted(FOLDER.glob("*.yaml")):
        try:
            rows = _rows(path)
        except BakenError as e:
            found += findings_of(e)
            continue
        for number, row in enumerate(rows, 1):
            for name in sorted(set(row["grades"]) - keys):
                where = f"advised/{path.name}, row {number}, grades"
                found.append(Finding("error", where, f"no record '{name}'", "type/id of a record"))
    return found


@dataclass(frozen=True)
class Advice:
    """The advised needs with their vectors, their needs, and their grades per record.

    ``vectors``, ``needs`` and ``trades`` have a row per advised need, and ``regions`` a name;
    ``grades`` and ``known`` have a column per record. ``known`` is how much a need's judgement
    tells of a record: nought where nobody judged it, or where it does not work where that firm
    is, less than one where it is for other trades. ``judged`` is one where somebody judged it at
    all. ``courses`` are the columns of training, which
    nobody judged, and ``training`` those of the instruments that pay for it or arrange it.
    ``desks`` are those of the desks for every question of one region, in ``desk_regions``.
    """

    advised: tuple[AdvisedNeed, ...]
    centre: NDArray[np.float32]
    vectors: NDArray[np.float32]
    needs: NDArray[np.float32]
    trades: NDArray[np.float32]
    regions: NDArray[np.str_]
    grades: NDArray[np.float32]
    known: NDArray[np.float32]
    judged: NDArray[np.float32]
    courses: NDArray[np.int64]
    training: NDArray[np.int64]
    desks: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    desk_regions: NDArray[np.str_] = field(default_factory=lambda: np.zeros(0, np.str_))

    @cached_property
    def brief(self) -> NDArray[np.bool_]:
        """Which of the needs are told in a few words only."""
        return np.array([is_brief(a.need) for a in self.advised], dtype=bool)

    @classmethod
    def of(
        cls,
        advised: Sequence[AdvisedNeed],
        records: Sequence[Offer],
        read: Callable[[str, NDArray[np.float32]], Mapping[str, float]],
        version: str,
    ) -> Advice:
        """Ready to lend.

        Args:
            records: the landscape; grades of other records are left out.
            read: scores of needs for a text and its vector, as a query's are read.
            version: of ``read``: what it read is kept as long as this stays the same.
        """
        words = [a.need for a in advised]
        as_said = embed_queries(words)
        vectors = without_tongue(words, as_said)
        centre = vectors.mean(axis=0) if len(vectors) else np.zeros(384, np.float32)

        def understood() -> list[list[float]]:
            told = zip(words, as_said, strict=True)
            return [row_of(read(text, v)).tolist() for text, v in told]

        digest = hashlib.sha256(repr(words).encode()).hexdigest()[:12]
        rows = cached_json("advised-needs", f"{digest}-{version}", understood)
        needs = np.array(rows, np.float32).reshape(len(advised), len(load_needs()))
        places = {(r.type, r.id): i for i, r in enumerate(records)}
        grades = np.zeros((len(advised), len(records)), np.float32)
        known = np.zeros((len(advised), len(records)), np.float32)
        added = np.array([_seen_from(r.type, r.id, r.added_on or "") for r in records])
        judged = np.zeros((len(advised), len(records)), np.float32)
        no_course = np.array([r.type != "training" for r in records])
        where = settings([(a.facts, a.need) for a in advised])
        firsts, alike = _alike(records)
        tells = {s: told_by(s, firsts)[alike] for s in set(where)}
        for i, a in enumerate(advised):
            judged[i] = no_course & (added <= a.judged_on)
            known[i] = tells[where[i]] * judged[i]
            for key, grade in a.grades.items():
                if key in places:
                    grades[i, places[key]] = grade / HIGHEST
                    known[i, places[key]] = judged[i, places[key]] = 1.0
        pays = [i for i, r in enumerate(records) if r.type == "instrument" and r.kind in PAYS]
        trains = np.array([i for i in pays if "training" in records[i].tags], dtype=np.int64)
        courses = np.flatnonzero(~no_course)
        rows_of = unit(vectors - centre)
        trades = np.array([trade_row(s.themes) for s in where], np.float32)
        desks = [i for i, r in enumerate(records) if is_desk(r)]
        return cls(
            tuple(advised),
            centre,
            rows_of,
            needs,
            trades.reshape(len(advised), len(THEMES)),
            np.array([s.home for s in where], np.str_),
            grades,
            known,
            judged,
            courses,
            trains,
            np.array(desks, np.int64),
            np.array([records[i].area.regions[0] for i in desks], np.str_),
        )

    def keep(self, wanted: Sequence[bool]) -> Advice:
        """Only some of the advised needs: to measure on needs that lent nothing to themselves."""
        at = np.flatnonzero(np.array(wanted, dtype=bool))
        return replace(
            self,
            advised=tuple(self.advised[i] for i in at),
            vectors=self.vectors[at],
            needs=self.needs[at],
            trades=self.trades[at],
            regions=self.regions[at],
            grades=self.grades[at],
            known=self.known[at],
            judged=self.judged[at],
        )

    def lend(
        self,
        vector: NDArray[np.float32],
        needs: Mapping[str, float],
        setting: Setting,
        near: Scores,
        said: Scores,
        brief: bool = True,
    ) -> Scores:
        """Per record the mean grade of the nearest advised needs that know it, from 0 to 1.

        What the nearest needs were not judged for gets what its own sentences tell. A course gets
        what is lent to the best measure for training, as far as it is near. The desk of a region of
        which they tell nothing gets what is lent to that of another.

        Args:
            vector: of the text, without what its language adds.
            setting: where the firm works and in what trade.
            near: how near each record is in words or meaning, from 0 to 1.
            said: how far the cosine of each record's nearest sentence stands above the others'.
            brief: whether the text is a few words; else needs of a few words lend nothing.
        """
        if not self.advised:
            return np.zeros(self.grades.shape[1], dtype=np.float32)
        like = self.vectors @ unit(vector - self.centre) + NEED_SHARE * (self.needs @ row_of(needs))
        like += TRADE_SHARE * (self.trades @ trade_row(setting.themes))
        like += REGION_SHARE * np.isin(self.regions, sorted(setting.homes))
        if not brief and not self.brief.all():
            like = np.where(self.brief, -np.inf, like)
        weights = np.exp((like - like.max()) / FALL)
        # A record that few of the near needs know is held by a little weight of nought.
        seen = weights @ self.known + DOUBT * weights.sum()
        lent: Scores = (weights @ self.grades / seen).astype(np.float32)
        lent[self.desks] = self._lent_to_desks(lent, weights)
        judged = weights @ self.judged / weights.sum()
        own = np.clip((said - SAID_FROM) / SAID_SPAN, 0, 1)
        own[self.courses] = 0.0
        lent = (judged * lent + (1 - judged) * SAID_MOST * own).astype(np.float32)
        if len(self.courses) and len(self.training):
            close = np.clip((near[self.courses] - FAR) / (1 - FAR), 0, 1)
            arranged = lent[self.training].max() * close
            lent[self.courses] = np.maximum(lent[self.courses], arranged)
        return lent

    def _lent_to_desks(self, lent: Scores, weights: NDArray[np.float32]) -> Scores:
        """What the desks for every question get: as far as the near needs tell nothing of one, as
        much as the best desk of another region.
        """
        own = lent[self.desks]
        elsewhere = self.desk_regions[:, None] != self.desk_regions
        best = np.where(elsewhere, own, 0.0).max(axis=1, initial=0.0)
        told = np.clip(weights @ self.known[:, self.desks] / weights.sum(), 0, 1)
        found: Scores = (told * own + (1 - told) * np.maximum(own, best)).astype(np.float32)
        return found


def is_desk(record: Offer) -> bool:
    """Whether an organisation is the desk for every firm and every question of one region."""
    if not isinstance(record, Organisation) or record.needs[0] != "N01":
        return False
    area = record.area
    of_one = len(area.regions) == 1 and not (area.provinces or area.municipalities)
    leads_on = "door" in record.roles and "expert" not in record.roles
    public = record.access == "any" and record.price != "paid"
    return of_one and leads_on and public and "horizontal" in record.themes


FEW_WORDS = 7


def is_brief(text: str) -> bool:
    """Whether a text is a few words, as typed in a search box: it lies near to anything."""
    return len(tokens(text)) < FEW_WORDS


def _alike(records: Sequence[Offer]) -> tuple[list[Offer], NDArray[np.int64]]:
    """One record of each area and trade, and for each record which of them is of its kind."""
    kinds: dict[tuple[tuple[str, ...], ...], int] = {}
    firsts: list[Offer] = []
    at: list[int] = []
    for r in records:
        area = r.area
        kind = tuple(map(tuple, (area.regions, area.provinces, area.municipalities, r.themes)))
        if kind not in kinds:
            kinds[kind] = len(firsts)
            firsts.append(r)
        at.append(kinds[kind])
    return firsts, np.array(at, dtype=np.int64)


def told_by(setting: Setting, records: Sequence[Offer]) -> NDArray[np.float32]:
    """How much a judgement for a firm of this setting tells of each record."""
    told = [
        (1.0 if setting.meant_by(r) else OTHER_TRADE) if setting.reached_by(r) else 0.0
        for r in records
    ]
    return np.array(told, dtype=np.float32)


def row_of(needs: Mapping[str, float]) -> NDArray[np.float32]:
    """Scores of needs as a row of length one, in the order of the codes; noughts for none."""
    row = np.array([needs.get(code, 0.0) for code in load_needs()], dtype=np.float32)
    return unit(row)


def trade_row(themes: Collection[str]) -> NDArray[np.float32]:
    """The themes of a sector as a row of length one, in the order of all themes."""
    return unit(np.array([float(t in themes) for t in THEMES], dtype=np.float32))


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of length one; a row of noughts stays as it is."""
    length = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.where(length > 0, length, 1), dtype=np.float32)
