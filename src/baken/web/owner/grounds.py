"""Why an offer or a door fits or not: reasons in groups, and the words and look of a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from baken.match.giver import by_law
from baken.web import words
from baken.web.owner.providers import sentence, within
from baken.web.texts import text

Record = Mapping[str, Any]
Shown = dict[str, Any]

GROUPS = (
    "unmet", "not_said", "met", "assumed", "judged", "text", "does_not_apply", "not_stated",
)  # fmt: skip
"""The groups of reasons in the order in which they help: what is in the way comes first."""


def verdict_words(offer: Mapping[str, Any], lang: str, record: Record) -> tuple[str, str, str]:
    """The words, the look and the short word of a verdict. Never a promise: who gives it, decides.

    What no rule could look at has the look of what is open, not of what fits; what can't be had
    fits nobody.
    """
    verdict = offer["verdict"]
    if verdict != "excluded" and offer.get("availability") == "closed":
        return text(lang, "offers.verdict.closed"), "excluded", "closed"
    if verdict != "fits":
        return text(lang, f"offers.verdict.{verdict}"), verdict, verdict
    sure = any(r["met"] for r in offer["reasons"])
    likely = any(r.get("unknown_because") == "assumed" for r in offer["reasons"])
    if not sure and not likely:
        return text(lang, "offers.verdict.fits_unchecked"), "open", "fits_unchecked"
    if not sure or any(r.get("unknown_because") in ("text", "judged") for r in offer["reasons"]):
        return text(lang, "offers.verdict.fits_to_show"), "open", "fits_to_show"
    named = record.get("provider")
    if by_law(str(named or "")):
        return text(lang, "offers.verdict.fits_law"), "fits", "fits"
    who = within(record, lang) if named else {"name": text(lang, "offers.provider"), "lang": lang}
    key = "fits_organisation" if offer["type"] == "organisation" else "fits"
    return sentence(f"offers.verdict.{key}", lang, who), "fits", "fits"


def grouped(reasons: Iterable[Mapping[str, Any]], lang: str) -> dict[str, list[Shown]]:
    """Reasons by the group that they stand in."""
    groups: dict[str, list[Shown]] = {name: [] for name in GROUPS}
    for reason in reasons:
        shown = _reason(reason, lang)
        groups[shown["group"]].append(shown)
    return groups


def titled(groups: Mapping[str, list[Shown]], lang: str) -> list[Shown]:
    """The groups that hold something, with their headings; what the source does not state names
    that source once, beside the heading.
    """
    return [
        {
            "name": name,
            "title": text(lang, f"reasons.group.{name}"),
            "explained": _explained(name, lang),
            "reasons": groups[name],
            "source": groups[name][0] if name == "not_stated" else None,
        }
        for name in GROUPS
        if groups[name]
    ]


def _explained(group: str, lang: str) -> str:
    return "" if group in ("met", "unmet") else text(lang, f"reasons.group.{group}_text")


def _reason(reason: Mapping[str, Any], lang: str) -> Shown:
    if reason["met"] is None:
        group = reason.get("unknown_because") or "not_said"
    else:
        group = "met" if reason["met"] else "unmet"
    source = reason.get("source") or {}
    return {
        **reason,
        "group": group,
        "url": source.get("url"),
        "dated": dated(source.get("date"), lang) if source.get("url") else "",
    }


def dated(iso: str | None, lang: str) -> str:
    """The date of a source in words."""
    if not iso:
        return text(lang, "reasons.source_undated")
    return text(lang, "reasons.source_dated", date=words.day(lang, iso))
