"""How the registers read and compare what people type: folding, near names, data files."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
_WORD = re.compile(r"[a-z0-9]+")


@cache
def fold(text: str) -> str:
    """Lower case, without accents, signs between words as one space.

    >>> fold("'s-Gravenbrakel / Braine-le-Comte")
    's gravenbrakel braine le comte'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return " ".join(_WORD.findall(plain.lower()))


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return fold(text).split()


def rows(name: str) -> list[list[str]]:
    """The rows of a CSV file in ``data/``, without its header line."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        return list(reader)


def distance_allowed(word: str) -> int:
    """How many letters may differ before a typing error becomes another word."""
    if len(word) < 5:
        return 0
    return 1 if len(word) < 9 else 2


def near(text: str, names: Iterable[str], limit: int = 5, least: float = 72.0) -> list[str]:
    """The names that look most like ``text`` (both folded), best first.

    ``least`` is the lowest likeness, 0 to 100. Names that share the first letters win ties,
    because people rarely mistype the beginning of a word.
    """
    from rapidfuzz import fuzz, process

    wanted = fold(text)
    if not wanted:
        return []
    found = process.extract(wanted, list(names), scorer=fuzz.ratio, limit=40, score_cutoff=least)
    ranked = sorted(found, key=lambda f: (-f[1] - 4 * (f[0][:2] == wanted[:2]), f[0]))
    return [name for name, _, _ in ranked[:limit]]
