"""The same content as JSON at the same address."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import NEED, FakeEngine, fixture, unknown_place


def post(site: Client, body: Any, **headers: str) -> Any:
    """Post a JSON body; text and bytes go as they are."""
    raw = body if isinstance(body, str | bytes) else json.dumps(body)
    return site.post("/resultaat", raw, content_type="application/json", headers=headers)


@pytest.mark.parametrize("address", ["/", "/resultaat"])
def test_a_query_gets_the_answer(site: Client, fake: FakeEngine, address: str) -> None:
    query = {"id": 7, "need": NEED, "facts": {"headcount": 8}, "as_of": "2026-11-24", "lang": "en"}
    response = site.post(address, json.dumps(query), content_type="application/json")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == fixture("oven")
    assert fake.query == query


def test_what_a_query_leaves_out_comes_from_the_address_and_the_day(
    site: Client, fake: FakeEngine
) -> None:
    site.post("/fr/resultaat", json.dumps({"need": NEED}), content_type="application/json")
    assert fake.query["lang"] == "fr"
    assert len(fake.query["as_of"]) == 10


def test_a_form_gets_json_when_it_asks_for_it(site: Client) -> None:
    response = site.post("/resultaat", {"need": NEED}, headers={"Accept": "application/json"})
    assert response.json() == fixture("oven")


def test_a_json_query_gets_a_page_when_a_browser_asks(site: Client) -> None:
    response = post(site, {"need": NEED}, Accept="text/html,*/*;q=0.5")
    # The state of a page comes from a form; a JSON query is answered in JSON.
    assert response.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("body", "path", "problem"),
    [
        ("{", "line 1, column 2", "not JSON"),
        (" ", "line 1, column 2", "not JSON"),
        (b'{"need": "\xff"}', "", "not UTF-8"),
        ("[]", "", "no object"),
        ('"text"', "", "no object"),
        ('{"need": NaN}', "", "a number or a depth"),
        ("[" * 100_000, "", "a number or a depth"),
        ('{"limit": ' + "9" * 5_000 + "}", "", "a number or a depth"),
        ({"need": "a" * 5_001}, "need", "5001 characters"),
        ({"need": "a" * 50_000}, "need", "50000 characters"),
    ],
)
def test_json_that_cannot_be_used(
    site: Client, fake: FakeEngine, body: Any, path: str, problem: str
) -> None:
    response = post(site, body)
    error = response.json()["error"]
    assert response.status_code == 400
    assert set(error) == {"path", "problem", "expected", "near"}
    assert error["path"] == path
    assert problem in error["problem"]
    assert fake.queries == []


def test_the_engines_error_keeps_its_shape(site: Client, fake: FakeEngine) -> None:
    fake.refuse = unknown_place()
    response = post(site, {"need": NEED, "facts": {"municipality": "Alst"}})
    assert response.status_code == 400
    assert response.json()["error"]["near"] == ["Aalst", "Aalter"]


@pytest.mark.parametrize(
    ("form", "path"), [({"need": ""}, "need"), ({"need": NEED, "heads": "veel"}, "heads")]
)
def test_a_forms_error_as_json(site: Client, form: dict[str, str], path: str) -> None:
    response = site.post("/resultaat", form, headers={"Accept": "application/json"})
    assert response.status_code == 400
    assert response.json()["error"]["path"] == path


@pytest.mark.parametrize(
    ("address", "status"),
    [("/nergens", 404), ("/aanbod/instrument/nergens", 404), ("/resultaat", 405)],
)
def test_error_pages_as_json(site: Client, address: str, status: int) -> None:
    response = site.get(address, headers={"Accept": "application/json"})
    assert response.status_code == status
    assert response.json()["error"]["path"] == address


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("/", "languages"),
        ("/over", "sections"),
        ("/toegankelijkheid", "sections"),
        ("/licenties", "parts"),
        ("/aanbod/instrument/energielening", "conditions"),
    ],
)
def test_pages_as_json(site: Client, address: str, key: str) -> None:
    assert key in site.get(address, headers={"Accept": "application/json"}).json()


def test_another_kind_of_body_is_refused(site: Client, fake: FakeEngine) -> None:
    response = site.post("/resultaat", "need=oven", content_type="text/plain")
    assert response.status_code == 400
    assert fake.queries == []
