"""Records that the owner names are found by their names and other names."""

from __future__ import annotations

from datetime import date
from zlib import crc32

import pytest

import baken
from baken.landscape.availability import availability
from baken.landscape.catalogue import load_catalogue
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


@pytest.mark.parametrize("one_in", [8, pytest.param(1, marks=pytest.mark.slow)])
def test_what_can_be_had_is_found_by_its_name(one_in: int) -> None:
    """One record in so many; all of them in `make test-all`."""
    day, missed = date.fromisoformat(DAY), []
    asked = [r for r in load_catalogue() if crc32(r.id.encode()) % one_in == 0]
    asked = [r for r in asked if availability(r, day) != "closed"]
    assert len(asked) > 600 // one_in
    for record in asked:
        name = record.names.nl or record.names.fr or record.names.en or record.id
        answer = baken.match({"need": name, "as_of": DAY, "limit": 20})
        found = [(o.type, o.id) for o in answer.offers if o.verdict != "excluded"][:5]
        if (record.type, record.id) not in found:
            missed.append((record.id, name))
    assert len(missed) <= len(asked) // 100, missed
