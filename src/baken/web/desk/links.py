"""The link of an invitation: made of a random seed and the server's key, so the letter that is
written later holds the same one.
"""

from __future__ import annotations

from django.conf import settings

from baken.web.handover.links import token_for
from baken.web.owner.context import in_language
from baken.web.texts import DEFAULT


def token_of(seed: str) -> str:
    """The token of the link of an invitation: 192 bits."""
    return token_for(f"invitation/{seed}")


def address_of(token: str, lang: str = DEFAULT) -> str:
    """The whole address of an invitation."""
    return str(settings.BAKEN_URL) + in_language(f"/bureau/uitnodiging/{token}", lang)
