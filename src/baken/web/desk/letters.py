"""Letters to who works at the desk, through the outbox of the handovers. None holds anything of a
firm: a link, and what it is for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from email.message import EmailMessage

from django.conf import settings
from django.utils import timezone

from baken.refer.clocks import Step, counts_from
from baken.refer.letters import Letter
from baken.refer.model import NO_CONTACT_YET, Handling
from baken.web.desk import to_coordinator
from baken.web.desk.hands import files_of, reminded
from baken.web.desk.links import address_of, token_of
from baken.web.desk.models import Holder, Invitation, Member, Role
from baken.web.handover import daily, outbox, readers, reported
from baken.web.handover.links import hash_of
from baken.web.handover.models import Intent, Referral
from baken.web.handover.post import reminded_of, with_link
from baken.web.handover.store import state_of
from baken.web.owner.context import in_language
from baken.web.texts import DEFAULT, plural, text

TO = "member"
WHY = {Role.COORDINATOR: "clocks", Role.POLICY: "figures", Role.OPERATOR: "site"}
"""For what somebody is invited, by role; all others for the ``files`` of an organisation."""


def by_mail() -> bool:
    """Whether letters leave this site; without a mail server links are passed on by hand."""
    return bool(settings.BAKEN_SMTP_HOST)


def write(letter: str, about: str, key: str, now: datetime) -> None:
    """Write down that a letter must go out; the same key again writes nothing."""
    outbox.write(letter, TO, about, key, now)


def given(to: Member, now: datetime) -> None:
    """Tell somebody that files were handed on to them: one letter a day, so what comes after
    today's goes in tomorrow's.
    """
    sort = f"given/{to.pk}"
    at = daily.goes(sort, now)
    write("given", f"member/{to.pk}", daily.key_of(sort, at), at)


def access_changed(member: Member, now: datetime) -> None:
    """Tell somebody that the own access changed, in case it was somebody else."""
    write("access_changed", f"member/{member.pk}", f"access/{member.pk}/{now.isoformat()}", now)


def invitation(intent: Intent, now: datetime) -> EmailMessage | None:
    """The link of an invitation, while it opens and is the newest."""
    one = Invitation.objects.filter(pk=_number(intent), used_at=None, expires_at__gt=now).first()
    if one is None or not intent.key.endswith(one.seed):
        return None
    token = token_of(one.seed)
    if one.token_hash != hash_of(token):  # the server has another key since it was made
        Invitation.objects.filter(pk=one.pk, seed=one.seed).update(token_hash=hash_of(token))
    url = address_of(token, one.lang)
    says = ""
    if intent.letter == "invitation":
        why = text(one.lang, f"letters.invitation.why.{WHY.get(one.role, 'files')}")
        says = text(one.lang, "letters.invitation.text", why=why)
    return with_link(intent, one.email, url, one.lang, now, says=says)


def handed_on(intent: Intent, now: datetime) -> EmailMessage | None:
    """That files were handed on to somebody; None where no open one is in their hands any more."""
    member = _member(intent)
    holds = Holder.objects.filter(member=member, referral__ended=False)
    return _to(member, intent, "mijn", now) if member and holds.exists() else None


def to_member(intent: Intent, now: datetime) -> EmailMessage | None:
    """A word to somebody who works here, with the way to the desk."""
    member = _member(intent)
    return member and _to(member, intent, "mijn", now)


def reminder(intent: Intent, now: datetime) -> EmailMessage | None:
    """All files without contact that somebody has in hand or stands in for, but for those of which
    our first letter has not left, or left that day; after them those that the clock took out of
    these hands since the letter before. None without any.
    """
    member, today = _member(intent), timezone.localtime(now).date()
    if member is None:
        return None
    gone = _gone(member, intent)
    waiting = [str(handling) for handling in NO_CONTACT_YET]
    found = files_of(member, today).filter(ended=False, handling__in=waiting)
    files = [row for row in found if not readers.untold(state_of(row), today)]
    if gone and not _reminds(files, intent.about, today):
        files = []
    if not files and not gone:
        return None
    lang = _lang(member)
    says = "\n\n".join([*([reminded_of(files, lang)] if files else []), *_where(gone, lang)])
    if files:
        return _to(member, intent, "mijn", now, len(files), says)
    subject = "letters.overdue.subject_gone"
    return _to(member, intent, "klaar", now, len(gone), says, subject)


def _gone(member: Member, intent: Intent) -> list[Referral]:
    """The files that the clock took out of somebody's hands, and no letter told of yet."""
    found = reported.untold(daily.sort_of(intent))
    found = found.filter(receiver_id=member.receiver_id, handling=str(Handling.EXPIRED))
    return list(found.order_by("sent_on", "pk"))


def _reminds(files: Iterable[Referral], about: str, today: date) -> bool:
    """Whether somebody is reminded of one of these files, and not only told of others."""
    due = (one for one in files if reminded(one, today) == about)
    return any((str(Step.REMIND), counts_from(s)) in s.steps for s in map(state_of, due))


def _where(gone: Iterable[Referral], lang: str) -> list[str]:
    """What became of files by their numbers: those that went to another door, and those that were
    closed.
    """
    by: dict[str, list[str]] = {"went_on": [], "shut": []}
    for row in gone:
        by["went_on" if row.next.exists() else "shut"].append(row.number)
    return [
        text(lang, f"letters.reminder.{name}", numbers=", ".join(numbers))
        for name, numbers in by.items()
        if numbers
    ]


def how_did_it_go(intent: Intent, now: datetime) -> EmailMessage | None:
    """The files whose outcome somebody did not tell yet; None without any."""
    member = _member(intent)
    if member is None:
        return None
    today = timezone.localtime(now).date()
    asked = files_of(member, today).filter(ask_on__lte=today).exists()
    return _to(member, intent, "uitkomst", now) if asked else None


LETTERS: dict[str, Callable[[Intent, datetime], EmailMessage | None]] = {
    "invitation": invitation,
    "second_step": invitation,
    "access_changed": to_member,
    "given": handed_on,
    str(Letter.REMINDER): reminder,
    str(Letter.HOW_DID_IT_GO): how_did_it_go,
    str(Letter.OVERDUE): to_coordinator.letter,
    str(Letter.NOT_ARRIVED): to_coordinator.letter,
}


def _member(intent: Intent) -> Member | None:
    found = Member.objects.select_related("receiver").filter(pk=_number(intent), is_active=True)
    member: Member | None = found.first()
    return member


def _lang(member: Member) -> str:
    return member.receiver.lang if member.receiver else DEFAULT


def _to(
    member: Member,
    intent: Intent,
    show: str,
    now: datetime,
    count: int = 0,
    says: str = "",
    subject: str = "",
) -> EmailMessage:
    lang = _lang(member)
    url = settings.BAKEN_URL + in_language("/bureau", lang) + f"?toon={show}"
    files = plural(lang, "desk.files", count)
    asks = intent.letter == Letter.HOW_DID_IT_GO
    says = text(lang, "letters.how_did_it_go.files") if asks else says
    return with_link(intent, member.email, url, lang, now, files, says=says, subject=subject)


def _number(intent: Intent) -> int:
    return int(intent.about.partition("/")[2] or 0)
