"""A second, independent SME size calculation: annex to Recommendation 2003/361/EC (= Annex I of Reg. (EU) 651/2014).

It is a check in tests, written from the articles alone. It is slow and small (groups of up to some 40) and works with
matrices, not with union-find: row = owner, column = owned. "Linked" is a square matrix of booleans; it grows by
"votes of all that are linked to me" (a matrix product) and by transitive closure until nothing changes any more.

    size(question) -> {"category", "sme", "parts": {enterprise: Fraction}, "totals": [{end, headcount, turnover, balance}],
                       "reason": "two_years" | "take_over" | "public_body" | "public_body_open" | "one_year"}

All figures are taken as given and valid. A question that a public body bars has no parts and no totals.
"""

from __future__ import annotations

import calendar
from datetime import date
from fractions import Fraction
from math import lcm

import networkx as nx
import numpy as np

# ---- readings on which the text is silent; turn one to see what it does ------------------------------------------------
PUBLIC_BODIES_LINK = (
    False  # True: two enterprises controlled by one public body are linked to each other through it
)
PUBLIC_BODIES_JOINTLY = True  # True: an intermediate X is publicly controlled if all public bodies together have its majority

# ---- art. 2: the ceilings (heads: fewer than; money: not more than, and one of the two amounts is enough) --------------
CEILINGS = {
    "micro": (10, 2_000_000, 2_000_000),
    "small": (50, 10_000_000, 10_000_000),
    "medium": (250, 50_000_000, 43_000_000),
}
ORDER = ["micro", "small", "medium", "large"]
PARTNER_MIN = 25  # art. 3(2): 25 % or more of capital or voting rights
MAJORITY = 50  # art. 3(3)(a): more than this of the votes
ANGEL_MAX = 1_250_000  # art. 3(2)(a): less than this
LOCAL_BUDGET = 10_000_000  # art. 3(2)(d): less than this ...
LOCAL_INHABITANTS = 5_000  # ... and fewer than this
PUBLIC_BAR = 25  # art. 3(4): 25 % or more

NO_ENTERPRISE = {
    "natural_person",
    "public_body",
    "local_authority",
}  # they have no figures and are never partner or linked
EXEMPT_KINDS = {
    "public_investment_corporation",
    "venture_capital",
    "business_angel",
    "university",
    "nonprofit_research",
    "institutional_investor",
    "regional_fund",
}  # art. 3(2), second subparagraph, (a) to (c)


def exact(value) -> Fraction:
    """int, Decimal, float or text to an exact fraction; 50.01 is 50.01 and not the float next to it."""
    return Fraction(str(value))


def day(value) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def closure(relation: np.ndarray) -> np.ndarray:
    """The transitive closure of a boolean relation, by squaring until it stands still."""
    while True:
        wider = relation | ((relation.astype(int) @ relation.astype(int)) > 0)
        if (wider == relation).all():
            return relation
        relation = wider


class Group:
    """Everything about holdings that is true on the links given (those that existed in the year that is looked at)."""

    def __init__(self, question: dict, links: list[dict]):
        self.facts = question["enterprises"]
        for link in links:  # a holder that is only named in a link is an ordinary enterprise
            for name in (link["owner"], link["owned"]):
                if name not in self.facts:
                    self.facts = {**self.facts, name: {}}
        self.names = list(self.facts)
        self.index = {name: i for i, name in enumerate(self.names)}
        self.me = self.index[question["enterprise"]]
        self.together = [
            [self.index[x] for x in group if x in self.index]
            for group in question.get("acting_together") or []
        ]
        n = len(self.names)
        self.kind = np.array(
            [self.facts[x].get("kind") or "enterprise" for x in self.names], dtype=object
        )
        self.company = np.array([k not in NO_ENTERPRISE for k in self.kind])

        # Capital and votes as whole numbers of 1/unit percent, so that sums are exact.
        rows = []
        for link in links:
            capital, votes = link.get("capital_pct"), link.get("voting_pct")
            if votes is None:  # one share, one vote, unless what is told is a relation of control
                votes = 0 if link.get("control") else capital
            owner_kind = self.kind[self.index[link["owner"]]]
            presumed = (
                link.get("control") == "dominant_contract"
                and link.get("involved_in_management") is not True
                and owner_kind in EXEMPT_KINDS | {"local_authority"}
            )  # 3(3): presumed to have no dominant influence
            rows.append(
                (
                    self.index[link["owner"]],
                    self.index[link["owned"]],
                    exact(capital or 0),
                    exact(votes or 0),
                    bool(link.get("control")) and not presumed,
                    link.get("involved_in_management") is True,
                )
            )
        self.unit = lcm(1, *(x.denominator for row in rows for x in row[2:4]))
        self.capital = np.zeros((n, n), dtype=object)
        self.votes = np.zeros((n, n), dtype=object)
        self.control = np.zeros(
            (n, n), dtype=bool
        )  # art. 3(3)(b), (c), (d): appoints, contract, agreement with others
        self.involved = np.zeros((n, n), dtype=bool)
        for owner, owned, capital, votes, control, involved in rows:
            self.capital[owner, owned] += int(capital * self.unit)
            self.votes[owner, owned] += int(votes * self.unit)
            self.control[owner, owned] |= control
            self.involved[owner, owned] |= involved
        self.find_linked()

    # ---- art. 3(3): linked enterprises ---------------------------------------------------------------------------------
    def controlled_by(self, holds: np.ndarray) -> np.ndarray:
        """The enterprises controlled by one hand (a person, persons acting jointly, public bodies), also through others.

        holds[owner, owned]: does this link belong to the hand itself? What an enterprise in the hand holds belongs to it too.
        """
        inside = np.zeros(len(self.names), dtype=bool)
        while True:
            mine = holds | inside[:, None]
            majority = np.where(mine, self.votes, 0).sum(axis=0) > MAJORITY * self.unit
            wider = inside | ((majority | (mine & self.control).any(axis=0)) & self.company)
            if (wider == inside).all():
                return inside
            inside = wider

    def one_hand(self, holders: list[int]) -> np.ndarray:
        holds = np.zeros((len(self.names),) * 2, dtype=bool)
        holds[holders, :] = True
        return holds

    def coalition_has_majority(self, members: list[int], owned: int) -> bool:
        """Do these investors, each with what is linked to it, have the majority of the votes in `owned`?"""
        sharers = self.linked[members, :].any(axis=0)
        sharers[members] = True
        return self.votes[sharers, owned].sum() > MAJORITY * self.unit

    def holds_votes(self, holder: int, owned: int) -> bool:
        sharers = self.linked[holder, :].copy()
        sharers[holder] = True
        return self.votes[sharers, owned].sum() > 0

    def find_linked(self) -> None:
        n = len(self.names)
        joins = self.company.copy()  # who can pass a link on as one of the enterprises
        if PUBLIC_BODIES_LINK:
            joins |= (self.kind == "public_body") | (self.kind == "local_authority")
        persons = [i for i in range(n) if self.kind[i] == "natural_person"]
        hands = [
            [i for i in group if i in persons] for group in self.together
        ]  # persons who act jointly: one hand
        hands = [h for h in hands if h] + [
            [p] for p in persons if not any(p in g for g in self.together)
        ]
        coalitions = [[i for i in group if i not in persons] for group in self.together]
        markets = [
            set(self.facts[x].get("markets") or []) for x in self.names
        ]  # none given: none shared
        same_market = np.array([[bool(a & b) for b in markets] for a in markets])

        self.linked = np.eye(n, dtype=bool)
        while True:
            # (a) the majority of the votes, alone or with the votes of those that are linked to me; (b), (c), (d) control.
            joint = self.linked.astype(int).astype(object) @ np.where(joins[:, None], self.votes, 0)
            self.decisive = (
                self.control | ((joint > MAJORITY * self.unit) & (self.votes > 0))
            ) & joins[:, None]
            # Third subparagraph, and 3(2) "individually or jointly": investors who act together and have the majority.
            for members in coalitions:
                for owned in range(n):
                    if len(members) > 1 and self.coalition_has_majority(members, owned):
                        for holder in members:
                            if (
                                joins[holder]
                                and holder != owned
                                and self.holds_votes(holder, owned)
                            ):
                                self.decisive[holder, owned] = True
            relation = self.linked | self.decisive | self.decisive.T
            # Fourth subparagraph: through a person or persons acting jointly, if (a part of) the activity is on the same market.
            ints = self.linked.astype(int)
            groups_share = (ints @ same_market.astype(int) @ ints) > 0
            for hand in hands:
                has = self.controlled_by(self.one_hand(hand))
                relation = relation | (np.outer(has, has) & groups_share)
            # "through one or more other enterprises": transitive.
            wider = closure(relation)
            if (wider == self.linked).all():
                break
            self.linked = wider
        self.members = [
            i for i in range(n) if self.linked[self.me, i] and self.company[i]
        ]  # A and what is linked to it

    # ---- art. 3(2), second subparagraph: investors that may hold 25 % or more without being a partner ------------------------
    def exempt(self, holder: int, owned: int) -> bool:
        if self.involved[holder, owned]:  # meddles in management: the exception is lost
            return False
        facts, kind = self.facts[self.names[holder]], self.kind[holder]
        if kind == "local_authority":  # (d) small and autonomous, and not linked
            small = (
                exact(facts.get("annual_budget") or 0) < LOCAL_BUDGET
                and exact(facts.get("inhabitants") or 0) < LOCAL_INHABITANTS
            )
            jointly = any(
                holder in group
                and self.votes[holder, owned] > 0
                and self.coalition_has_majority(
                    [i for i in group if self.kind[i] != "natural_person"], owned
                )
                for group in self.together
            )
            return small and not jointly and not self.controlled_by(self.one_hand([holder]))[owned]
        if kind == "business_angel":  # "those business angels in the same enterprise": together
            angels = [
                i
                for i in range(len(self.names))
                if self.kind[i] == "business_angel"
                and (self.capital[i, owned] or self.votes[i, owned])
            ]
            if (
                sum(exact(self.facts[self.names[i]].get("total_invested") or 0) for i in angels)
                >= ANGEL_MAX
            ):
                return False
        return kind in EXEMPT_KINDS and not self.linked[holder, owned]

    # ---- art. 3(4): 25 % or more controlled by public bodies, directly or indirectly, jointly or individually ----------------
    def public_bar(self) -> str | None:
        """ "bar": never an SME. "open": they hold 25 % or more of a parent that controls A, but not of A. None: no matter."""
        n = len(self.names)
        public = [i for i in range(n) if self.kind[i] in ("public_body", "local_authority")]
        direct = np.zeros((n, n), dtype=bool)
        for holder in public:
            for owned in range(n):
                direct[holder, owned] = not self.exempt(holder, owned)
        if PUBLIC_BODIES_JOINTLY:
            inside = self.controlled_by(direct)
        else:
            inside = np.zeros(n, dtype=bool)
            for holder in public:
                inside |= self.controlled_by(direct & self.one_hand([holder]))

        def reached(owned: int) -> bool:
            if inside[owned]:  # they control it altogether
                return True
            counts = [
                o for o in range(n) if direct[o, owned] or (inside[o] and not self.exempt(o, owned))
            ]
            return (
                max(self.capital[counts, owned].sum(), self.votes[counts, owned].sum())
                >= PUBLIC_BAR * self.unit
            )

        if reached(self.me):
            return "bar"
        chain = closure(self.decisive & self.company[:, None] & self.company[None, :])
        parents = [i for i in range(n) if chain[i, self.me] and i != self.me]
        return "open" if any(reached(parent) for parent in parents) else None

    # ---- art. 3(2), 6(2), 6(3): which share of whose figures counts -------------------------------------------------------------
    def parts(self) -> dict[int, Fraction]:
        n = len(self.names)
        parts = {i: Fraction(100) for i in self.members}
        none = Fraction(0)
        others = [i for i in range(n) if i not in self.members]
        for first in others:
            if not self.company[
                first
            ]:  # a small local authority is shown as exempt; other such holders are nothing
                for target in self.members:
                    if (
                        self.kind[first] == "local_authority"
                        and self.exempt(first, target)
                        and max(self.capital[first, target], self.votes[first, target])
                        >= PARTNER_MIN * self.unit
                    ):
                        parts[first] = none
                continue
            group = [i for i in others if self.linked[first, i] and self.company[i]]
            if group[0] != first:
                continue  # this group was looked at already
            shares = []
            for target in (
                self.members
            ):  # upstream: the group jointly holds in one of us; exempt holdings left out
                ordinary = [i for i in group if not self.exempt(i, target)]
                shares.append(
                    max(self.capital[ordinary, target].sum(), self.votes[ordinary, target].sum())
                )
                free = [i for i in group if self.exempt(i, target)]
                if (
                    max(self.capital[free, target].sum(), self.votes[free, target].sum())
                    >= PARTNER_MIN * self.unit
                ):
                    for i in free:
                        if self.capital[i, target] or self.votes[i, target]:
                            parts[i] = none
            for target in group:  # downstream: we jointly hold in one of them
                shares.append(
                    max(
                        self.capital[self.members, target].sum(),
                        self.votes[self.members, target].sum(),
                    )
                )
            share = max(shares)  # cross-holdings, or partner of two of us: once, at the greater
            if (
                share >= PARTNER_MIN * self.unit
            ):  # art. 6(3): what is linked to the partner comes with it, its partners do not
                for i in group:
                    parts[i] = Fraction(share, self.unit)
        return parts

    # ---- art. 6: whose accounts are added ------------------------------------------------------------------------------------------
    def covered(self) -> set[int]:
        """Those whose figures are already in the consolidated accounts of one of us, or of one in their own linked group."""
        graph = nx.DiGraph()
        for name, facts in self.facts.items():
            if facts.get("accounts") == "consolidated":
                graph.add_edges_from((name, x) for x in facts.get("includes") or [] if x != name)
        covered = set()
        for head in graph.nodes:
            h = self.index.get(head)
            for x in nx.descendants(graph, head):
                i = self.index.get(x)
                if h is not None and i is not None and (h in self.members or self.linked[h, i]):
                    covered.add(i)
        return covered

    def basis(self, question: dict) -> str:
        """Art. 6(2): the accounts that A's years are taken from: its own, or those it is consolidated in."""
        name = question["enterprise"]
        if self.me not in self.covered():
            return name
        heads = [
            x
            for x in self.names
            if self.index[x] in self.members
            and self.index[x] not in self.covered()
            and self.facts[x].get("accounts") == "consolidated"
            and self.facts[x].get("years")
        ]
        return heads[0] if heads and not self.facts[name].get("years") else name


# ---- art. 5: annual work units --------------------------------------------------------------------------------------------------------
def heads(year: dict) -> Fraction:
    if year.get("headcount") is not None:
        return exact(year["headcount"])
    whole = exact(year.get("months") or 12)  # the share of the period that somebody worked
    return sum(
        (
            exact(s.get("n", 1))
            * exact(s.get("fte", 1))
            * max(0, min(exact(s.get("months", whole)), whole) - exact(s.get("leave_months") or 0))
            / whole
            for s in year["staff"]
            if s.get("kind") != "apprentice"
        ),
        Fraction(0),
    )


# ---- art. 4(1): the latest approved year; turnover on an annual basis --------------------------------------------------------------------
def years_of(facts: dict, as_of: date) -> list[dict]:
    years = [y for y in facts.get("years") or [] if y.get("estimated") or day(y["end"]) < as_of]
    return sorted(years, key=lambda y: day(y["end"]), reverse=True)


def figures(year: dict) -> list[Fraction]:
    return [
        heads(year),
        exact(year["turnover"]) * 12 / exact(year.get("months") or 12),
        exact(year["balance"]),
    ]


def total(group: Group, as_of: date, number: int) -> list[Fraction]:
    """Art. 6: own figures + 100 % of linked + the share of partners; every one takes its own year number `number`."""
    result = [Fraction(0)] * 3
    covered = group.covered()
    for i, pct in group.parts().items():
        if pct and i not in covered:
            row = figures(years_of(group.facts[group.names[i]], as_of)[number])
            result = [a + b * pct / 100 for a, b in zip(result, row)]
    return result


# ---- art. 2 and 4(2) ------------------------------------------------------------------------------------------------------------------------
def within(row: list[Fraction], ceiling: str) -> bool:
    most_heads, most_turnover, most_balance = CEILINGS[ceiling]
    return row[0] < most_heads and (row[1] <= most_turnover or row[2] <= most_balance)


def at_once(row: list[Fraction]) -> str:
    return next((c for c in CEILINGS if within(row, c)), "large")


def after_two_years(rows: list[list[Fraction]], changed: list[bool], previous: str | None) -> str:
    """Art. 4(2), per ceiling: the status flips only when two consecutive years agree against it.

    rows: newest first. changed[i]: the linked set of year i is not that of the year before it (a take-over in year i).
    """
    holds = {}
    for ceiling in CEILINGS:
        inside = [within(row, ceiling) for row in rows]
        if previous is not None:  # the status before the newest year was closed
            before = ORDER.index(previous) <= ORDER.index(ceiling)
            holds[ceiling] = inside[0] if inside[0] == inside[1] else before
            continue
        status = inside[-1]  # else: the oldest year given
        for i in range(len(rows) - 2, -1, -1):
            if changed[i] or inside[i] == inside[i + 1]:
                status = inside[i]
        holds[ceiling] = status
    return next((c for c in CEILINGS if holds[c]), "large")


def year_before(end: date, months: int) -> date:
    """The last day of the month that lies `months` before the month of `end`."""
    year, month = divmod(end.year * 12 + end.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    whole = end.day == calendar.monthrange(end.year, end.month)[1]
    return date(year, month + 1, last if whole else min(end.day, last))


def size(question: dict) -> dict:
    as_of = day(question["as_of"])
    all_links = question.get("links") or []
    previous = question.get("previous_category")

    def at(when: date) -> Group:
        return Group(
            question, [x for x in all_links if x.get("since") is None or day(x["since"]) <= when]
        )

    now = at(as_of)
    bar = now.public_bar()
    if bar == "bar":  # art. 3(4) ends the test
        return {
            "category": "large",
            "sme": False,
            "parts": {},
            "totals": [],
            "reason": "public_body",
        }

    years = years_of(now.facts[now.basis(question)], as_of)
    ends = [day(y["end"]) for y in years]
    groups = [now] + [
        at(end) for end in ends[1:]
    ]  # an older year knows only the links that existed at its end
    rows = [total(group, as_of, i) for i, group in enumerate(groups)]

    # Take-over: the linked set is another one than at the end of the year before.
    last = years[-1]
    chain = groups + [at(year_before(ends[-1], int(last.get("months") or 12)))]
    linked_sets = [{g.names[i] for i in g.members} for g in chain]
    changed = [linked_sets[i] != linked_sets[i + 1] for i in range(len(groups))]

    sme = None
    if changed[0]:
        category, reason, shown = at_once(rows[0]), "take_over", 1
    elif len(rows) == 1:  # one year: it decides if nothing was before it; two change a class
        category, reason, shown = previous or at_once(rows[0]), "one_year", 1
    else:
        category, reason, shown = after_two_years(rows, changed, previous), "two_years", len(rows)
    if (
        bar == "open" and category != "large"
    ):  # art. 3(4): does it control A "indirectly"? Large is large anyway.
        category, sme, reason = None, None, "public_body_open"
    if category is not None:
        sme = category != "large"
    return {
        "category": category,
        "sme": sme,
        "parts": {now.names[i]: pct for i, pct in now.parts().items()},
        "totals": [
            {"end": ends[i], "headcount": rows[i][0], "turnover": rows[i][1], "balance": rows[i][2]}
            for i in range(shown)
        ],
        "reason": reason,
    }
