"""Legal forms: the codes of the KBO and what people write, to the choices of the product.

Choices: bv, nv, cv, vof, commv, maatschap, vzw, sole_trader, public_body, other. A form that
the Code of companies and associations of 2019 renamed or abolished leads to its heir, with a
note. Sources: ``data/legal_forms.csv``, ``data/hand/legal_form_*.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from baken.kernel.errors import BakenError
from baken.registers.text import distance_allowed, fold, near, rows

CHOICES = (
    "bv",
    "nv",
    "cv",
    "vof",
    "commv",
    "maatschap",
    "vzw",
    "sole_trader",
    "public_body",
    "other",
)
_PERSON: dict[str, bool | None] = {
    "bv": True,
    "nv": True,
    "cv": True,
    "vof": True,
    "commv": True,
    "vzw": True,
    "public_body": True,
    "maatschap": False,
    "sole_trader": False,
    "other": None,
}


@dataclass(frozen=True, slots=True)
class LegalForm:
    """A choice, the KBO code and label where known, and a note (Dutch) where one is due."""

    choice: str
    code: str | None = None
    label: str = ""
    note: str = ""


@cache
def _codes() -> dict[str, LegalForm]:
    choice = dict(rows("hand/legal_form_codes.csv"))
    return {code: LegalForm(choice[code], code, nl) for code, nl, *_ in rows("legal_forms.csv")}


@cache
def _words() -> dict[str, LegalForm]:
    out = {}
    for code, nl, fr, de, en in rows("legal_forms.csv"):
        for text in (en, de, fr, nl):
            out[fold(text)] = _codes()[code]
    for word, choice, note in rows("hand/legal_form_words.csv"):
        out[fold(word)] = LegalForm(choice, None, word, note)
    return out


def find(text: str, path: str = "legal_form") -> LegalForm:
    """The form that a KBO code ("015") or a spelling ("B.V.B.A.", "srl") stands for.

    Case, points and accents are of no matter; long names may hold a typing error.
    :class:`BakenError` with near names for anything else.
    """
    raw = str(text).strip()
    if raw.isdigit() and len(raw) <= 3 and raw.zfill(3) in _codes():
        return _codes()[raw.zfill(3)]
    known = _words()
    folded = fold(raw)
    joined = folded.replace(" ", "")
    for spelling in (folded, joined):
        if spelling in known:
            return known[spelling]
    close = near(folded, known, 3)
    if close and len(folded) > 7:
        from rapidfuzz.distance import OSA

        if OSA.distance(folded, close[0]) <= distance_allowed(folded):
            return known[close[0]]
    names = list(dict.fromkeys(known[c].choice for c in close)) or list(CHOICES)
    raise BakenError(path, f"{text} is no legal form", "one of " + ", ".join(CHOICES), names)


def normalise(text: str, path: str = "legal_form") -> str:
    """The choice alone.

    >>> normalise("B.V.B.A."), normalise("Eenmanszaak"), normalise("SRL")
    ('bv', 'sole_trader', 'bv')
    """
    return find(text, path).choice


def legal_personality(choice: str) -> bool | None:
    """Whether a form is a legal person; None for ``other`` (it depends)."""
    return _PERSON[choice]
