"""Files come in, are read, and go: bounds, names, codes, and what stays on the server."""

from __future__ import annotations

import io
import logging
import zipfile
from dataclasses import replace
from datetime import timedelta
from html import escape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from lxml import html

from baken.web.signalen import demo, keep
from baken.web.signalen.models import Deposit, Seen
from baken.web.signalen.uploads import plain_name
from tests.web.signalen.conftest import Owner, table, upload


def test_the_first_page_works_as_a_plain_form(site: Client) -> None:
    response = site.get("/signalen")
    page = response.content.decode()
    assert response.status_code == 200
    assert 'enctype="multipart/form-data"' in page
    assert 'id="keep" name="keep" value="1"' in page and "checked" not in page
    assert "gaat weg na een uur" in page
    assert page.count('name="demo"') == 3
    assert 'href="/signalen"' in site.get("/").content.decode()


def test_a_script_is_allowed_on_the_first_page_only(site: Client, owner: Owner) -> None:
    policy = "Content-Security-Policy"
    assert "script-src 'self'" in site.get("/signalen")[policy]
    assert "script-src" not in site.get("/")[policy]
    owner.give(table(0.4))
    assert "script-src" not in owner.response[policy]
    assert owner.response["Cache-Control"] == "private, no-cache"


def test_files_go_when_read_and_the_rest_within_the_hour(owner: Owner, figures: Path) -> None:
    owner.give(table(0.4), upload("x", "leeg.txt"))
    deposit = Deposit.objects.get()
    assert deposit.expires_at is not None
    assert deposit.expires_at - timezone.now() <= timedelta(hours=1)
    assert not keep.files(deposit).exists()
    assert sorted(p.name for p in figures.iterdir()) == [deposit.folder]
    assert "Je bestanden zijn al weg" in owner.page
    Deposit.objects.update(expires_at=timezone.now())
    assert keep.sweep() == 1
    assert list(figures.iterdir()) == []
    assert not Deposit.objects.exists() and not Seen.objects.exists()


def test_any_visit_sweeps_once_a_minute_and_a_job_can(
    owner: Owner, site: Client, figures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that is not started by ``python -m baken.web`` throws away too."""
    monkeypatch.setattr(keep.sweep_in_passing, "last", float("inf"))
    owner.give(table())
    Deposit.objects.update(expires_at=timezone.now())
    site.get("/signalen")
    assert Deposit.objects.exists()
    monkeypatch.setattr(keep.sweep_in_passing, "last", float("-inf"))
    site.get("/signalen")
    assert not Deposit.objects.exists() and not any(figures.iterdir())
    owner.give(table())
    Deposit.objects.update(expires_at=timezone.now())
    out = io.StringIO()
    call_command("sweep_figures", stdout=out)
    assert out.getvalue() == "1 thrown away\n"
    assert not any(figures.iterdir())


def test_an_hour_later_the_code_opens_nothing(owner: Owner, figures: Path) -> None:
    owner.give(table(0.4))
    Deposit.objects.update(expires_at=timezone.now())
    owner.go()
    assert owner.status == 400
    assert "Deze code kennen we niet" in owner.page
    assert not any(figures.iterdir())


def test_who_needs_more_time_asks_for_an_hour_more_as_often_as_it_takes(owner: Owner) -> None:
    owner.give(table(0.4))
    (end,) = Deposit.objects.values_list("expires_at", flat=True)
    for hour in range(1, 13):
        owner.go(longer="1")
        assert Deposit.objects.get().expires_at == end + timedelta(hours=hour)
        assert f"{timezone.localtime(end + timedelta(hours=hour)):%H:%M}" in owner.page
    for _ in range(12):
        owner.go(longer="1")
    left = Deposit.objects.get().expires_at - timezone.now()
    assert timedelta(hours=19) < left <= timedelta(hours=20), "and no longer than that ahead"
    Deposit.objects.update(expires_at=timezone.now())
    owner.go(longer="1")
    assert owner.status == 400, "what is over does not come back"


def test_an_hour_more_makes_nothing_that_is_kept_go(owner: Owner) -> None:
    owner.give(table(0.4), keep="1")
    owner.go(longer="1")
    assert Deposit.objects.get().expires_at is None
    assert "Geef me nog een uur" not in owner.page


def test_kept_until_wiped(owner: Owner, figures: Path) -> None:
    owner.give(table(0.4), keep="1")
    deposit = Deposit.objects.get()
    assert deposit.kept and [p.name for p in keep.files(deposit).iterdir()] == ["omzet.csv"]
    assert f"<code>{owner.code}</code>" in owner.page
    assert owner.code not in repr(Deposit.objects.values())
    keep.sweep()
    again = Owner(owner.site)
    again.code = owner.code.upper().replace("-", " ")
    assert "zakt sinds" in again.go()
    again.go(wipe="1")
    assert again.response["Clear-Site-Data"] == '"cache"'
    assert "Alles is gewist" in again.page
    assert not Deposit.objects.exists() and not Seen.objects.exists()
    assert list(figures.iterdir()) == []


def test_more_files_for_what_is_kept(owner: Owner) -> None:
    owner.give(table(), keep="1")
    assert "We zien niets dat afwijkt" in owner.page
    owner.site.post("/signalen", {"code": owner.code, "files": table(0.5, "andere.csv")})
    owner.go()
    assert owner.page.count("zakt sinds") >= 1


def test_no_room_to_keep_more(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep, "MOST_KEPT", 10)
    owner.give(table(), keep="1")
    assert not Deposit.objects.get().kept
    monkeypatch.setattr(keep, "MOST_EACH", 10)
    Deposit.objects.update(expires_at=None)
    owner.site.post("/signalen", {"code": owner.code, "files": table()})
    assert Deposit.objects.count() == 1


def test_too_much_is_refused_before_it_is_read(site: Client, figures: Path) -> None:
    most = settings.SIGNALS_MAX_BODY
    sizes = {
        "/signalen": most + 1, "/fr/signalen": most + 1, "/resultaat": 1_000_001,
        "/rekenen/kmo": 2_000_000, "/signalen/agenda.ics": 1_000_001,
    }  # fmt: skip
    for path, size in sizes.items():
        response = site.post(path, {"a": "b"}, headers={"Content-Length": str(size)})
        assert response.status_code == 413, path
        about_files = "5.000" in response.content.decode() or "5 000" in response.content.decode()
        assert about_files is path.endswith("/signalen"), path
    assert not any(figures.iterdir())


def test_more_bytes_than_were_announced(
    owner: Owner, figures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("baken.web.signalen.uploads.MOST_BYTES", 100)
    owner.give(table())
    assert owner.status == 413
    assert not any(figures.iterdir())


def test_too_many_files(owner: Owner, figures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("baken.web.signalen.uploads.MOST_FILES", 2)
    owner.give(table(), table(), table())
    assert owner.status == 413
    assert "5.000 bestanden" in owner.page
    assert not any(figures.iterdir())


def test_nothing_chosen_and_nothing_lost(owner: Owner) -> None:
    owner.give(own="0403.170.701", keep="1")
    assert owner.status == 400
    page = html.fromstring(owner.page)
    assert page.xpath("//a[@href='#files']")
    assert page.xpath("string(//input[@name='own']/@value)") == "0403.170.701"
    assert page.xpath("//input[@name='keep']/@checked")
    owner.give()
    assert not html.fromstring(owner.page).xpath("//input[@name='keep']/@checked")


def test_names_of_files_are_shown_as_text(owner: Owner, figures: Path) -> None:
    bad = '<img src=x onerror=alert(1)>"&.csv'
    owner.give(upload("\x00\x01niets", bad), upload("geen;cijfers", "../../../weg.csv"))
    shown = plain_name(bad)
    assert "<img src=x" not in owner.page
    assert escape(shown, quote=False) in owner.page.replace("&quot;", '"')
    assert not (figures.parent / "weg.csv").exists()
    assert str(figures) not in owner.page


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("a.csv", "a.csv"),
        ("../a.csv", "a.csv"),
        (".geheim", "geheim"),
        ("", "bestand"),
        ("...", "bestand"),
        ("a\x00b\n.csv", "ab.csv"),
        ("é" * 200 + ".xlsx", None),
    ],
)
def test_plain_names(name: str, plain: str | None) -> None:
    found = plain_name(name)
    assert len(found.encode()) <= 120
    assert found == plain if plain else found.endswith(".xlsx")


def test_bad_files_are_listed_and_the_rest_goes_on(owner: Owner) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x">]><Invoice>&b;</Invoice>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as box:
        box.writestr("lees.txt", "niets")
    owner.give(
        table(0.4), upload(bomb, "bom.xml"), upload("PK\x03\x04kapot", "kapot.zip"),
        upload(packed.getvalue(), "leeg.zip"),
    )  # fmt: skip
    assert owner.status == 200
    assert "zakt sinds" in owner.page
    for name in ("bom.xml", "kapot.zip"):
        assert f"<bdi>{name}</bdi>" in owner.page


def test_nothing_to_read_at_all(owner: Owner) -> None:
    owner.give(upload("hallo", "brief.txt"))
    assert "We konden hier niets mee doen" in owner.page
    assert "brief.txt" in owner.page
    assert "Geef andere bestanden" in owner.page
    for pointless in ("De rest ging door", "Kijk opnieuw", "Download als JSON"):
        assert pointless not in owner.page


def test_nothing_is_logged(owner: Owner, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    owner.give(table(0.4, "geheim.csv"), own="0403.170.701")
    owner.go(did="ik belde Jan", story="x")
    for secret in ("geheim", "0403", "20000", owner.code, "Jan"):
        assert secret not in caplog.text


def test_an_error_on_the_way_leaves_nothing(
    owner: Owner, figures: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: Any, **named: Any) -> None:
        raise RuntimeError("20000 van geheim.csv")

    monkeypatch.setattr("baken.web.signalen.shelf.take", fail)
    owner.site.raise_request_exception = False
    owner.give(table())
    assert owner.status == 500
    assert "geheim" not in caplog.text + owner.page
    assert not Deposit.objects.exists() and not any(figures.iterdir())


def test_another_site_cannot_post(site: Client, figures: Path) -> None:
    sent = site.post("/signalen", {"files": table()}, headers={"Sec-Fetch-Site": "cross-site"})
    assert sent.status_code == 403
    assert not any(figures.iterdir())


def test_busy(owner: Owner, figures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Never:
        def acquire(self, timeout: float) -> bool:
            return False

    monkeypatch.setattr("baken.web.signalen.shelf._busy", Never())
    owner.give(table())
    assert owner.status == 503
    assert not any(figures.iterdir())


def test_a_program_gets_its_answer_and_nothing_stays(site: Client, figures: Path) -> None:
    sent = site.post("/signalen", {"files": table(0.4)}, headers={"Accept": "application/json"})
    answer = sent.json()
    assert sent.status_code == 200
    assert answer["alarms"][0]["kind"] == "sales"
    ((alarm,),) = (s["alarms"] for s in answer["stories"])
    assert alarm in ("omzet|down|2025-07", "omzet|down|2025-08")
    assert not Deposit.objects.exists() and not any(figures.iterdir())
    about = site.get("/signalen", headers={"Accept": "application/json"}).json()
    assert about["demo"] == ["bakery", "metal", "webshop"]
    wrong = site.post("/signalen", {}, headers={"Accept": "application/json"})
    assert wrong.status_code == 400 and wrong.json()["error"]["path"] == "files"


def test_the_script_gets_a_code(site: Client) -> None:
    sent = site.post(
        "/signalen", {"files": table(), "step": "upload"}, headers={"Accept": "application/json"}
    )
    owner = Owner(site)
    owner.code = sent.json()["code"]
    assert "We zien niets dat afwijkt" in owner.go()


@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
def test_other_bodies(site: Client, kind: str) -> None:
    assert site.post("/signalen", "{}", content_type=kind).status_code == 400
    assert site.put("/signalen").status_code == 405


def test_an_invented_firm_with_another_plan_is_made_anew(
    figures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was kept of an older plan is not shown as the new one."""
    before, metal = demo._mark("bakery"), demo._mark("metal")
    monkeypatch.setitem(demo.PLANS, "bakery", replace(demo.PLANS["bakery"], gone=20))
    assert demo._mark("bakery") != before
    monkeypatch.setattr(demo, "_methods", lambda: "others")
    assert demo._mark("metal") != metal
