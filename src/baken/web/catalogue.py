"""The catalogue as a table: read from the files once per version, for pages and lookups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db import transaction
from pydantic import TypeAdapter

from baken.landscape.catalogue import content_version
from baken.landscape.catalogue import load_catalogue as read_files
from baken.landscape.model import Instrument, Offer, Organisation, Training
from baken.web.owner.models import CatalogueRecord
from baken.web.words import pick

KEYS = ("type", "record_id")
_OFFER: TypeAdapter[Offer] = TypeAdapter(Instrument | Organisation | Training)


def load_catalogue() -> tuple[str, int, bool]:
    """Bring the table to the version of the files.

    Returns:
        The version, the number of records, and whether they had to be loaded.

    Raises:
        BakenError: when a file of the catalogue cannot be used.
    """
    version = content_version()
    count = CatalogueRecord.objects.filter(version=version).count()
    if count and count == CatalogueRecord.objects.count():
        return version, count, False
    rows = [
        CatalogueRecord(
            type=record.type,
            record_id=record.id,
            name=pick(record.names.model_dump(), "nl")[:300],
            json=record.model_dump(mode="json"),
            version=version,
        )
        for record in read_files()
    ]
    with transaction.atomic():
        CatalogueRecord.objects.all().delete()
        CatalogueRecord.objects.bulk_create(rows, batch_size=200)
    return version, len(rows), True


def find(kind: str, record_id: str) -> dict[str, Any] | None:
    """One record as JSON, or None; also of an id with a NUL, that PostgreSQL keeps in no text."""
    if "\0" in record_id:
        return None
    row = CatalogueRecord.objects.filter(type=kind, record_id=record_id).first()
    return None if row is None else row.json


def by_id(ids: Iterable[str]) -> dict[tuple[str, str], dict[str, Any]]:
    """Records by type and id, for as many of ``ids`` as there are."""
    asked = set(ids)
    if not asked:
        return {}
    rows = CatalogueRecord.objects.filter(record_id__in=asked)
    return {(kind, one): found for kind, one, found in rows.values_list(*KEYS, "json")}


def as_offer(found: Mapping[str, Any]) -> Offer:
    """A record of the table as the landscape knows it."""
    record: Offer = _OFFER.validate_python(found)
    return record


def offers() -> tuple[Offer, ...]:
    """Every record of the table, kept as long as its version stands."""
    return _offers(current_version())


@lru_cache(maxsize=2)
def _offers(version: str) -> tuple[Offer, ...]:
    rows = CatalogueRecord.objects.order_by("type", "record_id").values_list("json", flat=True)
    return tuple(as_offer(found) for found in rows)


def names(lang: str) -> dict[str, str]:
    """The name of each organisation by id, and of each instrument by ``instrument/id``."""
    return _named(current_version(), lang)


@lru_cache(maxsize=6)
def _named(version: str, lang: str) -> dict[str, str]:
    rows = CatalogueRecord.objects.exclude(type="training").values_list(*KEYS, "json")
    return {
        record_id if kind == "organisation" else f"{kind}/{record_id}": pick(found["names"], lang)
        for kind, record_id, found in rows
    }


def current_version() -> str:
    """The version of the table; empty when nothing was loaded."""
    return str(CatalogueRecord.objects.values_list("version", flat=True).first() or "")
