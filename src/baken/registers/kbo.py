"""Numbers of the Crossroads Bank for Enterprises (KBO): enterprises and establishments.

Check digits are modulo 97 (python-stdnum). The normal form has points, as the register
prints it: ``0200.065.765`` for an enterprise, ``2.175.653.085`` for an establishment.
"""

from __future__ import annotations

import re

from baken.kernel.errors import BakenError

_SIGNS = re.compile(r"[\s.\-/·]")
_PREFIX = re.compile(r"^(?:KBO|BCE|BTW|TVA|VAT|BE)+", re.IGNORECASE)
ENTERPRISE = "a company number of ten digits, such as 0200.065.765"
ESTABLISHMENT = "an establishment number of ten digits, such as 2.175.653.085"


def _digits(text: str) -> str:
    return _PREFIX.sub("", _SIGNS.sub("", str(text)).lstrip("°:#"))


def begins_as_establishment(text: str) -> bool:
    """Whether it is ten digits, the first 2 to 8; the check digits may be wrong."""
    digits = _digits(text)
    return len(digits) == 10 and digits.isascii() and digits.isdigit() and digits[0] in "2345678"


def enterprise(text: str, path: str = "kbo") -> str:
    """The enterprise number in its normal form.

    Takes points, spaces, ``BE`` and nine digits (the leading nought left out). Raises
    :class:`BakenError` for another shape or wrong check digits.

    >>> enterprise("BE 200065765")
    '0200.065.765'
    """
    from stdnum.be import vat
    from stdnum.exceptions import InvalidChecksum, ValidationError

    digits = _digits(text)
    if len(digits) == 9 and digits.isascii() and digits.isdigit():
        digits = "0" + digits
    if begins_as_establishment(digits):
        raise BakenError(path, f"{text} begins as an establishment number", ENTERPRISE)
    try:
        vat.validate(digits)
    except InvalidChecksum:
        raise BakenError(
            path, f"{text} is no company number: its check digits are wrong", ENTERPRISE
        ) from None
    except ValidationError:
        raise BakenError(path, f"{text} is no company number", ENTERPRISE) from None
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"


def establishment(text: str, path: str = "establishment") -> str:
    """The establishment number (first digit 2 to 8) in its normal form; errors as above.

    >>> establishment("2175653085")
    '2.175.653.085'
    """
    digits = _digits(text)
    if not begins_as_establishment(digits):
        raise BakenError(path, f"{text} is no establishment number", ESTABLISHMENT)
    if 97 - int(digits[:8]) % 97 != int(digits[8:]):
        raise BakenError(
            path, f"{text} is no establishment number: its check digits are wrong", ESTABLISHMENT
        )
    return f"{digits[0]}.{digits[1:4]}.{digits[4:7]}.{digits[7:]}"
