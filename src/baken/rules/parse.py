"""From the text of a condition to its tree: a short list of SQL, and nothing else.

    size in ('micro', 'small') and headcount < 50 and not in_difficulty
    founded_on + interval '5' year >= as_of
    has(nace_2025, '10%') or seat_region = 'vlaams-gewest'

sqlglot reads the text; what is not handled here is refused with its line and column.
sqlglot is imported at the first call, so that a start from cached conditions stays quick.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from baken.kernel.errors import BakenError
from baken.kernel.values import Scalar
from baken.rules.ast import (
    UNITS,
    And,
    Arithmetic,
    Between,
    Compare,
    DateShift,
    Expr,
    FactRef,
    Has,
    In,
    IsNull,
    Like,
    Literal,
    Not,
    Or,
    Term,
    facts_of,
)
from baken.rules.check import (
    Place,
    check_arithmetic,
    check_grid,
    check_text,
    check_value,
    resolve,
    type_of,
)
from baken.rules.types import TEXTUAL, FactType, Vocabulary

ALLOWED = "and, or, not, = <> < <= > >=, in, between, like 'abc%', is null, + - * /, interval, has"
_COMPARE = {"EQ": "=", "NEQ": "<>", "LT": "<", "LTE": "<=", "GT": ">", "GTE": ">="}
_ARITHMETIC = {"Add": "+", "Sub": "-", "Mul": "*", "Div": "/"}
_FLIP = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}
MAX_LENGTH = 20_000


def parse(text: str, vocabulary: Vocabulary, path: str = "") -> Expr:
    """The tree of a condition, typed against the vocabulary.

    ``path`` names the file and record for the error. Raises :class:`BakenError` with line and
    column for text that is not SQL, SQL outside the short list, an unknown fact (with near
    names), a value of the wrong type and a choice that does not exist.
    """
    from sqlglot import parse as sql_parse
    from sqlglot.errors import SqlglotError

    if len(text) > MAX_LENGTH:
        raise BakenError(path, f"a condition of {len(text)} characters", f"at most {MAX_LENGTH}")
    try:
        statements = sql_parse(text)
    except SqlglotError as error:
        found = (getattr(error, "errors", None) or [{}])[0]
        place = Place(path, found.get("line") or 1, found.get("col") or 1)
        said = (found.get("description") or str(error)).split(" for <class")[0].split(". Line")[0]
        place.refuse(f"not a condition: {said}", ALLOWED)
    except RecursionError:
        raise BakenError(path, "nested too deep to read", "a flatter condition") from None
    if len(statements) != 1 or statements[0] is None:
        problem = "empty" if not text.strip(" ;\n\t") else "more than one statement"
        raise BakenError(path, problem, "one condition")
    try:
        return _Reader(vocabulary, path).predicate(statements[0])
    except RecursionError:
        raise BakenError(path, "nested too deep to read", "a flatter condition") from None


class _Reader:
    """Walks sqlglot's tree; ``predicate`` and ``term`` know all that is allowed."""

    def __init__(self, vocabulary: Vocabulary, path: str) -> None:
        self.vocabulary = vocabulary
        self.path = path

    def place(self, node: Any) -> Place:
        """Where ``node`` starts: the first of its words that sqlglot kept a position of."""
        metas = [n.meta for n in node.walk() if "line" in n.meta]
        if not metas:
            return Place(self.path, 1, 1)
        first = min(metas, key=lambda m: m["start"])
        return Place(self.path, first["line"], first["col"] - (first["end"] - first["start"]))

    def refuse(self, node: Any, problem: str, expected: str) -> NoReturn:
        self.place(node).refuse(problem, expected)

    def predicate(self, node: Any) -> Expr:
        name = type(node).__name__
        handler: Callable[[Any], Expr] | None = {
            "Paren": lambda n: self.predicate(n.this),
            "And": lambda n: And(self.flat(n, "And")),
            "Or": lambda n: Or(self.flat(n, "Or")),
            "Not": lambda n: Not(self.predicate(n.this)),
            "In": self.is_in,
            "Between": self.between,
            "Like": self.like,
            "Is": self.is_null,
            "Anonymous": self.has,
            "Column": self.flag,
        }.get(name)
        if handler is not None:
            return handler(node)
        if name in _COMPARE:
            return self.compare(node, _COMPARE[name])
        self.refuse(node, f"'{node.sql()}' is not a condition that can be used", ALLOWED)

    def flat(self, node: Any, name: str) -> tuple[Expr, ...]:
        """The parts of ``a and b and c``, written without brackets, as one row."""
        parts: list[Expr] = []
        while type(node).__name__ == name:
            parts.append(self.predicate(node.expression))
            node = node.this
        parts.append(self.predicate(node))
        return tuple(reversed(parts))

    def fact(self, node: Any) -> tuple[FactRef, FactType]:
        if type(node).__name__ != "Column" or node.args.get("table") is not None:
            self.refuse(node, f"'{node.sql()}' stands where a fact is asked", "the name of a fact")
        if type(node.this).__name__ != "Identifier":
            self.refuse(node, f"'{node.sql()}' is no fact", "the name of a fact")
        return resolve(str(node.name).lower(), self.vocabulary, self.place(node))

    def flag(self, node: Any) -> Expr:
        ref, _ = self.fact(node)
        if ref.kind != "bool":
            self.refuse(node, f"'{ref.id}' alone is not a condition", f"{ref.id} = a value")
        return Compare("=", ref, Literal(True))

    def compare(self, node: Any, op: str) -> Expr:
        left, right = self.term(node.this), self.term(node.expression)
        if isinstance(left, Literal) and isinstance(right, FactRef):
            left, right, op = right, left, _FLIP[op]
        place = self.place(node)
        self.comparable(left, right, op, place)
        if isinstance(left, FactRef) and isinstance(right, Literal):
            found = resolve(left.id, self.vocabulary, place)[1]
            check_value(right.value, found, self.place(node.expression))
            check_grid(op, left, right.value, place)
        return Compare(op, left, right)

    def comparable(self, left: Term, right: Term, op: str, place: Place) -> None:
        """Both sides of one type, that knows this operator; and at least one fact."""
        facts = set(facts_of(left)) | set(facts_of(right))
        if not facts:
            place.refuse("a comparison without a fact", "a fact on one side")
        kinds = type_of(left), type_of(right)
        if "set" in kinds:
            place.refuse("a set can't be compared", "has(set, 'a value')")
        if kinds[0] != kinds[1] and not (isinstance(left, FactRef) and isinstance(right, Literal)):
            place.refuse(f"a {kinds[0]} compared with a {kinds[1]}", "two of one type")
        if kinds[0] in ("text", "bool"):
            if op not in ("=", "<>"):
                place.refuse(f"'{op}' on a {kinds[0]}", "= or <>")
            if not isinstance(right, Literal):
                place.refuse(f"a {kinds[0]} compared with another fact", "a value")
        if kinds == ("number", "number"):
            from baken.rules.linear import linear

            difference, _ = linear(Arithmetic("-", left, right))
            if any(c == 0 for c in difference.values()):
                place.refuse("a fact that cancels out", "a comparison that depends on each fact")

    def is_in(self, node: Any) -> Expr:
        ref, found = self.fact(node.this)
        if node.args.get("query") is not None or not node.expressions:
            self.refuse(node, "'in' without values", f"{ref.id} in ('a', 'b')")
        if ref.kind == "bool":
            self.refuse(node, "'in' on true or false", f"{ref.id} = true")
        values = []
        for part in node.expressions:
            term = self.term(part)
            if not isinstance(term, Literal):
                self.refuse(part, "a fact inside 'in'", "values")
            check_value(term.value, found, self.place(part))
            check_grid("=", ref, term.value, self.place(part))
            values.append(term.value)
        return In(ref, tuple(dict.fromkeys(values)))

    def between(self, node: Any) -> Expr:
        term, low, high = (self.term(node.args[k]) for k in ("this", "low", "high"))
        for bound in (low, high):
            self.comparable(term, bound, "<=", self.place(node))
            if isinstance(term, FactRef) and isinstance(bound, Literal):
                found = resolve(term.id, self.vocabulary, self.place(node))[1]
                check_value(bound.value, found, self.place(node))
        if isinstance(low, Literal) and isinstance(high, Literal) and low.value > high.value:  # type: ignore[operator]
            self.refuse(node, "'between' with the larger bound first", "the smaller bound first")
        return Between(term, low, high)

    def prefix(self, node: Any, pattern: Any) -> str:
        """The ``abc`` of ``'abc%'``; other patterns are refused."""
        if type(pattern).__name__ != "Literal" or not pattern.is_string:
            self.refuse(node, "a pattern that is not a text", "'abc%'")
        text = str(pattern.this)
        head = text[:-1]
        if not text.endswith("%") or not head or "%" in head or "_" in head:
            self.refuse(pattern, f"pattern '{text}'", "a beginning: 'abc%'")
        return head

    def like(self, node: Any) -> Expr:
        ref, found = self.fact(node.this)
        if ref.kind not in TEXTUAL:
            asked = f"has({ref.id}, 'abc%')" if ref.kind == "set" else "a text"
            self.refuse(node, f"'like' on '{ref.id}', a {ref.kind}", asked)
        head = self.prefix(node, node.expression)
        check_text(head, found, self.place(node.expression), prefix=True)
        return Like(ref, head)

    def is_null(self, node: Any) -> Expr:
        ref, _ = self.fact(node.this)
        if type(node.expression).__name__ != "Null":
            self.refuse(node, f"'{node.sql()}'", "is null, is not null, = true or = false")
        return IsNull(ref)

    def has(self, node: Any) -> Expr:
        if str(node.this).lower() != "has" or len(node.expressions) != 2:
            self.refuse(node, f"function '{node.this}'", "has(set, 'a value or abc%')")
        ref, found = self.fact(node.expressions[0])
        if ref.kind != "set":
            self.refuse(node.expressions[0], f"'{ref.id}' is a {ref.kind}", "a fact that is a set")
        pattern = node.expressions[1]
        if type(pattern).__name__ != "Literal" or not pattern.is_string:
            self.refuse(pattern, "a member that is not a text", "'a value' or 'abc%'")
        text = str(pattern.this)
        is_prefix = "%" in text
        if is_prefix:
            text = self.prefix(node, pattern)
        check_text(text, found, self.place(pattern), prefix=is_prefix)
        return Has(ref, text, is_prefix)

    def term(self, node: Any) -> Term:
        name = type(node).__name__
        if name == "Paren":
            return self.term(node.this)
        if name == "Column":
            return self.fact(node)[0]
        if name == "Neg" and type(node.this).__name__ != "Literal":
            inner = self.term(node.this)
            check_arithmetic("-", Literal(0), inner, self.place(node))
            return Arithmetic("-", Literal(0), inner)
        if name in ("Literal", "Boolean", "Neg", "Cast"):
            return Literal(self.value(node))
        if name in ("Add", "Sub") and self.is_interval(node.expression):
            return self.shifted(node.this, node.expression, 1 if name == "Add" else -1)
        if name == "Add" and self.is_interval(node.this):
            return self.shifted(node.expression, node.this, 1)
        if name in _ARITHMETIC:
            left, right = self.term(node.this), self.term(node.expression)
            check_arithmetic(_ARITHMETIC[name], left, right, self.place(node))
            return Arithmetic(_ARITHMETIC[name], left, right)
        if name == "Null":
            self.refuse(node, "a comparison with null", "is null or is not null")
        if name in ("CurrentDate", "CurrentTimestamp", "CurrentTime"):
            self.refuse(node, "the clock of the machine", "as_of")
        self.refuse(node, f"'{node.sql()}' is not a value that can be used", ALLOWED)

    @staticmethod
    def is_interval(node: Any) -> bool:
        return type(node).__name__ == "Interval"

    def shifted(self, base: Any, interval: Any, sign: int) -> Term:
        term = self.term(base)
        if type_of(term) != "date":
            self.refuse(base, f"an interval added to a {type_of(term)}", "a date")
        unit = str(interval.args.get("unit") or "").lower().removesuffix("s")
        size = interval.this
        count = str(size.this) if type(size).__name__ == "Literal" else ""
        if unit not in UNITS or not (count.isascii() and count.isdigit()) or len(count) > 5:
            self.refuse(interval, f"'{interval.sql()}'", "interval '3' day, month or year")
        return DateShift(term, sign * int(count), unit)

    def value(self, node: Any) -> Scalar:
        name = type(node).__name__
        if name == "Boolean":
            return bool(node.this)
        if name == "Neg":
            number = self.value(node.this)
            if isinstance(number, bool) or not isinstance(number, int | Decimal):
                self.refuse(node, "minus something that is not a number", "a number")
            return -number
        if name == "Cast":
            inner = node.this
            if not node.is_type("date") or type(inner).__name__ != "Literal":
                self.refuse(node, f"'{node.sql()}'", "date '2026-01-31'")
            try:
                return date.fromisoformat(str(inner.this))
            except ValueError:
                self.refuse(node, f"no such date: {inner.this}", "date '2026-01-31'")
        if node.is_string:
            return str(node.this)
        text = str(node.this)
        try:
            return int(text) if text.isdigit() else Decimal(text)
        except InvalidOperation:
            self.refuse(node, f"no number: {text}", "digits, with a point for decimals")
