"""Words as the search sees them: lower case, no accents, stems, parts of compounds.

Dutch glues words together (*energiefactuur*), owners make typing errors, and French and
English needs come in too. Stemming is Snowball's (snowballstemmer); a compound is split
where both parts are words that the catalogue itself uses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path
from threading import Lock

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

WORD = re.compile(r"[a-z0-9]+")
LINKS = ("", "s", "e", "en", "n", "er")
MIN_PART = 4

STOP = frozenset(
    """de het een en of in op te van voor met is zijn was wordt worden ik wij we mijn onze ons je
    jij jouw u uw ze zij hij er dat die dit deze als om aan bij naar uit over door maar ook niet
    geen wel nog al kan kunnen moet moeten mag zal zou wil willen heb hebben heeft had hoe wat
    wie waar wanneer waarom dan nu heel veel meer weer zo tot per hun haar men iets iemand alles
    elke elk tegen ben bent hem hen zich jou jullie omdat zodat terwijl toch sinds tijdens tussen
    wegens via welk welke waarin waarmee waarop waarvoor daarvoor jezelf zichzelf elkaar misschien
    graag hulp zoek zoeken zaak bedrijf onderneming ondernemer firma
    the a an and or of to in on for with is are was be we i my our it that this as at by from but
    not no can do does have has had how what who where when why more very some any need help want
    le la les un une des et ou de du au aux dans sur pour avec est sont je nous mon ma mes notre nos
    il elle on ce cette que qui ne pas plus tres comment quoi""".split()
)


def fold(text: str) -> str:
    """Lower case without accents: ``Café`` and ``cafe`` are one word."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def tokens(text: str) -> list[str]:
    """The words of a text, folded, without those that say nothing."""
    return [w for w in WORD.findall(fold(text)) if w not in STOP and len(w) > 1]


@lru_cache(maxsize=1)
def empty_words() -> frozenset[str]:
    """Words that help a search but are no reason by themselves: what is done, how much, when."""
    path = Path(__file__).parent / "data" / "empty_words.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.split())


@lru_cache(maxsize=50_000)
def stem(word: str, lang: str = "nl") -> str:
    """Snowball's stem of a folded word. A stemmer works in itself: one word at a time."""
    with _STEMMING:
        return str(_stemmer(lang).stemWord(word))


_STEMMING = Lock()


@lru_cache(maxsize=3)
def _stemmer(lang: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer({"nl": "dutch", "en": "english", "fr": "french"}[lang])


def split(word: str, known: Collection[str]) -> list[str]:
    """The two parts of a compound when both are known words; else nothing.

    >>> split("energiefactuur", {"energie", "factuur"})
    ['energie', 'factuur']
    >>> split("bedrijfsadvies", {"bedrijf", "advies"})
    ['bedrijf', 'advies']
    """
    best: list[str] = []
    for at in range(MIN_PART, len(word) - MIN_PART + 1):
        head, tail = word[:at], word[at:]
        if tail not in known:
            continue
        for link in LINKS:
            part = head.removesuffix(link) if link else head
            if len(part) >= MIN_PART and part in known and len(tail) > len(best[1] if best else ""):
                best = [part, tail]
    return best


def terms(text: str, known: Collection[str], lang: str = "nl") -> list[str]:
    """What is indexed for a text: stems of its words and of the parts of its compounds."""
    found: list[str] = []
    for word in tokens(text):
        found.append(stem(word, lang))
        found += [stem(p, lang) for p in split(word, known)]
    return found


def correct(word: str, known: list[str] | Iterable[str]) -> str | None:
    """The known word that a typing error most likely meant, or None.

    One error in words of five or six letters, two in longer ones (Damerau-Levenshtein,
    where two letters that changed places are one error).
    """
    if len(word) < 5 or word.isdigit():
        return None
    limit = 1 if len(word) <= 6 else 2
    hit = process.extractOne(word, known, scorer=DamerauLevenshtein.distance, score_cutoff=limit)
    return None if hit is None else str(hit[0])
