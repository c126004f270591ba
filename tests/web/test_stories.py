"""The pages of stories, what they teach together, and doors by municipality."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client

from baken.landscape.stories import load_stories
from tests.web.conftest import NEED, FakeEngine


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_stories_are_listed_and_told(site: Client, lang: str) -> None:
    page = site.get(f"{lang}/verhalen").content.decode()
    links = re.findall(rf'<h3><a href="({lang}/verhalen/[a-z0-9-]+)"', page)
    assert len(links) == 20
    told = site.get(links[0]).content.decode()
    assert "<blockquote" in told and 'rel="external noreferrer"' in told


def test_filters_narrow_the_stories(site: Client) -> None:
    headers = {"accept": "application/json"}
    found = site.get("/verhalen?trigger=crisis&need=N14", headers=headers).json()["stories"]
    wanted = {s.id for s in load_stories() if s.trigger == "crisis" and "N14" in s.needs}
    assert {s["id"] for s in found} == wanted
    assert "Laat er één weg" in site.get("/verhalen?trigger=crisis&theme=x").content.decode()


def test_an_unknown_story_is_not_found(site: Client) -> None:
    assert site.get("/verhalen/bestaat-niet").status_code == 404
    assert site.post("/verhalen").status_code == 405


@pytest.mark.parametrize("cut", ["size", "theme", "degree", "onzin"])
def test_every_count_leads_to_just_so_many_stories(site: Client, cut: str) -> None:
    page = site.get(f"/verhalen/wat-leren-we?per={cut}").content.decode()
    links = re.findall(r'href="(/verhalen\?[^"]+)" aria-label="[^"]*: (\d+)"', page)
    assert len(links) > 100
    for address, count in links[:: len(links) // 12]:
        answer = site.get(address.replace("&amp;", "&"), headers={"accept": "application/json"})
        assert len(answer.json()["stories"]) == int(count), address


def test_the_counts_can_be_taken_along(site: Client) -> None:
    found = site.get("/verhalen/wat-leren-we.json").json()
    assert found["stories"] == len(load_stories())
    rows = list(
        csv.DictReader(io.StringIO(site.get("/verhalen/wat-leren-we.csv").content.decode()))
    )
    crisis = next(r for r in rows if (r["row"], r["column"]) == ("crisis", "all"))
    assert int(crisis["stories"]) == found["questions"]["trigger"]["total"]["crisis"]
    assert site.get("/verhalen/wat-leren-we.pdf").status_code == 404


def test_an_answer_shows_a_firm_like_yours(site: Client, fake: FakeEngine) -> None:
    like = {
        "id": load_stories()[0].id, "title": "Een titel", "problem": "Het <b>probleem</b>.",
        "firm": "bakkerij", "needs": ["N03"], "helped_by": ["VIVES"], "outcome": "Gelukt.",
        "result": "success", "why": ["Zit in dezelfde sector."], "score": 0.9,
        "source": {"url": "https://voorbeeld.be", "date": "2024"},
    }  # fmt: skip
    fake.change = lambda answer: answer.update(similar_stories=[like])
    page = site.post("/resultaat", {"need": NEED}).content.decode()
    assert "Een bedrijf zoals het jouwe" in page and "Zit in dezelfde sector." in page
    assert "<b>probleem" not in page


@pytest.mark.parametrize(
    ("typed", "where"),
    [("Hasselt", "/deuren/71072"), ("9000", "/deuren/44021"), ("Nevele", "/deuren/44083")],
)
def test_a_place_leads_to_its_doors(site: Client, typed: str, where: str) -> None:
    assert site.get("/deuren", {"plaats": typed})["Location"] == where


@pytest.mark.parametrize("typed", ["Xyzzy", "99999", "<script>"])
def test_a_place_that_is_none_is_told_kindly(site: Client, typed: str) -> None:
    answer = site.get("/deuren", {"plaats": typed})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "We kennen geen gemeente" in page and "<script>" not in page


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_the_map_and_the_list_lead_to_the_same_pages(site: Client, lang: str) -> None:
    page = site.get(f"{lang}/deuren").content.decode()
    assert page.count("<path") > 100
    mapped = set(re.findall(rf'<a href="({lang}/deuren/\d+)" aria-label', page))
    listed = set(re.findall(rf'<li><a href="({lang}/deuren/\d+)">', page))
    assert mapped <= listed and len(listed) == 565
    assert site.get(f"{lang}/deuren/71072").status_code == 200
    assert site.get(f"{lang}/deuren/00000").status_code == 404
