"""The questions of a tool as ``data/*.yaml`` has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml

Texts = Mapping[str, str]
HERE = Path(__file__).parent / "data"
TOOLS = ("size", "difficulty", "alarm_bell", "de_minimis", "aid", "delineate")
KINDS = ("number", "euro", "percent", "date", "choice", "yes_no", "text")
YES_NO: tuple[tuple[str, Texts], ...] = (
    ("yes", {"nl": "Ja", "en": "Yes", "fr": "Oui"}),
    ("no", {"nl": "Nee", "en": "No", "fr": "Non"}),
)


@dataclass(frozen=True)
class Part:
    """One field. A question of one field has one part without a name of its own."""

    id: str
    kind: str
    text: Texts
    choices: tuple[tuple[str, Texts], ...] = ()
    negative: bool = False
    optional: bool = False
    past: bool = False
    must: bool = False
    """Not to be left empty while the fields beside it are filled in."""
    groups: tuple[tuple[Texts, tuple[str, ...]], ...] = ()
    """Headings over a long list of choices, each with the choices under it."""


@dataclass(frozen=True)
class Question:
    """One thing to ask: its words, its fields, and on which earlier answers it is asked."""

    id: str
    text: Texts
    label: Texts
    parts: tuple[Part, ...]
    help: Texts | None = None
    when: Any = None
    assume: Texts | None = None
    """What is taken of who does not know, where the outcome always hangs on it."""

    @property
    def one(self) -> Part | None:
        """The field of a question that has one."""
        return self.parts[0] if len(self.parts) == 1 else None


@dataclass(frozen=True)
class Group:
    """Questions that are put again for each holder, aid and so on: a gate, then what is asked."""

    id: str
    most: int
    first: Question
    again: Question
    name: Texts
    questions: tuple[Question, ...]
    adds: Mapping[str, Any]
    when: Any = None


@dataclass(frozen=True)
class Tool:
    """One of the six: its words, its questions, and the law's input as a template."""

    id: str
    slug: str
    title: Texts
    lead: Texts
    names: Mapping[str, Texts]
    items: tuple[Question | Group, ...]
    input: Mapping[str, Any]
    stop: Any
    needs: tuple[str, ...]
    example: Mapping[str, tuple[str, ...]]
    example_says: Texts
    accounts: Mapping[str, Any]
    finds: Mapping[str, tuple[str, ...]]
    """Words of a question put to the search that this tool answers, by language."""

    def questions(self) -> Iterator[Question]:
        """Every question, also the gates and those of the groups."""
        for item in self.items:
            if isinstance(item, Group):
                yield item.first
                yield from item.questions
            else:
                yield item


@cache
def load(tool: str) -> Tool:
    """A tool by its id."""
    raw = own_yaml(HERE / f"{tool}.yaml")
    shared = raw.get("shared", {})
    return Tool(
        tool,
        raw["slug"],
        raw["title"],
        raw["lead"],
        raw.get("names", {}),
        tuple(_item(i, shared) for i in raw["questions"]),
        raw["input"],
        raw.get("stop"),
        tuple(raw.get("needs", ())),
        {k: _values(v) for k, v in raw["example"]["answers"].items()},
        raw["example"]["says"],
        raw.get("accounts", {}),
        {lang: tuple(listed) for lang, listed in raw.get("finds", {}).items()},
    )


def tools() -> tuple[Tool, ...]:
    """The six, in the order of the index."""
    return tuple(load(name) for name in TOOLS)


def by_slug(slug: str) -> Tool | None:
    """The tool of an address."""
    return next((t for t in tools() if t.slug == slug), None)


TOOL_OF = {
    "size": "size",
    "headcount": "size",
    "turnover": "size",
    "balance_total": "size",
    "small_company": "size",
    "in_difficulty": "difficulty",
    "de_minimis_room_left": "de_minimis",
    "de_minimis_received": "de_minimis",
    "rnd_class": "delineate",
}
"""The facts of the vocabulary that a tool works out."""


def for_facts(facts: Iterable[str]) -> list[Tool]:
    """The tools that work out what is not known, each once."""
    return [load(name) for name in dict.fromkeys(TOOL_OF[f] for f in facts if f in TOOL_OF)]


def for_need(need: str, lang: str) -> list[Tool]:
    """The tools that answer what somebody types in the search, by a few words of each.

    >>> [t.slug for t in for_need("Ben ik een KMO?", "nl")]
    ['kmo']
    """
    typed = f" {' '.join(WORDS.findall(need.lower().replace('’', APOSTROPHE)))} "
    return [
        tool
        for tool in tools()
        if any(f" {' '.join(WORDS.findall(w))} " in typed for w in tool.finds.get(lang, ()))
    ]


WORDS = re.compile(r"[\w']+")
APOSTROPHE = "'"


def _values(raw: Any) -> tuple[str, ...]:
    return tuple(str(v) for v in (raw if isinstance(raw, list) else [raw]))


def _item(raw: Mapping[str, Any], shared: Mapping[str, Any]) -> Question | Group:
    if raw["kind"] != "group":
        return _question(raw, shared)
    first = _question({**raw["first"], "id": raw["id"], "kind": "yes_no"}, shared)
    again = {**raw["first"], "text": raw["again"], "id": raw["id"], "kind": "yes_no", "help": None}
    return Group(
        raw["id"],
        raw["most"],
        first,
        _question(again, shared),
        raw["name"],
        tuple(_question(q, shared) for q in raw["questions"]),
        raw["adds"],
        raw.get("when"),
    )


def _question(raw: Mapping[str, Any], shared: Mapping[str, Any]) -> Question:
    if "parts" in raw:
        listed = shared[raw["parts"]] if isinstance(raw["parts"], str) else raw["parts"]
        kind = {"kind": raw["kind"]} if raw["kind"] in KINDS else {}
        parts = tuple(_part({**kind, **p, **_sign(raw)}, shared) for p in listed)
    else:
        parts = (_part({**raw, "id": ""}, shared),)
    return Question(
        raw["id"], raw["text"], raw.get("label", raw["text"]), parts, raw.get("help"),
        raw.get("when"), raw.get("assume"),
    )  # fmt: skip


def _sign(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {"negative": True} if raw.get("negative") else {}


def _part(raw: Mapping[str, Any], shared: Mapping[str, Any]) -> Part:
    kind = raw["kind"]
    if kind not in KINDS:
        raise ValueError(f"{raw['id']}: no kind {kind}")
    choices: Any = ()
    if kind == "yes_no":
        choices = YES_NO
    elif kind == "choice":
        listed = shared[raw["choices"]] if isinstance(raw["choices"], str) else raw["choices"]
        choices = tuple((str(k), v) for k, v in listed.items())
    negative, optional, past, must = (
        bool(raw.get(name)) for name in ("negative", "optional", "past", "must")
    )
    heads = tuple((g["text"], tuple(g["of"])) for g in raw.get("groups", ()))
    return Part(raw["id"], kind, raw["text"], choices, negative, optional, past, must, heads)
