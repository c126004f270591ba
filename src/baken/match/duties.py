"""What the law asks at once, within a term, of who tells that something happened: data that leaked,
a worker who was hurt, food that made somebody ill. It can't wait for the answer to anything else.

Words that surely tell so are known by pattern; what else may tell it, by meaning (``events.py``).
Where that is not sure, the answer asks whether it happened, and what the law asks then.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml
from baken.landscape.catalogue import Catalogue
from baken.landscape.model import Organisation
from baken.match.clauses import clauses
from baken.match.denied import denies
from baken.match.dialect import plain
from baken.match.events import event
from baken.match.model import Duty, SourceRef
from baken.match.others import own_words
from baken.match.remembered import remembered
from baken.match.route import DOORS, Chosen
from baken.match.texts import pick, say

DATA = Path(__file__).parent / "data" / "duties.yaml"
TROUBLE = "R1"
"""The route of a firm that can't go on: who helps there for free comes before what is reported."""
HURT, FOOD = "fedris", "favv"
"""Whose records tell what an employer does when somebody was hurt at work, and what is done about
food that is not safe, or a kitchen that was closed for it.
"""


@dataclass(frozen=True)
class _Row:
    """A duty: the record that holds it, the words that tell of it, whether its organisation leads
    in trouble too, who may stand before that, whether the law asks it of who says this, and whether
    the words only name what may have happened.
    """

    organisation: str
    told: re.Pattern[str]
    unless: re.Pattern[str]
    leads: bool
    after: tuple[str, ...]
    asks: bool
    named: bool


def duties(text: str, catalogue: Catalogue, lang: str) -> list[Duty]:
    """What the law asks of who says this, each with its term and its source; and of who may say so,
    with the question whether it is so before it.
    """
    told = [(row, False) for row in _due(text) if row.asks]
    maybe = [(row, True) for row in _perhaps(text)]
    each = (_duty(row, perhaps, catalogue, lang) for row, perhaps in (*told, *maybe))
    return [duty for duty in each if duty is not None]


def _duty(row: _Row, perhaps: bool, catalogue: Catalogue, lang: str) -> Duty | None:
    record = _holder(row, catalogue)
    if record is None or record.texts is None or (when := record.texts.when) is None:
        return None
    source = next(s for s in record.sources if s.n == when.sources[0])
    says = pick(when.model_dump(include={"nl", "en", "fr"}), lang)
    return Duty(
        id=record.id,
        name=pick(record.names.model_dump(), lang),
        says=say(f"duty.{row.organisation}", lang, says=says) if perhaps else says,
        perhaps=perhaps,
        source=SourceRef(url=source.url, date=source.date),
    )


def with_due(
    chosen: Chosen, text: str, catalogue: Catalogue, usable: Callable[[Organisation], bool]
) -> Chosen:
    """The route with who holds a duty as its first door, or as the second where the first is of use
    for the same, or is who helps in trouble.
    """
    for row in _due(text):
        holder = _holder(row, catalogue)
        at = 1 if _may_go_before(row, chosen) else 0
        if holder is None or not usable(holder) or holder in chosen.doors[: at + 1]:
            continue
        rest = [o for o in chosen.doors if o is not holder]
        doors = [*rest[:at], holder, *rest[at:]][:DOORS]
        chosen = replace(chosen, doors=tuple(doors), own=chosen.own and doors[0] is not holder)
    return chosen


def _may_go_before(row: _Row, chosen: Chosen) -> bool:
    """Whether the first door of a route may stand before who holds the duty."""
    first = chosen.doors[0].id if chosen.doors else ""
    return first in row.after or (not row.leads and chosen.rule.id == TROUBLE and chosen.own)


def tells_hurt(text: str) -> bool:
    """Whether somebody of the staff was hurt at work, or may be, and nobody is sought instead.

    >>> tells_hurt("mijn arbeider viel van een ladder"), tells_hurt("ik zoek een arbeider")
    (True, False)
    """
    return HURT in (*due(text), *may_be_due(text)) and not re.search(_data()["seeks"], plain(text))


def tells_unsafe_food(text: str) -> bool:
    """Whether food made somebody ill or is not safe, or a kitchen was closed for it.

    >>> tells_unsafe_food("een klant werd ziek na mijn eten"), tells_unsafe_food("ik ben ziek")
    (True, False)
    """
    return FOOD in due(text)


def due(text: str) -> tuple[str, ...]:
    """The organisations, by id, whose records hold what the law asks of who says this.

    >>> due("onze klantgegevens zijn gelekt"), due("ik wil mijn klantgegevens beveiligen")
    (('gegevensbeschermingsautoriteit',), ())
    """
    return tuple(row.organisation for row in _due(text))


def may_be_due(text: str) -> tuple[str, ...]:
    """Those whose record holds it if what may have happened did, beside :func:`due`.

    >>> may_be_due("mijn poetsvrouw kreeg javel in de ogen"), may_be_due("ik zoek een poetsvrouw")
    (('fedris',), ())
    """
    return tuple(row.organisation for row in _perhaps(text))


def tells_in_words(text: str) -> tuple[str, ...]:
    """Those of :func:`due` that patterns alone know, whatever the meaning of the text."""
    return tuple({row.organisation: row for row in _in_words(own_words(plain(text)))})


@remembered
def _due(text: str) -> tuple[_Row, ...]:
    said = own_words(plain(text))
    found = _in_words(said)
    if (heard := event(text)) and heard.sure and _is_not_denied(text, heard.organisation):
        found.insert(0, _row_of(heard.organisation))
    return tuple({row.organisation: row for row in found}.values())


def _in_words(said: str) -> list[_Row]:
    each = clauses(said)
    return [row for row in _rows() if _tells(row, said) or any(_happened(row, c) for c in each)]


def _perhaps(text: str) -> tuple[_Row, ...]:
    """What may have happened, for which nothing is sure."""
    heard = event(text)
    if heard is None or heard.organisation in due(text) or denies(plain(text)):
        return ()
    if heard.organisation == HURT and _is_only_of_customers(own_words(plain(text))):
        return ()
    return (_row_of(heard.organisation),)


def _is_only_of_customers(said: str) -> bool:
    """Whether it is a customer or a passer-by who was hurt, and nobody of the staff is named."""
    words = _data()["words"]
    staff = rf"\b(?:{words['worker']}|{words['mate']})\b"
    return bool(re.search(_data()["outsiders"], said)) and not re.search(staff, said)


def _is_not_denied(text: str, organisation: str) -> bool:
    """Whether nothing in a text says that it is feared, prevented, long ago or not so."""
    said = plain(text)
    told = any(r.unless.search(said) for r in _rows() if r.organisation == organisation)
    return not told and not denies(said)


def _row_of(organisation: str) -> _Row:
    """The duty of an organisation that the law asks at once of who tells that it happened."""
    return next(row for row in _rows() if row.organisation == organisation and row.asks)


def _tells(row: _Row, said: str) -> bool:
    """Whether a text tells of it, and nothing in it says otherwise."""
    return bool(row.told.search(said)) and not row.unless.search(said)


def _happened(row: _Row, clause: str) -> bool:
    """Whether one clause alone tells that it happened: fear, prevention or an insurance in another
    clause takes nothing away. A name for it tells that only beside a word that it took place.
    """
    return _tells(row, clause) and (not row.named or bool(_took_place().search(clause)))


def _holder(row: _Row, catalogue: Catalogue) -> Organisation | None:
    record = catalogue.by_key.get(("organisation", row.organisation))
    return record if isinstance(record, Organisation) and record.duty else None


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = own_yaml(DATA)
    return found


@cache
def _took_place() -> re.Pattern[str]:
    return re.compile(_data()["took_place"])


@cache
def _rows() -> tuple[_Row, ...]:
    raw = _data()
    words: dict[str, str] = raw["words"]

    def pattern(parts: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(part.format(**words) for part in parts))

    return tuple(
        _Row(
            row["organisation"],
            pattern(row["told"]),
            re.compile(row["unless"]),
            row.get("leads", False),
            tuple(row.get("after", ())),
            row.get("asks", True),
            row.get("named", False),
        )
        for row in raw["duties"]
    )
