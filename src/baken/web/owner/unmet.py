"""Noting that help was missing, in a form that leads back to no one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from baken.web import engine
from baken.web.owner.models import UnmetNeed


def note_unmet(answer: Mapping[str, Any], facts: Mapping[str, Any], channel: str) -> None:
    """Store the day, the kinds of need, and coarse facts of the firm as far as they are known."""
    coarse = engine.coarse_facts(facts, answer["as_of"], answer["lang"])
    UnmetNeed.objects.create(
        noted_on=date.fromisoformat(answer["as_of"]),
        needs=[need["code"] for need in answer["needs"][:3]],
        channel=channel,
        catalogue_version=answer["catalogue_version"],
        **{name: coarse.get(name, "") for name in engine.COARSE},
    )
