"""Breaks invoices on purpose and checks that the reader answers with a record or a reason.

Run: ``python tools/fuzz_invoices.py PATH [PATH...] [--rounds N] [--seed S]`` on files or folders of
UBL invoices (the public examples of OpenPEPPOL, or one's own). Each file is read as it is by both
lanes, then mutated N times. Prints how many were read, and each reason with its count; stops with
exit code 1 at anything but a record or a :class:`BakenError`, and where the lanes give other
figures: the file that did it is written to ``fuzz-failed.xml``.
"""

from __future__ import annotations

import argparse
import random
import sys
import traceback
from collections import Counter
from pathlib import Path

from baken.kernel.errors import BakenError
from baken.signals.read.boxes import Item, documents
from baken.signals.read.invoices import Invoice, meaning
from baken.signals.read.ubl import prepare
from baken.signals.read.ubl_fast import fast
from baken.signals.read.ubl_slow import slow

HURTS = (
    b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?x?>", b"&#0;", b"&#x26;", b"&amp;",
    b"\x00", b"\xff", b"\xc3", b"xmlns=''", b"xmlns:cbc='urn:x'", b"<cbc:ID>7</cbc:ID>",
    b"<!DOCTYPE x>", b'"', b"'", b"\r\n", b"-", b"9" * 40, b"1900-01-01",
    b"<cbc:EmbeddedDocumentBinaryObject>", b"</cbc:EmbeddedDocumentBinaryObject>",
)  # fmt: skip
"""What hurts parsers; the tests sprinkle with it too."""


def mutate(data: bytes, draw: random.Random, others: list[bytes]) -> bytes:
    """One to five cuts, doublings, swaps and sprinkles."""
    changed = bytearray(data)
    for _ in range(draw.randint(1, 5)):
        at, size = draw.randrange(len(changed) + 1), draw.randint(0, 60)
        what = draw.randrange(6)
        if what == 0:
            del changed[at : at + size]
        elif what == 1:
            changed[at:at] = changed[at : at + size]
        elif what == 2:
            changed[at : at + size] = draw.randbytes(draw.randint(0, 8))
        elif what == 3:
            other = draw.choice(others)
            start = draw.randrange(len(other))
            changed[at:at] = other[start : start + size]
        elif what == 4:
            changed[at:at] = draw.choice(HURTS)
        elif changed:
            changed[at % len(changed)] ^= 1 << draw.randrange(8)
    return bytes(changed)


def outcome(data: bytes, lanes: bool) -> Invoice | str:
    """A record, or the problem, by both lanes as they are used or by lxml alone."""
    try:
        clean, mended = prepare(data)
        raw = (fast(clean) or slow(clean)) if lanes else slow(clean)
        return meaning(raw, "", mended)
    except BakenError as e:
        return e.problem


def fault(data: bytes, told: Counter[str]) -> str:
    """What is wrong with the answers to one file, or ``""``."""
    try:
        quick, sure = outcome(data, True), outcome(data, False)
    except Exception:  # any other error is what is looked for
        return traceback.format_exc()
    told["read" if isinstance(sure, Invoice) else sure.split(":")[0].split("'")[0].strip()] += 1
    if quick == sure:
        return ""
    if isinstance(sure, str) and sure.startswith("the XML is broken"):
        told["(broken, but the fast lane could match its elements)"] += 1
        return ""
    return f"the lanes differ:\n{quick}\n{sure}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    files = [d.read() for d in documents(given.paths) if isinstance(d, Item)]
    if not files:
        print("no XML in these paths")
        return 2
    draw = random.Random(given.seed)
    told: Counter[str] = Counter()
    for data in files:
        for at in range(given.rounds + 1):
            tried = mutate(data, draw, files) if at else data
            if found := fault(tried, told):
                Path("fuzz-failed.xml").write_bytes(tried)
                print(found)
                return 1
    for why, many in told.most_common():
        print(f"{many:>8}  {why}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
