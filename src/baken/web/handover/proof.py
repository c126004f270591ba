"""Whether a device may open what its owner sent: the device that sent it, or one whose holder told
what only the owner knows.

A letter may go to a stranger, when the owner mistyped the address. So the link in it opens nothing
by itself: the device that sent has a cookie, and any other is asked for the telephone number that
went along, or, where none did, for a code that the sending device shows. All that one question
became (the doors after the first) has one cookie and one code. Nothing is kept for it but the wrong
tries.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse

from baken.refer.model import Who
from baken.web.handover import question
from baken.web.handover.links import DAYS, keyed, six_digits
from baken.web.handover.models import Link, Referral
from baken.web.typed import digits

COOKIE = "baken_vervolg_{number}"
MOST_TRIES = 5
SHUT = timedelta(days=1)
"""So long after the first of five wrong tries no other device is let in."""
PHONE, CODE = "phone", "code"
LEAST = {PHONE: 8, CODE: 6}
"""Digits that count. Of a telephone number the last eight: with or without 0, +32 or 0032."""


class Tried(StrEnum):
    """What a try was."""

    RIGHT = "right"
    WRONG = "wrong"
    SHORT = "short"
    """Too few digits to be right: not counted."""
    SHUT = "shut"


def known(request: HttpRequest, row: Referral) -> bool:
    """Whether this device sent the question, or proved to be its owner's."""
    first = question.first(row)
    given = request.COOKIES.get(_name(first), "")
    return hmac.compare_digest(given.encode(), _secret(first).encode())


def remember(request: HttpRequest, response: HttpResponse, row: Referral) -> None:
    """Let this device in, as long as the owner's link can work from now on."""
    first = question.first(row)
    response.set_cookie(
        _name(first),
        _secret(first),
        max_age=DAYS[Who.OWNER] * 86_400,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )


def cookie_of(row: Referral) -> str:
    """The name of the cookie by which a device is known."""
    return _name(question.first(row))


def forget(response: HttpResponse, begun: Iterable[Referral]) -> None:
    """Let the device forget a question that was wiped, by the referrals with which it began."""
    for one in begun:
        response.delete_cookie(_name(one), samesite="Lax")


def asked(row: Referral) -> str:
    """What another device is asked for: the owner's ``phone``, or the ``code``."""
    return PHONE if len(_phone(row)) >= LEAST[PHONE] else CODE


def code_of(row: Referral) -> str:
    """The six digits that the sending device shows."""
    return six_digits(f"owner/code/{question.first(row).public_id}")


def is_shut(link: Link, now: datetime) -> bool:
    """Whether too much was tried, not longer ago than :data:`SHUT`."""
    since = link.code_asked_at
    return link.code_tries >= MOST_TRIES and since is not None and now - since < SHUT


def attempt(link: Link, typed: str, now: datetime) -> Tried:
    """What was typed, held beside what is right; a wrong try is counted before it is."""
    what = asked(link.referral)
    right = _phone(link.referral) if what is PHONE else code_of(link.referral)
    said, count = digits(typed), LEAST[what]
    mine = Link.objects.filter(pk=link.pk)
    mine.filter(Q(code_asked_at=None) | Q(code_asked_at__lte=now - SHUT)).update(
        code_asked_at=now, code_tries=0
    )
    link.refresh_from_db()
    if is_shut(link, now):
        return Tried.SHUT
    if len(said) < count or (what is CODE and len(said) > count):
        return Tried.SHORT
    if not mine.filter(code_tries__lt=MOST_TRIES).update(code_tries=F("code_tries") + 1):
        return Tried.SHUT
    if hmac.compare_digest(said[-count:], right[-count:]):
        mine.update(code_asked_at=None, code_tries=0)
        return Tried.RIGHT
    link.refresh_from_db()
    return Tried.SHUT if is_shut(link, now) else Tried.WRONG


def _name(first: Referral) -> str:
    return COOKIE.format(number=first.pk)


def _secret(first: Referral) -> str:
    return keyed(f"owner/device/{first.public_id}").hex()


def _phone(row: Referral) -> str:
    contact = row.dossier.get("contact") or {}
    return digits(contact.get("phone", ""))
