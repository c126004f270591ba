"""How well the search finds the right help, and the right need.

Run: ``python bench/search/measure.py [--half develop|test|all] [--ablate] [--misses] [--questions]
[--hide SHARE]``.

Three sets, none of which the search learned from when ``--half test`` is asked (the default):

* **stories**: published stories, parted by site; right is what helped, as far as it is a record.
  It is one known help of many, so part of the misses are no mistakes.
* **judged**: the same stories' problems, where a reader who did not know what the search finds
  graded every instrument and organisation of the researched catalogue (3, 2, 1 or 0). nDCG@5
  (Jarvelin and Kekalainen 2002) with gains 2^grade - 1; useful is a grade of 2 or 3. What was added
  since nobody judged for them: it is left out of the five, and counts as useless among the doors.
* **fresh**: short statements by a second reader who had not seen the records' own sentences, in
  written Dutch, dialect with typing errors, French and English; and requests that are no need.

A story is never its own evidence: what lends weight to it comes from other sites, and for the test
half only from the development half. Intervals are the percentile bootstrap's (Efron 1979) over
needs, 2,000 draws with a fixed seed.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from unittest.mock import patch

import numpy as np
from cases import Case, Key, fresh_cases, read, story_cases

from baken.kernel.errors import BakenError
from baken.landscape.stories import halves, site
from baken.match.advised import load_advised
from baken.match.distress import cry
from baken.match.engine import Engine, default_engine
from baken.match.model import Answer, Query
from baken.match.rank import WEIGHTS
from baken.match.search import embed_query
from baken.match.understand import NONE
from baken.match.words import stem, tokens
from baken.needs import load_needs

AS_OF = date(2026, 11, 25)
TOP = 5
DRAWS = 2000
TYPES = ("instrument", "organisation")
MAX_QUESTIONS = 5


def engine_for(engine: Engine, case: Case) -> Engine:
    """The engine without what a story's own site told; for the test half, without that half."""
    if case.story is None:
        return engine
    sides, own = halves(engine.stories.stories), site(case.story)
    test = sides[case.story.id] == "test"
    sites = {s.id: site(s) for s in engine.stories.stories}
    seen = [
        s.id
        for s in engine.stories.stories
        if site(s) != own and not (test and sides[s.id] == "test")
    ]
    lent = [sites.get(a.story or "") != own for a in engine.advice.advised]
    return replace(engine, stories=engine.stories.keep(seen), advice=engine.advice.keep(lent))


def ask(engine: Engine, case: Case, facts: Mapping[str, Any], asked: Sequence[str] = ()) -> Answer:
    """The answer to a need; a place that no register knows is left out."""
    told = dict(facts)
    while True:
        try:
            query = Query(need=case.need, facts=told, as_of=AS_OF, limit=60, asked=list(asked))
            return engine.answer(query)
        except BakenError as e:
            name = e.path.removeprefix("facts.").split(".")[0]
            if name not in told:
                raise
            del told[name]


def after_questions(engine: Engine, case: Case) -> Answer:
    """The answer after at most five questions, answered as far as the story tells; else unknown.

    The search begins without any fact but the firm's sector.
    """
    known = dict(case.facts)
    told: dict[str, Any] = {k: known.pop(k) for k in ("sector",) if k in known}
    asked: list[str] = []
    answer = ask(engine, case, told, asked)
    while answer.next_question is not None and len(asked) < MAX_QUESTIONS:
        fact = answer.next_question.fact
        asked.append(fact)
        place = {"province": "municipality", "region": "municipality"}.get(fact, fact)
        for name in (fact, place):
            if name in known:
                told[name] = known[name]
        answer = ask(engine, case, told, asked)
    return answer


def measure(engine: Engine, case: Case, questions: bool = False) -> dict[str, Any]:
    """What was found for a need: hits, gains and needs, as numbers from 0 to 1."""
    own = engine_for(engine, case)
    answer = after_questions(own, case) if questions else ask(own, case, case.facts)
    usable = [o for o in answer.offers if o.verdict != "excluded"]
    row: dict[str, Any] = {"case": case, "codes": float(_right_need(answer, case))}
    row["top"] = [f"{o.type}/{o.id}" for o in usable[:TOP]]
    row["needs"] = [n.code for n in answer.needs[:2]]
    if case.right:
        hits = []
        for kind in TYPES:
            right = {i for t, i in case.right if t == kind}
            if right:
                five = [o.id for o in usable if o.type == kind][:TOP]
                row[kind] = float(bool(right & set(five)))
                hits.append(row[kind])
        if hits:
            row["either type"] = max(hits)
    if case.grades is not None:
        judged = [(o.type, o.id) for o in usable if (o.type, o.id) in _researched()]
        row |= _graded(judged, case.grades, "")
        for kind in TYPES:
            of_kind = {k: g for k, g in case.grades.items() if k[0] == kind}
            row |= _graded([k for k in judged if k[0] == kind], of_kind, f" {kind}s")
        if answer.route is not None:
            doors = [case.grades.get(("organisation", d), 0.0) for d in answer.route.doors]
            row["first door useful"] = float(bool(doors) and doors[0] >= 2)
            row["a door useful"] = float(max(doors, default=0.0) >= 2)
    return row


@cache
def _researched() -> frozenset[Key]:
    """The records that the judges of the stories saw: those of before the ones added last."""
    records = default_engine().catalogue.records
    return frozenset((r.type, r.id) for r in records if (r.added_on or "") < "2026-11-25")


def _right_need(answer: Answer, case: Case) -> bool:
    return bool({n.code for n in answer.needs[:2]} & case.codes)


def _graded(found: Sequence[Key], grades: Mapping[Key, float], of: str) -> dict[str, Any]:
    ideal = sorted((2**g - 1 for g in grades.values()), reverse=True)[:TOP]
    best = sum(g / np.log2(at + 2) for at, g in enumerate(ideal))
    if not best:
        return {}
    got = [grades.get(k, 0.0) for k in found[:TOP]]
    gain = sum((2**g - 1) / np.log2(at + 2) for at, g in enumerate(got))
    return {
        f"nDCG@5{of}": gain / best,
        f"useful{of}": sum(g >= 2 for g in got) / TOP,
        f"first useful{of}": float(bool(got) and got[0] >= 2),
    }


def interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Mean and its 95 % bootstrap interval."""
    data = np.array(values, dtype=float)
    draws = np.random.default_rng(1).choice(data, (DRAWS, len(data))).mean(axis=1)
    low, high = np.percentile(draws, [2.5, 97.5])
    return float(data.mean()), float(low), float(high)


SHORT = ("codes", "either type", "nDCG@5", "useful", "first useful", "first door useful")
"""The figures that a line of a group shows."""


def report(found: Sequence[Mapping[str, Any]], whole: bool = True) -> None:
    """Print each figure with its interval, a line each (``whole``) or the main ones in one line."""
    names = dict.fromkeys(n for row in found for n, v in row.items() if isinstance(v, float))
    line = []
    for name in names:
        values = [row[name] for row in found if name in row]
        mean, low, high = interval(values)
        if whole:
            print(f"  {name:27} {mean:.2f}  ({low:.2f} to {high:.2f}, n={len(values)})")
        elif name in SHORT:
            line.append(f"{name} {mean:.2f} ({low:.2f}-{high:.2f})")
    if not whole:
        print("   " + ", ".join(line))


def by_group(found: Sequence[Mapping[str, Any]]) -> None:
    """Print one line for each group of needs."""
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in found:
        for group in row["case"].groups:
            groups[group].append(row)
    for group, members in sorted(groups.items()):
        print(f"  {group} ({len(members)}):")
        report(members, whole=False)


class Deaf:
    """A classifier that hears nothing: the needs then follow from cues alone."""

    def scores(self, vector: Any) -> dict[str, float]:
        return dict.fromkeys((*load_needs(), NONE), 0.0)


def _whole_words(text: str, known: Collection[str], lang: str = "nl") -> list[str]:
    return [stem(word, lang) for word in tokens(text)]


LEFT_OUT: Mapping[str, tuple[str, str, Any]] = {
    "spelling": ("search", "correct", lambda word, known: None),
    "compounds": ("search", "terms", _whole_words),
    "dialect": ("search", "written", lambda text: text),
    "cues": ("understand", "CUE_WEIGHT", 0.0),
    "nearest lessons": ("understand", "NEAR_SHARE", 0.0),
    "classifier": ("understand", "classifier", Deaf),
}
"""What is left out beside the parts of the score: module, name, and what stands there instead."""


def ablate(engine: Engine, stories: Sequence[Case], fresh: Sequence[Case]) -> None:
    """Print the figures of all and of each group with each thing left out in turn."""
    for part in WEIGHTS:
        weights = {k: v for k, v in WEIGHTS.items() if k != part}
        _without(part, replace(engine, weights=weights), stories, fresh)
    for name, (module, attribute, instead) in LEFT_OUT.items():
        with patch.object(sys.modules[f"baken.match.{module}"], attribute, instead):
            _without(name, engine, stories, fresh)


def _without(name: str, engine: Engine, stories: Sequence[Case], fresh: Sequence[Case]) -> None:
    print(f"without {name}:")
    for kind, cases in (("stories", stories), ("fresh", fresh)):
        found = [measure(engine, c) for c in cases]
        if found:
            print(f"  all {kind} ({len(found)}):")
            report(found, whole=False)
            by_group(found)


def hide(engine: Engine, share: float) -> Engine:
    """The engine as if nobody had judged a share of the records, drawn with a fixed seed."""
    advice = engine.advice
    drawn = np.random.default_rng(3).random(advice.grades.shape[1]) < share
    seen = np.where(drawn, 0, 1).astype(np.float32)
    parts = {name: getattr(advice, name) * seen for name in ("grades", "known", "judged")}
    return replace(engine, advice=replace(advice, **parts))


def popular(cases: Sequence[Case]) -> None:
    """Print the bound: always the five records that helped, or were named, most elsewhere."""
    learned = story_cases("develop")
    for kind in TYPES:
        counts = Counter(k for c in learned for k in c.right if k[0] == kind)
        five = {k for k, _ in counts.most_common(TOP)}
        own = [c for c in cases if any(t == kind for t, _ in c.right)]
        hits = sum(bool(c.right & five) for c in own) / max(1, len(own))
        print(f"  always the most popular {kind}s: {hits:.2f}")
    named: Counter[Key] = Counter()
    for need in load_advised():
        for k, g in need.grades.items():
            named[k] += int(2**g - 1)
    five_named = [k for k, _ in named.most_common(TOP)]
    lines = [_graded(five_named, c.grades, "") for c in cases if c.grades]
    means = {n: np.mean([r[n] for r in lines if r]) for n in ("nDCG@5", "useful", "first useful")}
    print("  always the five named most: " + ", ".join(f"{n} {m:.2f}" for n, m in means.items()))


def no_needs(engine: Engine) -> None:
    """Print how many requests that are no need get no guesses, and how many needs are refused."""

    def refused(need: str) -> bool:
        return engine.answer(Query(need=need, as_of=AS_OF)).unmet

    for name in ("no_need.yaml", "no_need_fresh.yaml"):
        others = read(name)
        seen = sum(refused(need) for need in others)
        print(f"  {name}: {seen} of {len(others)} get no guesses")
    needs = [c.need for c in (*fresh_cases(), *story_cases("test"))]
    print(f"  so do {sum(refused(need) for need in needs)} of {len(needs)} needs")


def cries() -> None:
    """Print how many cries for help are heard, and how many questions of a firm are taken for one:
    texts of a second reader, who saw nothing that cries are known by.
    """
    for name, each in read("distress_fresh.yaml").items():
        found = [cry(text, embed_query(text)) for text in each]
        sure = sum(c is not None and c.sure for c in found)
        beside = sum(c is not None for c in found) - sure
        print(f"  {name}: of {len(each)}, who listens goes first for {sure}, "
              f"is named beside the answer for {beside}")  # fmt: skip


def main() -> None:
    """Measure the sets; then, when asked, with each part of the score left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=["develop", "test", "all"], default="test")
    parser.add_argument("--ablate", action="store_true", help="leave each part out in turn")
    parser.add_argument("--misses", action="store_true", help="print what was missed")
    parser.add_argument("--questions", action="store_true", help="after at most five questions")
    parser.add_argument(
        "--hide", type=float, default=0.0, help="as if nobody judged this share of the records"
    )
    args = parser.parse_args()
    engine = hide(default_engine(), args.hide)
    stories = story_cases(args.half)
    print(f"stories, {args.half} half: {len(stories)}")
    found = [measure(engine, c, args.questions) for c in stories]
    report(found)
    popular(stories)
    by_group(found)
    fresh = [] if args.half == "develop" else [measure(engine, c) for c in fresh_cases()]
    if fresh:
        print(f"fresh statements: {len(fresh)}")
        report(fresh)
        by_group(fresh)
        print("no need:")
        no_needs(engine)
        print("cries for help:")
        cries()
    if args.misses:
        for row in (*found, *fresh):
            if not row["codes"] or row.get("useful", 1) < 0.4 or row.get("either type") == 0:
                case = row["case"]
                print(f"- {case.need}\n    needs {row['needs']}, right {sorted(case.codes)}")
                print(f"    found {row['top']}\n    right {sorted(case.right)}")
    if args.ablate:
        ablate(engine, stories, [] if args.half == "develop" else fresh_cases())


if __name__ == "__main__":
    main()
