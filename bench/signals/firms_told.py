"""What is told of many firms: false alarms, causes, dates, and chances stated beside observed."""

from __future__ import annotations

import numpy as np
from firms_world import LEARN, MONTHS, NO_FALL, PLAIN, YEARS
from scipy.stats import chi2

SALES = ("sales", "invoices", "average_invoice")
STATED = (0.015, 0.04, 0.08, 0.15, 0.25)


def quiet(found, rate: float) -> None:  # type: ignore[no-untyped-def]
    """False alarms a firm and year, with bounds."""
    years = YEARS * len(found)
    late = [[a for a in alarms if a[1] >= LEARN] for _, _, alarms in found]
    count = sum(map(len, late))
    upper = chi2.ppf(0.975, 2 * count + 2) / 2 / years
    hit = np.mean([len({a[1] // 12 for a in x}) for x in late]) / YEARS
    print(f"{len(found)} healthy firms, {years} firm-years after {LEARN} months, asked {rate}: "
          f"{count / years:.3f} false alarms a firm-year, at most {upper:.3f} (95 %, Poisson); "
          f"firms with one or more in a year {hit:.1%}")  # fmt: skip
    spread = np.std([len(x) for x in late]) / np.sqrt(len(late)) / YEARS
    print(f"  upper bound with alarms of a firm together: {count / years + 1.96 * spread:.3f}")
    early = sum(a[1] < LEARN for _, _, alarms in found for a in alarms)
    print(f"  in the months of learning: {early / 2 / len(found):.3f} a firm-year")
    for low, high in ((0, 0.17), (0.17, 0.33), (0.33, 0.5)):
        part = [x for (rho, _, _), x in zip(found, late, strict=True) if low <= rho < high]
        each = np.mean([len(x) for x in part]) / YEARS
        print(f"  autocorrelation {low:.2f} to {high:.2f}: {each:.3f}")
    names = [a[0] for x in late for a in x]
    print(
        "  by series:", ", ".join(f"{n} {names.count(n) / years:.3f}" for n in dict.fromkeys(names))
    )


def is_about(series: str) -> bool:
    """Whether an alarm on a series can tell the cause."""
    return series in (*SALES, "customers", *(PLAIN[s] for s in (*SALES, "customers"))) or (
        series.startswith("sales.")
    )


def causes(cause: str, found) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    """Of firms with a known cause: how many were seen, named right, dated within two months."""
    seen = named = dated = late = 0
    wrong: list[str | None] = []
    for _, since, alarms in found:
        until = since + 5 if cause in NO_FALL else MONTHS
        mine = [a for a in alarms if is_about(a[0]) and since <= a[1] <= until]
        if not mine:
            continue
        seen += 1
        told = [a[3] for a in sorted(mine, key=lambda a: a[1]) if a[3] is not None]
        first = min(mine, key=lambda a: a[1])
        right = bool(told) and told[0] == cause
        named += right
        if not right:
            wrong.append(told[0] if told else None)
        dated += abs(first[2] - since) <= 2
        late += first[1] - since
    count = len(found)
    told_ = {w: wrong.count(w) for w in set(wrong)}
    print(f"  {cause:16} seen {seen / count:.0%}, named right {named / count:.0%} of all, "
          f"{named / max(seen, 1):.0%} of those seen; date right {dated / count:.0%}, "
          f"{dated / max(seen, 1):.0%}; {late / max(seen, 1):.1f} months; else {told_}")  # fmt: skip
    return named / count, dated / count


def plot(observed: list[float], years: list[int], path: str) -> None:
    """Stated against observed."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "baken"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(4.5, 4.2))
    stated = 100 * np.array(STATED)
    error = [196 * np.sqrt(o * (1 - o) / y) for o, y in zip(observed, years, strict=True)]
    axes.fill_between([0, 30], [-3, 27], [3, 33], alpha=0.15, label="within 3 points")
    axes.plot([0, 30], [0, 30], color="grey", linewidth=0.8)
    axes.errorbar(stated, 100 * np.array(observed), error, fmt="o", capsize=3, label="observed")
    axes.set(xlabel="stated: healthy series of 100 that get such a message in a year",
             ylabel="observed", xlim=(0, 30), ylim=(0, 30))  # fmt: skip
    axes.xaxis.label.set_size(8)
    axes.legend(fontsize=8)
    axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
