"""Every read and change of a file at the desk: one function for each, with its line in the trail
in the same transaction. No other module changes who holds a file or writes a line about one
(``tests/web/desk/test_one_way.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.kernel.plain import plain
from baken.refer.model import Kind, Outcome, Who
from baken.refer.model import Referral as State
from baken.web.desk import inbox, letters
from baken.web.desk.hands import busy_on, works_at
from baken.web.desk.models import Holder, Member, Note, Trail
from baken.web.desk.roles import reads, visible_to
from baken.web.handover import meanwhile, store
from baken.web.handover.models import Referral
from baken.web.handover.said import event_of_form, row_number
from baken.web.handover.shown import OPENS_NOTHING, let_go, mark_opened, was_opened
from baken.web.handover.wrong import Lacks
from baken.web.texts import DEFAULT

T = TypeVar("T")
LISTED = "listed"
"""The word of the trail for a file in the list on the screen."""
MOST_NOTE, MOST_BECAUSE = 5_000, 500
"""Signs of a note, and of why a file is handed on to a colleague."""
ONE_WORD = timedelta(minutes=5)
"""So long the same note of the same person is one: a double click, or the button Back."""


class NotThere(Exception):
    """No file of that id that this person sees."""


@dataclass(frozen=True)
class File:
    """A file as one member sees it. ``reads``: may open it and say what happens to it;
    ``opened``: that was done, so with its content.
    """

    row: Referral
    state: State
    reads: bool
    opened: bool


def touch(
    member: Member,
    public_id: str,
    what: str | Callable[[Referral], str],
    now: datetime,
    do: Callable[[Referral], T],
) -> T:
    """Do something with a file that this member sees, and write it down, or neither.

    ``what`` is at most 20 signs and no content; it may follow from the file. Raises
    :class:`NotThere`.
    """
    with transaction.atomic():
        row = visible_to(member).select_for_update(of=("self",)).filter(public_id=public_id).first()
        if row is None:
            raise NotThere
        says = what if isinstance(what, str) else what(row)
        Trail.objects.create(member=member, file=row.public_id, what=says, at=now)
        return do(row)


def shown(
    member: Member, rows: Iterable[Referral], now: datetime, lang: str = DEFAULT
) -> list[inbox.Line]:
    """Files that this member sees as lines on the screen. Each leaves the line "listed" in the
    trail, the first time on a day: the list is opened over and over, and shows no more then.
    """
    today = timezone.localtime(now).date()
    with transaction.atomic():
        found = inbox.lines(member, rows, today, lang)
        ids = [line.id for line in found]
        begins = timezone.make_aware(datetime.combine(today, time.min))
        known = Trail.objects.filter(member=member, what=LISTED, file__in=ids, at__gte=begins)
        told = set(known.values_list("file", flat=True))
        _write_of_each(member, [one for one in ids if one not in told], LISTED, now)
    return found


def taken_out(member: Member, which: str, now: datetime, lang: str) -> list[dict[str, Any]]:
    """The list of a filter to take along, as it is in JSON; each file of it is in the trail, each
    time.
    """
    with transaction.atomic():
        found = inbox.inbox(member, which, timezone.localtime(now).date(), lang)
        _write_of_each(member, [line.id for line in found], "list", now)
    return [line.as_json() for line in found]


def hand_over_all(by: Member, leaver: Member, heir: Member | None, now: datetime) -> None:
    """All open files of somebody who leaves to a colleague, or to nobody: what :func:`touch` does
    with one, for who manages people and need not see a file.
    """
    with transaction.atomic():
        rows = Referral.objects.select_for_update(of=("self",)).only("public_id").order_by("pk")
        files = list(rows.filter(holder__member=leaver, ended=False))
        _write_of_each(by, [row.public_id for row in files], "given", now)
        held = Holder.objects.filter(member=leaver, referral__in=files)
        if heir is None:
            held.delete()
        elif held.update(member=heir):
            letters.given(heir, now)


def look(member: Member, public_id: str, now: datetime) -> File:
    """A file on the screen: how it stands, and its content once somebody opened it. It changes
    nothing, for browsers fetch pages before anybody asks.
    """

    def opens(row: Referral) -> bool:
        return reads(member, row) and was_opened(row)

    def do(row: Referral) -> File:
        return File(row, store.state_of(row), reads(member, row), opens(row))

    return touch(member, public_id, lambda row: "read" if opens(row) else "state", now, do)


def open_file(member: Member, public_id: str, now: datetime) -> None:
    """Open a file: from now on its content shows, and its owner reads that it was opened.

    Raises :class:`BakenError` where it does not open (any more).
    """

    def do(row: Referral) -> None:
        only_readers(member, row)
        mark_opened(row, now)

    touch(member, public_id, "open", now, do)


def say(member: Member, public_id: str, form: Mapping[str, str], now: datetime) -> None:
    """What a button says of the file, by the same function as the receiver's own page: a yes and a
    call open it, a no and "full until" do not. Who takes a file holds it from then on.

    Raises :class:`BakenError` when it can't be said (now), with the field that lacks.
    """
    said = event_of_form(form, Who.RECEIVER, now)
    if said is None:
        raise BakenError("do", "this button says nothing", "a button of the page")

    def do(row: Referral) -> None:
        only_readers(member, row)
        if form.get("do") not in OPENS_NOTHING:
            mark_opened(row, now)
        meanwhile.check(row, form, said.key)
        store.record(row.pk, said)
        if said.kind in (Kind.ACCEPTED, Kind.TRIED, Kind.CONTACT):
            Holder.objects.get_or_create(referral=row, defaults={"member": member})

    touch(member, public_id, str(said.kind), now, do)


def close(member: Member, public_id: str, form: Mapping[str, str], now: datetime) -> None:
    """Close a file with its outcome, both or neither."""
    told = {name: form.get(name, "") for name in ("nonce", "outcome")}
    said = event_of_form({**told, "do": "outcome"}, Who.RECEIVER, now)
    done = event_of_form({**told, "do": "close"}, Who.RECEIVER, now)
    if said is None or done is None:
        raise BakenError("do", "this button says nothing", "a button of the page")

    def do(row: Referral) -> None:
        only_readers(member, row)
        meanwhile.check(row, form, done.key)
        store.record(row.pk, done)
        store.record(row.pk, said)

    touch(member, public_id, "closed", now, do)


def note(member: Member, public_id: str, text: str, now: datetime) -> None:
    """Write a note for colleagues; the same again, at once, is the same note. The file's row is
    locked meanwhile, so two workers keep it once, too.
    """
    text = _note(text, "note")
    if not text:
        raise BakenError("note", "it is empty", "a few words")

    def do(row: Referral) -> None:
        only_readers(member, row)
        same = Note.objects.filter(referral=row, member=member, text=text)
        if not same.filter(at__gt=now - ONE_WORD).exists():
            Note.objects.create(referral=row, member=member, at=now, text=text)

    touch(member, public_id, "note", now, do)


def give(
    member: Member,
    public_id: str,
    to: str,
    now: datetime,
    because: str = "",
    held: str | None = None,
) -> None:
    """Hand the file on to a colleague of the same organisation who is there and not full; why
    becomes a note. Who takes one that nobody has need not say why. A file that is no longer theirs
    goes to nobody, nor does one that is in other hands than those that the page named (``held``;
    empty for nobody's).

    Raises :class:`BakenError` with the field that is wrong, or :class:`Lacks` with both.
    """
    because = _note(because, "because", MOST_BECAUSE)

    def do(row: Referral) -> None:
        only_readers(member, row)
        if let_go(row):
            raise BakenError("do", "the file is no longer here", "a file that is")
        colleague = colleagues(member).filter(pk=row_number(to)).first()
        had = Holder.objects.filter(referral=row).values_list("member_id", flat=True).first()
        lacks = [] if colleague else ["colleague"]
        if not because and not (colleague == member and had in (None, member.pk)):
            lacks.append("because")
        if colleague is None or lacks:
            raise Lacks(lacks)
        if held is not None and had != colleague.pk and held != str(had or ""):
            raise BakenError("held", "it went to somebody else since", "the page as it is now")
        today = timezone.localtime(now).date()
        if colleague.pk != member.pk and busy_on([colleague], today):
            raise BakenError("busy", f"{colleague} is away or full", "another colleague")
        if had == colleague.pk:  # the same button once more
            return
        Holder.objects.update_or_create(referral=row, defaults={"member": colleague})
        if because:
            Note.objects.create(referral=row, member=member, at=now, text=because)
        if colleague.pk != member.pk:
            letters.given(colleague, now)

    touch(member, public_id, "given", now, do)


def colleagues(member: Member) -> models.QuerySet[Member]:
    """Who of the own organisation can hold a file, the member too."""
    return works_at(member.receiver_id)


def notes_of(file: File) -> list[Note]:
    """The notes of a file, oldest first: why it came can be read before it is opened."""
    if not file.reads:
        return []
    return list(file.row.notes.select_related("member").order_by("at", "pk"))


def outcome_names() -> list[str]:
    """The outcomes that can be said."""
    return [str(outcome) for outcome in Outcome]


def only_readers(member: Member, row: Referral) -> None:
    """Raises :class:`BakenError` when the file does not open for this person (any more)."""
    if not reads(member, row):
        raise BakenError("file", "it does not open for you (any more)", "a file that does")


def _write_of_each(by: Member, ids: Collection[str], what: str, now: datetime) -> None:
    """A line of each file of several at once."""
    Trail.objects.bulk_create(Trail(member=by, file=one, what=what, at=now) for one in ids)


def _note(text: str, field: str, most: int = MOST_NOTE) -> str:
    text = plain(text).strip()
    if len(text) > most:
        raise BakenError(field, f"it has {len(text)} signs", f"at most {most:,}")
    return text
