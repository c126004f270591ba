"""The vocabulary as the rules' type checker wants it: what joins two rooms is done above them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from baken.facts.vocabulary import Fact, load_vocabulary
from baken.rules.types import FactType


def rule_type(fact: Fact) -> FactType:
    """One fact as a rule sees it."""
    closed = tuple(c.value for c in fact.choices) or None
    return FactType(fact.id, fact.kind, closed, fact.decimals)


@lru_cache(maxsize=1)
def rule_types() -> Mapping[str, FactType]:
    """Every fact of the vocabulary, as rules see it."""
    return {f.id: rule_type(f) for f in load_vocabulary().values()}
