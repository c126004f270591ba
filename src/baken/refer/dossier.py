"""What an owner shares with an organisation: data with a tick per item, the same for page, JSON
and PDF.

Nothing is in a dossier but what was ticked: :func:`select` makes what the other side gets, and the
preview shows just that.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from baken.kernel.plain import plain
from baken.refer.words import FIGURES_LEFT


def _plain(typed: object) -> object:
    """Text as :func:`baken.kernel.plain.plain` leaves it; PostgreSQL keeps no control sign."""
    return plain(typed) if isinstance(typed, str) else typed


SHORT, LONG = 300, 5_000
"""Signs of a name or a label, and of a text."""
MOST = 100
"""Items of one sort in a dossier."""
EXCLUDED = "excluded"
"""The verdict of what does not fit."""
Text = Annotated[str, BeforeValidator(_plain), Field(max_length=LONG)]
Short = Annotated[str, BeforeValidator(_plain), Field(max_length=SHORT)]
Plain = bool | int | float | Short
Lang = Literal["nl", "en", "fr"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


RoughDay = Annotated[str, Field(pattern=r"^\d{4}(-\d\d)?$")]
"""A day of which only the year, or the year and month, is known."""


class Source(_Part):
    """Where something is known from, and of which day, month or year."""

    label: Short
    url: Annotated[str, Field(max_length=2_000, pattern=r"^(https?://\S+)?$")] = ""
    dated: date | RoughDay | None = None


class Need(_Part):
    """What the owner asks: in own words, and the needs of Baken's list that it was read as."""

    words: Text
    codes: list[Annotated[str, Field(pattern=r"^N\d\d$")]] = []
    labels: list[Short] = []


class Fact(_Part):
    """One thing that is known of the firm. ``data`` is the value for programs, of what the owner
    said.
    """

    id: Short
    label: Short
    value: Short
    source: Source
    data: Plain | Annotated[list[Plain], Field(max_length=MOST)] | None = None


class Reason(_Part):
    """One condition of an offer, and whether it is met. None: not known, ``because`` the firm did
    not say it, the source does not state it, people judge it, or only words hold it; because it is
    only assumed, or does not apply to the firm.
    """

    says: Text
    met: bool | None
    because: (
        Literal["not_said", "not_stated", "judged", "text", "assumed", "does_not_apply"] | None
    ) = None
    source: Source | None = None


class Verdict(_Part):
    """How an offer fits the firm. ``silent`` is what its source says nothing about. ``checked`` is
    how many conditions were held against the firm: *fits* with none is no yes (None: not counted).
    """

    offer: Short
    name: Short
    verdict: Literal["fits", "open", "excluded"]
    says: Short
    reasons: Annotated[list[Reason], Field(max_length=MOST)] = []
    silent: Annotated[list[Short], Field(max_length=MOST)] = []
    checked: int | None = None


class Signal(_Part):
    """An alarm from the firm's own figures, without a customer's name.

    ``chance``: how often a healthy firm gets the same alarm; empty where no chance is in it.
    """

    id: Short
    says: Text
    since: Short = ""
    chance: Text = ""
    evidence: Annotated[list[Short], Field(max_length=MOST)] = []
    source: Source | None = None


class Step(_Part):
    """One step of a rule, and where it stands: the act and its article. ``figures`` are the facts
    of which it tells a figure: it goes along only with those.
    """

    says: Text
    source: Source | None = None
    figures: Annotated[list[Short], Field(max_length=20)] = []


class Law(_Part):
    """What a rule says of the firm: its steps with articles, what was taken for granted, and
    the last day to do what it asks (None: it asks nothing by a day).
    """

    id: Short
    title: Short
    outcome: Text
    until: date | None = None
    steps: Annotated[list[Step], Field(max_length=MOST)] = []
    assumed: Annotated[list[Text], Field(max_length=MOST)] = []


class Contact(_Part):
    """How and when the firm can be reached: ``appointment`` is the hour that it booked, in words,
    and ``when`` holds the parts of days on which a call suits it (too). ``any_time``: any moment
    suits, and ``when`` holds whole days.
    """

    name: Short = ""
    phone: Short = ""
    mail: Short = ""
    appointment: Short = ""
    any_time: bool = False
    when: Annotated[list[Short], Field(max_length=20)] = []


class Dossier(_Part):
    """All of it. Lists are empty and single parts None where nothing is known or was ticked."""

    version: Literal["1"] = "1"
    lang: Lang = "nl"
    made_on: date
    to: Short
    to_id: Short
    need: Need | None = None
    contact: Contact | None = None
    facts: Annotated[list[Fact], Field(max_length=MOST)] = []
    verdicts: Annotated[list[Verdict], Field(max_length=MOST)] = []
    open_points: Annotated[list[Short], Field(max_length=MOST)] = []
    signals: Annotated[list[Signal], Field(max_length=MOST)] = []
    law: Annotated[list[Law], Field(max_length=MOST)] = []
    tried: Annotated[list[Text], Field(max_length=MOST)] = []

    @property
    def fitting(self) -> list[Verdict]:
        """What fits or may fit."""
        return [v for v in self.verdicts if v.verdict != EXCLUDED]

    @property
    def excluded(self) -> list[Verdict]:
        """What does not fit: never among what does."""
        return [v for v in self.verdicts if v.verdict == EXCLUDED]


SINGLE = ("need", "contact")
MANY = ("facts", "verdicts", "open_points", "signals", "law", "tried")


def items(dossier: Dossier) -> Iterator[str]:
    """The name of each item that has its own tick, in the order of the page: ``need``,
    ``facts:region`` ...
    """
    for part in SINGLE:
        if getattr(dossier, part) is not None:
            yield part
    for part in MANY:
        for number, item in enumerate(getattr(dossier, part)):
            yield f"{part}:{_name(item, number)}"


def schema() -> dict[str, Any]:
    """The JSON schema of a dossier, as it is published in ``docs/dossier.schema.json``."""
    return Dossier.model_json_schema()


def select(dossier: Dossier, ticked: Set[str]) -> Dossier:
    """The dossier with only what was ticked: what the other side gets.

    A tick that names nothing is ignored: a page older than the figures shares less, never more.
    No figure comes along in the reasoning of a rule without a tick of its own.
    """
    kept: dict[str, object] = {
        part: getattr(dossier, part) if part in ticked else None for part in SINGLE
    }
    for part in MANY:
        kept[part] = [
            item
            for number, item in enumerate(getattr(dossier, part))
            if f"{part}:{_name(item, number)}" in ticked
        ]
    shared = _shared(dossier, ticked)
    kept["law"] = [
        _without(law, shared, dossier.lang)
        for law in dossier.law
        if f"law:{_name(law, 0)}" in ticked
    ]
    return dossier.model_copy(update=kept)


def _shared(dossier: Dossier, ticked: Set[str]) -> frozenset[str]:
    """The facts whose figures may be told: ticked wherever they stand, and not as a range."""
    found: dict[str, bool] = {}
    for fact in dossier.facts:
        name, exact = fact.id.partition(".")[0], ".." not in str(fact.data)
        ok = f"facts:{fact.id}" in ticked and exact
        found[name] = ok and found.get(name, True)
    for law in dossier.law:
        found[law.id] = f"law:{law.id}" in ticked and found.get(law.id, True)
    return frozenset(name for name, ok in found.items() if ok)


def _without(law: Law, shared: Set[str], lang: Lang) -> Law:
    """A rule without the steps that tell a figure which is not shared, and with a line on that."""
    steps = [step for step in law.steps if shared >= set(step.figures)]
    if len(steps) == len(law.steps):
        return law
    lines = [line for line in law.outcome.split("\n") if line != FIGURES_LEFT[lang]]
    outcome = "\n".join([*lines, FIGURES_LEFT[lang]])[-LONG:]
    return law.model_copy(update={"steps": steps, "outcome": outcome})


def _name(item: object, number: int) -> str:
    return str(getattr(item, "id", None) or getattr(item, "offer", None) or number)
