"""Learn how much each part of the score counts, from the advised needs.

Run: ``python bench/search/learn.py`` prints weights for ``WEIGHTS`` in ``match/rank.py``.

Logistic regression (scikit-learn) of "useful" (a grade of 2 or 3, a 3 counting double) on the
parts, over every advised need and every instrument and organisation. A need never lends to itself,
nor does one of the same site. A part that would count against (a negative weight) is left out and
the others are learned again. Nothing here reads the test half.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from sklearn.linear_model import LogisticRegression

from baken.landscape.stories import site
from baken.match.advised import load_advised
from baken.match.engine import Engine, default_engine, read_needs
from baken.match.firm import Firm
from baken.match.heard import Heard
from baken.match.rank import parts_of
from baken.match.setting import Setting, firm_of
from baken.match.verdict import Judged

AS_OF = date(2026, 11, 25)
TAUGHT = ("instrument", "organisation")


def lessons() -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
    """Names of the parts, a row per need and record, whether it is useful, how much it counts."""
    engine = default_engine()
    records = engine.catalogue.records
    sites = {s.id: site(s) for s in engine.stories.stories}
    advised = load_advised()
    taught = np.array([r.type in TAUGHT for r in records])
    rows: list[np.ndarray] = []
    useful: list[np.ndarray] = []
    counts: list[np.ndarray] = []
    names: list[str] = []
    for at, need in enumerate(advised):
        home = sites.get(need.story or "")
        others = [
            i != at and (home is None or sites.get(a.story or "") != home)
            for i, a in enumerate(advised)
        ]
        told = [s.id for s in engine.stories.stories if sites[s.id] != home]
        firm = firm_of(need.facts, need.need, AS_OF)
        found = parts(engine, need.need, firm, others, told)
        names = list(found)
        table = np.stack([found[n] for n in names], axis=1)
        grades = np.array([need.grades.get((r.type, r.id), 0.0) for r in records])
        judged = Judged(engine.judge, engine.catalogue, firm.values, AS_OF)
        out = np.array([judged[(r.type, r.id)].verdict == "excluded" for r in records])
        keep = taught & ~out
        rows.append(table[keep])
        useful.append(grades[keep] >= 2)
        counts.append(np.where(grades[keep] >= 3, 2.0, 1.0))
    return names, np.concatenate(rows), np.concatenate(useful), np.concatenate(counts)


def parts(
    engine: Engine, need: str, firm: Firm, others: list[bool], told: list[str]
) -> dict[str, np.ndarray]:
    """Every part of the score of each record for a need."""
    heard = Heard.of(need, engine.index, engine.names)
    vector = heard.meant
    needs = read_needs(need, heard.vector)
    setting = Setting.of(firm)
    retrieved = {r.name: r.scores(need, vector) for r in engine.index.retrievers}
    near = np.maximum.reduce(list(retrieved.values()))
    retrieved["advice"] = engine.advice.keep(others).lend(vector, needs, setting, near, heard.above)
    stories = engine.stories.keep(told)
    retrieved["stories"] = stories.lend(vector, engine.places)
    retrieved["helped"] = stories.helped(engine.places)
    return parts_of(engine.table, retrieved, needs, setting)


def main() -> None:
    """Print the weights, scaled so that the largest is one."""
    names, table, useful, counts = lessons()
    print(f"{len(load_advised())} advised needs, {len(table)} rows, {useful.sum()} useful")
    kept = [n for n in names if table[:, names.index(n)].std() > 0]
    while True:
        at = [names.index(n) for n in kept]
        model = LogisticRegression(C=10.0, max_iter=5000)
        model.fit(table[:, at], useful, sample_weight=counts)
        found = dict(zip(kept, model.coef_[0], strict=True))
        worst = min(found, key=lambda n: found[n])
        if found[worst] > 0:
            break
        print(f"  {worst} would count against ({found[worst]:.2f}): left out")
        kept.remove(worst)
    most = max(found.values())
    for name, weight in found.items():
        print(f'    "{name}": {weight / most:.2f},')


if __name__ == "__main__":
    main()
