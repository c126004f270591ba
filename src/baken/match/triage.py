"""How surely a text tells one of the four things that go before all others, by its meaning:
somebody is in danger now, life is too much, the firm can't pay what it owes, or it has a quarrel
with its own staff that may go to law.

The patterns of ``danger.py``, ``distress.py``, ``route.py`` and ``quarrel.py`` know the words that
somebody thought of; who tells it in other words is heard here, from the examples of
``data/triage.yaml`` (:mod:`baken.match.line`). ``bench/search/triage.py`` counts how often, on
texts that nothing here was chosen on.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from baken.kernel.files import own_yaml
from baken.match.line import Examples, Line
from baken.match.remembered import remembered
from baken.match.search import embed_query

DATA = Path(__file__).parent / "data" / "triage.yaml"


class Triage(NamedTuple):
    """About 1 where a text tells it, about 0 where it tells something else."""

    danger: float
    cry: float
    crisis: float
    staff: float


@remembered
def triage(text: str) -> Triage:
    """How surely a text tells each of the four.

    >>> round(triage("de ketel is ontploft en er ligt iemand onder").danger)
    1
    """
    if not any(c.isalpha() for c in text):
        return Triage(0.0, 0.0, 0.0, 0.0)
    return Triage(*map(float, line().scores(embed_query(text))))


def examples() -> Examples:
    """The examples of each, and what is said with like words of something else; what is like a cry
    (:mod:`baken.match.distress`) counts as a need of owners does.
    """
    data, cries = own_yaml(DATA), own_yaml(DATA.parent / "distress.yaml")
    told: dict[str, list[str]] = {name: data["told"][name] for name in Triage._fields}
    like = [*cries["other"], *cries["maybe"]]
    return Examples.of(told, data["else"], data["unclear"], like)


@cache
def line() -> Line:
    """What was learned from the examples."""
    return Line.of(examples())
