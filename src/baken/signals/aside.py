"""What was set aside or noted, in the language of the page.

Readers say why in English, and stores keep that. Here a sentence is known again by its pattern in
``data/aside.yaml``: that gives its code, and the same in Dutch and French.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml
from baken.signals.series import Rejected

DATA = Path(__file__).parent / "data" / "aside.yaml"
EXPECTED = "; expected "
PLACE = re.compile(r"(line \d+|sheet [^:]{1,60}): (.+)", re.S)
PLACES = {"nl": {"line": "regel", "sheet": "blad"}, "fr": {"line": "ligne", "sheet": "feuille"}}
SAID = {"nl": "; verwacht: ", "fr": " ; attendu : "}
COLON = {"nl": ": ", "fr": " : "}
BOUND = re.compile(r" (?=[:;?!»])|(?<=«) ")
"""Where French has a space that doesn't break."""


@dataclass(frozen=True)
class Pattern:
    """A sentence with holes: its code, how it is known, how it is said."""

    code: str
    known: re.Pattern[str]
    nl: str
    fr: str


@lru_cache(maxsize=1)
def patterns() -> tuple[Pattern, ...]:
    """All sentences, those with most letters of their own first."""
    found = []
    for code, texts in own_yaml(DATA).items():
        pieces = re.split(r"\{(\w+)\}", texts["en"])
        known = "".join(
            f"(?P<{piece}>.*?)" if at % 2 else re.escape(piece) for at, piece in enumerate(pieces)
        )
        own = sum(len(p) for p in pieces[::2])
        found.append((own, Pattern(code, re.compile(known, re.S), texts["nl"], texts["fr"])))
    found.sort(key=lambda one: -one[0])
    return tuple(pattern for _, pattern in found)


@lru_cache(maxsize=10_000)
def _known(sentence: str) -> tuple[Pattern, dict[str, str]] | None:
    for pattern in patterns():
        if m := pattern.known.fullmatch(sentence):
            return pattern, m.groupdict()
    return None


def _parts(why: str) -> tuple[str, str, str]:
    """Where, what, and what was expected."""
    place, rest = (m[1], m[2]) if (m := PLACE.fullmatch(why)) else ("", why)
    if _known(rest):
        return place, rest, ""
    what, _, expected = rest.partition(EXPECTED)
    return place, what, expected


def code_of(why: str) -> str:
    """The code of a sentence; ``other`` for one that is not in the list.

    >>> code_of("'abc' in 'omzet' is no number"), code_of("line 3: a quote is not closed")
    ('no_number_in', 'quote_open')
    """
    found = _known(_parts(why)[1])
    return found[0].code if found else "other"


def in_language(why: str, lang: str) -> str:
    """A sentence in Dutch or French; in English where there is no other.

    >>> in_language("'abc' in 'omzet' is no number", "nl")
    "'abc' in 'omzet' is geen getal"
    """
    if lang not in SAID:
        return why
    place, what, expected = _parts(why)
    texts = [_said(what, lang)]
    if expected and _known(expected):
        texts.append(_said(expected, lang))
    said = SAID[lang].join(texts)
    if place:
        kind, _, name = place.partition(" ")
        said = f"{PLACES[lang][kind]} {name}{COLON[lang]}{said}"
    return BOUND.sub("\u00a0", said) if lang == "fr" else said


def _said(sentence: str, lang: str) -> str:
    found = _known(sentence)
    if found is None:
        return sentence
    pattern, values = found
    text = pattern.nl if lang == "nl" else pattern.fr
    return text.format(**values)


def as_json(aside: Rejected) -> dict[str, Any]:
    """Plain values; ``why`` is in English, ``code`` tells it to programs."""
    return {
        "file": aside.file,
        "line": aside.line,
        "why": aside.why,
        "code": code_of(aside.why),
    }
