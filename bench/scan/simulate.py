"""What six answers can bear: simulated firms answer the scan twice, and the scan's own code judges.

    python bench/scan/simulate.py [--firms 20000] [--svg docs/img/scan-named.svg]
    python bench/scan/simulate.py --study made.jsonl --firms 600

Each firm has a posture and a level in one domain, drawn as the model assumes (spread 1, domains
correlated .4); on a second go nothing changed but the answers are drawn anew. *Named*: share of
firms of which a side is named. *Right*: share of those for which it is the true side.
*Contradicted*: share of all firms of which the one side is named first and the other one on the
second go. The first table scores with the true curves; the second as Baken does, with what it
assumes, while the truth is another.
``--study`` writes the answers of made firms as a file for ``baken scan study``.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from baken.scan import model
from baken.scan.items import POSTURE, domains, items_of, scoring

ASSUMED = scoring()
POSTURE_ITEMS, DOMAIN_ITEMS = 2, 4
TARGETS = {"domain": (0.65, 0.93, 0.03), "posture": (0.55, 0.90, 0.03)}
"""At sharpness 1.7: named and right at least, contradicted at most."""


@dataclass(frozen=True)
class World:
    """How firms and questions are, whatever the scan assumes."""

    sharpness: float = 1.7
    shift: float = 0.0
    scatter: float = 0.0
    correlation: float = 0.4


@dataclass(frozen=True)
class Firms:
    """Made firms: true posture and level, and a curve for each question (drawn once for all)."""

    world: World
    posture: np.ndarray
    level: np.ndarray
    questions: list[np.ndarray]

    @classmethod
    def draw(cls, world: World, count: int, rng: np.random.Generator) -> Firms:
        """Firms as the world has them."""
        posture = rng.standard_normal(count)
        rest = rng.standard_normal(count)
        level = np.sqrt(world.correlation) * posture + np.sqrt(1 - world.correlation) * rest
        questions = [
            np.sort(
                np.array(ASSUMED.thresholds)
                + world.shift
                + world.scatter * rng.standard_normal(len(ASSUMED.thresholds))
            )
            for _ in range(POSTURE_ITEMS + DOMAIN_ITEMS)
        ]
        return cls(world, posture, level, questions)

    def answer(self, rng: np.random.Generator, moved: float = 0.0) -> np.ndarray:
        """Answers, firms by questions: two on posture, four on the domain, all levels moved."""
        columns = []
        for number, at in enumerate(self.questions):
            where = (self.posture if number < POSTURE_ITEMS else self.level) + moved
            at_least = 1 / (1 + np.exp(-self.world.sharpness * (where[:, None] - at)))
            columns.append((rng.random((where.size, 1)) < at_least).sum(axis=1))
        return np.stack(columns, axis=1)


def chances(answers: np.ndarray, sharpness: float, keep: int = 6) -> dict[str, np.ndarray]:
    """The chance of the proactive side by the scan's own model, from the first so many answers."""
    curves = model.curves(sharpness, ASSUMED.thresholds)
    told = curves[answers]
    posture = told[:, : min(keep, POSTURE_ITEMS)].prod(axis=1)
    level = told[:, POSTURE_ITEMS:keep].prod(axis=1)
    beliefs = model.believe(posture, {"domain": level}, ASSUMED.correlation)
    return {
        "posture": model.chance_proactive(beliefs.posture),
        "domain": model.chance_proactive(beliefs.domains["domain"]),
    }


def side(chance: np.ndarray, named_from: float = ASSUMED.named_from) -> np.ndarray:
    """1 proactive, -1 reactive, 0 not known."""
    return np.where(chance >= named_from, 1, np.where(1 - chance >= named_from, -1, 0))


def measure(
    world: World, count: int, scored: float | None = None, keep: int = 6, seed: int = 7
) -> dict[str, tuple[float, float, float]]:
    """Named, right and contradicted, for posture and domain."""
    rng = np.random.default_rng(seed)
    firms = Firms.draw(world, count, rng)
    sharpness = world.sharpness if scored is None else scored
    first, second = (chances(firms.answer(rng), sharpness, keep) for _ in range(2))
    out = {}
    for part, truth in (("domain", firms.level), ("posture", firms.posture)):
        one, other = side(first[part]), side(second[part])
        named = one != 0
        right = float((one[named] == np.sign(truth[named])).mean()) if named.any() else 0.0
        out[part] = (float(named.mean()), right, float((one * other == -1).mean()))
    return out


def changed(world: World, count: int, moved: float, seed: int = 7) -> dict[str, float]:
    """How often "you changed" is said of firms that all moved so far, by what it is said of."""
    rng = np.random.default_rng(seed)
    firms = Firms.draw(world, count, rng)
    before, after = firms.answer(rng, -moved / 2), firms.answer(rng, moved / 2)
    curve = model.curves(ASSUMED.dullest, ASSUMED.thresholds)
    said = {}
    for part, columns in (("posture", slice(0, 2)), ("domain", slice(2, 6))):
        steps = (after - before)[:, columns].sum(axis=1)
        both = [curve] * (columns.stop - columns.start)
        enough = next(
            n for n in range(1, 20) if model.chance_of_moving(both, n) <= 1 - ASSUMED.changed_from
        )
        said[part] = np.abs(steps) >= enough
    said["either"] = said["posture"] | said["domain"]
    return {part: float(hit.mean()) for part, hit in said.items()}


def met(found: dict[str, tuple[float, float, float]]) -> bool:
    """Whether all targets are met."""
    return all(
        found[part][0] >= named and found[part][1] >= right and found[part][2] <= contradicted
        for part, (named, right, contradicted) in TARGETS.items()
    )


def table(rows: dict[str, dict[str, tuple[float, float, float]]]) -> None:
    """Print rows of named, right and contradicted."""
    print(f"{'':44}{'domain: named  right  contradicted':>36}{'posture: named  right  contr.':>34}")
    for name, found in rows.items():
        one, two = found["domain"], found["posture"]
        print(
            f"{name:44}{one[0]:>15.3f}{one[1]:>7.3f}{one[2]:>14.3f}{two[0]:>17.3f}{two[1]:>8.3f}{two[2]:>9.3f}"
        )


def plot(path: str, count: int) -> None:
    """Share of firms named and share right, by the certainty from which a side is named."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "baken"
    from matplotlib import pyplot

    rng = np.random.default_rng(7)
    certainties = np.linspace(0.5, 0.97, 48)
    figure, axes = pyplot.subplots(figsize=(7, 4.2))
    for sharpness, colour in ((1.0, "#b3541e"), (1.7, "#1f4e79"), (2.5, "#3a7d44")):
        firms = Firms.draw(World(sharpness), count, rng)
        chance = chances(firms.answer(rng), sharpness)["domain"]
        sides = [side(chance, c) for c in certainties]
        named = [(s != 0).mean() for s in sides]
        right = [(s[s != 0] == np.sign(firms.level[s != 0])).mean() for s in sides]
        axes.plot(certainties, named, color=colour, label=f"named, sharpness {sharpness}")
        axes.plot(certainties, right, color=colour, linestyle="--", label=f"right, {sharpness}")
    axes.axvline(ASSUMED.named_from, color="#888888", linewidth=1)
    axes.set_xlabel("certainty from which a side is named (Baken: 0.8)")
    axes.set_ylabel("share of firms (named); share of those named (right)")
    axes.set_ylim(0, 1.02)
    axes.legend(fontsize=8, ncol=3, loc="lower left", frameon=False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None, "Creator": None})


def write_study(path: str, count: int) -> None:
    """Made answers as a file for ``baken scan study``; two in three firms answer twice."""
    rng = np.random.default_rng(11)
    world = World()
    names = list(domains())
    firms = Firms.draw(world, count, rng)
    rounds = [firms.answer(rng), firms.answer(rng)]
    with Path(path).open("w", encoding="utf-8") as out:
        for number in range(count):
            domain = names[number % len(names)]
            asked = [*items_of(POSTURE), *items_of(domain)]
            for day, answers in zip(("2026-01-15", "2026-07-15"), rounds, strict=True):
                if day == "2026-07-15" and number // len(names) % 3 == 0:
                    continue
                line = {
                    "who": f"made-{number}",
                    "consent": "simulated",
                    "as_of": day,
                    "domain": domain,
                    "answers": {
                        q.id: q.codes[g] for q, g in zip(asked, answers[number], strict=True)
                    },
                }
                out.write(json.dumps(line) + "\n")


def main() -> None:
    """Print the tables."""
    args = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    args.add_argument("--firms", type=int, default=20_000)
    args.add_argument("--svg")
    args.add_argument("--study")
    options = args.parse_args()
    count = options.firms
    if options.study:
        write_study(options.study, count)
        return
    known = {f"sharpness {a}": measure(World(a), count) for a in (1.0, 1.7, 2.5)}
    print(f"{count} firms, two on posture and four on one domain, scored with the true curves")
    table(known)
    print(f"targets at 1.7: {'met' if met(known['sharpness 1.7']) else 'NOT MET'}")
    print(
        "\nscored as Baken does (sharpness 1.7, thresholds -1 0 1, correlation .4), while in truth"
    )
    base = ASSUMED.sharpness
    table(
        {
            "sharpness is 1.0": measure(World(1.0), count, base),
            "sharpness is 2.5": measure(World(2.5), count, base),
            "thresholds scatter by .3": measure(World(scatter=0.3), count, base),
            "all answers come half a spread later": measure(World(shift=0.5), count, base),
            "domains are correlated .2": measure(World(correlation=0.2), count, base),
            "domains are correlated .6": measure(World(correlation=0.6), count, base),
        }
    )
    print("\nhalf a scan, sharpness 1.7")
    table({f"{n} answers": measure(World(), count, keep=n) for n in (3, 4, 5, 6)})
    print('\n"you changed" on a second scan: share of all firms')
    for sharpness in (1.0, 1.7, 2.5):
        for moved in (0.0, 1.0, 1.5, 2.0):
            said = changed(World(sharpness), count, moved)
            print(
                f"sharpness {sharpness}, all moved {moved} spreads: domain {said['domain']:.3f}, "
                f"posture {said['posture']:.3f}, either {said['either']:.3f}"
            )
    if options.svg:
        plot(options.svg, count)


if __name__ == "__main__":
    main()
