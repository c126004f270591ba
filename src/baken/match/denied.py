"""What a text denies (no debts, not hacked, nobody hurt), what is over or long ago, and what those
have for whom a firm works: that is not so of the firm now, whatever the words.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from baken.kernel.files import own_yaml

PARTS = ("over", "denied", "not_so", "others")
DATA = Path(__file__).parent / "data" / "denied.yaml"


def without_denied(folded: str) -> str:
    """A text without what it denies of trouble and of what happened.

    Args:
        folded: without capitals and accents.

    >>> without_denied("we hebben geen schulden, we zoeken een lasser")
    'we hebben  , we zoeken een lasser'
    >>> without_denied("ik kan mijn schulden niet betalen")
    'ik kan mijn schulden niet betalen'
    """
    return _patterns().sub(" ", folded)


def denies(folded: str) -> bool:
    """Whether a text denies something of the kind."""
    return _patterns().search(folded) is not None


@cache
def _patterns() -> re.Pattern[str]:
    found = own_yaml(DATA)
    words: dict[str, str] = found["words"]
    parts = [part.format(**words) for name in PARTS for part in found[name]]
    return re.compile("|".join(parts))
