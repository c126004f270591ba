"""The law's input as a file for the command, to go on later or to hand to an adviser."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import yaml

from baken.kernel.questions import OPEN
from baken.law.steps import plain
from baken.web.reckon.filled import Filled
from baken.web.reckon.say.common import slot_label


def as_yaml(filled: Filled, lang: str) -> str:
    """The input as the command reads it.

    What the owner did not know stands in it by name (``open_answers``): the command does not take
    it for none, and asks for it.
    """

    def simple(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: simple(v) for k, v in value.items()}
        if isinstance(value, list):
            return [simple(v) for v in value]
        return plain(value) if isinstance(value, Decimal) else value

    lacking = list(dict.fromkeys(slot_label(slot, lang) for slot in filled.lacking))
    whole = ({OPEN: lacking} if lacking else {}) | filled.input
    return yaml.dump(simple(whole), Dumper=_Whole, allow_unicode=True, sort_keys=False)


class _Whole(yaml.SafeDumper):
    """Writes what stands twice twice: the reader takes no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
