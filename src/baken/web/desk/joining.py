"""Joining the desk by invitation, and a new second step by a second person.

An invitation is a link with 192 random bits, kept as a hash, open once and for seven days. The
secret of the second step is made of the link's token, so showing the page changes nothing. To
set up the second step anew somebody else must give the link, and it asks for the password: none
of the two can do it alone.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b32encode
from datetime import datetime, timedelta
from urllib.parse import quote

import segno
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django_otp import devices_for_user
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from baken.kernel.errors import BakenError
from baken.web.desk import trail
from baken.web.desk.entry import password_fits
from baken.web.desk.models import Holder, Invitation, Member, Role
from baken.web.desk.roles import OF_ORGANISATION, may_invite, people_of
from baken.web.handover.links import hash_of
from baken.web.handover.models import Receiver

OPEN_FOR = timedelta(days=7)
RECOVERY_CODES = 8
ISSUER = "Baken"


def invite(by: Member | None, email: str, name: str, role: Role, receiver: Receiver | None) -> str:
    """Invite somebody; gives the token of the link. ``by`` None is the machine's operator.

    Raises :class:`BakenError` with the field that can't be used.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise BakenError("email", f"{email!r} is no mail address", "name@example.org") from None
    if not name.strip():
        raise BakenError("name", "it is missing", "how colleagues call this person")
    if by is not None and role not in may_invite(by):
        raise BakenError("role", f"{by.role} can't give {role!s}", "another role")
    if by is not None and by.role == Role.ADMINISTRATOR:
        receiver = by.receiver
    if (role in OF_ORGANISATION) != (receiver is not None):
        raise BakenError("receiver", f"{role!s} and this organisation don't go together")
    before = Member.objects.filter(email=email).first()
    if before is not None and not _may_come_back(before, by):
        raise BakenError("email", f"{email} is a member already", "another address")
    if by is not None:
        trail.write(by, "invited", timezone.now(), before)
    return _made(Invitation(email=email, name=name.strip()[:120], role=role, receiver=receiver), by)


def reset_second_step(by: Member, member_id: int) -> str:
    """Take somebody's second step away; gives the token of the link by which that person, with
    the password, sets up a new one. Nobody does this for oneself.
    """
    with transaction.atomic():
        member = _managed(by, member_id)
        _no_devices(member)
        trail.write(by, "reset", timezone.now(), member)
        one = Invitation(
            email=member.email,
            name=member.name,
            role=member.role,
            receiver=member.receiver,
            member=member,
        )
        return _made(one, by)


def leave(by: Member, member_id: int) -> None:
    """Somebody leaves: comes in no more, and open files are free for colleagues."""
    with transaction.atomic():
        member = _managed(by, member_id)
        member.is_active = False
        member.save(update_fields=["is_active"])
        trail.write(by, "left", timezone.now(), member)
        _no_devices(member)
        Holder.objects.filter(member=member, referral__ended=False).delete()
        Invitation.objects.filter(member=member).delete()


def find(token: str, now: datetime) -> Invitation | None:
    """The invitation of a token while it opens."""
    found: Invitation | None = (
        Invitation.objects.select_related("member", "receiver")
        .filter(token_hash=hash_of(token), used_at=None, expires_at__gt=now)
        .first()
    )
    return found


def join(token: str, password: str, code: str, now: datetime) -> tuple[TOTPDevice, list[str]]:
    """Use an invitation: the device of the second step (with its member) and the recovery codes,
    shown once.

    Raises :class:`BakenError` with the field ``token``, ``password`` or ``code``.
    """
    found = find(token, now)
    if found is not None and found.member and not password_fits(found.member, password, now):
        raise BakenError("password", "it is wrong, or too many were", "the password you had")
    with transaction.atomic():
        mine = Invitation.objects.filter(token_hash=hash_of(token), used_at=None)
        if found is None or not mine.update(used_at=now):
            raise BakenError("token", "it opens nothing (any more)", "a new invitation")
        member = found.member or _new_member(found, password)
        device = TOTPDevice(user=member, name="totp", key=secret_of(token))
        device.save()
        if not device.verify_token(code.replace(" ", "")[:6]):
            raise BakenError("code", "it is wrong", "the six digits of now")
        return device, recovery_codes(member)


def choose_password(member: Member, password: str) -> None:
    """Set a password on the row (it is not saved yet). Raises :class:`BakenError`."""
    try:
        validate_password(password, member)
    except ValidationError:
        raise BakenError("password", "it can be guessed", "at least twelve signs") from None
    member.set_password(password)


def recovery_codes(member: Member) -> list[str]:
    """New recovery codes instead of those there were: 60 bits each, each opens once."""
    device, _ = StaticDevice.objects.get_or_create(user=member, name="recovery")
    device.token_set.all().delete()
    codes = [
        b32encode(secrets.token_bytes(10)).decode().lower()[:12] for _ in range(RECOVERY_CODES)
    ]
    for code in codes:
        device.token_set.create(token=code)
    return codes


def secret_of(token: str) -> str:
    """The secret of the second step that an invitation sets up, in hex (160 bits)."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"totp/{token}".encode(), "sha256")[:20].hex()


def key_of(token: str) -> str:
    """The same secret as people type it: groups of four."""
    text = b32encode(bytes.fromhex(secret_of(token))).decode()
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def otpauth(token: str, email: str) -> str:
    """The address that sets up an app for codes."""
    label = quote(f"{ISSUER}:{email}")
    return f"otpauth://totp/{label}?secret={key_of(token).replace(' ', '')}&issuer={ISSUER}"


def picture(token: str, email: str) -> str:
    """The same as a QR code in SVG."""
    code = segno.make(otpauth(token, email), error="m")
    drawn: str = code.svg_inline(scale=4, border=4, dark="#000", light="#fff", omitsize=False)
    return drawn


def address_of(token: str) -> str:
    """The whole address of an invitation."""
    return f"{settings.BAKEN_URL}/bureau/uitnodiging/{token}"


def _made(one: Invitation, by: Member | None) -> str:
    token = secrets.token_urlsafe(24)
    one.token_hash, one.by, one.expires_at = hash_of(token), by, timezone.now() + OPEN_FOR
    one.save()
    return token


def _managed(by: Member, member_id: int) -> Member:
    member: Member | None = (
        people_of(by).select_for_update(of=("self",)).filter(pk=member_id).first()
    )
    if member is None or member.pk == by.pk:
        raise BakenError("member", "you don't manage this person", "somebody else you manage")
    return member


def _may_come_back(before: Member, by: Member | None) -> bool:
    """Whether somebody who left may be invited anew: by who managed this person."""
    known = by is None or people_of(by).filter(pk=before.pk).exists()
    return known and not before.is_active


def _no_devices(member: Member) -> None:
    for device in list(devices_for_user(member, confirmed=None)):
        device.delete()


def _new_member(found: Invitation, password: str) -> Member:
    member = Member.objects.select_for_update().filter(email=found.email).first()
    if member is not None and member.is_active:
        raise BakenError("token", "this person is a member already", "a new invitation")
    member = member or Member(email=found.email)
    member.name, member.role, member.receiver = found.name, found.role, found.receiver
    member.is_active, member.wrong, member.wait_until = True, 0, None
    choose_password(member, password)
    member.save()
    return member
