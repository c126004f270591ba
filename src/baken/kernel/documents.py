"""Files that people hand us: YAML or JSON, bounded, with the line of each field.

Numbers with a fraction are read as ``Decimal``, never as ``float``; a YAML date as ``date``. What
YAML 1.1 takes for a number and YAML 1.2 does not (1:30, 010, 0x10, 1_000) stays text: a field that
asks a number refuses it, with its line. Anchors and aliases are refused (a few lines of them can
stand for gigabytes), and so is a field that stands twice: the second would silently win.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from baken.kernel.errors import BakenError
from baken.kernel.fields import A_DAY, A_NUMBER, A_TEXT, meant

MAX_BYTES = 20_000_000
MAX_DEPTH = 40
Where = Sequence[str | int]
Asked = TypeVar("Asked", bound=BaseModel)


class Strict(BaseModel):
    """A part of an input: an unknown field is an error, nothing is changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_INT = "tag:yaml.org,2002:int"
_FLOAT = "tag:yaml.org,2002:float"


class _NoNumber(yaml.constructor.ConstructorError):
    """A number that can't be meant as it is written."""

    def __init__(self, problem: str, expected: str, mark: Any) -> None:
        super().__init__(None, None, problem, mark)
        self.line, self.said, self.expected = mark.line + 1, problem, expected


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    yaml_implicit_resolvers = {  # noqa: RUF012 (as in the class above it)
        first: [(tag, shape) for tag, shape in kinds if tag not in (_INT, _FLOAT)]
        for first, kinds in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Hashable] = set()
        for key, _ in node.value:
            if key.value in seen:
                said = f"the field '{key.value}' stands twice"
                raise yaml.constructor.ConstructorError(None, None, said, key.start_mark)
            seen.add(key.value)
        if node.flow_style:
            _refuse_commas(node)
        return dict(super().construct_mapping(node, deep=deep))


def _refuse_commas(node: yaml.MappingNode) -> None:
    """``{turnover: 200,000}`` is to YAML a turnover of 200 and a field 000 that holds nothing."""
    for (_, value), (key, nothing) in pairwise(node.value):
        if (
            isinstance(value, yaml.ScalarNode)
            and isinstance(nothing, yaml.ScalarNode)
            and not nothing.value
            and key.start_mark.index == value.end_mark.index + 1
            and re.fullmatch(r"[0-9]+(\.[0-9]+)?", str(key.value))
            and re.fullmatch(r"[-+]?[0-9][0-9.]*", str(value.value))
        ):
            text = f"{value.value},{key.value}"
            said = f"'{text}' is read as two fields"
            raise _NoNumber(said, meant(text), value.start_mark)


def _decimal(loader: Any, node: yaml.ScalarNode) -> Decimal:
    text = str(loader.construct_scalar(node))
    try:
        if "_" not in text:
            return Decimal(text)
    except InvalidOperation:
        pass
    raise _NoNumber(f"'{text}' is no number", meant(text), node.start_mark)


def _whole(loader: Any, node: yaml.ScalarNode) -> int:
    text = str(loader.construct_scalar(node))
    if _WHOLE.fullmatch(text):
        return int(text)
    raise _NoNumber(f"'{text}' is no whole number", meant(text), node.start_mark)


def _day(loader: Any, node: yaml.ScalarNode) -> Any:
    """A date; 30 February stays text, so that the field that holds it is named."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return str(loader.construct_scalar(node))


_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FRACTION = re.compile(
    r"[-+]?(?:(?:0|[1-9][0-9]*)\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
for _tag, _shape in ((_INT, _WHOLE), (_FLOAT, _FRACTION)):
    _Loader.add_implicit_resolver(
        _tag, re.compile(f"^(?:{_shape.pattern})$"), list("-+.0123456789")
    )
_Loader.add_constructor(_INT, _whole)
_Loader.add_constructor(_FLOAT, _decimal)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)


@dataclass(frozen=True)
class Document:
    """What a file holds, and its text for the line of a field."""

    name: str
    value: Any
    text: str

    def line(self, where: Where) -> int | None:
        """The line (from 1) on which a field stands, or the nearest part around it."""
        try:
            node = yaml.compose(self.text, Loader=_Loader)
        except (yaml.YAMLError, RecursionError):
            return None
        if node is None:
            return None
        at = node.start_mark.line
        for step in where:
            inner = _inner(node, step)
            if inner is None:
                break
            node, at = inner
        return int(at) + 1


def _inner(node: Any, step: str | int) -> tuple[Any, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key.start_mark.line
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step].start_mark.line
    return None


def read_document(path: Path) -> Document:
    """A YAML or JSON file.

    Raises:
        BakenError: when it can't be read, is too large, or is no valid YAML or JSON.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as e:
        raise BakenError(str(path), f"can't be read: {e.strerror}", "a YAML or JSON file") from e
    return decode_document(data, path.name)


def decode_document(data: bytes, name: str) -> Document:
    """As :func:`read_document`, from bytes."""
    if len(data) > MAX_BYTES:
        raise BakenError(name, "the file is too large", f"at most {MAX_BYTES // 1_000_000} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        raise BakenError(name, f"byte {e.start + 1} is not UTF-8", "UTF-8 text") from e
    if text.lstrip()[:1] not in ("{", "["):
        return Document(name, _read_yaml(text, name), text)
    try:
        return Document(name, read_json(text, name), text)
    except BakenError as e:
        if e.problem != "no valid JSON" or name.endswith(".json"):
            raise
        try:  # YAML may begin with a bracket too
            return Document(name, _read_yaml(text, name), text)
        except BakenError as other:
            raise (e if "no valid YAML" in other.problem else other) from None


def read_json(text: str, name: str) -> Any:
    """JSON with fractions as ``Decimal``; NaN, Infinity and doubled fields are refused."""
    try:
        return json.loads(
            text, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_once
        )
    except json.JSONDecodeError as e:
        where = f"{name}, line {e.lineno}" if "\n" in text.strip() else name
        raise BakenError(f"{where}, character {e.colno}", "no valid JSON", "valid JSON") from e
    except (RecursionError, ValueError) as e:
        raise BakenError(name, f"no valid JSON: {e}"[:200], "valid JSON") from e


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(k for k, _ in pairs if k in seen or seen.add(k))  # type: ignore[func-returns-value]
        raise ValueError(f"the field '{twice}' stands twice")
    return found


def _read_yaml(text: str, name: str) -> Any:
    try:
        depth = 0
        for event in yaml.parse(text, Loader=_Loader):
            line = event.start_mark.line + 1 if event.start_mark else 0
            if isinstance(event, yaml.AliasEvent):
                problem = "an alias (*name) is not taken"
                raise BakenError(f"{name}, line {line}", problem, "each value written out")
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise BakenError(f"{name}, line {line}", "nested too deep", f"{MAX_DEPTH} levels")
        return yaml.load(text, Loader=_Loader)  # noqa: S506
    except _NoNumber as e:
        raise BakenError(f"{name}, line {e.line}", e.said, e.expected) from e
    except yaml.MarkedYAMLError as e:
        where = f", line {e.problem_mark.line + 1}" if e.problem_mark else ""
        raise BakenError(f"{name}{where}", f"no valid YAML: {e.problem}", "valid YAML") from e
    except (yaml.YAMLError, RecursionError, ValueError) as e:
        raise BakenError(name, f"no valid YAML: {e}"[:200], "valid YAML") from e


def problem_of(
    error: ErrorDetails, document: Document | None = None, model: type[BaseModel] | None = None
) -> BakenError:
    """One complaint of pydantic in Baken's shape: path of the field, problem, what is expected.

    With ``model``, the fields that are possible at a place are named.
    """
    where = _where(error)
    unknown = error["type"] == "extra_forbidden"
    names = _fields_at(model, where[:-1] if unknown else where) if model else []
    found = said_at(document, where, *_said(error, names))
    if unknown:
        found.near = get_close_matches(str(where[-1]), names, 3)
    return found


def _where(error: ErrorDetails) -> list[str | int]:
    """The path of a field, without the names of the forms that were tried for it."""
    whole = list(error["loc"])
    if len(whole) > 1 and whole[-1] in ("str", "int"):
        whole.pop()
    if whole[-1:] == ["[key]"]:
        whole = [*whole[:-2], str(whole[-2])]
    return [
        p
        for p in whole
        if isinstance(p, int) or not ("[" in p or p == "decimal" or p.startswith("function-"))
    ]


def _fields_at(model: type[BaseModel], where: Where) -> list[str]:
    """The names of the fields at a place of an input; none where no fields are."""
    found: list[Any] = [model]
    for step in where:
        found = [inner for kind in found for inner in _below(kind, step)]
    for kind in found:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return [field.alias or name for name, field in kind.model_fields.items()]
    return []


def _below(kind: Any, step: str | int) -> list[Any]:
    """The kinds that a field, an item or a value of a mapping may have."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = kind.model_fields.items()
        return [k for n, f in fields if step in (n, f.alias) for k in _kinds(f.annotation)]
    inner = get_args(kind)
    return _kinds(inner[-1]) if inner and get_origin(kind) in (list, dict, tuple) else []


def _kinds(annotation: Any) -> list[Any]:
    """What stands in an annotation: each member of a union, without its constraints."""
    inner = get_args(annotation)
    if not inner or get_origin(annotation) in (list, dict, tuple):
        return [annotation]
    if hasattr(annotation, "__metadata__"):
        return _kinds(inner[0])
    return [k for one in inner for k in _kinds(one)]


def said_at(
    document: Document | None, where: Where, problem: str, expected: str = ""
) -> BakenError:
    """An error at a field, with file and line when the field came from a file."""
    path = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in where).lstrip(".")
    if document is not None:
        line = document.line(where)
        parts = [document.name, f"line {line}" if line else "", path]
        path = ", ".join(p for p in parts if p)
    return BakenError(path, problem, expected)


def _said(error: ErrorDetails, names: Sequence[str] = ()) -> tuple[str, str]:
    """What is wrong and what was expected; ``names`` are the fields that are possible there."""
    kind, context = error["type"], error.get("ctx") or {}
    raw = error.get("input")
    given = str(raw).lower() if isinstance(raw, bool) else str(raw)[:40]
    match kind:
        case "extra_forbidden":
            return "there is no such field", f"one of {', '.join(names)}" if names else "no field"
        case "model_type" | "model_attributes_type":
            return f"'{given}' can't be used", f"a mapping with {', '.join(names)}"
        case "string_pattern_mismatch":
            return f"'{given}' has not the form that is asked", "a code of two to five digits"
        case "missing":
            return "this field is missing", "a value"
        case "literal_error" | "enum":
            return f"'{given}' is not known", str(context.get("expected", ""))
        case "value_error":
            problem, _, expected = str(context.get("error", error["msg"])).partition("; expected ")
            return problem, expected
        case "greater_than_equal" | "less_than_equal" | "greater_than" | "less_than":
            return f"{given} is out of bounds", error["msg"].removeprefix("Input should be ")
        case "string_type":
            simple = not isinstance(raw, Mapping | list)
            return f"'{given}' is no text", A_TEXT if simple else "a text"
        case "too_short":
            return "there are too few of them", f"at least {context.get('min_length')}"
        case "too_long" | "string_too_long":
            return "this is too long", f"at most {context.get('max_length')}"
    plain = error["msg"].removeprefix("Input should be ")
    expected = next((said for start, said in _EXPECTED if kind.startswith(start)), plain)
    return f"'{given}' can't be used", expected


_EXPECTED = (
    ("date", A_DAY),
    ("int_", "a whole number"),
    ("decimal_", A_NUMBER),
    ("finite_number", A_NUMBER),
    ("bool_", "true or false"),
    ("list_", "a list"),
    ("tuple_", "a list"),
    ("dict_", "a mapping"),
)
"""What a kind of complaint, by how its name begins, is answered with."""


def first_of(
    error: ValidationError,
    document: Document | None = None,
    model: type[BaseModel] | None = None,
) -> BakenError:
    """Pydantic's complaints as one error: the first, with the others beside it."""
    found = error.errors(include_url=False)[:40]
    meant_form = [e for e in found if not _other_form(e)]
    first, *others = [problem_of(e, document, model) for e in (meant_form or found)[:20]]
    first.others = tuple(others)
    return first


def read_model(
    model: type[Asked], raw: Any, document: Document | None, problem: str, expected: str
) -> Asked:
    """A question as its model; a field that holds nothing counts as not given.

    Raises:
        BakenError: when it is no mapping, or at the first field that is wrong.
    """
    if not isinstance(raw, Mapping):
        raise said_at(document, (), problem, expected)
    try:
        return model.model_validate(without_nulls(raw))
    except ValidationError as e:
        raise first_of(e, document, model) from e


def _other_form(error: ErrorDetails) -> bool:
    """A complaint that a list is no number, or a number no list, where either may stand."""
    form, given = str(error["loc"][-1]), error.get("input")
    return (
        isinstance(given, list)
        if form == "decimal" or form.endswith("decimal]")
        else (error["type"] == "list_type" and "[" in form)
    )


def without_nulls(value: Any) -> Any:
    """What was given, with fields that hold nothing left out; an enterprise without any stays."""
    if isinstance(value, Mapping):
        out = {k: without_nulls(v) for k, v in value.items() if v is not None}
        named = value.get("enterprises")
        if isinstance(named, Mapping):
            out["enterprises"] = {n: without_nulls(e or {}) for n, e in named.items()}
        return out
    return [without_nulls(v) for v in value] if isinstance(value, list) else value


def near_names(name: str, known: Mapping[str, Any]) -> list[str]:
    """At most five names that start alike or hold the same letters."""
    low = name.casefold()
    return [k for k in known if k.casefold().startswith(low[:2]) or low in k.casefold()][:5]
