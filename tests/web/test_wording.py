"""No text is missing, left over, cut off by YAML, or left in another language.

Each kind of fault is planted once, so that a check that finds nothing finds nothing for a reason.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import baken
from baken.kernel.files import own_yaml
from baken.web.texts import HERE, LANGS, catalogue
from tests.web.wording import (
    Uses,
    broken,
    codes_in,
    foreign,
    leaves,
    spoken_in_script,
    triples,
    unused,
    written_out,
)

ROOT = Path(baken.__file__).parent
RECORDS = ROOT / "landscape" / "data"
"""Records are written in the language of their source."""

SAME = """
    menu
    allergie allergy agriculture april september november december bachelor baken bureau code
    business_angel cluster contact crisis dossier dossiers filters had_contact in_contact incubator
    intercommunale limburg master micro nace-bel_2008 nace-bel_2025 online open partner reserves
    sector software weekend {count}_dossier {count}_dossiers {label}:_{value} code_{code}
    in_{version}_“{label}” code_17/49. code_10/11. code_10/15. :
    de_landgenoten innoviris liberform trividend unizo volta
""".split()
"""Texts that are the same in Dutch and in another language (a space is _)."""

FORMATS = {"AP", "CPSV", "CSV", "JSON", "LD", "Turtle"}


def read(pattern: str, below: Path = ROOT) -> dict[str, str]:
    """The sources below a folder: name and what is in it."""
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in sorted(below.rglob(pattern))
    }


def data() -> dict[str, Any]:
    """The data files that hold words or codes of Baken's own."""
    return {
        str(path.relative_to(ROOT)): own_yaml(path)
        for path in sorted(ROOT.rglob("*.yaml"))
        if HERE not in path.parents and RECORDS not in path.parents
    }


TEMPLATES, SCRIPTS = read("*.html"), read("*.js")
DATA = data()
CODES = Uses(read("*.py")).quoted.union(*(codes_in(raw) for raw in DATA.values()))
USES = Uses({**read("*.py", ROOT / "web"), **TEMPLATES}, codes=CODES)
FLAT = {lang: dict(leaves(dict(catalogue(lang)))) for lang in LANGS}
TOLD = [(f"{name}{where}", said) for name, raw in DATA.items() for where, said in triples(raw)]


# -- what is used, and what is there --------------------------------------------------------------
def test_every_text_is_used() -> None:
    assert unused(catalogue("nl"), USES) == []


def test_every_text_that_is_asked_for_is_there_and_gets_its_names() -> None:
    assert len(USES.calls) > 800
    assert broken(catalogue("nl"), USES) == []


@pytest.mark.parametrize(
    ("key", "name", "source"),
    [
        ("start.title", "a.html", '{% t "start.title" %}'),
        ("start.title", "a.html", "<b title=\"{% t 'start.title' %}\">"),
        ("start.title", "a.py", 'text(lang, "start.title")'),
        ("offers.count.one", "a.html", '{% n "offers.count" 3 %}'),
        ("role.boss", "a.html", '{% t "role."|add:role %} {% if role == "boss" %}'),
        ("role.boss", "a.py", 'text(lang, f"role.{role}"); BOSS = "boss"'),
        ("role.boss.long", "a.py", 'text(lang, f"{title}.{role}"); ("role.boss", "long")'),
        ("page.404.text", "a.py", 'text(lang, f"page.{status}.text"); status = 404'),
        ("column.days", "a.py", 'text(lang, f"column.{name}")\nclass Month:\n  days: int'),
    ],
)
def test_a_key_counts_as_used(key: str, name: str, source: str) -> None:
    assert unused([key], Uses({name: source})) == []


@pytest.mark.parametrize(
    ("key", "name", "source"),
    [
        ("start.title", "a.html", '{% t "start.title_long" %}'),
        ("start.title", "a.html", "start.title"),
        ("role.boss", "a.py", 'text(lang, f"role.{role}"); BOSS = "baas"'),
        ("role.boss", "a.html", '{% t "role."|add:role %}'),
        ("role.boss", "a.py", 'f"{a}{b}"; "role", "boss"'),
    ],
)
def test_a_key_counts_as_left_over(key: str, name: str, source: str) -> None:
    assert unused([key], Uses({name: source})) == [key]


@pytest.mark.parametrize(
    ("name", "source", "says"),
    [
        ("a.html", '{% t "no.such" %}', ["a.html: there is no text no.such"]),
        ("a.py", 'plural(lang, "hello", 2)', ["a.py: there is no text hello.one",
                                             "a.py: there is no text hello.other"]),
        ("a.html", '{% t "hello" who=x %}', ["a.html: hello is not told day"]),
        ("a.py", 'text(lang, "hello", day=1)', ["a.py: hello is not told who"]),
        ("a.py", 'text(lang, "hello", **told)', []),
        ("a.html", '{% t "hello" who=x day=y %}', []),
    ],
)  # fmt: skip
def test_a_call_that_would_fail_is_found(name: str, source: str, says: list[str]) -> None:
    assert broken({"hello": "{who}, {day}"}, Uses({name: source})) == says


# -- what the texts are made of -------------------------------------------------------------------
SPACED = ("offers.twin", "signalen.watched_last", "site.colon")
"""Texts that carry the space before or after them."""


@pytest.mark.parametrize("lang", LANGS)
def test_every_text_is_words(lang: str) -> None:
    """YAML reads a bare Yes as true, and an empty value as nothing."""
    odd = {k: v for k, v in FLAT[lang].items() if not isinstance(v, str) or v != v.strip() or not v}
    odd = {k: v for k, v in odd.items() if k not in SPACED}
    assert odd == {}


@pytest.mark.parametrize("lang", LANGS)
def test_no_word_stands_there_twice(lang: str) -> None:
    twice = re.compile(r"\b(?!(?:je|die|de|elle|nous|vous) )([^\W\d]{2,}) \1\b", re.IGNORECASE)
    found = {k: m[0] for k, v in FLAT[lang].items() if (m := twice.search(str(v)))}
    found |= {w: m[0] for w, s in TOLD if (m := twice.search(s.get(lang, "")))}
    assert found == {}


@pytest.mark.parametrize("lang", LANGS)
def test_no_text_is_left_in_another_language(lang: str) -> None:
    found = {k: foreign(lang, v) for k, v in FLAT[lang].items() if foreign(lang, str(v))}
    found |= {w: foreign(lang, s[lang]) for w, s in TOLD if foreign(lang, s.get(lang, ""))}
    assert found == {}


@pytest.mark.parametrize(
    ("lang", "says", "found"),
    [
        ("nl", "Send your question", {"your"}),
        ("nl", "Pas je vraag aan. Kan het {from} zijn?", set()),
        ("fr", "Wat is het?", {"wat", "het"}),
        ("en", "Choisissez une réponse pour vous", {"une", "pour", "vous"}),
        ("en", "What is met", set()),
    ],
)
def test_words_of_another_language(lang: str, says: str, found: set[str]) -> None:
    assert foreign(lang, says) == found


def same(dutch: str, english: str, french: str) -> bool:
    """Whether a text was not translated, as far as can be told."""
    plain = [re.sub(r"\s+", "_", says.strip().lower()) for says in (dutch, english, french)]
    alike = plain[0] in plain[1:] or (plain[1] == plain[2] and "_" in plain[1])
    return alike and not {plain[0], plain[1]} & set(SAME)


def test_no_text_is_the_same_in_two_languages() -> None:
    found = [k for k in FLAT["nl"] if same(*(str(FLAT[lang][k]) for lang in LANGS))]
    found += [where for where, said in TOLD if set(said) >= set(LANGS)
              and same(*(said[lang] for lang in LANGS))]  # fmt: skip
    assert found == []


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("Stuur", "Send", "Envoyer"), False),
        (("Send", "Send", "Envoyer"), True),
        (("Envoyer", "Send", "Envoyer"), True),
        (("Onze taal", "Our words", "Our words"), True),
        (("Landbouw", "Agriculture", "Agriculture"), False),
        (("Sector", "Sector", "Secteur"), False),
    ],
)
def test_an_untranslated_text_is_found(texts: tuple[str, str, str], found: bool) -> None:
    assert same(*texts) is found


def test_words_beside_the_data_are_there_in_three_languages() -> None:
    assert len(TOLD) > 1000
    lacking = [where for where, said in TOLD if not set(LANGS) <= set(said)]
    assert lacking == []


def test_a_missing_language_is_found_wherever_it_stands() -> None:
    raw = {"a": [{"says": {"nl": "Ja", "fr": "Oui"}}], "b": {"nl": "Nee", "en": "No", "fr": "Non"}}
    assert [(w, sorted(s)) for w, s in triples(raw)] == [
        (".a[0].says", ["fr", "nl"]), (".b", ["en", "fr", "nl"]),
    ]  # fmt: skip


# -- how long a sentence is ----------------------------------------------------------------------
LONGEST = 27
"""Words of a sentence of a Dutch screen at most: most have fewer than twelve."""


def too_long(text: str) -> list[str]:
    """The sentences of a text with more words than that."""
    said = re.split(r"(?<=[.!?:;])\s+", text)
    return [one for one in said if len(one.split()) > LONGEST]


def test_no_sentence_of_a_screen_is_long() -> None:
    said = {name: too_long(str(text)) for name, text in leaves(catalogue("nl"))}
    assert {name: long for name, long in said.items() if long} == {}


@pytest.mark.parametrize(
    ("text", "long"), [("Kort. " * 40, 0), ("woord " * 27, 0), ("woord " * 28, 1)]
)
def test_a_long_sentence_is_found(text: str, long: int) -> None:
    assert len(too_long(text)) == long


# -- what stands elsewhere ------------------------------------------------------------------------
SHOWS_CLASSES = "web/owner/templates/owner/style.html"
"""The page that shows the house style by the names of its classes."""


@pytest.mark.parametrize("name", sorted(TEMPLATES.keys() - {SHOWS_CLASSES}))
def test_no_template_has_words_of_its_own(name: str) -> None:
    assert set(written_out(TEMPLATES[name])) <= FORMATS


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ('<p>{% t "a" %} {{ b }}</p>', []),
        ("<p>Hallo {{ name }}</p>", ["Hallo"]),
        ('<a href="/x" aria-label="Sluit dit">{% t "a" %}</a>', ["Sluit", "dit"]),
        ('<img alt="{% t "a" %}" title="">{# uitleg #}&nbsp;', []),
    ],
)
def test_words_of_a_template(template: str, words: list[str]) -> None:
    assert written_out(template) == words


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_has_sentences_of_its_own(name: str) -> None:
    assert spoken_in_script(SCRIPTS[name]) == []


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ('"use strict"; a.textContent = b.dataset.says', []),
        ('a.textContent = "Even wachten"', ["Even wachten"]),
    ],
)
def test_sentences_of_a_script(script: str, words: list[str]) -> None:
    assert spoken_in_script(script) == words
