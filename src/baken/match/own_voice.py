"""A firm that is named by its trade speaks of itself: *mijn restaurant kan de huur niet betalen*
says what *ik kan de huur niet betalen* says, and *mijn huurder kan de huur niet betalen* does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class _Tongue:
    """How a firm and its verb stand in one language, and who and what is put for them."""

    firm: re.Pattern[str]
    i: str
    verbs: Mapping[str, str]
    its: re.Pattern[str]
    my: Mapping[str, str]


def in_own_voice(folded: str) -> str:
    """A folded text in which a firm that can't pay, owes or is in debt is its owner.

    Somebody else who is named the same way (my tenant, my brother) is left as said.

    >>> in_own_voice("ons cafe kan zijn leveranciers niet betalen")
    'ik kan mijn leveranciers niet betalen'
    >>> in_own_voice("mon garage ne peut plus payer l'onss")
    "je ne peux plus payer l'onss"
    >>> in_own_voice("mijn huurder kan de huur niet betalen")
    'mijn huurder kan de huur niet betalen'
    """
    for tongue in _tongues():
        folded = tongue.firm.sub(partial(_as_owner, tongue), folded)
    return folded


def _as_owner(tongue: _Tongue, found: re.Match[str]) -> str:
    verb, rest = tongue.verbs[found["verb"]], found["rest"]
    own = tongue.its.sub(lambda its: tongue.my[its[0]], rest)
    return f"{tongue.i}{found['no'] or ''}{verb}{own}"


@cache
def _tongues() -> tuple[_Tongue, ...]:
    raw: dict[str, Any] = own_yaml(DATA / "own_voice.yaml")
    return tuple(
        _Tongue(
            re.compile(
                rf"\b(?:(?:{t['mine']})(?: (?:{t['between']}))? (?!(?:{t['others']})\b)[\w&-]+"
                rf"|(?:{t['the']}) (?:{t['firms']})) (?P<no>{t['not']})?"
                rf"(?P<verb>{'|'.join(t['verbs'])})\b(?P<rest>[^,.;:!?]*)"
            ),
            t["i"],
            t["verbs"],
            re.compile(rf"\b(?:{'|'.join(t['my'])})\b"),
            t["my"],
        )
        for t in raw.values()
    )
