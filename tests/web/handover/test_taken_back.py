"""A question that went on and is taken back, from the page of any of its doors: each of these pages
confirms it, with the doors that could still open it, and so does what happened there.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from baken.refer.model import Kind, Who
from baken.web import texts
from baken.web.handover import history, question, store
from baken.web.handover.models import Referral
from baken.web.handover.tick import tick
from tests.web.handover.doors import asked, chain
from tests.web.handover.following import owners_page
from tests.web.handover.made import at, event

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = "Huis van Raad", "Tweede huis", "Derde huis"
Happens = Callable[[Referral], object]


def bounces(row: Referral) -> None:
    store.record(row.pk, event(Kind.BOUNCED, 1, by=Who.SYSTEM))
    tick(at(2))


def refuses(row: Referral) -> None:
    store.record(row.pk, event(Kind.SEEN, 0.5))
    store.record(row.pk, event(Kind.REFUSED, 1, reason="not_my_area"))
    tick(at(2))


def is_full(row: Referral) -> None:
    store.record(row.pk, event(Kind.FULL, 1, until=at(60).date()))
    tick(at(2))


def is_silent(row: Referral) -> None:
    store.record(row.pk, event(Kind.HANDED_OVER, 0.1, by=Who.SYSTEM))
    tick(at(10))


def refuses_twice(row: Referral) -> None:
    refuses(row)
    store.record(row.next.get().pk, event(Kind.REFUSED, 3, reason="not_my_area"))
    tick(at(4))


WAYS: dict[str, tuple[Happens, list[str]]] = {
    "its mail came back": (bounces, [SECOND]),
    "it refused, and kept the link": (refuses, [FIRST, SECOND]),
    "it is full for too long": (is_full, [SECOND]),
    "no word": (is_silent, [SECOND]),
    "two refused": (refuses_twice, [FIRST, SECOND, THIRD]),
}
"""What the first door did, and at which doors the question is taken back then."""


def text(lang: str, key: str, **more: str) -> str:
    """A text with plain spaces, as ``owners_page`` gives the page."""
    return texts.text(lang, key, **more).replace("\u00a0", " ")


def doors() -> list[Referral]:
    return list(Referral.objects.order_by("pk"))


def told(row: Referral, name: str, lang: str) -> list[str]:
    found = Referral.objects.get(pk=row.pk)
    return [says.replace("\u00a0", " ") for _, says in history.lines(found, name, lang)]


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
@pytest.mark.parametrize("pressed", [0, -1], ids=["at the first", "at the last"])
@pytest.mark.parametrize("how", WAYS)
def test_each_page_confirms_it_for_all_doors(how: str, pressed: int, lang: str) -> None:
    does, names = WAYS[how]
    row, site = asked(), "" if lang == "nl" else f"/{lang}"
    does(row)
    at_doors = ", ".join(names)
    confirms = text(lang, "follow.withdrawn_at", to=at_doors)
    done = text(lang, "follow.event.withdrawn_at", to=at_doors)
    for one in doors():
        assert confirms not in owners_page(one, site)
        assert done not in told(one, FIRST, lang)
    said = event(Kind.WITHDRAWN, 11, by=Who.OWNER)
    question.take_back(doors()[pressed], said)
    *before, last = doors()
    for one in before:
        page = owners_page(one, site)
        assert confirms in page and page.count(done) >= 2, "above, and in what happened"
        assert told(one, FIRST, lang)[-1] == done, "once, and last"
        assert text(lang, "follow.state.withdrawn", to=FIRST) not in page
        back = text(lang, "follow.moved_back")
        assert (back in page) is (one.next.get().receiver.name in names)
    if len(names) == 1:  # the last door alone: its page tells it as that of any question
        confirms = text(lang, "follow.state.withdrawn", to=last.receiver.name)
        done = text(lang, "follow.event.withdrawn")
    assert confirms in owners_page(last, site)
    assert told(last, last.receiver.name, lang)[-1] == done


def test_why_the_first_door_was_shut_stands_there_still() -> None:
    row = asked()
    bounces(row)
    question.take_back(row, event(Kind.WITHDRAWN, 11, by=Who.OWNER))
    page = owners_page(row)
    assert "We konden Huis van Raad niet bereiken: ons bericht kwam niet aan." in page


def test_who_only_went_on_took_nothing_back() -> None:
    """The door that is left by the owner's button is taken back at that door alone."""
    row = asked()
    store.record(row.pk, event(Kind.WITHDRAWN, 1, by=Who.OWNER))
    assert question.taken_back_at(Referral.objects.get(pk=row.pk)) == [row]
    elsewhere = asked("form-2", after=row)
    assert question.taken_back_at(row) == question.taken_back_at(elsewhere) == []
    assert len(chain(row)) == 2


@pytest.mark.parametrize("seen", [True, False])
@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_who_never_opened_it_is_not_said_to_see_no_more_how_to_reach_its_owner(
    seen: bool, lang: str
) -> None:
    row, site = asked(), "" if lang == "nl" else f"/{lang}"
    if seen:
        store.record(row.pk, event(Kind.SEEN, 0.5))
    store.record(row.pk, event(Kind.WITHDRAWN, 1, by=Who.OWNER))
    page = owners_page(row, site)
    assert (text(lang, "follow.let_go", to=FIRST) in page) is seen
    assert (text(lang, "follow.let_go_unopened", to=FIRST) in page) is not seen
