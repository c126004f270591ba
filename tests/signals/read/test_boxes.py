"""Folders, zips and mail: what is opened, what is set aside, and the bounds."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.kernel.errors import BakenError
from baken.signals.read import boxes, mail
from baken.signals.read.boxes import Item, count, documents
from baken.signals.series import Rejected
from tests.signals.read.ubl import put, ubl

ONE = ubl()


def packed(**files: bytes) -> bytes:
    """A zip; ``a_xml`` becomes ``a.xml``, two underscores a slash."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in files.items():
            box.writestr(name.replace("__", "/").replace("_", "."), data)
    return target.getvalue()


def mailed(**files: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"] = "facturen"
    message.set_content("In bijlage.")
    for name, data in files.items():
        file = name.replace("_", ".")
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=file)
    return message.as_bytes()


def opened(*paths: Path) -> tuple[list[tuple[str, bytes]], list[tuple[str, str]]]:
    good, bad = [], []
    for one in documents(paths):
        if isinstance(one, Item):
            good.append((one.name, one.read()))
        else:
            bad.append((one.file, one.why))
    return good, bad


def test_a_folder_is_walked_in_order_of_name_and_other_files_are_named(tmp_path: Path) -> None:
    folder = put(tmp_path / "box", b_xml=ONE, a_XML=ONE, c_pdf=b"%PDF", d_ubl=ONE)
    put(folder / "sub", e_xml=ONE)
    (folder / ".hidden.xml").write_bytes(ONE)
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / "nameless").write_bytes(b"\xef\xbb\xbf <?xml version='1.0'?>")
    (folder / "link.xml").symlink_to(folder / "a.XML")
    good, bad = opened(folder)
    names = ["a.XML", "b.xml", "d.ubl", "nameless", "sub/e.xml"]
    assert [n for n, _ in good] == names
    assert bad == [
        ("c.pdf", "a .pdf file is no e-invoice (XML)"),
        ("link.xml", "a link to another place is not followed"),
    ]


def test_a_zip_a_mail_and_a_mailbox_are_opened(tmp_path: Path) -> None:
    message = mailed(a_xml=ONE, photo_png=b"x", b_zip=packed(c_xml=ONE))
    box = (
        b"From me\n" + message + b"\n\nFrom me\n" + mailed(d_xml=ONE) + b"\nFrom me\nTo: x\n\nhi\n"
    )
    folder = put(
        tmp_path / "in",
        a_zip=packed(one_xml=ONE, sub__two_xml=ONE, mail_eml=message, note_txt=b"x"),
        b_eml=message,
        c_mbox=box,
    )
    good, bad = opened(folder)
    assert [n for n, _ in good] == [
        "a.zip/one.xml", "a.zip/sub/two.xml", "a.zip/mail.eml/a.xml",
        "b.eml/a.xml", "b.eml/b.zip/c.xml",
        "c.mbox[1]/a.xml", "c.mbox[1]/b.zip/c.xml", "c.mbox[2]/d.xml",
    ]  # fmt: skip
    assert {data for _, data in good} == {ONE}
    assert bad == [
        ("a.zip/mail.eml/b.zip", "a zip within a zip is not opened"),
        ("a.zip/note.txt", "a .txt file is no e-invoice (XML)"),
        ("c.mbox[3]", "the message has no e-invoice (XML) attached"),
    ]


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"a_zip": packed(b_zip=packed(c_xml=ONE))}, "a zip within a zip is not opened"),
        ({"a_zip": packed(b_xml=packed(c_xml=ONE))}, "a zip within a zip is not opened"),
        ({"a_zip": packed(b_xml=b" " * 2_000_000)}, "it unpacks to more than 300 times its size"),
        ({"a_zip": packed(b_xml=b" " * 50_000_001)}, "the file is over 50 MB"),
        ({"a_zip": b"PK\x03\x04 broken"}, "this is no zip that can be opened"),
        ({"a_zip": b""}, "this is no zip that can be opened"),
        ({"a_eml": b""}, "the message has no e-invoice (XML) attached"),
        ({"a_eml": mailed(a_xml=b"")}, "the attachment is empty"),
        ({"a_mbox": b"hello"}, "there is no message in this mailbox"),
        ({"a_csv": b"x;y"}, "a .csv file is no e-invoice (XML)"),
        ({"a": b"x"}, "a nameless kind of file is no e-invoice (XML)"),
    ],
)
def test_what_is_set_aside_says_why(files: dict[str, bytes], why: str, tmp_path: Path) -> None:
    good, bad = opened(put(tmp_path / "in", **files))
    assert (good, [w for _, w in bad]) == ([], [why])


def test_a_broken_or_locked_member_leaves_the_others(tmp_path: Path) -> None:
    data = bytearray(packed(a_xml=ONE, b_xml=ONE))
    data[60] ^= 0xFF
    flagged = bytearray(packed(a_xml=ONE, b_xml=ONE))
    at = flagged.find(b"PK\x01\x02")
    flagged[at + 8] |= 1
    good, bad = opened(put(tmp_path / "in", a_zip=bytes(data), b_zip=bytes(flagged)))
    assert [n for n, _ in good] == ["a.zip/b.xml", "b.zip/b.xml"]
    assert [w for _, w in bad] == [
        "the file in the zip is broken",
        "the file is locked with a password",
    ]


def test_members_total_and_list_of_a_zip_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(tmp_path / "in", a_zip=packed(a_xml=ONE, b_xml=ONE, c_xml=ONE))
    monkeypatch.setattr(boxes, "MAX_UNPACKED", 2 * len(ONE))
    good, bad = opened(folder)
    assert (len(good), len(bad)) == (2, 1)
    assert "unpacks to more than" in bad[0][1]
    monkeypatch.setattr(boxes, "MAX_MEMBERS", 2)
    assert opened(folder) == ([], [("a.zip", "the zip holds more than 2 files")])
    monkeypatch.setattr(boxes, "MAX_INDEX", 100)
    assert opened(folder) == ([], [("a.zip", "the zip lists more than 2 files")])


def test_a_member_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path: Path) -> None:
    data = bytearray(packed(a_xml=b"<a>" + b" " * 3_000_000 + b"</a>"))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1_000).to_bytes(4, "little")
    good, bad = opened(put(tmp_path / "in", a_zip=bytes(data)))
    assert sum(len(d) for _, d in good) <= 1_000
    assert len(good) + len(bad) == 1


def test_parts_of_a_message_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MAX_PARTS", 2)
    found = list(mail.attachments(mailed(a_xml=ONE, b_xml=ONE, c_xml=ONE)))
    assert found == [("message", b"", "the message has more than 2 parts")]


def test_of_a_giant_message_only_the_bound_is_held() -> None:
    box = io.BytesIO(b"From a\n" + b"x" * 100_000 + b"\n\nFrom b\nhi\n")
    assert [len(m) for m in mail.messages(box, 1_000)] == [1_001, 3]


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BakenError, match="there is no such file"):
        list(documents([tmp_path / "nowhere"]))


def test_a_file_that_is_gone_or_too_large_is_an_error_when_it_is_read(tmp_path: Path) -> None:
    with pytest.raises(BakenError, match="cannot be read"):
        Item("x.xml", tmp_path / "x.xml").read()
    with (tmp_path / "x.xml").open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(BakenError, match="over 50 MB"):
        Item("x.xml", tmp_path / "x.xml").read()


def test_count_looks_into_zips_only(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a_zip=packed(a_xml=ONE, b_xml=ONE), c_xml=ONE, d_zip=b"x")
    assert count([folder]) == 4
    assert count([folder / "c.xml"]) == 1


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_mutated_boxes_end_in_items_or_reasons(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([packed(a_xml=ONE, b_xml=ONE), mailed(a_xml=ONE)]))
    changed = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at] = data.draw(st.integers(0, 255))
    found = [
        *boxes._zip(io.BytesIO(bytes(changed)), "a.zip"),
        *boxes._mail(bytes(changed), "a.eml"),
    ]
    assert all(isinstance(one, Item | Rejected) for one in found)


@pytest.mark.parametrize("value", [0, 0x7F, 0xFF])
def test_a_list_of_members_with_any_byte_changed_ends_in_items_or_reasons(value: int) -> None:
    whole = packed(a_xml=ONE, b_xml=ONE)
    for at in range(whole.find(b"PK\x01\x02"), len(whole)):
        changed = bytearray(whole)
        changed[at] = value
        found = list(boxes._zip(io.BytesIO(bytes(changed)), "a.zip"))
        assert all(isinstance(one, Item | Rejected) for one in found)
