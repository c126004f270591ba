"""What people type in a field of one line, on several pages."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from baken.kernel.plain import plain

MOST_OF_MAIL = 254
"""Signs of a mail address (RFC 5321, as Django's field has it)."""


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
