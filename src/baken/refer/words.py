"""Words of a handover in three languages, from ``data/words.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from baken.kernel.files import own_yaml


@dataclass(frozen=True)
class Refusal:
    """A reason to refuse. ``corrects``: the part of the receiver's record that seems wrong
    then, or None.
    """

    code: str
    corrects: str | None
    says: Mapping[str, str]


def _refusals(raw: Mapping[str, dict[str, str]]) -> dict[str, Refusal]:
    return {code: Refusal(code, said.pop("corrects"), said) for code, said in raw.items()}


_WORDS = own_yaml(Path(__file__).parent / "data" / "words.yaml")
REFUSALS = _refusals(_WORDS["refusals"])
FIGURES_LEFT: Mapping[str, str] = _WORDS["figures_left"]
"""Said where the reasoning of a rule goes along without its figures."""
