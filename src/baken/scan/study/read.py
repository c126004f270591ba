"""The export of scans that owners gave for study: JSON, one scan a line.

``{"who": code, "consent": version of the text that was agreed to, "as_of", "need" or "domain",
"answers"}``. ``who`` is a random code that stands for one owner in this file only; facts, names and
numbers of firms are refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field

from baken.kernel.documents import Document, read_json, said_at, utf8
from baken.kernel.errors import BakenError
from baken.kernel.questions import Strict, read_model
from baken.scan.read import Day, check_answers, check_subject
from baken.scan.scan import Scan

MAX_LINE = 20_000


class Line(Strict):
    """The fields of a line."""

    who: Annotated[str, Field(max_length=40)]
    consent: Annotated[str, Field(min_length=1, max_length=40)]
    as_of: Day
    need: str | None = None
    domain: str | None = None
    answers: dict[str, Any]


def read_lines(
    lines: Iterable[bytes], name: str, refused: list[BakenError] | None = None
) -> dict[str, list[Scan]]:
    """The scans of each owner, oldest first. What is wrong with a line goes into ``refused`` where
    that is given, and the rest is read.

    Raises:
        BakenError: at the first line that can't be used, without ``refused``; where no line can.
    """
    found: dict[str, list[Scan]] = {}
    wrong: list[BakenError] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            _add(found, line, f"{name}, line {number}")
        except BakenError as e:
            if refused is None:
                raise
            wrong.append(e)
    if wrong and not found:
        raise replace(wrong[0], others=tuple(wrong[1:]))
    if not found:
        raise BakenError(name, "there is no scan in it", "one scan a line, as JSON")
    if refused is not None:
        refused += wrong
    return {who: sorted(scans, key=lambda s: s.as_of) for who, scans in found.items()}


def _add(found: dict[str, list[Scan]], line: bytes, where: str) -> None:
    if len(line) > MAX_LINE:
        raise BakenError(where, "the line is too long", f"at most {MAX_LINE} bytes")
    who, scan = _read(read_json(utf8(line, where), where), where)
    if any(s.as_of == scan.as_of for s in found.get(who, ())):
        problem = f"a second scan of {who} on {scan.as_of}"
        raise BakenError(f"{where}, as_of", problem, "one scan of an owner a day")
    found.setdefault(who, []).append(scan)


def _read(raw: Any, where: str) -> tuple[str, Scan]:
    document = _Line(where, raw, "")
    if isinstance(raw, Mapping) and "facts" in raw:
        problem = "facts of a firm do not go into a study"
        raise said_at(document, ("facts",), problem, "who, consent, as_of, need or domain, answers")
    line = read_model(Line, raw, document, "this is no scan", "an object with who and answers")
    if not any(c.isalpha() for c in line.who) or not all(c.isalnum() or c == "-" for c in line.who):
        problem = f"'{line.who}' may stand for a person or a firm"
        raise said_at(document, ("who",), problem, "a random code of letters and digits")
    need, domain = check_subject(line.need, line.domain, document)
    return line.who, Scan(line.as_of, need, domain, check_answers(line.answers, document))


class _Line(Document):
    """A line of a file of lines: its name tells the line, so a field needs none."""

    def line(self, where: Any) -> None:
        """No line of its own."""
        return None
