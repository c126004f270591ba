"""The law's input as a file for the command, to go on later or to hand to an adviser."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import yaml

from baken.law.steps import plain
from baken.web.reckon.filled import Filled


def as_yaml(filled: Filled) -> str:
    """The input as the command reads it."""

    def simple(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: simple(v) for k, v in value.items()}
        if isinstance(value, list):
            return [simple(v) for v in value]
        return plain(value) if isinstance(value, Decimal) else value

    return yaml.dump(simple(filled.input), Dumper=_Whole, allow_unicode=True, sort_keys=False)


class _Whole(yaml.SafeDumper):
    """Writes what stands twice twice: the reader takes no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
