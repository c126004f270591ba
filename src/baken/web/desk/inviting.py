"""Who comes and who goes: invitations by mail, a new second step, and leaving.

To set up the second step anew somebody else must ask for the link, and it asks for the password:
none of the two can do it alone.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_otp import devices_for_user

from baken.kernel.errors import BakenError
from baken.kernel.plain import plain
from baken.web.desk import letters, trail
from baken.web.desk.files import hand_over_all
from baken.web.desk.hands import works_at
from baken.web.desk.links import token_of
from baken.web.desk.models import Busy, Invitation, Member, Role
from baken.web.desk.roles import OF_ORGANISATION, may_invite, people_of
from baken.web.handover.links import hash_of
from baken.web.handover.models import Intent, Receiver
from baken.web.handover.said import row_number
from baken.web.texts import DEFAULT
from baken.web.typed import MAIL_FAULTS, mail_fault

OPEN_FOR = timedelta(days=7)
MOST_NAME = 120
"""Signs of a name, as the database has it."""


def invite(
    by: Member | None,
    email: str,
    name: str,
    role: Role,
    receiver: Receiver | None,
    lang: str = DEFAULT,
) -> str:
    """Invite somebody; gives the token of the link. ``by`` None is the machine's operator, who gets
    the link; else it goes by mail, where the site sends mail. It takes the place of an open one to
    the same address and organisation.

    Raises :class:`BakenError` with the field that can't be used.
    """
    email = email.strip().lower()
    if fault := mail_fault(email):
        raise BakenError(fault, f"{email!r}: {MAIL_FAULTS[fault]}", "name@example.org")
    name = name_of(name)
    if not 0 < len(name) <= MOST_NAME:
        raise BakenError("name", "it is missing or too long", "how colleagues call this person")
    if by is not None and role not in may_invite(by):
        raise BakenError("role", f"{by.role} can't give {role!s}", "another role")
    if by is not None and by.role == Role.ADMINISTRATOR:
        receiver = by.receiver
    if (role in OF_ORGANISATION) != (receiver is not None):
        raise BakenError("receiver", f"{role!s} and this organisation don't go together")
    before = Member.objects.filter(email=email).first()
    if before is not None and not _may_come_back(before, by):
        raise BakenError("taken", f"{email} is a member already", "another address")
    one = Invitation(email=email, name=name, role=role, receiver=receiver, lang=lang, by=by)
    with transaction.atomic():
        if by is not None:
            trail.write(by, "invited", timezone.now(), before)
        else:
            _open_to(email).filter(by=None).exclude(receiver=receiver).delete()
        _open_to(email).filter(receiver=receiver).update(seed="", expires_at=timezone.now())
        return _made(one, "invitation" if by else "")


def name_of(typed: str) -> str:
    """How colleagues call somebody, on one line, as it was typed."""
    return " ".join(plain(typed).split())


def invitations_of(member: Member) -> QuerySet[Invitation]:
    """The invitations that nobody used and that somebody may send again or draw back, newest
    first: of the people whom that member manages or would.
    """
    found: QuerySet[Invitation] = Invitation.objects.filter(used_at=None).exclude(seed="")
    found = found.select_related("receiver").order_by("-expires_at", "-pk")
    if member.role == Role.OPERATOR:
        return found
    if member.role == Role.ADMINISTRATOR and member.receiver_id is not None:
        return found.filter(receiver_id=member.receiver_id)
    return found.none()


def send_again(by: Member, number: int) -> str:
    """Send an invitation anew, for seven days from now; the link before it opens nothing more."""
    with transaction.atomic():
        one = _open_invitation(by, number)
        trail.write(by, "invited", timezone.now(), one.member)
        return _made(one, "second_step" if one.member_id else "invitation")


def draw_back(by: Member, number: int) -> None:
    """An invitation opens nothing any more."""
    with transaction.atomic():
        one = _open_invitation(by, number)
        trail.write(by, "revoked", timezone.now(), one.member)
        one.delete()


def how_sent(ones: list[Invitation]) -> dict[int, str]:
    """Of the letter of each: ``waiting``, ``done`` or ``dead``; those without one are left out."""
    stages = {
        (i.about, i.key.rpartition("/")[2]): i.stage
        for i in Intent.objects.filter(about__in=[_about(one) for one in ones])
        if i.stage != Intent.DROPPED
    }
    found = {one.pk: stages.get((_about(one), one.seed)) for one in ones}
    ended = (Intent.DONE, Intent.DEAD)
    return {pk: str(s if s in ended else Intent.WAITING) for pk, s in found.items() if s}


def reset_second_step(by: Member, member_id: int, lang: str = DEFAULT) -> str:
    """Take somebody's second step away; gives the token of the link by which that person, with
    the password, sets up a new one. Nobody does this for oneself.
    """
    with transaction.atomic():
        member = _managed(by, member_id)
        _no_devices(member)
        trail.write(by, "reset", timezone.now(), member)
        Invitation.objects.filter(member=member, used_at=None).delete()
        one = Invitation(
            email=member.email,
            name=member.name,
            role=member.role,
            receiver=member.receiver,
            member=member,
            lang=lang,
            by=by,
        )
        return _made(one, "second_step")


def leave(by: Member, member_id: int, to: str = "") -> None:
    """Somebody leaves and comes in no more. Open files go to the colleague ``to`` (a number), else
    to an administrator of that organisation: who does this, or the first one; without any they
    are free.
    """
    now = timezone.now()
    with transaction.atomic():
        member = _managed(by, member_id)
        heir = _heir(by, member, to)
        member.is_active = False
        member.save(update_fields=["is_active"])
        trail.write(by, "left", now, member)
        _no_devices(member)
        Invitation.objects.filter(email=member.email, used_at=None).delete()
        member.busy.all().delete()
        Busy.objects.filter(stand_in=member).update(stand_in=None)
        hand_over_all(by, member, heir, now)


def _open_to(email: str) -> QuerySet[Invitation]:
    """The invitations to join that nobody used, to this address."""
    found: QuerySet[Invitation] = Invitation.objects.filter(email=email)
    return found.filter(member=None, used_at=None)


def _made(one: Invitation, letter: str) -> str:
    """Open an invitation from now on, and write its letter where the site sends mail."""
    now: datetime = timezone.now()
    one.seed = secrets.token_hex(16)
    token = token_of(one.seed)
    one.token_hash, one.expires_at = hash_of(token), now + OPEN_FOR
    one.save()
    if letter and letters.by_mail():
        letters.write(letter, _about(one), f"{letter}/{one.pk}/{one.seed}", now)
    return token


def _about(one: Invitation) -> str:
    return f"invitation/{one.pk}"


def _open_invitation(by: Member, number: int) -> Invitation:
    found: Invitation | None = (
        invitations_of(by).select_for_update(of=("self",)).filter(pk=number).first()
    )
    if found is None:
        raise BakenError("member", "there is no such invitation", "one of the page")
    return found


def _managed(by: Member, member_id: int) -> Member:
    member: Member | None = (
        people_of(by).select_for_update(of=("self",)).filter(pk=member_id).first()
    )
    if member is None or member.pk == by.pk:
        raise BakenError("member", "you don't manage this person", "somebody else you manage")
    return member


def _heir(by: Member, leaver: Member, to: str) -> Member | None:
    """Who gets the open files of somebody who leaves."""
    house = works_at(leaver.receiver_id).exclude(pk=leaver.pk)
    if to:
        named: Member | None = house.filter(pk=row_number(to)).first()
        if named is None:
            raise BakenError("heir", "nobody of that name works there", "a colleague")
        return named
    bosses = house.filter(role=Role.ADMINISTRATOR)
    found: Member | None = bosses.filter(pk=by.pk).first() or bosses.first()
    return found


def _may_come_back(before: Member, by: Member | None) -> bool:
    """Whether somebody who left may be invited anew: by who managed this person."""
    known = by is None or people_of(by).filter(pk=before.pk).exists()
    return known and not before.is_active


def _no_devices(member: Member) -> None:
    for device in list(devices_for_user(member, confirmed=None)):
        device.delete()
