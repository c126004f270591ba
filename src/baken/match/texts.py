"""Sentences of the answer in Dutch, English and French, kept beside the code in YAML."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from baken.kernel.files import own_yaml


@lru_cache(maxsize=1)
def _texts() -> Mapping[str, Mapping[str, str]]:
    path = Path(__file__).parent / "data" / "texts.yaml"
    raw: Mapping[str, Mapping[str, str]] = own_yaml(path)
    return raw


def say(key: str, lang: str, **values: object) -> str:
    """The sentence ``key`` in ``lang``, with its values filled in."""
    return _texts()[key][lang].format(**values)


def pick(texts: Mapping[str, str | None], lang: str) -> str:
    """A text in ``lang``, else in Dutch, else in whatever language there is."""
    return texts.get(lang) or texts.get("nl") or next((t for t in texts.values() if t), "")
