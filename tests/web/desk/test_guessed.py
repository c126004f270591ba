"""Passwords that are guessed first are not taken, and ordinary ones are."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from baken.kernel.errors import BakenError
from baken.web.desk.joining import choose_password
from baken.web.desk.models import Member
from tests.web.desk.made import PASSWORD

GUESSED = [
    "aaaaaaaaaaaaa", "passwordpassword", "wachtwoord12", "Wachtwoord2026!", "w@chtw00rd123",
    "MotDePasse2026", "welkom welkom 1", "abcabcabcabc", "Été2026Été2026", "zomer-2026-zomer",
    "121212121212a", "qwertyuiop123", "123456-123456", "P@ssw0rdP@ssw0rd",
]  # fmt: skip
FINE = [
    PASSWORD,
    "paard batterij nietje",
    "zomer in een tent 3",
    "Xk9-vbTq72mLw",
    "wachtwoord voor bakkers",
]


@pytest.mark.parametrize("password", GUESSED)
def test_what_is_guessed_first_is_not_taken(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize("password", FINE)
def test_what_takes_longer_is_taken(password: str) -> None:
    validate_password(password)


@pytest.mark.parametrize(
    "password", ["els@huis.exampleels@huis.example", "Els@Huis.Example2026", "Voorbeeld-Voorbeeld"]
)
def test_ones_own_address_or_name_is_no_password(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, Member(email="els@huis.example", name="voorbeeld"))


def test_so_at_the_desk() -> None:
    with pytest.raises(BakenError) as told:
        choose_password(Member(email="a@b.example", name="iemand"), "wachtwoord12")
    assert told.value.path == "password"
