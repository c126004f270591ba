"""The law as data: every figure names act and article and holds on its days alone; every sentence
stands in three languages with the same values in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from baken.kernel.files import own_yaml
from baken.law.parameters import FOLDER, load
from baken.law.steps import FOLDER as TEXTS
from baken.law.steps import LANGS

VERSIONS = "de_minimis"
"""Its rows are versions of regulations, each with its figures."""
TOPICS = sorted(p.stem for p in FOLDER.glob("*.yaml"))
MAP = "Belgian regional aid map"
"""A decision without articles: the kind of area stands in the article's place."""
Row = tuple[str, str, str, date, date | None]


def rows(topic: str) -> list[Row]:
    """What each figure of a topic is of: id, act, article, first and last day."""
    if topic == VERSIONS:
        raw: list[dict[str, Any]] = own_yaml(FOLDER / f"{topic}.yaml")
        return [(r["regime"], r["act"], r["article"], r["from"], r["to"]) for r in raw]
    return [(p.id, p.act, p.article, p.valid_from, p.valid_to) for p in load(topic)]


def sentences() -> Iterator[Any]:
    for path in sorted(TEXTS.glob("*.yaml")):
        for code, says in own_yaml(path).items():
            yield pytest.param(path, code, says, id=f"{path.stem}:{code}")


def values_of(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("topic", TOPICS)
def test_every_figure_names_act_and_article(topic: str) -> None:
    for name, act, article, _, _ in rows(topic):
        assert act.strip(), name
        assert article.strip() if act.startswith(MAP) else "art. " in article, name


@pytest.mark.parametrize("topic", TOPICS)
def test_a_figure_has_one_value_a_day(topic: str) -> None:
    by_id: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for name, _, _, start, end in rows(topic):
        assert end is None or start <= end, name
        by_id[name].append((start, end or date.max))
    for name, days in by_id.items():
        for (_, end), (start, _) in pairwise(sorted(days)):
            assert end < start, f"{name} has two values on {start}"


@pytest.mark.parametrize(("path", "code", "says"), list(sentences()))
def test_every_sentence_in_three_languages(path: Path, code: str, says: dict[str, str]) -> None:
    assert set(says) == set(LANGS)
    assert all(isinstance(says[lang], str) and says[lang].strip() for lang in LANGS)
    assert len({frozenset(values_of(says[lang])) for lang in LANGS}) == 1


def test_no_code_stands_twice() -> None:
    codes = [code for path in TEXTS.glob("*.yaml") for code in own_yaml(path)]
    assert len(codes) == len(set(codes))
