"""One question and the doors at which it stood: its owner takes it back, takes it along or wipes it
at all of them at once, from the page of any.

What was sent from one answer to several doors is one question too, and is taken along and wiped as
one. It is taken back door by door, for its owner chose each: only from where it went on to.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from baken.kernel.errors import BakenError
from baken.refer.model import Event, Handling
from baken.refer.states import can_take_back
from baken.web.handover import store
from baken.web.handover.links import keyed
from baken.web.handover.models import Permission, Referral

MOST_A_DAY = 10
"""Questions of one day with the same mail address: who sends more floods somebody's mailbox."""


def too_many(address: str, today: date) -> bool:
    """Whether as many questions as may be were sent today with this mail address."""
    sent = Referral.objects.filter(sent_on=today, after=None, owner_address__iexact=address)
    return bool(address) and sent.count() >= MOST_A_DAY


def answer_of(key: str) -> str:
    """What ties all that is sent from the page of an answer, by the key of that page: nobody can
    make the key of it, or find the page.
    """
    return keyed(f"answer/{key}")[:16].hex()


def first(row: Referral) -> Referral:
    """The referral from which the question came to this door, over the doors before it."""
    while row.after is not None:
        row = row.after
    return row


def begun(row: Referral) -> list[Referral]:
    """The referrals with which the question began: one for each door that its owner sent it to
    from the same answer.
    """
    same = Referral.objects.filter(answer=row.answer) if row.answer else ()
    return sorted({first(one) for one in (row, *same)}, key=lambda one: int(one.pk))


def doors(row: Referral) -> list[Referral]:
    """The referrals of a question, the first one first, whichever of them it is asked of."""
    return [one for begin in begun(row) for one in way(begin)]


def stands_at(answer: str) -> list[Referral]:
    """Where what was sent from an answer stands now."""
    if not answer:
        return []
    found = Referral.objects.filter(answer=answer, ended=False, taken_back=False)
    return list(found.select_related("receiver").order_by("pk"))


def stood_at(answer: str) -> set[str]:
    """The organisations at which what was sent from an answer stands or stood."""
    found = Referral.objects.filter(answer=answer) if answer else Referral.objects.none()
    return set(found.values_list("receiver__record_id", flat=True))


def way(row: Referral) -> list[Referral]:
    """Those over which it went on from one door to the next, this one among them."""
    found = [first(row)]
    for one in found:
        found += one.next.select_related("receiver").order_by("pk")
    return found


def readable(row: Referral) -> list[Referral]:
    """The doors of its way that can still open what was shared with them, or will."""
    return [one for one in way(row) if can_take_back(store.state_of(one))]


def taken_back_at(row: Referral) -> list[Referral]:
    """The doors of its way at which its owner took it back; none where it stands or went on, for
    who leaves a door for the next one takes it back at that door alone.
    """
    found = way(row)
    went_on = {one.after_id for one in found}
    back = [one for one in found if one.taken_back or one.handling == Handling.WITHDRAWN]
    return back if any(one.taken_back or one.pk not in went_on for one in back) else []


def take_back(row: Referral, said: Event) -> None:
    """Withdraw the question at each door of its way that can still open it, and every permission
    there.

    Raises :class:`BakenError` where there is none (any more).
    """
    with transaction.atomic():
        found = False
        for one in _held([first(row)]):
            state = store.state_of(one)
            if said.key in state.keys or can_take_back(state):
                store.record(one.pk, said)
                found = True
            _end_permission(one, said.at)
        if not found:
            raise BakenError("kind", "no door can open it any more", "a question that stands")


def wipe(row: Referral, at: datetime) -> None:
    """Throw the question away at every door, with all that was shared; the owner asks it."""
    with transaction.atomic():
        for one in _held(begun(row)):
            if one.wiped_at is None:
                store.wipe(one.pk, at)


def _held(begun: list[Referral]) -> Iterator[Referral]:
    """Each door under its lock, the first one first: one to which the question went on in the
    meantime comes along.
    """
    todo = [one.pk for one in begun]
    for pk in todo:
        yield Referral.objects.select_for_update().get(pk=pk)
        todo += Referral.objects.filter(after=pk).order_by("pk").values_list("pk", flat=True)


def _end_permission(row: Referral, at: datetime) -> None:
    Permission.objects.filter(referral=row, withdrawn_at=None).update(withdrawn_at=at)
