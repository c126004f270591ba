"""What a record of the landscape is: one file, one offer, its sources beside each figure.

Field names follow CPSV-AP 3 where it has one (name, description, status, competent
authority as ``provider``, spatial as ``area``); conditions and parameters are Baken's own.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

PARTIAL_DATE = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")

InstrumentKind = Literal[
    "grant",
    "voucher",
    "loan",
    "guarantee",
    "equity",
    "tax",
    "advice",
    "training",
    "network",
    "hiring",
    "relief",
]
OrganisationKind = Literal[
    "agency",
    "adviser",
    "research_centre",
    "university",
    "college",
    "cluster",
    "federation",
    "incubator",
    "training_provider",
    "sector_fund",
    "province",
    "crisis_support",
    "intercommunale",
]
Level = Literal["european", "federal", "flemish", "brussels", "walloon", "provincial", "municipal"]
Phase = Literal["start", "grow", "change", "crisis", "stop_or_hand_over"]
NotStated = Literal["region", "size", "legal_form", "sector", "age", "difficulty", "de_minimis"]
ADDRESS = r"^https?://[^/?#\s]*[^/?#.\s]([/?#]|$)"
"""An address of the web; its host does not end in a dot, which some servers refuse."""
NEEDS = tuple(f"N{n:02d}" for n in range(1, 15))


def _partial_date(text: str) -> str:
    if not PARTIAL_DATE.match(text):
        raise ValueError(f"'{text}' is no date; expected YYYY, YYYY-MM or YYYY-MM-DD")
    if len(text) == 10:
        date.fromisoformat(text)
    return text


PartialDate = Annotated[str, AfterValidator(_partial_date)]
"""An ISO date of the precision that the source gives: ``2024``, ``2024-06`` or ``2024-06-05``."""

Need = Annotated[str, Field(pattern=r"^N(0[1-9]|1[0-4])$")]


class Model(BaseModel):
    """A part of a record: unknown fields are errors, values are never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Model):
    """The same words in Dutch and, where there is one, in English and French."""

    nl: str = Field(min_length=1)
    en: str | None = None
    fr: str | None = None


class Said(Text):
    """Words with the numbers of the sources they rest on; words with a figure need one."""

    sources: list[int] = []

    @model_validator(mode="after")
    def _figures(self) -> Said:
        if re.search(r"\d", self.nl) and not self.sources:
            raise ValueError(f"a figure without source in '{self.nl[:60]}'")
        return self


class Texts(Model):
    """A record's own words for what an owner reads, at level B1; see ``landscape/told.py``."""

    what: Said | None = None
    for_whom: Said | None = None
    you_get: Said | None = None
    steps: list[Said] = []
    cost: Said | None = None
    when: Said | None = None
    not_with: Said | None = None
    call_first: Said | None = None
    doubt: Said | None = None

    def parts(self) -> list[Said]:
        """Every part that is there, steps included."""
        named = (self.what, self.for_whom, self.you_get, self.cost, self.when, self.not_with)
        return [p for p in (*named, *self.steps, self.call_first, self.doubt) if p is not None]


class Sentences(Model):
    """How owners tell the problem that an offer helps with: their words, not the offer's name."""

    nl: list[str] = []
    en: list[str] = []
    fr: list[str] = []

    def all(self) -> tuple[str, ...]:
        """Every sentence, Dutch first."""
        return (*self.nl, *self.en, *self.fr)


class Names(Model):
    """Names as the provider uses them; at least one language."""

    nl: str | None = None
    en: str | None = None
    fr: str | None = None

    @model_validator(mode="after")
    def _one(self) -> Names:
        if not (self.nl or self.en or self.fr):
            raise ValueError("a record needs a name in at least one language")
        return self


class Source(Model):
    """A page that was read. ``date`` is the page's own date, ``seen`` the day of reading."""

    n: int = Field(ge=1)
    url: str = Field(pattern=ADDRESS)
    date: PartialDate | None = None
    kind: Literal["primary", "secondary"] = "secondary"
    seen: PartialDate


class Period(Model):
    """From when to when something holds, as far as the source says; both ends included."""

    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None


class Status(Model):
    """Whether the offer could be had on ``as_of`` (the date that the source speaks of)."""

    value: Literal["open", "call", "closed", "abolished", "replaced", "unknown"]
    as_of: PartialDate | None = None
    note: str | None = None


class Call(Model):
    """One window in which one can apply."""

    opens: PartialDate | None = None
    closes: PartialDate | None = None
    source: int


class Parameter(Period):
    """A figure that computes and never decides: a rate, a ceiling, a term."""

    name: Literal[
        "rate_pct",
        "max_aid",
        "min_aid",
        "max_project_cost",
        "min_project_cost",
        "max_loan",
        "min_loan",
        "interest_pct",
        "max_guarantee",
        "guarantee_pct",
        "max_equity",
        "min_equity",
        "term_years",
        "tax_rate_pct",
        "other",
    ]
    value: Decimal
    unit: Literal["pct", "EUR", "year", "month", "day", "hour", "people", "kWh", "other"]
    part: Literal["base", "bonus", "cap"] = "base"
    """A rate may be a bonus on top of the base, or the cap on their sum."""
    for_firm: bool = True
    """False when the figure is for another than the firm: a research organisation, a lender."""
    for_whom: Text | None = None
    per: Text | None = None
    sizes: list[Literal["micro", "small", "medium", "large"]] = []
    """By the European definition; a class of Belgian company law stands in ``for_whom``."""
    source: int


class Condition(Period):
    """One demand on the firm or project: a rule, a jury's judgement, or words only.

    Exactly one of ``rule`` (an expression over facts), ``judged`` (who weighs it) and
    ``text`` (why no expression can hold it) is given. ``met_if``, beside the latter two, is an
    expression that tells of some firms that they surely meet it; of others it tells nothing.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    family: str
    says: Text
    rests_on: str | None = None
    """What the source states, in own Dutch words, by a reader who did not write the rule."""
    rule: str | None = None
    judged: str | None = None
    text: str | None = None
    met_if: str | None = None
    source: int

    @model_validator(mode="after")
    def _one_form(self) -> Condition:
        forms = [f for f in ("rule", "judged", "text") if getattr(self, f)]
        if len(forms) != 1:
            raise ValueError(f"condition '{self.id}' needs exactly one of rule, judged, text")
        if self.rule and self.met_if:
            raise ValueError(f"condition '{self.id}' has a rule, which tells all: no met_if")
        return self


class Stated(Model):
    """Where a fact that the research found went: a condition's id or a kind of place."""

    fact: str
    to: str


class Area(Model):
    """Where the offer works. Empty lists say nothing; the conditions decide."""

    stated: bool = True
    regions: list[str] = []
    provinces: list[str] = []
    municipalities: list[str] = []


class Version(Period):
    """A span of time in which the offer is known to have held, with the change in our own words."""

    change: Text | None = None
    source: int | None = None


class Record(Model):
    """What instruments, organisations and training share."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    added_on: PartialDate | None = None
    """The day on which it was added; None for what the first research found."""
    names: Names
    aliases: list[str] = []
    summary: Text
    needs: list[Need] = Field(min_length=1)
    phases: list[Phase] = []
    """The phases of a firm's life that it is for; where empty they follow from the needs."""
    themes: list[str] = Field(min_length=1)
    tags: list[str] = []
    keywords: list[str] = []
    says: Sentences = Sentences()
    area: Area
    status: Status
    replaced_by: list[str] = []
    url: str | None = Field(default=None, pattern=ADDRESS)
    first_step: Text | None = None
    texts: Texts | None = None
    conditions: list[Condition] = []
    not_stated: list[NotStated] = []
    parameters: list[Parameter] = []
    calls: list[Call] = []
    sources: list[Source] = Field(min_length=1)
    stated: list[Stated] = []

    @model_validator(mode="after")
    def _refers(self) -> Record:
        known = {s.n for s in self.sources}
        named = [c.source for c in self.conditions] + [p.source for p in self.parameters]
        said = [n for p in (self.texts.parts() if self.texts else []) for n in p.sources]
        for number in named + [c.source for c in self.calls] + said:
            if number not in known:
                raise ValueError(f"source {number} is named but is not in sources")
        if len({c.id for c in self.conditions}) != len(self.conditions):
            raise ValueError("two conditions have the same id")
        return self


class Instrument(Record):
    """A support measure (steunmaatregel)."""

    type: Literal["instrument"] = "instrument"
    kind: InstrumentKind
    provider: str
    provider_ids: list[str] = []
    level: Level
    firm_role: Literal["applicant", "participant", "lender_or_investor", "none"] = "applicant"
    apply: Literal["before_start", "within_days", "any"] | None = None
    apply_days: int | None = None
    apply_months: int | None = None
    apply_from: (
        Literal["signature", "training", "agreement", "hire", "disaster", "illness", "opening"]
        | None
    ) = None
    """The term as its source counts it, in days or in months, and what it counts from."""
    asked_through: Literal["tax_return", "payroll", "bank"] | None = None
    """Where one gets it otherwise than by an application of one's own, as the record tells it."""
    perhaps_not_with: list[Level] = []
    """The levels whose aid for the same costs may shut it, as its words on other aid tell."""
    after: list[str] = []
    duty: bool = False
    """What one asks for before it, by id, as its own words tell; whether the law demands it."""
    legal_basis: list[str] = []
    """Acts and articles that it rests on, as its sources tell: ``651/2014 art. 25``."""
    versions: list[Version] = []


class Organisation(Record):
    """A structure that helps (organisatie); ``duty``: its ``texts.when`` is what law demands."""

    type: Literal["organisation"] = "organisation"
    kind: OrganisationKind
    roles: list[Literal["door", "expert", "funder", "network", "safety_net"]] = Field(min_length=1)
    access: Literal["any", "sector_members", "paying_members", "selected", "unknown"] = "unknown"
    serves_firms: Literal["yes", "no", "unknown"] = "unknown"
    price: Literal["free", "subsidised", "paid", "unknown"] = "unknown"
    does: list[str] = []
    reach: Literal["municipality", "province", "region", "belgium", "unknown"] = "unknown"
    places: list[str] = []
    joint_committees: list[str] = []
    nace: list[str] = []
    instruments: list[str] = []
    duty: bool = False
    evidence: Literal["described", "mentioned"] = "mentioned"


class Duration(Model):
    """How long a course takes, as its source tells it; ``hours`` where it can be counted."""

    says: Text
    hours: Decimal | None = None
    source: int


class Training(Record):
    """A course or line of courses (opleiding).

    ``audience`` is who learns; an empty ``forms``, ``languages`` or ``places`` says that the
    source does not tell. ``paid_by`` are ids of instruments and organisations that can pay.
    ``nace`` are the trades that it is made for, as the beginnings of codes of NACE-BEL 2025.
    """

    type: Literal["training"] = "training"
    kind: Literal["course"] = "course"
    provider: str
    provider_ids: list[str] = []
    paid_by: list[str] = []
    paid_note: Text | None = None
    audience: list[Literal["employer", "employees", "jobseekers"]] = Field(min_length=1)
    subject: Literal[
        "management",
        "finance",
        "marketing-sales",
        "export",
        "digital",
        "cyber",
        "ai-data",
        "leadership-people",
        "languages",
        "safety",
        "quality",
        "sustainability-energy",
        "innovation",
        "starting",
        "taking-over",
        "trade-skills",
        "coaching-at-work",
        "logistics",
        "care",
        "food-hygiene",
    ]
    duration: Duration | None = None
    forms: list[Literal["day", "evening", "weekend", "online", "blended", "workplace"]] = []
    languages: list[Literal["nl", "fr", "en", "other"]] = []
    places: list[str] = []
    joint_committees: list[str] = []
    nace: list[str] = []


Offer = Instrument | Organisation | Training
