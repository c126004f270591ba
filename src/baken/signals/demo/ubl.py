"""Invented invoices written as UBL that Peppol BIS Billing 3.0 would take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from xml.sax.saxutils import escape

CENT = Decimal("0.01")
_PEPPOL = "urn:fdc:peppol.eu:2017:poacc:billing"
_BIS = f"urn:cen.eu:en16931:2017#compliant#{_PEPPOL}:3.0"
_PDF = '<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="paper.pdf">'
_URN = "urn:oasis:names:specification:ubl:schema:xsd:"


@dataclass(frozen=True)
class Firm:
    """An invented firm: ``number`` is a KBO number of ten digits without points."""

    number: str
    name: str
    street: str
    postcode: str
    city: str


@dataclass(frozen=True)
class Item:
    """A line: the price is for one unit, without VAT; ``vat`` in per cent."""

    code: str
    name: str
    unit: str
    quantity: Decimal
    price: Decimal
    vat: int = 21

    @property
    def amount(self) -> Decimal:
        return cents(self.quantity * self.price)


@dataclass(frozen=True)
class Paper:
    """One document: an invoice, or a credit note with the same positive figures."""

    seller: Firm
    buyer: Firm
    number: str
    issued: date
    due: date
    items: Sequence[Item]
    credit: bool = False
    corrects: str = ""
    type: str = ""
    prepaid: Decimal = Decimal(0)
    attachment: str = ""
    """A PDF as base64."""


def kbo(serial: int) -> str:
    """A KBO number with right check digits, far beyond those that were ever given out."""
    base = 19_990_000 + serial
    return f"{base}{97 - base % 97:02d}"


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def _party(firm: Firm, role: str) -> str:
    name, street, city = escape(firm.name), escape(firm.street), escape(firm.city)
    return f"""  <cac:{role}>
    <cac:Party>
      <cbc:EndpointID schemeID="0208">{firm.number}</cbc:EndpointID>
      <cac:PartyName>
        <cbc:Name>{name}</cbc:Name>
      </cac:PartyName>
      <cac:PostalAddress>
        <cbc:StreetName>{street}</cbc:StreetName>
        <cbc:CityName>{city}</cbc:CityName>
        <cbc:PostalZone>{firm.postcode}</cbc:PostalZone>
        <cac:Country>
          <cbc:IdentificationCode>BE</cbc:IdentificationCode>
        </cac:Country>
      </cac:PostalAddress>
      <cac:PartyTaxScheme>
        <cbc:CompanyID>BE{firm.number}</cbc:CompanyID>
        <cac:TaxScheme>
          <cbc:ID>VAT</cbc:ID>
        </cac:TaxScheme>
      </cac:PartyTaxScheme>
      <cac:PartyLegalEntity>
        <cbc:RegistrationName>{name}</cbc:RegistrationName>
        <cbc:CompanyID schemeID="0208">{firm.number}</cbc:CompanyID>
      </cac:PartyLegalEntity>
    </cac:Party>
  </cac:{role}>
"""


def _category(vat: int, name: str) -> str:
    return f"""<cac:{name}>
          <cbc:ID>S</cbc:ID>
          <cbc:Percent>{vat}</cbc:Percent>
          <cac:TaxScheme>
            <cbc:ID>VAT</cbc:ID>
          </cac:TaxScheme>
        </cac:{name}>"""


def _line(at: int, item: Item, credit: bool) -> str:
    kind, quantity = ("CreditNote", "Credited") if credit else ("Invoice", "Invoiced")
    return f"""  <cac:{kind}Line>
    <cbc:ID>{at}</cbc:ID>
    <cbc:{quantity}Quantity unitCode="{item.unit}">{item.quantity}</cbc:{quantity}Quantity>
    <cbc:LineExtensionAmount currencyID="EUR">{item.amount}</cbc:LineExtensionAmount>
    <cac:Item>
      <cbc:Name>{escape(item.name)}</cbc:Name>
      <cac:SellersItemIdentification>
        <cbc:ID>{escape(item.code)}</cbc:ID>
      </cac:SellersItemIdentification>
      {_category(item.vat, "ClassifiedTaxCategory")}
    </cac:Item>
    <cac:Price>
      <cbc:PriceAmount currencyID="EUR">{item.price}</cbc:PriceAmount>
    </cac:Price>
  </cac:{kind}Line>
"""


def xml(paper: Paper) -> bytes:
    """The document as bytes in UTF-8."""
    kind = "CreditNote" if paper.credit else "Invoice"
    code = paper.type or ("381" if paper.credit else "380")
    net: dict[int, Decimal] = {}
    for item in paper.items:
        net[item.vat] = net.get(item.vat, Decimal(0)) + item.amount
    tax = {vat: cents(amount * vat / 100) for vat, amount in net.items()}
    total, taxes = sum(net.values(), Decimal(0)), sum(tax.values(), Decimal(0))
    parts = [
        f"""<?xml version="1.0" encoding="UTF-8"?>
<{kind} xmlns="{_URN}{kind}-2"
  xmlns:cac="{_URN}CommonAggregateComponents-2"
  xmlns:cbc="{_URN}CommonBasicComponents-2">
  <cbc:CustomizationID>{_BIS}</cbc:CustomizationID>
  <cbc:ProfileID>{_PEPPOL}:01:1.0</cbc:ProfileID>
  <cbc:ID>{escape(paper.number)}</cbc:ID>
  <cbc:IssueDate>{paper.issued}</cbc:IssueDate>
"""
    ]
    if not paper.credit:
        parts.append(f"  <cbc:DueDate>{paper.due}</cbc:DueDate>\n")
    parts.append(
        f"""  <cbc:{kind}TypeCode>{code}</cbc:{kind}TypeCode>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cbc:BuyerReference>{escape(paper.buyer.name)}</cbc:BuyerReference>
"""
    )
    if paper.corrects:
        parts.append(
            f"""  <cac:BillingReference>
    <cac:InvoiceDocumentReference>
      <cbc:ID>{escape(paper.corrects)}</cbc:ID>
    </cac:InvoiceDocumentReference>
  </cac:BillingReference>
"""
        )
    if paper.attachment:
        parts.append(
            f"""  <cac:AdditionalDocumentReference>
    <cbc:ID>{escape(paper.number)}</cbc:ID>
    <cac:Attachment>
      {_PDF}{paper.attachment}</cbc:EmbeddedDocumentBinaryObject>
    </cac:Attachment>
  </cac:AdditionalDocumentReference>
"""
        )
    parts.append(_party(paper.seller, "AccountingSupplierParty"))
    parts.append(_party(paper.buyer, "AccountingCustomerParty"))
    parts.append(
        f"""  <cac:PaymentMeans>
    <cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>
    <cbc:PaymentID>{escape(paper.number)}</cbc:PaymentID>
    <cac:PayeeFinancialAccount>
      <cbc:ID>BE71096123456769</cbc:ID>
    </cac:PayeeFinancialAccount>
  </cac:PaymentMeans>
  <cac:TaxTotal>
    <cbc:TaxAmount currencyID="EUR">{taxes}</cbc:TaxAmount>
"""
    )
    for vat, amount in net.items():
        parts.append(
            f"""    <cac:TaxSubtotal>
      <cbc:TaxableAmount currencyID="EUR">{amount}</cbc:TaxableAmount>
      <cbc:TaxAmount currencyID="EUR">{tax[vat]}</cbc:TaxAmount>
      {_category(vat, "TaxCategory")}
    </cac:TaxSubtotal>
"""
        )
    prepaid = ""
    if paper.prepaid:
        prepaid = f'    <cbc:PrepaidAmount currencyID="EUR">{paper.prepaid}</cbc:PrepaidAmount>\n'
    parts.append(
        f"""  </cac:TaxTotal>
  <cac:LegalMonetaryTotal>
    <cbc:LineExtensionAmount currencyID="EUR">{total}</cbc:LineExtensionAmount>
    <cbc:TaxExclusiveAmount currencyID="EUR">{total}</cbc:TaxExclusiveAmount>
    <cbc:TaxInclusiveAmount currencyID="EUR">{total + taxes}</cbc:TaxInclusiveAmount>
{prepaid}    <cbc:PayableAmount currencyID="EUR">{total + taxes - paper.prepaid}</cbc:PayableAmount>
  </cac:LegalMonetaryTotal>
"""
    )
    parts.extend(_line(at, item, paper.credit) for at, item in enumerate(paper.items, 1))
    parts.append(f"</{kind}>\n")
    return "".join(parts).encode()
