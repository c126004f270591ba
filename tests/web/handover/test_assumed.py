"""A receiver never reads as met what is only assumed, or asked of other firms than this one."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.test import Client

from baken.refer.dossier import Dossier
from baken.refer.paper import pdf
from baken.web.handover.models import Referral
from baken.web.texts import LANGS, text
from tests.refer.papers import words as on_paper
from tests.web.conftest import FakeEngine
from tests.web.handover import path
from tests.web.test_footing import PLAN, REASONS, SME, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_thursday")]


@pytest.mark.parametrize("lang", LANGS)
def test_a_receiver_reads_what_is_assumed_and_what_is_for_others_in_each_form(
    site: Client, fake: FakeEngine, lang: str
) -> None:
    fake.change = lambda answer: answer["offers"][0].update(reasons=REASONS)
    path.doors_take_files()
    at = "/stuur" if lang == "nl" else f"/{lang}/stuur"
    form = path.state(**path.REACH)
    page = html.unescape(site.post(at, form).content.decode())
    ticks = re.findall(r'name="item" value="(verdicts:[^"]+)"', page)
    page = site.post(f"{at}/nakijken", {**form, "item": ticks}).content.decode()
    preview = words(page)
    states = {says: text(lang, f"handover.state_of.{state}")
              for says, state in ((SME, "assumed"), (PLAN, "does_not_apply"))}  # fmt: skip
    for says, state in states.items():
        assert f"{says} ({state})" in preview
    site.post(f"{at}/verstuur", {"sealed": path.sealed(page), "do": "send"})
    dossier = Referral.objects.get().dossier
    (first,) = [v for v in dossier["verdicts"] if SME in json.dumps(v, ensure_ascii=False)]
    held = {r["says"]: (r["met"], r["because"]) for r in first["reasons"]}
    assert held[SME] == (None, "assumed")
    assert held[PLAN] == (None, "does_not_apply")
    assert first["checked"] == 1
    paper = on_paper(pdf(Dossier.model_validate(dossier)))
    for state in states.values():
        assert "".join(state.split()) in paper
