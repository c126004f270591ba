"""The site on the real engine and the real landscape: that the two fit together."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from baken.kernel.errors import BakenError
from baken.web import catalogue, engine
from baken.web.owner.asking import Asked
from baken.web.owner.models import CatalogueRecord
from baken.web.owner.pages import record_view
from baken.web.owner.present import present
from baken.web.texts import LANGS
from tests.web.conftest import NEED
from tests.web.test_result import words

AS_OF = "2026-11-24"


@pytest.fixture
def landscape(db: None) -> None:
    """The whole catalogue in its table."""
    catalogue.load_catalogue()


@pytest.mark.parametrize(
    ("facts", "coarse"),
    [
        ({"postal_code": "9300"}, {"region": "vlaams-gewest", "province": "Oost-Vlaanderen"}),
        ({"headcount": 400}, {"size": "large"}),
        ({"headcount": 12}, {}),
        ({}, {}),
    ],
)
def test_coarse_facts(facts: dict[str, Any], coarse: dict[str, str]) -> None:
    found = engine.coarse_facts(facts, AS_OF, "nl")
    assert found == coarse
    assert set(found) <= set(engine.COARSE)


@pytest.mark.parametrize("lang", LANGS)
def test_an_owners_whole_way(client: Client, landscape: None, lang: str) -> None:
    address = "/resultaat" if lang == "nl" else f"/{lang}/resultaat"
    response = client.post(address, {"need": NEED, "where": "Aalst", "heads": "8"})
    assert response.status_code == 200
    shown = response.context["answer"]
    assert 1 <= len(shown["offers"]) <= 5
    asked = 0
    while shown["question"] and asked < 6:
        asked += 1
        state: Asked = response.context["asked"]
        answer = {"question": shown["question"]["fact"], "answer": "null"}
        form = {"need": NEED, "facts": state.facts_json, "asked": state.asked_json, **answer}
        response = client.post(address, form)
        assert response.status_code == 200
        shown = response.context["answer"]
    assert asked <= 5


def test_limburg_is_the_province_and_not_the_town_in_luik(client: Client, landscape: None) -> None:
    form = {"need": "mijn bakkerij verkoopt minder", "heads": "4"}
    page = words(client.post("/resultaat", {**form, "where": "Limburg"}).content.decode())
    assert "Klop eerst aan bij UNIZO." in page and "Provincie Limburg" in page
    assert "Limburg is gelezen als de provincie" in page
    page = words(client.post("/resultaat", {**form, "where": "4830"}).content.decode())
    assert "Klop eerst aan bij Infopunt 1890" in page
    form["need"] = "mijn bakkerij in Limburg verkoopt minder"
    for asked in ({}, {"asked": '["nace"]'}):
        response = client.post("/resultaat", {**form, **asked})
        assert response.context["written"] == []


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"where": "Atlantis"}, "where"),
        ({"kbo": "0123.456.788"}, "kbo"),
    ],
)
def test_what_the_engine_refuses_lands_at_its_field(
    client: Client, landscape: None, form: dict[str, str], field: str
) -> None:
    response = client.post("/resultaat", {"need": NEED, **form})
    assert response.status_code == 400
    assert f'href="#{field}"' in response.content.decode()


def test_an_unknown_fact_names_near_ones(client: Client, landscape: None) -> None:
    query = {"need": NEED, "facts": {"headcout": 8}}
    response = client.post("/", query, content_type="application/json")
    assert response.status_code == 400
    assert "headcount" in response.json()["error"]["near"]


@pytest.mark.parametrize("nace", ["99.99", "abc", "1"])
def test_a_nace_that_does_not_exist(client: Client, landscape: None, nace: str) -> None:
    query = {"need": NEED, "facts": {"nace": nace}}
    response = client.post("/", query, content_type="application/json")
    assert response.status_code == 400
    assert "nace" in response.json()["error"]["path"]


def test_a_query_of_wrong_types_is_refused() -> None:
    with pytest.raises(BakenError):
        engine.answer({"need": 5, "as_of": AS_OF})


@pytest.mark.parametrize("lang", LANGS)
def test_every_record_has_a_page(client: Client, landscape: None, lang: str) -> None:
    for row in CatalogueRecord.objects.all():
        view = record_view(row.json, lang)
        assert view["name"]
    prefix = "" if lang == "nl" else f"/{lang}"
    row = CatalogueRecord.objects.get(type="instrument", record_id="startlening")
    page = client.get(f"{prefix}/aanbod/instrument/startlening").content.decode()
    assert row.json["provider"] in words(page)


def test_every_answer_can_be_presented(landscape: None) -> None:
    for need in (NEED, "ik zoek een partner in het buitenland", "wie kan me helpen", "zzzz qqqq"):
        answer = engine.answer({"need": need, "as_of": AS_OF, "limit": 20})
        shown = present(answer, "nl", Asked(lang="nl", need=need))
        assert all(offer["verdict_words"] for offer in shown["offers"])


@pytest.mark.parametrize(
    "query",
    [
        {"need": NEED, "facts": {"municipality": "Hasselt", "headcount": 4}},
        {"need": "ik kan mijn leveranciers niet betalen", "limit": 20},
        {"need": "een gedicht over de zee"},
        {"need": "kmo-portefeuille", "lang": "fr", "only": ["kmo-portefeuille"]},
    ],
)
def test_more_offers_are_those_of_a_longer_list(query: dict[str, Any]) -> None:
    query = {"as_of": AS_OF, **query}
    answer, more = engine.answer_and_more(query)
    assert answer == engine.answer(query)
    longer = engine.answer({**query, "limit": query.get("limit", 5) + 3})
    assert more(3) == longer["offers"]


@pytest.mark.parametrize(
    ("address", "need", "where", "heads", "not_for"),
    [
        (
            "/fr/plan",
            "Un de mes ouvriers est tombé d'un échafaudage ce matin, il est à l'hôpital",
            "Liège",
            "11",
            ["Droit passerelle", "Caisse d'assurances sociales"],
        ),
        (
            "/plan",
            "ik ben zelf van de ladder gevallen en kan niet werken",
            "Gent",
            "1",
            ["ociaal secretariaat", "VDAB", "IBO", "Moederschapshulp"],
        ),
    ],
    ids=["a worker is hurt", "the owner is hurt"],
)
def test_a_plan_after_a_fall_is_for_who_fell(
    client: Client,
    landscape: None,
    address: str,
    need: str,
    where: str,
    heads: str,
    not_for: list[str],
) -> None:
    page = client.post(address, {"need": need, "where": where, "heads": heads}).content.decode()
    page = words(page)
    assert need in page
    assert not [name for name in not_for if name in page]
