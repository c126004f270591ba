"""Which ceiling of small aid (de minimis) is the firm's own, by what it does."""

from __future__ import annotations

from datetime import date

from baken.facts.vocabulary import Fact
from baken.kernel.numbers import show_number
from baken.kernel.values import SetOf
from baken.law.deminimis import Regime, regime_of, regulation_on
from baken.match.firm import Firm
from baken.match.texts import pick, say

ROOM = "de_minimis_room_left"
OWN_CEILING = ("agriculture", "fishery")
"""Regimes whose ceiling is told in the question: it is lower than what the vocabulary tells."""


def regime_of_firm(firm: Firm) -> Regime | None:
    """The regime of the main activity, given or told in words; None where it isn't settled."""
    known = firm.values.get("nace_2025") or firm.trade
    codes = known.members[0] if isinstance(known, SetOf) and known.members else frozenset()
    return regime_of({str(code) for code in codes})


def question_text(fact: Fact, firm: Firm, as_of: date, lang: str) -> str:
    """The question of a fact; that for room under a ceiling names the firm's own."""
    regime = regime_of_firm(firm) if fact.id == ROOM else None
    law = regulation_on(regime, as_of) if regime in OWN_CEILING else None
    if regime is None or law is None:
        return pick(fact.question, lang)
    return say(f"question.room.{regime}", lang, ceiling=show_number(law.ceiling, lang))
