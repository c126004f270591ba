"""A condition as a small tree of its own, so that nothing but the parser needs sqlglot.

Every node is frozen, hashable and goes to JSON and back without loss: a catalogue that was
parsed once is kept as JSON. Each :class:`FactRef` carries the kind and the decimals of its
fact, so that the interpreters need no vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias, cast

from baken.kernel.values import Scalar
from baken.rules.types import Kind

OPS = ("=", "<>", "<", "<=", ">", ">=")
UNITS = ("day", "month", "year")


class Kept:
    """A frozen node on which the interpreters keep what they made of it.

    Copies and pickles leave that out, for it holds functions.
    """

    def __getstate__(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self)}  # type: ignore[arg-type]


@dataclass(frozen=True)
class Literal:
    """A value written in the condition."""

    value: Scalar


@dataclass(frozen=True)
class FactRef:
    """A fact, with what the interpreters must know of it."""

    id: str
    kind: Kind
    decimals: int = 0


@dataclass(frozen=True)
class Arithmetic:
    """``left op right`` on numbers; ``op`` is one of ``+ - * /``."""

    op: str
    left: Term
    right: Term


@dataclass(frozen=True)
class DateShift:
    """``base`` plus ``n`` (which may be negative) days, months or years."""

    base: Term
    n: int
    unit: str


@dataclass(frozen=True)
class Compare(Kept):
    """``left op right``; ``op`` is one of :data:`OPS`."""

    op: str
    left: Term
    right: Term


@dataclass(frozen=True)
class In(Kept):
    """``fact in (values)``."""

    fact: FactRef
    values: tuple[Scalar, ...]


@dataclass(frozen=True)
class Between(Kept):
    """``low <= term <= high``."""

    term: Term
    low: Term
    high: Term


@dataclass(frozen=True)
class Like(Kept):
    """The text starts with ``prefix``; written ``fact like 'prefix%'``."""

    fact: FactRef
    prefix: str


@dataclass(frozen=True)
class IsNull(Kept):
    """Nothing at all is known of the fact; a narrowed fact is not null."""

    fact: FactRef


@dataclass(frozen=True)
class Has(Kept):
    """The set has the member ``value``, or with ``prefix`` one that starts with it."""

    fact: FactRef
    value: str
    prefix: bool = False


@dataclass(frozen=True)
class Not(Kept):
    """Kleene's negation: unknown stays unknown."""

    part: Expr


@dataclass(frozen=True)
class And(Kept):
    """True when all parts are, false when one is."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True)
class Or(Kept):
    """True when one part is, false when all are."""

    parts: tuple[Expr, ...]


Term: TypeAlias = Literal | FactRef | Arithmetic | DateShift
Expr: TypeAlias = And | Or | Not | Compare | In | Between | Like | IsNull | Has
Node: TypeAlias = Expr | Term


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below, in reading order."""
    match node:
        case And(parts) | Or(parts):
            return parts
        case Not(part):
            return (part,)
        case Compare(_, left, right) | Arithmetic(_, left, right):
            return (left, right)
        case Between(term, low, high):
            return (term, low, high)
        case In(fact, _) | Like(fact, _) | IsNull(fact) | Has(fact, _, _):
            return (fact,)
        case DateShift(base, _, _):
            return (base,)
        case Literal() | FactRef():
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)


def facts_of(node: Node) -> tuple[str, ...]:
    """The ids of the facts in it, each once, in reading order."""
    return tuple(dict.fromkeys(n.id for n in walk(node) if isinstance(n, FactRef)))


def _scalar_to_json(value: Scalar) -> Any:
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    return value


def _scalar_from_json(data: Any) -> Scalar:
    if isinstance(data, dict):
        if "date" in data:
            return date.fromisoformat(data["date"])
        return Decimal(data["decimal"])
    return cast(Scalar, data)


_NODES: dict[str, type[Any]] = {
    "lit": Literal,
    "fact": FactRef,
    "arith": Arithmetic,
    "shift": DateShift,
    "cmp": Compare,
    "in": In,
    "between": Between,
    "like": Like,
    "null": IsNull,
    "has": Has,
    "not": Not,
    "and": And,
    "or": Or,
}
_NAMES = {cls: name for name, cls in _NODES.items()}


def to_json(node: Node) -> list[Any]:
    """The tree as nested lists ``[name, field, ...]`` of JSON values."""

    def field(value: Any) -> Any:
        if type(value) in _NAMES:
            return to_json(value)
        if isinstance(value, tuple):
            return [field(v) for v in value]
        return _scalar_to_json(value)

    return [_NAMES[type(node)], *(field(getattr(node, f.name)) for f in fields(node))]


def from_json(data: list[Any]) -> Expr:
    """The tree that :func:`to_json` wrote. Raises ``KeyError`` for a name it does not know."""
    return cast(Expr, _node_from_json(data))


def _node_from_json(data: list[Any]) -> Any:
    cls = _NODES[data[0]]
    if cls in (And, Or):
        return cls(tuple(_node_from_json(part) for part in data[1]))
    if cls is In:
        return In(_node_from_json(data[1]), tuple(_scalar_from_json(v) for v in data[2]))
    return cls(
        *(_node_from_json(v) if isinstance(v, list) else _scalar_from_json(v) for v in data[1:])
    )
