"""Joining the desk by invitation.

An invitation is a link of 192 bits, kept as a hash, open once and for seven days
(:mod:`baken.web.desk.inviting` makes it). The secret of the second step is made of the link's
token, so showing the page changes nothing.
"""

from __future__ import annotations

import secrets
from base64 import b32encode
from datetime import datetime
from urllib.parse import quote

import segno
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from baken.kernel.errors import BakenError
from baken.web.desk.entry import password_fits
from baken.web.desk.links import token_of
from baken.web.desk.models import Invitation, Member
from baken.web.handover.links import hash_of, keyed

RECOVERY_CODES = 8
ISSUER = "Baken"


def find(token: str, now: datetime) -> Invitation | None:
    """The invitation of a token while it opens; None where it was made with another key."""
    found: Invitation | None = (
        Invitation.objects.select_related("member", "receiver")
        .filter(token_hash=hash_of(token), used_at=None, expires_at__gt=now)
        .first()
    )
    return found if found is not None and token == token_of(found.seed) else None


def replaced(token: str) -> bool:
    """Whether a newer invitation came in the place of the one with this token."""
    found = Invitation.objects.filter(token_hash=hash_of(token), used_at=None, seed="")
    return bool(found.exists())


def taken(token: str) -> bool:
    """Whether the address of an invitation to join that nobody used has access already: two
    organisations invited it, and it joined by the other link.
    """
    mine = Invitation.objects.filter(token_hash=hash_of(token), used_at=None, member=None)
    emails = mine.values_list("email", flat=True)
    return bool(Member.objects.filter(email__in=emails, is_active=True).exists())


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
    return keyed(f"totp/{token}")[:20].hex()


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
