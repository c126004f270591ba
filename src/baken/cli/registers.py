"""``baken registers nace|place|kbo``: what the registers know, by code and by words."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from baken.cli.output import die, print_json
from baken.kernel.errors import BakenError

app = typer.Typer(help="NACE codes, places, company numbers.", no_args_is_help=True)

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
def kbo(
    number: Annotated[str, typer.Argument(help="A company number.")], as_json: Json = False
) -> None:
    """Check a company number (modulo 97) and write it in its normal form.

    Example: baken registers kbo 0200065765
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
