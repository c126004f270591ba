"""The result: one sentence first, one story for what belongs together, and what the owner says."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree, html

from baken.web.signalen.models import Seen
from tests.web.conftest import FakeEngine
from tests.web.signalen.conftest import Owner, table, upload

HOTEL = "Hotel Luchtkasteel"


def words(page: str) -> str:
    """What a page says, with single spaces."""
    main = html.fromstring(page).xpath("//main")[0]
    etree.strip_elements(main, "svg", with_tail=False)
    return re.sub(r"\s+", " ", main.text_content().replace("\u00a0", " "))


@pytest.fixture
def bakery(owner: Owner) -> Owner:
    owner.give(demo="bakery")
    return owner


def key(page: str) -> str:
    return unescape(re.search(r'name="story" value="([^"]*)"', page)[1])  # type: ignore[index]


def test_a_sentence_first_and_the_cause(bakery: Owner) -> None:
    said = words(bakery.page)
    title = html.fromstring(bakery.page).xpath("string(//h1)")
    assert re.fullmatch(r"Je verkoop zakt sinds juni 2026, ongeveer \d\d\u00a0%\.", title)
    assert "per maand minder dan verwacht" in said
    assert "één klant. Verkoop aan klant A: van €" in said
    assert "Bel die klant deze week" in said
    assert "We konden het zien vanaf het einde van augustus 2026." in said
    assert re.search(r"(Rood|Oranje): ", said)
    assert bakery.page.count('<article class="card story') == 1
    assert "Wat mee bewoog" in said and "Verkoop aan klant A" in said


def test_a_hundred_dots_and_one_denominator(bakery: Owner) -> None:
    page = html.fromstring(bakery.page)
    for dots in page.xpath("//svg[contains(@class, 'dots')]"):
        assert len(dots.xpath("./circle")) == 100
    assert "Van 100 gezonde zaken zoals de jouwe" in words(bakery.page)
    assert not re.search(r"\b1 (op|sur|in) \d", words(bakery.page))


def test_dots_are_as_many_as_said(owner: Owner) -> None:
    owner.give(table(0.14))
    said = re.search(r"krijgen er (\d+) per jaar", words(owner.page))
    full = len(html.fromstring(owner.page).xpath("(//svg[@class='dots'])[1]/circle[@class]"))
    assert full == (int(said[1]) if said else 1)


def test_charts_have_no_style_and_a_table_beside(bakery: Owner) -> None:
    page = html.fromstring(bakery.page)
    charts = page.xpath("//svg[@class='chart']")
    assert len(charts) >= 3
    assert page.xpath("//*[@style]") == [] and page.xpath("//style") == []
    assert all(c.get("role") == "img" and "Verkoop" in charts[0].get("aria-label") for c in charts)
    for role in ("band", "middle", "line", "after", "since", "alarm"):
        assert charts[0].xpath(f".//*[@class='chart__{role}']"), role
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(h[1:] in ids for h in page.xpath("//use/@href"))
    assert len(page.xpath("(//figure)[1]//tbody/tr")) == 36


def test_names_only_when_asked_and_on_this_page_only(bakery: Owner) -> None:
    assert HOTEL not in bakery.page
    bakery.go(names="1")
    assert HOTEL in bakery.page
    bakery.go(names="1", **{"as": "json"})
    assert HOTEL not in bakery.page
    assert HOTEL not in bakery.go()


def test_the_json_twin(bakery: Owner) -> None:
    bakery.go(**{"as": "json"})
    answer = bakery.response.json()
    assert bakery.response["Content-Disposition"].startswith("attachment")
    assert {a["cause"] for a in answer["alarms"]} >= {"customer_gone"}
    assert len(answer["stories"]) == 1 and len(answer["stories"][0]["alarms"]) >= 3
    assert answer["own"] == "1999.000.150"


def test_help_is_asked_in_words_without_figures(bakery: Owner, fake: FakeEngine) -> None:
    query = fake.queries[0]
    assert query["need"].startswith("Mijn grootste klant koopt niets meer")
    assert not re.search(r"\d", query["need"])
    assert query["facts"] == {}
    page = html.fromstring(bakery.page)
    (form,) = page.xpath("//form[.//button[@name='edit']]")
    assert form.get("action") == "/resultaat"
    assert form.xpath(".//input[@name='need']/@value") == [query["need"]]
    assert form.xpath(".//button[@name='edit']/@formaction") == ["/"]
    assert len(page.xpath("//section[contains(@class,'story__now')]//div[@class='door']")) == 1


def test_the_first_story_leads_to_the_scan_of_its_domain(bakery: Owner) -> None:
    (form,) = html.fromstring(bakery.page).xpath("//form[@action='/scan']")
    assert form.xpath(".//input[@name='need']/@value")[0] == "N12"
    assert form.xpath("string(.//input[@name='facts']/@value)") == "{}"
    assert form.xpath("preceding-sibling::div[@class='door']")


def test_nothing_goes_along_with_the_question_without_a_tick(
    bakery: Owner, fake: FakeEngine
) -> None:
    (form,) = html.fromstring(bakery.page).xpath("//form[.//button[@name='edit']]")
    assert form.xpath("string(.//input[@name='facts']/@value)") == "{}"
    items = form.xpath(".//input[@name='take']")
    assert len(items) >= 2 and not any(i.get("checked") for i in items)
    assert re.search(r"Daling van de omzet[^:]*: \d\d", form.text_content())
    ticked = next(i.get("value") for i in items if "turnover_drop_pct" in i.get("value"))
    bakery.site.post("/resultaat", {"need": "mijn verkoop zakt", "facts": "{}", "take": ticked})
    assert list(fake.queries[-1]["facts"]) == ["turnover_drop_pct"]
    sent = {"need": "mijn verkoop zakt", "facts": "{}", "take": "[1]"}
    assert bakery.site.post("/resultaat", sent).status_code == 400


@pytest.mark.parametrize("figures", [5, 6])
def test_too_few_figures_are_no_all_clear(owner: Owner, figures: int) -> None:
    rows = [f"2025-{m:02d};{1000 - 180 * m}" for m in range(1, figures + 1)]
    said = words(owner.give(upload("\n".join(["maand;omzet", *rows]), "omzet.csv")))
    unknown = "We weten het nog niet: er zijn te weinig cijfers"
    assert (unknown in said) is (figures < 6)
    assert not (figures < 6 and "We zien niets" in said)
    assert ("minstens zes cijfers" in said) is (figures < 6)
    assert ("80 van de 100 keer" in said) is not (figures < 6)


def test_nothing_is_wrong_is_an_outcome(owner: Owner) -> None:
    owner.give(table())
    assert html.fromstring(owner.page).xpath("string(//h1)") == (
        "We zien niets dat afwijkt tot en met december 2025"
    )
    owner.give(demo="metal")
    said = words(owner.page)
    assert "We bekeken 11 reeksen cijfers" in said
    assert re.search(r"Gemiddelde factuur: een daling van \d+ % of meer\. 36 cijfers", said)
    assert "te zeldzaam om snel te zien; tel klachten" in said


def test_what_is_no_news_but_lasts_is_no_all_clear(owner: Owner) -> None:
    """Half of the workshop's sales have gone to one customer for years."""
    owner.give(demo="metal")
    said = words(owner.page)
    assert re.match(r"Je grootste klant is goed voor 4\d % van je verkoop", said.strip())
    assert re.search(r"Je grootste klant is goed voor 4\d % van je verkoop", said)
    assert "Vraag je af wat er gebeurt als die ene klant stopt." in said
    (card,) = html.fromstring(owner.page).xpath("//section[@aria-labelledby='blijft']//li[form]")
    assert card.xpath(".//figure//*[name()='svg']") and len(card.xpath(".//tbody/tr")) > 12
    (form,) = card.xpath("./form")
    assert form.get("action") == "/resultaat"
    assert "te veel af van enkele grote klanten" in form.xpath("string(.//input/@value)")


def fallen_long_ago() -> Any:
    """Monthly sales that fell by 28 % eight months before the last: the alarm is over by then."""
    rows = ["maand;omzet"]
    for m in range(46):
        usual = 30_000 + 900 * ((m * 7) % 5) - 500 * ((m * 3) % 4)
        rows.append(f"{2022 + m // 12}-{m % 12 + 1:02d};{round(usual * (0.72 if m >= 38 else 1))}")
    return upload("\n".join(rows), "omzet.csv")


def test_what_nobody_told_this_owner_before_is_not_said_to_be_no_news(owner: Owner) -> None:
    """A fall of eight months ago, at the first visit: told as what it is."""
    owner.give(fallen_long_ago(), keep="1")
    for page in (owner.page, owner.go()):
        title = html.fromstring(page).xpath("string(//h1)")
        assert re.match(r"Omzet ligt sinds .* (2[789]|3\d)\s%", title), title
        said = words(page)
        assert "niets nieuws" not in said and "al langer" not in said
        assert "Dit is al een tijd zo." in said
    Seen.objects.update(first_shown="2026-01-01")
    said = words(owner.go())
    assert said.strip().startswith("We zien niets nieuws, maar één ding blijft")
    assert "Dit zagen we al langer." in said


def test_figures_that_stop_are_said_to_stop(owner: Owner) -> None:
    """The table ends in December 2025, and what came later nobody knows."""
    owner.give(table(0.4))
    said = words(owner.page)
    assert "Je cijfers gaan tot en met december 2025." in said
    assert "Let op: na december 2025 kregen we geen cijfers." in said
    owner.give(demo="bakery")
    assert "Let op: na" not in words(owner.page)


def test_vat_follows_from_turnover(owner: Owner) -> None:
    """Fewer sales make for less VAT: the turnover is told, the VAT explains."""
    rows = ["kwartaal;01;03;54;59;71"]
    for q in range(20):
        base = (60_000 + 900 * ((q * 7) % 5)) * (0.6 if q >= 17 else 1)
        rows.append(
            f"{2021 + q // 4}-Q{q % 4 + 1};0;{base:.0f};{0.21 * base:.0f};4000;"
            f"{0.21 * base - 4000:.0f}"
        )
    owner.give(upload("\n".join(rows), "btw.csv"))
    page = html.fromstring(owner.page)
    assert page.xpath("string(//h1)").startswith("Omzet volgens de btw-aangifte zakt")
    assert page.xpath("count(//article)") == 1
    assert "Btw op verkopen (54)" in words(owner.page)
    assert not page.xpath("//summary[starts-with(., 'Btw')]")


def test_too_few_values_are_said(owner: Owner) -> None:
    owner.give(upload("maand;omzet\n2026-01;5\n2026-02;6\n2026-03;4\n", "kort.csv"))
    assert "nog te weinig cijfers, zes is het minste" in owner.page


def test_an_alarm_that_is_explained_stays_off(owner: Owner) -> None:
    owner.give(table(0.4), keep="1")
    assert "zakt sinds" in html.fromstring(owner.page).xpath("string(//h1)")
    owner.go(story=key(owner.page), explain="stays", why="wij <stopten> met taarten")
    assert "<h1>Buiten wat je uitlegde, zien we niets dat afwijkt</h1>" in owner.page
    assert "Jij schreef: wij &lt;stopten&gt; met taarten" in owner.page
    again = Owner(owner.site)
    again.code = owner.code
    assert "Buiten wat je uitlegde, zien we niets" in again.go()
    again.go(undo=str(Seen.objects.get(explained="stays").pk))
    assert "zakt sinds" in html.fromstring(again.page).xpath("string(//h1)")


def test_months_of_once_only_are_left_out_of_the_judgement(owner: Owner) -> None:
    rows = ["maand;omzet"]
    for m in range(40):
        low = 27 <= m <= 31
        value = 20_000 + 700 * ((m * 7) % 5) - 350 * ((m * 3) % 4)
        rows.append(f"{2023 + m // 12}-{m % 12 + 1:02d};{value // 3 if low else value}")
    owner.give(upload("\n".join(rows[:33]), "omzet.csv"))
    assert "zakt sinds" in html.fromstring(owner.page).xpath("string(//h1)")
    owner.go(story=key(owner.page), explain="once", until="2025-08", why="ik sloot")
    assert "<h1>Buiten wat je uitlegde, zien we niets dat afwijkt</h1>" in owner.page
    assert "Omzet: van" in owner.page and "telt niet mee" in owner.page
    assert "Jij schreef: ik sloot" in owner.page
    owner.go(undo=str(Seen.objects.filter(explained="once")[0].pk))
    assert "zakt sinds" in html.fromstring(owner.page).xpath("string(//h1)")


def test_what_was_done_and_how_soon(owner: Owner) -> None:
    owner.give(table(0.4), keep="1")
    Seen.objects.update(first_shown="2026-01-01")
    owner.go(story=key(owner.page), did="ik belde twee klanten")
    row = Seen.objects.get()
    assert row.did == "ik belde twee klanten" and row.did_on is not None
    assert re.search(r"Je deed iets na \d+ dagen\.", owner.page)
    assert "nog te vroeg om te zien of het hielp" in owner.page
    owner.go(story=key(owner.page), did="ik belde twee klanten", did_on="2025-12-20")
    assert "Je deed iets nog voor je dit hier zag." in owner.page
    for odd in ("2999-01-01", "gisteren", "31/12/2025"):
        owner.go(story=key(owner.page), did="ik belde", did_on=odd)
        assert Seen.objects.get().did_on == timezone.localdate()
    owner.go(story=key(owner.page), did=" ")
    assert Seen.objects.get().did_on is None


@pytest.mark.parametrize(
    ("after", "says"), [(1.0, "gaat het beter"), (0.6, "geen duidelijk verschil")]
)
def test_whether_the_step_helped(owner: Owner, after: float, says: str) -> None:
    """Sales fell by two fifths in August 2025; the step was taken in December."""
    rows = ["maand;omzet"]
    for m in range(43):
        value = 20_000 + 700 * ((m * 7) % 5) - 350 * ((m * 3) % 4)
        fell = 1.0 if m < 31 else 0.6 if m < 36 else after
        rows.append(f"{2023 + m // 12}-{m % 12 + 1:02d};{value * fell:.0f}")
    owner.give(upload("\n".join(rows[:36]), "omzet.csv"), keep="1")
    owner.go(story=key(owner.page), did="ik belde", did_on="2025-12-20")
    assert "te vroeg om te zien of het hielp" in owner.page
    sent = {"code": owner.code, "files": upload("\n".join(rows), "omzet.csv")}
    owner.site.post("/signalen", sent)
    assert says in owner.go()


@pytest.mark.parametrize("fields", [{"undo": "x"}, {"undo": "999"}, {"story": "a|b|c", "did": "x"}])
def test_what_is_not_there_changes_nothing(owner: Owner, fields: dict[str, str]) -> None:
    owner.give(table(0.4))
    owner.go(**fields)
    assert owner.status == 200
    assert not Seen.objects.exclude(explained="", did="").exists()


def test_one_owner_cannot_undo_what_another_said(owner: Owner) -> None:
    owner.give(table(0.4))
    owner.go(story=key(owner.page), explain="stays")
    number = str(Seen.objects.get().pk)
    other = Owner(owner.site)
    other.give(table(0.4))
    other.go(undo=number)
    assert Seen.objects.get(pk=number).explained == "stays"


@pytest.mark.parametrize(
    ("lang", "starts", "customer"),
    [("/en", "Your sales have been down since June 2026", "Sales to customer A"),
     ("/fr", "Vos ventes baissent depuis juin 2026", "Ventes à client A")],
)  # fmt: skip
def test_other_languages(site: Client, lang: str, starts: str, customer: str) -> None:
    owner = Owner(site, lang)
    owner.give(demo="bakery")
    said = words(owner.page)
    assert said.strip().startswith(starts)
    assert customer in said
    for dutch in ("Verkoop", "klant ", "factuur", "gezonde"):
        assert dutch not in re.sub(r"<q>.*?</q>", "", said)


def test_arrears_in_the_accounts_are_red_by_themselves(owner: Owner) -> None:
    from baken.web.signalen.judge import judge
    from baken.web.signalen.shelf import Shelf

    light = {"kind": "overdue-tax", "firm": "", "at": "2025", "amount": 5000.0, "before": 0.0}
    found = judge(Shelf("2026-01-01", lights=[light]))
    assert found.stories[0].red
    assert found.watch.facts[""] == {"tax_debt_overdue": True} or found.watch.facts[""] == {}


def test_yearly_figures_stand_beside_the_year_before(owner: Owner) -> None:
    rows = "jaar;omzet;brutomarge\n2023;200000;90000\n2024;150000;89000\n"
    owner.give(upload(rows, "jaren.csv"))
    said = words(owner.page)
    assert said.strip().startswith("Enkele cijfers zijn slechter dan het jaar ervoor")
    assert "in 2024, 25 % lager dan in 2023 (200.000" in said
    (card,) = html.fromstring(owner.page).xpath("//section[@aria-labelledby='jaar']//li[form]")
    assert len(card.xpath(".//tbody/tr")) == 2
    assert not card.xpath(".//figure"), "two values are no chart"


def test_the_next_look(site: Client) -> None:
    from icalendar import Calendar

    response = site.get("/signalen/agenda.ics")
    twice = site.get("/signalen/agenda.ics")
    assert re.findall(rb"UID:.*", twice.content) == re.findall(rb"UID:.*", response.content)
    assert response["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert event["SUMMARY"] == "Kijk opnieuw naar je cijfers"
    assert event.decoded("DTSTART").weekday() < 5
    assert site.post("/signalen/agenda.ics").status_code == 405


def test_several_firms_are_told_apart(owner: Owner) -> None:
    rows = ["firm,series,period,value,bad"]
    for firm, fall in (("Bakker", 0.5), ("Smid", 1.0)):
        for m in range(36):
            value = (20_000 + 700 * ((m * 7) % 5)) * (fall if m >= 31 else 1)
            rows.append(f"{firm},omzet,{2023 + m // 12}-{m % 12 + 1:02d},{value:.0f},down")
    owner.give(upload("\n".join(rows), "firma.csv"))
    assert '<span class="tag">Zaak: Bakker</span>' in owner.page
    assert "<strong>Smid, omzet</strong>" in owner.page


def test_an_invented_firm_says_so(bakery: Owner) -> None:
    assert "Deze zaak is verzonnen" in bakery.page
    bakery.give(table())
    assert "verzonnen" not in words(bakery.page)
