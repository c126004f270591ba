"""The next question: of all facts not said, the one that settles most per effort of asking."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from baken.facts.vocabulary import Fact
from baken.kernel.values import Value
from baken.match.model import MAX_QUESTIONS
from baken.match.verdict import Judgement
from baken.rules import compile_closure, settles

SELDOM = 0.25
"""What a question is worth that nearly every firm answers alike, of one that parts them."""


@dataclass(frozen=True)
class Open:
    """An offer at the top whose verdict hangs on facts: its weight, and those facts."""

    weight: float
    missing: Sequence[str]


def worth_asking(
    judgement: Judgement, firm: Mapping[str, Value], vocabulary: Mapping[str, Fact]
) -> tuple[str, ...]:
    """The facts an offer lacks whose answer may well change what is told of it.

    What nearly every firm answers alike is left out where that answer settles nothing: in *fire,
    or a disaster, or a debt settlement* a no to the last one leaves all as it is.
    """

    def usual(name: str) -> Value:
        answer = vocabulary[name].usual if name in vocabulary else None
        return {"true": True, "false": False}.get(answer or "", answer)

    def settled(name: str) -> bool:
        for held in judgement.held:
            if held.rule is None or held.met is not None:
                continue
            lacks = settles(held.rule, firm)
            if name not in lacks:
                continue
            judge = compile_closure(held.rule)
            each = {n: usual(n) for n in lacks if usual(n) is not None}
            if judge({**firm, name: each[name]}) is not None or judge({**firm, **each}) is True:
                return True
        return False

    return tuple(m for m in judgement.missing if usual(m) is None or settled(m))


def askable(
    missing: str, vocabulary: Mapping[str, Fact], asked: Collection[str], known: Collection[str]
) -> list[str]:
    """The facts that one can ask to learn ``missing``: itself, or a derived fact's inputs.

    What was asked before, is known, or has no choices to tap is left out. A province tells the
    region as well, so it is asked first.
    """
    fact = vocabulary.get(missing)
    if fact is None:
        return []
    if fact.inputs:
        out: list[str] = []
        for name in fact.inputs:
            out += askable(name, vocabulary, asked, known)
        return list(dict.fromkeys(out))
    if fact.ask_via and fact.ask_via != missing:
        return askable(fact.ask_via, vocabulary, asked, known)
    if missing == "region" and "province" not in asked and "province" not in known:
        return ["province"]
    if missing in asked or missing in known or not fact.askable:
        return []
    if fact.ask_after and fact.ask_after not in known:
        return []
    return [missing]


def next_fact(
    offers: Sequence[Open],
    vocabulary: Mapping[str, Fact],
    asked: Collection[str],
    known: Collection[str],
) -> tuple[str, int] | None:
    """The fact to ask and how many questions are left at most, this one included: an answer can
    bring other offers to the top, so that is what is left of five.

    Each offer at the top gives its weight to the facts that it lacks, divided by how many
    it lacks (a fact that settles an offer alone counts whole); what nearly every firm answers
    alike counts for a quarter. The sum is divided by the cost of asking. None when five were
    asked, or when no answer can change the top.
    """
    left = MAX_QUESTIONS - len(set(asked))
    if left <= 0:
        return None
    worth: dict[str, float] = {}
    for offer in offers:
        for missing in offer.missing:
            for name in askable(missing, vocabulary, asked, known):
                share = SELDOM if vocabulary[name].usual else 1.0
                worth[name] = worth.get(name, 0.0) + share * offer.weight / len(offer.missing)
    if not worth:
        return None
    best = min(worth, key=lambda name: (-worth[name] / vocabulary[name].cost, name))
    return best, left
