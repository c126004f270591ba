"""UBL invoices read with pugixml: the fast lane.

pugixml knows no namespaces, leaves entities as they stand and does not join CDATA to text. Where
one of these could matter, where it finds fault, or where anything is odd, :func:`fast` answers None
and lxml decides (:mod:`baken.signals.read.ubl_slow`): the fast lane never refuses. It does take a
little that lxml would refuse (a control character in a note, an attribute given twice, ``--`` in a
comment), where every element still matches.
"""

from __future__ import annotations

import re
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
_ROOT_TAG = re.compile(rb"<[A-Za-z][\w.\-:]*(?:\s+[\w.\-:]+\s*=\s*(?:\"[^\"<&]*\"|'[^'<&]*'))+\s*>")
_XMLNS = re.compile(rb"\sxmlns(?::([\w.\-]+))?\s*=\s*[\"']([^\"']*)[\"']")
_ASIDE = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_FLAGS = pugi.PARSE_EOL | pugi.PARSE_ESCAPES | pugi.PARSE_TRIM_PCDATA | pugi.PARSE_WCONV_ATTRIBUTE


def fast(data: bytes) -> Raw | None:
    """What :func:`prepare` gave, read with pugixml; None where only lxml can be sure."""
    # One rare byte is found far faster than what it begins: most invoices hold none of the four.
    # An odd number of quotes may be a lost one, after which an attribute swallows elements.
    if (
        data.count(b'"') % 2
        or data[-20:].rstrip()[-1:] != b">"
        or (b"]" in data and b"]]>" in data)
        or (b"&" in data and _ODD.search(data))
        or ((b"!" in data or b"?" in data) and _within_text(data))
    ):
        return None
    while data.startswith(b"<!--"):
        data = data[data.find(b"-->") + 3 :].lstrip()
    start = data[: data.find(b">") + 1]
    kind, n = _start(start)
    if n is None or data.count(b"xmlns") != start.count(b"xmlns"):
        return None
    document = pugi.XMLDocument()
    if document.load_buffer(data, len(data), _FLAGS, pugi.ENCODING_UTF8).status != pugi.STATUS_OK:
        return None
    root = document.document_element()
    if root.next_sibling():
        return None
    raw = _from_pugi(root, kind, n)
    if not (raw.number + raw.supplier.name + raw.customer.name).isprintable():
        return None
    return raw


@lru_cache(maxsize=256)
def _start(tag: bytes) -> tuple[str, dict[str, str] | None]:
    """Of the start tag of a root: what it is, and the names of elements under its prefixes.

    Names are None where the tag is not that of an invoice with both namespaces declared.
    """
    if not _ROOT_TAG.fullmatch(tag):
        return "", None
    if len({m[1] for m in _XMLNS.finditer(tag)}) != tag.count(b"xmlns"):
        return "", None
    prefixes = {m[2].decode(): (m[1] or b"").decode() for m in _XMLNS.finditer(tag)}
    prefix, _, kind = tag[1:].split(None, 1)[0].decode().rpartition(":")
    declared = prefixes.get(f"{NAMESPACE}{kind}-2")
    if kind not in ROOTS or declared != prefix or CAC not in prefixes or CBC not in prefixes:
        return "", None
    cac, cbc = (f"{p}:" if p else "" for p in (prefixes[CAC], prefixes[CBC]))
    return kind, names(cac, cbc)


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


def _lines(root: Any, credit: bool, n: dict[str, str]) -> list[RawLine]:
    line_name = n["CreditNoteLine" if credit else "InvoiceLine"]
    quantity_name = n["CreditedQuantity" if credit else "InvoicedQuantity"]
    item_name, seller_name, id_name = n["Item"], n["SellersItemIdentification"], n["ID"]
    name_name, price_name, amount_name = n["Name"], n["Price"], n["PriceAmount"]
    base_name = n["BaseQuantity"]
    found = []
    line = root.child(line_name)
    while line:
        quantity, item, price = (
            line.child(quantity_name),
            line.child(item_name),
            line.child(price_name),
        )
        article = item.child(seller_name).child_value(id_name)
        if not article:
            article = item.child(n["StandardItemIdentification"]).child_value(id_name)
        found.append(
            (
                article,
                item.child_value(name_name),
                quantity.attribute("unitCode").value().strip(BLANK),
                quantity.child_value(),
                price.child_value(amount_name),
                price.child_value(base_name),
            )
        )
        line = line.next_sibling(line_name)
    return found


def _party(party: Any, n: dict[str, str]) -> RawParty:
    legal = party.child(n["PartyLegalEntity"])
    company = _identifier(legal.child(n["CompanyID"]))
    name = legal.child_value(n["RegistrationName"])
    if not name:
        name = party.child(n["PartyName"]).child_value(n["Name"])
    if company[0] == "0208" and company[1]:
        return RawParty(company, name)
    vat, others = "", []
    scheme = party.child(n["PartyTaxScheme"])
    while scheme:
        if scheme.child(n["TaxScheme"]).child_value(n["ID"]) == "VAT":
            vat = scheme.child_value(n["CompanyID"])
            break
        scheme = scheme.next_sibling(n["PartyTaxScheme"])
    part = party.child(n["PartyIdentification"])
    while part:
        others.append(_identifier(part.child(n["ID"])))
        part = part.next_sibling(n["PartyIdentification"])
    place = party.child(n["PostalAddress"]).child(n["Country"])
    return RawParty(
        company,
        name,
        vat,
        _identifier(party.child(n["EndpointID"])),
        tuple(others),
        place.child_value(n["IdentificationCode"]),
    )


def _identifier(node: Any) -> tuple[str, str]:
    return node.attribute("schemeID").value().strip(BLANK), node.child_value()
