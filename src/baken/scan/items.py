"""The questions, domains, next steps and words of the scan, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml
from baken.kernel.values import Value

DATA = Path(__file__).parent / "data"
Texts = Mapping[str, str]
"""Words by language: nl, en, fr."""
LANGS = ("nl", "en", "fr")
POSTURE = "posture"
"""What the two questions of every scan are about: how a firm starts to change."""
DONT_KNOW = "unknown"
"""The choice *I do not know*: it was asked, and says nothing."""
PER_SCAN = 6
"""Questions of one scan at most: two on posture, four on one domain."""


@dataclass(frozen=True)
class Choice:
    """One answer to a question."""

    code: str
    says: Texts


@dataclass(frozen=True)
class Known:
    """What a fact says of an answer: with this value, it is one of ``means``. Without any, the
    question makes no sense for the firm.
    """

    fact: str
    value: Value
    means: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """A question with four answers, from most reactive to most proactive, and its curve.

    ``thresholds``: where the next answer becomes the more likely one, in spreads of firms;
    ``sharpness``: how fast (logistic); ``measured``: by a study, or else assumed.
    """

    id: str
    domain: str
    ask: Texts
    choices: tuple[Choice, ...]
    sharpness: float
    thresholds: tuple[float, ...]
    measured: bool
    known: tuple[Known, ...]
    source: Mapping[str, str] | None
    reason: str | None

    def grade(self, code: str) -> int:
        """The place of an answer: 0 is the most reactive one."""
        return self.codes.index(code)

    @property
    def codes(self) -> list[str]:
        """The codes of the answers."""
        return [c.code for c in self.choices]

    def as_json(self) -> dict[str, Any]:
        """The question as plain values."""
        return {
            "id": self.id,
            "domain": self.domain,
            "ask": dict(self.ask),
            "choices": [{"value": c.code, "says": dict(c.says)} for c in self.choices],
            "sharpness": self.sharpness,
            "thresholds": list(self.thresholds),
            "measured": self.measured,
            "source": dict(self.source) if self.source else None,
            "reason": self.reason,
            "known": [{"fact": k.fact, "is": k.value, "means": list(k.means)} for k in self.known],
        }


@dataclass(frozen=True)
class Domain:
    """A part of a firm, and the needs that point to it."""

    id: str
    label: Texts
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Trade:
    """A line of work that has first steps of its own, and its sections of the NACE-BEL 2025."""

    id: str
    label: Texts
    sections: frozenset[str]


@dataclass(frozen=True)
class NextStep:
    """A first step in a domain on a side. ``offers`` and ``training`` are ids to be
    judged for the firm before they are shown; ``trade``: whose step it is, where it is not
    everybody's, and ``own`` the ids that only that trade has. ``asks``: the question of which it is
    the deed, where one is, ``instead`` the words of a step for each other question, and ``helps``
    the offers and the training that are of use for it.
    """

    says: Texts
    needs: tuple[str, ...]
    offers: tuple[str, ...]
    training: tuple[str, ...]
    trade: Trade | None = None
    own: tuple[str, ...] = ()
    asks: str | None = None
    instead: Mapping[str, Texts] = field(default_factory=dict)
    helps: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Scoring:
    """What the scan assumes of its questions, and from which certainty it speaks."""

    sharpness: float
    thresholds: tuple[float, ...]
    correlation: float
    named_from: float
    fewest: int
    changed_from: float
    dullest: float


@lru_cache(maxsize=1)
def scoring() -> Scoring:
    """The assumptions of ``data/scoring.yaml``."""
    raw = own_yaml(DATA / "scoring.yaml")
    return Scoring(**{**raw, "thresholds": tuple(float(t) for t in raw["thresholds"])})


@lru_cache(maxsize=1)
def domains() -> Mapping[str, Domain]:
    """The six domains by id, in their order."""
    return {
        r["id"]: Domain(r["id"], r["label"], tuple(r["needs"]))
        for r in own_yaml(DATA / "domains.yaml")
    }


@lru_cache(maxsize=1)
def items() -> Mapping[str, Item]:
    """Every question by id: posture first, then the domains in their order."""
    raw = own_yaml(DATA / "items.yaml")
    of = {r["items"]: r["id"] for r in own_yaml(DATA / "domains.yaml")} | {POSTURE: POSTURE}
    return {r["id"]: _item(r, of[r["id"].partition(".")[0]], raw["scales"]) for r in raw["items"]}


def _item(raw: Mapping[str, Any], domain: str, scales: Mapping[str, Any]) -> Item:
    assumed = scoring()
    choices = raw["choices"] if "choices" in raw else scales[raw["scale"]]
    return Item(
        id=raw["id"],
        domain=domain,
        ask=raw["ask"],
        choices=tuple(Choice(code, says) for c in choices for code, says in c.items()),
        sharpness=float(raw.get("sharpness", assumed.sharpness)),
        thresholds=tuple(float(t) for t in raw.get("thresholds", assumed.thresholds)),
        measured="sharpness" in raw,
        known=tuple(Known(k["fact"], k["is"], tuple(k["means"])) for k in raw.get("known", ())),
        source=raw.get("source"),
        reason=raw.get("reason"),
    )


def items_of(domain: str) -> list[Item]:
    """The questions of a domain, or those on posture."""
    return [item for item in items().values() if item.domain == domain]


@lru_cache(maxsize=1)
def trades() -> Mapping[str, Trade]:
    """The lines of work by id."""
    return {
        name: Trade(name, r["label"], frozenset(r["sections"]))
        for name, r in own_yaml(DATA / "trades.yaml").items()
    }


@lru_cache(maxsize=1)
def next_steps() -> Mapping[str, Mapping[str, Mapping[str | None, NextStep]]]:
    """The next step by domain, side (reactive, proactive, unknown) and trade; None is everybody."""
    return {
        domain: {side: _steps(raw) for side, raw in sides.items()}
        for domain, sides in own_yaml(DATA / "next_steps.yaml").items()
    }


def _steps(raw: Mapping[str, Any]) -> Mapping[str | None, NextStep]:
    """Everybody's step, and that of each trade: its own offers first, then everybody's."""
    offers, training = tuple(raw["offers"]), tuple(raw["training"])
    everybody = NextStep(
        raw["says"],
        tuple(raw["needs"]),
        offers,
        training,
        asks=raw.get("asks"),
        instead=raw.get("instead", {}),
        helps={
            item: (tuple(of["offers"]), tuple(of["training"]))
            for item, of in raw.get("helps", {}).items()
        },
    )
    found: dict[str | None, NextStep] = {None: everybody}
    for name, told in raw.get("trades", {}).items():
        more, courses = told.get("offers", ()), told.get("training", ())
        found[name] = replace(
            everybody,
            says=told.get("says", raw["says"]),
            offers=tuple(dict.fromkeys((*more, *offers))),
            training=tuple(dict.fromkeys((*courses, *training))),
            trade=trades()[name],
            own=(*more, *courses),
        )
    return found


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """The sentences around the answers."""
    found: Mapping[str, Any] = own_yaml(DATA / "words.yaml")
    return found


def domain_of(need: str) -> str | None:
    """The domain that a need points to; None where the owner has to choose."""
    return next((d.id for d in domains().values() if need in d.needs), None)
