"""Helplines that anyone may call: their numbers, each with its source (``data/helplines.yaml``)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from baken.kernel.files import own_yaml

DATA = Path(__file__).parent / "data" / "helplines.yaml"


class Call(BaseModel, frozen=True, extra="forbid"):
    """A line to call, in the reader's words."""

    name: str
    number: str


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = own_yaml(DATA)
    return found


def calls(kind: str, lang: str) -> list[Call]:
    """Whom to call for a kind of cry, the first one first."""
    lines = (_data()["lines"][name] for name in _data()["calls"][kind][lang])
    return [Call(name=line["says"][lang], number=line["number"]) for line in lines]


def number_of(organisation: str) -> str:
    """The number of an organisation that is a helpline; empty for any other."""
    return str(_data()["lines"].get(organisation, {}).get("number", ""))
