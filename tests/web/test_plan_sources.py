"""No figure stands on a plan without its source and date: conditions, last days, what the law asks,
and what is known beside other aid.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from baken.landscape.told import Line
from baken.web.owner.plan_sources import Cited, cited
from baken.web.texts import text
from tests.web.conftest import FakeEngine
from tests.web.test_plan import STATE, offer

LAW_PAGE, LIST = "https://wet.example/energie", "https://lijst.example"
AT_MOST = "Je verbruikt minder dan 0,1 petajoule."
ASKED = text("nl", "journey.plan.ask_condition", says=AT_MOST)
JURY = "Je plan is nieuw. (Een jury weegt het.)"
RECORD = {
    "sources": [{"n": 1, "url": LIST, "date": "2024"}, {"n": 2, "url": LAW_PAGE, "date": None}],
    "calls": [{"closes": "2026-12-31", "source": 2}, {"closes": "2025", "source": 1}],
}
DUTY = {"id": "watch", "says": "Meld het.", "source": {"url": LIST, "date": "2024-03-05"}}
IN_2024 = Cited(LIST, "Bron van 2024", "2024")
UNDATED = Cited(LAW_PAGE, "Bron zonder datum", None)


def condition(group: str, says: str, n: int) -> dict[str, Any]:
    source = RECORD["sources"][n - 1]
    return {"name": group, "reasons": [{"says": says, "source": source}]}


LINES = [
    (condition("not_said", AT_MOST, 1), AT_MOST, (IN_2024,)),
    (condition("not_said", AT_MOST, 2), AT_MOST, (UNDATED,)),
    (condition("not_said", AT_MOST, 1), ASKED, (IN_2024,)),
    (condition("judged", JURY, 1), "Je plan is nieuw.", (IN_2024,)),
    (condition("met", AT_MOST, 1), AT_MOST, None),
]


@pytest.mark.parametrize(("group", "line", "sources"), LINES)
def test_an_open_condition_has_its_source(
    group: dict[str, Any], line: str, sources: tuple[Cited, ...] | None
) -> None:
    premie = {**offer(), "key": "k", "groups": [group]}
    assert cited([premie], {}, {}, (), "nl").get(line) == sources


def test_what_two_offers_say_in_the_same_words_has_both_sources() -> None:
    both = [
        {**offer(id=str(n)), "key": str(n), "groups": [condition("not_said", AT_MOST, n)]}
        for n in (1, 2)
    ]
    assert cited(both, {}, {}, (), "nl")[AT_MOST] == (IN_2024, UNDATED)


def test_a_last_day_a_duty_and_what_is_known_beside_have_theirs() -> None:
    premie = {**offer(deadline="2026-12-31"), "key": "k", "groups": []}
    records = {(premie["type"], premie["id"]): RECORD}
    found = cited([premie], records, {"k": [Line("Niet samen.", "nl", (1,))]}, [DUTY], "nl")
    assert found == {
        f"apply/{premie['type']}/{premie['id']}": (UNDATED,),
        "Niet samen.": (IN_2024,),
        "duty/watch": (Cited(LIST, "Bron van 5\u00a0maart 2024", "2024-03-05"),),
    }


def ask(answer: dict[str, Any]) -> None:
    """The first offer has one condition more, of which nothing was said."""
    source = {"url": LAW_PAGE, "date": "2016"}
    more = {"says": AT_MOST, "met": None, "unknown_because": "not_said", "source": source}
    answer["offers"][0]["reasons"].append({**answer["offers"][0]["reasons"][0], **more})


def test_page_and_json_show_the_source_of_each_condition(site: Client, fake: FakeEngine) -> None:
    fake.change = ask
    page = site.post("/plan", STATE).content.decode()
    cell = page.partition(f"<dd>{AT_MOST}")[2].partition("</dd>")[0]
    assert f'href="{LAW_PAGE}" data-host="wet.example"' in cell and "Bron van 2016" in cell
    lines = re.findall(r"<dd>(.*?)</dd>", page.partition('id="zelf"')[2])
    assert lines and all('class="source"' in line for line in lines)
    found = site.post("/plan", STATE, headers={"accept": "application/json"}).json()
    for part in (*found["own"], *found["show"]):
        assert len(part["sources"]) == len(part["conditions"]) and all(part["sources"])
    told = {
        says: of
        for p in found["own"]
        for says, of in zip(p["conditions"], p["sources"], strict=True)
    }
    assert told[AT_MOST] == [{"url": LAW_PAGE, "date": "2016"}]
