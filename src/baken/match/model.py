"""The query and the answer: their shapes, and the JSON Schemas that ship with Baken."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from rapidfuzz import process

from baken.kernel.errors import BakenError
from baken.match.helplines import Call

Lang = Literal["nl", "en", "fr"]
MAX_NEED = 20_000
"""Characters of a need that are read; a longer one is refused, not cut."""
MAX_LIMIT = 100
MAX_QUESTIONS = 5


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Query(_Part):
    """What is asked: a need in the owner's words, and what is known of the firm.

    ``facts`` maps fact ids to values, and may hold the papers ``group``, ``accounts``, ``aids`` and
    ``activity``, from which the law settles facts; ``asked`` names the questions that were put
    before, answered or not; ``only`` judges just these offers, whatever the search says.
    """

    id: Any = None
    lang: Lang = "nl"
    need: str = Field(default="", max_length=MAX_NEED)
    facts: dict[str, Any] = Field(default_factory=dict)
    as_of: date
    limit: int = Field(default=5, ge=1, le=MAX_LIMIT)
    asked: list[str] = Field(default_factory=list)
    only: list[str] = Field(default_factory=list)


class SourceRef(_Part):
    """Where something is written, and of what date that is (None: undated)."""

    url: str | None
    date: str | None


class Reason(_Part):
    """One condition of an offer held against the firm.

    ``met`` is None when it is not known; ``unknown_because`` then says whether the firm did
    not say it, the source does not state it, a jury weighs it, or only words hold it; or that it
    is met as far as is known (``assumed``: what that rests on stands in ``says``), or asks nothing
    of a firm like this one (``does_not_apply``).
    """

    condition: str
    met: bool | None
    says: str
    source: SourceRef
    unknown_because: (
        Literal["not_said", "not_stated", "judged", "text", "assumed", "does_not_apply"] | None
    )
    found: str | None = None
    change: str | None = None


class GivenFigure(_Part):
    """A rate in per cent or a ceiling in euros: ``who`` it is for and ``per`` what it counts."""

    name: str
    value: float
    who: str = ""
    per: str = ""


class Amount(_Part):
    """What the measure gives: its rates and ceilings, each with for whom it is.

    ``pct`` and ``max_eur`` are those of every project of the firm; None where the record has
    several, for sizes or for purposes that are not known.
    """

    pct: float | None
    max_eur: float | None
    per: str | None = None
    rates: list[GivenFigure] = []
    caps: list[GivenFigure] = []
    of_costs: bool = True
    """Whether a rate is a share of the costs that is paid: of a tax rule or a wage it is not."""
    source: SourceRef


class OfferAnswer(_Part):
    """One offer with its verdict and why it is shown."""

    id: str
    type: Literal["instrument", "organisation", "training"]
    name: str
    summary: str
    verdict: Literal["fits", "excluded", "open"]
    verdict_says: str
    score: float
    why: list[str]
    reasons: list[Reason]
    missing: list[str]
    availability: Literal["open", "call", "closed", "unknown"]
    stale: bool
    newest_source: str | None
    amount: Amount | None
    deadline: str | None
    apply: Literal["before_start", "within_days", "any"] | None
    url: str | None
    first_step: str | None
    leads: bool = True
    """Whether it is surely about this need, this trade and this place: then it may stand first."""
    checked: int = 0
    """How many conditions could be held against the firm: ``fits`` with none of them is no yes."""


class NeedScore(_Part):
    """A need from the taxonomy and how well the text says it, from 0 to 1."""

    code: str
    score: float
    label: str


class Choice(_Part):
    """One answer to a question; ``value`` None is *I do not know*."""

    value: Any
    label: str


class NextQuestion(_Part):
    """The question that settles most, and how many are left at most (this one included)."""

    fact: str
    text: str
    help: str | None = None
    choices: list[Choice]
    left: int


class DoorReason(_Part):
    """A door by id and name, why it is the one to knock on, and its conditions held to the firm."""

    id: str
    name: str
    why: str
    verdict: Literal["fits", "excluded", "open"] | None = None
    reasons: list[Reason] = Field(default_factory=list)
    checked: int = 0


class Route(_Part):
    """Which door first: at most two, and one alternative."""

    id: str
    doors: list[str]
    alternative: str | None
    why: str
    reasons: list[DoorReason] = Field(default_factory=list)


class SimilarStory(_Part):
    """A published story of a firm like this one, told in Dutch, and why it is alike."""

    id: str
    title: str
    problem: str
    firm: str
    needs: list[str]
    helped_by: list[str]
    outcome: str
    result: Literal["success", "partial", "failure", "running", "unknown"]
    why: list[str]
    score: float
    source: SourceRef


class Duty(_Part):
    """What the law asks at once of who says this, with its term: by the record that tells it.
    ``perhaps``: the words may tell something else, so that it first asks whether it happened.
    """

    id: str
    name: str
    says: str
    perhaps: bool = False
    source: SourceRef


class Step(_Part):
    """One step of a computation: its code, its words by language, its legal source, and the steps
    under it."""

    code: str
    says: dict[Lang, str]
    source: str | None = None
    steps: list[Step] = Field(default_factory=list)


class Computed(_Part):
    """A fact that the law settled from accounts, a group, aids or an activity, step by step.

    ``value`` is null when it stays open, a list when it is one of a few. ``used`` is false where
    another value was given by hand: that one holds. ``missing`` could settle it, ``assumed`` was
    not said.
    """

    fact: str
    value: bool | int | float | str | list[str] | None
    used: bool
    steps: list[Step]
    missing: list[str] = Field(default_factory=list)
    assumed: list[str] = Field(default_factory=list)


class Answer(_Part):
    """The answer to a query."""

    id: Any = None
    lang: Lang = "nl"
    needs: list[NeedScore]
    offers: list[OfferAnswer]
    next_question: NextQuestion | None
    route: Route | None
    unmet: bool
    no_need: bool = False
    unsure: str | None = None
    """That the need may not be understood, or be none of a firm; it is among the notices too."""
    similar_stories: list[SimilarStory] = Field(default_factory=list)
    danger: str | None = None
    """Whom to call where the words tell of danger for people: before all else."""
    urgent: str | None = None
    """What must be read before all else; it is the first of the notices too."""
    calls: list[Call] = Field(default_factory=list)
    """Whom to call, the first one first: with ``urgent``, or where the words may be a cry."""
    duties: list[Duty] = Field(default_factory=list)
    """What the law asks at once of who says this; it goes before all that is offered."""
    doubt: str | None = None
    """What must be settled before the answer is worth much; the next question asks it."""
    notices: list[str]
    computed: list[Computed] = Field(default_factory=list)
    heard: list[str] = Field(default_factory=list)
    """Facts that the need says to be so in so many words; an answer of the owner goes before."""
    heard_values: dict[str, list[str]] = Field(default_factory=dict)
    """Of those that are more than a yes: what was said of them."""
    heard_trade: str | None = None
    """The trade that only the need names, in words."""
    as_of: str
    catalogue_version: str
    engine_version: str

    def as_json(self) -> dict[str, Any]:
        """The answer as plain JSON values."""
        return self.model_dump(mode="json")


_FIELDS = {
    "id": "anything; it comes back in the answer",
    "lang": "nl, en or fr",
    "need": f"text of at most {MAX_NEED} characters",
    "facts": "an object of fact ids and values",
    "as_of": "a date that exists, as YYYY-MM-DD",
    "limit": f"a whole number from 1 to {MAX_LIMIT}",
    "asked": "a list of fact ids",
    "only": "a list of offer ids",
}


def read_query(raw: object, today: date | None = None) -> Query:
    """A query from decoded JSON.

    ``today`` is what ``as_of`` is when it is not given; without it, ``as_of`` is needed.

    Raises:
        BakenError: naming the field, what is wrong, and what was expected.
    """
    if not isinstance(raw, dict):
        raise BakenError("", f"a query is an object, not {_kind(raw)}", '{"need": "...", ...}')
    for name in raw:
        if name not in _FIELDS:
            near = [
                m[0] for m in process.extract(str(name), list(_FIELDS), limit=2, score_cutoff=60)
            ]
            raise BakenError(str(name)[:100], "no field of a query", ", ".join(_FIELDS), near)
    lang = raw.get("lang", "nl")
    if lang not in ("nl", "en", "fr"):
        raise _bad("lang", lang)
    need = raw.get("need", "")
    if not isinstance(need, str):
        raise _bad("need", need)
    if any("\ud800" <= c <= "\udfff" for c in need):
        raise BakenError("need", "the text is not valid Unicode", "UTF-8 text")
    if len(need) > MAX_NEED:
        raise BakenError("need", f"the text has {len(need)} characters", _FIELDS["need"])
    facts = {} if raw.get("facts") is None else raw["facts"]
    if not isinstance(facts, dict):
        raise _bad("facts", facts)
    limit = raw.get("limit", 5)
    if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= MAX_LIMIT:
        raise _bad("limit", limit)
    lists: dict[str, list[str]] = {}
    for name in ("asked", "only"):
        value = [] if raw.get(name) is None else raw[name]
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise _bad(name, value)
        lists[name] = value
    if not need.strip() and not lists["only"]:
        raise BakenError(
            "need", "the need is empty", "a few words on what is the matter, or `only`"
        )
    return Query(
        id=raw.get("id"),
        lang=lang,
        need=need,
        facts={str(k): v for k, v in facts.items()},
        as_of=_as_of(raw.get("as_of"), today),
        limit=limit,
        asked=lists["asked"],
        only=lists["only"],
    )


def _as_of(value: object, today: date | None) -> date:
    if value is None:
        if today is None:
            raise BakenError("as_of", "as_of is missing", _FIELDS["as_of"])
        return today
    if not isinstance(value, str) or len(value) != 10:
        raise _bad("as_of", value)
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise _bad("as_of", value) from None
    if not 1950 <= day.year <= 2100:
        raise BakenError("as_of", f"{value} is out of reach", "a date from 1950 to 2100")
    return day


def _bad(field: str, value: object) -> BakenError:
    shown = json.dumps(value, ensure_ascii=True, default=str)[:60]
    return BakenError(field, f"{shown} is no {field}", _FIELDS[field])


def _kind(value: object) -> str:
    names = {list: "a list", str: "text", type(None): "null", bool: "true or false"}
    return names.get(type(value), "a number")


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schemas (2020-12) of query, answer and error."""
    query = Query.model_json_schema()
    query["required"] = []
    error = {
        "type": "object",
        "properties": {
            "error": {
                "type": "object",
                "properties": {
                    "path": {"type": "string"},
                    "problem": {"type": "string"},
                    "expected": {"type": "string"},
                    "near": {"type": "array", "items": {"type": "string"}},
                },
                "required": ["path", "problem", "expected", "near"],
            }
        },
        "required": ["error"],
    }
    for schema in (query, error):
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    answer = Answer.model_json_schema(mode="serialization")
    answer["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return {"query": query, "answer": answer, "error": error}
