"""A door that said no, or that our letters do not reach: the next one at once, and one letter."""

from __future__ import annotations

import html
from typing import Any

import pytest

from baken.refer.model import Kind, Who
from baken.web.handover import store
from baken.web.handover.came import told_receiver
from baken.web.handover.history import headline, lines
from baken.web.handover.models import Intent, Referral
from baken.web.handover.outbox import Refused, drain
from baken.web.handover.post import letter
from baken.web.handover.shown import let_go
from baken.web.handover.tick import tick
from baken.web.texts import text
from tests.web.desk.made import browser, file, member
from tests.web.handover.doors import (
    DAY_8,
    DAY_15,
    HERE,
    SECOND,
    THERE,
    THIRD,
    asked,
    chain,
    says,
)
from tests.web.handover.following import owners_page
from tests.web.handover.made import at, event, letters, sent

pytestmark = pytest.mark.django_db


def refuse(intent: Intent) -> bool:
    """A mail server that knows none of the addresses of the first house."""
    if intent.to == Who.RECEIVER and intent.referral.receiver.record_id == "huis-van-raad":
        raise Refused("550")
    return True


def test_a_no_goes_on_at_the_next_round_with_one_letter() -> None:
    row = asked()
    store.record(row.pk, event(Kind.REFUSED, 1, reason="not_my_area"))
    for _ in "twice":
        tick(at(1.1))
    assert chain(row) == [("huis-van-raad", "refused"), THERE]
    assert "Huis van Raad kan je vraag niet behandelen. Daarom ging je" in says("moved_on")
    assert letter(Intent.objects.get(letter="refused"), at(1.1)) is None, "one letter tells all"


def test_a_file_that_was_closed_without_contact_goes_on_with_one_letter() -> None:
    row = asked()
    store.record(row.pk, event(Kind.SEEN, 1))
    store.record(row.pk, event(Kind.CLOSED, 1))
    assert not let_go(Referral.objects.get(pk=row.pk)), "its owner can still say that it was wrong"
    for _ in "twice":
        tick(at(1.1))
    assert chain(row) == [("huis-van-raad", "closed"), THERE]
    assert let_go(Referral.objects.get(pk=row.pk)), "how to reach the firm is seen no more"
    told = "Huis van Raad sloot je vraag af, en we weten van geen contact. Daarom ging je vraag"
    assert told in says("moved_on")
    assert letter(Intent.objects.get(letter="closed_without"), at(1.1)) is None, "one letter"
    second = Referral.objects.get(after=row)
    assert "sloot de vraag af, en we weten van geen contact" in told_receiver(second, "nl")


HELPED = [
    ("nl", "", "Huis van Raad zegt dat ze je al helpen.", "Neem dan zelf contact op met"),
    ("en", "/en", "Huis van Raad says that they help you already.", "Then contact Huis van Raad"),
    ("fr", "/fr", "Huis van Raad dit qu'on vous aide déjà.", "contactez vous-même Huis van Raad"),
]


@pytest.mark.parametrize(("lang", "path", "told", "call"), HELPED, ids=[h[0] for h in HELPED])
@pytest.mark.parametrize("doors", [{}, {"alternative": "", "later": []}], ids=["door", "none"])
def test_who_helps_the_firm_already_says_so_and_no_other_door_is_urged(
    lang: str, path: str, told: str, call: str, doors: dict[str, Any]
) -> None:
    row = asked(lang=lang, **doors)
    store.record(row.pk, event(Kind.REFUSED, 1, reason="already_helped"))
    assert tick(at(1.1)) == 0
    written = says("refused", at(1.1))
    assert told in written and call in written
    assert "Tweede huis" not in written and text(lang, "letters.next.none") not in written
    page = owners_page(row, path)
    assert page.count(told) == 2, "how it stands, and what happened"
    assert call in page and ("Tweede huis" in page) is (not doors)
    assert '<button class="button" ' not in page, "another door can be chosen, and is not urged"
    assert lines(row, "Huis van Raad", lang)[-1][1] == told


def test_who_reads_the_file_at_the_desk_reads_that_they_said_to_help_the_firm_already() -> None:
    row = file(key="a")
    store.record(row.pk, event(Kind.REFUSED, 1, reason="already_helped"))
    shown = browser(member("adviser", row.receiver.record_id)).get(
        f"/bureau/dossier/{row.public_id}"
    )
    assert "jullie helpen deze onderneming al" in html.unescape(shown.content.decode())


NOT_AFTER_A_NO: list[tuple[str, dict[str, Any], float]] = [
    ("not allowed", {"may_pass_on": False}, 1.1),
    ("no other door", {"alternative": "", "later": []}, 1.1),
    ("long ago", {}, 40),
]


@pytest.mark.parametrize(
    ("name", "more", "day"), NOT_AFTER_A_NO, ids=[name for name, *_ in NOT_AFTER_A_NO]
)
def test_a_no_that_does_not_go_on(name: str, more: dict[str, Any], day: float) -> None:
    row = asked(**more)
    store.record(row.pk, event(Kind.REFUSED, 1, reason="not_my_area"))
    assert tick(at(day)) == 0
    assert chain(row) == [("huis-van-raad", "refused")]
    assert letters(Who.OWNER) == ["refused"]


@pytest.mark.parametrize("may_pass_on", [True, False])
def test_after_a_contact_and_a_no_both_sides_are_asked_how_it_went(may_pass_on: bool) -> None:
    row = asked(may_pass_on=may_pass_on)
    store.record(row.pk, event(Kind.CONTACT, 1))
    store.record(row.pk, event(Kind.REFUSED, 2, reason="condition_not_met"))
    for day in (30, 31, 32):
        tick(at(day))
    found = Intent.objects.filter(letter="how_did_it_go")
    assert sorted(found.values_list("to", flat=True)) == ["owner", "receiver"]
    told = says("how_did_it_go", at(31))
    assert "Zeg op de pagina of het geholpen heeft." in told
    assert "Was er geen contact?" not in told, "the page does not take that"


def test_a_no_after_a_contact_stays() -> None:
    row = asked()
    store.record(row.pk, event(Kind.CONTACT, 1))
    store.record(row.pk, event(Kind.REFUSED, 2, reason="other"))
    tick(DAY_8)
    assert chain(row) == [("huis-van-raad", "refused")]


def test_a_letter_that_came_back_goes_on_at_once_with_one_letter() -> None:
    row = asked()
    drain(refuse, lambda: at(0.1))
    tick(at(0.2))
    assert chain(row) == [HERE, THERE]
    assert letters(Who.OWNER) == ["moved_on"]
    assert letters(Who.COORDINATOR) == ["not_arrived"]
    assert "Huis van Raad konden we niet bereiken: ons bericht kwam niet aan." in says("moved_on")


def test_without_permission_a_letter_that_came_back_is_told_as_it_is() -> None:
    row = asked(may_pass_on=False)
    drain(refuse, lambda: at(0.1))
    for day in range(1, 22):
        tick(at(day))
    assert chain(row) == [("huis-van-raad", "expired")]
    assert letters(Who.OWNER) == ["not_arrived", "door_unreached"]
    assert letters(Who.COORDINATOR) == ["not_arrived"], "nobody was late"
    assert letters(Who.RECEIVER) == ["new_file"], "and nobody was reminded"
    assert "Ons bericht aan Huis van Raad kwam nooit aan." in says("door_unreached", DAY_15)
    state, told = store.state_of(row), [line for _, line in lines(row, "Huis", "nl")]
    assert headline(state, "Huis", "nl", DAY_15.date()) == told[-1]
    assert told[1:] == [
        "Ons bericht aan Huis kwam niet aan.",
        "We konden Huis niet bereiken: ons bericht kwam niet aan. We sloten deze deur.",
    ]


def test_a_reminder_that_is_refused_counts_as_a_letter_that_came_back() -> None:
    row = asked()
    drain(lambda intent: True, lambda: at(0.1))
    tick(at(3))
    drain(refuse, lambda: at(3.1))
    tick(at(3.2))
    assert chain(row) == [HERE, THERE]
    assert letters(Who.OWNER) == ["moved_on"]
    told = [line for _, line in lines(row, "Huis", "nl")]
    assert told[-3:-1] == [
        "We herinnerden Huis aan je vraag.",
        "Ons bericht aan Huis kwam niet aan.",
    ]


def test_a_letter_that_came_back_after_a_contact_changes_nothing() -> None:
    row = asked()
    store.record(row.pk, event(Kind.CONTACT, 0.05))
    drain(refuse, lambda: at(0.1))
    tick(DAY_8)
    assert chain(row) == [("huis-van-raad", "in_contact")]
    assert letters() == ["new_file", "contact"]


SINCE = [
    # what the second house had of another firm, and where a first one goes after eight days
    ("came back", [(Kind.BOUNCED, 8, Who.SYSTEM)], THIRD),
    ("came back long ago", [(Kind.BOUNCED, -9, Who.SYSTEM)], SECOND),
    ("arrived since", [(Kind.BOUNCED, 3, Who.SYSTEM), (Kind.HANDED_OVER, 4, Who.SYSTEM)], SECOND),
    ("spoke since", [(Kind.BOUNCED, 3, Who.SYSTEM), (Kind.SEEN, 4, Who.RECEIVER)], SECOND),
]


@pytest.mark.parametrize(("name", "had", "door"), SINCE, ids=[name for name, *_ in SINCE])
def test_a_door_that_letters_do_not_reach_is_skipped(
    name: str, had: list[tuple[Kind, float, Who]], door: str
) -> None:
    row = asked()
    other = sent("other firm", SECOND, at(-20))
    for kind, day, who in had:
        store.record(other.pk, event(kind, day, who))
    tick(DAY_8)
    assert Referral.objects.get(after=row).receiver.record_id == door


def test_where_no_door_is_reached_the_owner_is_asked() -> None:
    row = asked(later=[])
    other = sent("other firm", SECOND, at(1))
    store.record(other.pk, event(Kind.BOUNCED, 2, Who.SYSTEM))
    tick(DAY_8)
    assert len(chain(row)) == 1
    assert "We kennen geen andere deur voor deze vraag." in says("other_door")


def test_of_two_doors_that_come_back_at_once_one_letter_names_both() -> None:
    row = asked()

    def dead(intent: Intent) -> bool:
        to = intent.referral.receiver.record_id
        if intent.to == str(Who.RECEIVER) and to != THIRD:
            raise Refused("550")
        return letter(intent, at(0.1)) is not None

    for _ in "thrice":
        drain(dead, lambda: at(0.1))
        tick(at(0.1))
    assert [to for to, _ in chain(row)] == ["huis-van-raad", SECOND, THIRD]
    third = Intent.objects.get(letter="moved_on", referral__receiver__record_id=THIRD)
    written = letter(third, at(0.1))
    assert written is not None
    body = " ".join(written.get_content().split())
    first, second = (f"{name} konden we niet bereiken" for name in ("Huis van Raad", "Tweede huis"))
    assert first in body and body.index(first) < body.index(second)
