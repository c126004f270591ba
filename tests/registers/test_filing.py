"""A file with annual accounts: the CSV that anybody can download, the JSON of the web service, and
what is neither. The files are our own, in those formats."""

from __future__ import annotations

import json
import re

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


def test_a_file_that_does_not_tell_its_year_is_asked_for_it():
    raw = decode_filing(table(head=without("Accounting period end date")), "2025.csv")
    with pytest.raises(BakenError, match="does not tell the year's end"):
        accounts_of(raw)


def test_json_with_a_mark_is_read():
    data = b"\xef\xbb\xbf" + json.dumps(filing()).encode()
    assert accounts_of(decode_filing(data, "a.json")).years
