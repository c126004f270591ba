"""The vocabulary: every fact, declared once in ``data/vocabulary/*.yaml``."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from baken.kernel.cache import cached_json
from baken.kernel.errors import BakenError

DATA = Path(__file__).parent / "data" / "vocabulary"
FactKind = Literal["text", "choice", "bool", "number", "eur", "date", "set"]
KINDS = ("text", "choice", "bool", "number", "eur", "date", "set")
SCOPES = ("firm", "establishment", "project", "person", "event")
FIELDS = frozenset(
    {
        "id", "type", "unit", "decimals", "scope", "from", "cost", "label", "question", "help",
        "choices", "choices_of", "choice_labels", "ranges", "inputs", "default", "ask_via",
        "ask_after", "usual", "per_measure",
    }
)  # fmt: skip
LANGS = ("nl", "en", "fr")


@dataclass(frozen=True, slots=True)
class FactChoice:
    """One value of a closed list, with its label per language."""

    value: str
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the vocabulary.

    ``kind`` is its type; ``origins`` where it can come from; ``cost`` what asking costs the
    owner, from 1 (knows at once) to 5 (has to look it up). ``inputs`` are the facts from
    which a derived one follows, cheapest first; ``ask_via`` is the fact that is asked in
    its place. ``ask_after`` is a fact that must be known before asking makes sense; ``usual`` is
    the answer that nearly every firm gives, so that asking seldom settles anything. ``ranges``
    are the answer buttons of a number, amount or date. What is ``per_measure`` is true of one
    measure and not of the next ("you had this aid before"): it counts for one measure alone.
    """

    id: str
    kind: FactKind
    scope: str
    origins: tuple[str, ...]
    cost: int
    label: Mapping[str, str]
    question: Mapping[str, str]
    help: Mapping[str, str]
    unit: str = ""
    decimals: int = 0
    choices: tuple[FactChoice, ...] = ()
    ranges: tuple[Any, ...] = ()
    inputs: tuple[str, ...] = ()
    ask_via: str | None = None
    ask_after: str | None = None
    usual: str | None = None
    default: str | None = None
    per_measure: bool = False

    @property
    def derived(self) -> bool:
        """Whether the fact follows from others and is never asked itself."""
        return bool(self.inputs)

    @property
    def askable(self) -> bool:
        """Whether it can be asked of the firm with answers to tap."""
        if self.derived or self.per_measure:
            return False
        return self.kind == "bool" or bool(self.choices) or bool(self.ranges)


@lru_cache(maxsize=1)
def load_vocabulary() -> Mapping[str, Fact]:
    """Every fact by id, in the order of the files.

    Raises:
        BakenError: for an unknown field, type or scope, a duplicate, or a dangling name.
    """
    return build(vocabulary_raw())


def vocabulary_raw() -> list[dict[str, Any]]:
    """The entries as they stand in the files, each with its file under ``file``."""
    files = sorted(DATA.glob("*.yaml"))
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    rows: list[dict[str, Any]] = cached_json(
        "vocabulary", digest.hexdigest()[:12], lambda: [r for p in files for r in _read(p)]
    )
    return rows


def _read(path: Path) -> list[dict[str, Any]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
    except yaml.YAMLError as e:
        raise BakenError(path.name, f"no valid YAML: {e}", "valid YAML") from e
    return [{**row, "file": path.name} for row in rows or []]


def build(rows: list[dict[str, Any]]) -> Mapping[str, Fact]:
    """Facts from entries, checked against each other."""
    facts: dict[str, Fact] = {}
    lists: dict[str, tuple[FactChoice, ...]] = {}
    for row in rows:
        where = f"{row.get('file', '')}, {row.get('id', '?')}"
        unknown = set(row) - FIELDS - {"file"}
        if unknown:
            raise BakenError(where, f"unknown field {', '.join(sorted(unknown))}", "a known field")
        if row["id"] in facts:
            raise BakenError(where, "this fact is declared twice", "one declaration")
        if row["type"] not in KINDS:
            raise BakenError(where, f"unknown type '{row['type']}'", ", ".join(KINDS))
        if row["scope"] not in SCOPES:
            raise BakenError(where, f"unknown scope '{row['scope']}'", ", ".join(SCOPES))
        facts[row["id"]] = _fact(row, lists)
        lists[row["id"]] = facts[row["id"]].choices
    for fact in facts.values():
        for name in (*fact.inputs, *filter(None, (fact.ask_via, fact.ask_after))):
            if name not in facts:
                raise BakenError(fact.id, f"names '{name}', which is no fact", "a fact's id")
    return facts


def _fact(row: Mapping[str, Any], lists: Mapping[str, tuple[FactChoice, ...]]) -> Fact:
    labels = row.get("choice_labels") or {}
    choices: tuple[FactChoice, ...] = tuple(
        FactChoice(str(v), labels.get(v) or labels.get(str(v)) or {"nl": str(v).replace("_", " ")})
        for v in row.get("choices") or ()
    )
    if "choices_of" in row:
        choices = lists[row["choices_of"]]
    return Fact(
        id=row["id"],
        kind=row["type"],
        scope=row["scope"],
        origins=tuple(row.get("from") or ()),
        cost=int(row.get("cost", 1)),
        label=row["label"],
        question=row.get("question") or {},
        help=row.get("help") or {},
        unit=str(row.get("unit", "")),
        decimals=int(row.get("decimals", 2 if row["type"] == "eur" else 0)),
        choices=choices,
        ranges=tuple(
            tuple(sorted(r.items())) if isinstance(r, dict) else r for r in row.get("ranges") or ()
        ),
        inputs=tuple(row.get("inputs") or ()),
        ask_via=row.get("ask_via"),
        ask_after=row.get("ask_after"),
        usual=row.get("usual"),
        default=row.get("default"),
        per_measure=bool(row.get("per_measure")),
    )


def dump() -> list[dict[str, Any]]:
    """The vocabulary as plain JSON values: what ``baken facts --json`` prints."""
    return [
        {
            "id": f.id,
            "type": f.kind,
            "unit": f.unit or None,
            "scope": f.scope,
            "from": list(f.origins),
            "derived": f.derived,
            "inputs": list(f.inputs),
            "cost": None if f.derived else f.cost,
            "label": dict(f.label),
            "question": dict(f.question),
            "explanation": dict(f.help),
            "choices": [{"value": c.value, "label": dict(c.label)} for c in f.choices],
            "default": f.default,
            "per_measure": f.per_measure,
        }
        for f in load_vocabulary().values()
    ]


def shift_years(day: date, years: int) -> date:
    """``day`` moved by whole years; 29 February becomes 28 February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
