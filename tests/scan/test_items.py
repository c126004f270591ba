"""The questions, domains, steps and words as data: whole, in three languages, and tied to needs."""

from __future__ import annotations

import re

import pytest

from baken.facts.values import parse_value
from baken.facts.vocabulary import load_vocabulary
from baken.needs import load_needs
from baken.scan.items import (
    LANGS,
    PER_SCAN,
    POSTURE,
    domain_of,
    domains,
    items,
    items_of,
    next_steps,
    trades,
    words,
)

SIDES = ("reactive", "proactive", "unknown")


def texts():
    """Every sentence that an owner may see, with where it stands."""
    for item in items().values():
        yield item.id, item.ask
        yield from ((f"{item.id}.{c.code}", c.says) for c in item.choices)
    yield from ((d.id, d.label) for d in domains().values())
    for domain, sides in next_steps().items():
        for side, steps in sides.items():
            yield from ((f"{domain}.{side}.{trade}", step.says) for trade, step in steps.items())
        unknown = sides["unknown"][None].instead
        yield from ((f"{domain}.instead.{item}", says) for item, says in unknown.items())
    yield from ((f"trades.{t.id}", t.label) for t in trades().values())
    yield from _sentences("words", words())


def _sentences(where, value):
    if isinstance(value, dict) and "nl" in value:
        yield where, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _sentences(f"{where}.{key}", inner)


TEXTS = dict(texts())


def test_two_questions_on_posture_and_four_on_each_domain():
    assert len(items_of(POSTURE)) == 2
    assert {d: len(items_of(d)) for d in domains()} == dict.fromkeys(domains(), 4)
    assert len(items()) == 26
    assert PER_SCAN == 6


@pytest.mark.parametrize("name", items())
def test_a_question_has_four_answers_a_source_or_reason_and_a_curve(name):
    item = items()[name]
    assert len(item.choices) == len(set(item.codes)) == 4
    assert item.source or item.reason
    assert item.source is None or item.source["url"].startswith("https://")
    assert item.sharpness > 0
    assert list(item.thresholds) == sorted(item.thresholds)


@pytest.mark.parametrize("where", TEXTS)
def test_every_sentence_is_there_in_three_languages_with_the_same_names_to_fill_in(where):
    said = TEXTS[where]
    assert set(said) == set(LANGS)
    assert all(
        text == text.strip() or where in ("words.or", "words.colon") for text in said.values()
    )
    names = {lang: set(re.findall(r"{(\w+)}", text)) for lang, text in said.items()}
    assert names["nl"] == names["en"] == names["fr"]


@pytest.mark.parametrize("where", TEXTS)
def test_dutch_says_je_and_keeps_sentences_short(where):
    dutch = TEXTS[where]["nl"]
    assert not re.search(r"\b(u|uw)\b", dutch)
    for sentence in re.split(r"[.?!:;] ", dutch):
        assert len(sentence.split()) <= 24, sentence


def test_french_says_vous():
    for where, said in TEXTS.items():
        assert not re.search(r"\b(tu|ton|tes|toi)\b", said["fr"]), where


def test_each_need_points_to_one_domain_except_those_where_the_owner_chooses():
    pointing = {need: domain_of(need) for need in load_needs()}
    assert {n for n, d in pointing.items() if d is None} == {"N01", "N02"}
    assert set(pointing.values()) - {None} == set(domains())
    told = [n for d in domains().values() for n in d.needs]
    assert len(told) == len(set(told))


def test_there_is_a_next_step_for_every_domain_and_side_tied_to_needs():
    assert set(next_steps()) == set(domains())
    for sides in next_steps().values():
        assert set(sides) == set(SIDES)
        for steps in sides.values():
            assert None in steps
            assert set(steps) - {None} <= set(trades())
            for step in steps.values():
                assert step.offers
                assert set(step.needs) <= set(load_needs())


def test_where_the_side_is_unknown_each_question_has_a_step():
    for domain, sides in next_steps().items():
        for step in sides["unknown"].values():
            assert {step.asks, *step.instead} == {i.id for i in items_of(domain)}
            assert step.asks not in step.instead
            assert set(step.helps) == set(step.instead), "what is of use for each step"
        named = [step for side in ("reactive", "proactive") for step in sides[side].values()]
        assert all(step.asks is None and not step.instead for step in named)


def test_every_trade_has_steps_of_its_own_in_four_domains_or_more_and_shares_no_section():
    sections = [section for t in trades().values() for section in t.sections]
    assert len(sections) == len(set(sections))
    own = {t: {d for d, sides in next_steps().items() if any(t in s for s in sides.values())}
           for t in trades()}  # fmt: skip
    assert all(len(found) >= 4 for found in own.values()), own


@pytest.mark.parametrize("name", [i.id for i in items().values() if i.known])
def test_a_fact_that_answers_is_in_the_vocabulary_and_its_answers_are_choices(name):
    item = items()[name]
    for known in item.known:
        fact = load_vocabulary()[known.fact]
        assert parse_value(fact, known.value) == known.value
        assert set(known.means) <= set(item.codes)
        assert len(known.means) < len(item.codes)
