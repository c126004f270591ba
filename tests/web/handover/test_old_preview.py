"""Only what was previewed lately is sent; an old preview leads back to the answer."""

from __future__ import annotations

import html
import re
from unittest.mock import patch

import pytest
from django.test import Client

from baken.web.handover.models import Referral
from tests.web.handover import path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]


@pytest.mark.parametrize("sealed", ["", "x", "eyJhIjoxfQ:1vO:zz"])
def test_what_was_not_previewed_is_not_sent(site: Client, sealed: str) -> None:
    answer = site.post("/stuur/verstuur", {"sealed": sealed, "do": "send"})
    assert answer.status_code == 410
    assert "Er is niets verstuurd" in answer.content.decode()


def test_a_preview_older_than_a_day_is_not_sent(site: Client) -> None:
    order = {"sealed": path.sealed(path.preview(site)), "do": "send"}
    with patch("baken.web.handover.sealed.HOLDS", -1):
        answer = site.post("/stuur/verstuur", order)
    assert answer.status_code == 410 and not Referral.objects.exists()
    page = answer.content.decode()
    fields = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
    form = {name: html.unescape(value) for name, value in fields}
    assert 'action="/resultaat#deuren"' in page
    assert "sealed" not in form, "what went along is chosen again"
    again = site.post("/resultaat", form)
    assert again.status_code == 200 and form["need"] in html.unescape(again.content.decode())
