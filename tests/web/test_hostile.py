"""What means harm in any field of the owner's pages: no page fails, shows it as marks or with signs
that nobody sees, and no table keeps such a sign (PostgreSQL refuses the first of them)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from django.test import Client

from tests.web.conftest import NEED
from tests.web.desk.made import PASSWORD, member, with_password
from tests.web.hostile import HOSTILE, harmless
from tests.web.signalen.conftest import Owner, owner, table
from tests.web.signalen.test_result import key

pytestmark = pytest.mark.django_db
__all__ = ["owner"]

HIDDEN = ("\x00", "\x07", "\x1b", "\u202e", "\u2066")
ESCAPED = json.dumps(HOSTILE)
STATE = {"need": NEED, "facts": '{"headcount": 8}', "asked": '["headcount"]'}
WHOLE = {"facts": json.dumps({"municipality": HOSTILE}), "asked": json.dumps([HOSTILE])}
ASKING = ("need", "where", "heads", "kbo", "facts", "asked", "denied", "trade", "place", "made")
PAGES: dict[str, tuple[str, ...]] = {
    "/resultaat": (*ASKING, "answer", "question", "take", "told_by", "pick", "before", "missed"),
    "/start": (*ASKING, "name", "role"),
    "/onderneming": ("firm", "town", "town_instead", "where", "kbo"),
    "/jaarrekening": ("books", "do", "facts"),
    "/waarom-niet": ("missed", "which", "facts"),
    "/plan": ("pick", "costs", "received", "same", "made", "facts", "kept"),
    "/naast-elkaar": ("pick", "costs", "received", "same", "facts"),
    "/bewaar": ("form", "made", "kept", "facts", "asked", "denied"),
    "/terug": ("code", "opened", "mail", "do", "facts"),
    "/meenemen": ("need", "facts", "pick"),
    "/gegevens": ("typed", "do"),
    "/scan": ("need", "facts", "domain"),
    "/signalen": ("code", "own", "step"),
    "/rekenen/kmo": ("answers", "text", "heads", "expert", "says"),
    "/rekenen/de-minimis": ("answers", "text", "received", "expert"),
    "/aanbod/instrument/streekfonds/klopt-niet": ("says",),
    "/bureau/aanmelden": ("email", "password", "code", "naar"),
}
ODD = [
    (page, field, said)
    for page, fields in PAGES.items()
    for field in fields
    for said in (HOSTILE, ESCAPED, WHOLE.get(field))
    if said is not None
]


def kept_signs() -> list[str]:
    """Where a sign that nobody sees stands in a table."""
    return [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | JSONField)
        for value in model._default_manager.values_list(field.name, flat=True)
        if any(sign in _text(value) for sign in HIDDEN)
    ]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def unseen(page: Any) -> list[str]:
    """The signs that nobody sees which a page shows."""
    shown = page.content.decode() if "text/html" in page.headers.get("Content-Type", "") else ""
    return [repr(sign) for sign in HIDDEN if sign in shown]


@pytest.mark.parametrize(("page", "field", "said"), ODD)
def test_a_field_that_means_harm_does_none(site: Client, page: str, field: str, said: str) -> None:
    filled = STATE | {"password": "x", "code": "x", "email": "an@b.example"} | {field: said}
    answer = site.post(page, filled)
    assert harmless(answer)
    assert unseen(answer) == []
    assert kept_signs() == []


def test_a_note_beside_an_alarm_holds_no_hidden_sign(owner: Owner) -> None:
    owner.give(table(0.3))
    for field in ("did", "why"):
        more = {"explain": "stays"} if field == "why" else {}
        page = owner.go(story=key(owner.page), **more, **{field: HOSTILE})
        assert owner.status < 500 and not any(sign in page for sign in HIDDEN)
        assert kept_signs() == []


@pytest.mark.parametrize("code", [HOSTILE, "\x00", "\x00" * 6, "abcdef\x00"])
def test_who_knows_the_password_comes_in_by_no_odd_code(site: Client, code: str) -> None:
    an = with_password(member("adviser"))
    asked = {"email": an.email, "password": PASSWORD, "code": code}
    assert harmless(site.post("/bureau/aanmelden", asked))
    assert "_auth_user_id" not in site.session
