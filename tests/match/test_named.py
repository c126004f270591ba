"""Records that the owner names are found by their names and other names."""

from __future__ import annotations

from datetime import date

import pytest

import baken
from baken.landscape.availability import availability
from baken.landscape.catalogue import load_catalogue
from baken.match.engine import default_engine
from baken.match.named import WHOLE, WITHIN, Names

DAY = "2026-11-25"
NAMES = Names.of(load_catalogue().records)
PLACE = {(r.type, r.id): at for at, r in enumerate(load_catalogue().records)}


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("winwinlening", ("instrument", "winwinlening"), WHOLE),
        ("wat is een Winwinlening juist?", ("instrument", "winwinlening"), WITHIN),
        ("ACTIRIS", ("organisation", "actiris"), WHOLE),
        ("overnamemarkt", ("organisation", "overnamemarkt"), WHOLE),
        ("mijn zaak loopt goed", ("organisation", "actiris"), 0.0),
    ],
)
def test_a_name_counts_wholly_or_in_part(text: str, key: tuple[str, str], value: float) -> None:
    assert NAMES.scores(text)[PLACE[key]] == pytest.approx(value)


def test_every_record_that_can_be_had_is_found_by_its_name() -> None:
    engine = default_engine()
    day, missed = date.fromisoformat(DAY), []
    for record in load_catalogue():
        name = record.names.nl or record.names.fr or record.names.en or record.id
        query = {"need": name, "as_of": DAY, "limit": 20}
        answer = baken.match(query)
        if availability(record, day) == "closed":
            continue
        found = [(o.type, o.id) for o in answer.offers if o.verdict != "excluded"][:5]
        if (record.type, record.id) not in found:
            missed.append((record.id, name))
    assert len(missed) <= len(engine.catalogue) // 100, missed
