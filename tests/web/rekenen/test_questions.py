"""The questions of /rekenen as data, what people type, and how both become the law's input."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from baken.kernel.errors import BakenError
from baken.law import alarm_bell
from baken.law.known import BY_ITSELF
from baken.web.reckon import model, parse
from baken.web.reckon.answers import ask, in_words
from baken.web.reckon.fill import fill
from baken.web.reckon.walk import left, walk
from baken.web.texts import LANGS
from tests.web.rekenen.walker import DAY, TOOLS

CASES = Path(__file__).parents[2] / "law" / "cases"


# -- the questions as data ------------------------------------------------------------------------
def _texts(tool: model.Tool) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield "title", tool.title
    yield "lead", tool.lead
    yield "example", tool.example_says
    for q in tool.questions():
        yield q.id, q.text
        yield f"{q.id} label", q.label
        if q.help:
            yield f"{q.id} help", q.help
        for p in q.parts:
            yield f"{q.id}.{p.id}", p.text
            for code, text in p.choices:
                yield f"{q.id} = {code}", text


@pytest.mark.parametrize("tool", TOOLS)
def test_every_question_stands_in_three_languages(tool: str) -> None:
    for name, text in _texts(model.load(tool)):
        assert set(text) == set(LANGS), name
        assert all(isinstance(t, str) and t.strip() for t in text.values()), name


@pytest.mark.parametrize("tool", TOOLS)
def test_headings_hold_each_choice_once(tool: str) -> None:
    for part in (p for q in model.load(tool).questions() for p in q.parts if p.groups):
        under = [code for _, codes in part.groups for code in codes]
        assert sorted(under) == sorted(code for code, _ in part.choices)
        assert all(set(head) == set(LANGS) for head, _ in part.groups)


@pytest.mark.parametrize("tool", TOOLS)
def test_every_choice_is_one_of_the_laws(tool: str) -> None:
    """Each choice alone, beside the example, is read by the law room."""
    loaded = model.load(tool)
    for key, given in loaded.example.items():
        slots = {s.key: s for s in walk(loaded, loaded.example, DAY).asked}
        for at, part in enumerate(slots[key].question.parts):
            for code, _ in part.choices:
                changed = (*given[:at], code, *given[at + 1 :])
                filled = fill(loaded, {**loaded.example, key: changed}, DAY, "nl")
                if not filled.blocked:
                    ask(tool, filled.input)


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("lang", LANGS)
def test_an_example_answers_all_its_questions(tool: str, lang: str) -> None:
    loaded = model.load(tool)
    way = walk(loaded, loaded.example, DAY)
    assert way.next is None
    assert [s.key for s in way.asked] == list(loaded.example)
    _, answer = ask(tool, fill(loaded, loaded.example, DAY, lang).input)
    assert answer.missing == []


@pytest.mark.parametrize("tool", TOOLS)
def test_who_knows_nothing_gets_through_and_the_count_never_lies(tool: str) -> None:
    loaded = model.load(tool)
    answers: dict[str, tuple[str, ...]] = {}
    before = left(loaded, answers, DAY)
    while (slot := walk(loaded, answers, DAY).next) is not None:
        answers[slot.key] = ("",) * len(slot.question.parts)
        now = left(loaded, answers, DAY)
        assert now < before, slot.key
        before = now
    filled = fill(loaded, answers, DAY, "nl")
    if not filled.blocked:
        ask(tool, filled.input)


def _law_inputs(name: str) -> Iterator[Any]:
    def inside(x: Any) -> Iterator[Any]:
        if isinstance(x, dict):
            if "input" in x:
                yield x["input"]
            for v in x.values():
                yield from inside(v)
        elif isinstance(x, list):
            for v in x:
                yield from inside(v)

    yield from inside(yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("table", "tools"),
    [
        ("size", ["size"]),
        ("difficulty", ["difficulty", "alarm_bell"]),
        ("deminimis", ["de_minimis"]),
        ("aid", ["aid"]),
        ("delineate", ["delineate"]),
    ],
)
def test_what_is_missing_or_assumed_has_plain_words(table: str, tools: list[str]) -> None:
    """Over all worked examples of the law room."""
    for raw in _law_inputs(table):
        for tool in tools:
            try:
                _, answer = ask(tool, raw)
            except BakenError:
                continue
            for name in [*answer.missing, *answer.assumed]:
                for lang in LANGS:
                    assert in_words(name, lang) != name, name


def test_what_the_law_room_assumes_has_plain_words_wherever_it_stands() -> None:
    """Sentences without a name in them; those with one are in the examples above."""
    law = Path(alarm_bell.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in law.rglob("*.py"))
    names = [*re.findall(r'assumed\["([^"]+)"\]', code), *BY_ITSELF]
    assert len(names) > 30
    for lang in LANGS:
        assert [name for name in names if in_words(name, lang) == name] == []


# -- what people type -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "typed", "lang", "means"),
    [
        ("number", "12,5", "nl", "12.5"),
        ("number", "12.5", "nl", "12.5"),
        ("number", "1.200", "nl", "1200"),
        ("number", "1,200", "en", "1200"),
        ("number", "1,2", "en", "1.2"),
        ("euro", "€ 8.000.000", "nl", "8000000"),
        ("euro", "8 000 000", "fr", "8000000"),
        ("euro", "1,234.50", "nl", "1234.50"),
        ("euro", "1.234,50 euro", "nl", "1234.50"),
        ("euro", "7.500", "en", "7500"),
        ("percent", "33,333 %", "nl", "33.333"),
        ("percent", "25", "nl", "25"),
        ("date", "31/12/2025", "nl", "2025-12-31"),
        ("date", "1-3-2024", "nl", "2024-03-01"),
        ("date", "2024-03-01", "en", "2024-03-01"),
        ("date", "31/12/25", "nl", "2025-12-31"),
        ("date", "1/3/98", "nl", "1998-03-01"),
        ("date", "31122025", "nl", "2025-12-31"),
        ("date", "2025/12/31", "nl", "2025-12-31"),
        ("date", "31 december 2025", "nl", "2025-12-31"),
        ("date", "1 mrt 2024", "nl", "2024-03-01"),
        ("date", "1er août 2024", "fr", "2024-08-01"),
        ("date", "15 fevrier 2024", "fr", "2024-02-15"),
        ("date", "December 31, 2025", "en", "2025-12-31"),
        ("euro", "350.000,-", "nl", "350000"),
        ("euro", "€ 350.000,--", "nl", "350000"),
        ("number", "+5", "nl", "5"),
        ("percent", "33,333333333 %", "nl", "33.333333"),
    ],
)
def test_typed(kind: str, typed: str, lang: str, means: str) -> None:
    part = model.Part("", kind, {})
    plain = parse.canonical(part, typed, lang)
    assert plain == means
    again = parse.typed_again(part, plain, lang)
    assert parse.value(part, parse.canonical(part, again, lang)) == parse.value(part, plain)


@pytest.mark.parametrize(
    ("kind", "typed", "problem"),
    [
        ("number", "veel", "number"),
        ("number", "-3", "negative"),
        ("number", "1e9", "number"),
        ("number", "٣", "number"),
        ("euro", "1,2,3", "euro"),
        ("euro", "9" * 40, "large"),
        ("percent", "101", "percent"),
        ("date", "30/2/2025", "date_none"),
        ("date", "vorig jaar", "date"),
        ("date", "31 tulp 2025", "date"),
        ("date", "32122025", "date_none"),
        ("date", "3 jui 2025", "date"),
        ("date", "1/1/0020", "date_range"),
        ("choice", "iets", "choice"),
    ],
)
def test_typed_wrong(kind: str, typed: str, problem: str) -> None:
    choices = (("a", {"nl": "A"}),) if kind == "choice" else ()
    with pytest.raises(parse.Wrong, match=f"^{problem}$"):
        parse.canonical(model.Part("", kind, {}, choices), typed, "nl")


# -- from answers to the law ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answers", "category"),
    [
        ("heads 8 8; money 900000", "micro"),
        ("heads 40 40; money 6000000", "small"),
        ("heads 40 40; money 6000000; held 30 enterprise 200", "medium"),
        ("heads 40 40; money 6000000; held 24 enterprise 9000", "small"),
        ("heads 40 40; money 6000000; held 51 enterprise 300", "large"),
        ("heads 40 40; money 6000000; held 40 venture_capital 9000", "small"),
        ("heads 40 40; money 6000000; held 25 public_body 0", "large"),
        ("heads 40 40; money 6000000; held 100 natural_person 0", "small"),
    ],
)
def test_size(answers: str, category: str) -> None:
    said: dict[str, tuple[str, ...]] = {"year_end": ("2025-12-31",)}
    for piece in answers.split("; "):
        match piece.split():
            case ["heads", one, two]:
                said["heads"] = (one, two)
            case ["money", euros]:
                said["turnover"] = said["balance"] = (euros, euros)
            case ["held", pct, kind, heads]:
                money = str(int(heads) * 300_000)
                said |= {
                    "owner.0": ("yes",), "owner.0.kind": (kind,), "owner.0.capital": (pct,),
                    "owner.0.votes": (pct,), "owner.0.management": ("no",),
                    "owner.0.bigger": ("no",),
                    "owner.0.heads": (heads, heads), "owner.0.turnover": (money, money),
                    "owner.0.balance": (money, money), "owner.1": ("no",),
                }  # fmt: skip
    said = {"owner.0": ("no",), **said, "owned.0": ("no",), "sister.0": ("no",)}
    tool = model.load("size")
    assert walk(tool, said, DAY).next is None
    _, answer = ask("size", fill(tool, said, DAY, "nl").input)
    assert answer.category == category


def test_another_firm_of_the_same_person_counts() -> None:
    tool = model.load("size")
    said = {
        "year_end": ("",), "heads": ("40", "40"), "turnover": ("6000000", "6000000"),
        "balance": ("6000000", "6000000"), "owner.0": ("no",), "owned.0": ("no",),
        "sister.0": ("yes",), "sister.0.heads": ("100", "100"),
        "sister.0.turnover": ("20000000", "20000000"),
        "sister.0.balance": ("9000000", "9000000"), "sister.1": ("no",),
    }  # fmt: skip
    filled = fill(tool, said, DAY, "nl")
    _, answer = ask("size", filled.input)
    assert (answer.category, answer.totals[0].headcount.known) == ("medium", Decimal(140))
    assert filled.defaults[0][2] == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("tool", "said", "not_asked"),
    [
        ("difficulty", {"proceedings": "yes"}, ["criteria", "legal_form", "equity"]),
        ("difficulty", {"legal_form": "sole_trader"}, ["founded", "equity", "capital", "linked.0"]),
        ("difficulty", {"legal_form": "nv", "founded": "2025-01-01"}, ["capital", "premium"]),
        ("difficulty", {"legal_form": "bv"}, ["capital", "premium", "own"]),
        ("alarm_bell", {"legal_form": "vzw"}, ["assets", "capital", "established"]),
        ("alarm_bell", {"legal_form": "bv"}, ["capital", "loss"]),
        ("alarm_bell", {"earlier": "no"}, ["convened", "reason", "complied"]),
        ("de_minimis", {"new": "no"}, ["instrument", "amount", "principal", "purpose"]),
        ("de_minimis", {"new": "yes", "instrument": "grant"}, ["principal", "years", "collateral"]),
        ("aid", {"kind": "training"}, ["area", "collaboration", "joint", "recurring"]),
        ("aid", {"kind": "startup"}, ["costs", "days", "dissemination"]),
        ("aid", {"kind": "industrial_research", "collaboration": "no"}, ["with_sme", "highest"]),
        ("delineate", {"kind": "price_change"}, ["novel", "uncertainty", "goal", "implemented"]),
        ("delineate", {"kind": "install_bought"}, ["uncertainty", "creative", "goal"]),
        ("delineate", {"kind": "software", "novel": "none"}, ["goal"]),
    ],
)  # fmt: skip
def test_questions_that_no_longer_matter_are_not_put(
    tool: str, said: dict[str, str], not_asked: list[str]
) -> None:
    loaded = model.load(tool)
    answers: dict[str, tuple[str, ...]] = {}
    while (slot := walk(loaded, answers, DAY).next) is not None:
        value = said.get(slot.key, "no" if slot.gate else "")
        answers[slot.key] = (value,) + ("",) * (len(slot.question.parts) - 1)
    assert set(not_asked).isdisjoint(answers)
