"""A file to another organisation: only where the owner allowed it, with a reason, and told to the
owner.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from baken.kernel.errors import BakenError
from baken.refer.model import ALREADY_HELPED, PASSED, Event, Kind, Who, day_of
from baken.refer.words import REFUSALS
from baken.web import catalogue
from baken.web.desk.elsewhere import not_working_there
from baken.web.desk.files import File, only_readers, touch
from baken.web.desk.models import Answer, Busy, Member
from baken.web.handover import meanwhile, onward, store
from baken.web.handover.models import Absence, Receiver, Referral
from baken.web.handover.promise import Promise, promise
from baken.web.handover.reach import taking
from baken.web.handover.wrong import Lacks
from baken.web.texts import text
from baken.web.typed import line

REASONS = sorted(REFUSALS.keys() - {ALREADY_HELPED})
"""Why a question may be better off elsewhere; a firm that is helped here already goes nowhere."""


def others(row: Referral) -> QuerySet[Receiver]:
    """The organisations that a file can go to: those that take files and that our letters reach,
    not those where the question stood already, nor those that do not work where the firm is.
    """
    return _anywhere(row).exclude(record_id__in=not_working_there(row))


def leaves_out(file: File) -> bool:
    """Whether an organisation is not in the list for it does not work where the firm is."""
    if not file.opened or file.state.ended:
        return False
    out = not_working_there(file.row)
    return bool(out) and bool(_anywhere(file.row).filter(record_id__in=out).exists())


def _anywhere(row: Referral) -> QuerySet[Receiver]:
    everybody = Receiver.objects.values_list("record_id", flat=True)
    found = Receiver.objects.filter(record_id__in=taking(everybody)).order_by("name")
    return found.exclude(record_id__in=onward.been(row))


def choices(file: File, now: datetime, lang: str) -> list[tuple[str, str]]:
    """These organisations for an opened file, and until when nobody of them is there, where that
    makes the firm wait longer.
    """
    if not file.opened or file.state.ended:
        return []
    away = Receiver.objects.in_bulk(_maybe_away(now))

    names = catalogue.names(lang)

    def says(pk: int, name: str) -> str:
        to = away.get(pk)
        return _says(name, promise(to, file.row.crisis, now, lang), lang) if to else name

    found = others(file.row).values_list("pk", "record_id", "name")
    called = sorted((names.get(one, name), pk, one) for pk, one, name in found)
    return [(one, says(pk, name)) for name, pk, one in called]


def _maybe_away(now: datetime) -> set[int]:
    """The organisations that said anything of days from today on: of the others nothing needs to
    be looked up, and they are hundreds.
    """
    today = day_of(now)
    found = set(Absence.objects.filter(last__gte=today).values_list("receiver_id", flat=True))
    busy = Busy.objects.filter(last__gte=today).values_list("member__receiver_id", flat=True)
    return found | set(busy)


def _says(name: str, promised: Promise, lang: str) -> str:
    if not promised.later:
        return name
    last = promised.away[-1][1]
    return text(lang, "desk.pass_away", to=name, last=last, day=promised.day)


def answers(file: File) -> QuerySet[Answer]:
    """The texts that the organisation of an opened file often writes."""
    found: QuerySet[Answer] = Answer.objects.filter(receiver_id=file.row.receiver_id)
    return found.order_by("title", "pk") if file.opened else found.none()


def pass_on(member: Member, public_id: str, form: Mapping[str, str], now: datetime) -> None:
    """Refuse with the reason ``why`` and send the same file to ``to``, both or neither.

    What the owner shared goes along as it was; notes do not. Raises :class:`BakenError` with the
    field that lacks (``elsewhere``: ``to`` does not work where the firm is), or :class:`Lacks` with
    all that are empty.
    """
    why, to = form.get("why", ""), line(form.get("to", ""))
    lacks = [name for name, there in (("to", to), ("why", why in REASONS)) if not there]
    if lacks:
        raise Lacks(lacks)

    def do(row: Referral) -> None:
        only_readers(member, row)
        said = Event(Kind.REFUSED, Who.RECEIVER, now, f"{PASSED}{to}", reason=why)
        meanwhile.check(row, form, said.key)
        if not (onward.may_pass_on(row) or row.events.filter(key=said.key).exists()):
            raise BakenError("file", "the owner did not allow it", "refuse it with a reason")
        other = others(row).filter(record_id=to).first()
        if other is None:
            if to in not_working_there(row):
                raise BakenError("elsewhere", f"{to!r} works elsewhere", "one that works there")
            raise BakenError("to", f"{to!r} takes no files", "another organisation that does")
        order = onward.order_to(row, other, Who.RECEIVER, "desk", now)
        store.pass_on(row.pk, order, said, f"passed/{row.public_id}")

    touch(member, public_id, "passed_on", now, do)
