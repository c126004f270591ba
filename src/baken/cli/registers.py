"""``baken registers nace|place|kbo|accounts|nbb``: what registers know, and what accounts say."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from baken.cli import kbo, nbb
from baken.cli.output import die, print_json
from baken.cli.show import show_accounts
from baken.kernel.errors import BakenError

app = typer.Typer(help="NACE codes, places, company numbers, accounts.", no_args_is_help=True)

app.add_typer(kbo.app, name="kbo")
app.command("nbb")(nbb.nbb)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def nace(
    text: Annotated[str, typer.Argument(help="A code (10.71) or words (bakker).")],
    as_json: Json = False,
) -> None:
    """Find NACE-BEL codes of 2008 and 2025 by code or by words.

    Example: baken registers nace bakker
    """
    from baken.registers import nace as register
    from baken.registers.words import search_nace

    try:
        if not text.strip() or len(text) > 200:
            problem = "the text is too long" if text.strip() else "nothing was given"
            raise BakenError("TEXT", problem, "a code, such as 10.71, or a few words")
        if text.replace(".", "").isdigit():
            rows: list[dict[str, Any]] = [
                {"version": c.version, "code": c.dotted, "label": c.label("nl")}
                for c in register.lookup(text)
            ]
        else:
            rows = [
                {
                    "codes_2025": sorted(h.codes_2025),
                    "codes_2008": sorted(h.codes_2008),
                    "label": h.label,
                    "confidence": h.confidence,
                }
                for h in search_nace(text)
            ]
    except BakenError as e:
        die(e, as_json)
    if as_json:
        print_json(rows)
        return
    if not rows:
        typer.echo(f"No activity of the nomenclature is near '{text}'. Try other words.", err=True)
    for row in rows:
        typer.echo("  ".join(" ".join(v) if isinstance(v, list) else str(v) for v in row.values()))


@app.command()
def place(
    text: Annotated[str, typer.Argument(help="A municipality, NIS code or postal code.")],
    as_json: Json = False,
) -> None:
    """Find a municipality with its province and region; former names lead to today's.

    Example: baken registers place 9000
    """
    from baken.registers import place_search

    try:
        found = place_search.find(text)
    except BakenError as e:
        die(e, as_json)
    rows = [
        {"nis": p.nis, "name": p.name, "province": p.province, "region": p.region}
        for p in (found if isinstance(found, list) else [found])
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo("  ".join(str(v) for v in row.values() if v))


@app.command()
def accounts(
    file: Annotated[Path, typer.Argument(help="Accounts of the National Bank, JSON or CSV.")],
    end: Annotated[
        str | None, typer.Option(help="The year's last day, where the file does not tell it.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Read annual accounts of the National Bank (JSON, CSV), check their sums, show the figures.

    Example: baken registers accounts accounts.json
    """
    from baken.registers.filing import read_accounts

    try:
        found = read_accounts(file, end_option(end)).as_json()
    except BakenError as e:
        die(e, as_json)
    if as_json:
        print_json(found)
        return
    show_accounts(found)


def end_option(text: str | None) -> date | None:
    """The last day of a year as it was typed."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise BakenError("--end", f"'{text}' is no date", "YYYY-MM-DD") from None
