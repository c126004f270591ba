"""What the pages say, per language: YAML files, read once.

A number stays on one line with its ``%``, and French signs with the word that they belong to.

>>> text("nl", "start.submit")
'Zoek hulp die past'
>>> plural("nl", "question.left", 3)
'Hoogstens nog 3 vragen, deze meegeteld.'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml

LANGS = ("nl", "en", "fr")
DEFAULT = "nl"
HERE = Path(__file__).parent
BEFORE_A_NAME = re.compile(r"\b([Qq]u|[Dd])e (?=\{(\w+)\})")
VOWELS = frozenset("aeiouàâéèêëîïôûAEIOUÀÂÉÈÊËÎÏÔÛ")
FILES = (
    "{lang}.yaml",
    "stories_{lang}.yaml",
    "journey_{lang}.yaml",
    "map_{lang}.yaml",
    "reckon_{lang}.yaml",
    "signalen_{lang}.yaml",
    "letters_{lang}.yaml",
    "handover_{lang}.yaml",
    "scan_{lang}.yaml",
    "desk_{lang}.yaml",
    "send_{lang}.yaml",
    "data_{lang}.yaml",
    "gaps_{lang}.yaml",
    "books_{lang}.yaml",
    "together_{lang}.yaml",
)


@cache
def catalogue(lang: str) -> dict[str, Any]:
    """The texts of one language, keys joined with a dot; lists stay lists."""
    found: dict[str, Any] = {}
    for name in FILES:
        raw = own_yaml(HERE / name.format(lang=lang))
        found |= dict(_flat(_kept_together(lang, raw)))
    return found


@cache
def page(lang: str, name: str) -> dict[str, Any]:
    """One of the longer pages: ``title``, ``lead`` and ``sections`` of ``h``, ``p``, ``ul``."""
    raw = own_yaml(HERE / f"pages_{lang}.yaml")
    found: dict[str, Any] = _kept_together(lang, raw[name])
    return found


def text(lang: str, key: str, **values: object) -> str:
    """The text of ``key``, with ``{names}`` filled in. An unknown key is a KeyError."""
    found = str(catalogue(lang)[key])
    if not values:
        return found
    return (elided(found, values) if lang == "fr" else found).format(**values)


def elided(says: str, values: Mapping[str, object]) -> str:
    """A French text whose "que" and "de" lose their e before what begins with a vowel.

    >>> elided("ce que {to} propose", {"to": "Innoviris"}), elided("que {to}", {"to": "Forem"})
    ("ce qu'{to} propose", 'que {to}')
    """

    def word(found: re.Match[str]) -> str:
        first = str(values.get(found[2], ""))[:1]
        return f"{found[1]}'" if first and first in VOWELS else found[0]

    return BEFORE_A_NAME.sub(word, says)


def items(lang: str, key: str) -> list[Any]:
    """The list of ``key``."""
    found: list[Any] = catalogue(lang)[key]
    return found


def plural(lang: str, key: str, count: int) -> str:
    """``key.one`` or ``key.other``. French counts nought as one."""
    one = count == 1 or (lang == "fr" and count == 0)
    return text(lang, f"{key}.{'one' if one else 'other'}", count=count)


def known(lang: str, key: str) -> bool:
    """Whether ``key`` has a text."""
    return key in catalogue(lang)


def together(lang: str, says: str) -> str:
    """A text with spaces that no line ends at, where a line should not.

    >>> together("fr", "Ça va ?"), together("nl", "5 % meer")
    ('Ça va\\xa0?', '5\\xa0% meer')
    """
    says = re.sub(r"(?<=[\d}]) %", "\u00a0%", says)
    if lang != "fr":
        return says
    return re.sub(r" (?=[:;?!»])|(?<=«) ", "\u00a0", says)


def _kept_together(lang: str, raw: Any) -> Any:
    if isinstance(raw, dict):
        return {key: _kept_together(lang, value) for key, value in raw.items()}
    if isinstance(raw, list):
        return [_kept_together(lang, value) for value in raw]
    return together(lang, raw) if isinstance(raw, str) else raw


def _flat(raw: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in raw.items():
        if isinstance(value, dict):
            found += _flat(value, f"{prefix}{key}.")
        else:
            found.append((f"{prefix}{key}", value))
    return found
