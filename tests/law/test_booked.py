"""What annual accounts say of a firm, as years or as filings, and what was called wrong in them."""

from __future__ import annotations

from datetime import date

import pytest

from baken.facts.vocabulary import load_vocabulary
from baken.kernel.values import Interval
from baken.law.known import read_papers
from baken.rules import compile_closure, parse
from tests.law.papers import DAY, booked, derived, filing, group


def test_accounts_give_the_figures_and_the_size():
    facts = derived({"accounts": [booked(80_000)]})
    assert facts.get("headcount") == 12
    assert facts.get("balance_total") == 1_000_000
    assert facts.get("equity") == 80_000
    assert facts.get("turnover") is None, "an abridged model leaves it out"
    assert facts.get("size") == "small", "the better of turnover and balance sheet is enough"
    assert "group: no linked and no partner enterprises" in facts.found["size"].assumed


@pytest.mark.parametrize(("end", "used"), [("2025-12-31", True), ("2023-12-31", False)])
def test_accounts_tell_nothing_of_today_once_newer_ones_must_be_filed(end, used):
    """Seven months after the next year's end: what they would tell is unknown, and never no."""
    facts = derived({"accounts": [booked(80_000, end=end)]})
    for fact in ("headcount", "employees", "balance_total", "equity"):
        assert (facts.get(fact) is not None) is used, fact
    assert used or facts.get("in_difficulty") is None


EMPLOYEES = [
    # full-time equivalents of the year; people on the payroll at least and at most
    (0, Interval(0, 1)),
    (0.4, Interval(0, 2)),
    (1, Interval(0, 3)),
    (4.6, Interval(3, 12)),
    (12, Interval(8, 31)),
    (60, Interval(44, 151)),
]


@pytest.mark.parametrize(("heads", "people"), EMPLOYEES)
def test_full_time_equivalents_tell_roughly_how_many_people_are_on_the_payroll(heads, people):
    facts = derived({"accounts": [booked(80_000, heads=heads)]})
    assert facts.get("employees") == people
    assert facts.origins["employees"].date == "2025-12-31"


@pytest.mark.parametrize(
    ("rule", "met"),
    [
        ("employees >= 1", True),
        ("employees <= 50", True),
        ("employees >= 100", False),
        ("employees <= 9", None),
        ("employees < 20", None),
        ("employees between 1 and 2", False),
    ],
)
def test_a_threshold_near_the_number_stays_to_be_checked(rule, met):
    """12 full-time equivalents: 8 to 31 people."""
    facts = derived({"accounts": [booked(80_000, heads=12)]})
    assert compile_closure(parse(rule, load_vocabulary()))(facts.values) is met


@pytest.mark.parametrize(
    ("more", "given", "people"),
    [
        ({"without": ["employees"]}, {}, None),
        ({"without": ["headcount"]}, {}, None),
        ({}, {"employees": 3}, 3),
    ],
)
def test_what_the_owner_says_of_the_people_goes_first(more, given, people):
    paper = {"years": [booked(80_000)], **more}
    assert derived({"accounts": paper}, **given).get("employees") == people


def test_accounts_of_years_ago_tell_nothing_of_who_is_there_today():
    facts = derived({"accounts": [booked(80_000, "2023-12-31")]})
    assert facts.get("employees") is None
    assert facts.get("headcount") is None


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
