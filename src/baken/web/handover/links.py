"""The link by which somebody without an account reaches one referral.

The token is made of the server's key and the referral, so a letter that goes twice holds the same
link; the database knows its hash only. Under another key no link that went out before opens, and
the next letter holds one that does. A GET shows nothing of the firm and changes nothing:
programs that scan mail fetch links and even run their scripts. What opens is the POST of a
button.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse

from baken.refer.model import Who
from baken.web.handover.models import Intent, Link, Referral
from baken.web.typed import digits

DAYS = {Who.RECEIVER: 30, Who.OWNER: 90}
"""How long a link stays open after the last letter with it, and after the last thing that happened.
Both stay open longer where their file goes on (:mod:`baken.web.handover.lives`).
"""
ONE_DAY = timedelta(days=1)
CODE_STAYS = timedelta(minutes=15)
"""How long a code works once its letter left."""
CODE_LEAVES = timedelta(hours=1)
"""Until so long after the asking that letter leaves, and no more after it."""
MOST_TRIES = 5
CODE_DIGITS = 6
COOKIE = "baken_dossier_{number}"


def token_of(referral: Referral, who: Who, turn: int = 0) -> str:
    """The token of a side's link: 192 bits; of the first, or (``turn``) of one made anew."""
    again = f"/{turn}" if turn else ""
    return token_for(f"link/{referral.public_id}/{who}{again}")


def link_for(referral: Referral, who: Who, today: date) -> tuple[Link, str]:
    """The link of a side and its token: made when it is not there, open for :data:`DAYS` from now,
    and made anew where the server has another key since. A revoked link stays shut.
    """
    until = today + timedelta(days=DAYS[who])
    found, new = Link.objects.get_or_create(
        referral=referral,
        who=str(who),
        defaults={"token_hash": hash_of(token_of(referral, who)), "expires_on": until},
    )
    token = token_of(referral, who, found.turn)
    if not new and found.expires_on < until:
        Link.objects.filter(pk=found.pk).update(expires_on=until)
    if found.token_hash != hash_of(token):
        found.token_hash = hash_of(token)
        same = Link.objects.filter(pk=found.pk, turn=found.turn)
        same.update(token_hash=found.token_hash)
    return found, token


def renew(referral: Referral) -> None:
    """Another link for the receiver: the one before opens nothing any more, on no device."""
    for link in referral.links.filter(who=str(Who.RECEIVER), revoked_at=None):
        link.turn += 1
        link.token_hash = hash_of(token_of(referral, Who.RECEIVER, link.turn))
        link.device_hash, link.code_asked_at, link.code_tries = "", None, 0
        link.save()


def find(token: str) -> Link | None:
    """The link of a token, whatever its state; None when there is none, or where it was made with
    another key than that of now.
    """
    found: Link | None = (
        Link.objects.select_related("referral__receiver").filter(token_hash=hash_of(token)).first()
    )
    if found is None or token != token_of(found.referral, Who(found.who), found.turn):
        return None
    return found


def known_device(request: HttpRequest, link: Link) -> bool:
    """Whether this device opened the link before, or nobody did yet."""
    if not link.device_hash:
        return True
    given = request.COOKIES.get(COOKIE.format(number=link.pk), "")
    return hmac.compare_digest(hash_of(given), link.device_hash)


def opened_here(request: HttpRequest, link: Link) -> bool:
    """Whether this very device opened the link, or typed the code: it has the cookie of that."""
    return bool(link.device_hash) and known_device(request, link)


def remember_device(request: HttpRequest, response: HttpResponse, link: Link) -> None:
    """Bind the link to this device if it is bound to none; a second click at the same moment
    changes nothing.
    """
    if link.device_hash:
        return
    secret = secrets.token_urlsafe(24)
    mine = Link.objects.filter(pk=link.pk, device_hash="").update(device_hash=hash_of(secret))
    if mine:
        _give(request, response, link, secret)


def new_device(request: HttpRequest, response: HttpResponse, link: Link) -> None:
    """Bind the link to this device instead of the one before: its holder typed the code."""
    secret = secrets.token_urlsafe(24)
    Link.objects.filter(pk=link.pk).update(
        device_hash=hash_of(secret), code_asked_at=None, code_tries=0
    )
    _give(request, response, link, secret)


def code_of(link: Link) -> str:
    """The six digits that the letter with the code holds; empty when none was asked."""
    return six_digits(code_key(link)) if link.code_asked_at is not None else ""


def code_key(link: Link) -> str:
    """The key of the letter with the code that was asked."""
    return f"code/{link.pk}/{link.code_asked_at.isoformat()}"


def code_works_until(link: Link) -> datetime | None:
    """Until when the code that was asked works: mail goes in rounds, so its quarter begins when the
    letter left; before that, as long as it may leave. None: none was asked.
    """
    if link.code_asked_at is None:
        return None
    sent = Intent.objects.filter(key=code_key(link)).values_list("done_at", flat=True)
    left: datetime | None = sent.first()
    until: datetime = left + CODE_STAYS if left else link.code_asked_at + CODE_LEAVES
    return until


def code_leaves(link: Link, key: str, now: datetime) -> bool:
    """Whether the letter of this key is that of the code that was asked last, and in time."""
    asked = link.code_asked_at
    if asked is None or link.revoked_at is not None or key != code_key(link):
        return False
    return bool(now < asked + CODE_LEAVES)


def ask_code(link: Link, now: datetime) -> bool:
    """Ask for a code; False when one is on its way or works still (after too many wrong ones, for
    fifteen minutes).
    """
    until, asked = code_works_until(link), link.code_asked_at
    locked = asked is not None and now - asked < CODE_STAYS
    if until is not None and now < until and (locked or link.code_tries < MOST_TRIES):
        return False
    Link.objects.filter(pk=link.pk).update(code_asked_at=now, code_tries=0)
    link.refresh_from_db()
    return True


def locked_until(link: Link, now: datetime) -> datetime | None:
    """From when on a new code can be asked, after five wrong ones; None where nothing is locked."""
    asked = link.code_asked_at
    if asked is None or link.code_tries < MOST_TRIES or now - asked >= CODE_STAYS:
        return None
    until: datetime = asked + CODE_STAYS
    return until


def is_code(typed: str) -> bool:
    """Whether what was typed has the length of a code; else it is no try."""
    return len(digits(typed)) == CODE_DIGITS


def code_fits(link: Link, typed: str, now: datetime) -> bool:
    """Whether the typed code is right, works still, and is not the sixth guess."""
    if not is_code(typed):
        return False
    until = code_works_until(link)
    if until is None or now >= until:
        return False
    counted = Link.objects.filter(pk=link.pk, code_tries__lt=MOST_TRIES)
    if not counted.update(code_tries=F("code_tries") + 1):
        return False
    link.refresh_from_db()
    return hmac.compare_digest(digits(typed), code_of(link))


def hash_of(text: str) -> str:
    """SHA-256 of a secret that is long and random, so that no slow hash is needed."""
    return hashlib.sha256(text.encode()).hexdigest()


def keyed(text: str) -> bytes:
    """What nobody can make of a text without the key of the server."""
    return hmac.digest(settings.SECRET_KEY.encode(), text.encode(), "sha256")


def token_for(text: str) -> str:
    """The same as the end of a link: 192 bits."""
    return base64.urlsafe_b64encode(keyed(text)[:24]).decode()


def six_digits(text: str) -> str:
    """The same as a code that people type."""
    return f"{int.from_bytes(keyed(text)[:8]) % 1_000_000:06d}"


def _give(request: HttpRequest, response: HttpResponse, link: Link, secret: str) -> None:
    response.set_cookie(
        COOKIE.format(number=link.pk),
        secret,
        max_age=DAYS[Who.RECEIVER] * 86_400,
        httponly=True,
        secure=request.is_secure(),
        samesite="Strict",
    )
