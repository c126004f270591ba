"""The operator's table of addresses: all of it is taken or none, and each error has its line."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from baken.kernel.errors import BakenError
from baken.web.handover.models import Receiver
from baken.web.handover.receivers import set_receivers
from tests.refer.made import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("records")]

GOOD = [
    (["id,address", "bakkerscentrum,a@b.example"], [("bakkerscentrum", 5, "nl", True)]),
    (
        ["id;address;promise;lang;active", "bakkerscentrum;a@b.example;2;fr;no"],
        [("bakkerscentrum", 2, "fr", False)],
    ),
    (["id,address"], []),
]


@pytest.mark.parametrize(("lines", "rows"), GOOD, ids=["short", "whole", "empty"])
def test_the_table_is_taken(lines: list[str], rows: list[tuple[str, int, str, bool]]) -> None:
    set_receivers(lines)
    set_receivers(lines)
    found = Receiver.objects.values_list("record_id", "promise", "lang", "active")
    assert list(found) == rows


WRONG = [
    ([], "line 1"),
    (["id,mail", "bakkerscentrum,a@b.example"], "line 1"),
    (["id,address", "bakkerscentrum,a@b.example", "nobody,a@b.example"], "line 3, id"),
    (["id,address", "energielening,a@b.example"], "line 2, id"),
    (["id,address", "zelfmoordlijn,a@b.example"], "line 2, id"),
    (["id,address", "bakkerscentrum,a at b"], "line 2, address"),
    (["id,address,promise", "bakkerscentrum,a@b.example,9"], "line 2, promise"),
    (["id,address,lang", "bakkerscentrum,a@b.example,de"], "line 2, lang"),
    (["id,address,active", "bakkerscentrum,a@b.example,maybe"], "line 2, active"),
    (["id,address", "bakkerscentrum,a@b.example,2"], "line 2"),
    (["id,address", "", "", "bakkerscentrum,a at b"], "line 4, address"),
]


@pytest.mark.parametrize(("lines", "where"), WRONG, ids=[str(i) for i in range(len(WRONG))])
def test_an_error_tells_its_line_and_nothing_is_taken(lines: list[str], where: str) -> None:
    with pytest.raises(BakenError) as wrong:
        set_receivers(lines)
    assert wrong.value.path == where
    assert not Receiver.objects.exists()


def test_the_command_tells_how_many_and_no_name(tmp_path: Path) -> None:
    table = tmp_path / "addresses.csv"
    table.write_text("\ufeffid,address\nbakkerscentrum,a@b.example\n", encoding="utf-8")
    out = StringIO()
    call_command("receivers", str(table), stdout=out)
    assert out.getvalue() == "1 organisations of the table take files, 0 do not.\n"


@pytest.mark.parametrize("content", [b"id\n", b"\xff\xfe", None])
def test_the_command_says_what_is_wrong_with_the_file(
    tmp_path: Path, content: bytes | None
) -> None:
    table = tmp_path / "addresses.csv"
    if content is not None:
        table.write_bytes(content)
    with pytest.raises(CommandError, match=r"addresses\.csv"):
        call_command("receivers", str(table))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("bakkerscentrum," + "x" * 200_000, "line 2: can't be read: field larger"),
        ('bakkerscentrum,"a@b.example', "can't be read: unexpected end of data"),
        ("bakkerscentrum,a@b.example\0" + "x" * 6_000_000, "is too long: expected at most 5000000"),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(tmp_path: Path, line: str, says: str) -> None:
    table = tmp_path / "addresses.csv"
    table.write_text(f"id,address\n{line}\n", encoding="utf-8")
    with pytest.raises(CommandError, match=re.escape(says)):
        call_command("receivers", str(table))


def test_one_organisation_on_two_lines_is_an_error_that_names_both() -> None:
    lines = ["id,address", "bakkerscentrum,a@b.example", "energiehuis,c@d.example"]
    with pytest.raises(BakenError) as told:
        set_receivers([*lines, "bakkerscentrum,e@f.example"])
    assert told.value.path == "line 4, id"
    assert "'bakkerscentrum' stands on line 2 too" in str(told.value)
    assert not Receiver.objects.exists()


def test_hours_on_a_day_that_is_over_are_an_error() -> None:
    lines = ["id,address,hours", "bakkerscentrum,a@b.example,2026-12-04 10:00-11:00"]
    with patch("django.utils.timezone.now", return_value=moment("2026-12-04")):
        set_receivers(lines)
    later = patch("django.utils.timezone.now", return_value=moment("2026-12-05"))
    with later, pytest.raises(BakenError) as told:
        set_receivers(lines)
    assert told.value.path == "line 2, hours"
    assert "2026-12-04 is over" in str(told.value)
