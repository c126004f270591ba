"""A straight line from the meaning of a text to what it tells of: how surely, by some examples.

A ridge regression (Hoerl and Kennard 1970) of the meaning on each thing that may be told, worked
out from examples of our own and from all needs of owners.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from baken.kernel.cache import cached_json
from baken.match.advised import load_advised
from baken.match.dialect import dialect, senses
from baken.match.search import embed_queries
from baken.needs import load_statements

RIDGE = 0.3
USUAL = 0.3
"""How much a need that an owner told counts beside an example."""
Vector = NDArray[np.float32]
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Examples:
    """Texts, and a row for each: 1 under the name of what it tells of; and how much each counts."""

    names: tuple[str, ...]
    texts: Sequence[str]
    labels: Matrix
    counts: Matrix

    @classmethod
    def of(
        cls,
        told: Mapping[str, Sequence[str]],
        other: Sequence[str],
        unclear: Collection[str],
        more: Sequence[str] = (),
    ) -> Examples:
        """Examples by name, and what is said with like words of something else; all needs of owners
        tell of something else too, but those that are unclear, and so does what is ``more``.
        """
        names = tuple(told)
        known = {*unclear, *other}.union(*told.values())
        owners = [s.need for s in load_statements()] + [a.need for a in load_advised()]
        needs = [*owners, *more]
        usual = [need for need in dict.fromkeys(needs) if need not in known]
        texts = [text for name in names for text in told[name]]
        labels = np.zeros((len(texts) + len(other) + len(usual), len(names)))
        labels[np.arange(len(texts)), [n for n, name in enumerate(names) for _ in told[name]]] = 1.0
        counts = np.ones(len(labels))
        counts[len(labels) - len(usual) :] = USUAL
        return cls(names, [*texts, *other, *usual], labels, counts)

    @property
    def version(self) -> str:
        """Changes with the examples, with how they are read and with what is learned from them."""
        read = (self.names, tuple(self.texts), dialect(), senses(), RIDGE)
        digest = hashlib.sha256(repr(read).encode())
        digest.update(self.labels.tobytes() + self.counts.tobytes())
        return digest.hexdigest()[:12]


@dataclass(frozen=True)
class Line:
    """The middle of all examples, and per name what a number from there counts."""

    names: tuple[str, ...]
    centre: Matrix
    weights: Matrix

    @classmethod
    def of(cls, examples: Examples) -> Line:
        """The line that fits some examples; kept, so that it is worked out once."""

        def learned() -> list[list[list[float]]]:
            vectors = embed_queries(examples.texts).astype(float)
            centre, weights = fit(vectors, examples.labels, examples.counts)
            return [[centre.tolist()], weights.tolist()]

        [centre], weights = cached_json("line", examples.version, learned)
        return cls(examples.names, np.array(centre), np.array(weights))

    def scores(self, vector: Vector) -> Matrix:
        """Of one meaning (384 numbers), per name: about 1 for an example, 0 for others."""
        found: Matrix = np.append(vector - self.centre, 1.0) @ self.weights
        return found


def fit(texts: Matrix, labels: Matrix, counts: Matrix) -> tuple[Matrix, Matrix]:
    """The middle of some meanings and the weights that tell their labels, a row per text in both;
    the last weight is what stands for none.
    """
    centre = np.average(texts, axis=0, weights=counts)
    rows = np.c_[texts - centre, np.ones(len(texts))]
    penalty = np.diag([*[RIDGE] * texts.shape[1], 0.0])
    weighted = rows.T * counts
    return centre, np.linalg.solve(weighted @ rows + penalty, weighted @ labels)
