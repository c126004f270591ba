"""Many invoices into a store: once each, only new ones again, in parallel as in one process."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from baken.kernel.errors import BakenError
from baken.signals.demo import Plan, write
from baken.signals.read import store as stores
from baken.signals.read import work as works
from baken.signals.read.store import Progress, Store, letters
from tests.signals.made import Dying
from tests.signals.read.test_boxes import packed
from tests.signals.read.ubl import put, ubl


def names(store: Store, all_runs: bool = False) -> list[str]:
    return [d.name for d in store.documents(all_runs)]


def reasons(store: Store) -> list[tuple[str, str]]:
    return [(r.file, r.why) for r in store.rejected()]


def test_good_and_bad_files_are_told_apart(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a_xml=ubl(), b_xml=b"<a/>", c_pdf=b"x", d_xml=ubl(number="2"))
    with Store() as store:
        assert store.read([folder]) == Progress(done=4, total=4, new=2, rejected=2)
        assert names(store) == ["a.xml", "d.xml"]
        assert [(r.file, r.why.split(";")[0]) for r in store.rejected()] == [
            ("b.xml", "the XML is of another kind (a)"),
            ("c.pdf", "a .pdf file is no e-invoice (XML)"),
        ]


def test_only_what_is_new_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = put(tmp_path / "in", a_xml=ubl(), b_xml=b"<a/>")
    file = tmp_path / "in" / ".baken.sqlite"
    with Store(file) as store:
        store.read([folder])
    put(folder, c_xml=ubl(number="2"))
    asked: list[str] = []
    whole = works.read_invoice
    monkeypatch.setattr(works, "read_invoice", lambda d, n: asked.append(n) or whole(d, n))
    with Store(file) as store:
        assert store.read([folder]) == Progress(done=3, total=3, new=1, known=1, rejected=1)
        assert asked == ["c.xml"]
        assert names(store) == ["a.xml", "c.xml"]
        assert len(reasons(store)) == 1


def test_a_file_that_is_gone_counts_no_more_unless_all_runs_are_asked(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a_xml=ubl(), b_xml=ubl(number="2"))
    with Store(tmp_path / "s.sqlite") as store:
        store.read([folder])
        (folder / "a.xml").unlink()
        store.read([folder])
        assert names(store) == ["b.xml"]
        assert names(store, all_runs=True) == ["a.xml", "b.xml"]


def test_the_same_content_twice_is_named_and_kept_once(tmp_path: Path) -> None:
    attached = ubl(
        before="<cac:X><cbc:EmbeddedDocumentBinaryObject>QUJD"
        "</cbc:EmbeddedDocumentBinaryObject></cac:X>"
    )
    other = attached.replace(b"QUJD", b"REVG")
    folder = put(tmp_path / "in", a_xml=attached, b_xml=other, c_zip=packed(d_xml=attached))
    with Store() as store:
        store.read([folder])
        assert names(store) == ["a.xml"]
        assert reasons(store) == [
            ("b.xml", "the same content as a.xml, counted once"),
            ("c.zip/d.xml", "the same content as a.xml, counted once"),
        ]


def test_another_reader_looks_at_what_was_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(tmp_path / "in", a_xml=ubl(), b_xml=b"<a/>")
    file = tmp_path / "s.sqlite"
    with Store(file) as store:
        store.read([folder])
    asked: list[str] = []
    whole = works.read_invoice
    monkeypatch.setattr(works, "read_invoice", lambda d, n: asked.append(n) or whole(d, n))
    monkeypatch.setattr(stores, "READER", stores.READER + 1)
    with Store(file) as store:
        store.read([folder])
    assert asked == ["b.xml"]


def test_several_processes_give_what_one_gives(tmp_path: Path) -> None:
    plan = Plan("bakery", months=5)
    many = write(plan, tmp_path / "in")
    put(tmp_path / "in", z_xml=b"<a/>")
    steps: list[Progress] = []
    with Store(tmp_path / "one.sqlite") as one, Store(tmp_path / "two.sqlite") as two:
        one.read([tmp_path / "in"], workers=1)
        two.read([tmp_path / "in"], workers=2, progress=steps.append)
        assert list(one.documents()) == list(two.documents())
        assert reasons(one) == reasons(two)
        assert len(names(one)) == many
        lines = "SELECT * FROM line ORDER BY invoice, rowid"
        assert one.db.execute(lines).fetchall() == two.db.execute(lines).fetchall()
        two.read([tmp_path / "in"], workers=2)
        assert list(one.documents()) == list(two.documents())
    assert steps[-1] == Progress(many + 1, many + 1, many, 0, 1)
    assert [asdict(s)["done"] for s in steps] == sorted(s.done for s in steps)


def test_when_a_worker_dies_the_rest_is_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(Plan("bakery", months=8), tmp_path / "in")
    with Store() as one, Store() as two:
        one.read([tmp_path / "in"], workers=1)
        monkeypatch.setattr(works, "ProcessPoolExecutor", Dying)
        two.read([tmp_path / "in"], workers=2)
        assert list(one.documents()) == list(two.documents())


def test_the_first_documents_that_are_held_are_bounded_in_bytes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Invoices with a PDF inside, out of a zip: whether there are many is known before all of them
    are in memory."""
    monkeypatch.setattr(works, "FEW_BYTES", 1_000)
    taken: list[int] = []

    def items() -> Iterator[works.Item]:
        for at in range(100):
            taken.append(at)
            yield works.Item("x", data=b"<x>" + bytes(300))

    first, over = works._begin(items())
    assert (len(first), over, len(taken)) == (4, True, 4)
    monkeypatch.setattr(works, "FEW", 200)
    monkeypatch.setattr(works, "FEW_BYTES", 10**9)
    assert works._begin(items())[1] is False


def test_a_reading_that_stopped_halfway_starts_afresh(tmp_path: Path) -> None:
    write(Plan("bakery", months=8), tmp_path / "in")

    def stop(state: Progress) -> None:
        if state.done >= works.CHUNK:
            raise KeyboardInterrupt

    with Store(tmp_path / "s.sqlite") as store:
        with pytest.raises(KeyboardInterrupt):
            store.read([tmp_path / "in"], workers=1, progress=stop)
        state = store.read([tmp_path / "in"], workers=1)
        assert (state.known, state.rejected, state.new) == (
            works.CHUNK,
            0,
            state.done - works.CHUNK,
        )


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(BakenError, match="no store of invoices"):
        Store(tmp_path / "a.sqlite")
    with sqlite3.connect(tmp_path / "b.sqlite") as db:
        db.execute("CREATE TABLE meta (name, value)")
        db.execute("INSERT INTO meta VALUES ('schema', 99)")
    with pytest.raises(BakenError, match="another version"):
        Store(tmp_path / "b.sqlite")


def test_a_new_store_is_for_its_owner_only_and_no_document(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a_xml=ubl())
    with Store(folder / stores.NAME) as store:
        assert store.read([folder]) == Progress(done=1, total=1, new=1)
    assert (folder / stores.NAME).stat().st_mode & 0o077 == 0


def test_a_store_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a_xml=ubl())
    file = tmp_path / "s.sqlite"
    with Store(file) as store, Store(file) as other:
        store.db.execute("PRAGMA busy_timeout = 1")
        other.db.execute("BEGIN IMMEDIATE")
        with pytest.raises(BakenError, match="cannot be written"):
            store.read([folder])
        other.db.execute("ROLLBACK")
        assert store.read([folder]).new == 1


def test_everything_can_be_forgotten(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a_xml=ubl())
    file = tmp_path / "s.sqlite"
    with Store(file) as store:
        store.read([folder])
        store.aliases("me", "klant", ["you"])
        store.forget()
        assert names(store, all_runs=True) == []
    left = b"".join(f.read_bytes() for f in tmp_path.glob("s.sqlite*"))
    assert b"Luchtkasteel" not in left
    assert b"1999.000.249" not in left


@pytest.mark.parametrize(
    ("number", "text"), [(0, "a"), (25, "z"), (26, "aa"), (701, "zz"), (702, "aaa")]
)
def test_letters(number: int, text: str) -> None:
    assert letters(number) == text


def test_an_alias_stays_with_its_party(tmp_path: Path) -> None:
    with Store(tmp_path / "s.sqlite") as store:
        assert store.aliases("me", "klant", "xyx") == {"x": "a", "y": "b"}
    with Store(tmp_path / "s.sqlite") as store:
        assert store.aliases("me", "klant", "zy") == {"x": "a", "y": "b", "z": "c"}
        assert store.aliases("other", "klant", "z") == {"z": "a"}
