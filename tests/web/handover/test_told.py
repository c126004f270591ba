"""Alarms and rules of the law in a dossier: a tick of their own each, shared only when ticked."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from baken.law.steps import texts
from baken.match.computed import computed
from baken.match.firm import read_firm
from baken.refer.dossier import Dossier, select
from baken.refer.paper import pdf
from baken.signals.alarms import light_alarm
from baken.signals.series import Series
from baken.signals.watch import watch
from baken.web.handover.alarms_told import _says, alarms
from baken.web.handover.figures_told import of_step
from baken.web.handover.models import Permission, Referral
from baken.web.signalen.demo import PLANS
from baken.web.signalen.judge import Item
from baken.web.texts import LANGS
from tests.refer.papers import faults
from tests.web.conftest import FakeEngine
from tests.web.handover import path
from tests.web.signalen.conftest import Owner, table

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def places(records: None, tmp_path: Path, settings: Any) -> None:
    settings.SIGNALS_ROOT = tmp_path / "signalen"
    path.doors_take_files()


def ticks(site: Client, **more: Any) -> dict[str, bool]:
    """The items of the first step, and which are ticked."""
    page = html.unescape(site.post("/stuur", path.state(**more)).content.decode())
    found = re.findall(r'name="item" value="([^"]+)"( checked)?', page)
    assert ("need", " checked") in found
    return {name: bool(checked) for name, checked in found}


def computed_of(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """What the engine says of papers and facts."""
    firm = read_firm(facts, "", DAY, "nl")
    return [computed(n, found, firm).model_dump() for n, found in firm.found.items()]


def share(site: Client, item: list[str], **more: Any) -> tuple[str, Dossier]:
    """The preview, and what was kept after sending."""
    page = path.preview(site, item=item, **more)
    site.post("/stuur/verstuur", {"sealed": path.sealed(page), "do": "send"})
    return page, Dossier.model_validate(Referral.objects.get().dossier)


# -- alarms -------------------------------------------------------------------------------------
@pytest.fixture
def code(site: Client) -> str:
    """The code of figures in which turnover falls by a third."""
    owner = Owner(site)
    owner.give(table(fall=0.35))
    return owner.code


def alarm_of(site: Client, code: str) -> str:
    return next(name for name in ticks(site, figures=code) if name.startswith("signals:"))


def test_the_page_of_signals_hands_its_code_to_the_question(site: Client) -> None:
    owner = Owner(site)
    page = owner.give(table(fall=0.35))
    assert f'name="figures" value="{owner.code}"' in page
    answer = site.post("/resultaat", {"need": "klanten weg", "figures": owner.code})
    form = answer.content.decode().partition('id="kies"')[2].partition("</form>")[0]
    assert f'name="figures" value="{owner.code}"' in form


def test_an_alarm_is_there_to_tick_and_not_ticked(site: Client, code: str) -> None:
    found = ticks(site, figures=code)
    assert [name for name, checked in found.items() if checked] == ["need"]
    assert [name.split(":")[0] for name in found].count("signals") == 1


def test_a_ticked_alarm_tells_what_since_when_how_sure_and_from_what(
    site: Client, code: str
) -> None:
    name = alarm_of(site, code)
    page, shared = share(site, ["need", name], figures=code)
    (alarm,) = shared.signals
    assert "augustus 2025" in alarm.says
    assert alarm.since == "augustus 2025"
    assert alarm.chance.startswith("Van 100 gezonde zaken")
    assert alarm.source is not None
    assert alarm.source.label == "eigen cijfers van de onderneming: omzet"
    assert str(alarm.source.dated) == "2025-12-31", "the last month, not the day of sending"
    assert "De cijfers gaan tot december 2025." in alarm.evidence
    for told in (alarm.says, alarm.chance, alarm.source.label, *alarm.evidence):
        assert told in page
    assert Permission.objects.get().items[-1] == name


def test_an_alarm_without_a_tick_is_nowhere(site: Client, code: str) -> None:
    page, shared = share(site, ["need"], figures=code)
    assert shared.signals == []
    assert "augustus 2025" not in page
    assert code not in page.split('class="card preview"')[1].split("</section>")[0]


def test_no_figure_and_no_word_of_a_table_is_in_the_name_of_an_alarm(site: Client) -> None:
    owner = Owner(site)
    owner.give(table(fall=0.35, name="klant Peeters.csv"))
    name = alarm_of(site, owner.code)
    assert re.fullmatch(r"signals:[0-9a-f]{12}", name)


def test_figures_that_were_wiped_are_no_item(site: Client, code: str) -> None:
    owner = Owner(site)
    owner.code = code
    owner.go(wipe="1")
    assert not any(name.startswith("signals:") for name in ticks(site, figures=code))


MONEY_IN_HAND = Series(
    "cash", tuple(f"{2023 + m // 12}-{m % 12 + 1:02d}" for m in range(24)),
    (60_000.0,) * 20 + (-1_234.0,) * 4, "down", "money", unit="EUR",
)  # fmt: skip
OWN_FUNDS = Series(
    "equity", ("2024", "2025"), (60_000.0, -62_345.0), "down", "money", "year", unit="EUR"
)
LIMITS = [
    # what crosses a limit; what an adviser is told, without its amount
    (MONEY_IN_HAND, "onder nul sinds september 2024"),
    (OWN_FUNDS, "eigen vermogen is onder nul"),
]


@pytest.mark.parametrize(("series", "told"), LIMITS, ids=["cash", "equity"])
def test_no_amount_is_in_what_is_told_of_an_alarm(series: Series, told: str) -> None:
    found = [Item(alarm, series) for alarm in watch([series]).alarms if alarm.rate == 0]
    assert found
    for item in found:
        assert told in _says(item, "nl")
        assert not re.search(r"1\.234|62\.345|€", _says(item, "nl"))


@pytest.mark.parametrize("lang", LANGS)
def test_arrears_are_told_without_their_amount(lang: str) -> None:
    light = {"firm": "", "kind": "overdue-tax", "at": "2025-12-31", "amount": 7_654, "before": 0}
    says = _says(Item(light_alarm(light)), lang)
    assert says.endswith(").")
    assert not re.search(r"\d", says)


@pytest.mark.parametrize("wiped", [True, False])
def test_a_ticked_alarm_that_is_no_more_is_told(site: Client, code: str, wiped: bool) -> None:
    name = alarm_of(site, code)
    if wiped:
        owner = Owner(site)
        owner.code = code
        owner.go(wipe="1")
    page = path.preview(site, item=["need", name], figures=code)
    assert ("Een signaal dat je aanvinkte, gaat niet mee" in page) is wiped


def test_invented_figures_go_nowhere(site: Client) -> None:
    owner = Owner(site)
    page = owner.give(demo=next(iter(PLANS)))
    assert "story__now" in page
    assert 'name="figures"' not in page
    assert alarms(owner.code, "nl") == []


WRONG_CODES = ["", "x", "aaaaa-aaaaa-aaaaa-aaaaa-aaaaa", "<script>", "../../etc", "é" * 29]


@pytest.mark.parametrize("wrong", WRONG_CODES)
def test_a_code_of_nothing_gives_no_alarm_and_no_error(site: Client, wrong: str) -> None:
    assert not any(name.startswith("signals:") for name in ticks(site, figures=wrong))


@pytest.mark.parametrize("lang", LANGS)
def test_an_alarm_is_told_in_the_language_of_the_page(site: Client, code: str, lang: str) -> None:
    since = {"nl": "augustus 2025", "en": "August 2025", "fr": "août 2025"}[lang]
    assert since in alarms(code, lang)[0]["says"]


# -- rules of the law ---------------------------------------------------------------------------
BELL = {
    "alarm_bell": {
        "legal_form": ["bv"],
        "assets": ["100000"],
        "debts": ["150000"],
    }
}


def test_an_outcome_that_was_worked_out_can_go_along(site: Client) -> None:
    reckoned = json.dumps(BELL)
    assert ticks(site, reckoned=reckoned)["law:rekenen-alarm_bell"] is False
    page, shared = share(site, ["law:rekenen-alarm_bell"], reckoned=reckoned)
    (rule,) = shared.law
    assert rule.until is None, "nobody knows from which day the two months run"
    assert {s.source.label for s in rule.steps if s.source} >= {"WVV, art. 5:153"}
    for step in rule.steps:
        assert step.says in page
    assert "/eli/wet/2019/03/23/2019A40586/justel" in page
    assert "Uiterlijk op" not in page


def test_the_page_of_an_outcome_leads_to_a_question_with_it(site: Client) -> None:
    answers = json.dumps(BELL["alarm_bell"])
    page = html.unescape(
        site.post("/rekenen/alarmbel", {"answers": answers, "show": "1"}).content.decode()
    )
    carried = re.search(r'name="reckoned" value="(\{.*?\})">', page)
    assert carried is not None
    asked = site.post("/", {"edit": "1", "need": "x", "reckoned": carried[1]}).content.decode()
    assert carried[1] in html.unescape(asked)


LOSS = {"end": "2025-12-31", "equity": -20_000}
FACTS = [
    ({"social_debt_overdue": True}, "law:arrears", "WER, art. XX.99"),
    ({"tax_debt_overdue": True, "legal_form": "bv"}, "law:arrears", "WVV, art. 5:153, § 2"),
    ({"equity": "..-1", "legal_form": "bv"}, "law:alarm_bell", "WVV, art. 5:153"),
    ({"accounts": {"years": [LOSS]}, "legal_form": "cv"}, "law:alarm_bell", "WVV, art. 6:119"),
    ({"equity": -5000, "legal_form": "nv"}, "law:alarm_bell", "WVV, art. 7:228"),
]


@pytest.mark.parametrize(("facts", "name", "article"), FACTS, ids=[n for _, n, _ in FACTS])
def test_duties_that_follow_from_facts_are_items(
    site: Client, facts: dict[str, Any], name: str, article: str
) -> None:
    said = json.dumps(facts)
    assert ticks(site, facts=said)[name] is False
    page, shared = share(site, [name], facts=said)
    assert article in {s.source.label for s in shared.law[0].steps if s.source}
    assert article in page


NO_DUTY: list[dict[str, Any]] = [
    {},
    {"social_debt_overdue": False},
    {"equity": "..-1"},
    {"accounts": {"years": [{"end": "2025-12-31", "equity": 20_000}]}, "legal_form": "bv"},
    {"accounts": "onzin", "legal_form": "bv"},
    {"equity": "5000..61499", "legal_form": "bv"},
    {"equity": -5000, "legal_form": "sole_trader"},
    {"equity": "onzin", "legal_form": "bv"},
    {"equity": [1], "legal_form": ["bv"]},
]


@pytest.mark.parametrize("facts", NO_DUTY, ids=[json.dumps(f) for f in NO_DUTY])
def test_without_a_duty_there_is_no_item(site: Client, facts: dict[str, Any]) -> None:
    assert not any(name.startswith("law:a") for name in ticks(site, facts=json.dumps(facts)))


YEAR = {"end": "2025-12-31", "headcount": 4, "turnover": 820_000, "balance": 400_000}
LINKED = {
    "enterprise": "A",
    "enterprises": {"A": {"years": [YEAR]}},
    "links": [],
}
BAKERY = {
    "headcount": 4, "turnover": 820_000, "balance_total": 400_000, "equity": 90_000,
    "legal_form": "bv", "group": LINKED,
}  # fmt: skip
LEFT = "De cijfers staan er niet bij: de ondernemer deelde ze niet."
MONEY = ["facts:headcount", "facts:turnover", "facts:balance_total"]
SHARED_FIGURES = [
    # ticked beside the size; whether its figures go along
    ([], False),
    (MONEY[:2], False),
    (MONEY, True),
]


@pytest.mark.parametrize(("beside", "told"), SHARED_FIGURES, ids=["none", "two", "all"])
def test_a_figure_without_a_tick_of_its_own_is_in_no_reasoning(
    site: Client, fake: FakeEngine, beside: list[str], told: bool
) -> None:
    fake.change = lambda answer: answer.update(computed=computed_of(BAKERY))
    page, shared = share(site, ["law:size", *beside], facts=json.dumps(BAKERY))
    (rule,) = shared.law
    said = rule.model_dump_json() + page.partition("Wat de regels zeggen")[2]
    assert ("820.000" in said, "400.000" in said) == (told, told)
    assert (LEFT in rule.outcome, LEFT in page) == (not told, not told)
    assert rule.outcome.startswith("micro")


def test_a_range_that_was_ticked_opens_no_exact_figure() -> None:
    step = {"says": "omzet 820.000 euro", "figures": ["turnover"]}
    fact = {"id": "turnover", "label": "a", "value": "b", "source": {"label": "c"}}
    for data, told in ((820_000, 1), ("500000..1000000", 0)):
        whole = {"made_on": "2026-11-26", "to": "x", "to_id": "x"}
        rule = {"id": "size", "title": "x", "outcome": "micro", "steps": [step]}
        whole |= {"facts": [{**fact, "data": data}], "law": [rule]}
        shared = select(Dossier.model_validate(whole), {"facts:turnover", "law:size"})
        assert len(shared.law[0].steps) == told


def test_figures_typed_at_a_tool_stay_there(site: Client) -> None:
    """They have no tick of their own: the outcome goes along, the amounts don't."""
    page, shared = share(site, ["law:rekenen-alarm_bell"], reckoned=json.dumps(BELL))
    for secret in ("100.000", "150.000", "50.000"):
        assert secret not in page
    assert LEFT in shared.law[0].outcome


OF_THE_FIRM = {
    "amount", "assets", "balance", "capital", "costs", "counted", "earlier", "guaranteed", "half",
    "headcount", "heads", "nominal", "owed", "principal", "rest", "room", "share", "total",
    "turnover", "used", "votes",
}  # fmt: skip
OF_THE_LAW = {
    "accounts", "act", "applied", "article", "categories", "category", "ceiling", "classes", "day",
    "end", "enterprise", "first", "ground", "heavy", "held", "into", "kind", "last", "most",
    "most_years", "nace",
    "name", "names", "pct", "rate", "start", "started", "thin", "threshold", "to", "value",
    "values_possible", "via", "years",
}  # fmt: skip


def test_every_sentence_of_the_law_with_a_figure_of_the_firm_is_known() -> None:
    for code, says in texts().items():
        holds = set(re.findall(r"{(\w+)}", says["nl"]))
        assert holds <= OF_THE_FIRM | OF_THE_LAW, code
        firm = holds & OF_THE_FIRM or (code.startswith("size.") and "pct" in holds)
        if code != "aid.max":  # the outcome itself
            assert bool(firm) <= bool(of_step(code)), code


ASSUMED = [
    ({"accounts": {"years": [{"end": "2025-12-31", "rubrics": {
        "9087": 4, "70": 820_000, "20/58": 400_000, "10/49": 400_000, "10/15": 90_000}}]}},
     {"De onderneming heeft geen verbonden ondernemingen en geen partners."}),
    ({"equity": "..-1", "legal_form": "bv"}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "holds"), ASSUMED, ids=["accounts", "bell"])
def test_what_was_taken_for_granted_is_in_plain_words(
    site: Client, fake: FakeEngine, facts: dict[str, Any], holds: set[str]
) -> None:
    fake.change = lambda answer: answer.update(computed=computed_of(facts))
    names = [n for n in ticks(site, facts=json.dumps(facts)) if n.startswith("law:")]
    _, shared = share(site, names, facts=json.dumps(facts))
    assumed = {line for rule in shared.law for line in rule.assumed}
    assert holds <= assumed
    for line in assumed:
        assert re.fullmatch(r"[A-Z][^:]+\.", line), line
    assert "Het nettoactief dreigt niet onder nul te gaan." not in assumed


HOSTILE = [
    "[",
    "[]",
    '{"alarm_bell": 1, "size": []}',
    '{"alarm_bell": {"legal_form": ["bv", "nv"], "assets": {"a": 1}}}',
    '{"nothing": {"a": ["b"]}, "difficulty": {"legal_form": [["x"]]}}',
    '{"size": {"heads": ["<script>"]}}',
    "{" * 5_000,
    "x" * 30_000,
]


@pytest.mark.parametrize("reckoned", HOSTILE, ids=range(len(HOSTILE)))
def test_answers_that_are_none_break_nothing(site: Client, reckoned: str) -> None:
    answer = site.post("/stuur", path.state(reckoned=reckoned))
    assert answer.status_code == 200
    assert b"<script>" not in answer.content


@pytest.mark.parametrize("lang", LANGS)
def test_the_paper_holds_the_same(site: Client, code: str, lang: str, tmp_path: Path) -> None:
    """With alarms and rules in it, as the site gathers them, in each language."""
    from baken.web.handover.draft import Draft
    from baken.web.handover.gather import gather
    from baken.web.owner.asking import Asked
    from tests.web.conftest import fixture

    asked = Asked(lang=lang, need="x", figures=code, reckoned=BELL)
    asked.facts = {"social_debt_overdue": True}
    whole = gather(fixture("oven"), asked, (path.TO, "x"), Draft(to=path.TO, key="a"))
    assert len(whole.signals) == 1
    assert {rule.id for rule in whole.law} >= {"rekenen-alarm_bell", "arrears"}
    assert faults(pdf(whole), tmp_path) == []
