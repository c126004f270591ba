"""Pages around the question, headers, error pages and other sites' forms."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.html import conditional_escape

from baken.web import catalogue
from baken.web.handover.models import Receiver
from baken.web.owner import providers
from baken.web.texts import text
from tests.landscape.records import organisation
from tests.web.conftest import NEED, FakeEngine
from tests.web.test_result import words

PAGES = ["/", "/resultaat", "/over", "/toegankelijkheid", "/licenties", "/gegevens", "/stijl"]
RECORD = "/aanbod/instrument/energielening"

PRIVATE = "private, no-cache"
"""Only the owner's own browser may keep an answer, for its button Back."""


@pytest.mark.parametrize("prefix", ["", "/en", "/fr"])
@pytest.mark.parametrize("page", [*PAGES, RECORD])
def test_every_page_in_every_language(site: Client, prefix: str, page: str) -> None:
    response = site.get(prefix + page)
    text = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{prefix[1:] or "nl"}">' in text
    assert text.count("<h1") == 1
    assert text.count("<main") == 1
    assert re.search(r"<title>[^<·]+ · Baken</title>", text)


@pytest.mark.parametrize("page", [*PAGES, RECORD, "/nergens"])
def test_headers(site: Client, page: str) -> None:
    headers = site.get(page).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_an_answer_is_not_kept_by_caches(site: Client) -> None:
    assert site.post("/resultaat", {"need": NEED}).headers["Cache-Control"] == PRIVATE
    assert site.post("/resultaat", {"need": ""}).headers["Cache-Control"] == PRIVATE
    assert site.post("/", {"need": NEED, "edit": "1"}).headers["Cache-Control"] == PRIVATE


@pytest.mark.parametrize("page", [*PAGES, RECORD])
def test_nothing_comes_from_elsewhere_and_nothing_runs(site: Client, page: str) -> None:
    text = site.get(page).content.decode()
    # What search engines read is data: browsers don't run it.
    runs = re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", text)
    assert "<script" not in runs
    assert not re.search(r"\son\w+=", text)
    assert "style=" not in text
    loaded = re.findall(r'<(?:link|img|iframe)[^>]+(?:href|src)="([^"]+)"', text)
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)


def test_styles_load_nothing_from_elsewhere(site: Client) -> None:
    text = site.get("/").content.decode()
    for address in re.findall(r'rel="stylesheet" href="([^"]+)"', text):
        response = site.get(address)
        style = b"".join(response).decode()  # type: ignore[arg-type]
        assert response.status_code == 200
        assert "url(" not in style
        assert "@import" not in style


def test_a_record_shows_conditions_figures_and_sources(site: Client) -> None:
    page = words(site.get(RECORD).content.decode())
    for says in (
        "Je hebt een vestiging in het Vlaamse Gewest. Kunnen we nagaan Bron 1",
        "Een jury van het fonds weegt dit.",
        "De lijst stond niet in wat we lazen. (vanaf 1 januari 2025)",
        "Deel dat betaald wordt (kleine zaken) 45 % , vanaf 1 januari 2026",
        "€ 7.500 per zaak",
        "10 jaar",
        "opent 1 september 2026 , sluit 1 maart 2027",
        "van 22 mei 2026 , gelezen op 23 november 2026 (van de verstrekker zelf)",
        "zonder datum , gelezen op 23 november 2026",
        "de-minimissteun (kleine steunbedragen die Europa samentelt)",
        "Vervangen door Streekfonds",
        "Groene lening",
    ):
        assert says in re.sub(r" ,", " ,", page).replace("%, ", "% , ").replace(
            "2026, ", "2026 , "
        ).replace("datum, ", "datum , "), says


@pytest.mark.parametrize("kind", ["nonsense", "organisation"])
def test_a_record_of_another_kind_is_not_found(site: Client, kind: str) -> None:
    response = site.get(f"/aanbod/{kind}/energielening")
    assert response.status_code == 404
    assert "Deze pagina bestaat niet" in response.content.decode()


@pytest.mark.parametrize(
    ("method", "page", "status"),
    [
        ("get", "/nergens", 404),
        ("get", "/aanbod/organisation/unizo%00", 404),
        ("put", "/", 405),
        ("delete", "/resultaat", 405),
        ("post", "/over", 405),
        ("post", RECORD, 405),
    ],
)
def test_error_pages_are_in_the_house_style(
    site: Client, method: str, page: str, status: int
) -> None:
    response = getattr(site, method)(page)
    text = response.content.decode()
    assert response.status_code == status
    assert "/static/css/baken.css" in text
    assert 'lang="nl"' in text


def test_too_much_is_413(site: Client, fake: FakeEngine) -> None:
    response = site.post("/resultaat", {"need": "a" * 1_100_000})
    assert response.status_code == 413
    assert "Dit is te veel" in response.content.decode()
    assert fake.queries == []


def test_our_own_failure_is_500_and_says_that_it_is_ours(
    client: Client, records: None, fake: FakeEngine
) -> None:
    client.raise_request_exception = False
    fake.refuse = RuntimeError("broken")
    response = client.post("/fr/resultaat", {"need": NEED})
    assert response.status_code == 500
    assert "Ce n&#x27;est pas votre faute." in response.content.decode()


def test_an_unknown_host_is_400(site: Client) -> None:
    assert site.get("/", headers={"Host": "elders.example"}).status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://testserver"}, 200),
        ({"Origin": "https://elders.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_forms_from_other_sites_are_refused(
    site: Client, settings: object, headers: dict[str, str], status: int
) -> None:
    response = site.post("/resultaat", {"need": NEED}, headers=headers)
    assert response.status_code == status


@pytest.mark.parametrize(
    ("provider", "ids", "lang", "shown"),
    [
        ("VLAIO", ["vlaio"], "nl", ("VLAIO", "nl")),
        ("VLAIO", ["vlaio"], "en", ("Flanders Innovation", "en")),
        ("VLAIO", ["vlaio"], "fr", ("Innovation flamande", "fr")),
        ("Agentschap Innoveren", [], "fr", ("Innovation flamande", "fr")),
        ("Het Agentschap Innoveren (VLAIO)", [], "fr", ("Innovation flamande", "fr")),
        ("VLAIO via banken", ["vlaio"], "fr", ("VLAIO via banken", "nl")),
        ("VLAIO en PMV", ["vlaio", "pmv"], "fr", ("VLAIO en PMV", "nl")),
        ("PMV", ["pmv"], "fr", ("PMV, société", "fr")),
        ("PMV", ["pmv"], "en", ("PMV", "nl")),
        ("PMV", [], "fr", ("PMV", "nl")),
        ("Stad Gent", ["vlaio"], "fr", ("la ville de Gand", "fr")),
        ("een consortium met de VUB", [], "fr", ("un consortium avec la VUB", "fr")),
        (None, [], "fr", ("", "nl")),
    ],
)
def test_a_provider_has_the_name_of_its_record_where_that_is_all_that_is_said(
    monkeypatch: pytest.MonkeyPatch, provider: str | None, ids: list[str], lang: str, shown: object
) -> None:
    vlaio = {"nl": "Agentschap Innoveren", "en": "Flanders Innovation", "fr": "Innovation flamande"}
    pmv = {"nl": "PMV - ParticipatieMaatschappij", "fr": "PMV, société"}
    bodies = (
        organisation(id="vlaio", names=vlaio, aliases=["VLAIO"]),
        organisation(id="pmv", names=pmv),
    )
    monkeypatch.setattr(catalogue, "offers", lambda: bodies)
    monkeypatch.setattr(catalogue, "current_version", lambda: "two bodies")
    found = providers.provider({"provider": provider, "provider_ids": ids}, lang)
    assert (found["name"], found["lang"]) == shown


@pytest.mark.parametrize(
    ("told", "lang", "shown"),
    [
        ("Fluvius (netbeheerder), met het agentschap", "en", ("Fluvius", "nl")),
        ("Fluvius (netbeheerder)", "nl", ("Fluvius (netbeheerder)", "nl")),
        ("een erkend loket en je gemeente", "fr", ("l'organisme qui l'offre", "fr")),
        ("Je sociaal verzekeringsfonds (RSVZ)", "en", ("whoever offers it", "en")),
    ],
)
def test_within_a_sentence_no_dutch_description_stands(
    site: Client, told: str, lang: str, shown: tuple[str, str]
) -> None:
    found = providers.within({"provider": told}, lang)
    assert (found["name"], found["lang"]) == shown


@pytest.mark.parametrize(
    ("lang", "own", "says"),
    [
        ("nl", "nl", "Lijkt te passen; de beslissing ligt bij A &amp; B"),
        (
            "fr",
            "nl",
            'Semble convenir\u00a0; décision\u00a0: <span lang="nl">A &amp; B</span>',
        ),
        ("fr", "fr", "Semble convenir\u00a0; décision\u00a0: A &amp; B"),
    ],
)
def test_a_name_in_another_language_is_marked_within_a_sentence(
    lang: str, own: str, says: str
) -> None:
    said = providers.sentence("offers.verdict.fits", lang, {"name": "A & B", "lang": own})
    assert conditional_escape(said) == says


@pytest.mark.parametrize(
    ("page", "times", "marked"),
    [
        ("/aanbod/instrument/streekfonds", 0, False),
        ("/fr/aanbod/instrument/streekfonds", 1, True),
        ("/fr/aanbod", 1, True),
        ("/en/deuren/71072", 1, True),
        ("/deuren/71072", 0, False),
    ],
)
def test_what_is_there_in_dutch_only_says_so_once_and_is_marked(
    site: Client, page: str, times: int, marked: bool
) -> None:
    text = site.get(page).content.decode()
    assert text.count("note--dutch") == times
    assert bool(re.search(r'<(h1|a [^>]*|p[^>]*) lang="nl">', text)) is marked


@pytest.mark.parametrize(("prefix", "lang"), [("", "nl"), ("/en", "en"), ("/fr", "fr")])
def test_the_page_of_an_organisation_that_is_gone_tells_so(
    site: Client, prefix: str, lang: str
) -> None:
    address = f"{prefix}/aanbod/organisation/energiehuis"
    says = str(conditional_escape(text(lang, "journey.why.ceased")))
    there = Receiver.objects.create(record_id="energiehuis", name="Energiehuis")
    page, state = site.get(address).content.decode(), f"<dt>{text(lang, 'record.status')}</dt>"
    assert says not in page and state in page
    Receiver.objects.filter(pk=there.pk).update(active=False, gone=True)
    page = site.get(address).content.decode()
    assert says in page and state not in page
