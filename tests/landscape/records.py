"""Small records for tests; every field can be changed by name."""

from __future__ import annotations

from typing import Any

from baken.landscape.model import Instrument, Organisation


def raw(**changes: Any) -> dict[str, Any]:
    """What instruments and organisations share, as it stands in a file."""
    day = changes.pop("date", "2026-10-01")
    record: dict[str, Any] = {
        "id": "proef",
        "names": {"nl": "Proef"},
        "summary": {"nl": "Een proef."},
        "needs": ["N09"],
        "themes": ["horizontal"],
        "area": {"regions": ["vlaams-gewest"]},
        "status": {"value": "open"},
        "sources": [{"n": 1, "url": "https://example.be/a", "date": day, "seen": "2026-11-23"}],
    }
    return record | changes


def instrument(**changes: Any) -> Instrument:
    """A grant of VLAIO."""
    kind = {"kind": "grant", "provider": "VLAIO", "level": "flemish"}
    return Instrument.model_validate(raw(**(kind | changes)))


def organisation(**changes: Any) -> Organisation:
    """An adviser."""
    return Organisation.model_validate(raw(**({"kind": "adviser", "roles": ["door"]} | changes)))
