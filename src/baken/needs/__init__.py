"""Floor 1: what firms lack. The taxonomy of needs, the themes and the routes, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

THEMES = (
    "agrofood",
    "agriculture",
    "construction",
    "wood-furniture",
    "textile-fashion",
    "chemistry-plastics",
    "materials",
    "manufacturing-mechatronics",
    "electronics",
    "digital-ai-cyber",
    "energy-cleantech",
    "circular",
    "health-care",
    "logistics-mobility",
    "blue",
    "creative-gaming-culture",
    "retail-hospitality-services",
    "horizontal",
)
"""Level 1 of the themes; ``horizontal`` is for all."""


def _read(path: Path) -> Any:
    """A file of data; with libyaml, where it is there, in a tenth of the time."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506


@dataclass(frozen=True)
class Need:
    """A need: code (``N01`` to ``N14``), label and sentence per language, cues per language."""

    code: str
    label: Mapping[str, str]
    says: Mapping[str, str]
    cues: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def load_needs() -> Mapping[str, Need]:
    """The fourteen needs by code, in their order."""
    path = Path(__file__).parent / "data" / "needs.yaml"
    raw = _read(path)
    return {
        n["code"]: Need(
            n["code"], n["label"], n["says"], {k: tuple(v) for k, v in n["cues"].items()}
        )
        for n in raw
    }


@lru_cache(maxsize=1)
def load_sentences() -> Mapping[str, tuple[str, ...]]:
    """Sentences in which owners tell each need, by code; ``none`` holds what is no need."""
    path = Path(__file__).parent / "data" / "sentences.yaml"
    raw: dict[str, dict[str, list[str]]] = _read(path)
    return {code: tuple(s for one in by.values() for s in one) for code, by in raw.items()}


@dataclass(frozen=True)
class Statement:
    """A short statement of an owner, and the one or two needs that it tells."""

    need: str
    codes: tuple[str, ...]


@lru_cache(maxsize=1)
def load_statements() -> tuple[Statement, ...]:
    """Short statements by need, in written and spoken Dutch, French and English."""
    path = Path(__file__).parent / "data" / "statements.yaml"
    raw: dict[str, list[dict[str, Any]]] = _read(path)
    return tuple(Statement(r["need"], tuple(r["codes"])) for rows in raw.values() for r in rows)


@lru_cache(maxsize=1)
def load_no_needs() -> tuple[str, ...]:
    """Texts that are no need of a firm."""
    path = Path(__file__).parent / "data" / "no_needs.yaml"
    return tuple(_read(path))
