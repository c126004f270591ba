"""How quick the rules are, beside OpenFisca-core and DuckDB on the same firms and rules.

    .venv/bin/python bench/rules_bench.py --peer-python .venv-bench/bin/python
    .venv/bin/python bench/rules_bench.py --firms 100000 --rounds 3     # a quick look

``--peer-python`` (or BAKEN_BENCH_PYTHON) is the Python of an environment that holds
requirements-bench.in; without it the OpenFisca rows are left out. ``--catalogue`` takes the
rules of the product's own instruments instead of the made ones. Verdicts of all engines are
compared, firm by firm, before anything is timed. Every row is a median of ``--rounds`` with its
spread; the ratios at the end are of medians. Exit code 1 when verdicts differ.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import numpy as np
from duckdb_rules import duckdb_queries, fill_duckdb
from openfisca_rules import Peer
from rules_world import AS_OF, VOCABULARY, Instruments, Raw, made_instruments, raw_population

from baken.rules import RuleSet, Vocabulary, compile_closure, normalise, trace
from baken.rules.ast import Compare, Literal
from baken.rules.atoms import NumberAtom
from baken.rules.bitmaps import Population, Verdicts
from baken.rules.encode import encode

UNKNOWN = 0.1
PEER = Path(__file__).with_name("openfisca_peer.py")


def rounds_of(what: Callable[[], object], rounds: int, before: Callable[[], object]) -> list[float]:
    """Seconds of each round; ``before`` runs outside the clock."""
    times = []
    for _ in range(rounds):
        before()
        start = time.perf_counter()
        what()
        times.append(time.perf_counter() - start)
    return times


def row(name: str, times: list[float], per: int = 1) -> float:
    """Print one measurement and return its median, in seconds per ``per``."""
    middle = statistics.median(times) / per
    unit, factor = ("us", 1e6) if middle < 1e-3 else ("ms", 1e3) if middle < 1 else ("s", 1.0)
    low, high = min(times) / per * factor, max(times) / per * factor
    print(f"  {name:<58} {middle * factor:9.2f} {unit}   ({low:.2f} to {high:.2f})")
    return middle


def peak_mb() -> float:
    """The largest memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def catalogue() -> tuple[Instruments, Vocabulary]:
    """The instruments of the catalogue that have rules, and the vocabulary of facts."""
    from baken.landscape.catalogue import load_catalogue
    from baken.landscape.types import rule_types

    rules = load_catalogue().rules
    found = [(k, list(r.values())) for (kind, k), r in rules.items() if kind == "instrument" and r]
    if not found:
        raise SystemExit("no instrument of the catalogue has a rule")
    return found, rule_types()


def ask_peer(python: str, program: Path, data: Path, rounds: int, style: str) -> dict:
    """Run OpenFisca in its own environment; its times, and its verdicts under ``verdicts``."""
    out = data.with_suffix(f".{style}.out.npz")
    done = subprocess.run(
        [python, str(PEER), str(program), str(data), str(out), str(rounds), style],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"the peer failed:\n{done.stderr[-3000:]}")
    with np.load(out) as stored:
        verdicts = [stored[name] for name in stored.files]
    return {**json.loads(done.stdout.splitlines()[-1]), "verdicts": verdicts}


def check_same(name: str, instruments: Instruments, ours: list[Verdicts], theirs: list) -> None:
    """Stop when an instrument has another verdict for any firm."""
    for (key, _), mine, other in zip(instruments, ours, theirs, strict=True):
        wrong = np.flatnonzero(mine.codes() != other)
        if len(wrong):
            raise SystemExit(f"{name}: {key} differs for {len(wrong)} firms, first {wrong[0]}")
    print(f"  verdicts of {name}: the same for all firms and instruments")


def one_firm(
    instruments: Instruments, vocabulary: Vocabulary, python: str | None, rounds: int
) -> None:
    """One firm at a time against all instruments, with trace."""
    print(f"\nOne firm x {len(instruments)} instruments, another firm every time")
    raw = raw_population(instruments, vocabulary, 200, UNKNOWN)
    firms = [raw.firm(n) for n in range(raw.size)]
    origins = dict.fromkeys(raw.values, "asked")
    rules = RuleSet(dict(instruments))
    exprs = [expr for _, listed in instruments for expr in listed]
    judges = [compile_closure(expr) for expr in exprs]
    print(f"  {len(exprs)} conditions, {len(rules.atoms)} distinct atoms")

    def with_traces() -> None:
        for firm in firms:
            judged = rules.judge(firm, origins)
            for key, _ in instruments:
                judged.traces(key)

    def nothing() -> None: ...

    def judge_all() -> None:
        for firm in firms:
            rules.judge(firm, origins)

    def closures() -> None:
        for firm in firms:
            for judge in judges:
                judge(firm)

    def traced() -> None:
        for firm in firms:
            for expr in exprs:
                trace(expr, firm, origins)

    many = len(firms)
    lazy = row("RuleSet: verdicts, traces held", rounds_of(judge_all, rounds, nothing), many)
    full = row("RuleSet: verdicts, all traces read", rounds_of(with_traces, rounds, nothing), many)
    row("one closure per condition, no trace", rounds_of(closures, rounds, nothing), many)
    row("one trace per condition", rounds_of(traced, rounds, nothing), many)
    if python is None:
        return
    best = []
    first = Raw({name: values[:1] for name, values in raw.values.items()}, 1)
    for style in ("inline", "shared"):
        found = peer_on(instruments, vocabulary, first, python, 40, style)
        codes = {"fits": 1, "open": 0, "excluded": -1}
        mine = rules.judge(firms[0]).verdicts
        if [int(v[0]) for v in found["verdicts"]] != [codes[mine[k]] for k, _ in instruments]:
            raise SystemExit("OpenFisca: another verdict for one firm")
        best.append(row(f"OpenFisca, {style}: calculate only", found["calculating"][1:]))
        row(f"OpenFisca, {style}: with its inputs set", found["whole"][1:])
    print(f"  ratio, traces held: {min(best) / lazy:.0f}; traces read: {min(best) / full:.0f}")


def peer_on(
    instruments: Instruments, vocabulary: Vocabulary, raw: Raw, python: str, rounds: int, style: str
) -> dict:
    """Translate, write, run the peer."""
    peer = Peer(vocabulary)
    program = peer.write(instruments)
    with tempfile.TemporaryDirectory() as folder:
        path, data = Path(folder, "program.json"), Path(folder, "data.npz")
        path.write_text(json.dumps(program))
        np.savez(data, **peer.data(raw))
        return ask_peer(python, path, data, rounds, style)


def many_firms(
    instruments: Instruments, vocabulary: Vocabulary, size: int, python: str | None, rounds: int
) -> None:
    """A population against all instruments."""
    print(f"\n{size:,} firms x {len(instruments)} instruments, {UNKNOWN:.0%} of values unknown")
    raw = raw_population(instruments, vocabulary, size, UNKNOWN)
    before = peak_mb()
    print(f"  memory with the firms as Python values: {before:.0f} MB")
    start = time.perf_counter()
    columns = {name: encode(values, vocabulary[name]) for name, values in raw.values.items()}
    row("encoding, from Python values", [time.perf_counter() - start])
    firms = Population(columns, size, AS_OF)

    def run() -> list[Verdicts]:
        found = [firms.judge(exprs) for _, exprs in instruments]
        for verdicts in found:
            verdicts.counts()
        return found

    ours = run()
    most = peak_mb()
    print(f"  memory at most until here: {most:.0f} MB, {most - before:.0f} of it Baken's own")
    db = fill_duckdb(raw, vocabulary)
    counted, each = duckdb_queries(instruments)
    found = db.execute(each).fetchnumpy()
    check_same("DuckDB", instruments, ours, list(found.values()))
    del found
    peers = {}
    if python is not None:
        for style in ("inline", "shared"):
            peers[style] = peer_on(instruments, vocabulary, raw, python, max(2, rounds // 2), style)
            check_same(f"OpenFisca, {style}", instruments, ours, peers[style].pop("verdicts"))
    full = row("Baken: nothing kept", rounds_of(run, rounds, firms.forget))
    what_if = row("Baken: one condition changed", one_changed(firms, instruments, rounds))
    theirs = [
        row("DuckDB: counts", rounds_of(lambda: db.execute(counted).fetchall(), rounds, lambda: 0))
    ]
    for style, times in peers.items():
        theirs.append(row(f"OpenFisca, {style}: calculate only", times["calculating"]))
    print(f"  ratio to the faster peer: {min(theirs) / full:.1f}")
    print(f"  ratio of a full run to a what-if: {full / what_if:.0f}")


def one_changed(firms: Population, instruments: Instruments, rounds: int) -> list[float]:
    """Give one instrument another bound, a new one each round, and judge it again."""
    for _, exprs in instruments:
        firms.judge(exprs)
    numeric = [
        (exprs, n, atom.terms[0][1])
        for _, exprs in instruments
        for n, expr in enumerate(exprs)
        for atom in [normalise(expr)]
        if isinstance(atom, NumberAtom) and atom.single
    ]
    times = []
    for n in range(rounds):
        exprs, at, fact = numeric[n % len(numeric)]
        changed = Compare("<", fact, Literal(1_000_037 + n))
        start = time.perf_counter()
        firms.judge([*exprs[:at], changed, *exprs[at + 1 :]]).counts()
        times.append(time.perf_counter() - start)
    return times


def main() -> None:
    """Read the options and run both halves."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--firms", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--peer-python", default=os.environ.get("BAKEN_BENCH_PYTHON"))
    options.add_argument("--catalogue", action="store_true")
    chosen = options.parse_args()
    instruments, vocabulary = catalogue() if chosen.catalogue else (made_instruments(), VOCABULARY)
    print(f"{platform.platform()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print(", ".join(f"{name} {version(name)}" for name in ("numpy", "duckdb", "sqlglot")))
    if chosen.peer_python is None:
        print("no --peer-python: OpenFisca is left out")
    one_firm(instruments, vocabulary, chosen.peer_python, chosen.rounds)
    many_firms(instruments, vocabulary, chosen.firms, chosen.peer_python, chosen.rounds)


if __name__ == "__main__":
    main()
