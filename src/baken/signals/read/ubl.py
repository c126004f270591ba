"""A UBL invoice made ready for reading, and the texts that its two readers hand out.

:func:`prepare` makes bytes safe and small: UTF-8, no declaration, attachments emptied, no DOCTYPE.
Then :mod:`baken.signals.read.ubl_fast` or :mod:`baken.signals.read.ubl_slow` fills a :class:`Raw`.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from baken.kernel.errors import BakenError

MAX_FILE = 50_000_000
"""Bytes of one file, attachments and all."""
MAX_XML = 20_000_000
"""Bytes of one file once its attachments were emptied."""
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:"
ROOTS = ("Invoice", "CreditNote")
AN_INVOICE = "an Invoice or CreditNote in UBL 2.1, as Peppol carries it"

_ATTACHMENT = b"EmbeddedDocumentBinaryObject"
_ATTACHMENT_TAG = re.compile(
    rb"<(?:[\w.\-]+:)?EmbeddedDocumentBinaryObject(?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?>"
)
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._\-]+)[\"']")
_LATIN = {"iso-8859-1": "cp1252", "windows-1252": "cp1252", "iso-8859-15": "iso-8859-15"}
BLANK = " \t\r\n"


class RawParty(NamedTuple):
    """How a party is named: identifiers as (scheme, text).

    What stands after ``name`` is read only where the legal number is no KBO number (0208): then
    nobody needs it.
    """

    legal: tuple[str, str]
    name: str
    vat: str = ""
    endpoint: tuple[str, str] = ("", "")
    others: tuple[tuple[str, str], ...] = ()
    country: str = ""


RawLine = tuple[str, str, str, str, str, str]
"""Article, name, unit, quantity, price, and the quantity that the price is for."""


class Raw(NamedTuple):
    """One document as texts, each trimmed; ``""`` is what is not there."""

    root: str
    number: str
    issued: str
    due: str
    type: str
    currency: str
    supplier: RawParty
    customer: RawParty
    net: str
    net_currency: str
    gross: str
    prepaid: str
    corrects: tuple[str, ...]
    reference: str
    lines: tuple[RawLine, ...]


def _latin(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8, read as the Latin-1 of Windows; the rest stays what it is."""
    if not isinstance(error, UnicodeDecodeError):  # pragma: no cover
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", "replace"), error.end


codecs.register_error("baken-latin", _latin)


def without_attachments(data: bytes) -> bytes:
    """The same document with embedded files emptied: their element stays, its text goes."""
    at = data.find(_ATTACHMENT)
    if at < 0:
        return data
    parts: list[bytes] = []
    done = 0
    while at >= 0:
        opened = data.rfind(b"<", max(done, at - 64), at)
        tag = _ATTACHMENT_TAG.match(data, opened) if opened >= 0 else None
        if tag is None:
            at = data.find(_ATTACHMENT, at + len(_ATTACHMENT))
            continue
        end = data.find(b"<", tag.end())
        if end > 0 and data.startswith(b"</", end):
            parts.append(data[done : tag.end()])
            done = end
        at = data.find(_ATTACHMENT, max(end, tag.end()) + len(_ATTACHMENT))
    parts.append(data[done:])
    return b"".join(parts)


def prepare(data: bytes, name: str = "") -> tuple[bytes, tuple[str, ...]]:
    """UTF-8 without declaration, DOCTYPE and attachments, and what had to be mended to get there.

    Raises :class:`BakenError` for what is too large, empty, has a DOCTYPE or NUL, or is written in
    an encoding that e-invoices do not come in.
    """
    if len(data) > MAX_FILE:
        raise BakenError(name, f"the file is over {MAX_FILE // 1_000_000} MB", "one invoice")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeDecodeError:
            raise BakenError(name, "the bytes are no UTF-16", AN_INVOICE) from None
    else:
        data = data.removeprefix(b"\xef\xbb\xbf")
    data = without_attachments(data)
    if len(data) > MAX_XML:
        raise BakenError(name, f"the XML is over {MAX_XML // 1_000_000} MB", "one invoice")
    mended: list[str] = []
    if data[:1] != b"<":
        stripped = data.lstrip()
        if stripped.startswith(b"<?xml"):
            mended.append("a blank line stood before the declaration")
        data = stripped
        if not data.startswith(b"<"):
            problem = "this is no XML" if data else "the file is empty"
            raise BakenError(name, problem, AN_INVOICE)
    encoding = "utf-8"
    if data.startswith(b"<?xml"):
        end = data.find(b"?>", 0, 500)
        if end < 0:
            raise BakenError(name, "the XML declaration does not end", AN_INVOICE)
        found = _ENCODING.search(data, 0, end)
        encoding = found[1].decode().lower() if found else "utf-8"
        data = data[end + 2 :].lstrip()
    if encoding in _LATIN:
        data = data.decode(_LATIN[encoding], "replace").encode()
    elif encoding not in ("utf-8", "utf8", "us-ascii", "ascii", "utf-16"):
        raise BakenError(name, f"the encoding {encoding} is not read", "UTF-8")
    else:
        try:
            data.decode()
        except UnicodeDecodeError:
            data = data.decode("utf-8", "baken-latin").encode()
            mended.append("letters in Latin-1 stood under a header that says UTF-8")
    if b"!" in data and b"<!DOCTYPE" in data:
        raise BakenError(name, "the XML has a DOCTYPE, which can hide entities", "none")
    if b"\x00" in data:
        raise BakenError(name, "the XML holds NUL bytes", AN_INVOICE)
    return data, tuple(mended)


PARTS_CAC = """AccountingSupplierParty AccountingCustomerParty Party PartyLegalEntity PartyTaxScheme
TaxScheme PartyIdentification PartyName PostalAddress Country LegalMonetaryTotal BillingReference
InvoiceDocumentReference CreditNoteDocumentReference PaymentMeans InvoiceLine CreditNoteLine Item
SellersItemIdentification StandardItemIdentification Price"""
PARTS_CBC = """ID IssueDate DueDate InvoiceTypeCode CreditNoteTypeCode DocumentCurrencyCode
EndpointID CompanyID RegistrationName Name IdentificationCode TaxExclusiveAmount TaxInclusiveAmount
PrepaidAmount PaymentDueDate PaymentID InvoicedQuantity CreditedQuantity PriceAmount BaseQuantity"""
REFERENCES = ("InvoiceDocumentReference", "CreditNoteDocumentReference")


def names(cac: str, cbc: str) -> dict[str, str]:
    """The name of each element that is read, with what a document or a parser puts before it."""
    return {p: cac + p for p in PARTS_CAC.split()} | {p: cbc + p for p in PARTS_CBC.split()}
