"""What people type in a field of one line, on several pages."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from baken.kernel.plain import plain

MOST_OF_MAIL = 254
"""Signs of a mail address (RFC 5321, as Django's field has it)."""
MOST_TYPED = 1_000
"""Signs of what is looked at to tell what is wrong with one."""


def line(typed: str, most: int = MOST_OF_MAIL) -> str:
    """What was typed, on one line of at most ``most`` signs."""
    return " ".join(plain(typed).split())[:most]


def digits(typed: str) -> str:
    """The digits in what was typed, of any script, as 0 to 9."""
    return "".join(str(int(sign)) for sign in typed if sign.isdecimal())


def is_mail(typed: str) -> bool:
    """Whether mail can go to what was typed."""
    try:
        validate_email(typed)
    except ValidationError:
        return False
    return True


MAIL_FAULTS = {
    "mail_none": "there is none",
    "mail_at": "there is no @ in it",
    "mail_more": "there is more than one @ in it",
    "mail_comma": "there is a comma in it",
    "mail_space": "there is a space in it",
    "mail_end": "nothing such as .be stands after the @",
    "mail_sign": "there is a sign in it that can't be, such as a letter with an accent",
    "mail": "no mail address",
}
"""What can be wrong with a mail address, as the command line says it; on pages it is the text of
that name below ``send.wrong``.
"""
ATOM = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]*")
"""What stands before the @ (RFC 5322, ``dot-atom``)."""
HOST = re.compile(r"[\w.-]*")
"""And behind it; letters of all scripts, for names of sites can hold them."""


def mail_fault(typed: str) -> str:
    """What is wrong with a mail address, the plainest first: one of :data:`MAIL_FAULTS`, or
    nothing where mail can go there.

    >>> mail_fault("jan@bakkerij"), mail_fault("jan@bakkerij.example")
    ('mail_end', '')
    """
    if is_mail(typed) and len(typed) <= MOST_OF_MAIL:
        return ""
    before, _, host = typed.partition("@")
    found = {
        "mail_none": not typed,
        "mail_at": "@" not in typed,
        "mail_more": "@" in host,
        "mail_comma": "," in typed,
        "mail_space": any(sign.isspace() for sign in typed),
        "mail_sign": not (ATOM.fullmatch(before) and HOST.fullmatch(host)),
        "mail_end": bool(before) and not re.search(r"[^.]\.[^\W\d_]{2,}$", host),
    }
    return next((fault for fault, there in found.items() if there), "mail")
