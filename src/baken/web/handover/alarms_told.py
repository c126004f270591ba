"""The alarms in the figures that an owner comes from, for a dossier: never an amount or a name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from baken.refer.dossier import MOST, SHORT
from baken.signals.alarms import LIGHTS
from baken.signals.periods import in_words, last_day
from baken.web import words
from baken.web.signalen import forms, keep, reading
from baken.web.signalen.fresh import end, until_words
from baken.web.signalen.judge import Item, judge
from baken.web.signalen.names import series_name
from baken.web.signalen.shelf import Shelf
from baken.web.signalen.sure import chance_words, is_certain
from baken.web.signalen.telling import sentence
from baken.web.texts import text


def alarms(code: str, lang: str) -> list[dict[str, Any]]:
    """What stands on the owner's page of ``/signalen``; nothing once the figures are wiped."""
    deposit = keep.find(code) if code else None
    shelf = None if deposit is None or reading.state(deposit) else reading.shelf_of(deposit)
    if deposit is None or shelf is None or shelf.invented:
        return []
    found = judge(shelf, forms.rows(deposit))
    items = [item for story in found.stories for item in story.items]
    return [_alarm(item, shelf, lang) for item in items[:MOST]]


def _alarm(item: Item, shelf: Shelf, lang: str) -> dict[str, Any]:
    alarm, series = item.alarm, item.series
    chance = chance_words(alarm.rate, lang)
    told = {
        "id": _name_of(item),
        "says": _says(item, lang),
        "since": alarm.since,
        "chance": chance["says"] if chance else "",
        "evidence": list(_evidence(item, lang)),
    }
    if series is None:
        label = text(lang, "send.source_accounts", day=words.day(lang, alarm.detected))
        dated = last_day(alarm.detected, "day")
    else:
        dated = end(series)
        told["since"] = in_words(alarm.since, series.frequency)[lang]
        label = text(lang, "send.source_figures", name=series_name(series, lang))
    return {**told, "source": {"label": label[:SHORT], "dated": dated or shelf.as_of}}


def _name_of(item: Item) -> str:
    """The alarm's own name, by which the permission knows it, without a word of the figures."""
    return hashlib.sha256(item.key.encode()).hexdigest()[:12]


def _says(item: Item, lang: str) -> str:
    """The alarm's sentence; of a limit or arrears in euros, what is so without the amount."""
    alarm, series = item.alarm, item.series
    if series is None:
        return text(lang, "send.alarm.light", name=LIGHTS[alarm.series][lang])
    if not is_certain(alarm) or series.unit != "EUR" or series.id.startswith("price."):
        return sentence(item, lang)
    if series.kind == "share" or alarm.kind == "data_gap":
        return sentence(item, lang)
    if alarm.kind == "bell":
        return text(lang, "send.alarm.bell")
    stage = "below" if (alarm.evidence[0]["value"] or 0) < 0 else "low"
    since, name = in_words(alarm.since, series.frequency)[lang], series_name(series, lang)
    said = text(lang, f"send.alarm.{stage}", name=name, since=since)
    return said[:1].upper() + said[1:]


def _evidence(item: Item, lang: str) -> Iterator[str]:
    """How far the figures go, from when on it could be seen, and what the owner did about it."""
    alarm, series = item.alarm, item.series
    if series is not None:
        yield text(lang, "send.figures_until", until=until_words(series, lang))[:SHORT]
        detected = in_words(alarm.detected, series.frequency)[lang]
        yield text(lang, "signalen.seen_at", detected=detected)[:SHORT]
    if item.seen is not None and item.seen.did:
        yield text(lang, "send.did", did=item.seen.did)[:SHORT]
