"""Passwords that are guessed first and that lists of leaked ones miss: a commonplace of our
languages said twice or with a year behind it, one's own address or name said twice, and few signs
over and over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError

LEAST_SIGNS = 5
"""So many different signs at least."""
COMMON = (
    "wachtwoord welkom hallo geheim goedendag zomer winter lente herfst vakantie bureau "
    "onderneming adviseur vlaanderen belgie brussel antwerpen gent baken liefde schatje "
    "voetbal toegang password welcome hello secret summer winter spring autumn letmein "
    "iloveyou login access admin administrator belgium brussels football monkey dragon "
    "sunshine princess please test user motdepasse bienvenue bonjour secret soleil ete "
    "hiver printemps automne vacances belgique bruxelles wallonie jetaime amour chocolat "
    "azerty azertyuiop qwerty qwertyuiop qwertz abc abcd abcdef maandag vrijdag zondag "
    "monday friday sunday lundi vendredi dimanche mijn my mon"
).split()
_ALL_COMMON = re.compile(f"(?:{'|'.join(sorted(set(COMMON), key=len, reverse=True))})+")
_REPEATED = re.compile(r"(.{1,8}?)\1{2,}.?")
_LEET = str.maketrans("013457@$!", "oieastasi")


class CommonplaceValidator:
    """A check of Django's, in ``AUTH_PASSWORD_VALIDATORS``. Of ``user`` it reads ``email`` and
    ``name``, where there are any.
    """

    def validate(self, password: str, user: object = None) -> None:
        """Raises Django's ``ValidationError`` for a password that is guessed first."""
        said, own = _plain(password), [_plain(getattr(user, key, "")) for key in ("email", "name")]
        left = _without([*own, own[0].split("@")[0]], said)
        if (
            len(set(said)) < LEAST_SIGNS
            or _REPEATED.fullmatch(said)
            or any(map(_is_common, (said, left)))
        ):
            raise ValidationError("it is a commonplace", code="password_commonplace")

    def get_help_text(self) -> str:
        """What Django would tell; our pages say it in their own words."""
        return "No commonplace, and no few signs over and over."


def _plain(said: str) -> str:
    """In small letters without accents."""
    said = unicodedata.normalize("NFKD", said.casefold())
    return "".join(sign for sign in said if not unicodedata.combining(sign))


def _without(own: Iterable[str], said: str) -> str:
    """What is left of a password without the longest of what is one's own."""
    for word in sorted((w for w in own if len(w) > 3), key=len, reverse=True):
        said = said.replace(word, "")
    return said


def _is_common(said: str) -> bool:
    """Whether nothing is left of it but commonplaces, once digits and signs are gone; also where
    digits stand for letters.
    """
    ways = said, said.rstrip("0123456789!@$?.*#-_ ").translate(_LEET)
    bare = ["".join(filter(str.isalpha, way)) for way in ways]
    return any(not letters or _ALL_COMMON.fullmatch(letters) for letters in bare)
