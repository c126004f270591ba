"""The landscape to browse, the hard words, and the landscape to take along."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.test import Client
from rdflib import Graph

from baken.web.glossary import entries, linked


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_the_offer_is_listed_with_filters_and_counts(site: Client, lang: str) -> None:
    page = site.get(f"{lang}/aanbod").content.decode()
    assert 'name="need"' in page and "<option" in page
    assert f'href="{lang}/aanbod/instrument/energielening"' in page


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("type=organisation", False),
        ("type=instrument", True),
        ("q=xyzzy", False),
        ("page=99999&type=instrument", True),
        ("page=-1&need=", True),
        ("need=%00%00", False),
    ],
)
def test_filters_stand_in_the_address(site: Client, query: str, there: bool) -> None:
    answer = site.get(f"/aanbod?{query}")
    assert answer.status_code == 200
    assert ("/aanbod/instrument/energielening" in answer.content.decode()) is there


def test_an_empty_list_says_what_to_do(site: Client) -> None:
    assert "Niets past bij al deze keuzes" in site.get("/aanbod?q=xyzzy").content.decode()


def test_programs_get_the_same_list(site: Client) -> None:
    answer = site.get("/aanbod?type=instrument", headers={"accept": "application/json"})
    assert {"energielening"} <= {r["id"] for r in answer.json()["records"]}


def test_the_whole_landscape_can_be_taken_along(site: Client) -> None:
    rows = json.loads(site.get("/aanbod.json").content)
    assert {"id", "type"} <= set(rows[0])
    lines = list(csv.reader(io.StringIO(site.get("/aanbod.csv").content.decode())))
    assert len(lines) == len(rows) + 1
    turtle = Graph().parse(data=site.get("/aanbod.ttl").content, format="turtle")
    linked_data = Graph().parse(data=site.get("/aanbod.jsonld").content, format="json-ld")
    assert len(turtle) == len(linked_data) > 0
    assert site.get("/aanbod.exe").status_code == 404


def test_search_engines_find_the_records_and_not_the_answers(site: Client) -> None:
    assert "Disallow: /resultaat" in site.get("/robots.txt").content.decode()
    assert "/aanbod/instrument/energielening</loc>" in site.get("/sitemap.xml").content.decode()
    page = site.get("/aanbod/instrument/energielening").content.decode()
    said = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert json.loads(said)["@type"] == "GovernmentService"


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_the_hard_words_are_explained_in_each_language(site: Client, lang: str) -> None:
    prefix = "" if lang == "nl" else f"/{lang}"
    page = site.get(f"{prefix}/woorden").content.decode()
    assert len(entries(lang)) >= 20
    assert all(f'id="{e["id"]}"' in page for e in entries(lang))


@pytest.mark.parametrize(
    ("says", "html"),
    [
        ("Een kmo en een kmo", 'Een <a class="word" href="/w#kmo">kmo</a> en een kmo'),
        ("vrijwaarborgen", "vrijwaarborgen"),
        ("<b>kmo</b>", '&lt;b&gt;<a class="word" href="/w#kmo">kmo</a>&lt;/b&gt;'),
        ("niets moeilijks", "niets moeilijks"),
    ],
)
def test_only_whole_words_are_linked_and_nothing_is_let_through(says: str, html: str) -> None:
    assert str(linked(says, "nl", "/w")) == html
