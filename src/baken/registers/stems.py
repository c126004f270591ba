"""Stems of Dutch and French words, for the index that ships and for what people type."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

from baken.registers.text import words

_NL = (
    "de het een en of van in op aan bij met voor door tot uit te om over onder tegen zonder"
    " muv m u v neg n e g exclusief inclusief uitzondering dergelijke andere overige ander"
    " overig vervaardiging productie activiteiten diensten verband detailhandel groothandel"
    " winkels gespecialiseerde niet al dan hun hoofdzakelijk bestemd enz d s ik mijn wij ons"
    " onze heb hebben zaak bedrijf bedrijfje onderneming firma ben is zijn we die dat er ook"
    " klein kleine eigen gebied wat"
)
_FR = (
    "le la les l un une des de du d et ou en a au aux dans sur par pour avec sans sous entre"
    " autres autre n c ainsi que hors exception fabrication production activites services"
    " commerce detail gros magasin specialise non y compris notamment etc mon ma mes notre nous"
    " je suis entreprise societe petite petit s qu qui"
)
EMPTY = {"nl": frozenset(_NL.split()), "fr": frozenset(_FR.split())}
LANGUAGES = {"nl": "dutch", "fr": "french"}


@cache
def _stemmer(lang: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(LANGUAGES[lang])


@cache
def stem(word: str, lang: str) -> str:
    """The stem of one folded word. A stemmer works in itself: one word at a time."""
    with _STEMMING:
        return str(_stemmer(lang).stemWord(word))


_STEMMING = Lock()


def stems(text: str, lang: str) -> list[str]:
    """The stems of the words that carry meaning, each once, in order."""
    empty = EMPTY[lang]
    kept = (w for w in words(text) if w not in empty and len(w) > 1 and not w.isdigit())
    return list(dict.fromkeys(stem(w, lang) for w in kept))
