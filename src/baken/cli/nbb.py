"""``baken registers nbb``: annual accounts from the web service of the National Bank."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Annotated

import typer

from baken.cli.output import die, print_json, today
from baken.cli.show import show_accounts
from baken.kernel.cache import cache_dir
from baken.kernel.errors import BakenError
from baken.kernel.fetch import fetch
from baken.registers.accounts import accounts_of
from baken.registers.nbb import Service, as_file, service_of


def nbb(
    number: Annotated[str, typer.Argument(help="An enterprise number.")],
    years: Annotated[int, typer.Option(min=1, max=5, help="How many filings.")] = 1,
    save: Annotated[
        Path | None, typer.Option(help="Write the newest here, for `baken match --accounts`.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Fetch annual accounts from the National Bank; needs BAKEN_NBB_KEY.

    Example: baken registers nbb 0403.170.701 --save accounts.json
    """
    try:
        filings = service().filings(number, years)
        found = [accounts_of(filing, where=filing["EnterpriseNumber"]) for filing in filings]
        if save is not None and filings:
            save.write_text(as_file(filings[0]), encoding="utf-8")
    except BakenError as e:
        die(e, as_json)
    except OSError as e:
        die(BakenError(str(save), f"can't be written: {e.strerror}", "a file"), as_json)
    if as_json:
        print_json([accounts.as_json() for accounts in found])
        return
    if not found:
        typer.echo("No accounts were filed as JSON (that is so since April 2022).")
    for accounts in found:
        show_accounts(accounts.as_json())


def service() -> Service:
    """The service as the environment tells it.

    Raises:
        BakenError: without a key, or when the bound is no number.
    """
    return service_of(os.environ, cache_dir(), today, fetch, time.sleep)
