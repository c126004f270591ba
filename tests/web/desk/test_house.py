"""Days away, full until a day, and texts: of the own organisation only."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from baken.web.desk.models import Answer, Trail
from baken.web.handover.models import Absence, Referral
from tests.web.desk.made import HOUSE, OTHER, browser, file, member, opened
from tests.web.handover.made import receiver

pytestmark = pytest.mark.django_db


def day(ahead: int) -> str:
    return (timezone.localdate() + timedelta(days=ahead)).isoformat()


SAID = [
    # what the form holds (days from today), status, and how many absences there are then
    ({"first": 1, "last": 9}, 302, 1),
    ({"first": 0, "last": 0}, 302, 1),
    ({"first": -3, "last": 2}, 302, 1),
    ({"first": 5, "last": 1}, 400, 0),
    ({"first": -5, "last": -1}, 400, 0),
    ({"first": 0, "last": 400}, 400, 0),
    ({"first": "morgen", "last": 1}, 400, 0),
    ({"first": "", "last": ""}, 400, 0),
]


@pytest.mark.parametrize(("form", "status", "count"), SAID)
def test_days_away(form: dict[str, int | str], status: int, count: int) -> None:
    days = {name: day(said) if isinstance(said, int) else said for name, said in form.items()}
    client = browser(member("adviser", HOUSE))
    for _ in "double":
        assert client.post("/bureau/organisatie", {"do": "away", **days}).status_code == status
    assert Absence.objects.count() == count


def test_full_is_said_of_every_file_that_nobody_took() -> None:
    new, seen, taken, elsewhere = file(key="a"), file(key="b"), file(key="c"), file(OTHER)
    client = browser(member("adviser", HOUSE))
    opened(client, seen)
    client.post(f"/bureau/dossier/{taken.public_id}", {"do": "accept"})
    form = {"do": "full", "until": day(20)}
    assert client.post("/bureau/organisatie", form).status_code == 302
    states = [Referral.objects.get(pk=r.pk).handling for r in (new, seen, taken, elsewhere)]
    assert states == ["full", "full", "accepted", "offered"]
    assert Trail.objects.filter(what="full").count() == 2
    for wrong in (day(0), day(100)):
        refused = client.post("/bureau/organisatie", {"do": "full", "until": wrong})
        assert refused.status_code == 400
        assert "hoogstens drie maanden vooruit" in refused.content.decode()


def test_texts_stand_with_the_files_of_the_own_organisation() -> None:
    row, client = file(), browser(member("adviser", HOUSE))
    form = {"do": "answer", "title": "Eerste antwoord", "text": "<b>Dag</b>\u202e\nwe bellen"}
    assert client.post("/bureau/organisatie", form).status_code == 302
    page = opened(client, row)
    assert "Eerste antwoord" in page
    assert "&lt;b&gt;Dag&lt;/b&gt;<br>" in page
    other = browser(member("adviser", OTHER))
    assert "Eerste antwoord" not in other.get("/bureau/organisatie").content.decode()
    for form in ({"title": "", "text": "x"}, {"title": "x", "text": " "}, {"title": "x" * 121}):
        page = client.post("/bureau/organisatie", {"do": "answer", **form})
        assert page.status_code == 400


def test_a_text_that_is_pressed_twice_stands_there_once_and_at_each_organisation() -> None:
    form = {"do": "answer", "title": "Eerste antwoord", "text": "Dag, wij bellen morgen."}
    client, other = browser(member("adviser", HOUSE)), browser(member("adviser", OTHER))
    for visitor in (client, client, other):
        assert visitor.post("/bureau/organisatie", form).status_code == 302
    for more in ({"title": "Tweede antwoord"}, {"text": "Dag, wij bellen je straks."}):
        client.post("/bureau/organisatie", form | more)
    kept = Answer.objects.order_by("pk").values_list("receiver__record_id", "title")
    first, second = "Eerste antwoord", "Tweede antwoord"
    assert list(kept) == [(HOUSE, first), (OTHER, first), (HOUSE, second), (HOUSE, first)]


def test_a_text_is_put_in_other_words_by_the_own_organisation_only() -> None:
    client, other = browser(member("adviser", HOUSE)), browser(member("adviser", OTHER))
    client.post("/bureau/organisatie", {"do": "answer", "title": "T", "text": "t"})
    form = {"do": "answer", "row": Answer.objects.get().pk, "title": "U", "text": "u"}
    for visitor, status, title in ((other, 400, "T"), (client, 302, "U")):
        assert visitor.post("/bureau/organisatie", form).status_code == status
        assert Answer.objects.get().title == title
    assert client.post("/bureau/organisatie", form | {"text": ""}).status_code == 400


def test_nobody_takes_away_what_is_another_organisation_s() -> None:
    receiver(OTHER)
    client = browser(member("administrator", HOUSE))
    client.post("/bureau/organisatie", {"do": "away", "first": day(1), "last": day(2)})
    client.post("/bureau/organisatie", {"do": "answer", "title": "T", "text": "t"})
    for who, left in ((member("administrator", OTHER), 1), (member("adviser", HOUSE), 0)):
        for do, model in (("back", Absence), ("drop", Answer)):
            one = model.objects.get()
            browser(who).post("/bureau/organisatie", {"do": do, "row": one.pk})
            assert model.objects.count() == left
