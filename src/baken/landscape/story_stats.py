"""What the stories say on the four questions of the study, counted; and who learned from whom.

The study asked sixteen firms what triggers a search for innovation, which partners a firm turns
to, which problems it meets and which needs it has. Here each answer is counted over published
stories, by size, sector and degree of innovation. Published stories are mostly successes: a count
says what is told, not how often it happens.

The network joins sectors to the bodies that a firm of that sector learned from; a body's
``bridge`` is its betweenness centrality (Freeman 1977): how many shortest ways between two others
lead over it. Only a helper with a record counts as a body: one free name in two stories may stand
for two firms.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, get_args

import networkx as nx

from baken.landscape.catalogue import Catalogue
from baken.landscape.stories import halves
from baken.landscape.story import Degree, HelpedBy, Obstacle, Partner, Size, Story, Trigger
from baken.needs import THEMES, load_needs

QUESTIONS: Mapping[str, Callable[[Story], Sequence[str]]] = {
    "trigger": lambda s: [s.trigger],
    "partner": lambda s: s.partners,
    "obstacle": lambda s: [s.obstacle],
    "need": lambda s: s.needs,
}
"""The four questions of the study, each with what a story answers to it."""
CUTS: Mapping[str, Callable[[Story], Sequence[str]]] = {
    "size": lambda s: [s.firm.size],
    "theme": lambda s: s.firm.themes,
    "degree": lambda s: [s.degree],
}
VALUES: Mapping[str, tuple[str, ...]] = {
    "trigger": get_args(Trigger),
    "partner": get_args(Partner),
    "obstacle": get_args(Obstacle),
    "need": tuple(load_needs()),
    "size": get_args(Size),
    "theme": THEMES,
    "degree": get_args(Degree),
}
LEARNED = frozenset({"advice", "knowledge", "training", "network"})
"""Roles in which a body passes on what it knows; money, space, people and law are no lessons."""
UNTOLD = frozenset({"unknown", "none_told"})
"""Values for what a story does not tell."""
NO_SECTOR = "horizontal"
"""The theme for all sectors: in the network it would join what it does not tell apart."""
TURNS = 12
OTHER = "other"

Cells = dict[str, dict[str, int]]


def story_stats(stories: Sequence[Story], catalogue: Catalogue) -> dict[str, Any]:
    """Counts over ``stories``.

    Returns:
        ``stories``: how many; ``halves`` and ``by``: how many per half, size, theme and degree;
        ``questions``: per question ``total`` (value to stories) and, per cut, value to cut to
        stories; ``trigger_by_partner``, ``need_by_helper``: value to value to stories; ``helpers``:
        named helpers, most stories first; ``network``: nodes and links; ``results``: outcomes.
        A story counts once in each cell that it belongs to, so rows may add to more than the total.
    """
    return {
        "stories": len(stories),
        "halves": dict(Counter(halves(stories).values())),
        "by": {cut: _counts(stories, cut) for cut in CUTS},
        "results": dict(Counter(s.result for s in stories)),
        "research": dict(Counter(_said(s.research) for s in stories)),
        "questions": {
            name: {
                "total": _counts(stories, name),
                **{f"by_{cut}": crossed(stories, name, cut) for cut in CUTS},
            }
            for name in QUESTIONS
        },
        "trigger_by_partner": crossed(stories, "trigger", "partner"),
        "need_by_helper": need_by_helper(stories, catalogue),
        "helpers": helpers(stories, catalogue),
        "network": network(stories, catalogue),
        "warning": "published stories are mostly successes",
    }


def _said(value: bool | None) -> str:
    return "unknown" if value is None else "yes" if value else "no"


def answers(story: Story, name: str) -> Sequence[str]:
    """What a story answers to a question or a cut."""
    return {**QUESTIONS, **CUTS}[name](story)


def _counts(stories: Iterable[Story], name: str) -> dict[str, int]:
    found = Counter(v for s in stories for v in dict.fromkeys(answers(s, name)))
    return {v: found[v] for v in VALUES[name] if found[v]}


def crossed(stories: Iterable[Story], rows: str, columns: str) -> Cells:
    """How many stories answer both a row's and a column's value; only what is not nought."""
    found: Counter[tuple[str, str]] = Counter()
    for s in stories:
        found.update((r, c) for r in set(answers(s, rows)) for c in set(answers(s, columns)))
    cells = {r: {c: found[(r, c)] for c in VALUES[columns] if found[(r, c)]} for r in VALUES[rows]}
    return {r: row for r, row in cells.items() if row}


def helper_group(helper: HelpedBy, catalogue: Catalogue) -> str:
    """The kind of the record that helped (``college``, ``grant``); ``other`` without a record."""
    record = catalogue.by_key.get((helper.type or "", helper.id or ""))
    return record.kind if record else OTHER


def need_by_helper(stories: Iterable[Story], catalogue: Catalogue) -> Cells:
    """Needs against the kinds of who or what helped."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for s in stories:
        groups = {helper_group(h, catalogue) for h in s.helped_by}
        for need in s.needs:
            found[need].update(groups)
    return {n: dict(sorted(found[n].items())) for n in VALUES["need"] if found[n]}


def helper_key(helper: HelpedBy) -> str:
    """How a helper is told apart: ``type/id`` of its record, else its name."""
    return f"{helper.type}/{helper.id}" if helper.id else helper.name


def helper_name(helper: HelpedBy, catalogue: Catalogue) -> str:
    """The Dutch name of the helper's record; else the name as it was told."""
    record = catalogue.by_key.get((helper.type or "", helper.id or ""))
    return (record.names.nl if record else None) or helper.name


def helpers(stories: Iterable[Story], catalogue: Catalogue) -> list[dict[str, Any]]:
    """Who and what helped, most stories first."""
    told: dict[str, HelpedBy] = {}
    found: Counter[str] = Counter()
    for s in stories:
        keys = {helper_key(h): h for h in s.helped_by}
        found.update(keys.keys())
        told |= keys
    rows = sorted(found.items(), key=lambda row: (-row[1], row[0]))
    return [
        {
            "key": k,
            "name": helper_name(told[k], catalogue),
            "type": told[k].type,
            "id": told[k].id,
            "stories": n,
        }
        for k, n in rows
    ]


def taught(story: Story) -> dict[str, HelpedBy]:
    """Who and what a firm learned from, by the helper's key."""
    return {helper_key(h): h for h in story.helped_by if h.role in LEARNED}


def _sectors(story: Story) -> set[str]:
    return set(story.firm.themes) - {NO_SECTOR}


def _bodies(story: Story) -> dict[str, HelpedBy]:
    """Who and what a firm learned from and that has a record, by ``type/id``."""
    return {key: h for key, h in taught(story).items() if h.id}


def _places(graph: nx.Graph) -> Mapping[Any, tuple[int, int]]:
    """A column (0 sectors, 1 bodies) and a row for each node, so that few lines cross.

    Each column is put by turns in the order of the mean row of its neighbours (the barycentre
    heuristic; Sugiyama, Tagawa and Toda 1981).
    """
    columns = [sorted(n for n in graph if n[0] == kind) for kind in ("sector", "body")]
    row = {n: at for column in columns for at, n in enumerate(column)}

    def middle(node: Any) -> tuple[float, Any]:
        near = [row[m] for m in graph[node]]
        return sum(near) / len(near), node

    for turn in range(TURNS):
        column = columns[(turn + 1) % 2]
        row |= {n: at for at, n in enumerate(sorted(column, key=middle))}
    return {n: (side, row[n]) for side, column in enumerate(columns) for n in column}


def network(
    stories: Sequence[Story], catalogue: Catalogue, least: int = 1
) -> dict[str, list[dict[str, Any]]]:
    """Sectors and the bodies that their firms learned from.

    Returns:
        ``nodes``: ``key``, ``kind`` (sector, body), ``name``, ``stories``, ``bridge`` (0 to 1),
        ``sectors`` (how many it joins), ``column`` and ``row`` in a picture; ``links``: ``sector``,
        ``body``, ``stories``. Only bodies with a record and in ``least`` stories or more; a
        sector's ``stories`` are all those in which a firm learned from anybody.
    """
    told = {key: h for s in stories for key, h in _bodies(s).items()}
    bodies = Counter(key for s in stories for key in _bodies(s))
    sectors = Counter(theme for s in stories if taught(s) for theme in _sectors(s))
    links = Counter((t, k) for s in stories for t in _sectors(s) for k in _bodies(s))
    kept = {link: n for link, n in sorted(links.items()) if bodies[link[1]] >= least}
    graph = nx.Graph()
    graph.add_edges_from((("sector", theme), ("body", key)) for theme, key in kept)
    bridge = nx.betweenness_centrality(graph)
    places = _places(graph)
    nodes = [
        {
            "key": key,
            "kind": kind,
            "name": helper_name(told[key], catalogue) if kind == "body" else key,
            "stories": bodies[key] if kind == "body" else sectors[key],
            "bridge": round(bridge[(kind, key)], 4),
            "sectors": graph.degree[(kind, key)] if kind == "body" else None,
            "column": places[(kind, key)][0],
            "row": places[(kind, key)][1],
        }
        for kind, key in sorted(graph)
    ]
    rows = [{"sector": theme, "body": key, "stories": n} for (theme, key), n in kept.items()]
    return {"nodes": nodes, "links": rows}
