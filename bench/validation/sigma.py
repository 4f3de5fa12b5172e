"""What scipy's curve_fit says of the same fits by absolute_sigma=True, which it finds by steps and not by sums."""
import csv
import json
import pathlib
import sys

import numpy
import scipy.optimize

folder = pathlib.Path(sys.argv[1])
with open(folder / "chicks.csv", encoding="utf-8") as file:
    rows = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
columns = {name: numpy.array([row[name] for row in rows]) for name in rows[0]}
cases = []
for inputs in (["time"], ["time", "square"]):
    def plane(x, *weights):
        return weights[0] + sum(weight * column for weight, column in zip(weights[1:], x))

    found, covariance = scipy.optimize.curve_fit(plane, numpy.array([columns[name] for name in inputs]),
        columns["weight"], p0=numpy.zeros(len(inputs) + 1), sigma=columns["error"], absolute_sigma=True)
    cases.append({"inputs": inputs, "estimates": found.tolist(),
        "errors": numpy.sqrt(numpy.diag(covariance)).tolist()})
(folder / "scipy.json").write_text(json.dumps(cases, indent=1) + "\n", encoding="utf-8")
