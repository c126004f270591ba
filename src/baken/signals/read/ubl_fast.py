"""UBL invoices read with pugixml: the fast lane.

pugixml knows no namespaces, leaves entities as they stand and does not join CDATA to text. Where
one of these could matter, where it finds fault, or where anything is odd, :func:`fast` answers None
and lxml decides (:mod:`baken.signals.read.ubl_slow`): the fast lane never refuses. It does take a
little that lxml would refuse (an attribute given twice, ``--`` in a comment): nothing that changes
a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pugixml import pugi  # type: ignore[import-untyped]

from baken.signals.read.ubl import (
    BLANK,
    CAC,
    CBC,
    NAMESPACE,
    REFERENCES,
    ROOTS,
    Raw,
    RawLine,
    RawParty,
    names,
)

_ODD = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
_ASIDE = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_FLAGS = pugi.PARSE_EOL | pugi.PARSE_ESCAPES | pugi.PARSE_TRIM_PCDATA | pugi.PARSE_WCONV_ATTRIBUTE
_names = lru_cache(maxsize=64)(names)


def fast(data: bytes) -> Raw | None:
    """What :func:`prepare` gave, read with pugixml; None where only :func:`slow` can be sure."""
    # One rare byte is found far faster than what it begins: most invoices hold none of the four.
    if (
        (b"]" in data and b"]]>" in data)
        or (b"&" in data and _ODD.search(data))
        or ((b"!" in data or b"?" in data) and _within_text(data))
    ):
        return None
    document = pugi.XMLDocument()
    if document.load_buffer(data, len(data), _FLAGS, pugi.ENCODING_UTF8).status != pugi.STATUS_OK:
        return None
    root = document.document_element()
    if root.next_sibling():
        return None
    prefixes: dict[str, str] = {}
    many = 0
    attribute = root.first_attribute()
    while attribute:
        name = attribute.name()
        if name == "xmlns" or name.startswith("xmlns:"):
            many += 1
            prefixes[attribute.value()] = f"{name[6:]}:" if len(name) > 5 else ""
        attribute = attribute.next_attribute()
    kind = root.name().rpartition(":")[2]
    if (
        kind not in ROOTS
        or data.count(b"xmlns") != many
        or CAC not in prefixes
        or CBC not in prefixes
        or prefixes.get(f"{NAMESPACE}{kind}-2", "?") + kind != root.name()
    ):
        return None
    raw = _from_pugi(root, kind, _names(prefixes[CAC], prefixes[CBC]))
    if not (raw.number + raw.supplier.name + raw.customer.name).isprintable():
        return None
    return raw


def _within_text(data: bytes) -> bool:
    """Whether a comment or an instruction stands within a text, which it cuts in two."""
    for part in _ASIDE.finditer(data):
        before = data[max(0, part.start() - 500) : part.start()].rstrip()
        after = data[part.end() : part.end() + 500].lstrip()
        if (part.start() and before[-1:] != b">") or after[:1] not in (b"<", b""):
            return True
    return False


def _from_pugi(root: Any, kind: str, n: dict[str, str]) -> Raw:
    total = root.child(n["LegalMonetaryTotal"])
    net = total.child(n["TaxExclusiveAmount"])
    means = root.child(n["PaymentMeans"])
    credit = kind == "CreditNote"
    corrects = []
    part = root.child(n["BillingReference"])
    while part:
        for inner in REFERENCES:
            number = part.child(n[inner]).child_value(n["ID"])
            if number:
                corrects.append(number)
        part = part.next_sibling(n["BillingReference"])
    return Raw(
        kind,
        root.child_value(n["ID"]),
        root.child_value(n["IssueDate"]),
        root.child_value(n["DueDate"]) or means.child_value(n["PaymentDueDate"]),
        root.child_value(n["CreditNoteTypeCode" if credit else "InvoiceTypeCode"]),
        root.child_value(n["DocumentCurrencyCode"]),
        _party(root.child(n["AccountingSupplierParty"]).child(n["Party"]), n),
        _party(root.child(n["AccountingCustomerParty"]).child(n["Party"]), n),
        net.child_value(),
        net.attribute("currencyID").value().strip(BLANK),
        total.child_value(n["TaxInclusiveAmount"]),
        total.child_value(n["PrepaidAmount"]),
        tuple(corrects),
        means.child_value(n["PaymentID"]),
        tuple(_lines(root, credit, n)),
    )


def _lines(root: Any, credit: bool, n: dict[str, str]) -> Iterator[RawLine]:
    name = n["CreditNoteLine" if credit else "InvoiceLine"]
    quantity_name = n["CreditedQuantity" if credit else "InvoicedQuantity"]
    line = root.child(name)
    while line:
        quantity, item, price = (
            line.child(quantity_name),
            line.child(n["Item"]),
            line.child(n["Price"]),
        )
        article = item.child(n["SellersItemIdentification"]).child_value(n["ID"])
        if not article:
            article = item.child(n["StandardItemIdentification"]).child_value(n["ID"])
        yield RawLine(
            article,
            item.child_value(n["Name"]),
            quantity.attribute("unitCode").value().strip(BLANK),
            quantity.child_value(),
            price.child_value(n["PriceAmount"]),
            price.child_value(n["BaseQuantity"]),
        )
        line = line.next_sibling(name)


def _party(party: Any, n: dict[str, str]) -> RawParty:
    legal = party.child(n["PartyLegalEntity"])
    vat = ""
    scheme = party.child(n["PartyTaxScheme"])
    while scheme:
        if scheme.child(n["TaxScheme"]).child_value(n["ID"]) == "VAT":
            vat = scheme.child_value(n["CompanyID"])
            break
        scheme = scheme.next_sibling(n["PartyTaxScheme"])
    company = _identifier(legal.child(n["CompanyID"]))
    others, country = [], ""
    if not vat:
        part = party.child(n["PartyIdentification"])
        while part:
            others.append(_identifier(part.child(n["ID"])))
            part = part.next_sibling(n["PartyIdentification"])
    if not company[0]:
        place = party.child(n["PostalAddress"]).child(n["Country"])
        country = place.child_value(n["IdentificationCode"])
    name = legal.child_value(n["RegistrationName"])
    return RawParty(
        company,
        ("VAT", vat),
        _identifier(party.child(n["EndpointID"])),
        tuple(others),
        name or party.child(n["PartyName"]).child_value(n["Name"]),
        country,
    )


def _identifier(node: Any) -> tuple[str, str]:
    return node.attribute("schemeID").value().strip(BLANK), node.child_value()
