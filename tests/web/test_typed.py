"""What people type in a field of one line: a mail address and a telephone number, and what is said
of one that can't be.
"""

from __future__ import annotations

import html

import pytest

from baken.web.desk.models import Role
from baken.web.handover.wrong import AT
from baken.web.telephone import phone_fault
from baken.web.texts import LANGS, catalogue, text
from baken.web.typed import MAIL_FAULTS, mail_fault
from tests.web.desk.made import browser, member

PHONES = [
    # mobile: a 0 and nine digits
    ("0470 12 34 56", ""),
    ("0470/12.34.56", ""),
    ("+32 470 12 34 56", ""),
    ("0032470123456", ""),
    ("+32 (0)470 12 34 56", ""),
    ("470 12 34 56", ""),
    ("32470123456", ""),
    ("0478 12 34 5", "phone_mobile"),
    ("0478 12 34 567", "phone_mobile"),
    ("04781234", "phone_mobile"),
    ("+32 478 12 34 5", "phone_mobile"),
    ("0032 478 12 34 567", "phone_mobile"),
    # all others: a 0 and eight digits, also in Liège, whose numbers begin with 04 too
    ("02 123 45 67", ""),
    ("011 12 34 56", ""),
    ("0800 12 345", ""),
    ("04 221 23 45", ""),
    ("+32 4 342 12 34", ""),
    ("02 123 45 6", "phone_fixed"),
    ("011 12 34 567", "phone_fixed"),
    ("04 221 23 45 6", "phone_fixed"),
    ("+32 2 123 45 678", "phone_fixed"),
    # of another country: 8 to 15 digits with its code
    ("+31 6 12345678", ""),
    ("0031 6 12345678", ""),
    ("+352 123 456", ""),
    ("+31 6 123", "phone_abroad"),
    ("+49 1234 5678 9012 345", "phone_abroad"),
    ("31 6 12345678", "phone_start"),
    # no number at all
    ("0000000000", "phone"),
    ("1111111111", "phone"),
    ("000 000 001", "phone"),
    ("+32 00 12 34 56", "phone"),
    ("12", "phone"),
    ("bel mij", "phone"),
    ("0470 12 34 56 of 02 123 45 67", "phone"),
    ("", "phone"),
]


@pytest.mark.parametrize(("typed", "fault"), PHONES)
def test_a_telephone_number_has_the_digits_of_its_plan(typed: str, fault: str) -> None:
    assert phone_fault(typed) == fault


MAILS = [
    ("jan@bakkerij.example", ""),
    ("jan.o'neil+x@bäckerei.example", ""),
    ("", "mail_none"),
    ("jan", "mail_at"),
    ("a@b@c.example", "mail_more"),
    ("a@b.example, c@d.example", "mail_more"),
    ("jan@bakkerij,example", "mail_comma"),
    ("jan @bakkerij.example", "mail_space"),
    ("jan@bakkerij", "mail_end"),
    ("jan@bakkerij.", "mail_end"),
    ("jan@", "mail_end"),
    ("ü@owner.example", "mail_sign"),
    ("jan(a)@owner.example", "mail_sign"),
    ("jan@own!er.example", "mail_sign"),
    ("@owner.example", "mail"),
    ("jan..a@owner.example", "mail"),
    ("j" * 300 + "@owner.example", "mail"),
]


@pytest.mark.parametrize(("typed", "fault"), MAILS)
def test_of_a_mail_address_is_told_what_is_wrong_with_it(typed: str, fault: str) -> None:
    assert mail_fault(typed) == fault


@pytest.mark.parametrize("lang", LANGS)
def test_each_fault_has_words_of_its_own(lang: str) -> None:
    faults = {*MAIL_FAULTS, *(fault for _, fault in PHONES if fault)}
    says = {catalogue(lang)[f"send.wrong.{fault}"] for fault in faults}
    assert len(says) == len(faults)


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "fault"), [one for one in MAILS if one[1]])
def test_who_invites_to_the_desk_reads_it_too(typed: str, fault: str) -> None:
    form = {"do": "invite", "email": typed, "name": "N", "role": str(Role.POLICY)}
    page = browser(member("operator")).post("/bureau/mensen", form)
    assert page.status_code == 400 and AT[fault][0] == "email"
    assert text("nl", f"send.wrong.{fault}") in html.unescape(page.content.decode())


@pytest.mark.django_db
def test_an_address_that_has_access_is_told_as_that_and_not_as_no_address() -> None:
    boss = member("operator")
    form = {"do": "invite", "email": boss.email, "name": "N", "role": str(Role.POLICY)}
    page = html.unescape(browser(boss).post("/bureau/mensen", form).content.decode())
    assert text("nl", "desk.email_taken") in page
    assert not any(text("nl", f"send.wrong.{fault}") in page for fault in MAIL_FAULTS)
