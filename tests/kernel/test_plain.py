"""One rule for typed text: what steers goes, what is written stays."""

from __future__ import annotations

import pytest

from baken.kernel.plain import plain

TABLE = [
    # typed, kept
    ("een oven\n\tdie lekt", "een oven\n\tdie lekt"),
    ("a\u202eb\u202c \u2066c\u2069 \u200ed\u200f\u061c", "ab c d"),
    ("a\x00b\x07c\r\nd\u2028e", "a b c\nd\ne"),
    ("a\u200bb\u00adc\ufeff\ud800", "abc"),
    ("مخبز في أنتويرب", "مخبز في أنتويرب"),
    ("מאפייה באנטוורפן", "מאפייה באנטוורפן"),
    ("می\u200cخواهم", "می\u200cخواهم"),
    ("120\u00a0000 € 👩\u200d🌾", "120\u00a0000 € 👩\u200d🌾"),
]


@pytest.mark.parametrize(("typed", "kept"), TABLE)
def test_what_is_kept_of_a_typed_text(typed: str, kept: str) -> None:
    assert plain(typed) == kept
