"""The landscape to browse, the hard words, and the landscape to take along."""

from __future__ import annotations

import csv
import io
import json
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from rdflib import Graph

from baken.web.glossary import entries, linked
from baken.web.owner.models import Report


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
        ("need=%00%00", True),
        ("need=xyzzy", False),
    ],
)
def test_filters_stand_in_the_address(site: Client, query: str, there: bool) -> None:
    answer = site.get(f"/aanbod?{query}")
    assert answer.status_code == 200
    assert ("/aanbod/instrument/energielening" in answer.content.decode()) is there


@pytest.mark.parametrize(
    "address",
    ["/aanbod?q=", "/aanbod?need=", "/deuren?plaats=", "/verhalen?offer=", "/verhalen?need="],
)
def test_signs_that_nobody_sees_do_not_come_back(site: Client, address: str) -> None:
    signs = "\x00\x07\x1b\u202e\u2066\u200b"
    page = site.get(address + quote(f"bak{signs}ker")).content.decode()
    assert not set(signs) & set(page)


def test_an_empty_list_says_what_to_do(site: Client) -> None:
    assert "Niets past bij al deze keuzes" in site.get("/aanbod?q=xyzzy").content.decode()


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("q=energieleningen", None),
        ("q=leningen", None),
        (
            "q=enregielening",
            'Het woord "enregielening" kennen we niet. We zochten op "energielening".',
        ),
        ("q=energielening+xyzzy", "Hieronder staat waar de meeste in staan: 1 van de 2."),
        ("q=energielening+xyzzy", 'Nergens gevonden: "xyzzy".'),
    ],
)
def test_words_find_other_forms_and_what_was_not_found_is_said(
    site: Client, query: str, says: str | None
) -> None:
    page = unescape(site.get(f"/aanbod?{query}").content.decode())
    assert '"/aanbod/instrument/energielening"' in page
    assert says in page if says else "note--words" not in page


def test_counts_and_filters_hold_for_what_the_words_leave(site: Client) -> None:
    page = site.get("/aanbod?q=energieleningen+xyzzy&type=instrument").content.decode()
    assert '<option value="instrument" selected>Steunmaatregel (1)</option>' in page
    assert '<option value="organisation">' not in page
    headers = {"accept": "application/json"}
    told = site.get("/aanbod?q=energieleningen+xyzzy", headers=headers).json()["words"]
    assert told == {
        "sought": ["energieleningen", "xyzzy"], "holds": 1, "nowhere": ["xyzzy"], "mended": {},
    }  # fmt: skip


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


def test_in_production_a_visitor_does_not_tell_what_the_site_is_called(
    site: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ALLOWED_HOSTS, settings.BAKEN_URL = ["*"], "https://baken.example"
    for production, expected in (("", "http://elders.example"), ("1", "https://baken.example")):
        monkeypatch.setenv("BAKEN_PRODUCTION", production)
        for address in ("/sitemap.xml", "/robots.txt", "/aanbod.jsonld"):
            page = site.get(address, headers={"host": "elders.example"}).content.decode()
            assert expected in page
            assert ("elders.example" in page) == (not production)


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


def test_a_reader_reports_a_mistake_and_nothing_of_the_reader_is_kept(site: Client) -> None:
    address = "/aanbod/instrument/energielening/klopt-niet"
    for _ in range(2):  # sent twice, kept once
        page = site.post(address, {"says": "Het bedrag is nu 60.000 euro.\x00"}, follow=True)
        assert page.redirect_chain == [("/aanbod/instrument/energielening?gemeld=1#fout", 302)]
        assert page.status_code == 200 and "Bedankt" in page.content.decode()
    (kept,) = Report.objects.all()
    assert (kept.type, kept.record_id) == ("instrument", "energielening")
    assert kept.says == "Het bedrag is nu 60.000 euro."
    assert {f.name for f in Report._meta.get_fields()} == {
        "id", "reported_on", "type", "record_id", "says", "lang", "catalogue_version",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("says", "problem"),
    [("", "Schrijf eerst"), ("   ", "Schrijf eerst"), ("x" * 1001, "hoogstens 1.000")],
)
def test_a_report_that_says_nothing_or_too_much_is_not_kept(
    site: Client, says: str, problem: str
) -> None:
    page = site.post("/aanbod/instrument/energielening/klopt-niet", {"says": says})
    assert page.status_code == 400 and problem in page.content.decode()
    assert not Report.objects.exists()


def test_a_report_needs_a_record_and_a_form(site: Client) -> None:
    assert site.post("/aanbod/instrument/nergens/klopt-niet", {"says": "x"}).status_code == 404
    assert site.get("/aanbod/instrument/energielening/klopt-niet").status_code == 405


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_freshness_is_shown_by_year(site: Client, lang: str) -> None:
    page = site.get(f"{lang}/versheid").content.decode()
    assert "<meter" in page
    rows = site.get(f"{lang}/versheid", headers={"accept": "application/json"}).json()["years"]
    assert rows == sorted(rows, key=lambda r: -r["year"])
    assert all(0 <= r["stale"] <= r["records"] for r in rows)
