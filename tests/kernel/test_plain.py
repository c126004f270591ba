"""One rule for typed text: what steers goes, what is written stays."""

from __future__ import annotations

import pytest

from baken.kernel.plain import plain, uncapped

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


LABELS = [
    # a label, inside a sentence
    (
        "Activiteiten in NACE-BEL 2008 (vijf cijfers)",
        "activiteiten in NACE-BEL 2008 (vijf cijfers)",
    ),
    ("Technology on VLAIO's list (LTL)", "technology on VLAIO's list (LTL)"),
    ("NACE-code", "NACE-code"),
    ("R&D", "R&D"),
    ("A Flemish university takes part", "a Flemish university takes part"),
    ("Belgische btw", "Belgische btw"),
    ("Âge de l'entreprise", "âge de l'entreprise"),
    ("I paid my bills", "I paid my bills"),
    ("In de EU", "in de EU"),
    ("", ""),
]


@pytest.mark.parametrize(("label", "inside"), LABELS)
def test_a_label_inside_a_sentence_keeps_its_names(label: str, inside: str) -> None:
    assert uncapped(label) == inside
