"""What the law settles of a firm in a match: by this year's figures, or by papers handed over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.facts.state import Origin
from baken.kernel.errors import BakenError
from baken.kernel.values import Choices, Interval
from baken.law.size.model import SIZES
from tests.law.papers import booked, derived, filing, group, year


# -- by this year's figures ---------------------------------------------------------------------
def sizes(*names):
    return names[0] if len(names) == 1 else Choices(frozenset(names))


@pytest.mark.parametrize(
    ("given_", "size"),
    [
        pytest.param({"headcount": 5}, sizes("micro", "small", "medium"), id="5 heads"),
        pytest.param({"headcount": 12}, sizes("small", "medium"), id="12 heads: not micro"),
        pytest.param({"headcount": 49}, sizes("small", "medium"), id="49 heads"),
        pytest.param({"headcount": 50}, sizes("medium", "large"), id="50 heads: not small"),
        pytest.param({"headcount": 249}, sizes("medium", "large"), id="249 heads: money may lift"),
        pytest.param(
            {"headcount": 249, "turnover": 50_000_000}, "medium", id="one of the two is enough"
        ),
        pytest.param({"headcount": 250}, "large", id="250 heads: large whatever the turnover"),
        pytest.param(
            {"headcount": 5, "turnover": 2_000_000}, "micro", id="2 M does not exceed 2 M"
        ),
        pytest.param(
            {"headcount": 5, "turnover": 2_000_001, "balance_total": 2_000_001},
            "small",
            id="both over: small",
        ),
        pytest.param(
            {"headcount": 5, "turnover": 60_000_000, "balance_total": 1},
            "micro",
            id="better counts",
        ),
        pytest.param(
            {"headcount": 5, "turnover": 60_000_000, "balance_total": 44_000_000},
            "large",
            id="both over the highest: large",
        ),
        pytest.param({"headcount": Interval(10, 49)}, sizes("small", "medium"), id="10 to 49"),
        pytest.param({"headcount": Interval(250, None)}, "large", id="250 or more"),
        pytest.param({"turnover": 100}, None, id="money alone settles nothing"),
        pytest.param({}, None, id="nothing known"),
    ],
)
def test_size_by_this_years_figures(given_, size):
    """Recommendation 2003/361/EC, annex, article 2."""
    assert derived(**given_).get("size") == size


@given(st.integers(0, 400), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_a_narrowed_size_holds_the_size_of_every_firm_within(heads, spread, turnover, balance):
    money = {"turnover": turnover * 1_000_000, "balance_total": balance * 1_000_000}
    narrowed = derived(headcount=Interval(heads, heads + spread), **money).get("size")
    exact = derived(headcount=heads + spread // 2, **money).get("size")
    options = narrowed.options if isinstance(narrowed, Choices) else {narrowed or exact}
    assert exact in SIZES
    assert exact in options


def test_a_size_given_by_hand_holds_and_a_contradiction_is_a_notice():
    facts = derived(headcount=10, size="large")
    assert facts.get("size") == "large"
    assert [n.code for n in facts.notices] == ["contradiction.size"]
    assert derived(headcount=12, size="small").notices == []


# -- by a group ---------------------------------------------------------------------------------
def says(facts, fact, lang="en"):
    return [s["says"][lang] for s in facts.found[fact].steps]


@pytest.mark.parametrize(
    ("pct", "size"),
    [
        pytest.param(20, "micro", id="20 %: B does not count"),
        pytest.param(25, "medium", id="25 %: a quarter of B's 300 heads makes 83"),
        pytest.param(60, "large", id="60 %: all of B counts"),
    ],
)
def test_the_size_counts_the_group_and_shows_how(pct, size):
    facts = derived({"group": group(pct)})
    assert facts.get("size") == size
    assert facts.origins["size"] == Origin("law", "2003/361/EC")
    assert says(facts, "size")[0] == "Who belongs with A?"
    assert facts.get("headcount") == 8, "the firm's own heads, for conditions that ask for them"
    assert facts.origins["headcount"].date == "2025-12-31"


def test_a_size_by_hand_holds_against_the_group_with_a_notice():
    facts = derived({"group": group(60)}, size="micro")
    assert facts.get("size") == "micro"
    assert facts.found["size"].value == "large"
    assert "contradiction.size" in [n.code for n in facts.notices]


def test_what_a_group_leaves_open_is_named():
    whole = group(60)
    del whole["enterprises"]["B"]["years"]
    facts = derived({"group": whole})
    assert "size" not in facts, "B can be of any size"
    assert facts.found["size"].missing == ["enterprises.B.years"]


# -- by aids and by an activity -----------------------------------------------------------------
def aid(amount, on="2025-01-01", **more):
    return {"granted_on": on, "amount": amount, "regime": "general"} | more


@pytest.mark.parametrize(
    ("aids", "left", "received"),
    [
        pytest.param([], True, 0, id="no aid"),
        pytest.param([aid(299_999)], True, 299_999, id="one euro left"),
        pytest.param([aid(300_000)], False, 300_000, id="the ceiling is reached"),
        pytest.param([aid(300_000, "2023-11-01")], True, 0, id="more than three years ago"),
    ],
)
def test_de_minimis_room_follows_from_the_aids(aids, left, received):
    """Regulation (EU) 2023/2831, art. 3(2)."""
    facts = derived({"aids": aids})
    assert facts.get("de_minimis_room_left") is left
    assert facts.get("de_minimis_received") == received
    assert any("Ceiling 300,000" in s for s in says(facts, "de_minimis_room_left"))


def test_aid_to_a_linked_firm_counts_and_to_a_partner_does_not():
    aids = [aid(300_000, to="B")]
    assert derived({"group": group(60), "aids": aids}).get("de_minimis_room_left") is False
    assert derived({"group": group(40), "aids": aids}).get("de_minimis_room_left") is True


def test_a_new_aid_that_is_asked_must_fit():
    whole = {"aids": [aid(280_000)], "asked": aid(30_000, "2026-11-24")}
    assert derived({"aids": whole}).get("de_minimis_room_left") is False


DEVELOPS = {
    "novel_to": "market", "creative": True, "uncertainty": "technical", "systematic": True,
    "transferable": True, "goal": "use_existing_knowledge",
}  # fmt: skip


@pytest.mark.parametrize(
    ("activity", "rnd_class", "project"),
    [
        pytest.param(DEVELOPS, "experimental_development", True, id="development"),
        pytest.param({"kind": "market_research"}, "none", False, id="market research"),
        pytest.param({"kind": "feasibility_study"}, "feasibility_study", None, id="a study"),
        pytest.param({}, None, None, id="nothing said"),
        pytest.param(
            DEVELOPS | {"uncertainty": "none"}, "experimental_development", None,
            id="where manual and regulation part, nothing follows",
        ),
    ],
)  # fmt: skip
def test_the_class_of_research_follows_from_the_activity(activity, rnd_class, project):
    facts = derived({"activity": activity})
    assert facts.get("rnd_class") == rnd_class
    assert facts.get("rnd_project") is project


# -- what can't be read -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("papers", "path"),
    [
        ({"group": 3}, "facts.group"),
        ({"group": group() | {"as_of": "2026-01-01"}}, "facts.group.as_of"),
        ({"group": group(pct=130)}, "facts.group.links[0].capital_pct"),
        ({"accounts": "winst"}, "facts.accounts"),
        ({"accounts": []}, "facts.accounts.years"),
        ({"accounts": {"years": [], "firm": 1}}, "facts.accounts.firm"),
        ({"accounts": [{"equity": 3}]}, "facts.accounts"),
        ({"accounts": [booked(1), booked(2)]}, "facts.accounts"),
        ({"aids": [{"amount": 3}]}, "facts.aids[0].granted_on"),
        ({"aids": {"aids": [], "as_of": "2026-01-01"}}, "facts.aids.as_of"),
        ({"activity": {"kind": "zomaar"}}, "facts.activity.kind"),
        ({"activity": "iets"}, "facts.activity"),
        ({"accounts": {"Rubrics": []}}, "facts.accounts.ExerciseDates"),
        ({"group": group(mine=year("1e999999", 1, 1))}, "facts.group.enterprises.A.years[0]"),
        ({"group": {"enterprise": []}, "accounts": [booked(1)]}, "facts.group.enterprise"),
        ({"aids": [aid("1e999999")]}, "facts.aids[0].amount"),
        ({"accounts": [filing(), filing()]}, "facts.accounts[1]"),
        (
            {"group": {"enterprise": "A", "enterprises": {"A": {"filings": [{"a": 1}]}}}},
            "facts.group.enterprises.A.filings",
        ),
        (
            {
                "group": {
                    "enterprise": "A",
                    "enterprises": {"A": {"filings": [filing(), filing()]}},
                }
            },
            "facts.group.enterprises.A.filings[1]",
        ),
        (
            {
                "accounts": [
                    filing() | {"EnterpriseName": "A"},
                    filing("2024-12-31") | {"EnterpriseName": "B"},
                ]
            },
            "facts.accounts[1]",
        ),
        ({"accounts": {"years": [], "without": "headcount"}}, "facts.accounts.without"),
        ({"accounts": {"years": [], "legal_form": 610}}, "facts.accounts.legal_form"),
        ({"accounts": {"years": [], "participations": -1}}, "facts.accounts.participations"),
    ],
)
def test_a_wrong_paper_names_its_field(papers, path):
    with pytest.raises(BakenError) as error:
        derived(papers)
    assert error.value.path.startswith(path)
    assert error.value.expected


def test_rubrics_may_be_a_list_as_the_national_bank_writes_them():
    rubrics = [
        {"Code": c, "Value": v, "Period": "N"} for c, v in (("9087", 12), ("20/58", 500_000))
    ]
    rubrics += [
        {"Code": "70", "Value": 900_000, "Period": "N"},
        {"Code": "70", "Value": 1, "Period": "NM1"},
    ]
    facts = derived({"accounts": {"years": [{"end": "2025-12-31", "rubrics": rubrics}]}})
    assert (facts.get("headcount"), facts.get("turnover")) == (12, 900_000)
