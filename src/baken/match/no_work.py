"""Who has no work, or too little, for the staff, or must dismiss somebody: that is the contrary of
seeking people.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from baken.kernel.files import own_yaml
from baken.landscape.catalogue import Key, key_of
from baken.match.others import BRIEF
from baken.match.words import fold

DATA = Path(__file__).parent / "data"
CREW = ("staff", "trades", "not_staff", "own", "count")


def tells_no_work(text: str) -> bool:
    """Whether a text is about staff for whom there is no work, or too little.

    >>> tells_no_work("mijn ploeg zit zonder werk"), tells_no_work("ik vind geen ploeg")
    (True, False)
    """
    return _told()[0].search(brief(text)) is not None


def tells_dismissal(text: str) -> bool:
    """Whether somebody of the staff is to be dismissed.

    >>> tells_dismissal("ik moet twee mensen ontslaan"), tells_dismissal("ik wil niemand ontslaan")
    (True, False)
    """
    told, unless = _dismissed()
    said = brief(text)
    return told.search(said) is not None and not unless.search(said)


def tells_of_staff(text: str) -> bool:
    """Whether something goes on with somebody of the staff that there is, and nobody is sought: a
    threat, a theft, harassment, a pregnancy, a quarrel.

    >>> tells_of_staff("een klant bedreigt mijn personeel"), tells_of_staff("ik zoek personeel")
    (True, False)
    """
    told, sought = _goes_on()
    said = brief(text)
    return told.search(said) is not None and not sought.search(said)


def trains_own(text: str) -> bool:
    """Whether the staff that there is, is to learn something, and nobody is sought.

    >>> trains_own("je dois former mon personnel"), trains_own("ik zoek opgeleid personeel")
    (True, False)
    """
    told, sought, _ = _trains_own()
    said = brief(text)
    return told.search(said) is not None and not sought.search(said)


def brief(text: str) -> str:
    """A text as patterns read it, without signs; nothing of a long one."""
    folded = re.sub(r"[^\w']+", " ", fold(text).replace("’", "'")).strip()
    return folded if len(folded.split()) <= BRIEF else ""


def helps_without_work(text: str) -> frozenset[Key]:
    """What an adviser names first to who has no work for the staff, by type and id; empty for all
    others.
    """
    return _told()[1] if tells_no_work(text) else frozenset()


def helps_to_train(text: str) -> frozenset[Key]:
    """What an adviser names first to who trains the staff that there is, in each region; empty for
    all others.
    """
    return _trains_own()[2] if trains_own(text) else frozenset()


@cache
def _dismissed() -> tuple[re.Pattern[str], re.Pattern[str]]:
    found: dict[str, list[str]] = own_yaml(DATA / "no_work.yaml")
    return re.compile("|".join(found["dismissed"])), re.compile("|".join(found["kept"]))


@cache
def _told() -> tuple[re.Pattern[str], frozenset[Key]]:
    found: dict[str, list[str]] = own_yaml(DATA / "no_work.yaml")
    return _with_crew(found, "told"), frozenset(map(key_of, found["helps"]))


@cache
def _goes_on() -> tuple[re.Pattern[str], re.Pattern[str]]:
    found: dict[str, list[str]] = own_yaml(DATA / "no_work.yaml")
    return _with_crew(found, "goes_on"), re.compile(found["kept"][1])


@cache
def _trains_own() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[Key]]:
    found: dict[str, list[str]] = own_yaml(DATA / "no_work.yaml")
    helps = frozenset(map(key_of, found["trains_with"]))
    return _with_crew(found, "trains_own"), re.compile(found["kept"][1]), helps


def _with_crew(found: dict[str, list[str]], name: str) -> re.Pattern[str]:
    words = {name: f"(?:{'|'.join(found[name])})" for name in CREW}
    crew = found["crew"][0].format(**words)
    return re.compile("|".join(part.format(crew=crew) for part in found[name]))
