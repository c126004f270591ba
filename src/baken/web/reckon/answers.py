"""The law room's readers and answers by tool, and what it says of fields in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from baken.kernel.documents import Document
from baken.kernel.files import own_yaml
from baken.landscape.catalogue import load_catalogue
from baken.landscape.research import asking_for
from baken.law import aid, alarm_bell, delineation, deminimis, difficulty, size
from baken.web.reckon.model import HERE

Read = Callable[[Any, Document | None], Any]
Answer = Callable[[Any], Any]
LAW: Mapping[str, tuple[Read, Answer]] = {
    "size": (size.read_size, size.size_of),
    "difficulty": (difficulty.read_difficulty, difficulty.difficulty_of),
    "alarm_bell": (alarm_bell.read_bell, alarm_bell.alarm_bell),
    "de_minimis": (deminimis.read_de_minimis, deminimis.room_of),
    "aid": (aid.read_aid, aid.aid_of),
    "delineate": (delineation.read_delineate, delineation.delineate),
}


def ask(tool: str, raw: Any, document: Document | None = None) -> tuple[Any, Any]:
    """What was asked, read; and the law room's answer.

    Raises:
        baken.kernel.errors.BakenError: for what can't be used.
    """
    read, answer = LAW[tool]
    given = read(raw, document)
    found = answer(given)
    if tool == "delineate":
        found.asked_by = list(_asked_by(found.gber))
    return given, found


@lru_cache(maxsize=16)
def _asked_by(gber: str | None) -> tuple[str, ...]:
    """The measures of the catalogue that ask for a class of research or innovation."""
    return tuple(asking_for(load_catalogue(), gber))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Mapping[str, str]], ...]:
    return tuple((re.compile(row["match"]), row) for row in own_yaml(HERE / "words.yaml"))


def in_words(name: str, lang: str) -> str:
    """What the law room calls a field or an assumption, for people; itself when it has no words.

    >>> in_words("in_difficulty: no", "nl")
    'De onderneming is niet in moeilijkheden.'
    """
    for pattern, says in _patterns():
        found = pattern.fullmatch(name)
        if found:
            return says[lang].format(**found.groupdict())
    return name


def each_once(names: Iterable[str], lang: str) -> list[str]:
    """Names in words, each once."""
    return list(dict.fromkeys(in_words(n, lang) for n in names))
