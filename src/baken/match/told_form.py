"""The legal form that the owner plainly tells of the own firm."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml
from baken.match.clauses import clauses
from baken.match.dialect import plain

LEGAL_FORM = "legal_form"


def told_form(text: str) -> str | None:
    """The form as its choice of the fact; None where none is told, or more than one is named.

    >>> told_form("wij zijn een vzw en willen opleiding volgen"), told_form("mijn klant is een bv")
    ('vzw', None)
    """
    folded = plain(text)
    if sum(bool(named.search(folded)) for named in _named().values()) > 1:
        return None
    tells, never = _patterns()
    for clause in clauses(folded):
        if not never.search(clause):
            for form, pattern in tells.items():
                if pattern.search(clause):
                    return form
    return None


@cache
def _raw() -> dict[str, Any]:
    raw: dict[str, Any] = own_yaml(Path(__file__).parent / "data" / "told_form.yaml")
    return raw


@cache
def _named() -> Mapping[str, re.Pattern[str]]:
    """The words of each form, whoever has it."""
    forms = _raw()["forms"].items()
    return {form: re.compile(rf"\b{words}(?![-\w])") for form, words in forms}


@cache
def _patterns() -> tuple[Mapping[str, re.Pattern[str]], re.Pattern[str]]:
    raw = _raw()
    words = {name: part.format() for name, part in raw["words"].items()}
    tells = {
        form: re.compile("|".join(part.format(form=said, **words) for part in raw["tells"]))
        for form, said in raw["forms"].items()
    }
    return tells, re.compile("|".join(raw["never"]))
