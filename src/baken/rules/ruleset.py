"""One firm against a whole catalogue: each distinct atom is judged once, whoever asks it.

    rules = RuleSet({"kmo-steun": [condition, ...], ...})
    judged = rules.judge(firm, origins)
    judged.verdicts["kmo-steun"]            # "fits", "excluded" or "open"
    judged.traces("kmo-steun")              # why, per condition, down to the atom

Atoms and the joins of them have a number each; what they answered is held in two whole
numbers, one bit each. A verdict is then a comparison of bits, and a trace is read from them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from baken.kernel.values import Truth
from baken.rules.ast import Expr
from baken.rules.atoms import Atom
from baken.rules.closures import Firm
from baken.rules.normal import All, Any, Form, normalise
from baken.rules.tables import tables_of
from baken.rules.trace import AtomTrace, JoinTrace, Trace

Verdict: TypeAlias = Literal["fits", "excluded", "open"]


class RuleSet:
    """The conditions of many offers, compiled together; offers keep their order."""

    def __init__(self, conditions: Mapping[str, Sequence[Expr]]) -> None:
        forms = {key: [normalise(e) for e in exprs] for key, exprs in conditions.items()}
        self.atoms: list[Atom] = []
        self._numbers: dict[str, int] = {}
        for form in (form for listed in forms.values() for form in listed):
            self._collect(form)
        # A join is numbered after its parts, so that one walk in order judges them all.
        self.joins: list[tuple[bool, tuple[int, ...], int]] = []
        self._joined: dict[tuple[bool, tuple[int, ...]], int] = {}
        self.conditions = {
            key: tuple(self._number(form) for form in listed) for key, listed in forms.items()
        }
        self._offers = [
            (key, sum(1 << n for n in set(numbers))) for key, numbers in self.conditions.items()
        ]
        self._tables, self._judges = tables_of([(1 << n, a) for n, a in enumerate(self.atoms)])

    def _collect(self, form: Form) -> None:
        if isinstance(form, All | Any):
            for part in form.parts:
                self._collect(part)
        elif form.text not in self._numbers:
            self._numbers[form.text] = len(self.atoms)
            self.atoms.append(form)

    def _number(self, form: Form) -> int:
        if not isinstance(form, All | Any):
            return self._numbers[form.text]
        key = isinstance(form, All), tuple(self._number(part) for part in form.parts)
        if key not in self._joined:
            self._joined[key] = len(self.atoms) + len(self.joins)
            self.joins.append((*key, sum(1 << n for n in set(key[1]))))
        return self._joined[key]

    def judge(self, firm: Firm, origins: Mapping[str, str] | None = None) -> Judged:
        """The verdict of every offer for one firm; ``origins`` only serves the traces."""
        true = false = 0
        for fact, table in self._tables:
            value = firm.get(fact)
            if value is not None:
                yes, no = table(value, firm)
                true |= yes
                false |= no
        for bit, judge in self._judges:
            truth = judge(firm)
            if truth:
                true |= bit
            elif truth is False:
                false |= bit
        bit = 1 << len(self.atoms)
        for every, _, mask in self.joins:
            if every:
                if false & mask:
                    false |= bit
                elif true & mask == mask:
                    true |= bit
            elif true & mask:
                true |= bit
            elif false & mask == mask:
                false |= bit
            bit <<= 1
        verdicts: dict[str, Verdict] = {
            key: "excluded" if false & mask else "fits" if true & mask == mask else "open"
            for key, mask in self._offers
        }
        return Judged(self, verdicts, true, false, dict(firm), origins or {})


class Judged:
    """What one firm got: a verdict per offer, and the traces behind it."""

    __slots__ = ("_false", "_firm", "_nodes", "_origins", "_rules", "_true", "verdicts")

    def __init__(
        self,
        rules: RuleSet,
        verdicts: dict[str, Verdict],
        true: int,
        false: int,
        firm: Firm,
        origins: Mapping[str, str],
    ) -> None:
        self.verdicts = verdicts
        self._rules, self._true, self._false = rules, true, false
        self._firm, self._origins = firm, origins
        self._nodes: list[Trace] | None = None

    def traces(self, key: str) -> tuple[Trace, ...]:
        """The trace of each condition of an offer, in order; ``KeyError`` for an unknown offer."""
        nodes = self._nodes or self._trace()
        return tuple([nodes[n] for n in self._rules.conditions[key]])

    def _trace(self) -> list[Trace]:
        """The trace of every atom and join, by its number."""
        rules, firm, origins = self._rules, self._firm, self._origins
        truths = self._truths(len(rules.atoms) + len(rules.joins))
        nodes: list[Trace] = [
            AtomTrace(atom, truth, firm, origins)
            for atom, truth in zip(rules.atoms, truths, strict=False)
        ]
        for (every, parts, _), truth in zip(rules.joins, truths[len(nodes) :], strict=True):
            nodes.append(JoinTrace(every, truth, tuple([nodes[n] for n in parts])))
        self._nodes = nodes
        return nodes

    def _truths(self, count: int) -> list[Truth]:
        """The truth of each number; bits are read as text, which Python does quickest."""
        true, false = f"{self._true:0{count}b}", f"{self._false:0{count}b}"
        meaning: dict[tuple[str, str], Truth] = {
            ("1", "0"): True, ("0", "1"): False, ("0", "0"): None
        }  # fmt: skip
        pairs = zip(reversed(true), reversed(false), strict=True)
        return [meaning[pair] for pair in pairs] if count else []
