"""Extracts that are faulty in one way, to try an import on."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from baken.registers.kbo_extract import make


def _edit(name: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    def fault(folder: Path) -> None:
        path = folder / f"{name}.csv"
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")

    return fault


def _lines(change: Callable[[list[str]], list[str]]) -> Callable[[str], str]:
    return lambda text: "".join(change(text.splitlines(keepends=True)))


def _wrong_check(line: str) -> str:
    """The line with the last digit of its number changed."""
    at = line.index('"', 1) - 1
    return f"{line[:at]}{(int(line[at]) + 1) % 10}{line[at + 1 :]}"


def _encoding(folder: Path) -> None:
    path = folder / "denomination.csv"
    head, rows = path.read_text(encoding="utf-8").split("\n", 1)
    path.write_bytes(f"{head}\n{rows.replace('a', 'é')}".encode("cp1252", "replace"))


def _missing(folder: Path) -> None:
    (folder / "address.csv").unlink()


def _cut(folder: Path) -> None:
    path = make.zipped(folder, folder / "extract.zip")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _damaged(folder: Path) -> None:
    path = make.zipped(folder, folder / "extract.zip")
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as whole:
        at = whole.getinfo("enterprise.csv").header_offset + 60
    data[at : at + 40] = bytes(40)
    path.write_bytes(bytes(data))


def _bomb(folder: Path) -> None:
    path = folder / "activity.csv"
    line = path.read_bytes().split(b"\n", 2)[1] + b"\n"
    with path.open("ab") as file:
        file.write(line * ((32 << 20) // len(line)))
    make.zipped(folder, folder / "extract.zip")
    path.unlink()


FAULTS: dict[str, Callable[[Path], None]] = {
    "column": _edit("enterprise", lambda t: t.replace('"StartDate"', '"Start"', 1)),
    "check-digit": _edit("enterprise", _lines(lambda ls: [*ls[:2], _wrong_check(ls[2]), *ls[3:]])),
    "all-check-digits": _edit("enterprise", _lines(lambda ls: [ls[0], *map(_wrong_check, ls[1:])])),
    "torn-line": _edit("establishment", _lines(lambda ls: [*ls[:3], '"2.1\n', *ls[3:]])),
    "number": _edit("meta", lambda t: t.replace(f'"{make.FIRST_NUMBER}"', '"many"')),
    "encoding": _encoding,
    "table": _missing,
    "cut-zip": _cut,
    "damaged-zip": _damaged,
    "bomb": _bomb,
}
"""By name: what is done to the folder of a whole extract."""
ZIPPED = frozenset({"cut-zip", "damaged-zip", "bomb"})
"""Those that lie in a zip, which is written as ``extract.zip``."""
