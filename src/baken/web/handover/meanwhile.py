"""A button of a page that somebody else overtook: a colleague, another tab, or the firm.

Each form of the other side's pages carries how much had been said of the file when its page was
made (``stood``). Where more was said since, the button says nothing: the page that comes back tells
what happened, with what was chosen, and its buttons go through. What opens, is noted or
is sent by itself overtakes nothing. A form without ``stood`` (a program's) is taken as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from baken.kernel.errors import BakenError
from baken.refer.model import Kind, Who
from baken.web.handover.models import EventRow, Referral
from baken.web.handover.shown import TAKEN
from baken.web.handover.wrong import AT, Place

CHANGED = "changed"
"""The path of the error."""
OVERTAKES = (
    Kind.ACCEPTED,
    Kind.REFUSED,
    Kind.FULL,
    Kind.TRIED,
    Kind.CONTACT,
    Kind.NO_CONTACT,
    Kind.CLOSED,
    Kind.WITHDRAWN,
    Kind.EXPIRED,
)
"""What, once it is said, makes a page of before say too little."""


def stood(row: Referral) -> int:
    """How much was said of a file, for the forms of its pages. It only grows."""
    return len(_said(row))


def hold(rows: Collection[int]) -> None:
    """Nothing more happens to these files until the transaction ends; always in the same order."""
    list(Referral.objects.select_for_update().filter(pk__in=rows).order_by("pk"))


def check(row: Referral, form: Mapping[str, str], key: str) -> None:
    """Raises :class:`BakenError` with the path :data:`CHANGED` where more was said of a file (which
    is held) than its form knew. What was said by the same press of the same button (``key``) is
    no news: a double click is one.
    """
    seen = form.get("stood", "")
    if not seen or row.events.filter(key=key).exists():
        return
    if seen != str(stood(row)):
        raise BakenError(CHANGED, "more was said since this page", "the page as it is now")


def place(row: Referral, do: str) -> Place:
    """Where and by which text a page tells what was said last; of a second "we take this on" that
    it was, in the words that it always has.
    """
    last = _said(row)[-1:]
    if (do == "accept" and row.handling in TAKEN) or not last:
        return AT["already" if last else "late"]
    owners = (last[0].kind, last[0].by) == (Kind.CONTACT, Who.OWNER)
    what = "contact_owner" if owners else last[0].kind
    return "", f"handover.meanwhile.{what}"


def _said(row: Referral) -> list[EventRow]:
    kinds = [str(kind) for kind in OVERTAKES]
    return list(row.events.filter(kind__in=kinds).order_by("pk"))
