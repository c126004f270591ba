"""``baken facts``: the vocabulary."""

from __future__ import annotations

from typing import Annotated

import typer

from baken.cli.output import die, known_lang, print_json
from baken.kernel.errors import BakenError


def facts(
    lang: Annotated[str, typer.Option(help="nl, en or fr.")] = "nl",
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """List the facts that rules and questions speak of.

    Example: baken facts --json
    """
    from baken.facts.vocabulary import dump

    try:
        known_lang(lang)
    except BakenError as e:
        die(e, as_json)
    rows = dump()
    if as_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['id']:<32}{row['type']:<8}{row['scope']:<14}{row['label'][lang]}")
