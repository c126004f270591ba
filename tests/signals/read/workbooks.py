"""Makes small XLSX files by hand, with all that can be wrong in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts><font/></fonts><fills><fill><patternFill/></fill></fills>'
    "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs>"
    '<xf numFmtId="0"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


@dataclass(frozen=True)
class Wrong:
    """A cell of which the formula failed, as ``#DIV/0!``."""

    text: str = "#DIV/0!"


Cell = str | int | float | date | Wrong | None


def letters(column: int) -> str:
    """A, B, ... Z, AA for 0, 1, ... 25, 26."""
    return (letters(column // 26 - 1) if column > 25 else "") + chr(65 + column % 26)


def cell(value: Cell, at: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Wrong):
        return f'<c r="{at}" t="e"><f>1/0</f><v>{value.text}</v></c>'
    if isinstance(value, date):
        return f'<c r="{at}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, str):
        return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{at}"><v>{value!r}</v></c>'


def sheet(rows: Sequence[Sequence[Cell]], merged: Sequence[str] = ()) -> str:
    """The XML of one sheet."""
    lines = "".join(
        f'<row r="{r}">'
        + "".join(cell(v, f"{letters(c)}{r}") for c, v in enumerate(row))
        + "</row>"
        for r, row in enumerate(rows, start=1)
    )
    cells = "".join(f'<mergeCell ref="{m}"/>' for m in merged)
    cells = f'<mergeCells count="{len(merged)}">{cells}</mergeCells>' if merged else ""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData>{cells}</worksheet>'


def workbook(
    sheets: Mapping[str, str | Sequence[Sequence[Cell]]], hidden: Sequence[str] = ()
) -> bytes:
    """An XLSX file; a sheet is a list of rows, or XML."""
    out = io.BytesIO()
    names = list(sheets)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        parts = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
            f'ContentType="{TYPES}.worksheet+xml"/>'
            for n in range(1, len(names) + 1)
        )
        z.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
            ' ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
            f'"{TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType='
            f'"{TYPES}.styles+xml"/>{parts}</Types>',
        )
        z.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        entries = "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"'
            + (' state="hidden"' if name in hidden else "")
            + "/>"
            for n, name in enumerate(names, start=1)
        )
        z.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{entries}</sheets></workbook>',
        )
        links = "".join(
            f'<Relationship Id="rId{n}" Type="{REL}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(names) + 1)
        )
        links += f'<Relationship Id="rId99" Type="{REL}/styles" Target="styles.xml"/>'
        z.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        )
        z.writestr("xl/styles.xml", STYLES)
        for n, name in enumerate(names, start=1):
            one = sheets[name]
            z.writestr(f"xl/worksheets/sheet{n}.xml", one if isinstance(one, str) else sheet(one))
    return out.getvalue()
