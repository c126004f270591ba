"""What an owner said, read once for all that looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from baken.match import distress, events, triage
from baken.match.denied import without_denied
from baken.match.dialect import plain
from baken.match.distress import Cry, cry
from baken.match.named import WHOLE, Names
from baken.match.search import Index, Scores, embed_query
from baken.match.shared import common_stems
from baken.match.tongue import without_tongue
from baken.match.understand import Understood, classifier, understand

Vector = NDArray[np.float32]
SAID_ALIKE = 0.915
STANDS_OUT = 4.5
"""A text this near to a record's own sentence, and so far above the other records, is a need,
whatever the classifier thinks."""


@dataclass(frozen=True)
class Heard:
    """A text with its meaning and what it is near to.

    ``vector`` is of the text as it was said, ``meant`` without what its language adds and without
    what it denies.
    ``cosines`` is per record that of its nearest sentence, ``above`` how far that lies above the
    others' in standard deviations (a text in French is near to every French sentence: what stands
    out says more than a cosine), ``named`` how surely the text names it, from 0 to 1. ``cry``:
    somebody says, or may say, that life itself is too much, or that they are beaten.
    ``understood``: the needs in it. ``retrieved``: per way to search, the score of each record.
    Nothing of it depends on the firm, and who reads the same text again shares it.
    """

    text: str
    vector: Vector
    meant: Vector
    cosines: Scores
    above: Scores
    named: Scores
    cry: Cry | None
    understood: Understood
    retrieved: Mapping[str, Scores]

    @classmethod
    def of(cls, text: str, index: Index, names: Names, page: str = "") -> Heard:
        """A text that is not empty, read; ``page``: the language of the page it was typed on."""
        vector, told = embed_query(text), _affirmed(text)
        meaning = embed_query(told)
        cosines = index.meaning.cosines(vector)
        above, named = standing_out(cosines), names.scores(text)
        retrieved = {r.name: r.scores(told, meaning) for r in index.retrievers}
        for shared in (cosines, above, named, *retrieved.values()):
            shared.setflags(write=False)
        return cls(
            text,
            vector,
            without_tongue([told], meaning[None])[0],
            cosines,
            above,
            named,
            cry(text, vector, page),
            _understood(text, vector, told, meaning, _said_alike(cosines, above, named)),
            retrieved,
        )

    @property
    def nearest(self) -> float:
        """The nearest record's cosine; -1 where there are no records."""
        return float(self.cosines.max(initial=-1.0))


def prepare() -> None:
    """Read and learn all that a text is read with, so that the first one need not wait for it."""
    classifier()
    events.line()
    triage.line()
    distress.examples()
    common_stems()


def _understood(
    text: str, vector: Vector, told: str, meaning: Vector, said_alike: bool
) -> Understood:
    """What a text says without what it denies; with that, where nothing else is a need."""
    found = understand(told, meaning, said_alike)
    return understand(text, vector, said_alike) if found.no_need and told != text else found


FEWEST = 3
"""What is left of a text without what it denies tells something from so many words on."""


def _affirmed(text: str) -> str:
    """A text without what it denies of trouble, so that it is not read as that trouble."""
    folded = plain(text)
    left = without_denied(folded)
    return text if left == folded or len(left.split()) < FEWEST else left


def _said_alike(cosines: Scores, above: Scores, named: Scores) -> bool:
    """Whether a text is a record's name, or what a record's own sentences say."""
    if named.max(initial=0.0) == WHOLE:
        return True
    near = float(cosines.max(initial=-1.0)) >= SAID_ALIKE
    return near and float(above.max(initial=0.0)) >= STANDS_OUT


def standing_out(cosines: Scores) -> Scores:
    """How far each lies above the mean of all, in standard deviations; noughts if all are alike."""
    spread = float(cosines.std()) if len(cosines) else 0.0
    out: Scores = (cosines - cosines.mean()) / spread if spread > 0 else np.zeros_like(cosines)
    return out
