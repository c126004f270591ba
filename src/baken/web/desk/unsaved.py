"""What was typed in a form of the desk after the session had ended: nothing of it is lost.

The words wait, signed, in the form of the login page that answers. Who then logs in with it finds
them in the same form again, as far as the page with it is there for that person: they are shown,
not kept, until its button is pressed anew.
"""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpRequest

SALT = "baken.desk.unsaved"
KEY = "unsaved"
"""Where they are in the session, and in the form of the login page."""
FIELDS = frozenset(
    "do row note because colleague to why reason until outcome title text first last who kind "
    "stand_in each on hour_first hour_last email name role receiver".split()
)
"""What can be put back; never a password or a code."""
BUTTON = ("do", "row")
"""What a button says without anything typed."""
LONGEST = 12_000
"""Signs of a field: over the bound of each of them, with its ends of line."""


def seal(request: HttpRequest) -> str:
    """The form that came too late, for the login page."""
    typed = {name: request.POST[name][:LONGEST] for name in FIELDS & request.POST.keys()}
    return str(signing.dumps({"path": request.path, "typed": typed}, salt=SALT, compress=True))


def unseal(sealed: str) -> dict[str, Any]:
    """That form again; empty where the seal is broken."""
    try:
        return dict(signing.loads(sealed, salt=SALT))
    except signing.BadSignature:
        return {}


def remember(request: HttpRequest, sealed: str) -> str:
    """Keep the form for the session that begins; the page that it stands on, or nothing."""
    found = unseal(sealed)
    if found:
        request.session[KEY] = found
    return str(found.get("path", ""))


def forget(request: HttpRequest) -> None:
    """The button of that form was pressed, or another one where nothing had been typed: from here
    on the page tells how that went.
    """
    found = _here(request)
    words = any(value for name, value in found.items() if name not in BUTTON)
    if found and (not words or found.get("do") == request.POST.get("do")):
        del request.session[KEY]


def typed(request: HttpRequest) -> dict[str, str]:
    """What stood in the form of this page."""
    return _here(request) if request.method == "GET" else {}


def _here(request: HttpRequest) -> dict[str, str]:
    found = request.session.get(KEY) or {}
    return dict(found["typed"]) if found.get("path") == request.path else {}
