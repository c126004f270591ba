"""Whether there may be danger for people now: then whom to call goes before all offers.

Heard by meaning (:mod:`baken.match.triage`), and by words where the meaning does not say the
contrary. It takes nothing for granted: it asks, so it may ask once too often.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from baken.kernel.files import own_yaml
from baken.match.dialect import plain
from baken.match.texts import say
from baken.match.triage import triage

HEARD, NOT_CONTRARY = 0.38, 0.15
"""From which score it is heard, and from which its words are enough. Of the examples, scored
without the tenth that they stand in, 80 % reach the first, of what is said with like words 1 %, of
the needs of owners 1 %; and none of the examples that have the words stays below the second.
"""
DATA = Path(__file__).parent / "data" / "danger.yaml"


def danger(text: str, lang: str) -> str | None:
    """What must be read first where a text tells of danger: a fire, gas, a weapon, a threat.

    >>> danger("gaslek in mijn keuken", "en")
    'Is somebody in danger now? Call 112.'
    >>> danger("ik wil een cursus over gaslekken", "nl")
    """
    return say("notice.danger", lang) if tells_danger(text) else None


def tells_danger(text: str) -> bool:
    """Whether it tells of it, and not of an insurance, a training or a time long ago."""
    if _meant(text) < HEARD:
        return says_danger(text)
    return not _words().past.search(plain(text))


def says_danger(text: str) -> bool:
    """Whether words of it stand in a text, and its meaning does not say the contrary."""
    words, said = _words(), plain(text)
    if words.told.search(said) is None or words.unless.search(said) or words.past.search(said):
        return False
    if words.surely.search(said):
        return True
    return _meant(text) >= NOT_CONTRARY


def _meant(text: str) -> float:
    """How far the meaning of a text is danger, with or without what only asks for help."""
    return max(triage(part).danger for part in {text, _words().asks.sub(" ", text)})


@dataclass(frozen=True)
class _Words:
    """What tells of danger, and ``surely``; what says the contrary; what is long ago; and what only
    asks for help, which says nothing of what happened."""

    told: re.Pattern[str]
    surely: re.Pattern[str]
    unless: re.Pattern[str]
    past: re.Pattern[str]
    asks: re.Pattern[str]


@cache
def _words() -> _Words:
    found = own_yaml(DATA)
    told, surely = "|".join([*found["told"], *found["surely"]]), "|".join(found["surely"])
    unless, past = re.compile(found["unless"]), re.compile(found["past"])
    asks = re.compile(found["asks"], re.IGNORECASE)
    return _Words(re.compile(told), re.compile(surely), unless, past, asks)
