"""Letters: nothing of the firm in them, a link that opens, one reminder a day with all files."""

from __future__ import annotations

from typing import Any

import pytest

from baken.refer.letters import Letter
from baken.refer.model import Kind, Who
from baken.web import words
from baken.web.handover import store
from baken.web.handover.links import find
from baken.web.handover.models import Intent
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from baken.web.texts import LANGS, known
from tests.web.handover.following import owners_page
from tests.web.handover.made import arrived, at, event, letters, sent

pytestmark = pytest.mark.django_db


def written(to: Who, kind: str, day: float = 0) -> Any:
    found = letter(Intent.objects.get(letter=kind, to=str(to)), at(day))
    assert found is not None
    return found


def token_in(message: Any) -> str:
    url = next(w for w in message.get_content().split() if w.startswith("http"))
    return str(url).rsplit("/", 1)[1]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", [*map(str, Letter), "code"])
def test_each_letter_has_words(lang: str, kind: str) -> None:
    assert known(lang, f"letters.{kind}.subject")
    assert known(lang, f"letters.{kind}.text")


def test_the_first_letter_tells_until_when_and_holds_nothing_of_the_firm() -> None:
    sent()
    message = written(Who.RECEIVER, "new_file")
    body = message.get_content().replace("\u00a0", " ")
    assert "9 maart 2026" in body
    assert "oven" not in body
    assert "bakker" not in str(message)


def test_a_first_letter_that_leaves_late_says_that_the_promised_day_and_the_hour_are_over() -> None:
    row = sent()
    over = "Die dag is voorbij"
    assert over not in written(Who.RECEIVER, "new_file", 7.5).get_content()
    late = written(Who.RECEIVER, "new_file", 8).get_content().replace("\u00a0", " ")
    assert f"uiterlijk op 9 maart 2026. {over}" in " ".join(late.split())
    type(row).objects.filter(pk=row.pk).update(slot_at=at(2))
    past = "Dat uur is voorbij"
    assert past not in written(Who.RECEIVER, "new_file", 2).get_content()
    assert past in written(Who.RECEIVER, "new_file", 2.1).get_content()


def test_who_sent_it_has_the_link_at_once_while_there_is_no_answer() -> None:
    """Whoever closes the page finds it again; an address that was mistyped is known at once."""
    row = sent()
    message = written(Who.OWNER, "sent")
    assert find(token_in(message)) == row.links.get(who=Who.OWNER)
    body = message.get_content().replace("\u00a0", " ")
    assert "9 maart 2026" in body
    assert "oven" not in body
    store.record(row.pk, event(Kind.ACCEPTED, 1))
    assert letter(Intent.objects.get(letter="sent"), at(1)) is None, "the answer has a letter"


def test_its_link_opens_and_is_not_in_the_database() -> None:
    row = sent()
    token = token_in(written(Who.RECEIVER, "new_file"))
    found = find(token)
    assert found is not None
    assert found.referral == row
    assert token not in found.token_hash
    assert find(token[:-1]) is None


def test_the_same_intent_makes_the_same_letter() -> None:
    sent()
    first, second = (written(Who.RECEIVER, "new_file") for _ in range(2))
    assert first["Message-ID"] == second["Message-ID"]
    assert token_in(first) == token_in(second)


def test_the_two_sides_have_links_of_their_own() -> None:
    row = sent()
    store.record(row.pk, event(Kind.ACCEPTED, 1))
    assert token_in(written(Who.OWNER, "taken")) != token_in(written(Who.RECEIVER, "new_file"))


def test_three_late_files_are_one_reminder_with_three_links() -> None:
    for number in range(3):
        arrived(f"form-{number}")
    tick(at(3))
    message = written(Who.RECEIVER, "reminder", 3)
    assert message["Subject"] == "Nog geen eerste contact: 3 dossiers"
    assert message.get_content().count("/dossier/") == 3


def test_a_file_that_was_taken_meanwhile_is_not_reminded_of() -> None:
    row = arrived()
    tick(at(3))
    intent = Intent.objects.get(letter="reminder")
    store.record(row.pk, event(Kind.ACCEPTED, 3))
    assert letter(intent, at(3)) is None


def test_of_a_letter_that_has_not_left_nobody_is_reminded() -> None:
    row = sent()
    for day in (3, 3.5):
        tick(at(day))
        assert letters(Who.RECEIVER) == ["new_file"]
    assert "We herinnerden" not in owners_page(row)
    store.record(row.pk, event(Kind.HANDED_OVER, 4, by=Who.SYSTEM))
    tick(at(4.1))
    assert letters(Who.RECEIVER) == ["new_file"], "nor on the day on which it left at last"
    tick(at(7))
    assert letters(Who.RECEIVER) == ["new_file", "reminder"]
    assert "We herinnerden" in owners_page(row)


LEFT: dict[str, tuple[float | None, list[Kind], bool]] = {
    "before today": (2, [], True),
    "today": (3, [], False),
    "not yet": (None, [], False),
    "not yet, opened at the desk": (None, [Kind.SEEN], True),
}
"""When the first letter of a second file left, what happened, and whether a reminder names it."""


@pytest.mark.parametrize("how", LEFT)
def test_a_reminder_names_only_what_was_told_before_its_day(how: str) -> None:
    left, happened, named = LEFT[how]
    first, second = arrived(), sent("form-2", on=at(1))
    if left is not None:
        store.record(second.pk, event(Kind.HANDED_OVER, left, by=Who.SYSTEM))
    for kind in happened:
        store.record(second.pk, event(kind, 2))
    tick(at(3.1))
    message = written(Who.RECEIVER, "reminder", 3.1)
    body = message.get_content()
    assert first.number in body and (second.number in body) is named
    assert message["Subject"].endswith(": 2 dossiers" if named else ": 1 dossier")


def test_a_file_that_was_taken_and_had_no_contact_since_is_reminded_of() -> None:
    row = sent()
    store.record(row.pk, event(Kind.ACCEPTED, 1))
    tick(at(4))
    assert written(Who.RECEIVER, "reminder").get_content().count("/dossier/") == 1


def test_an_owner_without_an_address_gets_no_letter_and_nothing_fails() -> None:
    row = sent()
    type(row).objects.filter(pk=row.pk).update(owner_address="")
    store.record(row.pk, event(Kind.ACCEPTED, 1))
    assert letter(Intent.objects.get(letter="taken"), at(1)) is None


def test_a_first_letter_that_waited_until_the_firm_drew_back_does_not_go() -> None:
    row = sent()
    store.record(row.pk, event(Kind.WITHDRAWN, 1, by=Who.OWNER))
    assert letter(Intent.objects.get(letter="new_file"), at(1)) is None


@pytest.mark.parametrize("lang", LANGS)
def test_a_letter_to_the_receiver_tells_which_file_it_is_about(lang: str) -> None:
    row = sent()
    type(row.receiver).objects.update(lang=lang)
    store.record(row.pk, event(Kind.SEEN, 1))
    first = written(Who.RECEIVER, "new_file").get_content()
    Intent.objects.filter(letter="new_file").update(stage=Intent.DONE)
    store.record(row.pk, event(Kind.WITHDRAWN, 2, by=Who.OWNER))
    last = written(Who.RECEIVER, "withdrawn").get_content()
    for body in (first, last):
        assert row.public_id[:6] in body
        assert words.day(lang, "2026-03-02") in body
    assert "http" not in last


def test_a_reminder_asks_to_take_on_only_what_nobody_took() -> None:
    row = sent()
    store.record(row.pk, event(Kind.ACCEPTED, 1))
    tick(at(4))
    body = written(Who.RECEIVER, "reminder").get_content()
    assert "Neem het aan" not in body
    assert "Bel de onderneming" in body
    arrived("form-2")
    body = written(Who.RECEIVER, "reminder", 4).get_content()
    assert "Neem het aan" in body
    assert "Bel de onderneming" in body


@pytest.mark.parametrize(("lang", "back"), [("nl", "Trek"), ("en", "Withdraw"), ("fr", "Retirez")])
def test_who_reads_that_a_question_was_passed_on_reads_how_to_take_it_back(
    lang: str, back: str
) -> None:
    sent(by=Who.RECEIVER, lang=lang)
    assert back in written(Who.OWNER, "passed_on").get_content()


PROMISE = {"nl": "beloofd", "en": "promised", "fr": "promis "}
IN_TIME, OVER = at(7), at(8)  # contact is promised by Monday 9 March


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("by", "kind"), [(Who.OWNER, "sent"), (Who.RECEIVER, "passed_on")])
def test_a_letter_that_leaves_late_promises_no_day_that_is_over(
    lang: str, by: Who, kind: str
) -> None:
    sent(by=by, lang=lang)
    intent = Intent.objects.get(letter=kind)
    early, late = letter(intent, IN_TIME), letter(intent, OVER)
    assert early is not None and late is not None
    assert PROMISE[lang] in early.get_content()
    assert PROMISE[lang] not in late.get_content()
    assert words.day(lang, "2026-03-09") not in late.get_content()
    assert "  " not in late.get_content()


@pytest.mark.parametrize("lang", LANGS)
def test_a_denied_contact_is_told_late_without_a_day_that_is_over(lang: str) -> None:
    row = sent(lang=lang)
    store.record(row.pk, event(Kind.CONTACT, 0.1))
    store.record(row.pk, event(Kind.NO_CONTACT, 0.2, Who.OWNER))
    intent = Intent.objects.get(letter="no_contact")
    early, late = letter(intent, at(7)), letter(intent, at(12))
    assert early is not None and late is not None
    assert "promi" in early.get_content() or "beloofd" in early.get_content()
    assert "promi" not in late.get_content() and "beloofd" not in late.get_content()


NEWS = [
    (event(Kind.ACCEPTED, 0), "taken", at(7), at(8)),
    (event(Kind.FULL, 1, until=at(7).date()), "full", at(14), at(15)),
]


@pytest.mark.parametrize(("news", "kind", "in_time", "over"), NEWS, ids=["taken", "full"])
def test_what_only_promised_a_day_does_not_leave_with_the_letter_that_it_is_over(
    news: Any, kind: str, in_time: Any, over: Any
) -> None:
    """A scheduler that was down writes both at once."""
    store.record(sent().pk, news)
    intent = Intent.objects.get(letter=kind)
    assert letter(intent, in_time) is not None
    tick(over)
    waiting = Intent.objects.filter(to="owner").exclude(letter="sent").order_by("pk")
    assert [i.letter for i in waiting if letter(i, over) is not None] == ["no_word_yet"]
