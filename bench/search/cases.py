"""Needs of which it is known what helps: published stories, and a second reader's statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from baken.landscape.stories import halves, load_stories
from baken.landscape.story import Story
from baken.match.advised import load_advised

Key = tuple[str, str]


@dataclass(frozen=True)
class Case:
    """A need with what is right for it.

    ``right``: records that would help; ``grades``: of every record that was named (None: nobody
    judged); ``groups``: the kinds of needs that are looked at apart.
    """

    need: str
    facts: Mapping[str, Any]
    codes: frozenset[str]
    groups: tuple[str, ...]
    right: frozenset[Key] = frozenset()
    grades: Mapping[Key, float] | None = None
    story: Story | None = None


def groups_of(story: Story) -> tuple[str, ...]:
    """The groups that a story belongs to."""
    found = ["very small"] if story.firm.size == "micro" else []
    if story.needs[0] == "N13" or any(h.role == "training" for h in story.helped_by):
        found.append("training")
    if story.phase == "crisis" or story.trigger == "crisis":
        found.append("crisis")
    if story.research is False or story.degree == "no_innovation":
        found.append("no research")
    return tuple(found)


def key(name: str) -> Key:
    """The key of a record by ``type/id``."""
    kind, _, record_id = name.partition("/")
    return kind, record_id


@cache
def read(name: str) -> Any:
    """A file that stands beside this one."""
    return yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))


def story_cases(half: str) -> list[Case]:
    """Stories of a half that a record helped, with their grades where they were judged."""
    stories = load_stories()
    sides = halves(stories)
    judged = {r["story"]: r for r in read("judged_test.yaml")}
    graded: dict[str, Mapping[Key, float]] = {
        sid: {key(k): float(g) for k, g in r["grades"].items()} for sid, r in judged.items()
    }
    graded |= {a.story: a.grades for a in load_advised() if a.story}
    found = []
    for s in stories:
        if half != "all" and sides[s.id] != half:
            continue
        right = frozenset((h.type, h.id) for h in s.helped_by if h.type and h.id)
        groups = groups_of(s)
        codes = frozenset(s.needs)
        facts = s.facts()
        grades = graded.get(s.id)
        found.append(Case(s.problem.strip(), facts, codes, groups, right, grades, s))
    return found


def fresh_cases() -> list[Case]:
    """The second reader's statements."""
    return [
        Case(
            r["need"],
            {},
            frozenset(r["codes"]),
            (r["style"],),
            frozenset(key(k) for k in r["right"]),
        )
        for r in read("fresh.yaml")
    ]
