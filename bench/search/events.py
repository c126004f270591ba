"""How often it is heard that something happened for which the law sets a term, and how often not.

Run: ``python bench/search/events.py`` prints, for the fresh texts of ``events_fresh.yaml``, the
share that is heard surely and at all, per organisation, by the patterns of ``duties.yaml`` alone
(the peer) and with the meaning too; then the same for texts that tell of nothing of the kind, and
for the examples themselves, each scored without the tenth that it stands in.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from baken.kernel.files import own_yaml
from baken.match import events
from baken.match.duties import due, may_be_due, tells_in_words
from baken.match.line import fit
from baken.match.search import embed_queries

FRESH = Path(__file__).parent / "events_fresh.yaml"
NONE = "none"


class Shares(NamedTuple):
    """Of some texts: heard by pattern, surely heard, and heard surely or perhaps."""

    words: float
    sure: float
    heard: float


def shares(texts: Sequence[str], organisation: str = "") -> Shares:
    """How many of these are heard as what an organisation's record is about, or as any."""

    def share(found: Sequence[tuple[str, ...]]) -> float:
        hits = (organisation in f if organisation else bool(f) for f in found)
        return sum(hits) / len(texts)

    surely = [due(t) for t in texts]
    at_all = [(*s, *may_be_due(t)) for s, t in zip(surely, texts, strict=True)]
    return Shares(share([tells_in_words(t) for t in texts]), share(surely), share(at_all))


def fresh() -> dict[str, list[str]]:
    """The fresh texts, by organisation, and those of nothing of the kind."""
    found: dict[str, list[str]] = own_yaml(FRESH)
    return found


def left_out() -> tuple[np.ndarray, np.ndarray]:
    """The best score of each example and need, without the tenth that it stands in; and whether
    that is of the organisation that it tells of (of none: never).
    """
    known = events.examples()
    texts, labels, counts = known.texts, known.labels, known.counts
    vectors = embed_queries(texts).astype(float)
    draw = random.Random(7)
    tenth = np.array([draw.randrange(10) for _ in texts])
    best, right = np.zeros(len(texts)), np.zeros(len(texts), bool)
    for one in range(10):
        rest, these = tenth != one, tenth == one
        centre, weights = fit(vectors[rest], labels[rest], counts[rest])
        scores = np.c_[vectors[these] - centre, np.ones(these.sum())] @ weights
        best[these] = scores.max(axis=1)
        right[these] = labels[these, scores.argmax(axis=1)] > 0
    return best, right


def main() -> None:
    """Print all shares."""
    print(f"{'':34}{'texts':>6}{'by words':>10}{'surely':>9}{'at all':>9}")
    for name, texts in fresh().items():
        found = shares(texts, "" if name == NONE else name)
        print(f"{name:34}{len(texts):6}{found.words:10.0%}{found.sure:9.0%}{found.heard:9.0%}")
    known = events.examples()
    labels, counts = known.labels, known.counts
    best, right = left_out()
    told, usual = labels.any(axis=1), counts < 1
    like = ~told & ~usual
    for name, rows in (("examples", told), ("like words", like), ("needs of owners", usual)):
        hit = right[rows] if name == "examples" else np.ones(rows.sum(), bool)
        sure, heard = (
            float(((best[rows] >= at) & hit).mean()) for at in (events.SURE, events.PERHAPS)
        )
        print(f"{'left out: ' + name:34}{rows.sum():6}{'':10}{sure:9.1%}{heard:9.1%}")


if __name__ == "__main__":
    main()
