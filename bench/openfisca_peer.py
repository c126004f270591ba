"""The peer: runs under an environment with OpenFisca-core, apart from ours.

    PYTHON openfisca_peer.py PROGRAM.json DATA.npz OUT.npz ROUNDS STYLE

``STYLE`` is ``inline`` (an instrument computes its conditions itself) or ``shared`` (each
distinct condition is a variable of its own, which OpenFisca keeps). Prints JSON: the times of
each round in seconds; writes the verdicts per instrument.
"""

from __future__ import annotations

import json
import re
import sys
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD = "2026-11"
TYPES = {"float": float, "int": int, "bool": bool}


def build(program: dict, style: str):
    firm = build_entity(key="firm", plural="firms", label="firm", is_person=True)
    system = TaxBenefitSystem([firm])

    def variable(name, kind, formula=None):
        body = {
            "value_type": TYPES[kind],
            "entity": firm,
            "label": name,
            "definition_period": DateUnit.MONTH,
        }
        if formula is not None:
            body["formula"] = formula
        system.add_variable(type(name, (Variable,), body))

    for name, kind in program["inputs"].items():
        variable(name, kind)
    atoms = {a["name"]: a for a in program["atoms"]}
    if style == "shared":
        for atom in program["atoms"]:
            for side in ("true", "possible"):
                variable(f"{atom['name']}_{side}", "bool", written(atom[side], []))
    for n, rule in enumerate(program["instruments"]):
        lines = []
        text = f"({rule['fits']}), ({rule['possible']})"
        if style == "inline":
            lines = [
                f"{a}_{side} = {atoms[a][side]}"
                for a in rule["atoms"]
                for side in ("true", "possible")
            ]
        else:
            text = re.sub(r"\b(a\d+_(?:true|possible))\b", r"v_\1", text)
        variable(f"instrument_{n}", "int", written(text, lines, verdict=True))
    return system


def written(text: str, lines: list, verdict: bool = False):
    """A formula as a person would write it: fetch what is used, then compute."""
    used = sorted(set(re.findall(r"\bv_(\w+)", " ".join([text, *lines]))))
    body = [f"v_{name} = firm('{name}', period)" for name in used] + lines
    if verdict:
        body += [f"fits, possible = {text}", "return fits.astype(np.int32) - ~possible"]
    else:
        body.append(f"return {text}")
    scope = {"np": np}
    exec("def formula(firm, period):\n    " + "\n    ".join(body), scope)
    return scope["formula"]


def main() -> None:
    program_path, data_path, out_path, rounds, style = sys.argv[1:]
    program = json.loads(Path(program_path).read_text())
    system = build(program, style)
    with np.load(data_path) as stored:
        data = {name: stored[name] for name in stored.files}
    size = len(next(iter(data.values())))
    names = [f"instrument_{n}" for n in range(len(program["instruments"]))]

    def prepared():
        simulation = SimulationBuilder().build_default_simulation(system, size)
        for name, array in data.items():
            simulation.set_input(name, PERIOD, array)
        return simulation

    calculating, whole = [], []
    for _ in range(int(rounds)):
        start = time.perf_counter()
        simulation = prepared()
        middle = time.perf_counter()
        answers = [simulation.calculate(name, PERIOD) for name in names]
        end = time.perf_counter()
        calculating.append(end - middle)
        whole.append(end - start)
    np.savez(out_path, *[a.astype(np.int8) for a in answers])
    print(
        json.dumps(
            {
                "calculating": calculating,
                "whole": whole,
                "openfisca": version("OpenFisca-Core"),
                "numpy": np.__version__,
            }
        )
    )


if __name__ == "__main__":
    main()
