"""UBL invoices read with lxml: every form of XML, and the only reader that refuses.

Entities are not resolved, nothing is fetched, no DTD is loaded, and libxml2's own bounds on depth
and text stay on.
"""

from __future__ import annotations

from lxml import etree

from baken.kernel.errors import BakenError
from baken.signals.read.ubl import (
    AN_INVOICE,
    BLANK,
    CAC,
    CBC,
    NAMESPACE,
    REFERENCES,
    ROOTS,
    Raw,
    RawParty,
    names,
)
from baken.signals.read.ubl_broken import broken

_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)


_NAMES = names(f"{{{CAC}}}", f"{{{CBC}}}")


def slow(data: bytes, name: str = "", whole: bytes = b"") -> Raw:
    """What :func:`prepare` gave of a file (``whole``), read with lxml.

    Raises :class:`BakenError` with the place in the file for broken XML, and for XML that is no
    invoice.
    """
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as e:
        raise broken(e, data, whole or data, name) from None
    tag = etree.QName(root)
    kind = tag.localname
    if kind not in ROOTS or tag.namespace != f"{NAMESPACE}{kind}-2":
        raise BakenError(name, f"the XML is of another kind ({kind[:40]})", AN_INVOICE)
    credit = kind == "CreditNote"
    corrects = [
        number
        for part in root.findall(_NAMES["BillingReference"])
        for inner in REFERENCES
        if (number := _text(part, inner, "ID"))
    ]
    quantity_name = "CreditedQuantity" if credit else "InvoicedQuantity"
    lines = [
        (
            _text(line, "Item", "SellersItemIdentification", "ID")
            or _text(line, "Item", "StandardItemIdentification", "ID"),
            _text(line, "Item", "Name"),
            _attribute(line, "unitCode", quantity_name),
            _text(line, quantity_name),
            _text(line, "Price", "PriceAmount"),
            _text(line, "Price", "BaseQuantity"),
        )
        for line in root.findall(_NAMES["CreditNoteLine" if credit else "InvoiceLine"])
    ]
    return Raw(
        kind,
        _text(root, "ID"),
        _text(root, "IssueDate"),
        _text(root, "DueDate") or _text(root, "PaymentMeans", "PaymentDueDate"),
        _text(root, "CreditNoteTypeCode" if credit else "InvoiceTypeCode"),
        _text(root, "DocumentCurrencyCode"),
        _party(root, "AccountingSupplierParty"),
        _party(root, "AccountingCustomerParty"),
        _text(root, "LegalMonetaryTotal", "TaxExclusiveAmount"),
        _attribute(root, "currencyID", "LegalMonetaryTotal", "TaxExclusiveAmount"),
        _text(root, "LegalMonetaryTotal", "TaxInclusiveAmount"),
        _text(root, "LegalMonetaryTotal", "PrepaidAmount"),
        tuple(corrects),
        _text(root, "PaymentMeans", "PaymentID"),
        tuple(lines),
    )


def _find(element: etree._Element | None, *path: str) -> etree._Element | None:
    for part in path:
        if element is None:
            return None
        element = element.find(_NAMES[part])
    return element


def _own(element: etree._Element | None) -> str:
    """The first text that is not blank directly in an element."""
    if element is None:
        return ""
    for text in (element.text, *(inner.tail for inner in element)):
        if text and (text := text.strip(BLANK)):
            return text
    return ""


def _text(element: etree._Element | None, *path: str) -> str:
    return _own(_find(element, *path))


def _attribute(element: etree._Element | None, name: str, *path: str) -> str:
    found = _find(element, *path)
    return "" if found is None else str(found.get(name) or "").strip(BLANK)


def _party(root: etree._Element, role: str) -> RawParty:
    party = _find(root, role, "Party")
    company = _identifier(party, "PartyLegalEntity", "CompanyID")
    name = _text(party, "PartyLegalEntity", "RegistrationName") or _text(party, "PartyName", "Name")
    if company[0] == "0208" and company[1]:
        return RawParty(company, name)
    vat = ""
    for scheme in _all(party, "PartyTaxScheme"):
        if _text(scheme, "TaxScheme", "ID") == "VAT":
            vat = _text(scheme, "CompanyID")
            break
    return RawParty(
        company,
        name,
        vat,
        _identifier(party, "EndpointID"),
        tuple(_identifier(part, "ID") for part in _all(party, "PartyIdentification")),
        _text(party, "PostalAddress", "Country", "IdentificationCode"),
    )


def _all(element: etree._Element | None, name: str) -> list[etree._Element]:
    return [] if element is None else element.findall(_NAMES[name])


def _identifier(element: etree._Element | None, *path: str) -> tuple[str, str]:
    return _attribute(element, "schemeID", *path), _text(element, *path)
