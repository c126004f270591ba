"""`/gegevens`: the register, everything to take along, everything wiped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.model import Kind, Who
from baken.web.desk.models import Note
from baken.web.handover import links, store
from baken.web.handover.models import Receiver, Referral
from baken.web.owner import kept as plans
from baken.web.owner import six_words
from baken.web.owner.asking import Asked
from baken.web.owner.models import KeptPlan, WrongCode
from baken.web.scan import keep as scans
from baken.web.scan.models import Folder
from baken.web.signalen import keep as figures
from baken.web.signalen.models import Deposit
from baken.web.texts import text
from baken.web.upkeep.retention import RULES
from tests.web.desk.made import member
from tests.web.handover.following import owns
from tests.web.handover.made import event, sent

pytestmark = pytest.mark.django_db
NEED = "mijn oven verbruikt te veel"


class Left:
    """What one owner left, and the links and codes that the owner has of it."""

    def __init__(self, folder: Path) -> None:
        today = timezone.localdate()
        self.referral = sent()
        store.record(self.referral.pk, event(Kind.ACCEPTED, 1))
        token = links.link_for(self.referral, Who.OWNER, today)[1]
        self.receivers = links.link_for(self.referral, Who.RECEIVER, today)[1]
        scan = scans.make("N01", {"municipality": "Aalst"}, today)
        came = figures.incoming()
        (came / "omzet.csv").write_text("maand;omzet\n2026-01;1000\n", encoding="utf-8")
        _, self.code = figures.make(True, came)
        asked = Asked("nl", need="een plan", facts={"headcount": 4}, picks=["instrument/premie"])
        self.words = plans.keep(asked, today)[1]
        self.typed = "\n".join(
            [
                f"https://baken.example/vervolg/{token}",
                f"  https://baken.example/en/scan/{scan}/uitkomst ",
                "",
                self.code,
                self.code.replace("-", " ").upper(),
                self.words.upper().replace(" ", "  "),
            ]
        )


@pytest.fixture
def left(settings: Any, tmp_path: Path, client: Client) -> Left:
    settings.SIGNALS_ROOT = tmp_path / "signalen"
    found = Left(tmp_path)
    owns(client, found.referral)
    return found


@pytest.mark.parametrize("path", ["/gegevens", "/en/gegevens", "/fr/gegevens"])
def test_the_register_has_a_row_for_every_rule(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    found = client.get(path, headers={"Accept": "application/json"}).json()
    assert [row["id"] for row in found["register"]] == [rule.id for rule in RULES]
    for row in found["register"]:
        assert f"<h3>{row['what']}" in page.replace("&#x27;", "'")


SEEN = [
    ("unmet", "who", "ziet iedereen aantallen, vanaf vijf"),
    ("referral", "who", "Met jouw vinkje ook de volgende organisatie"),
    ("plan", "what", "een onleesbaar kenmerk van het toestel"),
    ("plan", "long", "Het kenmerk een kwartier"),
    ("notes", "who", "Vraag de organisatie wat er over jou staat"),
    ("notes", "long", "tot negentig dagen na het laatste dat gebeurde"),
]


@pytest.mark.parametrize(("row", "column", "says"), SEEN)
def test_who_sees_what_is_told_in_full(client: Client, row: str, column: str, says: str) -> None:
    found = client.get("/gegevens", headers={"Accept": "application/json"}).json()["register"]
    assert says in next(r for r in found if r["id"] == row)[column]


def test_what_the_operator_says_stands_in_it(client: Client, settings: Any) -> None:
    assert "nog niet ingevuld" in client.get("/gegevens").content.decode()
    settings.BAKEN_OPERATOR = "Huis van Raad, Aalst"
    settings.BAKEN_LEGAL_BASIS = "artikel 6, lid 1, e"
    page = client.get("/gegevens").content.decode()
    assert "Huis van Raad, Aalst" in page and "artikel 6, lid 1, e" in page
    assert "nog niet ingevuld" not in page


def test_everything_to_take_along(client: Client, left: Left) -> None:
    response = client.post("/gegevens", {"typed": left.typed, "do": "take"})
    assert response.headers["Content-Disposition"] == 'attachment; filename="baken-gegevens.json"'
    assert response.headers["Cache-Control"] == "no-store"
    referral, scan, read, plan = json.loads(response.content)["items"]
    assert (plan["kind"], plan["need"], plan["facts"], plan["pick"]) == (
        "plan", "een plan", {"headcount": 4}, ["instrument/premie"],
    )  # fmt: skip
    (door,) = referral["doors"]
    assert door["shared"] == {"need": NEED}
    assert door["owner_address"] == "bakker@firma.example"
    assert door["permission"]["items"] == ["need"]
    assert door["events"] and door["letters"]
    assert (scan["kind"], scan["facts"], scan["rounds"][0]["need"]) == (
        "scan", {"municipality": "Aalst"}, "N01",
    )  # fmt: skip
    assert [file["name"] for file in read["files"]] == ["omzet.csv"]
    assert Deposit.objects.count() == Folder.objects.count() == 1


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_how_many_notes_each_organisation_keeps_goes_along_and_not_their_words(
    client: Client, lang: str
) -> None:
    """They can be of others too: the owner asks the organisation that wrote them."""
    row = sent(lang=lang)
    adviser = member("adviser", "huis-van-raad")
    for said in ("de boekhouder zegt iets anders", "belt liever in de voormiddag"):
        Note.objects.create(referral=row, member=adviser, at=timezone.now(), text=said)
    Receiver.objects.create(record_id="later", name="Later huis", address="l@huis.example")
    elsewhere = sent("form-2", to="later", after=row)
    token = links.link_for(elsewhere, Who.OWNER, timezone.localdate())[1]
    response = owns(client, elsewhere).post("/gegevens", {"typed": token, "do": "take"})
    first, second = response.json()["items"][0]["doors"]
    says = text(lang, "data.notes_ask", to="Huis van Raad")
    assert first["notes"] == {"count": 2, "says": says}
    assert second["notes"] == {"count": 0, "says": ""}
    assert "boekhouder" not in response.content.decode()


def test_wiping_asks_once_and_then_all_is_gone(client: Client, left: Left) -> None:
    asked = client.post("/gegevens", {"typed": left.typed, "do": "ask"}).content.decode()
    assert "Ja, wis alles" in asked and "wat je met een organisatie deelde" in asked
    assert Deposit.objects.exists() and Folder.objects.exists()
    done = client.post("/gegevens", {"typed": left.typed, "do": "wipe"})
    assert "Dit is gewist" in done.content.decode()
    assert done.headers["Clear-Site-Data"] == '"cache"', "from the button Back too"
    assert not Deposit.objects.exists() and not Folder.objects.exists()
    assert not KeptPlan.objects.exists()
    left.referral.refresh_from_db()
    assert (left.referral.dossier, left.referral.owner_address) == ({}, "")
    assert left.referral.ended
    assert list(figures.root().iterdir()) == []
    again = client.post("/gegevens", {"typed": left.typed, "do": "take"})
    assert again.status_code == 400


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Plak eerst minstens één link of code"),
        ("\n \n", "Plak eerst minstens één link of code"),
        ("https://baken.example/scan/" + "x" * 32, "regel: 1"),
        ("{code}\nonzin", "regel: 2"),
        ("{receiver}", "regel: 1"),
        ("\n".join(["{code}"] * 22), "regel: 21, 22"),
        ("<script>alert(1)</script>", "&lt;script&gt;"),
    ],
)
def test_what_opens_nothing_is_told_by_its_line_and_nothing_is_done(
    client: Client, left: Left, typed: str, says: str
) -> None:
    filled = typed.replace("{code}", left.code).replace("{receiver}", left.receivers)
    for do in ("take", "ask", "wipe"):
        response = client.post("/gegevens", {"typed": filled, "do": do})
        assert response.status_code == 400
        assert says in response.content.decode().replace("\n", " ")
    assert Deposit.objects.exists()
    assert Referral.objects.get().dossier


def test_the_link_of_a_question_opens_nothing_on_a_device_that_is_not_known(left: Left) -> None:
    """A letter may have gone to a stranger."""
    line = left.typed.splitlines()[0]
    for do in ("take", "ask", "wipe"):
        answer = Client().post("/gegevens", {"typed": line, "do": do})
        assert answer.status_code == 400
        assert "open je eerst op dit toestel" in answer.content.decode()
    assert Referral.objects.get().dossier


def test_wrong_words_of_a_plan_are_counted_and_bounded(client: Client, left: Left) -> None:
    """Else ``/gegevens`` would be a way around the bound of the page for the six words."""
    wrong = "\n".join([six_words.make() for _ in range(plans.FEW)])
    assert client.post("/gegevens", {"typed": wrong, "do": "take"}).status_code == 400
    assert WrongCode.objects.count() == plans.FEW
    refused = client.post("/gegevens", {"typed": left.words, "do": "take"})
    assert refused.status_code == 429
    assert "Wacht een kwartier" in refused.content.decode()


def test_lines_that_are_no_six_words_are_no_wrong_code(client: Client, left: Left) -> None:
    client.post("/gegevens", {"typed": "een vraag over mijn oven\nx", "do": "take"})
    assert not WrongCode.objects.exists()
