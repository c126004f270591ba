"""How a question came to a door: its owner chose it, the door before passed it on, or the clock of
Baken did, both as the owner allowed. Nobody reads that the owner chose a door when another did.
"""

from __future__ import annotations

from datetime import datetime

from baken.refer.model import Kind, Who
from baken.web import words
from baken.web.handover.models import Referral
from baken.web.handover.reach import called
from baken.web.handover.store import state_of
from baken.web.texts import plural, text


def came_by(row: Referral) -> Who:
    """Who sent it here: the owner, the receiver of the door before, or the clock (system)."""
    sent = row.events.filter(kind=str(Kind.SENT)).first()
    return Who(sent.by) if sent is not None and row.after is not None else Who.OWNER


def told_receiver(row: Referral, lang: str) -> str:
    """How it came, as the receiver reads it; of the clock with why the door before was left."""
    names = called(row, lang), called(row.after, lang) if row.after else ""
    return _told(row, names, lang, "handover.came", "handover.left")


def told_owner(row: Referral, name: str, lang: str) -> str:
    """The same as its owner reads it, for whom the door goes by ``name``."""
    names = name, called(row.after, lang) if row.after else ""
    return _told(row, names, lang, "follow.event.sent", "letters.left")


def allowed_at(row: Referral) -> datetime:
    """The moment of the owner's permission: where others passed the question on since, it was given
    with the door that the owner chose.
    """
    while came_by(row) is not Who.OWNER:
        row = row.after
    at: datetime = row.permission.given_at
    return at


def _told(row: Referral, names: tuple[str, str], lang: str, says: str, why: str) -> str:
    """By the names of this door and the one before."""
    by, before = came_by(row), row.after
    told = {"to": names[0], "from": names[1]}
    if by is Who.SYSTEM:
        left = state_of(before)
        told["times"] = plural(lang, "letters.times", left.tries)
        told["until"] = words.day(lang, left.full_until.isoformat()) if left.full_until else ""
        told["why"] = text(lang, f"{why}.{left.left_because}", **told)
    return text(lang, f"{says}.{by}", **told)
