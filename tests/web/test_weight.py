"""No page of the site weighs more than 150 kB, with the styles, scripts and pictures it fetches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import urldefrag, urljoin
from zlib import crc32

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from baken.web.catalogue import load_catalogue
from baken.web.owner.asking import MORE_OFFERS
from baken.web.texts import items

MOST = 150_000
LINK = re.compile(r'<a\b[^>]*?\shref="([^"]+)"')
PLACE = re.compile(r"<loc>https?://[^/<]+([^<]*)</loc>")
FETCHED = re.compile(r'<(?:link|script|img)\b[^>]*?\s(?:href|src)="/static/([^"?]+)')
CHOOSER = re.compile(r'<form\b[^>]*?\bmethod="get" action="([^"]+)"[^>]*>(.*?)</form>', re.S)
CHOICES = re.compile(r'<select\b[^>]*?\bname="([^"]+)"[^>]*>(.*?)</select>', re.S)
ALIKE = re.compile(r"/(aanbod/[a-z]+|deuren|verhalen)/[^/?]+$|/aanbod/.+/klopt-niet$")
"""Pages of which there are hundreds: one of each record, municipality and story."""
APART = ("/verhalen/wat-leren-we", "/verhalen/wie-of-wat-hielp")
FILTERED = 6
"""So many choices of the filters of one page are looked at, besides the page without."""


@cache
def _size(file: str) -> int:
    found = finders.find(file)
    assert isinstance(found, str), file
    return Path(found).stat().st_size


def _weight(answer: HttpResponse) -> int:
    fetched = set(FETCHED.findall(answer.content.decode()))
    return len(answer.content) + sum(_size(file) for file in fetched)


def _led_to(address: str, page: str) -> Iterator[str]:
    """Where links lead, and the choices of forms that lead to an address."""
    for link in LINK.findall(page):
        yield urldefrag(urljoin(address, unescape(link)))[0]
    for action, inside in CHOOSER.findall(page):
        for name, choices in CHOICES.findall(inside):
            for value in re.findall(r'<option value="([^"]+)"', choices):
                yield urljoin(address, f"{action}?{name}={unescape(value)}")


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
@pytest.mark.parametrize("one_in", [40, pytest.param(1, marks=pytest.mark.slow)])
def test_no_page_weighs_too_much(lang: str, one_in: int) -> None:
    """Of pages that are alike, one in so many; every one in `make test-all`. What is posted to
    (an answer, a plan, signals) has tests of its own."""
    load_catalogue()
    client = Client()
    places = PLACE.findall(client.get("/sitemap.xml").content.decode())
    todo = [lang + p for p in places if not re.match(r"/(en|fr)(/|$)", p)]
    seen, filtered, heavy = set(todo), Counter[str](), dict[str, int]()
    looked = 0
    while todo:
        address = todo.pop()
        alike = ALIKE.search(address) and not address.endswith(APART)
        if alike and crc32(address.encode()) % one_in:
            continue
        answer = client.get(address)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        looked += 1
        weight = _weight(answer)
        if weight >= MOST:
            heavy[address] = weight
        for target in _led_to(address, answer.content.decode()):
            path = target.split("?")[0]
            own = re.match(r"/(en|fr)(?=/|$)", target)
            if target in seen or not target.startswith("/") or (own[0] if own else "") != lang:
                continue
            if target != path:
                filtered[path] += 1
                if filtered[path] > FILTERED * (1 if one_in > 1 else 10):
                    continue
            seen.add(target)
            todo.append(target)
    assert heavy == {}
    assert looked > 60
    assert f"{lang}/verhalen/wat-leren-we?per=theme" in seen


@pytest.mark.django_db
def test_the_weight_counts_what_a_page_fetches() -> None:
    answer = Client().get("/")
    assert _weight(answer) > len(answer.content) + 30_000


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_the_first_page_weighs_less_than_60_kb(lang: str) -> None:
    assert _weight(Client().get(reverse(f"{lang}:start"))) < 60_000


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_an_answer_with_all_its_offers_weighs_no_more(lang: str) -> None:
    """To each of the six needs to tap, from the real engine."""
    load_catalogue()
    address = reverse(f"{lang}:result")
    asked = {"where": "Aalst", "heads": "8", "limit": str(MORE_OFFERS)}
    weights = {
        need: _weight(Client().post(address, {**asked, "need": need}))
        for need in items(lang, "start.example_needs")
    }
    assert {need: w for need, w in weights.items() if not MOST > w > MOST // 2} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_what_follows_an_answer_weighs_no_more(lang: str) -> None:
    """As many offers as can be ticked."""
    load_catalogue()
    need = items(lang, "start.example_needs")[0]
    asked = {"need": need, "where": "Aalst", "heads": "8", "limit": str(MORE_OFFERS)}
    told = Client().post(reverse(f"{lang}:result"), asked).content.decode()
    picks = dict.fromkeys(re.findall(r'name="pick" value="([^"]+)"', told))
    assert len(picks) >= 5
    for page in ("plan", "compare"):
        answer = Client().post(reverse(f"{lang}:{page}"), {**asked, "pick": list(picks)})
        assert answer.status_code == 200
        assert MOST > _weight(answer) > len(answer.content) + 30_000
