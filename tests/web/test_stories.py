"""The pages of stories, what they teach together, and doors by municipality."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest
from django.test import Client
from django.utils.html import escape

from baken.landscape.stories import load_stories
from baken.needs import load_needs
from baken.registers.places import municipalities
from baken.web.owner.doors import _row
from baken.web.texts import text
from tests.landscape.records import organisation
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
    page += site.get("/verhalen/wie-of-wat-hielp").content.decode()
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
    counted = {tuple(r.values())[:4]: int(r["stories"]) for r in rows}
    assert len(counted) == len(rows)
    assert counted["size", "unknown", "all", "all"] == found["by"]["size"]["unknown"]
    assert counted["result", "failure", "all", "all"] == found["results"]["failure"]
    need, kinds = next(iter(found["need_by_helper"].items()))
    assert {c: counted["need", need, "kind", c] for c in kinds} == kinds
    links = {(k[1], k[3]): n for k, n in counted.items() if k[0] == "sector" and k[2] == "body"}
    assert links == {(x["sector"], x["body"]): x["stories"] for x in found["network"]["links"]}


def test_a_split_says_how_many_each_column_holds_and_ends_with_what_is_not_told(
    site: Client,
) -> None:
    page = site.get("/verhalen/wat-leren-we").content.decode()
    assert '<option value="degree" selected>' in page
    degrees = site.get("/verhalen/wat-leren-we.json").json()["by"]["degree"]
    table = page[page.index('<table class="tally">') : page.index("</table>")]
    heads = [int(n) for n in re.findall(r"(\d+) verha(?:al|len)</span></th>", table)]
    assert heads == [len(load_stories()), *degrees.values()]
    assert list(degrees)[-1] == "unknown"
    assert re.findall(r'<th scope="row">([^<]+)', table)[-1] == "Niet verteld"


def test_the_two_pages_of_what_stories_teach_lead_to_each_other(site: Client) -> None:
    page = site.get("/verhalen/wat-leren-we").content.decode()
    other = site.get("/verhalen/wie-of-wat-hielp").content.decode()
    assert len(re.findall(r'href="#v-', page)) == 4
    assert all(f'id="{x}"' in page for x in re.findall(r'href="#(v-[^"]+)"', page))
    led = re.findall(r'href="/verhalen/wie-of-wat-hielp#([^"]+)"', page)
    assert led == re.findall(r'href="#((?:k-|netw)[^"]+)"', other) and len(led) == 3
    assert all(f'id="{target}"' in other for target in led)
    assert 'href="/verhalen/wat-leren-we"' in other
    told = {"accept": "application/json"}
    assert site.get("/verhalen/wie-of-wat-hielp", headers=told).json()["network"]["links"]
    assert site.post("/verhalen/wie-of-wat-hielp").status_code == 405


@pytest.mark.parametrize(("lang", "point"), [("", ","), ("/en", r"\."), ("/fr", ",")])
def test_bridges_join_two_sectors_or_more_with_two_decimals(
    site: Client, lang: str, point: str
) -> None:
    page = site.get(f"{lang}/verhalen/wie-of-wat-hielp").content.decode()
    table = page[page.index('<table class="tally tally--bridges">') :]
    rows = re.findall(r"<td>(\d+)</td><td>(\d+)</td><td>([^<]+)</td>", table)
    assert rows
    assert all(int(n) >= 2 and int(sectors) >= 2 for n, sectors, _ in rows)
    assert all(re.fullmatch(rf"[01]{point}\d\d", score) for *_, score in rows)
    assert "taught=organisation" in table and "theme=horizontal&amp;taught" not in page


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_filters_have_an_order_people_expect(site: Client, lang: str) -> None:
    page = site.get(f"{lang}/verhalen").content.decode()

    def choices(name: str) -> list[tuple[str, str]]:
        field = page[page.index(f'name="{name}"') :]
        return re.findall(
            r'<option value="([^"]+)"[^>]*>(.+?) \(\d+\)', field.split("</select>")[0]
        )

    def values(name: str) -> list[str]:
        return [value for value, _ in choices(name)]

    assert values("phase") == ["start", "grow", "change", "crisis", "stop_or_hand_over"]
    assert values("size")[:3] == ["micro", "small", "medium"]
    assert values("need") == sorted(values("need"))
    untold = {"trigger": "unknown", "obstacle": "none_told", "degree": "unknown"}
    untold |= {"size": "unknown", "province": "unknown", "result": "unknown"}
    assert {name: values(name)[-1] for name in untold} == untold
    accents = str.maketrans("éèêâîôùç", "eeeaiouc")
    for name in ("trigger", "partner", "obstacle", "theme", "result"):
        labels = [text.casefold().translate(accents) for v, text in choices(name)]
        labels = labels[:-1] if name in untold else labels
        assert labels == sorted(labels), name


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_what_is_dutch_says_so_on_a_page_that_is_not(site: Client, lang: str) -> None:
    told = next(s for s in load_stories() if any(h.id is None for h in s.helped_by))
    page = site.get(f"{lang}/verhalen/{told.id}").content.decode()
    name = escape(next(h.name for h in told.helped_by if h.id is None))
    assert (f'<span lang="nl">{name}</span>' in page) == bool(lang)
    marked = ' lang="nl"' if lang else ""
    assert f"<title{marked}>{escape(told.title)}" in page
    assert page.count('id="taal"') == bool(lang)


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_a_story_leads_to_the_question_in_its_words_to_be_changed(site: Client, lang: str) -> None:
    """Nothing is asked before the owner sends it. Stories are in Dutch: elsewhere the question
    begins with what the story is about, in the reader's language, which is told above the button.
    """
    for story in load_stories():
        page = site.get(f"{lang}/verhalen/{story.id}").content.decode()
        (words,) = re.findall(r'name="need" value="([^"]*)"', page)
        if not lang:
            assert words == escape(story.problem)
            continue
        said = [load_needs()[code].says[lang[1:]] for code in story.needs]
        assert html.unescape(words) == " ".join(said)
        told = page[page.index('id="vraag-titel"') :]
        assert words in told[: told.index("<form")]
        assert escape(text(lang[1:], "stories.yours_about")) in told
    asked = site.post(f"{lang}/", {"need": html.unescape(words), "edit": "1"}).content.decode()
    field = asked[asked.index('<textarea id="need"') :]
    assert words.strip() in field[: field.index("</textarea>")]


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
    mapped = set(re.findall(rf'<a href="({lang}/deuren/\d+)"><title>[^<]+ \d+ ', page))
    listed = set(re.findall(rf'<li><a href="({lang}/deuren/\d+)">', page))
    assert mapped <= listed and len(listed) == 565
    assert site.get(f"{lang}/deuren/71072").status_code == 200
    assert site.get(f"{lang}/deuren/00000").status_code == 404


def test_a_page_of_doors_begins_with_first_doors(site: Client) -> None:
    page = site.get("/deuren/21004").content.decode()
    assert re.findall(r'<h2 id="d-(\w+)">', page) == ["town", "region", "here"]
    found = site.get("/deuren/71072", headers={"accept": "application/json"}).json()
    assert list(found)[2:] == ["town", "province", "region", "here", "near", "around"]


@pytest.mark.parametrize(
    ("area", "office", "elsewhere"),
    [
        (["brussels-hoofdstedelijk-gewest"], "Heeft een kantoor in Brussel.", ""),
        (["vlaams-gewest"], "Heeft een kantoor in Brussel.", "Werkt voor Vlaanderen"),
    ],
)
def test_who_sits_here_and_works_elsewhere_says_so(
    area: list[str], office: str, elsewhere: str
) -> None:
    record = organisation(area={"regions": area}, places=["Brussel"])
    row = _row(record, municipalities()["21004"], "nl")
    assert (row["office"], row["elsewhere"]) == (office, elsewhere)
