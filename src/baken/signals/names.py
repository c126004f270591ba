"""What series are called in Dutch, English and French."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from baken.kernel.files import own_yaml
from baken.signals.kinds import DATA, LANGS, Texts
from baken.signals.ledger.names import ABOUT, alias_words
from baken.signals.series import Series

WORDS: Mapping[str, Texts] = {
    "klant": {"en": "customer", "fr": "client"},
    "leverancier": {"en": "supplier", "fr": "fournisseur"},
    "artikel": {"en": "article", "fr": "article"},
    "(rekening ": {"en": "(account ", "fr": "(compte "},
}
"""What stands in a name that readers make, beside what it is of."""


@lru_cache(maxsize=1)
def _ours() -> Mapping[str, Texts]:
    """By the first part of the id, what bank statements, VAT returns, trial balances and annual
    accounts give."""
    found: Mapping[str, Texts] = own_yaml(DATA / "names.yaml")
    return found


def names(series: Series) -> Texts:
    """What a series is called in each language; one that people named keeps its name.

    >>> names(Series("cash.0034.eur", (), (), name="Geld op de rekening"))["fr"]
    'Geld op de rekening'
    """
    name = series.name or series.id
    head, _, rest = series.id.partition(".")
    about = ABOUT.get(series.id) or (ABOUT.get(f"{head}.*") if rest else ABOUT.get(head))
    if about is not None and rest and series.id not in ABOUT:
        if series.name not in ("", about.nl.format(alias_words(rest))):
            return dict.fromkeys(LANGS, name)
        told = {"nl": about.nl, "en": about.en, "fr": about.fr}
        return {k: v.format(_in(alias_words(rest), k)) for k, v in told.items()}
    known: list[Texts] = [] if about is None else [{"nl": about.nl, "en": about.en, "fr": about.fr}]
    known += [_ours()[head]] if head in _ours() else []
    for texts in known:
        more = name.removeprefix(texts["nl"])
        if not series.name:
            return texts
        if name.startswith(texts["nl"]) and (not more or more.startswith(" (")):
            return {lang: texts[lang] + _in(more, lang) for lang in LANGS}
    return dict.fromkeys(LANGS, name)


def _in(made: str, lang: str) -> str:
    """A part of a name that a reader made, in another language."""
    for word, others in WORDS.items():
        made = made.replace(word, others.get(lang, word))
    return made
