"""Who gives an offer, as its record tells it in Dutch, for readers of another language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from baken.kernel.files import own_yaml

_BESIDE = re.compile(r"\s*[(,;]")
_NO_NAME = re.compile(r"(?i:de|het|een|je|erkende|private|paritaire|andere) ")
"""Words with which what is told begins where it is no name."""
_LAWS = frozenset({"Belgische wet"})
"""What stands in the place of a giver where an owner applies the law without asking anybody."""


def bare_name(told: str) -> str:
    """The name without what stands beside it; empty where it is described, not named.

    >>> bare_name("Fluvius (netbeheerder), met het Vlaams Energie- en Klimaatagentschap")
    'Fluvius'
    >>> bare_name("een erkend ondernemingsloket en je gemeente")
    ''
    """
    return "" if _NO_NAME.match(told) else head(told)


def by_law(told: str) -> bool:
    """Whether nobody gives it: it follows from the law, and there is no one to ask.

    >>> by_law("Belgische wet (je past ze zelf toe op je factuur)"), by_law("VLAIO")
    (True, False)
    """
    return head(told) in _LAWS


def head(told: str) -> str:
    """What is told, without what stands beside it."""
    return _BESIDE.split(told, maxsplit=1)[0]


def name_in(told: str, lang: str) -> str:
    """The bare name in a language, where the body has one in it; else as it is told.

    >>> name_in("Waals Gewest (SPW Economie)", "fr"), name_in("VLAIO", "fr")
    ('la Région wallonne', 'VLAIO')
    >>> name_in("je ziekenfonds (RIZIV)", "en")
    'your health insurance fund'
    >>> name_in("een gerechtsdeurwaarder, via een advocaat", "fr")
    'un huissier de justice'
    """
    of_head = _names().get(head(told), {}).get(lang)
    return of_head or head(_whole().get(told, {}).get(lang, "")) or bare_name(told)


def whole_in(told: str, lang: str) -> str:
    """All that is told, in a language; empty where it is the same in all of them.

    >>> whole_in("je ziekenfonds (RIZIV)", "en"), whole_in("Stad Gent", "fr")
    ('your health insurance fund (NIHDI)', 'la ville de Gand')
    """
    return _whole().get(told, {}).get(lang) or _names().get(told, {}).get(lang, "")


def with_article(name: str, lang: str) -> str:
    """An organisation as it stands in a sentence ("an accountant"); empty where its name does.

    >>> with_article("Gecertificeerd accountant (boekhouder)", "fr"), with_article("VLAIO", "nl")
    ('un expert-comptable certifié', '')
    """
    return _names().get(bare_name(name), {}).get(lang, "")


@lru_cache(maxsize=1)
def _names() -> Mapping[str, Mapping[str, str]]:
    """``names[Dutch name][language]``."""
    return _read("givers.yaml")


@lru_cache(maxsize=1)
def _whole() -> Mapping[str, Mapping[str, str]]:
    """``whole[what is told in Dutch][language]``, of what is more than a name."""
    return _read("givers_whole.yaml")


def _read(name: str) -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = own_yaml(Path(__file__).parent / "data" / name)
    return found
