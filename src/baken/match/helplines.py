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


CALM = "calm"


def calls(kind: str, lang: str, region: str | None = None) -> list[Call]:
    """Whom to call for a kind of cry, the first one first; for who reads a language that none of
    them speaks, as the region has it where that is known.
    """
    names = _data()["calls"][kind][lang]
    names = _data()["near"].get(kind, {}).get(lang, {}).get(region, names)
    lines = (_data()["lines"][name] for name in names)
    return [Call(name=line["says"][lang], number=line["number"]) for line in lines]


def spoken(number: str, lang: str) -> str:
    """The tongue that answers at a number, in the reader's words; empty where it is the reader's
    own or any.
    """
    for line in _data()["lines"].values():
        tongue = line.get("tongue", lang)
        if line["number"] == number and tongue != lang:
            return str(_data()["tongues"][tongue][lang])
    return ""


def number_of(organisation: str) -> str:
    """The number of an organisation that is a helpline; empty for any other."""
    return str(_data()["lines"].get(organisation, {}).get("number", ""))
