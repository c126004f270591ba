"""The catalogue: files are its master; what is read from them is cached by content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from baken.kernel.cache import cached_json
from baken.kernel.errors import BakenError
from baken.landscape.model import Instrument, Offer, Organisation, Training
from baken.landscape.types import rule_types
from baken.rules import Expr, check_tautology, from_json, parse, to_json

DATA = Path(__file__).parent / "data"
FOLDERS: dict[str, type[Instrument] | type[Organisation] | type[Training]] = {
    "instruments": Instrument,
    "organisations": Organisation,
    "training": Training,
}
MAX_FILE_BYTES = 200_000

Key = tuple[str, str]
"""``(type, id)``: an instrument and the organisation behind it may share an id."""


def key_of(name: str) -> Key:
    """The key of a record that data names.

    >>> key_of("instrument/winwinlening")
    ('instrument', 'winwinlening')
    """
    of_type, _, record_id = name.partition("/")
    return of_type, record_id


@dataclass(frozen=True)
class Catalogue:
    """All records of one version of the landscape, with their rules read.

    ``rules[(type, id)][condition id]`` is the expression of a condition that has one.
    ``version`` is a hash of the files' content: the same files give the same version.
    """

    version: str
    records: tuple[Offer, ...]
    rules: Mapping[Key, Mapping[str, Expr]]
    by_key: Mapping[Key, Offer] = field(repr=False, default_factory=dict)

    def __iter__(self) -> Iterator[Offer]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    @cached_property
    def seen_year(self) -> int:
        """The year in which the sources were last read; nought for an empty catalogue."""
        return max((int(s.seen[:4]) for r in self.records for s in r.sources), default=0)

    def find(self, offer_id: str, kind: str | None = None) -> list[Offer]:
        """The records with this id: none, one, or an instrument and an organisation."""
        return [r for r in self.records if r.id == offer_id and kind in (None, r.type)]


def content_files(root: Path = DATA) -> list[Path]:
    """The record files below ``root``, in a fixed order."""
    return [p for folder in FOLDERS for p in sorted((root / folder).glob("*.yaml"))]


def content_version(root: Path = DATA) -> str:
    """Changes with every record file below ``root``."""
    return digest_of((f"{path.parent.name}/{path.name}", path) for path in content_files(root))


def digest_of(files: Iterable[tuple[str, Path]]) -> str:
    """Twelve hexadecimal digits of the SHA-256 of each file's name and bytes."""
    digest = hashlib.sha256()
    for name, path in files:
        digest.update(f"{name}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def read_yaml(path: Path, name: str) -> Any:
    """What a file of YAML holds, dates as text.

    Raises:
        BakenError: naming the file, when it is too big, not UTF-8, or no YAML (with the line).
    """
    if path.stat().st_size > MAX_FILE_BYTES:
        raise BakenError(
            name, "the file is too big for one record", f"at most {MAX_FILE_BYTES} bytes"
        )
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=PlainDates)  # noqa: S506
    except UnicodeDecodeError as e:
        raise BakenError(name, "the file is not UTF-8 text", "UTF-8") from e
    except yaml.YAMLError as e:
        mark = getattr(e, "problem_mark", None)
        where = f"{name}, line {mark.line + 1}" if mark else name
        raise BakenError(where, f"no valid YAML: {getattr(e, 'problem', e)}", "valid YAML") from e


def read_record(path: Path) -> Offer:
    """One file as a record.

    Raises:
        BakenError: with the file and field, when it is too big, no YAML, or no record.
    """
    name = f"{path.parent.name}/{path.name}"
    raw = read_yaml(path, name)
    model = FOLDERS[path.parent.name]
    try:
        record = model.model_validate(raw)
    except ValidationError as e:
        raise first_problem(name, e) from e
    if record.id != path.stem:
        raise BakenError(f"{name}, id", f"the id is '{record.id}'", f"'{path.stem}', as the file")
    return record


def read_rules(record: Offer, name: str) -> dict[str, Expr]:
    """The record's rules as typed expressions, and those that tell who surely meets what no rule
    can hold (``met_if``); BakenError names file and condition.
    """
    types = rule_types()
    rules: dict[str, Expr] = {}
    for condition in record.conditions:
        written = condition.rule or condition.met_if
        if written is None:
            continue
        where = f"{name}, condition {condition.id}"
        expr = parse(written, types, path=where)
        problem = check_tautology(expr, types)
        if problem is not None:
            raise BakenError(where, str(problem.problem), "a condition that can be met and unmet")
        rules[condition.id] = expr
    return rules


def load_catalogue(root: Path = DATA) -> Catalogue:
    """The catalogue below ``root``; quick when its content was read before.

    Raises:
        BakenError: for the first record that cannot be used.
    """
    return _load(root, content_version(root))


@lru_cache(maxsize=4)
def _load(root: Path, version: str) -> Catalogue:
    raw = cached_json("catalogue", f"{version}-{_code_version()}", lambda: _build(root))
    records = tuple(_OFFERS.validate_python(raw["records"]))
    rules = {
        (t, i): {c: from_json(e) for c, e in conditions.items()}
        for t, i, conditions in raw["rules"]
    }
    return Catalogue(version, records, rules, {(r.type, r.id): r for r in records})


def _build(root: Path) -> dict[str, Any]:
    records: list[dict[str, Any]] = []
    rules: list[list[Any]] = []
    for path in content_files(root):
        record = read_record(path)
        parsed = read_rules(record, f"{path.parent.name}/{path.name}")
        records.append(record.model_dump(mode="json"))
        rules.append([record.type, record.id, {c: to_json(e) for c, e in parsed.items()}])
    return {"records": records, "rules": rules}


@lru_cache(maxsize=1)
def _code_version() -> str:
    """A change of model, vocabulary or rule language makes the cache void."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for path in [
        here / "model.py",
        *sorted((here.parent / "rules").glob("*.py")),
        *sorted((here.parent / "facts" / "data").rglob("*.yaml")),
    ]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def first_problem(name: str, error: ValidationError) -> BakenError:
    """Pydantic's complaints about a file as one error: the first, and the others beside it."""
    first, *others = [_problem(name, e) for e in error.errors()]
    first.others = tuple(others)
    return first


def _problem(name: str, error: ErrorDetails) -> BakenError:
    where = ".".join(str(p) for p in error["loc"])
    problem, expected = _said(error)
    return BakenError(f"{name}, {where}" if where else name, problem, expected)


def _said(error: ErrorDetails) -> tuple[str, str]:
    """What is wrong and what was expected, in words for who never saw Python."""
    given, context = str(error.get("input"))[:60], error.get("ctx") or {}
    field = str(error["loc"][-1]) if error["loc"] else ""
    match error["type"]:
        case "extra_forbidden":
            return "there is no such field", "a field that CONTRIBUTING.md or a like record has"
        case "missing":
            return "this field is missing", "a value; see a like record"
        case "literal_error":
            return f"'{given}' is not one of the choices", str(context.get("expected", ""))
        case "string_pattern_mismatch" if "needs" in error["loc"]:
            return f"'{given}' is no need", "a code from N01 to N14"
        case "string_pattern_mismatch" if field == "id":
            return f"'{given}' is no id", "small letters, figures and hyphens"
        case "string_pattern_mismatch" if field == "url":
            return f"'{given}' is no address", "an address that begins with https://"
        case "too_short":
            return "the list is empty", "at least one"
    return error["msg"], ""


_OFFERS: TypeAdapter[list[Offer]] = TypeAdapter(list[Annotated[Offer, Field(discriminator="type")]])


class PlainDates(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe YAML that keeps dates as text, so that a precision is never added.

    A field that stands twice is an error: the second would silently win.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                said = f"the field '{key.value}' stands twice"
                raise yaml.constructor.ConstructorError(None, None, said, key.start_mark)
            seen.add(key.value)
        return dict(super().construct_mapping(node, deep=deep))


PlainDates.yaml_implicit_resolvers = {
    first: [(tag, rx) for tag, rx in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in PlainDates.yaml_implicit_resolvers.items()
}
