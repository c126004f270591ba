"""The same rules as an OpenFisca country package would have them: one variable per instrument.

A fact is two inputs, its value and whether it is known; an instrument gives 1 (fits), 0 (open)
or -1 (excluded), with the truth values of Kleene written out in numpy. Choices are whole
numbers, dates beside ``as_of`` are compared with a date that was computed beforehand, and what
OpenFisca has no type for (sets, beginnings of texts) it gets as a ready yes-or-no input. All
of that is in its favour.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from rules_world import AS_OF, Instruments, Raw

from baken.rules import FactType, Vocabulary, normalise
from baken.rules.ast import FactRef
from baken.rules.atoms import Atom, BoolAtom, DateAtom, HasAtom, NullAtom, NumberAtom, TextAtom
from baken.rules.closures import compile_atom
from baken.rules.dates import shift
from baken.rules.normal import All, Form
from baken.rules.normal import Any as AnyOf

_NUMPY = {"=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


@dataclass
class Peer:
    """A program for ``openfisca_peer.py``: inputs by name with their type, formulas, data."""

    vocabulary: Vocabulary
    inputs: dict[str, str] = field(default_factory=dict)
    atoms: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    ready: dict[str, Atom] = field(default_factory=dict)
    formulas: list[dict[str, Any]] = field(default_factory=list)

    def write(self, instruments: Instruments) -> dict[str, Any]:
        """The program as JSON: formulas of the instruments, with the atoms they use."""
        for key, exprs in instruments:
            used: list[str] = []
            pairs = [self._form(normalise(expr), used) for expr in exprs]
            self.formulas.append(
                {
                    "key": key,
                    "atoms": used,
                    "fits": " & ".join(true for true, _ in pairs),
                    "possible": " & ".join(possible for _, possible in pairs),
                }
            )
        listed = [
            {"name": f"a{n}", "true": true, "possible": possible}
            for n, true, possible in self.atoms.values()
        ]
        return {"inputs": self.inputs, "atoms": listed, "instruments": self.formulas}

    def _form(self, form: Form, used: list[str]) -> tuple[str, str]:
        if isinstance(form, All | AnyOf):
            sign = " & " if isinstance(form, All) else " | "
            pairs = [self._form(part, used) for part in form.parts]
            true, possible = (sign.join(side) for side in zip(*pairs, strict=True))
            return f"({true})", f"({possible})"
        if form.text not in self.atoms:
            said, held = self._atom(form)
            n = len(self.atoms)
            self.atoms[form.text] = n, f"({said}) & {held}", f"({said}) | ~({held})"
        name = f"a{self.atoms[form.text][0]}"
        if name not in used:
            used.append(name)
        return f"{name}_true", f"{name}_possible"

    def _input(self, name: str, kind: str) -> str:
        self.inputs[name] = kind
        self.inputs[f"{name}_known"] = "bool"
        return f"v_{name}"

    def _atom(self, atom: Atom) -> tuple[str, str]:
        """The comparison in numpy, and the expression that says whether all facts are known."""
        match atom:
            case NumberAtom(terms, op, bound):
                said = " + ".join(
                    f"{c} * {self._input(f.id, 'float')}" if c != 1 else self._input(f.id, "float")
                    for c, f in terms
                )
                return f"{said} {_NUMPY[op]} {bound}", _known(atom.facts)
            case DateAtom(_, op, _):
                return self._date(atom, op), _known(tuple(f for f in atom.facts if f != "as_of"))
            case BoolAtom(fact, value):
                name = self._input(fact.id, "bool")
                return name if value else f"~{name}", _known(atom.facts)
            case TextAtom(fact, texts, negated) if not texts.prefixes and self._closed(fact):
                choices = self.vocabulary[fact.id].choices or ()
                codes = sorted(choices.index(v) for v in texts.values)
                name = self._input(fact.id, "int")
                said = " | ".join(f"({name} == {c})" for c in codes)
                return (f"~({said})" if negated else said), _known(atom.facts)
            case TextAtom() | HasAtom() | NullAtom():
                name = f"ready{len(self.ready)}"
                self.ready[name] = atom
                return self._input(name, "bool"), _known((name,))

    def _closed(self, fact: FactRef) -> bool:
        return self.vocabulary[fact.id].choices is not None

    def _date(self, atom: DateAtom, op: str) -> str:
        """Days as whole numbers; a shift beside a fact moves to the other side beforehand."""
        sides = []
        for term in (atom.left, atom.right):
            base = (
                AS_OF if isinstance(term.base, FactRef) and term.base.id == "as_of" else term.base
            )
            sides.append((term, base))
        facts = [base for _, base in sides if isinstance(base, FactRef)]
        if len(facts) == 1:
            at = 0 if isinstance(sides[0][1], FactRef) else 1
            term, other = sides[at][0], sides[1 - at]
            edge = other[0].moved(other[1])
            turned = op if at == 0 else {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(op, op)
            if term.shifts and turned in (">=", "<", ">", "<="):
                first = term.first_day(edge if turned in (">=", "<") else shift(edge, 1, "day"))
                return f"{self._input(facts[0].id, 'int')} {'>=' if '>' in turned else '<'} {first}"
            if not term.shifts:
                return f"{self._input(facts[0].id, 'int')} {_NUMPY[turned]} {edge.toordinal()}"
        if len(facts) == 2 and not any(term.shifts for term, _ in sides):
            a, b = (self._input(f.id, "int") for f in facts)
            return f"{a} {_NUMPY[op]} {b}"
        name = f"ready{len(self.ready)}"
        self.ready[name] = atom
        for fact in facts:
            self._input(fact.id, "int")
        return self._input(name, "bool")

    def data(self, raw: Raw) -> dict[str, np.ndarray]:
        """The inputs of all firms as arrays."""
        arrays: dict[str, np.ndarray] = {}
        for name in [n for n in self.inputs if not n.endswith("_known")]:
            if name in self.ready:
                truths = ready_truths(self.ready[name], raw)
                arrays[name] = np.array([t is True for t in truths])
                arrays[f"{name}_known"] = np.array([t is not None for t in truths])
            else:
                values = raw.values[name]
                arrays[f"{name}_known"] = np.array([v is not None for v in values])
                arrays[name] = _array(values, self.vocabulary[name], self.inputs[name])
        return arrays


def _known(facts: tuple[str, ...]) -> str:
    return " & ".join(f"v_{fact}_known" for fact in facts)


def ready_truths(atom: Atom, raw: Raw) -> list[bool | None]:
    """An atom judged for all firms, each distinct value once."""
    judge = compile_atom(atom)
    facts = [f for f in atom.facts if f != "as_of"]
    seen: dict[Any, bool | None] = {}
    answers = []
    for row in zip(*(raw.values[f] for f in facts), strict=True):
        if row not in seen:
            seen[row] = judge({**dict(zip(facts, row, strict=True)), "as_of": AS_OF})
        answers.append(seen[row])
    return answers


def _array(values: list[Any], fact: FactType, kind: str) -> np.ndarray:
    if fact.kind == "date":
        return np.array([0 if v is None else v.toordinal() for v in values], np.int32)
    if kind == "int":
        codes = {c: n for n, c in enumerate(fact.choices or ())}
        return np.array([codes.get(v, -1) for v in values], np.int32)
    if kind == "bool":
        return np.array([v is True for v in values])
    return np.array([0.0 if v is None else float(v) for v in values], np.float64)
