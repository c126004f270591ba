"""Why a condition is true, false or unknown: the tree down to the atoms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from baken.kernel.values import Truth, Value
from baken.rules.ast import Expr
from baken.rules.atoms import Atom
from baken.rules.closures import Firm, compile_atom
from baken.rules.normal import All, Form, normalise
from baken.rules.normal import Any as AnyOf


@dataclass(slots=True, eq=False)
class AtomTrace:
    """One atom: what was wanted of which facts, what was found, where that came from.

    It refers to the firm as it was judged, and looks the rest up when asked: a catalogue has
    hundreds of them, of which a page shows a few.
    """

    atom: Atom
    truth: Truth
    firm: Firm = field(repr=False)
    sources: Mapping[str, str] = field(repr=False)

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts that the atom asks about."""
        return self.atom.facts

    @property
    def found(self) -> tuple[Value, ...]:
        """The value of each of these facts; ``None`` when it is unknown."""
        return tuple(self.firm.get(fact) for fact in self.atom.facts)

    @property
    def origins(self) -> tuple[str | None, ...]:
        """Where each of these values came from; ``None`` when nobody said so."""
        return tuple(self.sources.get(fact) for fact in self.atom.facts)

    @property
    def wanted(self) -> str:
        """What is asked of them, readable: ``< 50``, ``in ('small', 'micro')``."""
        return self.atom.wanted

    @property
    def text(self) -> str:
        """The atom as a condition."""
        return self.atom.text

    @property
    def parts(self) -> tuple[Trace, ...]:
        """Nothing lies below an atom."""
        return ()


@dataclass(slots=True, eq=False)
class JoinTrace:
    """``all`` or ``any`` of its parts."""

    every: bool
    truth: Truth
    parts: tuple[Trace, ...]

    @property
    def joined(self) -> str:
        """``all`` or ``any``."""
        return "all" if self.every else "any"


Trace: TypeAlias = AtomTrace | JoinTrace
Tracer: TypeAlias = Callable[[Firm, Mapping[str, str]], Trace]


def trace(expr: Expr, firm: Firm, origins: Mapping[str, str] | None = None) -> Trace:
    """Judge one firm and say why; ``origins`` tells per fact where its value came from."""
    kept: Tracer | None = expr.__dict__.get("_tracer")
    if kept is None:
        kept = compile_trace(expr)
        expr.__dict__["_tracer"] = kept
    return kept(dict(firm), origins or {})


def compile_trace(expr: Expr) -> Tracer:
    """:func:`trace` of one condition as a function of a firm and its origins."""
    return _tracer(normalise(expr))


def join_truths(every: bool, truths: list[Truth]) -> Truth:
    """Kleene's ``and`` (``every``) or ``or``."""
    if (not every) in truths:
        return not every
    return None if None in truths else every


def _tracer(form: Form) -> Tracer:
    if isinstance(form, All | AnyOf):
        every, tracers = isinstance(form, All), [_tracer(p) for p in form.parts]

        def join(firm: Firm, origins: Mapping[str, str]) -> Trace:
            parts = tuple(t(firm, origins) for t in tracers)
            return JoinTrace(every, join_truths(every, [p.truth for p in parts]), parts)

        return join
    atom, judge = form, compile_atom(form)
    return lambda firm, origins: AtomTrace(atom, judge(firm), firm, origins)


def atoms_traced(node: Trace) -> list[AtomTrace]:
    """The atoms of a trace in reading order."""
    if isinstance(node, AtomTrace):
        return [node]
    return [leaf for part in node.parts for leaf in atoms_traced(part)]
