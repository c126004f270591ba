"""Whether there may be danger for people now: then whom to call goes before all offers."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from baken.kernel.files import own_yaml
from baken.match.dialect import plain
from baken.match.texts import say

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
    told, unless = _words()
    said = plain(text)
    return told.search(said) is not None and not unless.search(said)


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    found = own_yaml(DATA)
    return re.compile("|".join(found["told"])), re.compile(found["unless"])
