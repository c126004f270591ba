"""Random questions for the SME size calculation, in the question's shape (plain JSON values; dates as ISO text).

groups(seed, n) yields n questions. Always valid: capital and votes held in one enterprise add up to at most 100, nobody holds
in itself, one link per pair, circles of holdings do occur, circles of `includes` do not. All figures are given, also for what
is consolidated (an older year may need them). Every enterprise has as many years as A, its year ends are A's or (not for A,
not when consolidated) three months earlier. What is consolidated has no `since` on the links that the consolidation rests on.
"""

import random
from decimal import Decimal as D

MARKETS = ["bread", "cakes", "steel", "software"]
INVESTORS = [
    "public_investment_corporation",
    "venture_capital",
    "business_angel",
    "university",
    "nonprofit_research",
    "institutional_investor",
    "regional_fund",
]
PERCENT = [
    D(x)
    for x in "5 10 12 12.5 15 20 24.99 24.99 25 25 25 25.01 30 33.33 40 45 49.99 50 50 50 50.01 50.01 51 60 66.67 75 80 100".split()
]
ENDS = ["2025-12-31", "2024-12-31", "2023-12-31", "2022-12-31"]
EARLIER = ["2025-09-30", "2024-09-30", "2023-09-30", "2022-09-30"]
SINCE = [
    "2015-01-01",
    "2020-06-15",
    "2022-12-31",
    "2023-12-31",
    "2024-01-01",
    "2024-07-01",
    "2024-12-31",
    "2025-01-01",
    "2025-06-30",
    "2025-12-31",
    "2026-01-15",
    "2026-06-30",
]
CEILINGS = [(10, 2_000_000, 2_000_000), (50, 10_000_000, 10_000_000), (250, 50_000_000, 43_000_000)]


def plain(x):
    return int(x) if x == x.to_integral_value() else float(x)


def staff(r, n):
    """A staff list with about n annual work units."""
    rows = [{"n": max(0, int(n) - 2), "fte": 1, "months": 12, "kind": "employee"}]
    for _ in range(r.randint(1, 4)):
        rows.append(
            {
                "n": r.randint(1, 4),
                "fte": r.choice([1, 0.5, 0.8, 0.25]),
                "months": r.choice([12, 12, 6, 4, 3]),
                "kind": r.choice(
                    [
                        "employee",
                        "owner_manager",
                        "partner",
                        "apprentice",
                        "temporary_agency",
                        "seconded_in",
                    ]
                ),
            }
        )
        if r.random() < 0.3 and rows[-1]["months"] >= 6:
            rows[-1]["leave_months"] = r.choice([1, 3, 6])
    return rows


def years(r, ends, ceiling, among, wobble):
    """Figures such that `among` enterprises together come near the ceiling, some years over it and some under it."""
    base = [r.uniform(0.3, 1.7) for _ in range(3)]
    if r.random() < 0.08:
        base = [x * r.choice([0, 6]) for x in base]
    out = []
    for end in ends:
        row = [c * b * r.uniform(1 - wobble, 1 + wobble) / among for c, b in zip(ceiling, base)]
        if among == 1 and r.random() < 0.4:  # exactly at, or next to, a ceiling
            row = [c + r.choice([0, 0, 1, -1]) for c in ceiling]
        number = D(round(row[0] * 4)) / 4
        year = {"end": end}
        if r.random() < 0.1:
            year["staff"] = staff(r, number)
        else:
            year["headcount"] = plain(number)
        scale = r.choice([1, 1000, 100_000])
        year["turnover"] = int(row[1]) // scale * scale
        year["balance"] = int(row[2]) // scale * scale
        if r.random() < 0.06:
            year["months"] = r.choice([6, 9, 18])
            year["turnover"] = year["turnover"] * year["months"] // 12
        out.append(year)
    return out


def one(r):
    n = r.choice([2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10, 11, 12])
    with_persons, with_investors, with_public = (
        r.random() < 0.45,
        r.random() < 0.5,
        r.random() < 0.25,
    )
    kinds = {"A": "enterprise"}
    for i in range(1, n):
        x, kind = r.random(), "enterprise"
        if with_persons and x < 0.25:
            kind = "natural_person"
        elif with_investors and 0.25 <= x < 0.5:
            kind = r.choice(INVESTORS)
        elif with_public and 0.5 <= x < 0.68:
            kind = r.choice(["public_body", "public_body", "local_authority"])
        kinds["BCDEFGHIJKL"[i - 1]] = kind
    names = list(kinds)
    companies = [
        x for x in names if kinds[x] not in ("natural_person", "public_body", "local_authority")
    ]

    # ---- holdings
    links, left = {}, {x: [D(100), D(100)] for x in names}

    def hold(owner, owned, capital=None, control=None):
        if owner == owned or (owner, owned) in links or owned not in companies:
            return
        link = {"owner": owner, "owned": owned}
        room = left[owned]
        if control:
            link["control"] = control
        if not control or r.random() < 0.5:
            capital = min(capital if capital is not None else r.choice(PERCENT), room[0])
            x = r.random()
            votes = r.choice(PERCENT + [D(0)]) if x < 0.22 else capital
            if x > 0.75 and not control and capital <= room[1]:
                votes = None  # votes follow capital
            if votes is not None:
                votes = min(votes, room[1])
            if capital <= 0 and not votes and not control:
                return
            room[0] -= capital
            room[1] -= capital if votes is None else votes
            link["capital_pct"] = plain(capital)
            if votes is not None:
                link["voting_pct"] = plain(votes)
        links[owner, owned] = link

    CONTROL = ["appoint_majority", "dominant_contract", "shareholder_agreement"]
    # The special holders first, while there is room: investors and public bodies in A, in a parent of A, or anywhere.
    for x in names:
        if kinds[x] in INVESTORS and r.random() < 0.6:
            hold(x, "A", r.choice([D(20), D("24.99"), D(25), D(25), D(30), D(50), D("50.01")]))
        if kinds[x] in ("public_body", "local_authority") and r.random() < 0.8:
            y = r.choice(companies)
            hold(
                x,
                y,
                r.choice([D(12), D(15), D("24.99"), D(25), D(30), D(40), D(50), D(51), D(100)]),
            )
            if r.random() < 0.5:  # what it holds, holds A
                hold(y, "A", r.choice([D(12), D(15), D("24.99"), D(25), D("50.01"), D(60)]))
    for owned in companies:
        if kinds[owned] != "enterprise" and r.random() < 0.6:
            continue
        many = r.choice([0, 1, 1, 2, 2, 3]) if owned != "A" else r.choice([0, 1, 2, 2, 3, 4])
        for owner in r.sample(names, min(many, n)):
            control = (
                r.choice(CONTROL)
                if r.random() < (0.06 if kinds[owner] in ("enterprise", "natural_person") else 0.03)
                else None
            )
            hold(owner, owned, control=control)
    if r.random() < 0.6 and len(companies) > 1:  # A holds something itself
        hold("A", r.choice(companies[1:]))
    if r.random() < 0.3 and len(companies) > 2:  # two that are linked each hold a little of a third
        x, y, z = r.sample(companies, 3)
        hold(x, y, D(r.choice([51, 60, 100])))
        hold(x, z, r.choice([D(12), D("12.5"), D(15), D(30), D("25.01")]))
        hold(y, z, r.choice([D(12), D("12.5"), D("12.49"), D(25), D(30)]))
    persons = [x for x in names if kinds[x] == "natural_person"]
    for p in persons:  # a person with two firms
        if r.random() < 0.7:
            for x in r.sample(companies, min(2, len(companies))):
                hold(p, x, r.choice([D(25), D(30), D(50), D("50.01"), D(51), D(100)]))
    question = {"as_of": "2026-06-30", "enterprise": "A", "enterprises": {}}

    # ---- consolidated accounts: of what one controls (directly, and what that one includes), rarely an associate
    accounts, fixed = {}, set()

    def votes(link):
        return link.get("voting_pct", 0 if "control" in link else link.get("capital_pct", 0))

    if r.random() < 0.35:
        for head in r.sample(companies, len(companies)):
            mine = [
                l["owned"]
                for (o, _), l in links.items()
                if o == head and (votes(l) > 50 or "control" in l)
            ]
            mine = [x for x in mine if r.random() < 0.75 and head not in reach(accounts, x)]
            if mine and r.random() < 0.7:
                accounts[head] = mine
                fixed.update((head, x) for x in mine)
                if (
                    head == "A" and r.random() < 0.3
                ):  # an associate that is consolidated in proportion
                    more = [
                        l["owned"]
                        for (o, _), l in links.items()
                        if o == head
                        and l["owned"] not in mine
                        and "control" not in l
                        and 25 <= votes(l) <= 50
                        and head not in reach(accounts, l["owned"])
                    ]
                    accounts[head] = mine + more
                    fixed.update((head, x) for x in more)

    # ---- when the links came, meddling
    dated = r.random() < 0.45
    for pair, link in links.items():
        if dated and pair not in fixed and r.random() < 0.6:
            link["since"] = r.choice(SINCE)
        if kinds[pair[0]] in INVESTORS + ["local_authority"] and r.random() < 0.35:
            link["involved_in_management"] = r.random() < 0.4

    # ---- the enterprises
    count = r.choice([1, 2, 2, 2, 3, 3, 3, 4])
    ceiling, wobble = r.choice(CEILINGS), r.choice([0, 0.2, 0.5, 0.8])
    among = r.choice([1, 1, 2, max(1, len(companies) // 2), len(companies)])
    estimated = r.random() < 0.03
    for x in names:
        facts = {} if kinds[x] == "enterprise" and r.random() < 0.3 else {"kind": kinds[x]}
        if x in companies:
            if x in accounts:
                facts["accounts"], facts["includes"] = "consolidated", accounts[x]
            elif r.random() < 0.2:
                facts["accounts"] = "individual"
            if kinds[x] == "business_angel":
                facts["total_invested"] = r.choice([400_000, 1_249_999, 1_250_000, 2_000_000])
            if kinds[x] == "enterprise" and r.random() < (0.85 if persons else 0.3):
                facts["markets"] = r.sample(MARKETS, r.choice([1, 1, 2]))
            ends = EARLIER if x != "A" and x not in accounts and r.random() < 0.1 else ENDS
            facts["years"] = years(r, ends[:count], ceiling, among, wobble)
            if estimated and x == "A":
                facts["founded_on"] = "2026-02-01"
                facts["years"] = [{**facts["years"][0], "end": "2026-12-31", "estimated": True}]
        if kinds[x] == "local_authority":
            facts["annual_budget"] = r.choice([5_000_000, 9_999_999, 9_999_999, 10_000_000])
            facts["inhabitants"] = r.choice([3000, 4999, 4999, 5000])
        question["enterprises"][x] = facts
    if links:
        question["links"] = r.sample(list(links.values()), len(links))

    # ---- persons or investors (not business angels) who act together; sets do not overlap
    together = []
    investors = [x for x in names if kinds[x] in INVESTORS and kinds[x] != "business_angel"]
    for set_ in (persons, investors):
        if len(set_) > 1 and r.random() < 0.6:
            together.append(r.sample(set_, r.randint(2, min(3, len(set_)))))
    if together:
        question["acting_together"] = together
    if not estimated and count > 1 and r.random() < 0.4 or r.random() < 0.03:
        question["previous_category"] = r.choice(["micro", "small", "medium", "large"])
    return question


def reach(accounts, start):
    """`start` and all that is included from it."""
    seen, todo = set(), [start]
    while todo:
        x = todo.pop()
        if x not in seen:
            seen.add(x)
            todo += accounts.get(x, [])
    return seen


def groups(seed, n):
    r = random.Random(seed)
    for _ in range(n):
        yield one(r)
