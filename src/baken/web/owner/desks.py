"""The desk for any question of each region, for who was not understood."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from baken.kernel.address import host_of
from baken.landscape.catalogue import load_catalogue
from baken.match.setting import HOMES, region_of
from baken.web import words
from baken.web.handover.reach import ceased

DESKS = {
    "vlaams-gewest": "vlaio-bedrijfsadviseurs",
    "brussels-hoofdstedelijk-gewest": "hub-brussels",
    "waals-gewest": "1890",
}


def desks(facts: Mapping[str, Any], lang: str, as_of: date) -> list[dict[str, Any]]:
    """The desk of the region that facts tell, else that of each region, the likeliest for who reads
    this language first. Nothing is sent there: what was not understood is no question yet.
    """
    told = region_of(facts)
    likely = HOMES.get(lang, frozenset())
    regions = [told] if told in DESKS else sorted(DESKS, key=lambda r: r not in likely)
    gone, known = ceased(DESKS.values()), load_catalogue().by_key
    found = []
    for region in regions:
        record = known.get(("organisation", DESKS[region]))
        if record is None or record.id in gone:
            continue
        url = record.url or ""
        found.append(
            {
                "region": words.value_label(lang, "region", region, as_of),
                "name": words.pick(record.names.model_dump(), lang),
                "url": url,
                "host": host_of(url) if url else "",
            }
        )
    return found
