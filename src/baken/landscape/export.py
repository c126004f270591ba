"""The whole landscape in one file: JSON, CSV, or CPSV-AP as JSON-LD or Turtle."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from baken.kernel.errors import BakenError
from baken.landscape.dates import newest_source
from baken.landscape.model import Offer

FORMATS = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "jsonld": "application/ld+json",
    "ttl": "text/turtle; charset=utf-8",
}
"""The formats and their media types; ``turtle`` is another word for ``ttl``."""
COLUMNS = ("id", "type", "name_nl", "name_en", "name_fr", "aliases", "kind", "provider",
           "summary_nl", "needs", "themes", "regions", "provinces", "municipalities", "status",
           "status_as_of", "url", "newest_source")  # fmt: skip


def export(records: Iterable[Offer], form: str, base: str, as_of: date) -> str:
    """All records as text in ``form``.

    Args:
        base: the site's address, for the formats that name each record by an address.

    Raises:
        BakenError: for a format that is not one of them.
    """
    form = "ttl" if form == "turtle" else form
    if form == "json":
        return json.dumps([as_row(r) for r in records], ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        writer.writerows(_line(r) for r in records)
        return text.getvalue()
    if form in FORMATS:
        from baken.landscape.cpsv import graph

        return graph(records, base, as_of).serialize(
            format="turtle" if form == "ttl" else "json-ld"
        )
    raise BakenError("--format", f"no format '{form}'", "json, csv, jsonld or turtle")


def as_row(record: Offer) -> dict[str, Any]:
    """A record as JSON values, `id` and `type` first."""
    row = record.model_dump(mode="json")
    return {"id": row.pop("id"), "type": row.pop("type"), **row}


def _line(r: Offer) -> list[str]:
    return [
        r.id, r.type, r.names.nl or "", r.names.en or "", r.names.fr or "", "; ".join(r.aliases),
        r.kind, getattr(r, "provider", ""), r.summary.nl, " ".join(r.needs), " ".join(r.themes),
        " ".join(r.area.regions), "; ".join(r.area.provinces), "; ".join(r.area.municipalities),
        r.status.value, r.status.as_of or "", r.url or "", newest_source(r) or "",
    ]  # fmt: skip
