"""What the law settles of a firm in a match: by this year's figures, or by papers handed over."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.facts.derive import derive_all
from baken.facts.state import Facts, Origin
from baken.kernel.errors import BakenError
from baken.kernel.values import Choices, Interval
from baken.law.known import read_papers
from baken.law.size.model import SIZES

DAY = date(2026, 11, 24)


def derived(papers=None, **given_):
    """What follows from papers and from facts that were given by hand."""
    facts = Facts(papers=read_papers(papers or {}, DAY))
    for name, value in given_.items():
        facts.set(name, value, Origin("given"))
    return derive_all(facts, DAY)


# -- by this year's figures ---------------------------------------------------------------------
def sizes(*names):
    return names[0] if len(names) == 1 else Choices(frozenset(names))


@pytest.mark.parametrize(
    ("given_", "size"),
    [
        pytest.param({"headcount": 5}, sizes("micro", "small", "medium"), id="5 heads"),
        pytest.param({"headcount": 12}, sizes("small", "medium"), id="12 heads: not micro"),
        pytest.param({"headcount": 49}, sizes("small", "medium"), id="49 heads"),
        pytest.param({"headcount": 50}, "medium", id="50 heads: not small any more"),
        pytest.param({"headcount": 249}, "medium", id="249 heads"),
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
def year(heads, turnover, balance, end="2025-12-31"):
    return {"end": end, "headcount": heads, "turnover": turnover, "balance": balance}


MINE = year(8, 1_500_000, 900_000)
PARENT = year(300, 80_000_000, 60_000_000)


def group(pct=60, mine=MINE):
    """A small firm A, of which a large firm B holds some of the votes."""
    return {
        "enterprise": "A",
        "enterprises": {"A": {"years": [mine]} if mine else {}, "B": {"years": [PARENT]}},
        "links": [{"owner": "B", "owned": "A", "capital_pct": pct, "voting_pct": pct}],
    }


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


# -- by accounts --------------------------------------------------------------------------------
def booked(equity, end="2025-12-31", heads=12, **more):
    """A closed year by its rubrics: EUR 100,000 was put in, so much is left."""
    codes = {"9087": heads, "10/11": 100_000, "10/15": equity, "17/49": 1_000_000 - equity}
    return {"end": end, "rubrics": codes | {"20/58": 1_000_000, "10/49": 1_000_000}} | more


def test_accounts_give_the_figures_and_the_size():
    facts = derived({"accounts": [booked(80_000)]})
    assert facts.get("headcount") == 12
    assert facts.get("balance_total") == 1_000_000
    assert facts.get("equity") == 80_000
    assert facts.get("turnover") is None, "an abridged model leaves it out"
    assert facts.get("size") == "small", "the better of turnover and balance sheet is enough"
    assert "group: no linked and no partner enterprises" in facts.found["size"].assumed


def test_two_years_must_pass_before_the_class_changes():
    """Annex, art. 4(2): 12 heads in the newest year only leave a micro firm micro."""
    facts = derived({"accounts": [booked(80_000), booked(80_000, "2024-12-31", heads=8)]})
    assert facts.get("size") == "micro"


def test_heads_by_hand_hold_in_place_of_those_of_the_accounts():
    facts = derived({"accounts": [booked(80_000)]}, headcount=60)
    assert facts.get("headcount") == 60
    assert facts.get("size") == "medium"


def test_plain_figures_do_as_well_as_rubrics():
    plain = {"end": "2025-12-31", "headcount": 4, "balance": 500_000, "equity": 20_000}
    facts = derived({"accounts": [plain]})
    assert (facts.get("size"), facts.get("equity")) == ("micro", 20_000)


def test_the_accounts_stand_in_the_group_where_the_firm_has_no_years_there():
    facts = derived({"group": group(20, mine=None), "accounts": [booked(80_000)]})
    assert facts.get("size") == "small"


@pytest.mark.parametrize(
    ("equity", "more", "found", "missing"),
    [
        pytest.param(60_000, {}, False, [], id="40,000 lost: less than half"),
        pytest.param(40_000, {"founded_on": date(2015, 1, 1)}, True, [], id="60,000 lost"),
        pytest.param(40_000, {"founded_on": date(2025, 1, 1)}, False, [], id="an SME under three"),
        pytest.param(40_000, {}, None, ["founded_on"], id="how old it is decides"),
        pytest.param(
            40_000,
            {"founded_on": Interval(date(2020, 1, 1), date(2025, 1, 1))},
            None,
            ["founded_on"],
            id="its age is known only roughly",
        ),
        pytest.param(40_000, {"legal_form": "vzw"}, False, [], id="no capital to lose"),
        pytest.param(
            60_000, {"insolvency": True}, None, ["insolvency: whether proceedings run"],
            id="bankrupt or only in liquidation: not the same",
        ),
        pytest.param(40_000, {"size": "large"}, True, [], id="no young SME"),
    ],
)  # fmt: skip
def test_difficulty_follows_from_accounts(equity, more, found, missing):
    """Regulation 651/2014, art. 2(18): more than half of what was put in is lost."""
    facts = derived({"accounts": [booked(equity)]}, **({"legal_form": "bv"} | more))
    assert facts.get("in_difficulty") is found
    assert facts.found["in_difficulty"].missing == missing


def test_without_a_legal_form_a_loss_settles_nothing():
    facts = derived({"accounts": [booked(40_000)]}, founded_on=date(2015, 1, 1))
    assert "in_difficulty" not in facts
    assert "legal_form" in facts.found["in_difficulty"].missing


def test_the_group_test_of_flanders_counts_too():
    """VLAIO asks it of the firm alone and of the firm with what is linked."""
    accounts = {"years": [booked(60_000)], "linked": [{"years": [booked(-200_000)]}]}
    facts = derived({"accounts": accounts}, legal_form="bv", founded_on=date(2015, 1, 1))
    assert facts.get("in_difficulty") is True


def filing(end="2025-12-31", heads="12.5", form="610"):
    """A filing of the National Bank; see ``tests/registers/test_accounts.py``."""
    codes = {"20/58": "1000000", "10/49": "1000000", "10/11": "100000", "10/15": "80000",
             "17/49": "920000", "1003": heads}  # fmt: skip
    return {
        "ExerciseDates": {"startDate": f"{end[:4]}-01-01", "endDate": end},
        "LegalForm": form,
        "Rubrics": [{"Code": c, "Value": v, "Period": "N"} for c, v in codes.items()],
        "Administrators": {"NaturalPersons": [{"Person": "never read"}]},
    }


def test_filings_of_the_national_bank_are_accounts():
    facts = derived({"accounts": [filing("2024-12-31", heads="8"), filing()]})
    assert facts.get("headcount") == 12.5
    assert facts.get("legal_form") == "bv"
    assert facts.get("size") == "micro", "12.5 heads in one year only"
    assert facts.get("in_difficulty") is False


def test_hours_of_training_are_those_of_men_and_women_of_every_kind():
    hours = {"5802": "40", "5812": "8.5", "5832": "10", "5851": "3", "5803": "900"}
    rows = [{"Code": c, "Value": v, "Period": "N"} for c, v in hours.items()]
    one = filing()
    assert derived({"accounts": [one]}).get("staff_training_hours") is None
    one["Rubrics"] += rows
    assert derived({"accounts": [one]}).get("staff_training_hours") == 58.5


def kept(*filings):
    """The same as years with what stands beside them, as a site keeps them."""
    books = read_papers({"accounts": list(filings)}, DAY)["accounts"]
    held = {"legal_form": books.legal_form, "participations": books.participations}
    return {"years": books.years, **held}


def test_years_with_what_stands_beside_them_say_the_same_as_the_filings():
    filings = [filing("2024-12-31", heads="8"), filing()]
    for one in filings:
        one["ParticipatingInterests"] = [
            {"ParticipatingInterestHeld": [{"PercentageDirectlyHeld": "1"}]}
        ]
    same, facts = derived({"accounts": kept(*filings)}), derived({"accounts": filings})
    assert same.values == facts.values
    assert same.found == facts.found
    assert same.papers["accounts"].participations == 1


@pytest.mark.parametrize(
    ("wrong", "gone", "stays"),
    [
        (["headcount"], {"headcount"}, {"equity", "balance_total", "in_difficulty"}),
        (["equity"], {"equity", "in_difficulty"}, {"headcount", "size"}),
        (["balance_total"], {"balance_total", "in_difficulty"}, {"headcount", "equity"}),
        (["size"], {"size"}, {"headcount", "in_difficulty"}),
        (["in_difficulty"], {"in_difficulty"}, {"equity", "size"}),
        (["legal_form"], {"legal_form"}, {"headcount", "size"}),
        ([], set(), {"headcount", "size", "in_difficulty", "equity", "legal_form"}),
    ],
)
def test_what_the_firm_calls_wrong_in_its_accounts_does_not_follow_from_them(wrong, gone, stays):
    """Nor what rests on it: without equity nobody can tell whether capital was lost."""
    facts = derived(
        {"accounts": kept(filing("2024-12-31", heads="8"), filing()) | {"without": wrong}}
    )
    assert {f for f in gone if facts.get(f) is not None} == set()
    assert {f for f in stays if facts.get(f) is None} == set()


def test_heads_called_wrong_do_not_count_in_the_size_either():
    papers = kept(filing("2024-12-31", heads="60"), filing(heads="60"))
    assert derived({"accounts": papers}).get("size") == "medium"
    papers["without"] = ["headcount"]
    assert derived({"accounts": papers}).get("size") is None
    assert derived({"accounts": papers}, headcount=4).get("size") == "micro"


def with_filings(**holding):
    """A firm and the holding that has all of it, each by its own filings."""
    theirs = [filing("2024-12-31", heads="60"), filing(heads="60")]
    for one in theirs:
        one["Rubrics"] = [r | {"Value": holding.get(r["Code"], r["Value"])} for r in one["Rubrics"]]
    return {
        "accounts": [filing("2024-12-31", heads="8"), filing(heads="8")],
        "group": {
            "enterprise": "me",
            "enterprises": {"me": {}, "H": {"filings": theirs}},
            "links": [{"owner": "H", "owned": "me", "capital_pct": 100, "voting_pct": 100}],
        },
    }


def test_filings_of_the_group_count_for_its_size():
    facts = derived(with_filings())
    assert facts.get("size") == "medium"
    assert any("60" in line for step in facts.found["size"].steps for line in told(step))


def told(step, lang="en"):
    """A step and those below it, in words."""
    yield step["says"][lang]
    for below in step.get("steps", ()):
        yield from told(below, lang)


@pytest.mark.parametrize(
    ("equity", "found"),
    [
        pytest.param("80000", False, id="neither lost its capital"),
        pytest.param("-500000", True, id="the holding lost more than both have"),
    ],
)
def test_filings_of_the_group_count_for_its_difficulty(equity, found):
    papers = with_filings(**{"10/15": equity, "17/49": str(1_000_000 - int(equity))})
    assert derived(papers, founded_on=date(2015, 1, 1)).get("in_difficulty") is found


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
