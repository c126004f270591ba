"""Whether the one who speaks has no firm yet: nobody takes such a person for a firm.

Most who ask here ask for a firm, so that is assumed of who says nothing (``applicant``, with its
default). Who wants to begin one, or has no job, tells otherwise: then no measure for jobseekers or
private persons is told not to fit because "who applies is a firm".
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from baken.facts.state import Origin
from baken.kernel.files import own_yaml
from baken.landscape.catalogue import Key, key_of
from baken.match.clauses import clauses
from baken.match.dialect import plain
from baken.match.firm import Firm
from baken.match.remembered import remembered

DATA = Path(__file__).parent / "data" / "told_start.yaml"
APPLICANT, JOBSEEKER = "applicant", "jobseeker"


@remembered
def told_start(text: str) -> Literal["jobless", "starts"] | None:
    """Whether a text tells that its writer has no job, or wants to begin a firm.

    >>> told_start("ik ben werkloos en wil een eigen zaak beginnen")
    'jobless'
    >>> told_start("ik wil een zaak starten als fotograaf")
    'starts'
    >>> told_start("mijn personeel is tijdelijk werkloos")
    """
    said = clauses(plain(text))
    jobless, starts, never = _patterns()
    told = [clause for clause in said if not never.search(clause)]
    if any(jobless.search(clause) for clause in told):
        return "jobless"
    return "starts" if any(starts.search(clause) for clause in told) else None


def of_starter(firm: Firm, text: str, asked: Collection[str] = ()) -> Firm:
    """The firm, or who is none yet: a jobseeker applies as one; of who wants to begin it is not
    known as what. What was answered holds.
    """
    origin = firm.origins.get(APPLICANT)
    told = told_start(text)
    if told is None or APPLICANT in asked or origin is None or origin.kind != "assumed":
        return firm
    if told == "starts":
        left = {name: value for name, value in firm.values.items() if name != APPLICANT}
        return replace(firm, values=left)
    return replace(
        firm,
        values={**firm.values, APPLICANT: JOBSEEKER},
        origins={**firm.origins, APPLICANT: Origin("given", "in the words of the need")},
        heard={**firm.heard, APPLICANT: (JOBSEEKER,)},
    )


def helps_to_start(text: str) -> frozenset[Key]:
    """What an adviser names first to who begins, by type and id; empty for others."""
    return frozenset(map(key_of, _data()["helps"])) if told_start(text) else frozenset()


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = own_yaml(DATA)
    return found


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    raw = _data()
    return (
        re.compile("|".join(raw["jobless"])),
        re.compile("|".join(raw["starts"])),
        re.compile(raw["never"]),
    )
