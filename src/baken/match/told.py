"""Facts that the owner tells in so many words: what was said is not asked again."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from baken.facts.state import Origin
from baken.kernel.files import own_yaml
from baken.kernel.values import SetOf, Value
from baken.match.clauses import clauses
from baken.match.dialect import plain
from baken.match.firm import Firm
from baken.match.others import own_words
from baken.match.unasked import tells_disaster
from baken.match.words import fold

DATA = Path(__file__).parent / "data"
EVENT = "event"


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


@dataclass(frozen=True)
class Happening:
    """What happened, with the words that tell it and those that a clause which tells it never has.

    ``value`` is one of the fact's choices, empty for a yes; ``disaster``: water, wind or hail must
    be told too; ``unsettles``: a fact that the firm's papers no longer settle then.
    """

    fact: str
    value: str
    words: re.Pattern[str]
    never: re.Pattern[str]
    disaster: bool
    unsettles: str = ""


@lru_cache(maxsize=1)
def tellings() -> tuple[Telling, ...]:
    """What words tell of a firm, as the data file states it."""
    raw: list[dict[str, Any]] = own_yaml(DATA / "told.yaml")
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


@lru_cache(maxsize=1)
def happenings() -> tuple[Happening, ...]:
    """What words tell of what happened, as the data file states it."""
    raw: dict[str, Any] = own_yaml(DATA / "told_happened.yaml")
    return tuple(
        Happening(
            row["fact"],
            row.get("value", ""),
            re.compile("|".join(row["patterns"])),
            re.compile("|".join(raw["never"][name] for name in row["never"])),
            bool(row.get("disaster")),
            row.get("unsettles", ""),
        )
        for row in raw["tells"]
    )


def told_in(need: str, needs: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The facts that a need tells, each with what it tells of it: nothing more than yes where that
    is empty.

    Args:
        needs: the codes that were understood, best first; of no need nothing is told.
    """
    folded = plain(need)
    found: dict[str, tuple[str, ...]] = {}
    for telling in tellings():
        text = own_words(folded) if telling.own else folded
        denied = telling.unless is not None and telling.unless.search(text)
        if telling.needs & set(needs[:2]) and telling.words.search(text) and not denied:
            found[telling.fact] = ()
    said = clauses(folded)
    for one in happenings() if needs else ():
        if any(_tells(one, clause) for clause in said):
            found[one.fact] = (*found.get(one.fact, ()), one.value) if one.value else ()
    return found


def _tells(one: Happening, clause: str) -> bool:
    told = one.words.search(clause) and not one.never.search(clause)
    return bool(told) and (not one.disaster or tells_disaster(clause))


def unsettled_in(need: str) -> frozenset[str]:
    """The facts that a firm's papers no longer settle, by what its owner tells.

    >>> sorted(unsettled_in("er loopt een gerechtelijke reorganisatie voor mijn bakkerij"))
    ['in_difficulty']
    >>> sorted(unsettled_in("een klant zit in WCO"))
    []
    """
    said = clauses(plain(need))
    shaking = (one for one in happenings() if one.unsettles)
    return frozenset(one.unsettles for one in shaking if any(_tells(one, c) for c in said))


def without_unsettled(firm: Firm, need: str) -> Firm:
    """The firm without what its papers say, where its owner's words unsettle that: what was only
    assumed from them is not known then. What was given holds, and so does what papers settle
    without an assumption.
    """
    unsettled = unsettled_in(need)
    if unsettled & firm.doubted.keys():
        return replace(firm, doubted={}, doubts=())  # proceedings run: the yes stands
    gone = unsettled & firm.assumed.keys()
    if not gone:
        return firm
    left = {name: value for name, value in firm.values.items() if name not in gone}
    assumed = {name: rests for name, rests in firm.assumed.items() if name not in gone}
    return replace(firm, values=left, assumed=assumed)


def with_told(
    firm: Firm, need: str, needs: Mapping[str, float], asked: Collection[str] = ()
) -> Firm:
    """The firm with what its owner's words tell; a fact that was given, or was asked and left
    open, holds.
    """
    told = told_in(need, list(needs))
    new = {f: v for f, v in told.items() if f not in firm.values and f not in asked}
    if not new:
        return firm
    if EVENT in new and "financial_trouble" in told:
        new[EVENT] = (*new[EVENT], "economic_difficulty")
    origin = Origin("given", "in the words of the need")
    # what somebody tells of what happened denies nothing else
    values: dict[str, Value] = {f: SetOf.of(*v, more=True) if v else True for f, v in new.items()}
    if "insolvency" in new:
        firm = replace(firm, doubted={}, doubts=())
    return replace(
        firm,
        values={**firm.values, **values},
        origins={**firm.origins, **dict.fromkeys(new, origin)},
        heard={**firm.heard, **new},
    )
