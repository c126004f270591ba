"""Files that people hand us: bounded, with lines, and never a silent guess."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from baken.kernel.documents import MAX_BYTES, decode_document, read_document
from baken.kernel.errors import BakenError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1.10", {"a": Decimal("1.10")}),
        ("a: 2026-06-30", {"a": date(2026, 6, 30)}),
        ('{"a": 0.1}', {"a": Decimal("0.1")}),
        ("a: [1, 2]", {"a": [1, 2]}),
    ],
)
def test_fractions_are_exact_and_days_are_days(text: str, value: object) -> None:
    assert decode_document(text.encode(), "f").value == value


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: &x [1]\nb: *x", "an alias (*name) is not taken"),
        ("a: 1\nb: 2\na: 3", "the field 'a' stands twice"),
        ('{"a": 1, "a": 2}', "the field 'a' stands twice"),
        ('{"a": NaN}', "NaN is no number"),
        ("a: [1", "no valid YAML"),
        ('{"a": ', "no valid JSON"),
        ("[" * 100 + "]" * 100 + "\n- x", "nested too deep"),
        ("- " * 60 + "x", "nested too deep"),
    ],
)
def test_what_can_not_be_read_is_told(text: str, problem: str) -> None:
    with pytest.raises(BakenError) as caught:
        decode_document(text.encode(), "f.yaml")
    assert problem in caught.value.problem and caught.value.path.startswith("f.yaml")


def test_a_bomb_of_aliases_is_refused_at_its_line() -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    with pytest.raises(BakenError, match="line 2"):
        decode_document(bomb.encode(), "bomb.yaml")


def test_a_file_of_fifty_megabytes_is_refused(tmp_path: Path) -> None:
    big = tmp_path / "big.json"
    big.write_bytes(b" " * 50_000_000)
    with pytest.raises(BakenError, match=f"at most {MAX_BYTES // 1_000_000} MB"):
        read_document(big)


def test_the_line_of_a_field_is_found() -> None:
    found = decode_document(b"a:\n  b:\n  - x: 1\n  - x: 2\n", "f")
    assert [found.line(w) for w in (("a",), ("a", "b"), ("a", "b", 1, "x"), ("nothing",))] == [
        1, 2, 4, 1,
    ]  # fmt: skip


def test_bytes_that_are_no_text_and_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(BakenError, match="byte 1 is not UTF-8"):
        decode_document(b"\xff\xfe", "f")
    with pytest.raises(BakenError, match="can't be read"):
        read_document(tmp_path / "none.yaml")
