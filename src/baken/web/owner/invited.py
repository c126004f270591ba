"""A link from somebody else (a bookkeeper, a social worker) with the form filled in.

What it fills in stands after ``#``, where no server and no log sees it: a script posts it to this
page. After ``?`` it works without scripts too, but whoever runs a proxy may read it.
Nothing of it goes to the engine, and nothing is kept, until the owner has seen it and sends it.
"""

# mypy: allow-untyped-decorators
from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from baken.facts.questions import choices_for
from baken.facts.vocabulary import load_vocabulary
from baken.web.owner import told_by
from baken.web.owner.answered import private
from baken.web.owner.asking import check_place, read_form
from baken.web.owner.errors import not_allowed
from baken.web.words import fact_label, told

FIELDS = ("need", "where", "heads", "kbo")
MAX_TICKS = 20


@dataclass
class Invited:
    """Who filled it in, as they call themselves, and the facts beside the fields of the form."""

    who: str = ""
    ticks: list[dict[str, str]] = field(default_factory=list)
    linked: str = ""
    """What the link filled in, field by field: what the owner changes is the owner's own word."""

    @property
    def source(self) -> str:
        """How :mod:`baken.web.owner.told_by` names who filled it in."""
        return f"link:{self.who}" if self.who else "link"


@sensitive_post_parameters()
def invited_page(request: HttpRequest) -> HttpResponse:
    """The form as the link fills it in, to look at, correct and send."""
    if request.method not in ("GET", "HEAD", "POST"):
        return not_allowed(request, "GET, HEAD, POST")
    given = request.POST if request.method == "POST" else request.GET
    if not given:
        response = render(request, "owner/invited_link.html")
        response.scripts = True
        return private(response)
    asked = read_form(_fields(given), request.lang)
    check_place(asked)
    if not asked.need:
        asked.problems = [p for p in asked.problems if p.field != "need"]
    asked.facts = {}
    who = " ".join(given.get("van", "").split())[: told_by.MOST_WHO]
    invited = Invited(
        "".join(c for c in who if c.isprintable()),
        _ticks(given, request.lang, timezone.localdate()),
        json.dumps({name: getattr(asked, name) for name in told_by.TYPED}),
    )
    return private(render(request, "owner/start.html", {"asked": asked, "invited": invited}))


def _fields(given: QueryDict) -> QueryDict:
    post = QueryDict(mutable=True)
    for name in FIELDS:
        post[name] = given.get(name, "")
    return post


def _ticks(given: Mapping[str, str], lang: str, as_of: date) -> list[dict[str, str]]:
    """Facts of the vocabulary that have choices, where the link gives one of these."""
    vocabulary = load_vocabulary()
    found = []
    for name, raw in list(given.items())[:MAX_TICKS]:
        fact = vocabulary.get(name)
        if fact is None or not fact.askable:
            continue
        for choice in choices_for(fact, as_of, lang):
            plain = choice["value"]
            if plain is not None and raw == (
                plain if isinstance(plain, str) else json.dumps(plain)
            ):
                value = json.dumps({name: plain}, separators=(",", ":"))
                says = told(lang, fact_label(lang, name), choice["label"])
                found.append({"value": value, "text": says})
    return found
