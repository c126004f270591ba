"""One e-invoice to a record: signs, types, parties, dates, and what is refused and why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from baken.kernel.errors import BakenError
from baken.signals.read.invoices import Line
from tests.signals.read.ubl import (
    SELLER,
    URN,
    endpoint,
    legal,
    line,
    party,
    read,
    ubl,
    vat,
)

ME, YOU = "1999.000.150", "1999.000.249"
NOTE = {"root": "CreditNote", "type": "381"}


def test_an_invoice_gives_its_record() -> None:
    found = read(
        ubl("100.00", gross="106.00", prepaid="6", lines=line() + line("ZOUT", "0.5", "8"))
    )
    assert (found.supplier, found.supplier_name) == (ME, "Bakkerij Verzonnen")
    assert (found.customer, found.customer_name) == (YOU, "Hotel Luchtkasteel")
    assert (found.number, found.issued, found.due) == (
        "2025-1", date(2025, 3, 14), date(2025, 4, 13),
    )  # fmt: skip
    assert (found.type, found.currency, found.credit) == ("380", "EUR", False)
    assert (found.net, found.gross, found.prepaid) == (Decimal("100"), Decimal("106"), Decimal("6"))
    assert found.lines == (
        Line("MEEL", "Bloem van MEEL", "KGM", Decimal("4"), Decimal("25")),
        Line("ZOUT", "Bloem van ZOUT", "KGM", Decimal("0.5"), Decimal("8")),
    )
    assert found.key == f"{ME}|2025-1|2025-03-14|380"
    assert found.mended == ()


@pytest.mark.parametrize(
    ("document", "net", "credit"),
    [
        (ubl("100"), "100", False),
        (ubl("-100"), "-100", False),  # a negative invoice takes back a sale
        (ubl("100", **NOTE), "-100", True),
        (ubl("-100", **NOTE), "100", True),  # a negative credit note takes back a credit note
        (ubl("100", root="CreditNote", type="261"), "-100", True),
        (ubl("100", root="CreditNote", type="396"), "-100", True),
        (ubl("100", root="CreditNote", type=""), "-100", True),
        (ubl("100", type="381"), "-100", True),  # a credit note written in the root of invoices
        (ubl("100", type=""), "100", False),
        (ubl("100", type="389"), "100", False),
        (ubl("100", type="384"), "100", False),
        (ubl("100", type="386"), "100", False),
        (ubl("0.00", type="380", prepaid="121"), "0", False),
    ],
)
def test_what_a_sale_adds(document: bytes, net: str, credit: bool) -> None:
    found = read(document)
    assert (found.net, found.credit) == (Decimal(net), credit)


def test_a_credit_note_turns_gross_round_keeps_lines_and_names_what_it_corrects() -> None:
    found = read(ubl("100", gross="106", corrects=("2025-1", "2025-7", "2025-1"), **NOTE))
    assert (found.gross, found.corrects) == (Decimal("-106"), ("2025-1", "2025-7"))
    assert found.lines[0].quantity == Decimal("4")
    assert found.due is None


def test_the_due_date_of_a_credit_note_stands_with_its_payment() -> None:
    means = (
        "<cac:PaymentMeans><cbc:PaymentDueDate>2025-05-01</cbc:PaymentDueDate></cac:PaymentMeans>"
    )
    assert read(ubl(before=means, **NOTE)).due == date(2025, 5, 1)


def test_a_self_billed_invoice_is_a_sale_of_the_supplier_under_the_number_of_the_customer() -> None:
    found = read(ubl("100", type="389"))
    assert (found.supplier, found.net) == (ME, Decimal("100"))
    assert found.key == f"{ME}<{YOU}|2025-1|2025-03-14|389"


@pytest.mark.parametrize(
    ("inside", "id"),
    [
        (legal(SELLER, "0208"), ME),
        (legal("BE" + SELLER), ME),
        (legal("BE 1999.000.150"), ME),
        (legal(SELLER), ME),
        (endpoint("0208", SELLER) + legal(""), ME),
        (endpoint("9925", "BE" + SELLER) + legal(""), ME),
        (endpoint("9925", "be" + SELLER) + legal(""), ME),
        (endpoint("9956", SELLER) + legal(""), ME),
        (vat("BE" + SELLER) + legal(""), ME),
        (endpoint("0088", "5412345000013") + vat("BE" + SELLER) + legal(""), ME),
        (legal("0202239951", "0208"), "0202.239.951"),
        (legal("BE202239951"), "0202.239.951"),  # the old form of nine digits
        (vat("FR 40 303265045") + legal("303265045", "0002"), "FR40303265045"),
        (legal("303265045", "0002"), "0002:303265045"),
        (legal("1999000151", "0208"), "0208:1999000151"),  # its check digits are wrong
        (endpoint("0088", "5412345000013") + legal(""), "0088:5412345000013"),
        (legal("", name="  Firma   Zonder Nummer "), "name:firma zonder nummer"),
    ],
)
def test_one_firm_has_one_id_however_it_is_written(inside: str, id: str) -> None:
    assert read(ubl(seller=party("AccountingSupplierParty", inside=inside))).supplier == id


@pytest.mark.parametrize(
    ("text", "price"),
    [(line(price="25", per="100"), "0.25"), (line(price="25", per="1"), "25")],
)
def test_a_price_is_that_of_one_unit(text: str, price: str) -> None:
    assert read(ubl(lines=text)).lines[0].price == Decimal(price)


def test_lines_without_price_or_quantity_are_passed_over() -> None:
    assert read(ubl(lines=line(price="x") + line(quantity="") + line(price="NaN"))).lines == ()


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (b"", "the file is empty"),
        (b"hello", "this is no XML"),
        (b"%PDF-1.7", "this is no XML"),
        (ubl()[:-20], "the XML is broken"),
        (b"<html></html>", "of another kind (html)"),
        (ubl(names=f'xmlns:cbc="{URN}CommonBasicComponents-2" xmlns:cac="urn:x"'), "another kind"),
        (ubl().replace(b"Invoice-2", b"Order-2"), "of another kind (Invoice)"),
        (ubl(number=" "), "there is no number"),
        (ubl(number="9" * 201), "the number is over 200"),
        (ubl(issued=""), "it has no date"),
        (ubl(issued="1900-01-01"), "the date '1900-01-01' cannot be right"),
        (ubl(issued="2100-01-01"), "the date '2100-01-01' cannot be right"),
        (ubl(issued="2025-02-30"), "the date '2025-02-30' cannot be right"),
        (ubl(issued="14/03/2025"), "the date '14/03/2025' cannot be right"),
        (ubl(net=""), "there is no amount"),
        (ubl(net="1.234,56"), "the amount '1.234,56' is no number"),
        (ubl(net="NaN"), "the amount 'NaN' is no number"),
        (ubl(net="1E9"), "the amount '1E9' is no number"),
        (ubl(net="9999999999999"), "the amount '9999999999999' is no number"),
        (ubl(type="999"), "'999' is no type of Invoice"),
        (ubl(root="CreditNote", type="380"), "'380' is no type of CreditNote"),
        (ubl(currency="euro"), "the currency 'euro' is not known"),
        (
            ubl().replace(b'currencyID="EUR">100', b'currencyID="USD">100'),
            "the amount is in USD, the invoice in EUR",
        ),
        (ubl(seller=""), "it does not tell who sells"),
        (ubl(buyer=party("AccountingCustomerParty", inside="")), "it does not tell who buys"),
        (ubl(head='<?xml version="1.0" encoding="EBCDIC-CP-BE"?>'), "encoding ebcdic-cp-be"),
        (ubl(head="<?xml version='1.0'"), "the XML declaration does not end"),
        (ubl().replace(b"2025-1", b"2025\x00"), "NUL"),
        (ubl().replace(b"2025-1<", b"&euro;<"), "the XML is broken"),
        (ubl().replace(b"2025-1<", b"2025\x01<"), "the XML is broken"),
        (b"\xff\xfeabc", "the bytes are no UTF-16"),
    ],
)
def test_what_is_refused_says_why(document: bytes, problem: str) -> None:
    with pytest.raises(BakenError) as error:
        read(document)
    assert problem in error.value.problem
    assert error.value.path == "one.xml"
    assert error.value.expected


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE Invoice>",
        '<!DOCTYPE Invoice [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE Invoice SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE Invoice [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_is_refused_in_any_encoding(doctype: str, encoding: str) -> None:
    data = (
        ubl(head=f'<?xml version="1.0" encoding="{encoding}"?>{doctype}').decode().encode(encoding)
    )
    with pytest.raises(BakenError, match="DOCTYPE"):
        read(data)


@pytest.mark.parametrize(
    ("document", "mended"),
    [
        (b"\n" + ubl(), "a blank line"),
        (ubl().replace(b"Luchtkasteel", "Café".encode("latin-1")), "Latin-1"),
        (ubl(due="2125-01-01"), "the due date"),
    ],
)
def test_small_faults_are_mended_and_told(document: bytes, mended: str) -> None:
    found = read(document)
    assert len(found.mended) == 1
    assert mended in found.mended[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    text = ubl(head=f'<?xml version="1.0" encoding="{name}"?>').decode()
    found = read(text.replace("Luchtkasteel", "Café Ü").encode(encoding))
    assert (found.customer_name, found.mended) == ("Hotel Café Ü", ())


def attached(size: int, extra: str = "") -> str:
    content = "QUJD" * (size // 4)
    return (
        "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment>"
        f'<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf"{extra}>{content}'
        "</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
    )


@pytest.mark.parametrize("size", [0, 4, 300_000, 12_000_000])
def test_embedded_files_are_cut_before_reading(size: int) -> None:
    assert read(ubl(before=attached(size, ' filename="a>b.pdf"') * 2)) == read(ubl())


def test_an_open_tag_in_a_comment_is_no_attachment() -> None:
    comment = "<!-- <cbc:EmbeddedDocumentBinaryObject> --><cbc:Note>x</cbc:Note>"
    assert read(ubl(before=comment)) == read(ubl())


def test_sizes_are_bounded() -> None:
    with pytest.raises(BakenError, match="over 50 MB"):
        read(b"<" + b"x" * 50_000_000)
    with pytest.raises(BakenError, match="the XML is over 20 MB"):
        read(ubl(before="<cbc:Note>" + "x" * 20_000_000 + "</cbc:Note>"))
    with pytest.raises(BakenError, match="over 20000 lines"):
        read(ubl(lines=line() * 20_001))


def test_deep_nesting_ends_in_an_answer() -> None:
    deep = "<cac:X>" * 100_000 + "</cac:X>" * 100_000
    assert read(ubl(before=deep)).number == "2025-1"
