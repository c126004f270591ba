"""Who told a fact that the owner let go along: the firm's own figures or accounts, or somebody else
by a link.

It travels beside the facts as ``{fact: [source, value]}``. A fact with another value is the owner's
own word, whoever told it first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import QueryDict

from baken.web.texts import text
from baken.web.words import fact_label, value_label

SOURCES = ("signals", "link", "accounts")
TYPED = ("where", "heads", "kbo")
"""Fields of the form that a link fills in."""
FACT = re.compile(r"[a-z][a-z0-9_]{0,79}")
MOST_SIGNS, MOST_WHO, MOST_FACTS = 5_000, 60, 60
Told = dict[str, list[Any]]


def read(post: QueryDict, facts: Mapping[str, Any], fields: Mapping[str, str]) -> Told:
    """Who told which of ``facts``. ``fields`` are the facts that each field of the form gives."""
    found: Told = {}
    for fact, row in _mapping(post.get("told_by", "")).items():
        if isinstance(row, list) and len(row) == 2 and _is_source(row[0]):
            found[fact] = row
    source = post.get("told", "")
    if _is_source(source):
        for ticked in post.getlist("take")[:MOST_FACTS]:
            found |= {fact: [source, value] for fact, value in _mapping(ticked).items()}
        linked = _mapping(post.get("linked", ""))
        for fact, field in fields.items():
            if linked.get(field) and linked[field] == post.get(field) and fact in facts:
                found[fact] = [source, facts[fact]]
    kept = {f: row for f, row in found.items() if f in facts and facts[f] == row[1]}
    return dict(list(kept.items())[:MOST_FACTS])


def says(lang: str, source: str, adviser: bool = False) -> str:
    """A source in words, for its owner or for an adviser."""
    kind, _, who = source.partition(":")
    key = f"{'send.told' if adviser else 'told'}.{kind}"
    return (
        text(lang, key, who=who or text(lang, "told.somebody"))
        if kind == "link"
        else text(lang, key)
    )


def rows(facts: Mapping[str, Any], told: Told, lang: str, as_of: date) -> list[dict[str, str]]:
    """What the owner told, fact by fact, with who told it first."""
    return [
        {
            "fact": fact,
            "label": fact_label(lang, fact, value),
            "value": value_label(lang, fact, value, as_of),
            "told": says(lang, told[fact][0]) if fact in told else "",
        }
        for fact, value in facts.items()
    ]


def _is_source(value: object) -> bool:
    if not isinstance(value, str):
        return False
    kind, _, who = value.partition(":")
    return kind in SOURCES and len(who) <= MOST_WHO and who.isprintable()


def _mapping(raw: str) -> dict[str, Any]:
    try:
        found = json.loads(raw[:MOST_SIGNS]) if raw else {}
    except (ValueError, RecursionError):
        return {}
    return {f: v for f, v in found.items() if FACT.fullmatch(f)} if isinstance(found, dict) else {}
