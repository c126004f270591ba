"""A dossier holds what was ticked and nothing else, and comes back from JSON as it was."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from baken.refer.dossier import Dossier, items, schema, select
from tests.refer.made import dossier

NAMES = [
    "need",
    "contact",
    "facts:region",
    "facts:headcount",
    "verdicts:kmo-portefeuille",
    "verdicts:streekfonds",
    "open_points:0",
    "signals:fewer-customers",
    "law:size",
    "tried:0",
]


def test_each_item_has_a_tick_of_its_own() -> None:
    assert list(items(dossier())) == NAMES


@given(st.sets(st.sampled_from(NAMES)))
def test_what_was_ticked_is_in_it_and_nothing_else(ticked: set[str]) -> None:
    shared = select(dossier(), ticked)
    assert list(items(shared)) == [n for n in NAMES if n in ticked]


def test_nothing_of_an_item_without_a_tick_is_in_the_data() -> None:
    shared = select(dossier(), {"facts:region"}).model_dump_json()
    assert "Vlaams Gewest" in shared
    for secret in ("oven", "0400", "vier hoofden", "klant", "kmo"):
        assert secret not in shared, secret


def test_a_tick_that_names_nothing_shares_nothing() -> None:
    assert list(items(select(dossier(), {"facts:turnover", "no such part"}))) == []


def test_json_and_back_is_the_same_and_fits_the_published_schema() -> None:
    told = json.loads(dossier().model_dump_json())
    jsonschema.validate(told, schema())
    assert Dossier.model_validate(told) == dossier()


def test_control_signs_are_not_kept() -> None:
    told = dossier(tried=["a\x00b\x1b\r\nc\td\x85\ud800"]).model_dump_json()
    assert json.loads(told)["tried"] == ["a b \nc\td "]


FACT = {"id": "a", "label": "a", "value": "b", "source": {"label": "c"}}
WRONG = [
    ({"need": {"words": "x" * 5_001}}, "need.words"),
    ({"need": {"words": "x", "codes": ["energie"]}}, "need.codes.0"),
    ({"facts": [{**FACT, "source": {"label": "c", "url": "javascript:x"}}]}, "facts.0.source.url"),
    ({"facts": [FACT] * 101}, "facts"),
    ({"law": [{"id": "a", "title": "b"}]}, "law.0.outcome"),
    ({"diary": "x"}, "diary"),
    ({"made_on": "gisteren"}, "made_on"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "field"), WRONG, ids=[field for _, field in WRONG])
def test_what_is_no_dossier_is_refused_at_its_field(more: dict[str, object], field: str) -> None:
    told = {"made_on": "2026-03-02", "to": "Huis", "to_id": "huis", **more}
    with pytest.raises(ValidationError) as refused:
        Dossier.model_validate(told)
    assert ".".join(map(str, refused.value.errors()[0]["loc"])) == field


def test_the_published_schema_is_that_of_the_model() -> None:
    file = Path(__file__).parents[2] / "docs" / "dossier.schema.json"
    assert json.loads(file.read_text(encoding="utf-8")) == schema()
