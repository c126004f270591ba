"""An extract as it comes in: a zip or a folder of CSV files, opened with care.

What a zip says of its own sizes is not believed: each member is measured while it is unpacked.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import BinaryIO

from baken.kernel.errors import BakenError
from baken.registers.kbo_extract.layout import COLUMNS, KEY, NEEDED, TABLES

MAX_BYTES = 16 << 30
"""Of one unpacked file; the largest of the real extract (activities) has about 1.6 GB."""
MAX_RATIO = 100
"""How many times larger than packed a file may be; real ones stay under 30."""
_SMALL = 8 << 20
"""Of files that are read at once (``meta``, ``code``)."""
_CHUNK = 1 << 20
_HEAD = 64 << 10
_DAY = r"(\d\d?)-(\d\d?)-(20(?:0[3-9]|[1-9]\d))"
SHAPE = "UTF-8, a comma between values, each within quotes"
AGAIN = "the whole file as the KBO gives it; download and unpack it again"
Step = Callable[[int], None]


@dataclass(frozen=True)
class Meta:
    """What ``meta.csv`` says: the day of the data, the number in the row of extracts, the kind."""

    snapshot: date
    number: int
    kind: str
    version: str = ""


class Source:
    """A zip or folder.

    Raises:
        BakenError: for what is no zip or folder, or lacks a table; the file is named.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._zip: zipfile.ZipFile | None = None
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._files: dict[str, Path] = {}
        if path.is_dir():
            self._files = {p.stem.lower(): p for p in sorted(path.glob("*.csv"))}
        else:
            self._open_zip()
        self.meta = self._read_meta()
        self._check_tables()

    def _open_zip(self) -> None:
        try:
            self._zip = zipfile.ZipFile(self.path)
        except OSError as e:
            raise BakenError(
                str(self.path), f"can't be read: {e.strerror or e}", "an extract as zip or folder"
            ) from e
        except zipfile.BadZipFile as e:
            raise BakenError(
                str(self.path), "is no whole zip file", "the zip as downloaded; download it again"
            ) from e
        for info in self._zip.infolist():
            name = info.filename.rsplit("/", 1)[-1].lower()
            if name.endswith(".csv") and not name.startswith("."):
                stem = name.removesuffix(".csv")
                if stem in self._members:
                    raise BakenError(f"{self.path}/{name}", "stands twice in the zip", "each once")
                self._members[stem] = info

    def close(self) -> None:
        """Let go of the zip."""
        if self._zip is not None:
            self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._members or name in self._files

    def where(self, name: str) -> str:
        """A file as errors name it."""
        return f"{self.path}/{name}.csv"

    @property
    def key(self) -> str:
        """Tells one extract from another without reading all of it."""
        told = hashlib.sha256()
        for name in sorted({*self._members, *self._files}):
            if self._zip is not None:
                info = self._members[name]
                told.update(f"{name} {info.CRC} {info.file_size}\n".encode())
            else:
                stat = self._files[name].stat()
                told.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
        return told.hexdigest()

    @contextmanager
    def csv(self, name: str, folder: Path, step: Step = lambda _: None) -> Iterator[Path]:
        """The CSV file ``name`` on disk; of a zip unpacked in ``folder`` and thrown away after."""
        if self._zip is None:
            yield self._files[name]
            return
        out = folder / f"{name}.csv"
        try:
            self._unpack(name, out, step)
            yield out
        finally:
            out.unlink(missing_ok=True)

    def _unpack(self, name: str, out: Path, step: Step) -> None:
        info = self._members[name]
        if shutil.disk_usage(out.parent).free < info.file_size:
            raise BakenError(
                str(out.parent), f"has no room for {name}.csv", f"{info.file_size:,} bytes free"
            )
        most = min(MAX_BYTES, max(_SMALL, info.compress_size * MAX_RATIO))
        written = 0
        with self._member(name) as file, out.open("wb") as to:
            while chunk := self._read(name, file, _CHUNK):
                written += len(chunk)
                if written > most:
                    raise BakenError(
                        self.where(name),
                        f"unpacks to over {most:,} bytes from {info.compress_size:,}",
                        f"at most {MAX_RATIO} times its packed size and {MAX_BYTES:,} bytes",
                    )
                to.write(chunk)
                step(len(chunk))

    def _member(self, name: str) -> BinaryIO:
        assert self._zip is not None
        try:
            return self._zip.open(self._members[name])  # type: ignore[return-value]
        except (RuntimeError, NotImplementedError, zipfile.BadZipFile) as e:
            raise BakenError(self.where(name), f"can't be unpacked: {e}", "a plain zip") from e

    def _read(self, name: str, file: BinaryIO, size: int) -> bytes:
        import zlib

        try:
            return file.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as e:
            raise BakenError(
                self.where(name), "is damaged in the zip", "the zip as downloaded; download again"
            ) from e

    def head(self, name: str) -> list[str]:
        """The columns that the first line names.

        Raises:
            BakenError: where the line is not UTF-8 or no CSV, or lacks a column that is read.
        """
        first = self._beginning(name, _HEAD).split(b"\n", 1)[0].strip(b"\r")
        try:
            columns = next(csv.reader([self._decoded(name, first)]), [])
        except csv.Error as e:
            expected = f"{SHAPE}; LF or CR LF at the end of each line"
            raise BakenError(
                f"{self.where(name)}, line 1", f"can't be read: {_said(e)}", expected
            ) from e
        table = name.removesuffix("_delete").removesuffix("_insert")
        wanted = (KEY[table],) if name.endswith("_delete") else NEEDED.get(table, COLUMNS[table])
        lacking = [c for c in wanted if c not in columns]
        if lacking:
            raise BakenError(
                f"{self.where(name)}, line 1",
                f"has no column {', '.join(lacking)}",
                ",".join(wanted),
                [c for c in columns if c.lower() in {w.lower() for w in lacking}],
            )
        if len(set(columns)) < len(columns):
            raise BakenError(f"{self.where(name)}, line 1", "names a column twice", "each once")
        return columns

    def check_end(self, name: str, path: Path, columns: int) -> None:
        """Refuse a file that was cut: one that ends within a line.

        Raises:
            BakenError: where the last line has no end and is not whole.
        """
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, io.SEEK_END) - _HEAD))
            self._check_last(name, file.read(), columns)

    def _check_last(self, name: str, data: bytes, columns: int) -> None:
        last = data.rsplit(b"\n", 1)[-1].strip()
        try:
            whole = not last or len(next(csv.reader([last.decode()], strict=True))) == columns
        except (csv.Error, UnicodeDecodeError):
            whole = False
        if not whole:
            raise BakenError(self.where(name), "is cut: it ends within a line", AGAIN)

    def small(self, name: str) -> tuple[dict[int, dict[str, str]], list[str]]:
        """The rows of a small file (``meta``, ``code``) by their line, and which lines are torn.

        Raises:
            BakenError: as :meth:`head` and :meth:`check_end`.
        """
        columns = self.head(name)
        data = self._beginning(name, _SMALL)
        if len(data) == _SMALL:
            data = data[: data.rfind(b"\n") + 1]
        self._check_last(name, data, len(columns))
        rows: dict[int, dict[str, str]] = {}
        torn = []
        for at, line in enumerate(self._decoded(name, data).split("\n")[1:], 2):
            try:
                row = next(csv.reader([line.strip("\r")], strict=True))
            except csv.Error as e:
                torn.append(f"line {at}: {_said(e)}")
                continue
            if len(row) == len(columns):
                rows[at] = dict(zip(columns, row, strict=True))
            elif row:
                torn.append(f"line {at}: {len(row)} columns of {len(columns)}")
        return rows, torn

    def _beginning(self, name: str, size: int) -> bytes:
        if self._zip is None:
            with self._files[name].open("rb") as file:
                return file.read(size)
        with self._member(name) as member:
            return self._read(name, member, size)

    def _decoded(self, name: str, data: bytes) -> str:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as e:
            at = data[: e.start].count(b"\n") + 1
            raise BakenError(
                f"{self.where(name)}, line {at}", f"byte {e.start + 1} is not UTF-8", "UTF-8"
            ) from e

    def _read_meta(self) -> Meta:
        if "meta" not in self:
            raise BakenError(
                self.where("meta"), "is not there", "an extract of the KBO with meta.csv"
            )
        found = {r["Variable"]: (at, r["Value"]) for at, r in self.small("meta")[0].items()}

        def read(name: str, shape: str, expected: str) -> re.Match[str]:
            at, value = found.get(name, (0, ""))
            if not at:
                raise BakenError(self.where("meta"), f"has no line {name}", f"{name}: {expected}")
            if told := re.fullmatch(shape, value.strip(), re.I | re.A):
                return told
            problem = f"{name} is '{value[:20]}'"
            raise BakenError(f"{self.where('meta')}, line {at}", problem, expected)

        def wrong_day(expected: str) -> BakenError:
            where = f"{self.where('meta')}, line {found['SnapshotDate'][0]}"
            return BakenError(where, f"SnapshotDate is '{day[0]}'", expected)

        day = read("SnapshotDate", _DAY, "a day as dd-mm-yyyy, from 2003 on")
        kind = read("ExtractType", "full|update", "full or update")
        number = read("ExtractNumber", "[1-9][0-9]{0,4}", "a number from 1 to 99999")
        try:
            snapshot = date(int(day[3]), int(day[2]), int(day[1]))
        except ValueError as e:
            raise wrong_day("a day of the calendar") from e
        if snapshot > date.today() + timedelta(days=1):  # noqa: DTZ011  the clock may be elsewhere
            raise wrong_day("no day to come; where it is none, set this machine's clock right")
        version = found.get("Version", (0, ""))[1]
        return Meta(snapshot, int(number[0]), kind[0].lower(), version)

    def _check_tables(self) -> None:
        update = self.meta.kind == "update"
        parts = ("_delete", "_insert") if update else ("",)
        whole = "the whole extract"
        if update:
            whole = "the whole update: of each table the _delete.csv and the _insert.csv"
        for table in TABLES:
            for part in parts:
                if table + part not in self:
                    raise BakenError(self.where(table + part), "is not there", whole)
                self.head(table + part)


def _said(error: csv.Error) -> str:
    """What is wrong, without the advice to who programs."""
    return str(error).split(" - ")[0]
