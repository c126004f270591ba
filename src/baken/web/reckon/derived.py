"""Conditions on what follows from answers: ``@rings`` is whether a meeting must be called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from baken.kernel.errors import BakenError
from baken.law.alarm_bell import alarm_bell, read_bell

Given = Mapping[str, tuple[str, ...]]
BEFORE = {"bv": ("threatens", "payable"), "cv": ("threatens", "payable"),
          "nv": ("capital", "loss")}  # fmt: skip
"""The questions that come last before it can be told."""
TRUTH = {"yes": True, "no": False}


def _rings(answers: Given, as_of: date) -> str:
    """``yes`` or ``no`` as the law room has it; empty while it can't be told."""
    said = {name: value[0] for name, value in answers.items() if value and value[0]}
    form = said.get("legal_form", "")
    if not set(BEFORE.get(form, ())) <= answers.keys() or form not in BEFORE:
        return "" if not answers.get("legal_form") else "no" if form not in BEFORE else ""
    raw: dict[str, Any] = {"as_of": as_of, "legal_form": form}
    if {"assets", "debts"} <= said.keys():
        names = {"assets": "total_assets", "debts": "debts", "provisions": "provisions",
                 "formation": "formation_costs", "rnd": "rnd_costs"}  # fmt: skip
        raw["balance"] = {to: Decimal(said[of]) for of, to in names.items() if of in said}
    elif "equity" in said:
        raw["net_assets"] = Decimal(said["equity"])
    if "capital" in said:
        raw["capital"] = Decimal(said["capital"])
    for name, to in (("loss", "caused_by_loss"), ("threatens", "threatens_negative"),
                     ("payable", "debts_payable_12_months")):  # fmt: skip
        raw[to] = TRUTH.get(said.get(name, ""))
    try:
        convene = alarm_bell(read_bell(raw)).convene
    except BakenError:
        return ""
    return {True: "yes", False: "no", None: ""}[convene]


DERIVED: Mapping[str, Callable[[Given, date], str]] = {"@rings": _rings}
