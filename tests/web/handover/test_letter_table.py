"""Which letter still leaves after what: for each letter to an owner or a receiver that waits for
its turn, and each thing that can happen before that. It goes only while what it tells is so.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from baken.kernel.errors import BakenError
from baken.refer.hours import parse
from baken.refer.model import CEASED, UNREACHED, Kind, Outcome, Who
from baken.web.handover import away_told, ceased, question, slots, store
from baken.web.handover.models import Absence, Intent, Referral
from baken.web.handover.post import letter
from tests.web.handover.doors import SECOND, asked
from tests.web.handover.made import at, departed, event, sent

pytestmark = pytest.mark.django_db

TABLE = """
owner            nothing taken_back moved refused closed expired contact ceased wiped
sent             goes    -          -     -       -      -       -       -      -
sent_again       goes    -          -     -       -      -       -       -      -
passed_on        goes    -          -     -       -      -       -       -      -
moved_on         goes    -          -     -       -      -       -       -      -
taken            goes    -          -     -       -      -       -       -      -
full             goes    -          -     -       -      -       -       -      -
tried            goes    -          -     -       -      -       -       -      -
away             goes    -          -     -       -      -       -       -      -
not_arrived      goes    -          -     -       -      -       -       -      -
no_word_yet      goes    -          -     -       -      -       -       -      -
other_door       goes    -          -     -       -      -       -       -      -
contact          goes    -          -     -       goes   -       .       -      -
how_did_it_go    goes    -          -     goes    goes   goes    .       goes   -
refused          goes    -          -     .       .      .       .       goes   -
closed_without   goes    -          -     .       .      .       .       goes   -
door_closed      goes    .          -     .       .      .       .       goes   -
door_gone        goes    .          -     .       .      .       .       goes   -
door_unreached   goes    .          -     .       .      .       .       goes   -

receiver         nothing taken_back moved refused closed expired contact ceased wiped
new_file         goes    -          -     -       -      -       goes    -      -
hour             goes    -          -     -       -      -       goes    -      -
reminder         goes    -          -     -       -      -       -       -      -
reach            goes    -          -     -       -      -       goes    -      -
no_contact       goes    -          -     -       goes   -       -       -      -
how_did_it_go    goes    -          -     goes    goes   -       .       -      -
withdrawn        goes    .          goes  .       .      .       .       goes   goes
file_closed      goes    .          goes  .       .      .       .       goes   -
"""
"""``goes``: it leaves; ``-``: it does not; ``.``: that can't happen any more."""


def table() -> list[tuple[str, str, str, str]]:
    found, side, ends = [], "", []
    for line in TABLE.strip().splitlines():
        first, *cells = line.split() or [""]
        if first in ("owner", "receiver"):
            side, ends = first, cells
        elif first:
            found += [(side, first, end, cell) for end, cell in zip(ends, cells, strict=True)]
    return found


def opened(row: Referral) -> None:
    store.record(row.pk, event(Kind.SEEN, 0.1))
    Intent.objects.filter(letter="new_file").update(stage=Intent.DONE)


def step(name: str) -> Callable[[Referral], None]:
    def done(row: Referral) -> None:
        found = event(Kind.STEP, 0.3, Who.SYSTEM, step=name, of=date(2026, 3, 2))
        store.record(row.pk, found)

    return done


def said(kind: Kind, by: Who = Who.RECEIVER, **more: Any) -> Callable[[Referral], None]:
    def done(row: Referral) -> None:
        store.record(row.pk, event(kind, 0.2, by, **more))

    return done


def contacted(row: Referral) -> None:
    opened(row)
    said(Kind.CONTACT)(row)


def asks(row: Referral) -> None:
    contacted(row)
    step("ask")(row)


def denied(row: Referral) -> None:
    contacted(row)
    store.record(row.pk, event(Kind.NO_CONTACT, 0.3, Who.OWNER))


def nobody_there(row: Referral) -> None:
    Absence.objects.create(receiver=row.receiver, first=date(2026, 3, 9), last=date(2026, 3, 9))
    away_told.tell(row.receiver, at(0.2))


def chose(row: Referral) -> None:
    opened(row)
    slots.replace(row.receiver, parse("thu 09:00-10:00"))
    store.choose(row.pk, slots.free(row.receiver, at(0.2), False)[0], at(0.2))


def came_from(row: Referral) -> None:
    """It stands at its door already as ``begun`` made it."""


def withdrawn(row: Referral) -> None:
    opened(row)
    said(Kind.WITHDRAWN, Who.OWNER)(row)


def shut_after_it_was_opened(row: Referral) -> None:
    opened(row)
    said(Kind.EXPIRED, Who.SYSTEM)(row)


def reminded(row: Referral) -> None:
    departed(row)
    step("remind")(row)


def sent_twice(row: Referral) -> None:
    said(Kind.BOUNCED, Who.SYSTEM)(row)
    store.record(row.pk, event(Kind.SENT_AGAIN, 0.3, Who.SYSTEM))


MADE: dict[str, Callable[[Referral], None]] = {
    "sent": came_from,
    "sent_again": sent_twice,
    "passed_on": came_from,
    "moved_on": came_from,
    "new_file": came_from,
    "taken": said(Kind.ACCEPTED),
    "full": said(Kind.FULL, until=date(2026, 3, 4)),
    "tried": said(Kind.TRIED),
    "away": nobody_there,
    "not_arrived": said(Kind.BOUNCED, Who.SYSTEM),
    "no_word_yet": step("escalate"),
    "other_door": step("switch"),
    "contact": contacted,
    "how_did_it_go": asks,
    "refused": said(Kind.REFUSED, reason="not_my_subject"),
    "closed_without": said(Kind.CLOSED),
    "door_closed": said(Kind.EXPIRED, Who.SYSTEM),
    "door_gone": said(Kind.EXPIRED, Who.SYSTEM, reason=CEASED),
    "door_unreached": said(Kind.EXPIRED, Who.SYSTEM, reason=UNREACHED),
    "hour": chose,
    "reminder": reminded,
    "reach": said(Kind.REACH, Who.OWNER),
    "no_contact": denied,
    "withdrawn": withdrawn,
    "file_closed": shut_after_it_was_opened,
}


def takes_along(row: Referral) -> None:
    order = store.Order(SECOND, {}, [], "2026-11", after=row, owner_address=row.owner_address)
    store.move(order, at(0.5), "moved")


def takes_back(row: Referral) -> None:
    question.take_back(row, event(Kind.WITHDRAWN, 0.5, Who.OWNER))


def ceases(row: Referral) -> None:
    ceased.shut(row.receiver, at(0.5))


ENDS: dict[str, Callable[[Referral], None]] = {
    "nothing": came_from,
    "taken_back": takes_back,
    "moved": takes_along,
    "refused": said(Kind.REFUSED, reason="no_room", key="end"),
    "closed": said(Kind.CLOSED, key="end"),
    "expired": said(Kind.EXPIRED, Who.SYSTEM, key="end"),
    "contact": said(Kind.CONTACT, key="end"),
    "ceased": ceases,
    "wiped": lambda row: question.wipe(row, at(0.5)),
}


def begun(name: str) -> Referral:
    """The question of a letter, at a door to which others passed it on where the letter says so."""
    by = {"passed_on": Who.RECEIVER, "moved_on": Who.SYSTEM}.get(name)
    first = asked(may_pass_on=False)
    return sent("form-2", "derde-huis", after=first, by=by) if by else first


@pytest.mark.parametrize(("side", "name", "end", "cell"), table())
def test_a_letter_goes_while_what_it_tells_is_so(side: str, name: str, end: str, cell: str) -> None:
    row = begun(name)
    MADE[name](row)
    intent = Intent.objects.get(referral=row, letter=name, to=side)
    if cell == ".":
        with pytest.raises(BakenError):
            ENDS[end](row)
        return
    ENDS[end](row)
    found = letter(Intent.objects.get(pk=intent.pk), at(1))
    assert (found is not None) is (cell == "goes")
    if found is not None:
        assert not found.is_multipart(), "no attachment"
        assert "oven" not in found.as_string(), "nothing of what was asked"


@pytest.mark.parametrize("side", [Who.OWNER, Who.RECEIVER])
def test_who_told_whether_it_helped_is_asked_no_more(side: Who) -> None:
    row = asked()
    asks(row)
    store.record(row.pk, event(Kind.OUTCOME, 0.5, side, outcome=Outcome.NOT))
    for other in (Who.OWNER, Who.RECEIVER):
        found = Intent.objects.get(referral=row, letter="how_did_it_go", to=str(other))
        assert (letter(found, at(1)) is None) is (other is side)


@pytest.mark.parametrize("kind", [Kind.ACCEPTED, Kind.TRIED, Kind.FULL])
def test_what_was_taken_up_elsewhere_is_not_told_as_a_message_that_did_not_arrive(
    kind: Kind,
) -> None:
    row = asked()
    said(Kind.BOUNCED, Who.SYSTEM)(row)
    store.record(row.pk, event(kind, 0.5, until=date(2026, 3, 4) if kind is Kind.FULL else None))
    assert letter(Intent.objects.get(referral=row, letter="not_arrived", to="owner"), at(1)) is None
