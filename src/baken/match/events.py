"""Whether a text tells that something happened for which the law sets a term, by its meaning: a
worker was hurt, personal data leaked, food is not safe.

The patterns of ``duties.py`` know the words that somebody thought of; who tells it in other words
is heard here. A ridge regression (Hoerl and Kennard 1970) of the meaning of a text on each of the
three, worked out anew when the program starts from the examples of ``data/events.yaml`` and from
all needs of owners, says how surely it is one. Surely, it counts as told; perhaps, the answer asks
whether it is so, and takes nothing for granted. ``bench/search/events.py`` counts how often each
is so, on texts that nothing here was chosen on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from baken.kernel.files import own_yaml
from baken.match.advised import load_advised
from baken.match.remembered import remembered
from baken.match.search import embed_queries, embed_query
from baken.needs import load_statements

DATA = Path(__file__).parent / "data" / "events.yaml"
SURE, PERHAPS = 0.6, 0.38
"""From which score on. Scored by a regression without the tenth that they stand in, one need in a
thousand that tells of nothing of the kind reaches the first, and two in a hundred the second.
"""
RIDGE = 0.3
USUAL = 0.3
"""How much a need that an owner told counts beside an example."""
Vector = NDArray[np.float32]
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Event:
    """What happened, by the organisation whose record holds the duty; surely, or perhaps."""

    organisation: str
    sure: bool


@dataclass(frozen=True)
class _Line:
    """The middle of all examples, and per organisation what a number from there counts."""

    names: tuple[str, ...]
    centre: Matrix
    weights: Matrix

    def scores(self, vector: Vector) -> Matrix:
        """Of one meaning (384 numbers), per organisation: about 1 for an example, 0 for others."""
        found: Matrix = np.append(vector - self.centre, 1.0) @ self.weights
        return found


@remembered
def event(text: str) -> Event | None:
    """What a text tells that happened; None where it tells of nothing of the kind.

    >>> event("onze lasser ligt in het ziekenhuis met brandwonden aan zijn hand")
    Event(organisation='fedris', sure=True)
    >>> event("ik zoek een lasser")
    """
    line = _line()
    scores = line.scores(embed_query(text))
    best = int(scores.argmax())
    if scores[best] < PERHAPS:
        return None
    return Event(line.names[best], bool(scores[best] >= SURE))


def fit(texts: Matrix, labels: Matrix, counts: Matrix) -> tuple[Matrix, Matrix]:
    """The middle of some meanings and the weights that tell their labels, a row per text in both;
    the last weight is what stands for none.
    """
    centre = np.average(texts, axis=0, weights=counts)
    rows = np.c_[texts - centre, np.ones(len(texts))]
    penalty = np.diag([*[RIDGE] * texts.shape[1], 0.0])
    weighted = rows.T * counts
    return centre, np.linalg.solve(weighted @ rows + penalty, weighted @ labels)


def examples() -> tuple[tuple[str, ...], list[str], Matrix, Matrix]:
    """The organisations, the texts, and a row per text: 1 for the organisation it tells of; and how
    much each counts.
    """
    data = own_yaml(DATA)
    told: dict[str, list[str]] = data["told"]
    names = tuple(told)
    known = {text for texts in told.values() for text in texts} | {*data["unclear"]}
    needs = [s.need for s in load_statements()] + [a.need for a in load_advised()]
    usual = [need for need in dict.fromkeys(needs) if need not in known]
    texts = [text for name in names for text in told[name]]
    labels = np.zeros((len(texts) + len(data["else"]) + len(usual), len(names)))
    labels[np.arange(len(texts)), [n for n, name in enumerate(names) for _ in told[name]]] = 1.0
    counts = np.ones(len(labels))
    counts[len(labels) - len(usual) :] = USUAL
    return names, [*texts, *data["else"], *usual], labels, counts


@cache
def _line() -> _Line:
    names, texts, labels, counts = examples()
    centre, weights = fit(embed_queries(texts).astype(float), labels, counts)
    return _Line(names, centre, weights)
