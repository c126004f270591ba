"""Six words open the scan too: with the plan of the same journey, or for the scan alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from baken.web.owner import kept
from baken.web.owner.models import KeptPlan
from baken.web.scan import keep, links, under_words
from baken.web.scan.models import Folder, ScanWords
from tests.web.conftest import NEED, FakeEngine
from tests.web.scan.conftest import BAKER, PROACTIVE, REACTIVE, Go, Owner

pytestmark = pytest.mark.django_db
Today = Callable[[int], date]
TOLD = re.compile(r'lang="nl"><strong>([a-z ]+)</strong>')
CARRIED = re.compile(r'name="scan" value="([\w-]+)"')


def found(pattern: re.Pattern[str], page: str) -> str:
    """What a page tells."""
    got = pattern.search(page)
    assert got, page
    return got[1]


def words_of(owner: Owner) -> str:
    """Keep the scan under new words."""
    return found(TOLD, owner.client.post(owner.home, {"do": "words"}).content.decode())


def back(site: Client, code: str, **more: str) -> str:
    """The page behind the words, entities as signs."""
    return site.post("/terug", {"code": code, **more}).content.decode().replace("&#x27;", "'")


@pytest.fixture
def scanned(go: Go) -> Owner:
    """An owner with a result."""
    owner = go()
    owner.tap_all(*REACTIVE)
    return owner


def test_from_the_answer_over_the_scan_and_the_plan_to_the_words_and_back(
    site: Client, fake: FakeEngine, today: Today
) -> None:
    """The answer carries the end of the link that its scan gets; so the plan knows the scan."""
    answer = site.post("/resultaat", {"need": NEED, "where": "9300"}).content.decode()
    token = found(CARRIED, answer)
    begun = site.post("/scan", {"need": "N12", "facts": BAKER, "scan": token, "begin": "1"})
    assert begun.url == f"/scan/{token}/1"
    form = {"need": NEED, "facts": "{}", "scan": token, "pick": "instrument/streekfonds"}
    assert token in site.post("/plan", form).content.decode()
    page = site.post("/bewaar", form).content.decode()
    assert "Je scan is mee bewaard" in page
    behind = back(site, found(TOLD, page))
    assert NEED in behind and "Je scan" in behind and "Ga verder" in behind
    assert Folder.objects.get().kept


def test_a_second_begin_from_the_same_answer_goes_on_with_the_same_scan(
    site: Client, today: Today
) -> None:
    form = {"need": "N12", "scan": "a" * 32, "begin": "1"}
    assert site.post("/scan", form).url == site.post("/scan", form).url + "/1"
    assert Folder.objects.count() == 1


@pytest.mark.parametrize("carried", ["", "short", "x" * 65, "../" * 12, "é" * 32])
def test_what_is_no_end_of_a_link_is_left_out(site: Client, today: Today, carried: str) -> None:
    begun = site.post("/scan", {"need": "N12", "scan": carried, "begin": "1"})
    assert re.fullmatch(r"/scan/[\w-]{32}/1", begun.url)
    assert "mee bewaard" not in site.post(
        "/bewaar", {"need": NEED, "scan": carried}
    ).content.decode()  # fmt: skip


def test_a_plan_without_a_scan_is_kept_as_before(site: Client) -> None:
    page = site.post("/bewaar", {"need": NEED, "scan": "b" * 32}).content.decode()
    assert "mee bewaard" not in page
    assert "Je scan" not in back(site, found(TOLD, page))
    assert not ScanWords.objects.exists()


def test_after_half_a_year_the_words_tell_what_is_different(
    scanned: Owner, site: Client, today: Today
) -> None:
    code = words_of(scanned)
    behind = back(site, code)
    assert 'value="again"' not in behind and "Vanaf morgen kan het al" in behind
    assert "Naar je plan" not in behind
    today(183)
    behind = back(site, code)
    assert "Doe de scan opnieuw" in behind
    home = found(re.compile(r'action="(/scan/\w+)"'), behind)
    again = Owner.__new__(Owner)
    again.client, again.home, again.at = site, home, site.post(home, {"do": "again"}).url
    again.tap_all(*PROACTIVE)
    assert "Wat anders is dan op 1 juni 2026" in again.page.replace("\u00a0", " ")
    behind = back(site, code).replace("\u00a0", " ")
    assert "Wat anders is dan op 1 juni 2026" in behind
    assert "Toen: nog nooit. Nu: in de voorbije maand." in behind


def test_words_of_a_plan_that_was_kept_before_open_the_scan_too(
    scanned: Owner, site: Client
) -> None:
    code = found(TOLD, site.post("/bewaar", {"need": NEED}).content.decode())
    shortened = " ".join(word[:4] for word in code.split())
    kept_at = site.post(scanned.home, {"do": "words", "code": shortened})
    assert kept_at.url == f"{scanned.home}/uitkomst#bewaren"
    assert "Je scan opent ook met je zes woorden" in scanned.read(kept_at.url)
    behind = back(site, code)
    assert NEED in behind and "Je scan" in behind


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("brood kasteel", "zes woorden nodig"),
        ("brood kasteel wolf zomer xyzzy tuin", "xyzzy"),
        ("brood kasteel wolf zomer fiets tuin", "Deze woorden openen niets"),
    ],
)
def test_words_that_open_nothing(scanned: Owner, site: Client, typed: str, says: str) -> None:
    response = site.post(scanned.home, {"do": "words", "code": typed})
    assert response.status_code == 400
    assert says in response.content.decode()
    assert not ScanWords.objects.exists()


def test_wrong_words_are_bounded_here_too(scanned: Owner, site: Client) -> None:
    wrong = {"do": "words", "code": "brood kasteel wolf zomer fiets tuin"}
    for _ in range(kept.FEW):
        site.post(scanned.home, wrong)
    assert site.post(scanned.home, wrong).status_code == 429


def test_another_scan_takes_the_place_under_the_same_words(go: Go, site: Client) -> None:
    first, second = go(), go(need="N11")
    code = words_of(first)
    old = links.token_of(ScanWords.objects.get())
    site.post(second.home, {"do": "words", "code": code})
    door = ScanWords.objects.get(plan__isnull=False)
    assert door.folder.rounds.get().need == "N11"
    assert links.folder_of(old) != door.folder
    assert site.get(f"/scan/{old}", follow=True).status_code == 200


def test_wiping_the_words_wipes_the_scan(scanned: Owner, site: Client) -> None:
    code = words_of(scanned)
    assert "Je scan gaat mee weg" in back(site, code)
    assert "Alles is gewist" in back(site, code, wipe="1")
    assert not any(table.objects.exists() for table in (Folder, ScanWords, KeptPlan))
    assert site.get(scanned.home, follow=True).status_code == 404


def test_wiping_the_scan_leaves_a_plan_and_no_words_for_nothing(
    scanned: Owner, site: Client
) -> None:
    plan = found(TOLD, site.post("/bewaar", {"need": NEED}).content.decode())
    site.post(scanned.home, {"do": "words", "code": plan})
    alone = words_of(scanned)
    site.post(scanned.home, {"do": "wipe"})
    assert NEED in back(site, plan) and "Je scan" not in back(site, plan)
    assert site.post("/terug", {"code": alone}).status_code == 400
    assert KeptPlan.objects.count() == 1


def test_after_two_years_the_words_for_the_scan_alone_open_nothing(
    scanned: Owner, site: Client, today: Today
) -> None:
    code = words_of(scanned)
    for days in (300, 600):
        today(days)
        assert "Je scan" in back(site, code)
    today(731)
    assert site.post("/terug", {"code": code}).status_code == 400
    assert not KeptPlan.objects.exists()


def test_words_that_were_not_used_for_a_year_leave_the_scan_to_its_link(
    scanned: Owner, today: Today
) -> None:
    words_of(scanned)
    token = links.token_of(ScanWords.objects.get())
    day = today(366)
    kept.sweep()
    assert not KeptPlan.objects.exists()
    assert keep.there(token, day) and keep.there(scanned.token, day)
    assert not keep.there(token, day + timedelta(days=400))


def test_taken_along_and_wiped_with_the_words(scanned: Owner, site: Client) -> None:
    code = words_of(scanned)
    (item,) = site.post("/gegevens", {"typed": code, "do": "take"}).json()["items"]
    assert item["scan"]["rounds"][0]["answers"]["posture.trigger"] == "had_to"
    both: dict[str, Any] = {"typed": f"{code}\n{scanned.token}", "do": "wipe"}
    assert site.post("/gegevens", both).status_code == 200
    assert not any(table.objects.exists() for table in (Folder, ScanWords, KeptPlan))


@pytest.mark.parametrize("token", ["", "0" * 64, "a" * 32])
def test_a_made_up_end_joins_nothing(scanned: Owner, today: Today, token: str) -> None:
    words_of(scanned)
    assert under_words.join(KeptPlan.objects.get(), token, today(0)) is False
