"""What holds a paper against PDF/UA: two checkers, and what neither of them sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import page
import pdfua
import pikepdf

LENGTH_RULE = "PDFA2A-STREAM-LENGTH-001"
"""page 0.11 counts a stream that ends on a carriage return one byte short; see :func:`_lengths`."""
SHOWS = {"Tj", "TJ", "'", '"'}
"""The operators of a page's content that show text."""


def faults(paper: bytes, folder: Path) -> list[str]:
    """Everything that is wrong with a paper, by who found it; empty when nothing is."""
    found = [
        f"page {profile}: {failure.rule_id} {failure.message}"
        for profile in ("ua1", "2a")
        for failure in page.validate_pdf_bytes(paper, profile=profile).failures
        if failure.rule_id != LENGTH_RULE
    ]
    found += [f"ours: {fault}" for fault in _lengths(paper)]
    file = folder / "paper.pdf"
    file.write_bytes(paper)
    report = pdfua.Validator().validate(str(file))
    found += [
        f"pdfua: {outcome.rule_id} {finding.message}"
        for outcome in report.outcomes
        for finding in outcome.findings
        if finding.severity >= pdfua.Severity.WARNING
    ]
    with pikepdf.open(BytesIO(paper)) as document:
        return found + [f"ours: {fault}" for fault in [*_headers(document), *_links(document)]]


def words(paper: bytes) -> str:
    """All that a paper says, in the order of its content, without blanks: a line may end anywhere.
    What stands on each page (its number) is left out.
    """
    with pikepdf.open(BytesIO(paper)) as document:
        return "".join("".join(_shown(one).split()) for one in document.pages)


def _shown(one: pikepdf.Page) -> str:
    """The text of a page."""
    fonts = {name: _letters(font) for name, font in one.Resources.Font.items()}
    letters: dict[int, str] = {}
    said, marks = [], []
    for operands, operator in pikepdf.parse_content_stream(one):
        name = str(operator)
        if name == "Tf":
            letters = fonts[str(operands[0])]
        elif name in ("BDC", "BMC"):
            marks.append(str(operands[0]))
        elif name == "EMC":
            marks.pop()
        elif name in SHOWS and "/Artifact" not in marks:
            pieces = operands[0] if name == "TJ" else operands
            codes = b"".join(bytes(p) for p in pieces if isinstance(p, pikepdf.String))
            pairs = zip(codes[::2], codes[1::2], strict=True)
            said += [letters[256 * high + low] for high, low in pairs]
    return "".join(said)


def _letters(font: Any) -> dict[int, str]:
    """What the codes of a font stand for."""
    table = font.ToUnicode.read_bytes().decode("ascii")
    found: dict[int, str] = {}
    for part in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, stands in re.findall(r"<(\w+)>\s*<(\w+)>", part):
            found[int(code, 16)] = bytes.fromhex(stands).decode("utf-16-be")
    assert "beginbfrange" not in table, "typst writes none"
    return found


def elements(document: pikepdf.Pdf, sort: str) -> list[Any]:
    """The elements of a sort in the tree of structure, in the order of reading."""
    if "/StructTreeRoot" not in document.Root:
        return []
    return [e for e in _walk(document.Root.StructTreeRoot) if e.get("/S") == f"/{sort}"]


def _walk(element: Any) -> Iterator[Any]:
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _walk(kid)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _lengths(paper: bytes) -> Iterator[str]:
    """A stream that does not end where it says."""
    for begin in re.finditer(rb"/Length (\d+)[^>]*>>\s*stream\n", paper):
        end = begin.end() + int(begin[1])
        if paper[end : end + 10] != b"\nendstream":
            yield "a stream of another length than it says"


def _headers(document: pikepdf.Pdf) -> Iterator[str]:
    """A table whose first row is not all headers that say what they head."""
    for table in elements(document, "Table"):
        rows = [e for e in _walk(table) if e.get("/S") == "/TR"]
        for cell in _kids(rows[0]):
            attributes = cell.get("/A", {})
            scopes = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
            if cell.S != "/TH" or not any("/Scope" in a for a in scopes):
                yield "a table without headers"


def _links(document: pikepdf.Pdf) -> Iterator[str]:
    """A link that nobody can read aloud: no text lies in it."""
    texts = {number: _texts(one) for number, one in enumerate(document.pages)}
    numbers = {one.obj.objgen: number for number, one in enumerate(document.pages)}
    for link in elements(document, "Link"):
        marks = [
            (numbers[kid.get("/Pg", e.get("/Pg")).objgen], int(kid.MCID))
            if isinstance(kid, pikepdf.Dictionary)
            else (numbers[e.Pg.objgen], int(kid))
            for e in [link, *_walk(link)]
            for kid in _kids(e)
            if isinstance(kid, int) or "/MCID" in kid
        ]
        if not any(mark in texts[number] for number, mark in marks):
            yield "a link without text"


def _texts(one: pikepdf.Page) -> set[int]:
    """The marked pieces of a page in which text is shown."""
    marks: list[int | None] = []
    found = set()
    for operands, operator in pikepdf.parse_content_stream(one):
        name = str(operator)
        if name in ("BDC", "BMC"):
            properties = operands[1] if name == "BDC" else {}
            has = isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
            marks.append(int(properties.MCID) if has else None)
        elif name == "EMC":
            marks.pop()
        elif name in SHOWS:
            found.update(mark for mark in marks if mark is not None)
    return found
