"""Spoken Dutch put into written Dutch, word by word, before a need is read for its meaning.

The model of sentence meanings was trained on written language; *ge vindt gene metser nimeer*
says little to it, *je vindt geen metser niet meer* a lot. In French and English only words of more
than one sense are put (*personne* is nobody where *ne* stands beside it, and no one to hire).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path

from baken.kernel.files import own_yaml
from baken.match.words import fold

_WORD = re.compile(r"['’]?\w+(?:['’]\w+)*")
_DUTCH = frozenset(
    "de het een en van voor met niet mijn onze ons ik wij we er die dat is zijn op te geen "
    "maar ook als om aan bij naar uit".split()
)
_OTHER = frozenset(
    "je ne pas le la les des du et est pour mon ma mes nous notre nos une un que qui sur dans avec "
    "the and our my we to of is are for not it this that how can do have i".split()
)
_Sense = tuple[re.Pattern[str], Callable[[], re.Pattern[str]], str]


@lru_cache(maxsize=1)
def dialect() -> Mapping[str, str]:
    """Spoken words with the written ones for them."""
    path = Path(__file__).parent / "data" / "dialect.yaml"
    found: dict[str, str] = own_yaml(path)
    return found


@lru_cache(maxsize=1)
def senses() -> tuple[tuple[str, str, str], ...]:
    """Spoken words with what each means where an expression is found beside it, in order."""
    path = Path(__file__).parent / "data" / "senses.yaml"
    found: dict[str, list[dict[str, str]]] = own_yaml(path)
    return tuple((word, s["put"], s["near"]) for word, each in found.items() for s in each)


def written(text: str) -> str:
    """``text`` with the spoken words of Flanders replaced by written ones, and words of more senses
    than one by what they mean.

    >>> written("ge vindt gene metser nimeer")
    'je vindt geen metser niet meer'
    >>> written("gin volk meer in de winkel"), written("kzoek volk")
    ('geen klanten meer in de winkel', 'ik zoek personeel')
    >>> written("je ne trouve pas de personnel")
    'je ne trouve pas de personnel'
    >>> written("personne ne vient"), written("je cherche une personne")
    ('aucun client ne vient', 'je cherche une personne')
    """
    table = dialect()
    words = [w.casefold().replace("’", "'") for w in _WORD.findall(text)]
    dutch = sum(w in _DUTCH or (w in table and w not in _OTHER) for w in words)
    if sum(w in _OTHER for w in words) > dutch:
        return _in_sense(text)

    def put(match: re.Match[str]) -> str:
        found = table.get(match.group().casefold().replace("’", "'"))
        return match.group() if found is None else found

    return _in_sense(" ".join(_WORD.sub(put, text).split()))


def plain(text: str) -> str:
    """The same as patterns read it: folded, with one sort of apostrophe.

    >>> plain("Ik vind gene métser, ’t is druk")
    'ik vind geen metser, het is druk'
    """
    return fold(written(text)).replace("’", "'")


def _in_sense(text: str) -> str:
    """A text with each word of more than one sense put as what stands beside it tells; one in which
    no such word stands is left as it is.
    """
    any_there, each = _senses_read()
    if not any_there.search(text):
        return text
    for there, near, meant in each:
        if there.search(text) and near().search(text):
            text = there.sub(meant, text)
    return text


@lru_cache(maxsize=1)
def _senses_read() -> tuple[re.Pattern[str], tuple[_Sense, ...]]:
    """What finds any word of more senses than one; and for each sense what finds its word, what
    finds the expression beside it, and what is put. An expression is read when its word first
    stands somewhere.
    """
    words = "|".join(dict.fromkeys(word for word, _, _ in senses()))

    def sense(word: str, meant: str, near: str) -> _Sense:
        return _read(rf"\b{word}\b"), lambda: _read(near), meant

    return _read(rf"\b(?:{words})\b"), tuple(sense(*each) for each in senses())


@cache
def _read(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
