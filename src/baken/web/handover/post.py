"""A letter from an intent. The mail server that takes it is in :mod:`baken.web.handover.wire`.

Nothing of the firm stands in a letter. The same intent makes the same letter with the same
Message-ID, however often it goes; only its date is that of the day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import localtime

from django.conf import settings

from baken.refer.clocks import Step, counts_from, promised_by
from baken.refer.letters import Letter
from baken.refer.model import (
    ALREADY_HELPED,
    AWAY,
    NO_CONTACT_YET,
    TOO_LONG,
    Handling,
    Kind,
    Who,
    day_of,
)
from baken.refer.states import CAN_TAKE
from baken.signals.mail import FOLDING
from baken.web import words
from baken.web.handover import away_told, came, daily, fallen, nets, onward, readers, slots
from baken.web.handover.links import code_of, link_for
from baken.web.handover.models import Intent, Referral
from baken.web.handover.overtaken import CODE, LEADS_ON, is_late, too_late
from baken.web.handover.reach import called, door
from baken.web.handover.shown import let_go, was_opened
from baken.web.handover.store import state_of
from baken.web.handover.windows import full_day
from baken.web.owner.context import in_language
from baken.web.texts import plural, text

PAGE = {Who.OWNER: "/vervolg/", Who.RECEIVER: "/dossier/"}

Written = EmailMessage | None
OTHERS: dict[str, Callable[[Intent, datetime], Written]] = {}
"""Letters that another room writes (``about`` tells of what), by name; it adds them when the site
starts."""
SHUT = (Letter.WITHDRAWN, Letter.FILE_CLOSED)
"""Letters to a receiver whose link is dead: they lead nowhere."""
PROMISING = (
    Letter.SENT,
    Letter.SENT_AGAIN,
    Letter.PASSED_ON,
    Letter.MOVED_ON,
    Letter.TAKEN,
    Letter.TRIED,
    Letter.FULL,
)
"""Letters that tell the owner a promised day, with why it is later than usual."""
LATE = (Letter.NO_WORD_YET, Letter.OTHER_DOOR)
"""Letters to an owner who waits longer than promised, with until when nobody is there."""


def letter(intent: Intent, now: datetime) -> Written:
    """The letter of an intent; None when there is nobody to write to, or nothing left to say."""
    if daily.told_by_newer(intent, now):
        return None
    if intent.about:
        return OTHERS[intent.letter](intent, now)
    to = Who(intent.to)
    referral: Referral = intent.referral
    address = _address(referral, to)
    files = _waiting(referral, day_of(now)) if intent.letter == Letter.REMINDER else [referral]
    if not address or not files or too_late(intent, now):
        return None
    lang = referral.receiver.lang if to is Who.RECEIVER else referral.lang
    helped = intent.letter == Letter.REFUSED and state_of(referral).helped_already
    leads_on = to is Who.OWNER and intent.letter in LEADS_ON and not helped
    other = door(onward.next_door(referral, now) if leads_on else "", lang)
    told = _told(intent, other.name, len(files), lang, now)
    away = away_told.there(referral, other, now, lang) if leads_on else []
    proposes = intent.letter == Letter.OTHER_DOOR
    lacks_door = onward.lacks_door(referral, now) if proposes else None
    said = ALREADY_HELPED if helped else "no_other_door" if lacks_door else intent.letter
    says = text(lang, _says(intent, said, now), **told).replace("  ", " ").strip()
    if intent.letter == Letter.REMINDER:
        says = reminded_of(files, lang)
    lines = [text(lang, "letters.hello"), "", says]
    if to is Who.OWNER and intent.letter in PROMISING:
        lines += _why_later(intent, lang, now)
    if to is Who.OWNER and intent.letter in LATE:
        lines += _away(referral, lang, now)
    if leads_on:
        way = "button" if other.takes else "own" if other.known else "none"
        lines += ["", text(lang, f"letters.next.{way}", **told), *away]
        lines += nets.in_letter(referral, lang) if way == "none" else []
        lines += _by_itself(referral, lacks_door == AWAY, told, lang, now)
    lines += _hour(intent, lang, told, now)
    if fell := fallen.in_letter(intent, lang, now):
        lines += ["", fell]
    lines += pages_of(intent, files, lang, now)
    subject = text(lang, f"letters.{said}.subject", **told)
    return enveloped(intent, address, subject, lines, lang, now)


def _by_itself(
    row: Referral, stayed: bool, told: dict[str, str], lang: str, now: datetime
) -> list[str]:
    """On which day (at the latest) the question goes to the next door though its owner does
    nothing, and why it did not yet (``stayed``), where the owner allowed that; or since when no
    more.
    """
    if (ended := row.permission.no_next_at) and told["other"]:
        when = words.day(lang, day_of(ended).isoformat())
        return [text(lang, "letters.next.no_next", when=when, **told)]
    if told["other"] and (held := onward.held_by(row)):
        return [text(lang, "letters.next.held", at=called(held, lang), **told)]
    stays = stayed and onward.may_pass_on(row)
    lines = [text(lang, "letters.next.stays")] if stays else []
    if goes := onward.goes_by_itself(row, state_of(row), now):
        lines.append(text(lang, "letters.next.goes", when=full_day(lang, goes), **told))
    if last := onward.goes_at_latest(row, state_of(row), now):
        lines.append(text(lang, "letters.next.goes_latest", when=full_day(lang, last), **told))
    return lines


def _why_later(intent: Intent, lang: str, now: datetime) -> list[str]:
    """Why a promise is later than usual, and that its owner need not wait for it."""
    said = _away(intent.referral, lang, now)
    if said and intent.letter not in LEADS_ON:
        said.append(text(lang, "letters.not_wait"))
    return ["", *said] if said else []


def _hour(intent: Intent, lang: str, told: dict[str, str], now: datetime) -> list[str]:
    """The hour that the owner chose, in the first letters of both sides; to a receiver also that it
    is over.
    """
    if intent.referral.slot_at is None:
        return []
    slot = slots.in_words(lang, intent.referral.slot_at)
    comes = slots.to_come(intent.referral, now, lang)
    if intent.letter in (Letter.NEW_FILE, Letter.HOUR):
        return ["", text(lang, "letters.slot" if comes else "letters.slot_over", slot=slot)]
    yours = intent.letter == Letter.SENT and comes
    return ["", text(lang, "letters.slot_yours", slot=slot, **told)] if yours else []


def _away(row: Referral, lang: str, now: datetime) -> list[str]:
    return away_told.told(row, state_of(row), called(row, lang), lang, day_of(now))


def pages_of(intent: Intent, files: Collection[Referral], lang: str, now: datetime) -> list[str]:
    """The page of each file; a receiver reads which file it is, also where its link is dead."""
    to, lines = Who(intent.to), []
    for file in files if to in PAGE else ():
        told = {"number": file.number, "sent": words.day(lang, file.sent_on.isoformat())}
        says = "letters.link" if to is Who.OWNER else "letters.link_file"
        if intent.letter in SHUT:
            says = "letters.which_file"
        else:
            token = link_for(file, to, day_of(now))[1]
            told["url"] = settings.BAKEN_URL + in_language(PAGE[to] + token, lang)
        lines += ["", text(lang, says, **told)]
    return lines


def reminded_of(files: Collection[Referral], lang: str) -> str:
    """What a reminder asks: to take on what nobody took, to call about what was taken."""
    taken = [file.handling in (Handling.ACCEPTED, Handling.TRIED) for file in files]
    asks = [text(lang, "letters.reminder.text")]
    asks += [text(lang, "letters.reminder.take")] if not all(taken) else []
    asks += [text(lang, "letters.reminder.call")] if any(taken) else []
    return " ".join(asks)


def _says(intent: Intent, said: str, now: datetime) -> str:
    """The name of a letter's text; who is asked whether it helped reads that the other side says
    that there was contact, and an owner how to deny it where the page takes that; one who was
    called in vain reads no promised day that is over, and a receiver that it is. No receiver reads
    that it said so where only the owner did.
    """
    state = state_of(intent.referral)
    if intent.letter == Letter.TRIED and is_late(intent, now):
        return "letters.tried_late"
    if intent.letter == Letter.TRIED and state.full_still and state.full_still >= day_of(now):
        return "letters.tried_full"
    if intent.letter == Letter.AWAY and away_told.shuts_first(intent.referral, state, day_of(now)):
        return "letters.away_shuts"
    if intent.letter == Letter.WITHDRAWN and not was_opened(intent.referral):
        return "letters.withdrawn_unopened"
    if intent.letter == Letter.FILE_CLOSED and state.refusal == TOO_LONG:
        return "letters.file_closed_full"
    known = state.handling.value not in (Handling.OFFERED, Handling.SEEN)
    if intent.letter == Letter.NEW_FILE and known:
        return "letters.new_file_known"
    if intent.letter == Letter.NEW_FILE and is_late(intent, now):
        return "letters.new_file_late"
    if intent.letter == Letter.DOOR_GONE and state.contact_on:
        return "letters.door_gone_contact"
    if intent.letter == Letter.CONTACT and state.ended:
        return "letters.contact_closed"
    if intent.letter == Letter.NO_CONTACT and state.contact_said is Who.OWNER:
        return "letters.no_contact_own"
    if intent.letter == Letter.HOW_DID_IT_GO:
        if intent.to == Who.OWNER and state.contact_said is Who.RECEIVER:
            can_deny = state.handling.value in CAN_TAKE[Kind.NO_CONTACT]
            return "letters.how_did_it_go_said" if can_deny else "letters.how_did_it_go_refused"
        if intent.to == Who.RECEIVER and state.claimed:
            return "letters.how_did_it_go_claimed"
    return f"letters.{said}.text"


def _told(intent: Intent, other: str, files: int, lang: str, now: datetime) -> dict[str, str]:
    """What the texts of a letter are told: names, days, counts."""
    referral: Referral = intent.referral
    state, before = state_of(referral), referral.after
    told = {
        "to": called(referral, lang),
        "from": called(before, lang) if before else "",
        "other": other,
        "day": words.day(lang, promised_by(state).isoformat()),
        "otherwise": text(lang, "send.promise_else"),
        "files": plural(lang, "desk.files", files),
    }
    for promise in ("promise", "promise_now"):
        told[promise] = "" if is_late(intent, now) else text(lang, f"letters.{promise}", **told)
    if intent.letter == Letter.NO_CONTACT and state.ended:
        told["promise_now"] = text(lang, "letters.stays_closed")
    told["how"] = text(lang, "letters.how") if _is_readable(referral) else ""
    told["kept"] = text(lang, "letters.throw_away") if was_opened(referral) else ""
    told["times"] = plural(lang, "letters.times", state.tries)
    told["so_far"] = text(lang, f"letters.so_far.{state.so_far_told}", **told)
    if intent.letter in (Letter.FULL, Letter.TRIED) and state.full_until:
        told["until"] = words.day(lang, state.full_until.isoformat())
    if intent.letter == Letter.AWAY:
        told["away"] = " ".join(_away(referral, lang, now))
    if intent.letter == CODE:
        told["code"] = code_of(link_for(referral, Who(intent.to), day_of(now))[0])
    if intent.letter == Letter.NEW_FILE:
        told["came"] = came.told_receiver(referral, lang)
    if intent.letter == Letter.MOVED_ON and before:
        told["why"] = _why_left(before, lang)
    if intent.letter == Letter.HOW_DID_IT_GO and state.contact_on:
        told["contacted"] = words.day(lang, state.contact_on.isoformat())
    return told


def _is_readable(row: Referral) -> bool:
    """Whether the organisation's page tells how to reach the firm, or a button there opens it."""
    return not let_go(row) and (was_opened(row) or not row.ended)


def _why_left(door: Referral, lang: str) -> str:
    """Why a door was left, after those before it that were left on the same day: of these the
    owner's letters had nothing left to say, or no time to go.
    """
    left = state_of(door)
    told = {
        "from": called(door, lang),
        "times": plural(lang, "letters.times", left.tries),
        "until": words.day(lang, left.full_until.isoformat()) if left.full_until else "",
    }
    says = text(lang, f"letters.left.{left.left_because}", **told)
    before = door.after
    if before is None or day_of(state_of(before).handling.at) != day_of(left.handling.at):
        return says
    return f"{_why_left(before, lang)} {says}"


def enveloped(
    intent: Intent, address: str, subject: str, lines: list[str], lang: str, now: datetime
) -> EmailMessage:
    """The message of an intent, with what stands under each letter."""
    message = EmailMessage(FOLDING)
    message["Subject"] = subject
    message["From"], message["To"] = settings.BAKEN_MAIL_FROM, address
    message["Date"] = localtime(now)
    message["Message-ID"] = f"<{intent.message_id}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n".join([*lines, "", text(lang, "letters.foot"), ""]))
    return message


def with_link(
    intent: Intent,
    address: str,
    url: str,
    lang: str,
    now: datetime,
    files: str = "",
    foot: str = "",
    says: str = "",
    subject: str = "",
) -> EmailMessage:
    """A letter of a link and what it is for, in the texts ``letters.<its name>``. ``files`` says in
    its subject how many; ``says`` stands instead of its text, ``subject`` is the name of another
    subject, ``foot`` is said after the link.
    """
    name = f"letters.{intent.letter}"
    lines = [text(lang, "letters.hello"), "", says or text(lang, f"{name}.text"), ""]
    lines.append(text(lang, "letters.link", url=url))
    if foot:
        lines += ["", foot]
    subject = text(lang, subject or f"{name}.subject", files=files)
    return enveloped(intent, address, subject, lines, lang, now)


def _address(referral: Referral, to: Who) -> str:
    match to:
        case Who.OWNER:
            return str(referral.owner_address)
        case Who.RECEIVER:
            return str(referral.receiver.address)
        case Who.COORDINATOR:
            return str(settings.BAKEN_COORDINATOR)
    return ""


def _waiting(referral: Referral, day: date) -> list[Referral]:
    """Files of this receiver that it was told of before this day and nobody took yet, and taken
    ones that had no contact until their reminder was due; oldest first. Not those that somebody
    with an account is reminded of.
    """
    found = Referral.objects.filter(
        receiver=referral.receiver, ended=False, handling__in=[str(h) for h in NO_CONTACT_YET]
    )
    rows = [row for row in found.order_by("sent_on", "pk") if _reminded(row, day)]
    return [row for row in rows if readers.reminded(row, day) == readers.ORGANISATION]


def _reminded(row: Referral, day: date) -> bool:
    state = state_of(row)
    if state.handling.value in (Handling.OFFERED, Handling.SEEN):
        return not readers.untold(state, day)
    return (str(Step.REMIND), counts_from(state)) in state.steps
