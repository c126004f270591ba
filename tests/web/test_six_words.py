"""Six words to come back with: the list, what is stored, typing errors, too many tries, wiping."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from itertools import pairwise

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.test import Client
from django.utils import timezone
from rapidfuzz.distance import OSA
from tools.code_words import sound

from baken.web.owner import kept, six_words
from baken.web.owner.asking import Asked
from baken.web.owner.models import KeptPlan, WrongCode
from baken.web.texts import text
from tests.web.conftest import NEED, SLOW, FakeEngine
from tests.web.desk.test_wrong import told

STATE = {
    "need": NEED, "facts": '{"headcount":8}', "asked": '["headcount"]', "denied": '["nace"]',
    "pick": ["instrument/streekfonds"],
}  # fmt: skip
CODE = "brood kasteel wolf zomer fiets tuin"


def test_wrong_words_are_told_as_other_forms_do(site: Client, fake: FakeEngine) -> None:
    page = site.post("/terug", {"code": CODE})
    assert page.status_code == 400
    told(page.content.decode(), "code")


def test_the_list_is_short_unlike_and_long_enough() -> None:
    words = six_words.words()
    assert len(words) >= 1024
    assert all(re.fullmatch(r"[a-z]{4,7}", w) for w in words)
    assert len({w[:4] for w in words}) == len(words)
    assert len({sound(w) for w in words}) == len(words)
    near = [
        (a, b) for i, a in enumerate(words) for b in words[i + 1 :]
        if OSA.distance(a, b, score_cutoff=1) <= 1
    ]  # fmt: skip
    assert near == []


@pytest.mark.parametrize(
    ("one", "other"), [("leiden", "lijden"), ("kou", "kauw"[:3]), ("hart", "hard"), ("pech", "peg")]
)
def test_what_sounds_alike_is_one_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_codes_are_of_the_list_and_not_twice_the_same() -> None:
    codes = {six_words.make() for _ in range(50)}
    assert len(codes) == 50
    assert all(set(c.split()) <= set(six_words.words()) and len(c.split()) == 6 for c in codes)


@pytest.mark.parametrize("seed", [b"\0" * 32, b"\xff" * 32, bytes(range(32)), b"\1" * 32])
def test_no_word_stands_twice_running(seed: bytes) -> None:
    code = six_words.make(seed).split()
    assert all(a != b for a, b in pairwise(code)), "who writes it down would skip one"
    assert six_words.make(seed).split() == code


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.upper(),
        CODE.replace(" ", "-"),
        "  brood, kasteel; wolf. zomer\nfiets tuin ",
        "broo kast wolf zome fiet tuin",
        "broood kasteel wolf zomer fiets tuin",
        "brod kasteel wolf zomer fiets tuin",
        "borod kasteel wolf zomer fiets tuin",
        "brood kasteel wolf zomer fiets tiun",
        "brood kastelen wolf zomer fiets tuin",
        "bróód kasteel wolf zomer fiets tuin",
    ],
)
def test_typing_errors_are_forgiven(typed: str) -> None:
    found, unknown = six_words.readings(typed)
    assert unknown == []
    assert CODE in found
    assert len(found) <= six_words.MOST_READINGS


@pytest.mark.parametrize(
    ("typed", "unknown"),
    [
        ("", []),
        ("brood kasteel wolf zomer fiets", []),
        ("brood kasteel wolf zomer fiets tuin brood", []),
        ("brood kasteel wolf zomer xyzzy tuin", ["xyzzy"]),
        ("x" * 10_000, ["x" * 200]),
    ],
)
def test_what_is_no_code(typed: str, unknown: list[str]) -> None:
    assert six_words.readings(typed) == ([], unknown)


def kept_code(site: Client, **more: str) -> str:
    """Keep the plan; the words that the page tells."""
    page = site.post("/bewaar", {**STATE, **more}).content.decode()
    found = re.search(r'lang="nl"><strong>([a-z ]+)</strong>', page)
    assert found
    return found[1]


def test_what_was_kept_comes_back_and_is_checked_like_a_form(
    site: Client, fake: FakeEngine
) -> None:
    code = kept_code(site)
    response = site.post("/terug", {"code": " ".join(w[:4] for w in code.split())})
    page = response.content.decode()
    assert response["Cache-Control"] == "private, no-cache"
    assert NEED in page
    assert 'name="pick" value="instrument/streekfonds"' in page
    assert "{&quot;headcount&quot;:8}" in page
    assert "[&quot;nace&quot;]" in page
    assert fake.queries == []


def test_what_was_typed_of_the_costs_comes_back_with_the_plan(site: Client) -> None:
    typed = {"costs": "50.000", "received": "2.000", "same": "no"}
    page = site.post("/terug", {"code": kept_code(site, **typed)}).content.decode()
    form = re.search(r'<form method="post" action="/plan">.*?</form>', page, re.DOTALL)
    assert form is not None
    carried = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[0]))
    assert {name: carried.get(name) for name in typed} == typed


def test_a_plan_that_was_kept_before_costs_were_opens(site: Client) -> None:
    code = kept_code(site)
    row = KeptPlan.objects.get()
    del row.state["project"]
    row.save()
    page = site.post("/terug", {"code": code})
    assert page.status_code == 200
    assert NEED in page.content.decode()


def test_a_page_that_is_loaded_again_keeps_no_second_plan(site: Client) -> None:
    mark = re.search(r'name="form" value="([^"]+)"', site.post("/plan", STATE).content.decode())
    assert mark is not None
    forms = [mark[1], mark[1], kept.new_form(), "", "", "brood"]
    codes = [kept_code(site, form=form) for form in forms]
    assert codes[0] == codes[1], "the same words, once"
    assert len(set(codes)) == KeptPlan.objects.count() == len(forms) - 1
    assert site.post("/terug", {"code": codes[0]}).status_code == 200


def test_the_words_are_stored_nowhere(site: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """And all of them at a price for who would guess, as on a site."""
    monkeypatch.setattr(ScryptPasswordHasher, "work_factor", SLOW)
    code = kept_code(site)
    row = KeptPlan.objects.get()
    assert row.code_hash.startswith(f"scrypt${2**14}$")
    assert site.post("/terug", {"code": code}).status_code == 200
    assert code not in str(vars(row))
    assert not any(w in row.found_by for w in code.split())


def test_other_words_open_nothing(site: Client) -> None:
    code = kept_code(site)
    first, *rest = code.split()
    other = next(w for w in six_words.words() if w not in code)
    for wrong in (" ".join([*rest, first]), " ".join([first, *rest[:-1], other])):
        response = site.post("/terug", {"code": wrong})
        assert response.status_code == 400
        assert "Deze woorden openen niets" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "zes woorden nodig"),
        ("brood kasteel", "zes woorden nodig"),
        ("brood kasteel wolf zomer xyzzy tuin", "xyzzy"),
        ("<script>alert(1)</script>", "&lt;script&gt;"),
    ],
)
def test_what_is_wrong_is_told(site: Client, typed: str, says: str) -> None:
    page = site.post("/terug", {"code": typed}).content.decode()
    assert says in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_who_lost_the_words_reads_which_ways_are_left(site: Client, lang: str) -> None:
    there = "/terug" if lang == "nl" else f"/{lang}/terug"
    page = html.unescape(site.get(there).content.decode())
    for part in ("lost", "lost_why", "lost_sent", "lost_anew", "lost_gone"):
        assert text(lang, f"journey.code.{part}") in page
    assert "<details open" not in page
    assert "<details open" in site.post(there, {"code": "brood"}).content.decode()


def test_after_ten_wrong_codes_a_sender_waits_and_another_does_not(site: Client) -> None:
    code = kept_code(site)
    for _ in range(kept.FEW):
        assert site.post("/terug", {"code": CODE}).status_code == 400
    assert site.post("/terug", {"code": code}).status_code == 429
    assert site.post("/terug", {"code": code}, REMOTE_ADDR="192.0.2.7").status_code == 200
    WrongCode.objects.update(at=timezone.now() - kept.SPAN - timedelta(seconds=1))
    assert site.post("/terug", {"code": code}).status_code == 200


@pytest.mark.parametrize("typed", ["", " ".join(CODE.split()[:5]), "zzzzzz " + CODE])
def test_what_is_no_code_does_not_count_as_a_wrong_one(site: Client, typed: str) -> None:
    code = kept_code(site)
    for _ in range(kept.FEW + 1):
        assert site.post("/terug", {"code": typed}).status_code == 400
    assert site.post("/terug", {"code": code}).status_code == 200


def test_wiping_leaves_nothing(site: Client) -> None:
    code = kept_code(site)
    assert "Alles is gewist" in site.post("/terug", {"code": code, "wipe": "1"}).content.decode()
    assert not KeptPlan.objects.exists()
    assert site.post("/terug", {"code": code}).status_code == 400


def test_a_year_after_it_was_last_opened_it_is_gone(db: None) -> None:
    today = timezone.localdate()
    code = kept.keep(Asked(lang="nl", need=NEED), today - timedelta(days=300))[1]
    assert kept.find(code, "a", today) is not None
    assert KeptPlan.objects.get().expires_on == today + kept.STAY
    assert kept.find(code, "a", today + kept.STAY + timedelta(days=1)) is None
    KeptPlan.objects.update(expires_on=today - timedelta(days=1))
    assert kept.sweep() == 1


@pytest.mark.parametrize("method", ["put", "delete"])
def test_methods_that_the_pages_do_not_take(site: Client, method: str) -> None:
    assert getattr(site, method)("/terug").status_code == 405
    assert getattr(site, method)("/bewaar").status_code == 405
