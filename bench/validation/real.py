"""Judges Plumb, R and statsmodels on real data sets by exact arithmetic, and writes docs/validation.md; the exact values
go to FOLDER/exact.json, for RealSetTests.

Each fit that real.R made is solved again in fractions of whole numbers, from the same doubles; roots and p are taken
with 50 digits. The digits of a program are -log10 of its largest relative error; 17 is none.
usage: real.py FOLDER PLUMB-COMMAND... """
import json
import math
import pathlib
import subprocess
import sys
import warnings
from decimal import Decimal, getcontext
from fractions import Fraction

import numpy
import statsmodels.api

getcontext().prec = 50
warnings.simplefilter("ignore")


def solve(matrix, sides):
    """The solutions of A x = b, by elimination in fractions."""
    size = len(matrix)
    rows = [list(row) + [side[i] for side in sides] for i, row in enumerate(matrix)]
    for k in range(size):
        pivot = next(i for i in range(k, size) if rows[i][k] != 0)
        rows[k], rows[pivot] = rows[pivot], rows[k]
        for i in range(size):
            if i != k and rows[i][k] != 0:
                factor = rows[i][k] / rows[k][k]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k])]
    return [[rows[i][size + s] / rows[i][i] for i in range(size)] for s in range(len(sides))]


def decimal(value):
    return Decimal(value.numerator) / Decimal(value.denominator)


def exact(fit):
    """Coefficients, errors, HC3 errors, R-squared and F of all weights, to 50 digits."""
    x = [[Fraction(value) for value in row] for row in fit["x"]]
    y, w = ([Fraction(value) for value in fit[name]] for name in ("y", "w"))
    size, count = len(x[0]), len(y)
    gram = [[sum(w[k] * x[k][i] * x[k][j] for k in range(count)) for j in range(size)] for i in range(size)]
    right = [sum(w[k] * x[k][i] * y[k] for k in range(count)) for i in range(size)]
    units = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    solved = solve(gram, [right] + units)
    beta, inverse = solved[0], solved[1:]
    residuals = [y[k] - sum(b * v for b, v in zip(beta, x[k])) for k in range(count)]
    rss = sum(w[k] * residuals[k] ** 2 for k in range(count))
    variance = rss / (count - size)
    mean = sum(a * b for a, b in zip(w, y)) / sum(w)
    total = sum(w[k] * (y[k] - mean) ** 2 for k in range(count))
    inverses = [[decimal(value) for value in row] for row in inverse]
    hc3 = [Decimal(0)] * size
    for k in range(count):
        row = [decimal(value) for value in x[k]]
        moved = [sum(a * b for a, b in zip(line, row)) for line in inverses]
        leverage = decimal(w[k]) * sum(a * b for a, b in zip(moved, row))
        score = decimal(w[k] * residuals[k]) / (1 - leverage)
        hc3 = [sum_ + (score * value) ** 2 for sum_, value in zip(hc3, moved)]
    return {
        "coefficients": [decimal(value) for value in beta],
        "errors": [decimal(variance * inverse[i][i]).sqrt() for i in range(size)],
        "hc3": [value.sqrt() for value in hc3],
        "rSquared": [decimal(1 - rss / total)],
        "f": [decimal((total - rss) / (size - 1) / variance)],
    }


def digits(found, right):
    """-log10 of the largest relative error; None where nothing was found."""
    least = 17.0
    for own, true in zip(found, right):
        if own is None:
            continue
        error = abs(Decimal(own) - true) / abs(true) if true else abs(Decimal(own))
        least = min(least, 17.0 if error == 0 else -float(error.log10()))
    return least


def by_statsmodels(fit):
    x, y, w = (numpy.array(fit[name], dtype=float) for name in ("x", "y", "w"))
    model = statsmodels.api.WLS(y, x, weights=w).fit()
    return {"coefficients": model.params.tolist(), "errors": model.bse.tolist(),
        "hc3": model.HC3_se.tolist(), "rSquared": [float(model.rsquared)], "f": [float(model.fvalue)]}


def run(plumb, file, options, errors):
    found = subprocess.run([*plumb, "fit", str(file), *options, "--errors", errors, "--json"], capture_output=True,
        text=True, check=True)
    return json.loads(found.stdout)


def by_plumb(plumb, file, case):
    classical, robust = (run(plumb, file, case["options"], errors) for errors in ("classical", "hc3"))
    results = []
    for t, fit in enumerate(case["fits"]):
        def parameters(document):
            return [document["bias"][t], *document["weights"][t]]

        values = parameters(classical)
        # R leaves out the last of dependent columns; Plumb withholds all that depend on each other.
        def only(numbers):
            return [own if value is not None else None
                for own, value, kept in zip(numbers, values, fit["kept"]) if kept]

        results.append({"coefficients": only(values), "errors": only(parameters(classical["standardErrors"])),
            "hc3": only(parameters(robust["standardErrors"])), "rSquared": [classical["rSquared"][t]],
            "f": [classical["fStatistic"][t]], "aic": classical["statistics"]["aic"][t],
            "p": only(parameters(classical["pValues"]))})
    return results


FIGURES = ["coefficients", "errors", "hc3", "rSquared", "f"]


def main():
    folder, plumb = pathlib.Path(sys.argv[1]), sys.argv[2:]
    lines, worst, kept_values = [], {}, []
    for file in sorted(file for file in folder.glob("*.json") if file.stem != "exact"):
        case = json.loads(file.read_text(encoding="utf-8"))
        found = by_plumb(plumb, file.with_suffix(".csv"), case)
        least = {}
        for fit, own in zip(case["fits"], found):
            true = exact(fit)
            kept_values.append({"data": case["name"], "options": case["options"], "target": fit["target"],
                "kept": fit["kept"], "aic": fit["aic"],
                **{name: [f"{value:.25e}" for value in values] for name, values in true.items()}})
            others = {"Plumb": own, "statsmodels": by_statsmodels(fit),
                "R": {name: fit[name] if isinstance(fit[name], list) else [fit[name]] for name in FIGURES}}
            for program, figures in others.items():
                for name in FIGURES:
                    key = (program, name)
                    least[key] = min(least.get(key, 17.0), digits(figures[name], true[name]))
            assert math.isclose(own["aic"], fit["aic"], rel_tol=1e-11), (case["name"], own["aic"], fit["aic"])
            for mine, theirs in zip(own["p"], fit["p"]):
                assert mine is None or theirs < 1e-280 or math.isclose(mine, theirs, rel_tol=1e-9), case["name"]
        for key, value in least.items():
            worst[key] = min(worst.get(key, 17.0), value)
        rows = len(case["fits"][0]["y"])
        cells = [" / ".join(f"{least[program, name]:.1f}" for name in FIGURES)
            for program in ("Plumb", "R", "statsmodels")]
        lines.append(f"| {case['name']} | {case['kind']} | {rows} | {' | '.join(cells)} |")
        print(lines[-1], flush=True)
    (folder / "exact.json").write_text(json.dumps(kept_values, indent=1) + "\n", encoding="utf-8")
    totals = [" / ".join(f"{worst[program, name]:.1f}" for name in FIGURES)
        for program in ("Plumb", "R", "statsmodels")]
    versions = subprocess.run(["R", "--version"], capture_output=True, text=True, check=True).stdout.split()[2]
    page = pathlib.Path("docs/validation.md")
    kept = page.read_text(encoding="utf-8").split("\n## Coverage", 1)[1:] if page.exists() else []
    page.write_text("\n".join([
        "# How right the numbers are",
        "",
        "Written by `bench/validation/run`, which fits 26 real data sets that come with R by Plumb, by R "
        f"{versions}",
        "(`lm`, sandwich's `vcovHC`) and by statsmodels "
        f"{statsmodels.__version__}, and solves each again in exact fractions.",
        "",
        "## Digits",
        "",
        "Right digits of coefficients / standard errors / HC3 errors / R² / F, the fewest of each over the parameters:",
        "-log10 of the largest relative error against the exact value; 17 is none, and a double holds 15.9.",
        "AIC and p agree with R's to 11 and 9 digits on every set.",
        "Of dependent columns Plumb withholds all that depend on each other; they are not counted.",
        "",
        "| data | kind | rows | Plumb | R | statsmodels |",
        "|---|---|---|---|---|---|",
        *lines,
        f"| **fewest** | | | {' | '.join(totals)} |",
        "",
    ]) + ("\n## Coverage" + kept[0] if kept else ""), encoding="utf-8")


main()
