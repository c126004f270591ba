"""What an owner said, read once for all that looks at it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from baken.kernel.files import own_yaml
from baken.match.named import WHOLE, Names
from baken.match.search import Index, Scores, embed_query
from baken.match.words import fold

SAID_ALIKE = 0.915
STANDS_OUT = 4.5
"""A text this near to a record's own sentence, and so far above the other records, is a need,
whatever the classifier thinks."""
DISTRESS = Path(__file__).parent / "data" / "distress.yaml"


@dataclass(frozen=True)
class Heard:
    """A text with its meaning and what it is near to.

    ``cosines`` is per record that of its nearest sentence, ``above`` how far that lies above the
    others' in standard deviations (a text in French is near to every French sentence: what stands
    out says more than a cosine), ``named`` how surely the text names it, from 0 to 1. ``distress``:
    somebody says that life itself is too much, or that they are beaten.
    """

    text: str
    vector: NDArray[np.float32]
    cosines: Scores
    above: Scores
    named: Scores
    distress: bool

    @classmethod
    def of(cls, text: str, index: Index, names: Names) -> Heard:
        """A text that is not empty, read."""
        vector = embed_query(text)
        cosines = index.meaning.cosines(vector)
        return cls(
            text, vector, cosines, standing_out(cosines), names.scores(text), in_distress(text)
        )

    @property
    def nearest(self) -> float:
        """The nearest record's cosine; -1 where there are no records."""
        return float(self.cosines.max(initial=-1.0))

    @property
    def said_alike(self) -> bool:
        """Whether this is a record's name, or what a record's own sentences say."""
        if self.named.max(initial=0.0) == WHOLE:
            return True
        return self.nearest >= SAID_ALIKE and float(self.above.max(initial=0.0)) >= STANDS_OUT


def standing_out(cosines: Scores) -> Scores:
    """How far each lies above the mean of all, in standard deviations; noughts if all are alike."""
    spread = float(cosines.std()) if len(cosines) else 0.0
    out: Scores = (cosines - cosines.mean()) / spread if spread > 0 else np.zeros_like(cosines)
    return out


def in_distress(text: str) -> bool:
    """Whether somebody says that life itself is too much, or that they are beaten."""
    folded = " ".join(re.sub(r"[’'`]", " ", fold(text)).split())
    return any(part.search(folded) for part in _says())


def listeners() -> frozenset[tuple[str, str]]:
    """The records, by type and id, of who listens at once to somebody who can't go on."""
    keys = (name.split("/", 1) for name in _distress()["listeners"])
    return frozenset((kind, record_id) for kind, record_id in keys)


@cache
def _says() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(part) for part in _distress()["says"])


@cache
def _distress() -> dict[str, Any]:
    found: dict[str, Any] = own_yaml(DISTRESS)
    return found
