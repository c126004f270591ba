"""Where innovation ends and research begins, to the measure of a small firm.

Frascati Manual 2015 (five criteria, par. 2.7), Oslo Manual 2018 (definition of innovation),
Regulation (EU) 651/2014, art. 2(84) to (87), (96) and (97). Novelty in Frascati is measured
against the sector, in Oslo against the firm; the regulation asks neither. So each answer stands
apart, and every combination exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import Field

from baken.kernel.documents import Document
from baken.kernel.files import own_yaml
from baken.kernel.questions import Strict, read_model
from baken.law.logic import Truth, every
from baken.law.steps import Step, Word, with_steps

FRASCATI = "Frascati Manual 2015, par. 2.7"
OSLO = "Oslo Manual 2018"
GBER = "651/2014, art. 2"
ActivityKind = Literal[
    "prototype", "pilot_plant", "trial_production", "design", "software", "feasibility_study",
    "periodic_update", "debugging", "install_bought", "ceasing", "merger", "routine_test",
    "quality_control", "market_research", "patent_work", "training", "replacement",
    "customisation", "price_change", "seasonal_change", "trade_new_goods", "after_sales",
    "data_collection", "organisational_change", "marketing_change", "other",
]  # fmt: skip
Goal = Literal["new_knowledge_no_use_in_view", "new_knowledge_for_use", "use_existing_knowledge"]


class Activity(Strict):
    """What a firm wants to do or did; anything may be missing."""

    text: str | None = Field(None, max_length=10_000)
    novel_to: Literal["firm", "market", "world", "none"] | None = None
    uncertainty: Literal["none", "commercial", "technical"] | None = None
    creative: bool | None = None
    systematic: bool | None = None
    transferable: bool | None = None
    kind: ActivityKind | None = None
    implemented: bool | None = None
    significant_difference: bool | None = None
    part_of_rnd_project: bool | None = None
    goal: Goal | None = None
    environment: Literal["laboratory", "simulated", "operational"] | None = None
    usable_and_too_costly_otherwise: bool | None = None
    aim: str | None = Field(None, max_length=10_000)


class DelineateInput(Strict):
    """One question."""

    id: str | int | None = None
    activity: Activity = Field(default_factory=lambda: Activity.model_validate({}))


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of activity bears on research, on innovation and on the class of aid."""

    rnd: str
    oslo: str
    kinds: tuple[str, ...]
    gber: str


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Kind]:
    """Every kind, as in ``data/delineation.yaml``."""
    raw = own_yaml(Path(__file__).parent / "data" / "delineation.yaml")
    found = {k: Kind(v["rnd"], v["oslo"], tuple(v["kinds"]), v["gber"]) for k, v in raw.items()}
    if set(found) != set(get_args(ActivityKind)):
        raise ValueError("delineation.yaml does not tell of every kind")
    return found


def read_delineate(raw: Any, document: Document | None = None) -> DelineateInput:
    """An input, checked.

    Raises:
        BakenError: with the path of the field, and the line when ``document`` is given.
    """
    return read_model(
        DelineateInput, raw, document, "this is no activity", "a mapping with `activity`"
    )


@dataclass
class Delineation:
    """The answer: research or not, innovation or not, and which class of aid."""

    frascati: dict[str, Any]
    oslo: dict[str, Any]
    gber: str | None
    outcome: str
    step: Step
    missing: list[str]
    assumed: list[str]
    id: str | int | None = None
    asked_by: list[str] = field(default_factory=list)

    def as_json(self, steps: bool = True) -> dict[str, Any]:
        """Plain values; ``steps`` False leaves the words out."""
        own = {
            "frascati": self.frascati,
            "oslo": self.oslo,
            "gber": self.gber,
            "outcome": self.outcome,
            "missing": self.missing,
            "assumed": self.assumed,
            "asked_by": self.asked_by,
        }
        return with_steps(self, own, steps)


def delineate(given: DelineateInput) -> Delineation:
    """Research, innovation and class of aid of an activity; three-valued in each."""
    activity = given.activity
    missing: dict[str, None] = {}
    assumed: dict[str, None] = {}
    top = Step("delineate", {})
    if not activity.model_fields_set:
        missing["activity"] = None
    if activity.kind is None:
        assumed["kind: other"] = None
    kind = kinds()[activity.kind or "other"]
    part = _part(activity, kind, assumed)
    criteria = _criteria(activity)
    rnd = _rnd(activity, kind, part, criteria, missing, top)
    oslo = _oslo(activity, kind, missing, assumed, top)
    gber = _gber(activity, kind, part, missing, assumed, top)
    outcome = _outcome(rnd, oslo, gber, activity)
    top.under(f"outcome.{outcome}")
    return Delineation(
        {"rnd": rnd, "criteria": criteria}, oslo, gber, outcome, top,
        list(missing), list(assumed), given.id,
    )  # fmt: skip


def _part(activity: Activity, kind: Kind, assumed: dict[str, None]) -> bool:
    matters = activity.kind is None or bool({"part", "unlisted"} & {kind.rnd, kind.gber})
    if activity.part_of_rnd_project is None and matters:
        assumed["part_of_rnd_project: no"] = None
    return bool(activity.part_of_rnd_project)


def _criteria(activity: Activity) -> dict[str, Truth]:
    """The five criteria; novel is new to the market or the world, uncertain only technically."""
    novel, doubt = activity.novel_to, activity.uncertainty
    return {
        "novel": None if novel is None else novel in ("market", "world"),
        "creative": activity.creative,
        "uncertain": None if doubt is None else doubt == "technical",
        "systematic": activity.systematic,
        "transferable": activity.transferable,
    }


FIELDS = {"novel": "novel_to", "uncertain": "uncertainty"}
"""The field that tells a criterion, where its name differs."""


def _rnd(
    activity: Activity,
    kind: Kind,
    part: bool,
    criteria: Mapping[str, Truth],
    missing: dict[str, None],
    top: Step,
) -> Truth:
    """R&D when all five criteria hold, unless the kind never is, or only as part of a project."""
    step = top.under("frascati", FRASCATI)
    for name, value in criteria.items():
        step.under(
            f"frascati.{name}", FRASCATI, value=Word("word.unknown") if value is None else value
        )
    five = every(criteria.values())
    named = Word(f"activity.{activity.kind or 'other'}")
    if kind.rnd == "never":
        step.under("frascati.never", "Frascati Manual 2015, chapter 2", kind=named)
        return False
    if not part and (kind.rnd == "part" or (kind.rnd == "unlisted" and not five)):
        step.under("frascati.part", "Frascati Manual 2015, table 2.3", kind=named)
        return False
    if kind.rnd == "unlisted" and not part:
        missing["activity.part_of_rnd_project"] = None
        step.under("frascati.open", FRASCATI)
        return None
    found = five if kind.rnd == "criteria" else True if five else None
    if found is None:
        unsaid = [n for n, v in criteria.items() if v is None]
        for name in unsaid or [n for n, v in criteria.items() if v is False]:
            missing[f"activity.{FIELDS.get(name, name)}"] = None
    step.under("frascati.open" if found is None else f"frascati.{str(found).lower()}", FRASCATI)
    return found


def _oslo(
    activity: Activity,
    kind: Kind,
    missing: dict[str, None],
    assumed: dict[str, None],
    top: Step,
) -> dict[str, Any]:
    """An innovation differs significantly from what the firm had, and is in use or on offer."""
    step = top.under("oslo", OSLO)
    novel = activity.novel_to
    new: Truth = None if novel is None else novel != "none"
    found: Truth
    if kind.oslo == "unless" and activity.significant_difference is None:
        assumed["significant_difference: no"] = None
    told = every([activity.implemented, activity.significant_difference, new])
    if kind.oslo == "unless" and activity.significant_difference and told is not False:
        step.under("oslo.unless", f"{OSLO}, section 3.4", kind=Word(f"activity.{activity.kind}"))
        missing["whether this differs enough from what the firm offered before"] = None
        found = None
    elif kind.oslo == "activity" and told is not False:
        step.under("oslo.activity", f"{OSLO}, chapter 4", kind=Word(f"activity.{activity.kind}"))
        missing["what came of it: a product on offer or a process in use"] = None
        found = None
    elif kind.oslo in ("never", "unless"):
        step.under("oslo.never", f"{OSLO}, section 3.4", kind=Word(f"activity.{activity.kind}"))
        found = False
    else:
        found = told
        if found is None:
            for name, value in (
                ("implemented", activity.implemented),
                ("significant_difference", activity.significant_difference),
                ("novel_to", new),
            ):
                if value is None:
                    missing[f"activity.{name}"] = None
        step.under("oslo.open" if found is None else f"oslo.{str(found).lower()}", OSLO)
    return {
        "innovation": found,
        "kinds": list(kind.kinds) if found else [],
        "novelty": novel if found is not False and novel != "none" else None,
    }


def _gber(
    activity: Activity,
    kind: Kind,
    part: bool,
    missing: dict[str, None],
    assumed: dict[str, None],
    top: Step,
) -> str | None:
    """The class of aid by aim, by environment for prototypes, and by kind."""
    found: str | None
    match kind.gber:
        case "none":
            found = "none"
            if part and kind.rnd in ("part", "unlisted"):
                missing["whether its costs are costs of that project"] = None
                found = None
        case "feasibility":
            found = "feasibility_study"
        case "change":
            found = _change(activity, missing)
        case "design" if not part:
            found = "none" if _by_goal(activity, {}, {}) == "none" else None
            if found is None and activity.part_of_rnd_project is None:
                missing["activity.part_of_rnd_project"] = None
            elif found is None:
                missing["whether the design itself is development of something new"] = None
        case "part" if not part:
            found = "none"
        case _:
            found = _by_goal(activity, missing, assumed)
            if found not in (None, "none"):
                _not_routine(activity, assumed)
    point = {
        "fundamental_research": "(84)", "industrial_research": "(85)",
        "experimental_development": "(86)", "feasibility_study": "(87)",
        "organisational_innovation": "(96)", "process_innovation": "(97)",
    }.get(found or "", "(84) to (97)")  # fmt: skip
    top.under(f"gber.{found or 'open'}", GBER + point)
    return found


def _change(activity: Activity, missing: dict[str, None]) -> str | None:
    """Process innovation (97) or organisational innovation (96): a significant change in use."""
    novel = activity.novel_to
    real = every([activity.significant_difference, None if novel is None else novel != "none"])
    if real is False:
        return "none"
    if real and activity.implemented:
        bought = activity.kind == "install_bought"
        return "process_innovation" if bought else "organisational_innovation"
    for name in ("significant_difference", "novel_to"):
        if getattr(activity, name) is None:
            missing[f"activity.{name}"] = None
    if not activity.implemented:
        missing["activity.implemented"] = None
    return None


def _by_goal(activity: Activity, missing: dict[str, None], assumed: dict[str, None]) -> str | None:
    routine = activity.novel_to == "none" or activity.creative is False
    if routine:
        return "none"
    built = activity.kind in ("prototype", "pilot_plant")
    if activity.kind == "prototype" and activity.environment == "operational":
        if activity.implemented and activity.usable_and_too_costly_otherwise is False:
            missing["whether the prototype in use is still being developed"] = None
            return None
        return "experimental_development"
    match activity.goal:
        case None:
            missing["activity.goal"] = None
            return None
        case "use_existing_knowledge":
            return "experimental_development"
        case "new_knowledge_no_use_in_view":
            if built or activity.kind == "trial_production":
                missing["activity.goal"] = None
                return None
            return "fundamental_research"
    if built and activity.environment not in ("laboratory", "simulated"):
        missing["activity.environment"] = None
        return None
    if activity.environment == "operational":
        missing["whether the use by real users is part of finding new knowledge"] = None
        return None
    if activity.environment is None:
        assumed["environment: not operational"] = None
    return "industrial_research"


def _not_routine(activity: Activity, assumed: dict[str, None]) -> None:
    """A class given by the aim takes as said that something is new, and that it is thought out."""
    if activity.novel_to is None:
        assumed["novel_to: at least the firm"] = None
    if activity.creative is None:
        assumed["creative: yes"] = None


def _outcome(rnd: Truth, oslo: Mapping[str, Any], gber: str | None, activity: Activity) -> str:
    """The outcome in one plain word."""
    if rnd:
        return gber if gber in (
            "fundamental_research", "industrial_research", "experimental_development",
        ) else "research"  # fmt: skip
    if oslo["innovation"]:
        return "innovation_firm" if activity.novel_to == "firm" else "innovation_market"
    if rnd is None or oslo["innovation"] is None:
        return "open"
    if activity.significant_difference is False:
        return "ordinary_improvement"
    if activity.implemented is False and kinds()[activity.kind or "other"].oslo == "definition":
        return "not_yet"
    return "no_innovation"
