"""Coming in: password and code on one form, wrong ones counted in the database.

A code of the second step opens once: django-otp keeps the last one that did, under a lock on its
row, so that a second worker refuses it too.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django_otp import devices_for_user, verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from baken.web.desk.models import Member
from baken.web.typed import line

MOST_WRONG = 5
PAUSE = timedelta(minutes=15)


def enter(email: str, password: str, code: str, now: datetime) -> Device | None:
    """The device (with its member) that opens the desk; None when anything is wrong. What it was
    is not told. A form without a password is no wrong one.
    """
    if not password:
        return None
    member: Member | None = Member.objects.filter(email=line(email).lower(), is_active=True).first()
    if member is None:
        make_password(password)
        return None
    if not password_fits(member, password, now):
        return None
    typed = line(code).replace(" ", "").lower()[:20]
    sort = TOTPDevice if typed.isdecimal() else StaticDevice
    for device in devices_for_user(member):
        if isinstance(device, sort):
            found: Device | None = verify_token(member, device.persistent_id, typed)
            if found is not None:
                return found
    return None


def password_fits(member: Member, password: str, now: datetime) -> bool:
    """Whether it is the password. After five wrong ones in a row none is looked at for a quarter
    of an hour. None at all is no wrong one.
    """
    if not password:
        return False
    with transaction.atomic():
        row = Member.objects.select_for_update().get(pk=member.pk)
        if row.wait_until is not None and now < row.wait_until:
            return False
        if row.check_password(password):
            Member.objects.filter(pk=row.pk).update(wrong=0, wait_until=None)
            return True
        wrong = row.wrong + 1
        pause = now + PAUSE if wrong >= MOST_WRONG else None
        Member.objects.filter(pk=row.pk).update(
            wrong=0 if pause else F("wrong") + 1, wait_until=pause
        )
        return False
