"""``baken licences``: what Baken ships and runs on, with licences and attributions."""

from __future__ import annotations

from typing import Annotated

import typer

from baken.cli.output import print_json
from baken.kernel.licences import everything


def licences(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print the licence and attribution of all code, data and model weights.

    Example: baken licences
    """
    rows = everything()
    if as_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['kind']:<8}{row['name']:<44}{row['licence']}")
        if row.get("attribution"):
            typer.echo(f"        {row['attribution']}")
