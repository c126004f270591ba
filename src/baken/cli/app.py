"""The command ``baken``: every command has help, an example and ``--json``.

Exit codes: 0 done, 1 found something wrong, 2 bad input.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

# Threads of numpy wait for one another: reading the sentences of the catalogue takes several times
# as long with them. It must be said before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from baken import __version__
from baken.cli import facts, landscape, law, licences, match, registers, scan, stories, watch
from baken.cli.output import die
from baken.kernel.errors import BakenError

app = typer.Typer(
    name="baken",
    help="Baken brings small firms and innovation support together.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Baken brings small firms and innovation support together."""
    if version:
        typer.echo(f"baken {__version__}")
        raise typer.Exit


app.command("match")(match.match)
app.command("schema")(match.schema)
app.command("warm")(match.warm)
app.command("watch")(watch.watch)
app.command("facts")(facts.facts)
app.command("licences")(licences.licences)
app.add_typer(registers.app, name="registers")
app.add_typer(landscape.app, name="landscape")
app.add_typer(stories.app, name="stories")
app.add_typer(law.app, name="law")
app.add_typer(scan.app, name="scan")


def main() -> None:
    """Run the command; bad input ends with its error and exit code 2, never a traceback."""
    try:
        app()
    except BakenError as e:
        die(e)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
