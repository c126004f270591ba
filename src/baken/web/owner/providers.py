"""Who gives an offer, by a name in the reader's language where there is one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils.html import format_html

from baken.landscape.model import Organisation
from baken.match.giver import bare_name, name_in, whole_in
from baken.match.named import Words, names_of, words_of
from baken.match.texts import say
from baken.web import catalogue
from baken.web.texts import text

Shown = dict[str, Any]
_BESIDE = re.compile(r"^(?i:de|het) |\s*\([A-Z]{2,6}\)$| vzw$")
"""What may stand beside a name without another meaning: an article, an abbreviation, its form."""


def provider(record: Mapping[str, Any], lang: str) -> Shown:
    """The provider's ``name`` and the language (``lang``) of that name.

    It is an organisation's own name where the record's ``provider`` is a name of that
    organisation and nothing more. "PMV via banken" is not: what stands beside the name would be
    lost. Then all of it is told in the language; a name without one in it stays as it is.
    """
    told = str(record.get("provider") or "")
    own = _named(record, lang) or (whole_in(told, lang) if lang != "nl" else "")
    return {"name": own, "lang": lang} if own else {"name": told, "lang": "nl"}


def within(record: Mapping[str, Any], lang: str) -> Shown:
    """The same for a sentence: a bare name, or a word of the language for what has none."""
    told = str(record.get("provider") or "")
    if named := _named(record, lang):
        return {"name": named, "lang": lang}
    if lang == "nl":
        return {"name": told, "lang": "nl"}
    bare, own = bare_name(told), name_in(told, lang)
    if own != bare:
        return {"name": own, "lang": lang}
    return {"name": bare, "lang": "nl"} if bare else {"name": say("provider", lang), "lang": lang}


def _named(record: Mapping[str, Any], lang: str) -> str:
    """The name in a language other than Dutch of the organisation that gives it; else empty."""
    found = organisation_of(record) if lang != "nl" and record.get("provider") else None
    return (found.names.model_dump().get(lang) or "") if found else ""


def organisation_of(record: Mapping[str, Any]) -> Organisation | None:
    """The one organisation that ``provider`` surely names and nothing more; None when none is."""
    told = str(record.get("provider") or "")
    return _organisation(catalogue.current_version(), told, tuple(record.get("provider_ids") or ()))


@lru_cache(maxsize=2000)
def _organisation(version: str, told: str, ids: tuple[str, ...]) -> Organisation | None:
    """Of those that the record points to, a name may go on ("Voka" is "Voka - kamer van
    koophandel").
    """
    words = words_of(_BESIDE.sub("", told))
    found = []
    for record, names in all_named(version, bool(ids)):
        if ids and record.id not in ids:
            continue
        if words in names or (ids and any(n[: len(words)] == words for n in names)):
            found.append(record)
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4)
def all_named(version: str, inside: bool) -> tuple[tuple[Organisation, list[Words]], ...]:
    """Every organisation of a version of the table with its names; ``inside``: those in brackets
    too.
    """
    return tuple(
        (record, [words_of(name) for name in names_of(record, inside=inside)])
        for record in catalogue.offers()
        if isinstance(record, Organisation)
    )


def sentence(key: str, lang: str, who: Mapping[str, Any]) -> str:
    """A text that names ``who``; a name in another language is marked as such."""
    if who["lang"] == lang:
        return text(lang, key, who=who["name"])
    before, name, after = text(lang, key, who="\0").partition("\0")
    marked = format_html('<span lang="{}">{}</span>', who["lang"], who["name"]) if name else ""
    return str(format_html("{}{}{}", before, marked, after))
