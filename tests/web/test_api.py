"""The interface for programs: what it describes is what it does, and its examples work."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from baken.kernel.errors import BakenError
from baken.web.api import EXAMPLES
from baken.web.texts import text
from tests.web.conftest import FakeEngine


def described(client: Client) -> dict[str, Any]:
    response = client.get("/api/v1/openapi.json")
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


def held(client: Client, path: str, method: str, status: int, value: Any) -> None:
    """Hold a value beside the description of that answer."""
    found = described(client)
    content = found["paths"][path][method]["responses"][str(status)]["content"]
    schema = content["application/json"]["schema"]
    Draft202012Validator({**schema, "components": found["components"]}).validate(value)


def post(client: Client, value: Any) -> Any:
    return client.post("/api/v1/match", value, content_type="application/json")


def test_the_description_names_what_there_is(client: Client) -> None:
    found = described(client)
    assert found["openapi"].startswith("3.1")
    assert set(found["paths"]) == {"/api/v1/match", "/api/v1/health"}
    body = found["paths"]["/api/v1/match"]["post"]["requestBody"]["content"]["application/json"]
    assert body["examples"] == EXAMPLES
    Draft202012Validator.check_schema(body["schema"])


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_as_described_and_answered_as_described(site: Client, name: str) -> None:
    value = EXAMPLES[name]["value"]
    found = described(site)
    body = found["paths"]["/api/v1/match"]["post"]["requestBody"]["content"]["application/json"]
    Draft202012Validator({**body["schema"], "components": found["components"]}).validate(value)
    response = post(site, value)
    assert response.status_code == 200
    held(site, "/api/v1/match", "post", 200, response.json())


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_engine_takes_the_examples(client: Client, name: str) -> None:
    response = post(client, EXAMPLES[name]["value"])
    assert response.status_code == 200, response.content
    held(client, "/api/v1/match", "post", 200, response.json())


@pytest.mark.parametrize("body", ["{", "[]", '"need"', '{"need": "a", "need": "b"}'])
def test_what_is_no_query_is_refused_in_the_shape_that_all_share(site: Client, body: str) -> None:
    response = post(site, body)
    assert response.status_code == 400
    held(site, "/api/v1/match", "post", 400, response.json())


def test_what_the_engine_refuses_comes_with_its_field(site: Client, fake: FakeEngine) -> None:
    fake.refuse = BakenError("limit", "'many' is no number", "a whole number", [])
    response = post(site, {"need": "geld", "limit": "many"})
    assert response.status_code == 400
    assert response.json()["error"]["path"] == "limit"
    held(site, "/api/v1/match", "post", 400, response.json())


BAD: list[tuple[Any, str, str]] = [
    # a body, the field that the answer names, and a part of what it says
    ({}, "need", "the need is empty"),
    ({"need": 7}, "need", "7 is no need"),
    ({"need": "x" * 5_001}, "need", "5001 characters"),
    ({"need": "geld", "zzz": 1}, "zzz", "no field"),
    ({"need": "geld", "limit": "many"}, "limit", "many"),
    ({"need": "geld", "limit": 0}, "limit", "0"),
    ({"need": "geld", "lang": "de"}, "lang", "de"),
    ({"need": "geld", "as_of": "gisteren"}, "as_of", "gisteren"),
    ({"need": "geld", "facts": {"headcount": "x"}}, "facts.headcount", "x"),
    ({"need": "geld", "facts": {"kbo": "0123456789"}}, "facts.kbo", "0123456789"),
    ({"need": "geld", "facts": []}, "facts", ""),
]


@pytest.mark.parametrize("need", [7, None, ["x"], "x" * 5_001])
def test_a_need_has_one_bound_and_the_description_tells_it(
    site: Client, fake: FakeEngine, need: Any
) -> None:
    asked = described(site)["components"]["schemas"]["Asked"]["properties"]["need"]
    assert asked["maxLength"] == 5_000
    told = post(site, {"need": need})
    assert (told.status_code, told.json()["error"]["path"]) == (400, "need")
    assert told.json()["error"]["expected"] == "text of at most 5000 characters"
    assert fake.queries == []
    assert post(site, {"need": "x" * 5_000}).status_code == 200


def test_a_mark_before_the_text_is_no_part_of_it(site: Client, fake: FakeEngine) -> None:
    """Windows editors put U+FEFF before UTF-8."""
    body = '{"need": "geld"}'.encode("utf-8-sig")
    assert post(site, body).status_code == 200
    assert fake.query["need"] == "geld"


def test_a_body_that_does_not_say_what_it_is_is_read_as_json(site: Client) -> None:
    response = site.generic("POST", "/api/v1/match", b'{"need": "geld"}', content_type="")
    assert response.status_code == 200


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(("value", "field", "says"), BAD, ids=range(len(BAD)))
def test_bad_input_answers_400_with_its_field(
    client: Client, value: Any, field: str, says: str
) -> None:
    response = post(client, value)
    assert response.status_code == 400
    told = response.json()["error"]
    assert (told["path"], says in told["problem"]) == (field, True), told
    held(client, "/api/v1/match", "post", 400, response.json())


HTML = {"Accept": "text/html,*/*;q=0.1"}
REFUSED: list[tuple[int, str, dict[str, Any]]] = [
    # every answer but 200 that the description knows, and what brings it about
    (400, "post", {"data": b"\xff", "content_type": "application/json"}),
    (415, "post", {"data": b"<a/>", "content_type": "application/xml"}),
    (415, "post", {"data": b'{"need": "geld"}', "content_type": "text/plain"}),
    (415, "post", {"data": {"need": "geld"}}),
    (400, "post", {"data": b"{}", "content_type": "application/json", "CONTENT_LENGTH": "x"}),
    (403, "post", {"data": {}, "headers": {"Sec-Fetch-Site": "cross-site"}}),
    (403, "post", {"data": {}, "headers": {"Origin": "https://elders.example", **HTML}}),
    (413, "post", {"data": b" " * 1_000_001, "content_type": "application/json"}),
    (413, "post", {"data": b" " * 1_000_001, "content_type": "text/plain", "headers": HTML}),
    (429, "post", {"data": {}, "headers": HTML}),
    (429, "get", {}),
    (500, "post", {"data": {}, "content_type": "application/json"}),
]


@pytest.mark.parametrize(("status", "method", "sent"), REFUSED, ids=range(len(REFUSED)))
def test_every_refusal_comes_as_described_whatever_is_accepted(
    site: Client, fake: FakeEngine, settings: Any, status: int, method: str, sent: dict[str, Any]
) -> None:
    address = {"post": "/api/v1/match", "get": "/api/v1/health"}[method]
    described(site)
    site.raise_request_exception = False
    if status == 500:
        fake.refuse = RuntimeError("secret")
    if status == 429:
        settings.BAKEN_RATE = 1
        site = Client()
        site.get("/api/v1/openapi.json")
    response = getattr(site, method)(address, **sent)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/json"
    settings.BAKEN_RATE = 1_000
    held(Client(), address, method, status, response.json())
    if status in (403, 413, 429):
        assert response.json()["error"]["problem"] == text("en", f"error_pages.{status}.title")
    assert "secret" not in response.content.decode()


def test_the_description_knows_the_answers_that_come_and_no_others(client: Client) -> None:
    paths = described(client)["paths"]
    told = {
        (path, method): {int(status) for status in operation["responses"]}
        for path, methods in paths.items()
        for method, operation in methods.items()
    }
    refused = {"post": {s for s, m, _ in REFUSED if m == "post"}, "get": {429, 503}}
    assert told == {
        ("/api/v1/match", "post"): {200} | refused["post"],
        ("/api/v1/health", "get"): {200} | refused["get"],
    }


def test_a_method_that_is_not_taken_is_told_in_a_header(client: Client) -> None:
    for address, method, takes in (
        ("/api/v1/match", "get", "POST"),
        ("/api/v1/match", "delete", "POST"),
        ("/api/v1/health", "post", "GET, HEAD"),
    ):
        response = getattr(client, method)(address, headers=HTML)
        assert (response.status_code, response.headers["Allow"]) == (405, takes)
        told = response.json()["error"]
        assert told["path"] == address
        assert told["problem"] == text("en", "error_pages.405.title")
        assert told["expected"] == takes


def test_the_head_of_health_is_given_too(client: Client, records: None) -> None:
    response = client.head("/api/v1/health")
    assert (response.status_code, response.content) == (200, b"")


def test_an_address_that_is_none_is_told_in_the_shared_shape(client: Client) -> None:
    response = client.get("/api/v1/aanbod")
    assert response.status_code == 404
    assert response.json()["error"]["path"] == "/api/v1/aanbod"


@pytest.mark.django_db
def test_health_before_the_catalogue_is_loaded(client: Client) -> None:
    response = client.get("/api/v1/health")
    assert response.status_code == 503
    held(client, "/api/v1/health", "get", 503, response.json())


def test_health(client: Client, records: None) -> None:
    response = client.get("/api/v1/health")
    assert response.status_code == 200
    held(client, "/api/v1/health", "get", 200, response.json())


def test_no_page_that_loads_scripts_from_elsewhere(client: Client) -> None:
    assert client.get("/api/v1/docs").status_code == 404
