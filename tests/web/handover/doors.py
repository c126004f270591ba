"""A question with doors after the first one, and what its owner reads of the way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from baken.refer.model import Who
from baken.web.handover.models import Intent, Referral
from baken.web.handover.post import letter
from tests.web.handover.made import at, receiver, sent

SECOND, THIRD = "tweede-huis", "derde-huis"
# Sent on Monday 2 March 2026: working days 5, 8 and 15 are 9, 12 and 23 March;
# what is promised by the fifth is late on the morning after it.
AFTER_5, DAY_8, DAY_15 = at(8), at(10), at(21)
HERE, THERE = ("huis-van-raad", "expired"), (SECOND, "offered")


def asked(key: str = "form-1", **more: Any) -> Referral:
    """A question with a second and a third door, which may be passed on."""
    receiver(SECOND, name="Tweede huis")
    receiver(THIRD, name="Derde huis")
    return sent(key, **{"alternative": SECOND, "later": [THIRD], "may_pass_on": True, **more})


def chain(row: Referral) -> list[tuple[str, str]]:
    """Each door of a question and how it stands there."""
    found: list[tuple[str, str]] = []
    here: Referral | None = Referral.objects.get(pk=row.pk)
    while here is not None:
        found.append((here.receiver.record_id, here.handling))
        here = here.next.first()
    return found


def says(kind: str, now: datetime = DAY_8) -> str:
    """What the one letter of a kind to the owner says, on one line."""
    written = letter(Intent.objects.get(letter=kind, to=str(Who.OWNER)), now)
    assert written is not None
    return " ".join(written.get_content().split())
