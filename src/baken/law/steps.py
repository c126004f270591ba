"""A result as a tree of steps: what was found, in three languages, and on which article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from baken.kernel.files import own_yaml
from baken.kernel.numbers import show_number

FOLDER = Path(__file__).parent / "data" / "texts"
LANGS = ("nl", "en", "fr")


@dataclass(slots=True)
class Step:
    """One step: its code, its words (made when asked for), its source, and what lies under it."""

    code: str
    values: Mapping[str, Any]
    source: str = ""
    steps: list[Step] = field(default_factory=list)

    def under(self, code: str, source: str = "", **values: Any) -> Step:
        """Add a step below this one."""
        step = Step(code, values, source)
        self.steps.append(step)
        return step

    def as_json(self) -> dict[str, Any]:
        """``{"code", "says": {nl, en, fr}, "source", "steps"}``."""
        out: dict[str, Any] = {"code": self.code, "says": tell(self.code, self.values)}
        if self.source:
            out["source"] = self.source
        if self.steps:
            out["steps"] = [s.as_json() for s in self.steps]
        return out


class Result(Protocol):
    """What a rule answers: the question's id, where it had one, and a step above all others."""

    id: str | int | None
    step: Step


def with_steps(result: Result, own: Mapping[str, Any], steps: bool) -> dict[str, Any]:
    """A result's ``own`` plain values between its id and, when asked for, its steps in words."""
    first = {} if result.id is None else {"id": result.id}
    last = {"steps": [s.as_json() for s in result.step.steps]} if steps else {}
    return {**first, **own, **last}


@lru_cache(maxsize=1)
def texts() -> Mapping[str, Mapping[str, str]]:
    """Every sentence by its code."""
    found: dict[str, Mapping[str, str]] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        for code, says in own_yaml(path).items():
            if code in found or set(says) != set(LANGS):
                raise ValueError(f"{path.name}: {code} stands twice or lacks a language")
            found[code] = says
    return found


def tell(code: str, values: Mapping[str, Any]) -> dict[str, str]:
    """The sentence of a code in each language; a value that is a code itself is told too."""
    says = texts()[code]
    return {lang: says[lang].format_map(_Shown(values, lang)) for lang in LANGS}


class _Shown(dict[str, str]):
    """Values as people read them in a language."""

    def __init__(self, values: Mapping[str, Any], lang: str) -> None:
        super().__init__()
        self._values, self._lang = values, lang

    def __missing__(self, key: str) -> str:
        return shown(self._values[key], self._lang)


def shown(value: Any, lang: str) -> str:
    """A value in words: numbers with the language's signs, codes by their text."""
    if isinstance(value, bool):
        return texts()["word.yes" if value else "word.no"][lang]
    if isinstance(value, int | Decimal):
        return show_number(value, lang)
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}"
    if isinstance(value, list | tuple):
        return ", ".join(shown(v, lang) for v in value)
    if isinstance(value, Word):
        return texts()[value.code][lang]
    return str(value)


@dataclass(frozen=True, slots=True)
class Word:
    """A word that has a text of its own, such as a class of size."""

    code: str


def plain(value: Decimal | None) -> int | float | None:
    """A number for JSON: whole where it is whole."""
    if value is None:
        return None
    whole = value.to_integral_value()
    return int(whole) if whole == value else float(value)
