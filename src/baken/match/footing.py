"""What a condition that is met rests on: on what was checked, or on what was only assumed; and
whether it asks anything of this firm at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from baken.kernel.values import Value
from baken.landscape.types import rule_types
from baken.law.size.model import SIZES
from baken.match.texts import say
from baken.match.verdict import Held
from baken.rules import Expr, compile_closure, parse
from baken.rules.ast import Compare, FactRef, Or, facts_of
from baken.rules.ast import Literal as Written

NotMet = Literal["assumed", "does_not_apply"]
KINDS = ("size", "legal_form")
"""What a firm is: a condition may ask something of one kind only, as of a large firm."""


def footing(
    held: Held, firm: Mapping[str, Value], assumed: Mapping[str, str], lang: str
) -> tuple[NotMet, str] | None:
    """Why a condition that holds is not told as met, and that in words; None where it is met.

    *If large, then a climate plan* holds of every small firm, and asks nothing of it. What holds
    only as long as an assumed fact does is told with what that rests on.

    Args:
        assumed: the facts that were taken from less than what settles them, with what from.
    """
    rule = _rule(held)
    if held.met is not True or rule is None:
        return None
    holds = compile_closure(rule)
    checked = {fact: value for fact, value in firm.items() if fact not in assumed}
    sure = holds(checked) is True or holds(firm) is not True  # the words of the need told it
    told_of = [assumed[fact] for fact in facts_of(rule) if fact in assumed]
    rests = "" if sure else "; ".join(told_of)
    kind = _other_kind(rule, checked if sure else firm)
    if kind is not None:
        told = say(f"because.only_for.{kind}", lang)
        both = say("because.only_for", lang, told=told, rests=rests) if rests else told
        return "does_not_apply", both
    return None if sure else ("assumed", rests)


def grown_over(held: Held, firm: Mapping[str, Value], assumed: Mapping[str, str]) -> bool:
    """Whether a condition is not met only because the firm is too large by figures of this year.

    Who goes over a limit stays of its size until the second year in a row (2003/361/EC, annex,
    art. 4(2)), and the year before was not told.
    """
    rule = _rule(held)
    if held.met is not False or rule is None or "size" not in assumed:
        return False
    holds = compile_closure(rule)
    checked = {fact: value for fact, value in firm.items() if fact not in assumed}
    return holds(checked) is not False and holds({**firm, "size": SIZES[0]}) is not False


def _rule(held: Held) -> Expr | None:
    sure = held.condition.met_if
    return parse(sure, rule_types()) if held.rule is None and sure else held.rule


def _other_kind(rule: Expr, firm: Mapping[str, Value]) -> str | None:
    """The kind of firm that a rule asks something of, where this firm is surely not of it."""
    for part in rule.parts if isinstance(rule, Or) else ():
        match part:
            case Compare("<>", FactRef(id=fact), Written(value=kind)) if fact in KINDS:
                if compile_closure(part)(firm) is True:
                    return str(kind)
    return None
