"""The words of an owner that stand in a record and tell something of it."""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache
from pathlib import Path

from baken.kernel.cache import cached_json
from baken.landscape.catalogue import digest_of, load_catalogue
from baken.landscape.model import Offer
from baken.match import words
from baken.match.words import empty_words, stem, tokens

COMMON = 0.03
"""A word in this share of the records tells little of any one of them."""
COURSE = frozenset(
    """opleiding opleidingen bijleren bijscholing cursus cursussen personeel medewerkers ploeg
    training trainings course courses staff employees formation formations personnel""".split()
)
"""Words that stand in any course: they do not tell which one is meant."""


def shared_words(record: Offer, need: str) -> list[str]:
    """The owner's own words that stand in the record's keywords or names and tell something."""
    own = telling_stems(record)
    return list(dict.fromkeys(w for w in _telling(need) if stem(w) in own))[:4]


def said_stems(need: str) -> frozenset[str]:
    """The stems of the owner's words that may tell something of a record."""
    return frozenset(stem(w) for w in _telling(need))


def tells_a_course(said: frozenset[str]) -> bool:
    """Whether stems of an owner's words may tell which course is meant."""
    return bool(said - _course_stems())


@cache
def _course_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in COURSE)


def telling_stems(record: Offer) -> frozenset[str]:
    """The stems of a record's keywords and names that few others have."""
    return _own_stems(record) - common_stems()


def _telling(need: str) -> list[str]:
    return [w for w in tokens(need) if len(w) > 2 and w not in empty_words()]


def _own_stems(record: Offer) -> frozenset[str]:
    texts = (*record.keywords, record.names.nl or "", record.summary.nl)
    return frozenset().union(*map(_stems_of, texts))


@lru_cache(maxsize=50_000)
def _stems_of(text: str) -> frozenset[str]:
    """The stems of a text of the catalogue."""
    return frozenset(stem(w) for w in tokens(text))


@cache
def common_stems() -> frozenset[str]:
    """Stems of words that stand in many records; kept as long as the records and the ways of
    cutting a text into stems stay the same.
    """
    catalogue = load_catalogue()

    def counted() -> list[str]:
        count = Counter(s for r in catalogue.records for s in _own_stems(r))
        return sorted(s for s, n in count.items() if n > COMMON * len(catalogue.records))

    code = digest_of((path.name, path) for path in (Path(__file__), Path(words.__file__)))
    return frozenset(cached_json("common-stems", f"{catalogue.version}-{code}", counted))
