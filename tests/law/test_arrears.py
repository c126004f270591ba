"""What the law says on arrears, and where each act can be read."""

from __future__ import annotations

import pytest

from baken.law.acts import address_of
from baken.law.arrears import arrears_of
from baken.law.steps import Step

ALWAYS = ["WER, art. XX.41, XX.45", "WER, art. XX.99"]
FILE = "WER, art. XX.102"
TABLE = [
    ("bv", ["WVV, art. 5:153, § 2", *ALWAYS, FILE]),
    ("cv", ["WVV, art. 6:119, § 2", *ALWAYS, FILE]),
    ("nv", [*ALWAYS, FILE]),
    ("sole_trader", [*ALWAYS, FILE]),
    ("vzw", ALWAYS),
    (None, [*ALWAYS, FILE]),
]


@pytest.mark.parametrize(("form", "articles"), TABLE, ids=[str(form) for form, _ in TABLE])
def test_the_articles_by_legal_form(form: str | None, articles: list[str]) -> None:
    told = arrears_of(social=True, tax=False, legal_form=form)
    assert told is not None
    assert [s.source for s in told.steps if s.source] == articles


@pytest.mark.parametrize(("social", "tax"), [(True, False), (False, True), (True, True)])
def test_what_is_owed_is_said_first(social: bool, tax: bool) -> None:
    told = arrears_of(social, tax)
    assert told is not None
    said = [s.code for s in told.steps if not s.source]
    assert said == ["arrears.social"] * social + ["arrears.tax"] * tax


def test_without_arrears_there_is_nothing_to_say() -> None:
    assert arrears_of(social=False, tax=False) is None


def test_each_sentence_is_there_in_three_languages() -> None:
    told = arrears_of(social=True, tax=True, legal_form="bv")
    assert isinstance(told, Step)
    assert all(set(step["says"]) == {"nl", "en", "fr"} for step in told.as_json()["steps"])


ADDRESSES = [
    ("WVV, art. 5:153", "nl", "/eli/wet/2019/03/23/2019A40586/"),
    ("WVV, art. 5:153", "fr", "/eli/loi/2019/03/23/2019A40586/"),
    ("CSA, art. 5:153", "fr", "/eli/loi/2019/03/23/2019A40586/"),
    ("WER, art. XX.99", "en", "/eli/wet/2013/02/28/2013A11134/"),
    ("651/2014, art. 2(18)", "nl", "/eli/reg/2014/651/"),
    ("651/2014 as amended by 2023/1315", "nl", "/eli/reg/2014/651/"),
    ("2003/361/EG, bijlage, art. 3", "nl", "/eli/reco/2003/361/"),
    ("2023/2831, art. 3(6)", "fr", "/eli/reg/2023/2831/"),
]


@pytest.mark.parametrize(("source", "lang", "part"), ADDRESSES)
def test_an_act_has_an_address(source: str, lang: str, part: str) -> None:
    assert part in address_of(source, lang)
