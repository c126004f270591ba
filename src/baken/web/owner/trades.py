"""What the firm does, to tap, where neither the words nor the register tell it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml
from baken.web.owner.asking import Asked

KNOWN_BY = frozenset({"sector", "nace", "activities"})


def trades_to_tap(asked: Asked, answer: Mapping[str, Any]) -> tuple[str, ...]:
    """Trades as words of the reader's language; none where the trade is known, was heard in the
    need, or was taken away, and none beside a cry for help or what is no need.
    """
    known = KNOWN_BY & asked.all_facts.keys() or answer.get("heard_trade") or asked.no_trade
    if known or answer.get("urgent") or answer.get("no_need"):
        return ()
    return tuple(_trades()[asked.lang])


@lru_cache(maxsize=1)
def _trades() -> Mapping[str, list[str]]:
    found: Mapping[str, list[str]] = own_yaml(Path(__file__).parent / "data" / "trades.yaml")
    return found
