"""Every link inside the site leads to a page, and every anchor to a place on it."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urldefrag, urljoin
from zlib import crc32

import pytest
from django.test import Client

from baken.web.catalogue import load_catalogue
from baken.web.owner import machines

LINK = re.compile(r'<a\b[^>]*?\shref="([^"]+)"')
ID = re.compile(r'\sid="([^"]+)"')
FILES = re.compile(r"\.(json|csv|jsonld|ttl|xml|txt)$")
RECORD = re.compile(r"/aanbod/[a-z]+/[^/?]+$|/deuren/\d+$")
MOST_FILTERED = 60
"""Pages with filters are as many as there are choices: some of them are enough."""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "one_in", "least"),
    [("/", 6, 200), ("/en/", 8, 120), pytest.param("/", 1, 800, marks=pytest.mark.slow)],
)
def test_no_link_or_anchor_inside_the_site_is_dead(
    start: str, one_in: int, least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the pages of records and of places, one in so many; every one in `make test-all`, where
    the landscape as a file is made of all records too."""
    if one_in > 1:
        monkeypatch.setattr(machines, "_exported", lambda *told: "")
    load_catalogue()
    client = Client()
    todo, seen = [start], {start}
    anchors: dict[str, set[str]] = {}
    wanted: list[tuple[str, str, str]] = []
    dead: list[tuple[str, int]] = []
    filtered = 0
    while todo:
        address = todo.pop()
        answer = client.get(address)
        if answer.status_code != 200:
            dead.append((address, answer.status_code))
            continue
        if FILES.search(address.split("?")[0]):
            continue
        page = answer.content.decode()
        anchors[address] = set(ID.findall(page))
        for found in LINK.findall(page):
            target, anchor = urldefrag(urljoin(address, unescape(found)))
            if not target.startswith("/") or target.startswith("//"):
                continue
            if start == "/" and re.match(r"/(en|fr)(/|$)", target):
                continue
            if start == "/en/" and not target.startswith("/en/aanbod"):
                continue
            if RECORD.search(target) and crc32(target.encode()) % one_in:
                continue
            if anchor:
                wanted.append((address, target, anchor))
            if target not in seen:
                filtered += "?" in target
                if "?" in target and filtered > MOST_FILTERED:
                    continue
                seen.add(target)
                todo.append(target)
    assert dead == []
    lost = [(a, t, x) for a, t, x in wanted if t in anchors and x not in anchors[t]]
    assert lost == []
    assert len(seen) > least
