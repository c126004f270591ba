"""Tables, bank statements and accounts attached to messages are read as if they were handed in."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from baken.signals.intake import take
from baken.signals.read import opened
from baken.signals.read.paths import read_paths
from tests.signals.made import months
from tests.signals.read.statements import year
from tests.signals.read.ubl import ubl
from tests.signals.read.workbooks import workbook

TABLE = "maand;omzet\n" + "\n".join(f"{m};{100 + at}" for at, m in enumerate(months(12)))
LONG = "series,period,value\n" + "\n".join(f"klachten,{m},3" for m in months(12))
ROWS = [["maand", "orders"], *[[m, 5] for m in months(12)]]
KINDS: dict[str, tuple[bytes, str | None]] = {
    "omzet.csv": (TABLE.encode(), "omzet"),
    "programma.CSV": (LONG.encode(), "klachten"),
    "bank.cod": (year().encode("cp1252"), "cash"),
    "boek.xlsx": (workbook({"cijfers": ROWS}), "orders"),
    "factuur.pdf": (b"%PDF-1.4", None),
    "logo.png": (b"\x89PNG\r\n", None),
}


def message(*files: tuple[str, bytes], kind: str = "octet-stream") -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"] = "boekhouder@example.org", "cijfers"
    made.set_content("In bijlage, zie .csv")
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype=kind, filename=name)
    return made.as_bytes()


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("file", ["mail.eml", "mail"])
def test_what_is_attached_is_read(tmp_path: Path, name: str, file: str) -> None:
    data, id = KINDS[name]
    (tmp_path / file).write_bytes(message((name, data)))
    found = read_paths([tmp_path])
    assert (id is None and not found.series) or id in {s.id for s in found.series}
    assert found.rejected == []


@pytest.mark.parametrize("name", ["überzicht.csv", "een heel lange naam " * 8 + ".csv", "x.CSV"])
def test_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.eml").write_bytes(message((name, TABLE.encode())))
    assert [s.id for s in read_paths([tmp_path / "a.eml"]).series] == ["omzet"]


def test_a_name_that_is_encoded(tmp_path: Path) -> None:
    data = message(("plaats.csv", TABLE.encode())).replace(
        b'filename="plaats.csv"', b'filename="=?utf-8?B?b216ZXQuY3N2?="'
    )
    (tmp_path / "a.eml").write_bytes(data)
    assert [s.id for s in read_paths([tmp_path]).series] == ["omzet"]


def test_a_mailbox_with_invoices_and_tables(tmp_path: Path) -> None:
    parts = [("a.xml", ubl()), ("omzet.csv", TABLE.encode())]
    mails = [message(parts[0], parts[1]), message(("kapot.csv", b"\0\0\0")), message()]
    box = b"".join(b"From x@example.org Mon Jan  6 2025\n" + m + b"\n\n" for m in mails)
    (tmp_path / "post.mbox").write_bytes(box)
    taken = take([tmp_path], date(2025, 12, 31), own="1999.000.150")
    assert {"omzet", "sales"} <= {s.id for s in taken.files.series}
    told = {r.file: r.why for r in taken.files.rejected if not r.note}
    assert set(told) == {"post.mbox[2]/kapot.csv", "post.mbox[3]"}
    assert "no e-invoice" in told["post.mbox[3]"]


def test_the_same_table_twice_counts_once(tmp_path: Path) -> None:
    for name in ("a.eml", "b.eml"):
        (tmp_path / name).write_bytes(message(("omzet.csv", TABLE.encode())))
    found = read_paths([tmp_path])
    assert [s.id for s in found.series] == ["omzet"]
    assert [(r.file, r.why) for r in found.rejected] == [
        ("b.eml/omzet.csv", "the same content as a.eml/omzet.csv, counted once")
    ]


def test_a_message_in_a_zip_names_what_is_not_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as box:
        box.writestr("a.eml", message(("omzet.csv", TABLE.encode()), ("f.xml", ubl())))
    files = take([tmp_path], date(2025, 12, 31), own="1999.000.150").files
    assert [r.file for r in files.rejected if "hand it in by itself" in r.why] == [
        "in.zip/a.eml/omzet.csv"
    ]


def test_attachments_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "MAX_HELD", len(TABLE) + 10)
    parts = [("omzet.csv", TABLE.encode()), ("nog.csv", LONG.encode())]
    (tmp_path / "a.eml").write_bytes(message(*parts))
    found = read_paths([tmp_path])
    assert [s.id for s in found.series] == ["omzet"]
    assert [r.file for r in found.rejected] == ["a.eml/nog.csv"]


def test_accounts_are_not_sought_in_json_that_mails_carry(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(message(("meta.json", json.dumps({"a": 1}).encode())))
    assert read_paths([tmp_path]).rejected == []
