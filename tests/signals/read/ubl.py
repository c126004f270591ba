"""A small invoice of two invented firms, written out, with places to put other things in."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from baken.signals.read.invoices import Invoice, read_invoice

SELLER, BUYER, OTHER = "1999000150", "1999000249", "1999000348"
URN = "urn:oasis:names:specification:ubl:schema:xsd:"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def party(role: str, number: str = "", name: str = "", inside: str | None = None) -> str:
    """A party with its KBO number as legal number, or with what is given ``inside``."""
    if inside is None:
        inside = legal(number, "0208", name)
    return f"<cac:{role}><cac:Party>{inside}</cac:Party></cac:{role}>"


def endpoint(scheme: str, text: str) -> str:
    return f'<cbc:EndpointID schemeID="{scheme}">{text}</cbc:EndpointID>'


def vat(text: str) -> str:
    scheme = "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
    return f"<cac:PartyTaxScheme><cbc:CompanyID>{text}</cbc:CompanyID>{scheme}</cac:PartyTaxScheme>"


def legal(text: str, scheme: str = "", name: str = "Firma Verzonnen") -> str:
    attribute = f' schemeID="{scheme}"' if scheme else ""
    number = f"<cbc:CompanyID{attribute}>{text}</cbc:CompanyID>" if text else ""
    return (
        f"<cac:PartyLegalEntity><cbc:RegistrationName>{name}</cbc:RegistrationName>{number}"
        "</cac:PartyLegalEntity>"
    )


def line(
    article: str = "MEEL", quantity: str = "4", price: str = "25.00", per: str = "", kind: str = ""
) -> str:
    root, word = (kind, "Credited") if kind == "CreditNote" else ("Invoice", "Invoiced")
    base = f"<cbc:BaseQuantity>{per}</cbc:BaseQuantity>" if per else ""
    return f"""<cac:{root}Line><cbc:ID>1</cbc:ID>
<cbc:{word}Quantity unitCode="KGM">{quantity}</cbc:{word}Quantity>
<cac:Item><cbc:Name>Bloem van {article}</cbc:Name><cac:SellersItemIdentification>
<cbc:ID>{article}</cbc:ID></cac:SellersItemIdentification></cac:Item>
<cac:Price><cbc:PriceAmount currencyID="EUR">{price}</cbc:PriceAmount>{base}</cac:Price>
</cac:{root}Line>"""


def ubl(
    net: str = "100.00",
    *,
    root: str = "Invoice",
    type: str = "380",
    number: str = "2025-1",
    issued: str = "2025-03-14",
    due: str = "2025-04-13",
    currency: str = "EUR",
    seller: str = party("AccountingSupplierParty", SELLER, "Bakkerij Verzonnen"),
    buyer: str = party("AccountingCustomerParty", BUYER, "Hotel Luchtkasteel"),
    gross: str = "",
    prepaid: str = "",
    corrects: tuple[str, ...] = (),
    lines: str = "",
    before: str = "",
    head: str = HEAD,
    names: str = "",
) -> bytes:
    """The document as bytes in UTF-8; ``before`` stands just before the parties."""
    names = names or (
        f'xmlns="{URN}{root}-2" xmlns:cac="{URN}CommonAggregateComponents-2" '
        f'xmlns:cbc="{URN}CommonBasicComponents-2"'
    )
    references = "".join(
        f"<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{n}</cbc:ID>"
        "</cac:InvoiceDocumentReference></cac:BillingReference>"
        for n in corrects
    )
    money = "".join(
        f'<cbc:{name}Amount currencyID="{currency}">{value}</cbc:{name}Amount>'
        for name, value in (("TaxExclusive", net), ("TaxInclusive", gross), ("Prepaid", prepaid))
        if value
    )
    when = f"<cbc:DueDate>{due}</cbc:DueDate>" if due and root == "Invoice" else ""
    code = f"<cbc:{root}TypeCode>{type}</cbc:{root}TypeCode>" if type else ""
    day = f"<cbc:IssueDate>{issued}</cbc:IssueDate>" if issued else ""
    return f"""{head}<{root} {names}>
<cbc:ID>{number}</cbc:ID>{day}{when}
{code}<cbc:DocumentCurrencyCode>{currency}</cbc:DocumentCurrencyCode>
{references}{before}{seller}{buyer}
<cac:LegalMonetaryTotal>{money}</cac:LegalMonetaryTotal>
{lines or line(kind=root)}
</{root}>
""".encode()


def read(data: bytes) -> Invoice:
    return read_invoice(data, "one.xml")


def euros(text: str) -> Decimal:
    return Decimal(text)


def put(folder: Path, **files: bytes) -> Path:
    """Files in a folder; ``a_xml`` is written as ``a.xml``."""
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    return folder
