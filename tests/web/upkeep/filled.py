"""A site with something in it, for tests of back-ups; one process each, as an operator works.

    python -m tests.web.upkeep.filled fill            a referral and kept figures more
    python -m tests.web.upkeep.filled look            what is there
    python -m tests.web.upkeep.filled restore FILES   put each back; what is said to each

Prints JSON: ``rows``, ``figures`` and whether the links of all receivers ``open`` something; or
the refusals.
"""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import django


def main() -> None:
    """Make the tables, do it, print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baken.web.settings")
    from baken.web.place import keep_secret_key

    keep_secret_key()
    django.setup()
    from django.core.management import CommandError, call_command

    what, *files = sys.argv[1:]
    if what == "restore":
        said = []
        for file in files:
            try:
                call_command("restore", file, replace=True, stdout=io.StringIO())
                said.append("")
            except CommandError as e:
                said.append(str(e))
        print(json.dumps(said))
        return
    call_command("migrate", verbosity=0, interactive=False)
    if what == "fill":
        fill()
    print(json.dumps(there()))


def fill() -> None:
    """A referral with a link to it, and a deposit that its owner lets us keep."""
    from baken.refer.model import Who
    from baken.web.handover.links import link_for
    from baken.web.handover.models import Referral
    from baken.web.signalen import keep
    from tests.web.handover.made import MONDAY, sent

    referral = sent(f"form-{Referral.objects.count()}")
    link_for(referral, Who.RECEIVER, MONDAY.date())
    came = keep.incoming()
    (came / "omzet.csv").write_text("maand;omzet\n2026-01;1000\n", encoding="utf-8")
    keep.make(True, came)


def there() -> dict[str, Any]:
    """Rows, figures, and whether the key still makes the tokens that open."""
    from django.conf import settings
    from django.core.management import call_command

    from baken.refer.model import Who
    from baken.web.handover.links import find, token_of
    from baken.web.handover.models import Referral

    out = io.StringIO()
    call_command("dumpdata", "handover", "signalen", "owner", stdout=out)
    root = Path(settings.SIGNALS_ROOT)
    return {
        "rows": json.loads(out.getvalue()),
        "figures": {str(p.relative_to(root)): p.read_text() for p in root.rglob("*.csv")},
        "open": [find(token_of(r, Who.RECEIVER)) is not None for r in Referral.objects.all()],
    }


if __name__ == "__main__":
    main()
