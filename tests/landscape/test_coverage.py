"""Where the landscape is thin: counts per need, theme and province."""

from __future__ import annotations

from datetime import date

from baken.landscape.availability import availability
from baken.landscape.catalogue import load_catalogue
from baken.landscape.coverage import coverage

DAY = date(2026, 11, 24)


def test_every_usable_record_is_counted_under_each_of_its_needs_and_themes():
    records = list(load_catalogue())
    found = coverage(records, DAY)
    usable = [r for r in records if availability(r, DAY) != "closed"]
    assert found["records"] == len(usable)
    counted = sum(n for row in found["by_theme"].values() for n in row.values())
    assert counted == sum(len(r.needs) * len(r.themes) for r in usable)


def test_an_empty_pair_has_no_record():
    found = coverage(load_catalogue(), DAY)
    for pair in found["empty"]:
        assert found["by_theme"][pair["need"]][pair["theme"]] == 0
    assert all(pair["theme"] != "horizontal" for pair in found["empty"])


def test_nothing_is_there_without_records():
    found = coverage([], DAY)
    assert found["records"] == 0 and len(found["empty"]) == 14 * 17
