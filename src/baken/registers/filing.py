"""A file with annual accounts: which kind it is, and the filing in it.

Two kinds are read: the JSON of the web service of the National Bank, and the CSV that anybody can
download from its Consult application, one line ``"10/15","62345.67"`` for each code of this year,
after lines such as ``"Accounting period end date","2025-12-31"``. A CSV tells one year only; its
codes with a P are opening values of a table, not the year before. XBRL and PDF are not read.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path
from typing import Any, Literal

from baken.kernel.documents import read_json, utf8
from baken.kernel.errors import BakenError
from baken.registers.accounts import (
    ASSETS,
    CSV,
    END_LINE,
    LIABILITIES,
    MAX_BYTES,
    USED,
    Accounts,
    Unfit,
    accounts_of,
    is_filing,
)

Kind = Literal["json", "csv", "xbrl", "pdf", "zip", "empty", "other"]
UNREAD: tuple[Kind, ...] = ("empty", "pdf", "xbrl", "zip")
"""Kinds that are told by what to do instead."""
MAX_LINES = 20_000
EXPECTED = "the JSON of the National Bank, or the CSV of its Consult application"
DAYS = {"startDate": "accounting period start date", "endDate": END_LINE.casefold()}
NAMED = {
    "ModelType": "model code",
    "LegalForm": "legal form",
    "EnterpriseName": "entity name",
    "EnterpriseNumber": "entity number",
}
"""What the lines before the codes tell, and what the web service calls it."""
_CODE = re.compile(r"[0-9]{1,6}(/[0-9]{1,5})?[A-OQ-Z]?")
_UNKNOWN = re.compile(r"[0-9]{1,6}(/[0-9]{1,5})?[A-Z]{1,3}")
"""Shaped as a code, with a sign that says nothing to us."""
_SPOILED = re.compile(
    r"""[^\w]*\d.*|
    (jan|feb|mrt|maart|apr|april|mei|juni?|juli?|aug|sept?|okt|nov|dec|mar|may|june|july|oct|
    janv|f[ée]vr|mars|avr|mai|juin|juil|ao[uû]t|d[ée]c|jän|mär|mrz|dez)\.?[-/. ]{0,2}\d{1,4}""",
    re.X | re.I,
)
"""What a spreadsheet makes of a code: ``okt/15``, ``2015-10-01``, ``1,003``, ``'10/15``."""
_MONTH_YEAR = re.compile(r"[0-9]{1,2}/(19|20)[0-9]{2}")
_PLAIN = re.compile(r"-?[0-9]{1,16}([.,][0-9]{1,6})?")
_OTHER_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def kind_of(data: bytes) -> Kind:
    """What the first bytes of a file tell."""
    start = data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        return "empty"
    for sign, kind in (("{", "json"), ("[", "json"), ("%PDF", "pdf"), ("PK", "zip"), ("<", "xbrl")):
        if start.startswith(sign.encode()):
            return kind  # type: ignore[return-value]
    first = start.splitlines()[0]
    return "csv" if b"\x00" not in start and (b"," in first or b";" in first) else "other"


def is_csv(head: bytes) -> bool:
    """Whether a file begins as the CSV of the Consult application does."""
    return kind_of(head) == "csv" and DAYS["endDate"].encode() in head.lower()


def decode_filing(data: bytes, name: str) -> dict[str, Any]:
    """The filing in the bytes of a file, as the web service of the National Bank gives one.

    Raises:
        BakenError: for another kind of file, one that is too large, torn, or no annual accounts.
    """
    if len(data) > MAX_BYTES:
        raise BakenError(name, "the file is too large", f"at most {MAX_BYTES // 10**6} MB")
    match kind_of(data):
        case "json":
            value = read_json(utf8(data, name), name)
        case "csv":
            value = _of_csv(data, name)
        case kind:
            said = {"empty": "the file is empty", "other": "these are no annual accounts"}
            raise BakenError(name, said.get(kind, f"a file of kind {kind} is not read"), EXPECTED)
    if not is_filing(value):
        problem = "these are no annual accounts"
        raise BakenError(name, problem, "an object with `Rubrics`, as the National Bank gives")
    return dict(value)


def _of_csv(data: bytes, name: str) -> dict[str, Any]:
    """A filing from lines of two columns; after a spreadsheet saved them they may be parted by
    semicolons, with commas in numbers and days as 31/12/2025."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    semicolon = ";" in text.split("\n", 1)[0]
    told: dict[str, str] = {}
    codes: dict[str, str] = {}
    rows = csv.reader(io.StringIO(text), delimiter=";" if semicolon else ",")
    try:
        for row in rows:
            if rows.line_num > MAX_LINES:
                raise BakenError(name, "there are too many lines", f"at most {MAX_LINES}")
            key, value = (row[0].strip(), row[1].strip()) if len(row) > 1 else ("", "")
            _check_key(key, f"{name}, line {rows.line_num}")
            if _CODE.fullmatch(key):
                if not _PLAIN.fullmatch(value) and value:
                    here = f"{name}, line {rows.line_num}"
                    raise BakenError(here, f"'{value[:40]}' is no number", "one such as 1234.56")
                _keep(codes, key, value.replace(",", "."), f"{name}, line {rows.line_num}")
            elif not _UNKNOWN.fullmatch(key):
                told.setdefault(key.casefold(), value)
    except csv.Error as e:
        raise BakenError(f"{name}, line {rows.line_num}", f"can't be read: {e}", EXPECTED) from e
    if text.rstrip().rpartition("\n")[2].count('"') % 2:
        here, expected = f"{name}, line {rows.line_num}", f"{EXPECTED}, as it was downloaded"
        raise BakenError(here, "it ends within a value", expected)
    if not codes.keys() & {ASSETS, LIABILITIES}:
        raise BakenError(name, "these are no annual accounts", f"{EXPECTED}, as it was downloaded")
    if told.get("currency", "EUR") not in ("EUR", ""):
        raise BakenError(name, f"amounts are in {told['currency'][:10]}", "euros")
    return {
        "Format": CSV,
        "ExerciseDates": {k: _day(told[v]) for k, v in DAYS.items() if told.get(v)},
        **{k: told[v] for k, v in NAMED.items() if told.get(v)},
        "Rubrics": [{"Code": c, "Value": v, "Period": "N"} for c, v in codes.items()],
    }


def _check_key(key: str, where: str) -> None:
    """Refuse what a spreadsheet made of a code: its figure would be gone and nobody would know."""
    shaped = _CODE.fullmatch(key) or _UNKNOWN.fullmatch(key)
    if _MONTH_YEAR.fullmatch(key) or (not shaped and _SPOILED.fullmatch(key)):
        problem = f"'{key[:40]}' is no code: a spreadsheet changed it, perhaps into a date"
        expected = "a code such as 10/15: the CSV as it was downloaded, or that column kept as text"
        raise Unfit(where, problem, expected, why="codes")


def _keep(codes: dict[str, str], code: str, value: str, where: str) -> None:
    """Keep a code; one that stands in a list of its own kind and says nothing to us may return."""
    if codes.setdefault(code, value) != value and code in USED:
        problem = f"{code} stands twice: {codes[code]} and {value}"
        raise BakenError(where, problem, "each code once")


def _day(told: str) -> str:
    """A day as it is filed, also after a spreadsheet turned it round."""
    found = _OTHER_DAY.fullmatch(told)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else told


def load_filing(path: Path) -> dict[str, Any]:
    """The filing in a file.

    Raises:
        BakenError: when it can't be read, and as :func:`decode_filing`.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as e:
        raise BakenError(str(path), f"can't be read: {e.strerror}", EXPECTED) from e
    return decode_filing(data, path.name)


def read_accounts(path: Path, end: date | None = None) -> Accounts:
    """The accounts in a file; ``end`` is the last day of the year where the file does not tell it.

    Raises:
        BakenError: as :func:`load_filing` and :func:`baken.registers.accounts.accounts_of`.
    """
    return accounts_of(load_filing(path), end, path.name)
