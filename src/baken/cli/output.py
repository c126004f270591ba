"""How the commands print: JSON for programs, plain lines for people, errors on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO, NoReturn

from baken.kernel.errors import BakenError

LANGS = ("nl", "en", "fr")


def print_json(value: Any, indent: int | None = 2) -> None:
    """One JSON value on standard output, in UTF-8 whatever the terminal's locale."""
    line = json.dumps(value, ensure_ascii=False, indent=indent) + "\n"
    sys.stdout.buffer.write(line.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def print_long(value: Mapping[str, Any]) -> None:
    """One JSON object as :func:`print_json` prints it, with lists written item by item: the whole
    text is never in memory. A list may be an iterator."""
    out = sys.stdout.buffer
    for at, (name, inner) in enumerate(value.items()):
        out.write(f"{',' if at else '{'}\n  {json.dumps(name)}: ".encode())
        if not isinstance(inner, list | Iterator):
            out.write(_indented(inner, 1))
            continue
        some = False
        for one in inner:
            out.write(b",\n    " if some else b"[\n    ")
            out.write(_indented(one, 2))
            some = True
        out.write(b"\n  ]" if some else b"[]")
    out.write(b"\n}\n" if value else b"{}\n")
    out.flush()


def _indented(value: Any, depth: int) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text.replace("\n", "\n" + "  " * depth).encode("utf-8", "replace")


def die(error: BakenError, as_json: bool = False) -> NoReturn:
    """Say what was wrong with the input and stop with exit code 2."""
    if as_json:
        print_json({"error": error.as_json()})
    else:
        sys.stderr.write(f"baken: {error}\n")
    raise SystemExit(2)


def today() -> date:
    """The day on this machine's calendar: the only clock that the commands read."""
    return date.today()  # noqa: DTZ011 (a day in the user's own place is what is meant)


def as_of_option(text: str | None) -> date:
    """``--as-of`` as a date, today when it is not given."""
    if text is None:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BakenError(
            "--as-of", f"'{text}' is no date", "a date that exists, as YYYY-MM-DD"
        ) from None


def known_lang(lang: str) -> str:
    """The language of ``--lang``.

    Raises:
        BakenError: where it is none of ours.
    """
    if lang not in LANGS:
        raise BakenError("--lang", f"'{lang}' is no language here", "nl, en or fr")
    return lang


def bounded_lines(file: BinaryIO, most: int) -> Iterator[bytes]:
    """The lines of a file; of a line of more than ``most`` bytes only its beginning is kept."""
    while line := file.readline(most + 2):
        rest = line
        while not rest.endswith(b"\n") and len(rest) == most + 2:
            rest = file.readline(most + 2)
        yield line


def own_fault(number: int, error: Exception) -> BakenError:
    """A fault of ours on a line, said as an error of that line."""
    return BakenError(f"line {number}", f"Baken failed on it ({type(error).__name__})")
