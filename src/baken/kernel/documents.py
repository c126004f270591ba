"""Files that people hand us: YAML or JSON, bounded, with the line of each field.

Numbers with a fraction are read as ``Decimal``, never as ``float``; a YAML date as ``date``. What
YAML 1.1 takes for a number and YAML 1.2 does not (1:30, 010, 0x10, 1_000) stays text: a field that
asks a number refuses it, with its line. Anchors and aliases are refused (a few lines of them can
stand for gigabytes), and so is a field that stands twice: the second would silently win.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from baken.kernel.errors import BakenError
from baken.kernel.fields import meant

MAX_BYTES = 20_000_000
MAX_DEPTH = 40
Where = Sequence[str | int]
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


def utf8(data: bytes, where: str) -> str:
    """The text of bytes, with or without a byte order mark.

    Raises:
        BakenError: at the first byte that is not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        raise BakenError(where, f"byte {e.start + 1} is not UTF-8", "UTF-8 text") from e


def decode_document(data: bytes, name: str) -> Document:
    """As :func:`read_document`, from bytes."""
    if len(data) > MAX_BYTES:
        raise BakenError(name, "the file is too large", f"at most {MAX_BYTES // 1_000_000} MB")
    text = utf8(data, name)
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
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=once)
    except json.JSONDecodeError as e:
        where = f"{name}, line {e.lineno}" if "\n" in text.strip() else name
        raise BakenError(f"{where}, character {e.colno}", "no valid JSON", "valid JSON") from e
    except (RecursionError, ValueError) as e:
        raise BakenError(name, f"no valid JSON: {e}"[:200], "valid JSON") from e


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no number")


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The fields of a JSON object (an ``object_pairs_hook``); ValueError when one stands twice."""
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
