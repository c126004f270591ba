"""What ``baken law aid`` takes: a firm's size, a project, and the other aid it has."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from baken.kernel.documents import Document, said_at
from baken.kernel.fields import NUMBER
from baken.kernel.questions import Strict, first_of, refuse_open, without_nulls
from baken.law.size.model import Day, Percent, Positive, Size

Euro = Positive
ProjectKind = Literal[
    "fundamental_research", "industrial_research", "experimental_development", "feasibility_study",
    "innovation_staff", "innovation_advice", "innovation_support", "patents",
    "process_innovation", "organisational_innovation", "investment", "consultancy", "fair",
    "startup", "training", "cluster", "research_infrastructure", "regional_investment",
    "energy_efficiency", "environment",
]  # fmt: skip
PartKind = Literal[
    "fundamental_research", "industrial_research", "experimental_development", "feasibility_study",
    "innovation_staff", "innovation_advice", "innovation_support", "patents",
    "process_innovation", "organisational_innovation", "investment", "consultancy", "fair",
    "training", "cluster", "research_infrastructure", "energy_efficiency", "environment",
]  # fmt: skip
RESEARCH = (
    "fundamental_research", "industrial_research", "experimental_development", "feasibility_study",
)  # fmt: skip
Area = Literal["a", "c", "none"]
CONTENTS = ("name", "size", "description", "dates", "location", "costs", "aid_kind", "amount")
"""What an application must hold at least: art. 6(2)."""


class Cost(Strict):
    """A cost item; ``eligible`` None: in doubt."""

    id: str | None = None
    category: str | None = None
    amount: Euro | None = None
    eligible: bool | None = True


class ResearchOrganisation(Strict):
    """A research organisation in the project: its share of the costs, and its right to publish."""

    share_pct: Percent | None = None
    may_publish: bool | None = None


class Collaboration(Strict):
    """Collaboration between independent parties; contract research is none (art. 2(90))."""

    effective: bool | None = None
    with_sme: bool | None = None
    cross_border: bool | None = None
    highest_share_pct: Percent | None = None
    research_organisation: ResearchOrganisation | None = None


class JointCall(Strict):
    """A project that several states designed and chose by an open call (art. 25(6)(d)).

    ``sme_involved`` decides nothing: the text asks for no SME in it.
    """

    open_call: bool | None = None
    member_states: Annotated[int, Field(ge=0), NUMBER] | None = None
    sme_involved: bool | None = None
    wide_dissemination: bool | None = None


class Startup(Strict):
    """A young small firm (art. 22(2)); ``years`` of the loan or guarantee."""

    registered_on: Day | None = None
    listed: bool | None = None
    took_over: bool | None = None
    distributed_profit: bool | None = None
    innovative: bool | None = None
    aid_form: Literal["grant", "loan", "guarantee", "tax"] | None = None
    years: Annotated[Decimal, Field(gt=0, le=100), NUMBER] | None = None


class ProjectPart(Strict):
    """A part of a project that is of another kind; aid for a start-up or a region is no part."""

    kind: PartKind | None = None
    costs: Euro | None = None


class Project(Strict):
    """What the aid is for."""

    kind: ProjectKind | None = None
    costs: Euro | list[Cost] | None = None
    parts: list[ProjectPart] | None = None
    applied_on: Day | None = None
    started_on: Day | None = None
    assisted_area: Area | None = None
    collaboration: Collaboration | None = None
    dissemination: bool | None = None
    joint_call: JointCall | None = None
    initial_investment: (
        Literal["new", "extension", "diversification", "process_change", "takeover", "replacement"]
        | None
    ) = None
    vat_refundable: bool | None = None
    mandatory_training: bool | None = None
    recurring: bool | None = None
    application_contains: list[Literal[
        "name", "size", "description", "dates", "location", "costs", "aid_kind", "amount"
    ]] | None = None  # fmt: skip
    disadvantaged_workers: bool | None = None
    sme_share_pct: Percent | None = None
    startup: Startup | None = None
    earlier_advice_aid_3_years: Euro | None = None


class OtherAid(Strict):
    """Aid that the firm has already, for the same costs or others."""

    article: str | None = None
    regime: Literal["de_minimis", "gber", "other"] | None = None
    amount: Euro | None = None
    same_costs: bool | None = None


class AidInput(Strict):
    """One question on aid."""

    id: str | int | None = None
    as_of: Day
    size: Size
    project: Project
    in_difficulty: bool | None = None
    asked: Euro | None = None
    other_aid: list[OtherAid] = Field(default_factory=list)


def read_aid(raw: Any, document: Document | None = None) -> AidInput:
    """An input, checked.

    Raises:
        BakenError: with the path of the field, and the line when ``document`` is given.
    """
    if not isinstance(raw, Mapping):
        raise said_at(document, (), "this is no question on aid", "a mapping with as_of and more")
    refuse_open(raw, document)
    try:
        found = AidInput.model_validate(_doubted(raw, without_nulls(_with_texts(raw))))
    except ValidationError as e:
        raise first_of(e, document, AidInput) from e
    project = found.project
    if project.parts is not None and (project.kind is not None or project.costs is not None):
        problem = "parts stand beside kind and costs"
        raise said_at(document, ("project", "parts"), problem, "parts, or kind and costs")
    if project.parts is None and project.kind is None:
        raise said_at(document, ("project", "kind"), "this field is missing", "a kind, or parts")
    for name in ("parts", "costs"):
        if getattr(project, name) == []:
            raise said_at(document, ("project", name), "the list is empty", "at least one item")
    registered = project.startup.registered_on if project.startup is not None else None
    if registered is not None and registered > found.as_of:
        where = ("project", "startup", "registered_on")
        raise said_at(
            document, where, f"{registered} lies after as_of", f"a day up to {found.as_of}"
        )
    return found


def _doubted(raw: Mapping[str, Any], out: Any) -> Any:
    """A cost whose ``eligible`` is null is in doubt; one that says nothing of it is eligible."""
    project = raw.get("project")
    costs = project.get("costs") if isinstance(project, Mapping) else None
    for at, cost in enumerate(costs if isinstance(costs, list) else []):
        if isinstance(cost, Mapping) and "eligible" in cost and cost["eligible"] is None:
            out["project"]["costs"][at]["eligible"] = None
    return out


def _with_texts(raw: Mapping[str, Any]) -> dict[str, Any]:
    """An article may be given as a number."""
    out = dict(raw)
    others = out.get("other_aid")
    if isinstance(others, list):
        out["other_aid"] = [
            {**o, "article": str(o["article"])}
            if isinstance(o, Mapping) and isinstance(o.get("article"), int | Decimal)
            else o
            for o in others
        ]
    return out
