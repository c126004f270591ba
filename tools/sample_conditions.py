"""Draw conditions at random for a reader who did not write them to hold beside their sources.

    .venv/bin/python tools/sample_conditions.py [--seed 7] [--count 40]

The same seed and catalogue give the same conditions. What the reader answers for each is `yes`,
`no` or `unsure`; the share that holds stands in docs/landscape.md.
"""

from __future__ import annotations

import argparse
import random

import yaml

from baken.landscape.catalogue import load_catalogue


def main() -> None:
    """Print the conditions as YAML."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--count", type=int, default=40)
    args = parser.parse_args()
    every = [(r, c) for r in load_catalogue() if r.type == "instrument" for c in r.conditions]
    drawn = random.Random(args.seed).sample(every, args.count)
    rows = []
    for record, c in sorted(drawn, key=lambda pair: (pair[0].id, pair[1].id)):
        source = next(s for s in record.sources if s.n == c.source)
        rows.append(
            {
                "record": record.id,
                "condition": c.id,
                "says": c.says.nl,
                "rests_on": c.rests_on,
                "form": "rule" if c.rule else "judged" if c.judged else "text",
                "words": c.rule or c.judged or c.text,
                "valid": f"{c.valid_from or ''}..{c.valid_to or ''}",
                "source": source.url,
                "dated": source.date,
            }
        )
    print(yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=100), end="")


if __name__ == "__main__":
    main()
