"""Facts that the owner tells in so many words: what was said is not asked again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from baken.facts.state import Origin
from baken.kernel.files import own_yaml
from baken.match.dialect import written
from baken.match.firm import Firm
from baken.match.route import own_words
from baken.match.words import fold


@dataclass(frozen=True)
class Telling:
    """One yes-or-no fact, with the words that tell it.

    ``needs``: one of them must be among the first two; ``own``: what is said of others who can't
    pay does not count.
    """

    fact: str
    needs: frozenset[str]
    words: re.Pattern[str]
    unless: re.Pattern[str] | None
    own: bool


@lru_cache(maxsize=1)
def tellings() -> tuple[Telling, ...]:
    """What words tell of a firm, as the data file states it."""
    raw: list[dict[str, Any]] = own_yaml(Path(__file__).parent / "data" / "told.yaml")
    return tuple(
        Telling(
            row["fact"],
            frozenset(row["needs"]),
            _any_of(row["words"], "", row.get("patterns", ())),
            _any_of(row["unless"], r"\b") if row.get("unless") else None,
            bool(row.get("own")),
        )
        for row in raw
    )


def _any_of(words: Sequence[str], end: str, patterns: Sequence[str] = ()) -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join([*(re.escape(fold(w)) for w in words), *patterns])}){end}")


def told_in(need: str, needs: Sequence[str]) -> list[str]:
    """The facts that a need tells to be so.

    Args:
        needs: the codes that were understood, best first.
    """
    folded = fold(written(need)).replace("’", "'")
    found = []
    for telling in tellings():
        text = own_words(folded) if telling.own else folded
        denied = telling.unless is not None and telling.unless.search(text)
        if telling.needs & set(needs[:2]) and telling.words.search(text) and not denied:
            found.append(telling.fact)
    return found


def with_told(firm: Firm, need: str, needs: Mapping[str, float]) -> Firm:
    """The firm with what its owner's words tell; a fact that was given holds."""
    new = [f for f in told_in(need, list(needs)) if f not in firm.values]
    if not new:
        return firm
    origin = Origin("given", "in the words of the need")
    return replace(
        firm,
        values={**firm.values, **dict.fromkeys(new, True)},
        origins={**firm.origins, **dict.fromkeys(new, origin)},
        heard=tuple(new),
    )
