"""What a story is: a small firm that was helped, as somebody published it, in our own words.

A story names no person. Its ``problem`` is what the owner would have said at the beginning, so
it holds neither the name of a measure nor of who helped: it is evidence for the search too.
The four questions of the study (trigger, partner, obstacle, need) are fields with fixed values,
so that they can be counted.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from baken.landscape.model import Model, Need, Phase, Source
from baken.needs import THEMES

Trigger = Literal["alarm", "customer", "law", "growth", "crisis", "chance", "unknown"]
"""What set the firm moving: an alarm in its own figures or quality, a customer's wish, a rule,
growth, a crisis (or a shock from outside), a chance (own idea, meeting, supply of help)."""
Partner = Literal[
    "customer",
    "supplier",
    "peer",
    "adviser",
    "agency",
    "college",
    "university",
    "research_centre",
    "collective_centre",
    "cluster",
    "federation",
    "training_provider",
    "employment_service",
    "sector_fund",
    "financier",
    "municipality",
    "province",
    "court",
    "accountant",
    "safety_net",
    "incubator",
    "lab",
    "family_or_friends",
    "crowd",
    "successor_or_seller",
    "other",
]
Obstacle = Literal[
    "money",
    "time",
    "knowledge",
    "people",
    "market",
    "rules",
    "technology",
    "trust",
    "partners",
    "space",
    "none_told",
]
Degree = Literal["incremental", "disruptive", "no_innovation", "unknown"]
Size = Literal["micro", "small", "medium", "large", "unknown"]


class Firm(Model):
    """What the page tells of the firm; ``None`` or ``unknown`` is what it does not tell."""

    does: str = Field(min_length=3)
    themes: list[str] = Field(min_length=1)
    region: Literal["vlaams-gewest", "waals-gewest", "brussels-gewest", "unknown"] = "unknown"
    province: str | None = None
    municipality: str | None = None
    size: Size = "unknown"
    headcount: int | None = Field(default=None, ge=0)
    self_employed: bool | None = None

    @model_validator(mode="after")
    def _themes(self) -> Firm:
        unknown = sorted(set(self.themes) - set(THEMES))
        if unknown:
            raise ValueError(f"'{unknown[0]}' is no theme; expected one of {', '.join(THEMES)}")
        return self


class HelpedBy(Model):
    """Who or what helped: a record of the landscape where there is one (``type`` and ``id``)."""

    name: str = Field(min_length=2)
    type: Literal["instrument", "organisation", "training"] | None = None
    id: str | None = None
    role: Literal["money", "advice", "knowledge", "training", "people", "network", "space", "law"]

    @model_validator(mode="after")
    def _both(self) -> HelpedBy:
        if (self.type is None) != (self.id is None):
            raise ValueError(f"'{self.name}' needs both type and id, or neither")
        return self


class Story(Model):
    """One published story of a firm that was helped."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str = Field(min_length=8, max_length=90)
    problem: str = Field(min_length=40)
    firm: Firm
    phase: Phase
    trigger: Trigger
    trigger_says: str = Field(min_length=8)
    degree: Degree
    research: bool | None = None
    """Whether research or tests of something new were done; None when the page does not tell."""
    partners: list[Partner] = Field(min_length=1)
    obstacle: Obstacle
    obstacle_says: str | None = None
    needs: list[Need] = Field(min_length=1, max_length=3)
    needed: str = Field(min_length=8)
    helped_by: list[HelpedBy] = Field(min_length=1)
    outcome: str = Field(min_length=8)
    result: Literal["success", "partial", "failure", "running", "unknown"]
    source: Source

    def facts(self) -> dict[str, Any]:
        """What the page tells of the firm, as facts of a query."""
        firm = self.firm
        facts: dict[str, Any] = {"sector": firm.does}
        if firm.municipality:
            facts["municipality"] = firm.municipality
        elif firm.province:
            facts["province"] = firm.province
        elif firm.region != "unknown":
            facts["region"] = firm.region
        if firm.headcount is not None:
            facts["headcount"] = firm.headcount
        elif firm.size != "unknown":
            facts["size"] = firm.size
        return facts
