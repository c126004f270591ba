"""A file with annual accounts: the CSV that anybody can download, the JSON of the web service, and
what is neither. The files are our own, in those formats."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal

import pytest

from baken.kernel.errors import BakenError
from baken.registers.accounts import accounts_of
from baken.registers.filing import decode_filing, kind_of, read_accounts
from tests.registers.filings import BAKERY, HEAD, filing, table


def without(name):
    return {k: v for k, v in HEAD.items() if k != name}


def test_the_csv_says_what_the_json_says():
    found = accounts_of(decode_filing(table(), "2025.csv"))
    same = accounts_of(filing(EnterpriseName="Bakkerij De Korst", EnterpriseNumber="0403170701"))
    assert found == same
    assert found.number == "0403.170.701"


@pytest.mark.parametrize(
    "changed",
    [
        b"\xef\xbb\xbf" + table(),
        table(BAKERY | {"22P": "99000.00", "8059P": "1"}),
        table(HEAD | BAKERY, {}).replace(b"\r\n", b"\n").replace(b'"', b""),
        table({k: v.replace(".", ",") for k, v in BAKERY.items()},
              HEAD | {"Accounting period start date": "1/01/2025",
                      "Accounting period end date": "31/12/2025"}, ";").replace(b'"', b""),
        table() + b'"2100","3"\n"2100","4"\n',
    ],
    ids=["mark", "opening values", "no quotes", "from a spreadsheet", "a list beside it"],
)  # fmt: skip
def test_what_may_differ_without_saying_something_else(changed):
    year = accounts_of(decode_filing(changed, "2025.csv")).years[0]
    assert year.as_json() | {"rubrics": 0} == {
        **accounts_of(filing()).years[0].as_json(), "rubrics": 0
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "kind", "problem"),
    [
        (b"", "empty", "the file is empty"),
        (b"  \n", "empty", "the file is empty"),
        (b"%PDF-1.7", "pdf", "a file of kind pdf is not read"),
        (b"PK\x03\x04", "zip", "a file of kind zip is not read"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "xbrl", "a file of kind xbrl is not read"),
        (b"\xff\xfea\x00,\x00", "other", "these are no annual accounts"),
        (b"{", "json", "no valid JSON"),
        (b'{"a": "\xff"}', "json", "is not UTF-8"),
        (b"[1, 2]", "json", "these are no annual accounts"),
        (b"naam,omzet\nA,3\n", "csv", "these are no annual accounts"),
        (table({"70": "3"}), "csv", "these are no annual accounts"),
        (table(BAKERY | {"70": "=1+1"}), "csv", "'=1+1' is no number"),
        (table() + b'"10/15","1"\n', "csv", "10/15 stands twice"),
        (table(head=HEAD | {"Currency": "USD"}), "csv", "amounts are in USD"),
        (b"a,b\n" * 20_001, "csv", "there are too many lines"),
        (b"a,b" + b" " * 5_000_000, "csv", "the file is too large"),
    ],
)
def test_what_is_no_filing_is_told_by_the_name_of_the_file(tmp_path, content, kind, problem):
    path = tmp_path / "accounts"
    path.write_bytes(content)
    assert kind_of(content) == kind
    with pytest.raises(BakenError, match=re.escape(problem)) as error:
        read_accounts(path)
    assert error.value.path.startswith("accounts")
    assert error.value.expected


def test_a_file_that_was_cut_within_a_figure_is_refused_with_its_line():
    codes = {k: v for k, v in BAKERY.items() if k not in ("1003", "9087")} | {"9087": "12"}
    whole = table(codes).removesuffix(b"\r\n")
    assert accounts_of(decode_filing(whole, "2025.csv")).years[0].heads == 12
    with pytest.raises(BakenError) as error:
        decode_filing(whole.removesuffix(b'2"'), "2025.csv")
    assert error.value.path == f"2025.csv, line {len(whole.splitlines())}"
    assert "as it was downloaded" in error.value.expected
    named = whole.replace(b'"9087"', b'"Name","Bakkerij "De Molen" bv"\r\n"9087"')
    assert accounts_of(decode_filing(named, "2025.csv")).years[0].heads == 12, "a careless quote"


def test_a_file_that_does_not_tell_its_year_is_asked_for_it():
    raw = decode_filing(table(head=without("Accounting period end date")), "2025.csv")
    with pytest.raises(BakenError, match="does not tell the year's end") as error:
        accounts_of(raw, where="2025.csv")
    assert error.value.path == "2025.csv, Accounting period end date"
    assert '"Accounting period end date","2025-12-31"' in error.value.expected
    assert "--end" in error.value.expected
    assert accounts_of(raw, date(2025, 12, 31)).years


SPOILED = """okt/15 okt-15 Oct-15 15-okt 15/okt oct.-15 2015-10-01 1/10/2015 01-10-15 10/2015 jan/58
déc-15 juil.-49 mrt/28 1-okt-15 9.087 20/58% '10/15 ="10/15" 1E+05 10-15""".split()


@pytest.mark.parametrize("key", [*SPOILED, "15 okt", "okt 15", "1 oktober 2015", "10 / 15"])
def test_what_a_spreadsheet_made_of_a_code_is_refused_with_its_line(key):
    lines = table().decode().splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith('"10/15"'))
    quoted = key.replace('"', '""')
    lines[at] = f'"{quoted}","62345.67"'
    with pytest.raises(BakenError) as error:
        decode_filing("\n".join(lines).encode(), "2025.csv")
    assert error.value.path == f"2025.csv, line {at + 1}"
    assert f"'{key}' is no code" in error.value.problem
    assert "kept as text" in error.value.expected


def test_codes_and_lines_that_say_nothing_to_us_are_passed_over():
    more = {"8059P": "1", "9507PN": "2", "280/1": "3", "66B": "4", "740/9": "5", "Mail": "6"}
    head = HEAD | {"Decision of 2025": "x", "Market 12": "y", "": "z"}
    found = accounts_of(decode_filing(table(BAKERY | more, head), "2025.csv"))
    assert found.years[0].equity == Decimal("62345.67")


def test_json_with_a_mark_is_read():
    data = b"\xef\xbb\xbf" + json.dumps(filing()).encode()
    assert accounts_of(decode_filing(data, "a.json")).years
