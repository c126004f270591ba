"""How well the search finds what helped real firms: published stories, parted by site.

Run: ``python bench/search/stories.py [--half develop|test|all] [--ablate] [--misses] [--group]``.

The query is the problem as the owner would tell it, with the firm's sector, place and size where
the page tells them; right is what helped, as far as it is a record of the catalogue. A story is
never its own evidence: only stories of *other sites*, and for the test half only stories of the
development half, lend weight to what helped them. Weights are chosen on ``develop``.
Intervals are the percentile bootstrap's (Efron 1979) over stories, 2,000 draws, fixed seed.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from measure import interval

from baken.kernel.errors import BakenError
from baken.landscape.stories import halves, site
from baken.landscape.story import Story
from baken.match.engine import Engine, default_engine
from baken.match.model import Answer, Query
from baken.match.rank import WEIGHTS

AS_OF = date(2026, 11, 25)
TOP = 5
TYPES = ("instrument", "organisation")


@dataclass(frozen=True)
class Case:
    """A story as a query: its facts, and the records that helped, by type."""

    story: Story
    facts: Mapping[str, Any]
    right: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, story: Story) -> Case:
        right = {t: frozenset(h.id for h in story.helped_by if h.type == t and h.id) for t in TYPES}
        return cls(story, story_facts(story), right)


def story_facts(story: Story) -> dict[str, Any]:
    """What the page tells of the firm, as facts of a query."""
    firm = story.firm
    facts: dict[str, Any] = {"sector": firm.does}
    if firm.municipality:
        facts["municipality"] = firm.municipality
    elif firm.province:
        facts["province"] = firm.province
    elif firm.region != "unknown":
        facts["region"] = firm.region
    if firm.headcount is not None:
        facts["headcount"] = firm.headcount
    elif firm.size != "unknown":
        facts["size"] = firm.size
    return facts


def cases(stories: Sequence[Story]) -> list[Case]:
    """The stories that a record helped: the others can't be found."""
    return [c for c in map(Case.of, stories) if any(c.right.values())]


def answer(engine: Engine, case: Case, limit: int = 60) -> Answer:
    """The answer to a story's problem; a place that no register knows is left out."""
    facts = dict(case.facts)
    while True:
        try:
            query = Query(need=case.story.problem, facts=facts, as_of=AS_OF, limit=limit)
            return engine.answer(query)
        except BakenError as e:
            name = e.path.removeprefix("facts.").split(".")[0]
            if name not in facts:
                raise
            del facts[name]


def engine_for(engine: Engine, case: Case, half: Mapping[str, str]) -> Engine:
    """The engine without what a story's own site told; for the test half, without that half."""
    own = site(case.story)
    test = half[case.story.id] == "test"
    seen = [
        s.id
        for s in engine.stories.stories
        if site(s) != own and not (test and half[s.id] == "test")
    ]
    return replace(engine, stories=engine.stories.keep(seen))


def measure(
    engine: Engine, chosen: Sequence[Case], half: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Per story: a right offer in the first five, over all and per type, and needs."""
    rows = []
    for case in chosen:
        found = answer(engine_for(engine, case, half), case)
        usable = [o for o in found.offers if o.verdict != "excluded"]
        right = {(t, i) for t, ids in case.right.items() for i in ids}
        row: dict[str, Any] = {"story": case.story, "groups": groups(case.story)}
        row["any"] = any((o.type, o.id) in right for o in usable[:TOP])
        row["either"] = False
        for t in TYPES:
            if case.right[t]:
                five = [o.id for o in usable if o.type == t][:TOP]
                row[t] = bool(case.right[t] & set(five))
                row["either"] = row["either"] or row[t]
        row["codes"] = bool({n.code for n in found.needs[:2]} & set(case.story.needs))
        row["top"] = [o.id for o in usable[:TOP]]
        row["needs"] = [n.code for n in found.needs[:2]]
        rows.append(row)
    return rows


def groups(story: Story) -> list[str]:
    """The groups of stories that are looked at apart."""
    found = []
    if story.firm.size == "micro":
        found.append("very small")
    if story.needs[0] == "N13" or any(h.role == "training" for h in story.helped_by):
        found.append("training")
    if story.phase == "crisis" or story.trigger == "crisis":
        found.append("crisis")
    if story.research is False or story.degree == "no_innovation":
        found.append("no research")
    return found


def most_popular(chosen: Sequence[Case], learned: Sequence[Case]) -> dict[str, float]:
    """The bound: always the five records that helped most in the other half."""
    shares = {}
    for t in TYPES:
        counts = Counter(i for c in learned for i in c.right[t])
        five = {i for i, _ in counts.most_common(TOP)}
        hits = [bool(c.right[t] & five) for c in chosen if c.right[t]]
        shares[t] = sum(hits) / max(1, len(hits))
    return shares


def report(rows: Sequence[Mapping[str, Any]], name: str = "") -> None:
    """One line: means, with intervals when it is the whole."""
    parts = []
    for key in ("either", *TYPES, "any", "codes"):
        values = [float(r[key]) for r in rows if key in r]
        if values:
            mean, low, high = interval(values)
            parts.append(f"{key} {mean:.2f} ({low:.2f}-{high:.2f}, n={len(values)})")
    print(f"  {name:12}" + "  ".join(parts))


def main() -> None:
    """Measure on a half, per group, against the most popular, and with each part left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=["develop", "test", "all"], default="develop")
    parser.add_argument("--ablate", action="store_true", help="leave each part out in turn")
    parser.add_argument("--misses", action="store_true", help="print what was missed")
    args = parser.parse_args()
    engine = default_engine()
    half = halves(engine.stories.stories)
    every = cases(engine.stories.stories)
    chosen = [c for c in every if args.half in ("all", half[c.story.id])]
    print(f"{args.half}: {len(chosen)} stories that a record helped, of {len(half)}")
    rows = measure(engine, chosen, half)
    report(rows, "all")
    by_group: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        for group in row["groups"]:
            by_group[group].append(row)
    for group, members in sorted(by_group.items()):
        report(members, group)
    popular = most_popular(chosen, [c for c in every if half[c.story.id] == "develop"])
    told = ", ".join(f"{t} {share:.2f}" for t, share in popular.items())
    print(f"  always the most popular of the development half: {told}")
    if args.misses:
        for row in rows:
            if not row["either"]:
                story = row["story"]
                helped = [h.id for h in story.helped_by if h.id]
                print(f"- {story.problem.strip()}\n    right {helped} {story.needs}")
                print(f"    found {row['top']} {row['needs']}")
    if args.ablate:
        for part in WEIGHTS:
            weights = {k: v for k, v in WEIGHTS.items() if k != part}
            report(measure(replace(engine, weights=weights), chosen, half), f"- {part}")


if __name__ == "__main__":
    main()
