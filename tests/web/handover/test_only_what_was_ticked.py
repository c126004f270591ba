"""The preview is what the other side gets: what has no tick is shown to nobody, on no page and in
no file; and the preview shows every word of what has one.
"""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.model import Who
from baken.web.handover import links
from baken.web.handover.models import Referral
from tests.web.conftest import FakeEngine
from tests.web.desk.made import browser, member
from tests.web.handover import path
from tests.web.handover.opening import Browser

pytestmark = pytest.mark.django_db
TROUBLE = ("moeilijkheden", "crisis", "R1")
READ_AS = "Duurzaam, circulair, energie"
"""As what the fake engine reads the need."""
LISTS = ("/bureau", "/bureau/dossiers.csv", "/bureau/dossier/{id}")


@pytest.fixture(autouse=True)
def in_trouble(doors: None, fake: FakeEngine) -> None:
    """The answer is one for a firm in trouble."""
    fake.change = lambda answer: answer["route"].update(id="R1")


def file_link() -> str:
    """Where the receiver opens what was sent."""
    row = Referral.objects.get()
    return f"/dossier/{links.link_for(row, Who.RECEIVER, timezone.localdate())[1]}"


def desk(role: str, at: str | None = None, opened: bool = False) -> str:
    """All that somebody of a role finds at the desk, as pages, JSON and CSV."""
    client, row = browser(member(role, at)), Referral.objects.get()
    if opened:
        client.post(f"/bureau/dossier/{row.public_id}", {"do": "open"})
    found = []
    for address in LISTS:
        for accept in ("text/html", "application/json"):
            page = client.get(address.format(id=row.public_id), headers={"Accept": accept})
            assert page.status_code == 200
            found.append(page.content.decode().replace(row.public_id, ""))
    return html.unescape("\n".join(found))


def main_of(page: str) -> str:
    """What stands on a page, without what stands on every page."""
    return html.unescape(page.partition("<main")[2].partition("</main>")[0])


def test_with_nothing_ticked_nobody_reads_of_trouble_or_of_what_it_is_about(site: Client) -> None:
    path.sent(site, item=[], mail="")
    assert Referral.objects.get().crisis, "it has the clocks of trouble"
    link, visitor = file_link(), Browser()
    told = [main_of(visitor.get(link).content.decode())]
    told.append(desk("coordinator"))
    told.append(desk("adviser", path.TO))
    told.append(main_of(visitor.post(link, {"do": "open"}).content.decode()))
    told.append(visitor.post(link, {"do": "json"}).content.decode())
    told.append(desk("administrator", path.TO, opened=True))
    for page in told:
        assert READ_AS not in page
        assert not [word for word in TROUBLE if word in page]


def test_with_the_need_ticked_its_reading_goes_to_the_receiver_and_stands_in_the_preview(
    site: Client,
) -> None:
    preview = path.preview(site)
    assert f"Baken leest dit als: {READ_AS}" in preview
    path.sent(site)
    link, visitor = file_link(), Browser()
    assert READ_AS not in visitor.get(link).content.decode(), "anyone with the link reads this"
    assert READ_AS not in desk("coordinator")
    assert READ_AS in desk("adviser", path.TO)
    assert READ_AS in visitor.post(link, {"do": "open"}).content.decode()


def test_the_receiver_s_page_shows_the_preview_word_for_word(site: Client) -> None:
    item = ["need", "facts:headcount", "verdicts:instrument-energielening", "open_points:0"]
    preview = path.preview(site, item=item, tried="Gebeld.")
    shown = re.search(r'<section class="card preview".*?>\n(.*?)\n</section>', preview, re.DOTALL)
    assert shown
    path.sent(site, item=item, tried="Gebeld.")
    opened = html.unescape(Browser().post(file_link(), {"do": "open"}).content.decode())
    assert shown[1].strip() in opened


def test_an_hour_is_told_to_who_calls_and_not_to_the_coordinator(
    site: Client, a_thursday: None
) -> None:
    hour = re.search(r'name="slot" value="([^"]+)"', reach(site))
    assert hour
    path.sent(site, slot=hour[1])
    assert "10:00" in desk("adviser", path.TO)
    assert "10:00" not in desk("coordinator")


def reach(site: Client) -> str:
    """The page with the hours of the receiver."""
    return site.post("/stuur/bereik", path.state(item=["need"])).content.decode()


def test_an_instrument_and_the_organisation_of_its_name_are_one_item(
    site: Client, fake: FakeEngine
) -> None:
    """As on the page of the answer."""

    def verdicts() -> list[str]:
        return re.findall('value="(verdicts:[^"]+)"', site.post("/stuur", path.state()).text)

    def with_a_twin(answer: dict[str, Any]) -> None:
        first = next(o for o in answer["offers"] if o["type"] == "instrument")
        answer["offers"].append({**first, "type": "organisation"})

    before = verdicts()
    fake.change = with_a_twin
    assert before
    assert verdicts() == before
