"""What is handed in finds its reader: folders of everything, kept stores, wrong endings."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from baken.kernel.errors import BakenError
from baken.signals.demo import Plan, write
from baken.signals.intake import take
from baken.signals.ledger.names import alias_words
from baken.signals.read.store import NAME, Progress
from baken.signals.watch import watch
from tests.signals.read.statements import statement
from tests.signals.read.test_boxes import packed
from tests.signals.read.ubl import SELLER, put, ubl

END = date(2025, 12, 31)
TABLE = b"maand;omzet\n01/2025;100\n02/2025;120\n03/2025;90\n"


def year(number: str = "n") -> dict[str, bytes]:
    """An invoice a month; its figures differ, so that a changed one shows."""
    return {
        f"m{m:02d}_xml": ubl(f"{m}00.00", number=f"{number}{m}", issued=f"2025-{m:02d}-10")
        for m in range(1, 13)
    }


@pytest.mark.parametrize(
    ("name", "data", "series"),
    [
        ("a.xml", ubl(), "sales"),
        ("a.ubl", ubl(), "sales"),
        ("a.UBL", ubl(), "sales"),
        ("a.txt", ubl(), "sales"),
        ("a", b"\xef\xbb\xbf" + ubl(), "sales"),
        ("a.dat", ubl().decode().replace("UTF-8", "UTF-16").encode("utf-16"), "sales"),
        ("a.zip", packed(a_xml=ubl()), "sales"),
        ("a.csv", TABLE, "omzet"),
        ("a.xml.csv", TABLE, "omzet"),
    ],
)
def test_a_file_goes_to_its_reader_whatever_it_is_called(
    name: str, data: bytes, series: str, tmp_path: Path
) -> None:
    for inside in (True, False):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
        taken = take([tmp_path / "in" if inside else tmp_path / "in" / name], END, own=SELLER)
        assert series in {s.id.split(".")[0] for s in taken.files.series}
        assert [r for r in taken.files.rejected if not r.note] == []


def test_a_folder_of_everything_is_read_and_each_thing_set_aside_once(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", **year(), t_csv=TABLE, p_pdf=b"%PDF-1.7 <Invoice", e_xml=b"<a/>")
    put(folder / "2024", x_xml=b"", y_json=b"{}")
    (folder / ".hidden").mkdir()
    put(folder / ".hidden", z_xml=b"not looked at")
    taken = take([folder], END, own=SELLER)
    assert {"sales", "omzet"} <= {s.id for s in taken.files.series}
    assert sorted((r.file, r.why.split(",")[0].split(";")[0]) for r in taken.files.rejected) == [
        ("2024/x.xml", "the file is empty"),
        ("2024/y.json", "this JSON is of no kind that is known"),
        ("e.xml", "the XML is of another kind (a)"),
        ("p.pdf", "this is a PDF"),
    ]


def sales(folder: Path, told: list[Progress]) -> list[float | None]:
    """What was sold by month, of a folder with a store."""
    taken = take([folder], END, own=SELLER, keep=True, progress=told.append)
    return next(list(s.values) for s in taken.files.series if s.id == "sales")


@pytest.mark.parametrize(
    ("change", "new", "known", "sold"),
    [
        ("nothing", 0, 12, {}),
        ("one added", 1, 12, {2: 350}),
        ("one changed", 1, 11, {2: 55}),
        ("one removed", 0, 11, {2: 0}),
        ("one renamed", 0, 12, {}),
        ("one broken", 0, 11, {2: 0}),
    ],
)
def test_a_second_run_reads_only_what_is_new(
    change: str, new: int, known: int, sold: dict[int, float], tmp_path: Path
) -> None:
    folder = put(tmp_path / "in", **year())
    told: list[Progress] = []
    before = sales(folder, told)
    assert (told[-1].new, told[-1].known, (folder / NAME).exists()) == (12, 0, True)
    third = folder / "m03.xml"
    if change == "one added":
        put(folder, a_xml=ubl("50", number="x", issued="2025-03-30"))
    elif change == "one changed":
        third.write_bytes(ubl("55", number="n3", issued="2025-03-10"))
    elif change == "one removed":
        third.unlink()
    elif change == "one renamed":
        third.rename(folder / "z.xml")
    elif change == "one broken":
        third.write_bytes(third.read_bytes()[:-9])
    after = sales(folder, told)
    assert (told[-1].new, told[-1].known) == (new, known)
    assert after == [sold.get(at, value) for at, value in enumerate(before)]


def test_the_store_of_a_zip_stands_beside_it(tmp_path: Path) -> None:
    path = put(tmp_path / "in", a_zip=packed(**year())) / "a.zip"
    told: list[Progress] = []
    for _ in range(2):
        take([path], END, own=SELLER, keep=True, progress=told.append)
    assert (path.with_name(NAME).exists(), told[-1].known) == (True, 12)


def test_invoices_and_bank_statements_together_tell_the_days_to_payment(tmp_path: Path) -> None:
    """Each month's invoice of the 10th is paid on the 30th, from July on 25 days later; a statement
    that is there twice counts once."""
    folder = put(tmp_path / "in", **year("2025-00"))
    moves = [
        (
            date(2025, m, 10) + timedelta(days=20 if m < 7 else 45),
            f"{m}00",
            "0",
            f"0fact 2025-00{m}",
        )
        for m in range(1, 12)
    ]
    bank = statement(date(2024, 12, 31), date(2025, 12, 31), "1000", moves).encode()
    put(folder, bank_cod=bank, again_txt=bank)
    taken = take([folder], END, own=SELLER)
    found = next(s for s in taken.files.series if s.id == "days_to_payment")
    assert found.periods == tuple(f"2025-{m:02d}" for m in range(1, 13))
    assert found.values == (20, None, 20, 20, 20, 20, None, 45, 45, 45, 45, 45)
    assert "2025-00" not in str(taken.files)
    early = take([folder], date(2025, 8, 31), own=SELLER).files.series
    assert next(s for s in early if s.id == "days_to_payment").values == found.values[:8]


def test_a_dearer_article_of_a_supplier_is_told(tmp_path: Path) -> None:
    """Prices per supplier and article, from the lines of purchases to the alarm."""
    write(Plan("bakery", months=24, price_rise=18, price_pct=30), tmp_path / "in")
    taken = take([tmp_path / "in"], END)
    alarms = watch(taken.files.series, per_firm=True).alarms
    flour = next(alias for alias, name in taken.names.items() if name == "Tarwebloem T65")
    name = f"Prijs van {alias_words(flour)}"
    assert [(a.since, a.way) for a in alarms if a.series == name] == [("2025-07", "up")]


def test_what_is_not_there_and_whose_it_is(tmp_path: Path) -> None:
    with pytest.raises(BakenError, match="no such file or folder"):
        take([tmp_path / "no"], END)
    assert take([put(tmp_path / "empty")], END).files.series == []
    with pytest.raises(BakenError, match="2 parties stand equally often") as e:
        take([put(tmp_path / "in", a_xml=ubl())], END)
    assert len(e.value.near) == 2
