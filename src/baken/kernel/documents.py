"""Files that people hand us: YAML or JSON, bounded, with the line of each field.

Numbers with a fraction are read as ``Decimal``, never as ``float``; a YAML date as ``date``.
Anchors and aliases are refused (a few lines of them can stand for gigabytes), and so is a field
that stands twice: the second would silently win.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from baken.kernel.errors import BakenError

MAX_BYTES = 20_000_000
MAX_DEPTH = 40
Where = Sequence[str | int]
Asked = TypeVar("Asked", bound=BaseModel)


class Strict(BaseModel):
    """A part of an input: an unknown field is an error, nothing is changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Hashable] = set()
        for key, _ in node.value:
            if key.value in seen:
                said = f"the field '{key.value}' stands twice"
                raise yaml.constructor.ConstructorError(None, None, said, key.start_mark)
            seen.add(key.value)
        return dict(super().construct_mapping(node, deep=deep))


def _decimal(loader: Any, node: yaml.ScalarNode) -> Decimal:
    text = str(loader.construct_scalar(node)).replace("_", "")
    try:
        return Decimal(text)
    except InvalidOperation:
        said = f"'{text}' is no number"
        raise yaml.constructor.ConstructorError(None, None, said, node.start_mark) from None


def _day(loader: Any, node: yaml.ScalarNode) -> Any:
    """A date; 30 February stays text, so that the field that holds it is named."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return str(loader.construct_scalar(node))


_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
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
    except yaml.MarkedYAMLError as e:
        where = f", line {e.problem_mark.line + 1}" if e.problem_mark else ""
        raise BakenError(f"{name}{where}", f"no valid YAML: {e.problem}", "valid YAML") from e
    except (yaml.YAMLError, RecursionError, ValueError) as e:
        raise BakenError(name, f"no valid YAML: {e}"[:200], "valid YAML") from e


def problem_of(error: ErrorDetails, document: Document | None = None) -> BakenError:
    """One complaint of pydantic in Baken's shape: path of the field, problem, what is expected."""
    return said_at(document, _where(error), *_said(error))


def _where(error: ErrorDetails) -> list[str | int]:
    """The path of a field, without the names of the forms that were tried for it."""
    return [
        p
        for p in error["loc"]
        if isinstance(p, int) or not ("[" in p or p == "decimal" or p.startswith("function-"))
    ]


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


def _said(error: ErrorDetails) -> tuple[str, str]:
    kind, context = error["type"], error.get("ctx") or {}
    given = str(error.get("input"))[:40]
    match kind:
        case "extra_forbidden":
            return "there is no such field", "a field that the help names"
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
    return f"'{given}' can't be used", error["msg"].removeprefix("Input should be ")


def first_of(error: ValidationError, document: Document | None = None) -> BakenError:
    """Pydantic's complaints as one error: the first, with the others beside it."""
    found = error.errors(include_url=False)[:40]
    meant = [e for e in found if not _other_form(e)]
    first, *others = [problem_of(e, document) for e in (meant or found)[:20]]
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
        raise first_of(e, document) from e


def _other_form(error: ErrorDetails) -> bool:
    """A complaint that a list is no number, or a number no list, where either may stand."""
    form, given = str(error["loc"][-1]), error.get("input")
    return (
        isinstance(given, list)
        if form == "decimal"
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
