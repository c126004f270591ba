"""Noting that help was missing, in a form that leads back to no one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from baken.web import catalogue, engine
from baken.web.owner.models import UnmetNeed

Answer = Mapping[str, Any]

SORTS = {
    "region": "place",
    "place": "place",
    "sector": "sector",
    "theme": "sector",
    "size": "size",
    "worker": "size",
    "legal_form": "form",
    "applicant": "form",
}
"""The sort of a condition by its family; each other family is ``other``."""


def nobody_helps(answer: Answer) -> bool:
    """Whether no organisation here does what a firm needs: nothing fits, or there is no door."""
    if answer.get("no_need"):
        return False
    doors = (answer.get("route") or {}).get("doors")
    return bool(answer["unmet"] or not doors)


def note_unmet(answer: Answer, facts: Mapping[str, Any], channel: str) -> None:
    """Store the month, the kinds of need, coarse facts of the firm as far as they are known, and
    the sort of condition that failed.
    """
    coarse = engine.coarse_facts(facts, answer["as_of"], answer["lang"])
    UnmetNeed.objects.create(
        noted_on=date.fromisoformat(answer["as_of"]).replace(day=1),
        needs=[need["code"] for need in answer["needs"][:3]],
        failed=failed(answer),
        channel=channel,
        catalogue_version=answer["catalogue_version"],
        **{name: coarse.get(name, "") for name in engine.COARSE},
    )


def failed(answer: Answer) -> str:
    """The sort of condition that most excluded organisations failed on; of all offers where no
    organisation was excluded; empty where nothing was.
    """
    excluded = [o for o in answer["offers"] if o["verdict"] == "excluded"]
    organisations = [o for o in excluded if o["type"] == "organisation"]
    counted = Counter(s for offer in organisations or excluded for s in set(_sorts(offer)))
    return min(counted, key=lambda sort: (-counted[sort], sort), default="")


def _sorts(offer: Answer) -> Iterator[str]:
    record = catalogue.find(offer["type"], offer["id"]) or {}
    families = {c["id"]: c["family"] for c in record.get("conditions", [])}
    for reason in offer["reasons"]:
        if reason["met"] is False:
            yield SORTS.get(families.get(reason["condition"], ""), "other")
