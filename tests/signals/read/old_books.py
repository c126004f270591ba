"""A spreadsheet of before 2007, and those of LibreOffice made by hand."""

from __future__ import annotations

import io
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

from tests.signals.read.workbooks import Cell, Wrong

OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
KIND = "application/vnd.oasis.opendocument.spreadsheet"


def ods(sheets: Mapping[str, Sequence[Sequence[Cell]] | str], hidden: str = "") -> bytes:
    """A file of sheets by name: rows of cells, or XML as it is."""
    body = "".join(
        f'<table:table table:name="{escape(name)}" table:style-name='
        f'"{"off" if name == hidden else "on"}">'
        + (rows if isinstance(rows, str) else "".join(map(row, rows)))
        + "</table:table>"
        for name, rows in sheets.items()
    )
    names = "".join(f' xmlns:{n}="{OFFICE}:{n}:1.0"' for n in ("office", "table", "text", "style"))
    content = (
        f'<?xml version="1.0"?><office:document-content{names} xmlns:calcext="{CALC}">'
        '<office:automatic-styles><style:style style:name="off"><style:table-properties'
        ' table:display="false"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr(zipfile.ZipInfo("mimetype"), KIND)
        z.writestr("content.xml", content)
    return out.getvalue()


def row(cells: Sequence[Cell]) -> str:
    return f"<table:table-row>{''.join(map(cell, cells))}</table:table-row>"


def cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, Wrong):
        kind, text = 'office:value-type="string" calcext:value-type="error"', value.text
    elif isinstance(value, date):
        kind, text = f'office:value-type="date" office:date-value="{value}"', f"{value:%d/%m/%y}"
    elif isinstance(value, str):
        kind, text = 'office:value-type="string"', escape(value)
    else:
        kind, text = f'office:value-type="float" office:value="{value!r}"', f"{value:.0f}"
    return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"


OLD = zlib.decompress(
    b64decode("""
eNrtWE1oE0EU/mZ2N0lrf5KYFluhhIJVa6U/Inhpo0LtRduqoCKCpk3A2iaRUNH2UKs1R0HwpIhQqBQv9efgDyrozT+o6EEQ
hFbBiydBwUPb9c3LbuxPhAa0ENkvzJuZN++9fTPvzexk30z6pkbvVE5jEVqgYc4sgGseT1ApsDte0LhpqqZde6iYDvIKBR4K
pMvAo+LXbhVDFe9pSNzWnxEFPlE5gpNoT8SjwRXETvYhLJQPzUKn3JO4RqUEFeyXn2k309VMb7HsY6bbmXORaTPJTonDmAy1
126z8viQrOaxEqIC91nnA3MaUYbnKo/PXhJpWQM7kj3hvjwbqNKLMAYKaVs0Hk2qfiluoBCIROpjsfoBwhQCFO4x/DCDwHd7
Xz8NOvyV5QsQ/+dCvvsPfA8FcTH/stSBYZjHhErmFIrRqqsRAx2xwWh/Cqsw7lKpoaHjVGQGu4mRPsgpHVgk2NTQtNUAYuFw
PEKixxPJaHeYGqd74r3RPrIWT/SHKcG6qKj6DCWW0tnc0FiobPEh4l1wiBTz1ioiGkEpt328wbw0h5mb397u6eoMHWXOML84
0q+XdWouMHFOaZByCWx7gBqpZY1NTM+z1bXcrmQaoDlTXdNZZjV2jbDMBR6toedsYbwLrZ/X3kDt1Ne9D6pSn0MbqT3RNj0Y
mHgfGkU1rVKE9NVvBHWiTly9ovAwZNfCOog+Mq1Ycih5pNeam2m9Q0sxq9ad4GOqJCTPbqGEZAm1JumevX7pnqSelulp1NMt
W9oiW0+whnl+nHihtF7tdxO9S+KStTXWNixtfYm2n3l+fGHtfQE+Y6SHuKrvFsqGzjZclg0jiwcG2zjwUumMDxlEr2c8MDIe
tEg/7qlJ0gH+GyuRYTJD8zXDZNYMs/MHvDpuS15kkRcsr9ZpSBayPz6U2zFBtpg4cODAgQMHDvIUwrr2aNYF27AuV27ru84s
lTnnM8l/i31I0K+f/lK2Ik51EgM55U85DGHbEsvUsb8XKhykpyfRiy72ozfn/KXLsZg/n2Urev/eFsr1+XO5+PmPn/8Lp3Uc
ww==
""")
)
"""Sheet Omzet: a title, then months with the columns horeca and winkel (an error in February) and a
note; the sheet Oud is hidden."""
