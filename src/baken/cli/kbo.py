"""``baken registers kbo``: company numbers, and the extract of the KBO that is taken in."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from baken.cli.output import die, known_lang, print_json
from baken.kernel.errors import BakenError

DEFAULT = Path("var/kbo.sqlite")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Lang = Annotated[str, typer.Option(help="nl, en or fr.")]
File = Annotated[
    Path | None,
    typer.Option("--from", help="The extract; BAKEN_KBO or var/kbo.sqlite if not given."),
]


class NumberOrCommand(TyperGroup):
    """A group whose first word may also be a company number, which is then checked."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        names = {*self.commands, "--help", "-h"}
        if args and not names & set(args[:1]):
            args = ["check", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=NumberOrCommand,
    help="Company numbers. `baken registers kbo NUMBER` checks one; an extract of the KBO, once "
    "imported, says what is behind it.",
    no_args_is_help=True,
)


def extract_file(given: Path | None = None) -> Path | None:
    """What is given, ``BAKEN_KBO``, or ``var/kbo.sqlite`` where it is there."""
    if given is not None:
        return given
    named = os.environ.get("BAKEN_KBO")
    if named:
        return Path(named)
    return DEFAULT if DEFAULT.is_file() else None


def _file(given: Path | None) -> Path:
    return extract_file(given) or DEFAULT


@app.command("check")
def check(
    number: Annotated[str, typer.Argument(help="A company number.")], as_json: Json = False
) -> None:
    """Check a company number (modulo 97) and write it in its normal form; no extract is needed.

    Example: baken registers kbo check 0200065765
    """
    from baken.registers import kbo as register

    try:
        normal = register.enterprise(number)
    except BakenError as e:
        die(e, as_json)
    if as_json:
        print_json({"number": normal})
    else:
        typer.echo(normal)


@app.command("import")
def take(
    path: Annotated[Path, typer.Argument(help="The zip of the KBO, or a folder of its files.")],
    into: Annotated[
        Path | None,
        typer.Option(help="Where it is kept; BAKEN_KBO or var/kbo.sqlite if not given."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Also when its number does not follow.")
    ] = False,
    incomplete: Annotated[
        bool,
        typer.Option("--incomplete", help="Also when it holds far less, or lacks enterprises."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Take in a full extract or a daily update; who reads sees the old or the new one.

    A full import that was stopped goes on where it stood.

    Example: baken registers kbo import KboOpenData_0140_2026_11_02_Full.zip
    """
    from baken.registers.kbo_extract.take import take as run

    def progress(text: str) -> None:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    target = into or Path(os.environ.get("BAKEN_KBO") or DEFAULT)
    try:
        done = run(path, target, force=force, incomplete=incomplete, progress=progress)
    except BakenError as e:
        die(e, as_json)
    except OSError as e:
        die(BakenError(str(e.filename or target), f"can't be written: {e.strerror}"), as_json)
    if as_json:
        print_json(done.as_json())
        return
    verb = "was there already" if done.already else "taken in"
    typer.echo(f"{done.kind} {done.number} of {done.snapshot}: {verb}")
    typer.echo(
        f"{done.enterprises:,} enterprises, {done.establishments:,} establishments: {target}"
    )
    for name, aside in done.aside.items():
        if aside.count:
            typer.echo(f"{name}.csv: {aside.count:,} lines set aside: {'; '.join(aside.first)}")
        elif aside.first:
            typer.echo(f"{name}.csv: {'; '.join(aside.first)}")


@app.command()
def show(
    number: Annotated[str, typer.Argument(help="Of an enterprise or an establishment.")],
    file: File = None,
    lang: Lang = "nl",
    as_json: Json = False,
) -> None:
    """What the KBO says of a firm: status, form, place, activities, and what to know of them.

    Example: baken registers kbo show 0200.065.765
    """
    from baken.registers.kbo_extract.firm import known

    try:
        found = known(_file(file), number, known_lang(lang), "number")
    except BakenError as e:
        die(e, as_json)
    if as_json:
        print_json(found.as_json())
        return
    typer.echo(f"{found.number}  {found.name}")
    for name in found.other_names[:5]:
        typer.echo(f"  = {name}")
    typer.echo("  " + ", ".join(x for x in (found.legal_form, found.start, found.situation) if x))
    typer.echo("  " + ", ".join(dict.fromkeys(x for x in (found.seat, *found.places[:10]) if x)))
    typer.echo(f"  establishments: {found.establishments}")
    for a in found.activities:
        typer.echo(f"  {a.code} ({a.version}) {a.label}: {a.why}")
    typer.echo("  facts: " + json.dumps(found.facts, ensure_ascii=False))
    for note in found.notes:
        typer.echo(f"! {note}")
    typer.echo(f"({found.source})")


@app.command()
def find(
    name: Annotated[str, typer.Argument(help="A name, or part of one.")],
    place: Annotated[
        str | None, typer.Option(help="A municipality or postal code to keep to.")
    ] = None,
    file: File = None,
    lang: Lang = "nl",
    as_json: Json = False,
) -> None:
    """Find firms by name and place; typing errors, accents and legal forms do not matter.

    Example: baken registers kbo find "bakkerij peeters" --place Gent
    """
    from baken.registers.kbo_extract.search import find as run

    try:
        found = run(_file(file), name, place, known_lang(lang))
    except BakenError as e:
        die(e, as_json)
    if as_json:
        print_json(found.as_json())
        return
    for hit in found.hits:
        also = f" ({hit.matched})" if hit.matched else ""
        ended = {True: "", False: "  [stopped]", None: "  [status unknown]"}[hit.active]
        typer.echo(f"{hit.number}  {hit.name}{also}, {hit.postal_code} {hit.municipality}{ended}")
    if not found.hits:
        typer.echo("nothing found; another spelling, fewer words, or without --place?")
    if found.more or found.at_least:
        least = "at least " if found.at_least else ""
        typer.echo(f"... and {least}{found.more:,} more; add a word or --place")


@app.command()
def status(file: File = None, as_json: Json = False) -> None:
    """Which extract is there, of what day, and what was set aside.

    Example: baken registers kbo status
    """
    from baken.registers.kbo_extract.look import told

    path = _file(file)
    try:
        says = told(path)
    except BakenError as e:
        die(e, as_json)
    out = {
        "file": str(path),
        "bytes": path.stat().st_size,
        "snapshot": says["snapshot"],
        "number": int(says["number"]),
        "kind": says["kind"],
        "full": says.get("full"),
        "enterprises": int(says["count enterprise"]),
        "establishments": int(says["count establishment"]),
        "aside": json.loads(says["aside"]),
    }
    if as_json:
        print_json(out)
        return
    for key, value in out.items():
        typer.echo(
            f"{key}: {value:,}" if isinstance(value, int) and key != "number" else f"{key}: {value}"
        )


@app.command()
def make(
    folder: Annotated[Path, typer.Argument(help="Where to write the files.")],
    enterprises: Annotated[int, typer.Option(help="How many.", min=1, max=3_000_000)] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 1,
    update: Annotated[
        bool, typer.Option("--update", help="The daily update after that extract.")
    ] = False,
    nth: Annotated[int, typer.Option(help="The second, third ... update.", min=1)] = 1,
    zipped: Annotated[
        bool, typer.Option("--zip", help="Also as one zip, extract.zip, beside the files.")
    ] = False,
    fault: Annotated[
        str | None, typer.Option(help="Plant a fault, such as column, bomb, encoding, cut-zip.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Write an invented extract in the format of the KBO, with the dirt of the real one.

    Example: baken registers kbo make invented --enterprises 5000 --seed 1
    """
    from baken.registers.kbo_extract import faults
    from baken.registers.kbo_extract import make as maker

    try:
        if fault is not None and fault not in faults.FAULTS:
            raise BakenError("--fault", f"no fault '{fault}'", ", ".join(faults.FAULTS))
        if fault is not None and update:
            raise BakenError("--fault", "is planted in a full extract", "no --update")
        if update:
            maker.update(folder, enterprises, seed, nth)
        else:
            maker.full(folder, enterprises, seed, lambda t: sys.stderr.write(t + "\n"))  # type: ignore[arg-type]
        if fault is not None:
            faults.FAULTS[fault](folder)
        if zipped and fault not in faults.ZIPPED:
            maker.zipped(folder, folder / "extract.zip")
    except BakenError as e:
        die(e, as_json)
    except OSError as e:
        die(BakenError(str(e.filename or folder), f"can't be written: {e.strerror}"), as_json)
    files = sorted(p.name for p in folder.iterdir() if p.is_file())
    if as_json:
        print_json({"folder": str(folder), "files": files})
    else:
        typer.echo(f"{folder}: {', '.join(files)}")
