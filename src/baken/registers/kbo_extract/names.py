"""Names of enterprises as words to look for: folded, without the words for a legal form."""

from __future__ import annotations

import re
import unicodedata

FORMS = frozenset(
    "bv bvba ebvba sbvba nv cv cvba cvoa cvso vof v commv commva gcv ges vzw ivzw esv ag "
    "sprl sprlu srl sa scrl scrlfs scri sc snc scs sca scomm senc asbl aisbl gie gmbh ltd "
    "stichting fondation".split()
)
"""Words that say what form a firm has; who looks for a firm often has another one in mind."""
_WORD = re.compile(r"[^\W_]+")
_POINTS = re.compile(r"(?<!\w)(?:\w\.)+\w?(?!\w)")
_UNSEEN = re.compile(
    r"[\s\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+"
)
MAX_WORDS = 40


def shown(text: str) -> str:
    """A name as a page may show it: without control signs and signs that turn the direction.

    >>> shown("Bakkerij\\t Jan\\u202e ")
    'Bakkerij Jan'
    """
    return _UNSEEN.sub(" ", text).strip()


def tokens(text: str) -> list[str]:
    """The words of a name, folded; letters with points between them are one word.

    Words for a legal form fall away, unless nothing else is there.

    >>> tokens("B.V.B.A. 't Gouden Bróódje, NV"), tokens("N.V.")
    (['t', 'gouden', 'broodje'], ['nv'])
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("Ł", "L").replace("ł", "l"))
        text = "".join(c for c in text if not unicodedata.combining(c))
    text = _POINTS.sub(lambda found: found[0].replace(".", ""), text.lower())
    out = [word[:40] for word in _WORD.findall(text.replace("&", " en "))]
    kept = [w for w in out if w not in FORMS]
    return (kept or out)[:MAX_WORDS]


def whole(words: list[str]) -> str:
    """The name as one word, so that *De Smet* and *Desmet* are found alike.

    >>> whole(["de", "smet"])
    'desmet'
    """
    return "".join(words)[:80]
