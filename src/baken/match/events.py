"""Whether a text tells that something happened for which the law sets a term, by its meaning: a
worker was hurt, personal data leaked, food is not safe.

The patterns of ``duties.py`` know the words that somebody thought of; who tells it in other words
is heard here, from the examples of ``data/events.yaml`` (:mod:`baken.match.line`). Surely, it
counts as told; perhaps, the answer asks whether it is so, and takes nothing for granted.
``bench/search/events.py`` counts how often each is so, on texts that nothing here was chosen on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from baken.kernel.files import own_yaml
from baken.match.line import Examples, Line
from baken.match.remembered import remembered
from baken.match.search import embed_query

DATA = Path(__file__).parent / "data" / "events.yaml"
SURE, PERHAPS = 0.6, 0.38
"""From which score on. Scored by a regression without the tenth that they stand in, one need in a
thousand that tells of nothing of the kind reaches the first, and two in a hundred the second.
"""


@dataclass(frozen=True)
class Event:
    """What happened, by the organisation whose record holds the duty; surely, or perhaps."""

    organisation: str
    sure: bool


@remembered
def event(text: str) -> Event | None:
    """What a text tells that happened; None where it tells of nothing of the kind.

    >>> event("onze lasser ligt in het ziekenhuis met brandwonden aan zijn hand")
    Event(organisation='fedris', sure=True)
    >>> event("ik zoek een lasser")
    """
    scores = line().scores(embed_query(text))
    best = int(scores.argmax())
    if scores[best] < PERHAPS:
        return None
    return Event(line().names[best], bool(scores[best] >= SURE))


def examples() -> Examples:
    """What happened, by the organisation whose record holds the duty, and what did not."""
    data = own_yaml(DATA)
    return Examples.of(data["told"], data["else"], data["unclear"])


@cache
def line() -> Line:
    """What was learned from the examples."""
    return Line.of(examples())
