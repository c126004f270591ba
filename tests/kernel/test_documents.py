"""Files that people hand us: bounded, with lines, and never a silent guess."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field

from baken.kernel.documents import MAX_BYTES, decode_document, read_document
from baken.kernel.errors import BakenError
from baken.kernel.fields import A_DAY, A_TEXT, DAY, EUROS, NUMBER
from baken.kernel.questions import Strict, read_model


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


@pytest.mark.parametrize("text", ["1:30", "010", "0x10", "0b11", "1_000", "01.11", "1:30.5"])
def test_what_only_yaml_1_1_takes_for_a_number_stays_text(text: str) -> None:
    assert decode_document(f"a: {text}".encode(), "f.yaml").value == {"a": text}


@pytest.mark.parametrize("text", ["33.333", "200.000", "-0.5", ".5", "10."])
def test_plain_numbers_keep_their_text(text: str) -> None:
    assert decode_document(f"a: {text}".encode(), "f.yaml").value == {"a": Decimal(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x:\n- {a: 200,000}", "200000 or 200.00"),
        ("{a: 200,000}", "200000 or 200.00"),
        ("x:\n- {a: 8.000,50, b: 1}", "8000.50"),
        ("x:\n- {a: 0,5}", "0.5"),
    ],
)
def test_a_comma_in_a_number_makes_no_second_field(text: str, expected: str) -> None:
    with pytest.raises(BakenError, match=r"f.yaml, line [12]: .* is read as two fields") as caught:
        decode_document(text.encode(), "f.yaml")
    assert caught.value.expected == expected


def test_lists_and_mappings_without_blanks_are_no_such_comma() -> None:
    found = decode_document(b"a: [1,5]\nb: {10: 200,11: 300}\n", "f.yaml").value
    assert found == {"a": [1, 5], "b": {10: 200, 11: 300}}


@pytest.mark.parametrize("text", ["!!int 0x10", "!!int 010", "!!float 1_000.5"])
def test_a_tag_does_not_bring_the_old_numbers_back(text: str) -> None:
    with pytest.raises(BakenError, match=r"line 1: .* is no"):
        decode_document(f"a: {text}".encode(), "f.yaml")


class Inner(Strict):
    proceedings: bool | None = None
    criteria_met: bool | None = None


class Outer(Strict):
    id: str | int | None = None
    name: str | None = None
    day: Annotated[date, DAY] | None = None
    euros: Annotated[Decimal, EUROS] | list[Inner] | None = None
    heads: Annotated[Decimal, NUMBER] | None = None
    inner: Inner | None = None
    named: dict[str, Inner] | None = None
    purpose: str | None = Field(None, alias="for")


FIELDS = "id, name, day, euros, heads, inner, named, for"


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("nmae: x", "nmae", f"one of {FIELDS}"),
        ("inner: {proceeding: true}", "inner.proceeding", "one of proceedings, criteria_met"),
        ("inner: yes", "inner", "a mapping with proceedings, criteria_met"),
        ("named: {a: x}", "named.a", "a mapping with proceedings, criteria_met"),
        ("named: {12: {}}", "named.12", A_TEXT),
        ("name: 10.71", "name", A_TEXT),
        ("name: no", "name", A_TEXT),
        ("name: [x]", "name", "a text"),
        ("id: 1.5", "id", A_TEXT),
        ("day: 20251231", "day", A_DAY),
        ("day: 0", "day", A_DAY),
        ("day: 30/06/2026", "day", A_DAY),
        ("day: 2026-02-30", "day", A_DAY),
        ("day: 2026-06-30T10:00:00Z", "day", A_DAY),
        ("heads: 1:30", "heads", "a number such as 1234.56"),
        ("heads: 0x10", "heads", "a number such as 1234.56"),
        ("heads: 010", "heads", "10"),
        ("heads: 1_000", "heads", "1000"),
        ("heads: '1 000,5'", "heads", "1000.5"),
        ("heads: yes", "heads", "a number such as 1234.56"),
        ("heads: [1]", "heads", "a number such as 1234.56"),
        ("euros: 200.000", "euros", "200000 or 200.00"),
        ("euros: '1.200.000'", "euros", "1200000"),
        ("euros: 8000,50", "euros", "8000.50"),
        ('{"euros": 200.000}', "euros", "200000 or 200.00"),
        ('{"euros": "200.000"}', "euros", "200000 or 200.00"),
        ("euros: [{x: 1}]", "euros[0].x", "one of proceedings, criteria_met"),
    ],
)
def test_an_error_says_how_to_mend_it(text: str, path: str, expected: str) -> None:
    document = decode_document(text.encode(), "f.yaml")
    with pytest.raises(BakenError) as caught:
        read_model(Outer, document.value, document, "", "")
    assert (caught.value.path, caught.value.expected) == (f"f.yaml, line 1, {path}", expected)


def test_a_near_name_is_told() -> None:
    with pytest.raises(BakenError) as caught:
        read_model(Outer, {"colour": 1, "inn": 1}, None, "", "")
    assert caught.value.near == []
    assert caught.value.others[0].near == ["inner"]


@pytest.mark.parametrize(
    ("name", "given", "read"),
    [
        ("heads", "1.250", Decimal("1.250")),
        ("heads", "1e3", Decimal(1000)),
        ("euros", "1200.000", Decimal(1200)),
        ("euros", "0.125", Decimal("0.125")),
        ("euros", "200.00", Decimal(200)),
        ("euros", 12.5, Decimal("12.5")),
        ("day", "2026-06-30T00:00:00", date(2026, 6, 30)),
        ("day", datetime(2026, 6, 30, tzinfo=UTC), date(2026, 6, 30)),
    ],
)
def test_what_can_be_read_in_one_way_only_is_read(name: str, given: object, read: object) -> None:
    assert getattr(read_model(Outer, {name: given}, None, "", ""), name) == read
