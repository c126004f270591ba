"""A code of six Dutch words: made at random, and read again with typing errors.

The list has 1,024 words of which no two begin with the same four letters and no two are one typing
error apart (``tools/code_words.py``); six of them, none twice running, are one of nearly 2**60
codes.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import product
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

WORDS = 6
START = 4
MOST_READINGS = 32
"""A word with an error may be one of a few; so many codes at most are tried for what was typed."""
MAX_TYPED = 200
LIST = Path(__file__).parent / "data" / "code_words.txt"


@cache
def words() -> tuple[str, ...]:
    """The list, in the order of the alphabet."""
    return tuple(LIST.read_text(encoding="ascii").split())


def make(seed: bytes = b"") -> str:
    """A new code: ``brood kasteel wolf ...``; the same for the same ``seed`` (of 32 bytes)."""
    drawn = int.from_bytes(seed or secrets.token_bytes(32), "big")
    drawn, last = divmod(drawn, len(words()))
    code = [last]
    while len(code) < WORDS:
        drawn, at = divmod(drawn, len(words()) - 1)
        last = at + (at >= last)  # any word but the last one: who writes it down skips none
        code.append(last)
    return " ".join(words()[at] for at in code)


def readings(typed: str) -> tuple[list[str], list[str]]:
    """The codes that may be meant, and the typed words that can be none of the list.

    Signs between words and capitals do not count. Of a word its first four letters are enough, or
    all of it with one letter wrong, missing, too many or swapped with the next.
    """
    plain = unicodedata.normalize("NFKD", typed[:MAX_TYPED]).encode("ascii", "ignore").decode()
    parts = re.findall(r"[a-z]+", plain.lower())
    meant = [_meant(part) for part in parts]
    unknown = [part for part, found in zip(parts, meant, strict=True) if not found]
    if len(parts) != WORDS or unknown:
        return [], unknown
    ranked = sorted(product(*(enumerate(found) for found in meant)), key=_unlikely)
    return [" ".join(word for _, word in code) for code in ranked[:MOST_READINGS]], []


def _unlikely(code: Sequence[tuple[int, str]]) -> int:
    """How far a reading is from the likeliest of each word."""
    return sum(at for at, _ in code)


@cache
def _starts() -> dict[str, str]:
    return {word[:START]: word for word in words()}


def _meant(part: str) -> list[str]:
    """The words of the list that a typed word may be, the likeliest first."""
    if part in words():
        return [part]
    near = process.extract(part, words(), scorer=OSA.distance, score_cutoff=1, limit=3)
    found = [word for word, _, _ in near]
    started = _starts().get(part[:START]) if len(part) >= START else None
    first = [started] if started else []
    return list(dict.fromkeys([*first, *found] if len(part) == START else [*found, *first]))
