"""The list of files: what waits, since when, until when, and who has it in hand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, When

from baken.refer.model import ALREADY_HELPED, PASSED, SHUT_FOR, Handling, Kind, Who
from baken.web import catalogue
from baken.web.desk.hands import stands_in_for
from baken.web.desk.models import Member
from baken.web.desk.roles import reads, visible_to
from baken.web.handover.models import EventRow, Receiver, Referral
from baken.web.handover.shown import let_go, needs_in
from baken.web.texts import DEFAULT


@dataclass(frozen=True)
class Line:
    """A file in the list. ``until``: the day of the promised contact, while there was none;
    ``late``: it passed. ``asks``: the outcome was asked for and not told. ``mine``: in hand,
    or looked after for somebody who is away. ``tries``: calls in vain, where the last word was one;
    ``denied``: the last word on contact is the owner's, that there was none; ``full_over``: the
    last word was "full until", and that day is over; ``claimed``: only the owner says that there
    was contact; ``helped``: it was refused for the organisation helps this firm already;
    ``shut_for``: why Baken shut this door, where that was not for want of a contact in time;
    ``passed_to``: what the organisation is called to which it was handed on here.
    """

    id: str
    to: str
    about: tuple[str, ...]
    handling: str
    sent_on: date
    until: date | None
    late: bool
    asks: bool
    holder: str
    mine: bool
    ended: bool
    tries: int = 0
    denied: bool = False
    full_over: bool = False
    claimed: bool = False
    helped: bool = False
    shut_for: str = ""
    passed_to: str = ""

    @property
    def stands(self) -> str:
        """The name of the text that tells how it stands."""
        if self.full_over or self.claimed:
            return "full_over" if self.full_over else "claimed"
        if self.passed_to:
            return "passed_on"
        if self.helped or self.shut_for:
            return self.shut_for or ALREADY_HELPED
        return "denied" if self.denied else self.handling

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "id": self.id,
            "to": self.to,
            "about": list(self.about),
            "handling": self.handling,
            "tries": self.tries,
            "denied": self.denied,
            "stands": self.stands,
            "passed_to": self.passed_to,
            "sent_on": self.sent_on.isoformat(),
            "contact_until": self.until and self.until.isoformat(),
            "late": self.late,
            "asks_outcome": self.asks,
            "holder": self.holder,
        }


FILTERS: dict[str, Callable[[date, Collection[int]], Q]] = {
    "open": lambda today, mine: Q(ended=False) | Q(handling=Handling.CLOSED, ask_on__lte=today),
    "nieuw": lambda today, mine: Q(handling__in=[Handling.OFFERED, Handling.SEEN]),
    "vrij": lambda today, mine: Q(holder=None, ended=False),
    "mijn": lambda today, mine: Q(holder__member__in=mine, ended=False),
    "laat": lambda today, mine: Q(contact_by__lt=today),
    "uitkomst": lambda today, mine: Q(ask_on__lte=today),
    "klaar": lambda today, mine: Q(ended=True),
}
"""What the list can show, by the word in its address: from a day and whose files are one's own."""
SHUT = (Handling.CLOSED, Handling.EXPIRED)
"""How a door that Baken shut can stand: the events have the same names."""
NEEDED = ("public_id", "handling", "ended", "sent_on", "contact_by", "ask_on",
          "taken_back", "receiver__name", "receiver__record_id",
          "holder__member__name")  # fmt: skip


def inbox(member: Member, which: str, today: date, lang: str = DEFAULT) -> list[Line]:
    """All lines of a filter."""
    return lines(member, files(member, which, today), today, lang)


def files(member: Member, which: str, today: date) -> QuerySet[Referral]:
    """The files of a filter: what is late first, then by the day of the promise; what has ended
    newest first. What goes by faster clocks comes earlier by its day alone.
    """
    mine = _mine(member, today) if which == "mijn" else set()
    rows = visible_to(member).filter(FILTERS[which](today, mine))
    rows = rows.select_related("receiver", "holder__member").only(*NEEDED)
    if which == "klaar":
        return rows.order_by("-sent_on", "-public_id")
    late = Case(When(contact_by__lt=today, then=0), default=1)
    first = F("contact_by").asc(nulls_last=True)
    return rows.order_by(late, first, "public_id")


def lines(member: Member, rows: Iterable[Referral], today: date, lang: str = DEFAULT) -> list[Line]:
    """Files as lines, with what the organisation is called in ``lang``; what a file is about, where
    the owner ticked it, is told to who may open it as long as it is theirs.
    """
    found, mine = list(rows), _mine(member, today)
    about = _about([row.pk for row in found if reads(member, row) and not let_go(row)], lang)
    tries = _tries([row.pk for row in found if row.handling == Handling.TRIED])
    denied = _denied([row.pk for row in found if row.handling == Handling.ACCEPTED])
    over = _full_over([row.pk for row in found if row.handling == Handling.FULL], today)
    claimed = _claimed([row.pk for row in found if row.handling == Handling.IN_CONTACT])
    refused = [row for row in found if row.handling == Handling.REFUSED]
    helped = _helped_already([row.pk for row in refused if reads(member, row)])
    passed = passed_to([row.pk for row in refused])
    shut = shut_for([row.pk for row in found if row.handling in SHUT])
    names = {**_own_names(passed.values()), **catalogue.names(lang)}
    plain = [_line(row, about.get(row.pk, ()), today, mine, names) for row in found]
    return [
        replace(
            line,
            tries=tries.get(row.pk, 0),
            denied=row.pk in denied,
            claimed=row.pk in claimed,
            full_over=row.pk in over,
            helped=row.pk in helped,
            shut_for=shut.get(row.pk, ""),
            passed_to=names.get(passed.get(row.pk, ""), passed.get(row.pk, "")),
        )
        for row, line in zip(found, plain, strict=True)
    ]


def shut_for(rows: Sequence[int] | QuerySet[Referral]) -> dict[int, str]:
    """Why Baken shut each of these doors, but for those where no contact came in time: the
    judgement of ``Referral.shut_for`` for many at once, for the list and the months.
    """
    shut = EventRow.objects.filter(kind__in=[str(kind) for kind in SHUT], referral__in=rows)
    told = shut.filter(more__reason__in=SHUT_FOR).values_list("referral", "more")
    return {pk: str(more["reason"]) for pk, more in told}


def passed_to(rows: Sequence[int]) -> dict[int, str]:
    """To which organisation each of these files was handed on, of those that were: the judgement of
    ``Referral.passed_to`` for many at once.
    """
    said = EventRow.objects.filter(kind=str(Kind.REFUSED), referral__in=rows)
    told = said.filter(key__startswith=PASSED).values_list("referral", "key") if rows else ()
    return {pk: key.removeprefix(PASSED) for pk, key in told}


def _own_names(record_ids: Collection[str]) -> dict[str, str]:
    """By the names that the operator gave them, for those that the catalogue does not have."""
    found = Receiver.objects.filter(record_id__in=record_ids)
    return dict(found.values_list("record_id", "name")) if record_ids else {}


def _mine(member: Member, today: date) -> set[int]:
    return {member.pk, *stands_in_for(member, today)}


def _about(ids: Sequence[int], lang: str) -> dict[int, tuple[str, ...]]:
    """What the needs are called, without the rest of what was shared."""
    rows = Referral.objects.only("pk").annotate(
        labels=F("dossier__need__labels"),
        codes=F("dossier__need__codes"),
        written=F("dossier__lang"),
    )
    return {
        pk: tuple(needs_in(lang, row.written, {"labels": row.labels, "codes": row.codes}))
        for pk, row in rows.in_bulk(ids).items()
    }


def _tries(ids: Sequence[int]) -> dict[int, int]:
    """How often an owner was called in vain, by file."""
    calls = EventRow.objects.filter(kind=str(Kind.TRIED), referral__in=ids)
    counted = calls.values_list("referral").annotate(Count("pk"))
    return dict(counted) if ids else {}


def _denied(ids: Sequence[int]) -> set[int]:
    """Which files nobody took on since their owner said that there was no contact."""
    said = EventRow.objects.filter(kind__in=(Kind.ACCEPTED, Kind.NO_CONTACT), referral__in=ids)
    last = dict(said.order_by("pk").values_list("referral", "kind")) if ids else {}
    return {pk for pk, kind in last.items() if kind == Kind.NO_CONTACT}


def _claimed(ids: Sequence[int]) -> set[int]:
    """Of which files only the owner says that there was contact."""
    said = EventRow.objects.filter(kind__in=(Kind.CONTACT, Kind.OUTCOME), referral__in=ids)
    said = said.filter(Q(kind=str(Kind.CONTACT)) | Q(by=str(Who.RECEIVER)))
    last = dict(said.order_by("pk").values_list("referral", "by")) if ids else {}
    return {pk for pk, by in last.items() if by == Who.OWNER}


def _full_over(ids: Sequence[int], today: date) -> set[int]:
    """Of which files the day until which the organisation was full is over."""
    said = EventRow.objects.filter(kind=str(Kind.FULL), referral__in=ids)
    last = dict(said.order_by("pk").values_list("referral", "more")) if ids else {}
    return {pk for pk, more in last.items() if today > date.fromisoformat(more["until"])}


def _helped_already(ids: Sequence[int]) -> set[int]:
    """Which refused files are of firms that the organisation helps already."""
    said = EventRow.objects.filter(kind=str(Kind.REFUSED), referral__in=ids)
    said = said.filter(more__reason=ALREADY_HELPED)
    return set(said.values_list("referral", flat=True)) if ids else set()


def _line(
    row: Referral, about: tuple[str, ...], today: date, mine: set[int], names: Mapping[str, str]
) -> Line:
    holder = getattr(row, "holder", None)
    return Line(
        id=row.public_id,
        to=names.get(row.receiver.record_id) or row.receiver.name,
        about=about,
        handling=row.handling,
        sent_on=row.sent_on,
        until=row.contact_by,
        late=row.contact_by is not None and today > row.contact_by,
        asks=row.ask_on is not None and today >= row.ask_on,
        holder=holder.member.name if holder else "",
        mine=holder is not None and holder.member_id in mine,
        ended=row.ended,
    )
