"""Who does not pay: a firm that can't pay its suppliers disagrees with nobody yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from baken.kernel.files import own_yaml
from baken.match.words import fold

DATA = Path(__file__).parent / "data"


def without_own_arrears(text: str) -> str:
    """A text, folded, without its words of paying where the firm itself is who can't pay; who
    refuses to, and whoever else does not pay, stay.

    >>> without_own_arrears("ik kan mijn leveranciers niet betalen, mijn verzekeraar weigert")
    'ik kan mijn leveranciers niet , mijn verzekeraar weigert'
    """
    told = _patterns()
    clauses = told["between"].split(fold(text).replace("’", "'"))
    return "".join(told["paying"].sub("", c) if _is_own(c) else c for c in clauses)


def _is_own(clause: str) -> bool:
    """Whether it is the firm that can't pay in a clause."""
    told = _patterns()
    if told["refuses"].search(clause) or not told["paying"].search(clause):
        return False
    speaks = told["speaks"].search(clause) and told["cannot"].search(clause)
    return bool(speaks or (told["to_others"].search(clause) and not told["owes"].search(clause)))


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    found: dict[str, list[str]] = own_yaml(DATA / "own_arrears.yaml")
    told = {name: re.compile("|".join(parts)) for name, parts in found.items()}
    return {**told, "between": re.compile(f"({told['between'].pattern})")}
