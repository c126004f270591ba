"""What must hold of the size of any group, and a second reading that must agree with ours."""

from __future__ import annotations

import random
from itertools import islice
from typing import Any

import pytest

from baken.kernel.errors import BakenError
from baken.law.size import read_size, size_of
from tests.examples import PROFILE
from tests.law import random_groups, second_size
from tests.law.tables import plain

GROUPS = 10_000
AT_ONCE = 1_000
"""So many of them in `make test`; the others in `make test-all`."""
SEED = 20261126


def answer(question: dict[str, Any]) -> dict[str, Any] | None:
    """The answer; None for a group whose years overlap (the drawing makes some)."""
    try:
        return size_of(read_size(question)).as_json(steps=False)
    except BakenError as e:
        assert "overlaps" in e.problem
        return None


@pytest.fixture(scope="module")
def groups() -> list[dict[str, Any]]:
    """As many as a test may want: to draw them takes time too."""
    return list(random_groups.groups(SEED, GROUPS if PROFILE == "deep" else AT_ONCE))


@pytest.mark.parametrize(
    ("start", "end"), [(0, AT_ONCE), pytest.param(AT_ONCE, GROUPS, marks=pytest.mark.slow)]
)
def test_a_second_reading_of_the_recommendation_agrees(start: int, end: int) -> None:
    """Matrices instead of sets, written from the Recommendation by who had not seen ours."""
    looked_at = 0
    for question in islice(random_groups.groups(SEED, end), start, None):
        ours = answer(question)
        if ours is None or _new_and_consolidated(question) or _year_lacks(ours):
            continue
        looked_at += 1
        theirs = second_size.size(question)
        assert (ours["category"], ours["sme"]) == (theirs["category"], theirs["sme"]), question
        if theirs["reason"] in ("public_body", "public_body_open"):
            continue
        shares = {p["enterprise"]: plain(p["pct"]) for p in ours["parts"] if p["pct"]}
        expected = {n: plain(float(v)) for n, v in theirs["parts"].items() if v}
        assert shares == expected, question
        for field in ("headcount", "turnover", "balance"):
            ours_now, theirs_now = ours["totals"][0][field], theirs["totals"][0][field]
            assert ours_now == pytest.approx(float(theirs_now)), question
    assert looked_at > 0.8 * (end - start)


def _year_lacks(ours: dict[str, Any]) -> bool:
    """A year between two others is not there (the drawing makes some): the second reading takes
    what it has as consecutive."""
    return any("years: the year to" in name for name in ours["missing"])


def _new_and_consolidated(question: dict[str, Any]) -> bool:
    """A new enterprise inside a group's accounts: whose years then lead, no text says."""
    me = question["enterprises"][question["enterprise"]]
    inside = any(
        question["enterprise"] in e.get("includes", ()) for e in question["enterprises"].values()
    )
    return bool(inside and me.get("founded_on"))


def test_the_order_of_links_and_enterprises_is_of_no_matter(groups: list[dict[str, Any]]) -> None:
    draw = random.Random(SEED)
    for question in groups[:500]:
        shuffled = dict(question)
        shuffled["links"] = draw.sample(question.get("links", []), len(question.get("links", [])))
        names = draw.sample(sorted(question["enterprises"]), len(question["enterprises"]))
        shuffled["enterprises"] = {n: question["enterprises"][n] for n in names}
        one, other = answer(question), answer(shuffled)
        if one is None or other is None:
            continue
        assert one["category"] == other["category"]
        assert one["totals"] == other["totals"]
        by_name = {p["enterprise"]: p["pct"] for p in one["parts"]}
        assert by_name == {p["enterprise"]: p["pct"] for p in other["parts"]}


def test_more_shares_never_make_the_group_smaller(groups: list[dict[str, Any]]) -> None:
    draw = random.Random(SEED)
    ordinary = [
        q for q in groups
        if all(e.get("kind", "enterprise") == "enterprise" for e in q["enterprises"].values())
        and all(e.get("accounts") != "consolidated" for e in q["enterprises"].values())
    ]  # fmt: skip
    tried = 0
    for question in ordinary[:600]:
        held: dict[str, list[float]] = {}
        for link in question.get("links", []):
            sums = held.setdefault(link["owned"], [0, 0])
            sums[0] += link.get("capital_pct") or 0
            sums[1] += link.get("voting_pct") or link.get("capital_pct") or 0
        free = [
            i for i, x in enumerate(question.get("links", []))
            if max(held[x["owned"]]) <= 80 and not x.get("control")
        ]  # fmt: skip
        before = answer(question)
        if not free or before is None:
            continue
        at = draw.choice(free)
        link = dict(question.get("links", [])[at])
        more = {k: (link.get(k) or 0) + 20 for k in ("capital_pct", "voting_pct") if k in link}
        links = [
            *question.get("links", [])[:at],
            {**link, **more},
            *question.get("links", [])[at + 1 :],
        ]
        after = answer({**question, "links": links})
        if after is None:
            continue
        tried += 1
        for field in ("headcount", "turnover", "balance"):
            assert after["totals"][0][field] >= before["totals"][0][field] - 1e-6, question
    assert tried > 100


def test_splitting_an_enterprise_in_two_linked_ones_changes_nothing(
    groups: list[dict[str, Any]],
) -> None:
    """A part of A with half of its heads and money, wholly held by A."""
    for question in groups[:500]:
        me = question["enterprise"]
        whole = question["enterprises"][me]
        if whole.get("accounts") == "consolidated" or any(
            me in e.get("includes", ()) for e in question["enterprises"].values()
        ):
            continue
        fields = ("headcount", "turnover", "balance")
        if any("staff" in y for y in whole["years"]):
            continue
        half = [{**y, **{f: y[f] / 2 for f in fields}} for y in whole["years"]]
        split = dict(question)
        split["enterprises"] = {
            **question["enterprises"],
            me: {**whole, "years": half},
            "Half": {"years": half, "founded_on": whole.get("founded_on")},
        }  # fmt: skip
        split["links"] = [
            *question.get("links", []),
            {"owner": me, "owned": "Half", "voting_pct": 100},
        ]
        one, other = answer(question), answer(split)
        if one is None or other is None:
            continue
        assert one["category"] == other["category"]
        for a, b in zip(one["totals"], other["totals"], strict=True):
            for field in fields:
                assert a[field] == pytest.approx(b[field])


FIGURES = {"headcount": (0, 9, 40, 500), "turnover": (0, 9_000_000, 90_000_000)}


@pytest.mark.parametrize("field", FIGURES)
def test_an_unknown_figure_turned_into_any_value_is_consistent_with_the_answer_before(
    groups: list[dict[str, Any]], field: str
) -> None:
    for question in groups[:300]:
        me = question["enterprise"]
        if any("staff" in y for y in question["enterprises"][me]["years"]):
            continue
        years = [dict(y) for y in question["enterprises"][me]["years"]]
        years[0].pop(field, None)
        asked = {**question, "enterprises": dict(question["enterprises"])}
        asked["enterprises"][me] = {**question["enterprises"][me], "years": years}
        before = answer(asked)
        if before is None:
            continue
        for value in FIGURES[field]:
            told = [{**years[0], field: value}, *years[1:]]
            asked["enterprises"] = {
                **question["enterprises"],
                me: {**question["enterprises"][me], "years": told},
            }
            after = answer(asked)
            assert after is not None and after["category"] in (*before["possible"], None)
            if before["sme"] is not None and after["sme"] is not None:
                assert after["sme"] == before["sme"]
