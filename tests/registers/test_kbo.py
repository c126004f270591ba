"""KBO numbers: what is taken, how it is written, what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.kernel.errors import BakenError
from baken.registers import kbo


@pytest.mark.parametrize(
    "text",
    ["0200.065.765", "0200065765", "BE0200.065.765", "BE 200 065 765", "btw be 0200065765"],
)
def test_every_way_of_writing_gives_the_normal_form(text: str) -> None:
    assert kbo.enterprise(text) == "0200.065.765"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("0200.065.766", "check digits"),
        ("2.175.653.085", "establishment number"),
        ("0200.065", "no company number"),
        ("", "no company number"),
        ("bakker", "no company number"),
        ("٠٢٠٠٠٦٥٧٦٥", "no company number"),
    ],
)
def test_a_wrong_number_says_what_is_wrong(text: str, says: str) -> None:
    with pytest.raises(BakenError) as error:
        kbo.enterprise(text, path="query.kbo")
    assert says in error.value.problem
    assert error.value.path == "query.kbo"
    assert "0200.065.765" in error.value.expected


def test_an_establishment_has_a_form_of_its_own() -> None:
    assert kbo.establishment("2175653085") == "2.175.653.085"
    with pytest.raises(BakenError):
        kbo.establishment("2.175.653.086")
    with pytest.raises(BakenError):
        kbo.establishment("0200.065.765")


@given(st.integers(min_value=1_000_000, max_value=19_999_999))
def test_numbers_with_right_check_digits_are_taken_and_stay_the_same(first_eight: int) -> None:
    digits = f"{first_eight:08d}{97 - first_eight % 97:02d}"
    normal = kbo.enterprise(digits)
    assert normal.replace(".", "") == digits
    assert kbo.enterprise(normal) == normal
