"""What an alarm is about: a small taxonomy, each kind with the needs that it points to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml
from baken.signals.series import Series

Texts = Mapping[str, str]
LANGS = ("nl", "en", "fr")
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class AlarmKind:
    """A kind of alarm: the series it is about, which way is bad, the needs, a first step."""

    id: str
    series: tuple[str, ...]
    words: tuple[str, ...]
    way: str
    needs: tuple[str, ...]
    check: Texts


@lru_cache(maxsize=1)
def kinds() -> tuple[AlarmKind, ...]:
    """All kinds, as in ``data/kinds.yaml``."""
    return tuple(
        AlarmKind(r["id"], tuple(r["series"]), tuple(r["words"]), r["way"], tuple(r["needs"]),
                  r["check"])
        for r in own_yaml(DATA / "kinds.yaml")
    )  # fmt: skip


def kind_of(series: Series, way: str) -> AlarmKind:
    """The kind of an alarm on a series that moved a way (``down``, ``up``)."""
    name = f"{series.name} {series.id}".casefold()
    for kind in kinds():
        fits = any(fnmatchcase(series.id, pattern) for pattern in kind.series)
        fits = fits or any(word in name for word in kind.words)
        if fits and kind.way in (way, "both"):
            return kind
    return kinds()[-1]


BALANCE = re.compile(r"saldo|balance|solde|^kas$|^cash$|bankrekening|liquide|tr[ée]sorerie")
FLOW = re.compile(r"flow|stroom|flux|ontvang|uitga|encaiss|d[ée]caiss")


def is_balance(series: Series) -> bool:
    """Whether a series is what stands on an account, of those that people named: below nought the
    money is gone, while a cash flow may be so any month."""
    name = (series.name or series.id).casefold()
    if FLOW.search(name) or kind_of(series, "down").id != "cash_low":
        return False
    return BALANCE.search(name) is not None


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Texts]:
    found: Mapping[str, Texts] = own_yaml(DATA / "words.yaml")
    return found


def say(code: str, **values: Any) -> dict[str, str]:
    """A sentence in three languages; a value that is a mapping holds one word a language."""
    texts = _words()[code]
    return {
        lang: texts[lang].format(
            **{k: v[lang] if isinstance(v, Mapping) else v for k, v in values.items()}
        )
        for lang in LANGS
    }


def joined(sentences: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Sentences one after the other, in each language."""
    return {lang: " ".join(s[lang] for s in sentences) for lang in LANGS}
