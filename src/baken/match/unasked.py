"""What is there for one thing only, and is in the way of whoever did not ask for that.

Advisers name training and places of last resort beside what was asked. Where nothing of people, or
of a firm that can't go on, was told, that is no reason to put them before what the owner did ask.
Who lays out business parks is of the market and of growing by the codes of needs, which know no
premises: for falling sales it is no help.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from baken.kernel.values import Value
from baken.landscape.browse import phases
from baken.landscape.model import Offer, Organisation
from baken.match.route import happened
from baken.match.words import tokens

LAST_RESORT = frozenset({"crisis", "stop_or_hand_over"})
"""The phases of a firm that can't go on as it is."""


def is_for_people(record: Offer) -> bool:
    """Whether a record is first of all for people and learning."""
    return record.needs[0] == "N13"


def is_last_resort(record: Offer) -> bool:
    """Whether a record is only for a firm that can't go on, or stops."""
    return record.needs[0] == "N14" and phases(record) <= LAST_RESORT


def is_for_going_on(record: Offer) -> bool:
    """Whether only a firm that goes on has use for a record: aid, courses and who gives money, but
    for what is also for trouble or for every question.
    """
    if isinstance(record, Organisation):
        return record.needs[0] == "N09"
    return "N14" not in record.needs and record.needs[0] != "N01"


def is_for_premises(record: Offer) -> bool:
    """Whether an organisation is first of all there for ground and buildings."""
    housing = isinstance(record, Organisation) and record.does[:1] == ["housing"]
    return housing and record.needs[0] == "N12"


def asks_premises(text: str) -> bool:
    """Whether a text asks for a place to work in."""
    said, known = tokens(text), _premises_words()
    return any(word.startswith(known) or word.endswith(known) for word in said)


@cache
def _premises_words() -> tuple[str, ...]:
    path = Path(__file__).parent / "data" / "premises_words.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(w for line in lines if not line.startswith("#") for w in line.split())


def is_stopped(firm: Mapping[str, Value]) -> bool:
    """Whether a firm that has a number is no longer active in the register."""
    return firm.get("active_in_kbo") is False and firm.get("kbo") is not None


def is_over(firm: Mapping[str, Value]) -> bool:
    """Whether facts say that a firm is bankrupt, wound up or stopped: aid for working firms is not
    what its owner should look at first.
    """
    return firm.get("insolvency") is True or happened(firm, "bankruptcy") or is_stopped(firm)
