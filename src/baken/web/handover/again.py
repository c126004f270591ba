"""The same question once more: what was shared of it, as the form that it came from."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from baken.refer.dossier import Dossier
from baken.web.handover import onward
from baken.web.handover.models import Receiver, Referral
from baken.web.handover.reach import door
from baken.web.owner.asking import read_form
from baken.web.owner.views import answer_to
from baken.web.texts import text

CORRECTED = (".kbo", ".accounts")
"""How the name of a fact ends that the owner called wrong, as its source has it."""


def can_ask(row: Referral) -> bool:
    """Whether the question itself was shared."""
    return bool(row.dossier.get("need"))


def ask(request: HttpRequest, row: Referral) -> HttpResponse:
    """The page with the answer of today: by the need, what the owner said of the firm, and what the
    owner called wrong, as far as these were shared.
    """
    lang: str = request.lang
    asked = read_form(_form(Dossier.model_validate(row.dossier)), lang)
    doors = Receiver.objects.filter(record_id__in=onward.been(row)).order_by("name")
    stood_at = ", ".join(door(one.record_id, lang).name or one.name for one in doors)
    says = text(lang, "follow.stood_at", to=stood_at)
    return answer_to(request, asked, at=reverse(f"{lang}:result"), says=says)


def _form(shared: Dossier) -> QueryDict:
    said = {fact.id: fact.data for fact in shared.facts if fact.data is not None}
    ends = [(fact.id, end) for fact in shared.facts for end in CORRECTED if fact.id.endswith(end)]
    wrong = [name.removesuffix(end) for name, end in ends]
    post = QueryDict(mutable=True)
    post["need"] = shared.need.words if shared.need else ""
    post["facts"] = json.dumps(said)
    post["denied"] = json.dumps([name for name in wrong if name not in said])
    post["counted"] = "1"
    return post
