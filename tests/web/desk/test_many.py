"""Five hundred files: pages of fifty, and no more questions to the database than for a few."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from baken.web.desk.files import open_file
from baken.web.desk.models import Holder, Trail
from baken.web.handover.models import EventRow, Receiver, Referral
from tests.web.desk.made import HOUSE, browser, file, member

pytestmark = pytest.mark.django_db
MANY, FEW, PER_PAGE = 500, 5, 50
HEAVIEST = 150_000


def fill(count: int) -> None:
    """So many open files, each with its first event; every other one in somebody's hands."""
    first, now = file(), timezone.now()
    who = member("adviser", HOUSE, name=f"houder {count}")
    house = Receiver.objects.get(record_id=HOUSE)
    rows = Referral.objects.bulk_create(
        Referral(
            public_id=f"{count:04}{n:028}", receiver=house, sent_on=first.sent_on,
            dossier=first.dossier, delivery="queued", handling="offered",
            contact_by=first.contact_by,
        )
        for n in range(count - 1)
    )  # fmt: skip
    EventRow.objects.bulk_create(
        EventRow(referral=row, kind="sent", by="owner", at=now, key="sent") for row in rows
    )
    Holder.objects.bulk_create(Holder(referral=row, member=who) for row in rows[::2])
    Trail.objects.bulk_create(
        Trail(member=who, file=row.public_id, what="read", at=now) for row in rows
    )


ADDRESSES = [
    ("administrator", "/bureau"),
    ("administrator", "/bureau?toon=vrij&page=3"),
    ("coordinator", "/bureau"),
    ("administrator", "/bureau/maand"),
    ("administrator", "/bureau/spoor"),
    ("administrator", "/bureau/dossiers.csv"),
]


@pytest.mark.parametrize(("role", "address"), ADDRESSES)
def test_a_page_asks_the_database_no_more_of_many_files_than_of_few(
    role: str, address: str, django_assert_max_num_queries: Any
) -> None:
    client = browser(member(role, HOUSE if role == "administrator" else None))
    counts = []
    for count in (FEW, MANY):
        fill(count)
        with django_assert_max_num_queries(25) as asked:
            page = client.get(address)
        assert page.status_code == 200
        assert len(page.content) < HEAVIEST or address.endswith(".csv")
        counts.append(len(asked))
    # lines of the trail are written in blocks
    assert counts[1] <= counts[0] + (3 if address.endswith("dossiers.csv") else 0)


def test_pages_of_fifty_hold_each_file_once() -> None:
    fill(MANY)
    client, seen = browser(member("administrator", HOUSE)), []
    for number in range(1, MANY // PER_PAGE + 1):
        page = client.get(f"/bureau?toon=open&page={number}").content.decode()
        ids = [part.split('"')[0] for part in page.split('href="/bureau/dossier/')[1:]]
        assert len(ids) == PER_PAGE
        seen += ids
    assert len(set(seen)) == MANY
    assert 'rel="next"' not in page
    assert "500 dossiers" in page
    beyond = client.get("/bureau?toon=open&page=99")
    assert beyond.status_code == 200, "the last page there is"


EMPTY = ["", "?toon=nieuw", "?toon=vrij", "?toon=mijn", "?toon=laat", "?toon=uitkomst",
         "?toon=klaar"]  # fmt: skip


@pytest.mark.parametrize("query", EMPTY)
@pytest.mark.parametrize("role", ["adviser", "coordinator"])
def test_where_nothing_waits_the_page_says_so(role: str, query: str) -> None:
    client = browser(member(role, HOUSE if role == "adviser" else None))
    page = client.get(f"/bureau{query}").content.decode()
    assert "Hier wacht niets" in page
    assert "dossiers.csv" not in page


def test_an_open_file_asks_no_more_for_hundreds_of_organisations_to_go_to(
    django_assert_max_num_queries: Any,
) -> None:
    """Where none of them said anything of the days to come."""
    an = member("adviser", HOUSE)
    row = file(may_pass_on=True)
    open_file(an, row.public_id, timezone.now())
    client, counts = browser(an), []
    for count in (FEW, MANY):
        Receiver.objects.bulk_create(
            Receiver(record_id=f"o-{count}-{n}", name=f"o {n}", address=f"o{n}@o.example")
            for n in range(count)
        )
        with django_assert_max_num_queries(40) as asked:
            page = client.get(f"/bureau/dossier/{row.public_id}").content.decode()
        assert page.count("<option") >= count
        counts.append(len(asked))
    assert counts[0] == counts[1]
