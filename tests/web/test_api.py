"""The interface for programs: what it describes is what it does, and its examples work."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from baken.kernel.errors import BakenError
from baken.web.api import EXAMPLES
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


@pytest.mark.parametrize("body", ["{", "[]", '"need"'])
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


def test_health(client: Client, records: None) -> None:
    response = client.get("/api/v1/health")
    assert response.status_code == 200
    held(client, "/api/v1/health", "get", 200, response.json())


def test_no_page_that_loads_scripts_from_elsewhere(client: Client) -> None:
    assert client.get("/api/v1/docs").status_code == 404
