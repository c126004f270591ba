"""One scan: what was answered, what that lets say, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, reduce
from math import log
from typing import Literal

import numpy as np

from baken.kernel.values import SetOf, Value
from baken.scan import model
from baken.scan.items import (
    DONT_KNOW,
    POSTURE,
    Item,
    NextStep,
    domain_of,
    domains,
    items,
    items_of,
    next_steps,
    scoring,
    trades,
    words,
)

Side = Literal["reactive", "proactive", "unknown"]


@dataclass(frozen=True)
class Scan:
    """What is known of a firm when it is scanned: its need or a domain, answers by question, and
    values of facts. ``domain`` None: the owner chose none yet.
    """

    as_of: date
    need: str | None = None
    domain: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Value] = field(default_factory=dict)

    @property
    def about(self) -> str | None:
        """The domain that was chosen, else the one that the need points to."""
        return self.domain or (domain_of(self.need) if self.need else None)


@dataclass(frozen=True)
class Given:
    """An answer: what it can be (one choice, or a few that a fact leaves), and from which fact."""

    item: Item
    codes: tuple[str, ...]
    fact: str | None = None

    @property
    def likelihood(self) -> model.Array:
        """How likely it is along the grid."""
        curve = _curves(self.item.sharpness, self.item.thresholds)
        total: model.Array = curve[[self.item.grade(c) for c in self.codes]].sum(axis=0)
        return total

    @property
    def says(self) -> dict[str, str]:
        """The answer in words."""
        said = [c.says for c in self.item.choices if c.code in self.codes]
        return {lang: words()["or"][lang].join(s[lang] for s in said) for lang in said[0]}


@dataclass(frozen=True)
class Reason:
    """An answer and how far it moved the belief: above nought to the proactive side."""

    given: Given
    weight: float


@dataclass(frozen=True)
class Stand:
    """Where a firm stands, in all or in a domain: the side (unknown below the certainty from
    which one is named), how sure, and the answers that led there, those for that side first.

    ``lean``: the log odds of the proactive side.
    """

    about: str
    side: Side
    certainty: float
    lean: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Result:
    """What a scan lets say."""

    scan: Scan
    posture: Stand
    domains: Mapping[str, Stand]
    to_ask: tuple[Item, ...]

    @property
    def step(self) -> NextStep | None:
        """The next step in the domain of the scan, for the firm's trade where that has one of its
        own; None as long as there is no domain.
        """
        about = self.scan.about
        if about is None:
            return None
        side = self.domains[about].side if about in self.domains else "unknown"
        steps = next_steps()[about][side]
        return _not_done(steps.get(trade_of(self.scan.facts), steps[None]), self.scan)


def _not_done(step: NextStep, scan: Scan) -> NextStep:
    """The step, or for who says to have done lately what it asks for, that of the question which is
    open or has the most reactive answer, with what is of use for it.
    """
    if step.asks is None or _grade(step.asks, scan) < len(items()[step.asks].choices) - 1:
        return step
    senseless = {i for i in step.instead if (k := known(items()[i], scan.facts)) and not k.codes}
    left = [step.asks, *(i for i in step.instead if i not in senseless)]
    lowest = min(left, key=lambda i: _grade(i, scan))
    if lowest == step.asks:
        return step
    offers, training = step.helps[lowest]
    return replace(
        step,
        says=step.instead[lowest],
        offers=offers,
        training=training,
        trade=None,
        own=(),
        asks=lowest,
    )


def _grade(item: str, scan: Scan) -> int:
    """The place of an answer from the most reactive on; -1 where there is none."""
    code = scan.answers.get(item, DONT_KNOW)
    return -1 if code == DONT_KNOW else items()[item].grade(code)


def trade_of(facts: Mapping[str, Value]) -> str | None:
    """The trade whose sections hold all of a firm's activities; None where they lead to several."""
    told = facts.get("nace_section")
    if not isinstance(told, SetOf) or told.more:
        return None
    sections = frozenset(section for member in told.members for section in member)
    return next((t.id for t in trades().values() if sections and sections <= t.sections), None)


@lru_cache(maxsize=64)
def _curves(sharpness: float, thresholds: tuple[float, ...]) -> model.Array:
    return model.curves(sharpness, thresholds)


def known(item: Item, facts: Mapping[str, Value]) -> Given | None:
    """What facts say of an answer; without codes when the question makes no sense for the firm."""
    for one in item.known:
        value = facts.get(one.fact)
        if value is not None and value == one.value:
            return Given(item, one.means, one.fact)
    return None


def to_ask(scan: Scan) -> list[Item]:
    """The questions that are left: not answered, and not settled by a fact."""
    about = [POSTURE, scan.about] if scan.about else [POSTURE]
    return [i for d in about for i in _open(items_of(d), scan)]


def _open(of: Sequence[Item], scan: Scan) -> list[Item]:
    left = (i for i in of if i.id not in scan.answers)
    return [i for i in left if (k := known(i, scan.facts)) is None or len(k.codes) > 1]


def given(scan: Scan) -> list[Given]:
    """Every answer that says something, in the order of the questions: the owner's own first,
    a fact's where the owner gave none.
    """
    found = []
    for item in items().values():
        code = scan.answers.get(item.id)
        if code is not None and code != DONT_KNOW:
            found.append(Given(item, (code,)))
        elif (fact := known(item, scan.facts)) and fact.codes and _in_play(item, scan):
            found.append(fact)
    return found


def _in_play(item: Item, scan: Scan) -> bool:
    """Whether a fact may answer for the owner: only on posture and on a domain that is asked."""
    asked = {items()[i].domain for i in scan.answers}
    return item.domain in asked | {POSTURE, scan.about}


def asked_of(about: str, scan: Scan) -> bool:
    """Whether a part was asked: an answer to it says something, or all its questions have one.

    Who said *I do not know* to each of them was asked, and did not tell; that is not known yet.
    """
    if any(g.item.domain == about for g in given(scan)):
        return True
    here = items_of(about)
    return any(i.id in scan.answers for i in here) and not _open(here, scan)


def judge(scan: Scan) -> Result:
    """What the answers of a scan let say."""
    answers = given(scan)
    asked = [d for d in domains() if asked_of(d, scan)]
    return Result(
        scan,
        _stand(POSTURE, answers),
        {d: _stand(d, answers) for d in asked},
        tuple(to_ask(scan)),
    )


def _stand(about: str, answers: Sequence[Given]) -> Stand:
    chance = _chance(about, answers)
    certainty = max(chance, 1 - chance)
    named = certainty >= scoring().named_from and _enough(about, answers)
    side: Side = "unknown" if not named else "proactive" if chance > 0.5 else "reactive"
    weights = [
        Reason(g, _odds(chance) - _odds(_chance(about, [o for o in answers if o is not g])))
        for g in answers
        if about in (POSTURE, g.item.domain)
    ]
    toward = -1 if side == "reactive" else 1
    led = sorted(weights, key=lambda r: -toward * r.weight)
    return Stand(about, side, certainty, _odds(chance), tuple(led))


def _enough(about: str, answers: Sequence[Given]) -> bool:
    """Whether answers enough bear on a part, one of them its own; a narrowed one does not count."""
    parts = [g.item.domain for g in answers if len(g.codes) == 1]
    bearing = [p for p in parts if about == POSTURE or p in (about, POSTURE)]
    return about in bearing and len(bearing) >= scoring().fewest


def _chance(about: str, answers: Sequence[Given]) -> float:
    flat = np.ones(model.GRID.size)
    by: dict[str, model.Array] = {}
    for part in sorted({g.item.domain for g in answers} | {POSTURE, about}):
        told = [g.likelihood for g in answers if g.item.domain == part]
        by[part] = reduce(np.multiply, told, flat)
    posture = by.pop(POSTURE)
    beliefs = model.believe(posture, by, scoring().correlation)
    of = beliefs.posture if about == POSTURE else beliefs.domains[about]
    return float(model.chance_proactive(of))


def _odds(chance: float) -> float:
    return log(chance / (1 - chance))
