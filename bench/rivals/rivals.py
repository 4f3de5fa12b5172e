"""Fits problems with one of Python's systems: rivals.py fit SYSTEM RESULTS PROBLEM..., or rivals.py versions.

A problem is a folder: shape.txt holds rows, inputs, targets and bias (0 or 1); x.bin and y.bin hold little-endian doubles,
row by row. The coefficients go to SYSTEM.coefficients in the folder, targets x parameters with the bias first; a line of
tab-separated fields goes to RESULTS: problem, system, outcome, seconds of each run, bytes beyond the data, what the system said.
"""

import os
import sys
import time
import warnings
from pathlib import Path

import numpy as np


def resident(field):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(field + ":"))


def numpy_lstsq(design, y, bias):
    b, _, rank, _ = np.linalg.lstsq(design, y, rcond=None)
    return b.T, rank


def scipy_gelsy(design, y, bias):
    from scipy.linalg import lstsq

    b, _, rank, _ = lstsq(design, y, lapack_driver="gelsy")
    return b.T, rank


def sklearn(x, y, bias):
    from sklearn.linear_model import LinearRegression

    model = LinearRegression(fit_intercept=bias).fit(x, y)
    return (np.column_stack([model.intercept_, model.coef_]) if bias else model.coef_), model.rank_ + bias


def statsmodels(design, y, bias):
    from statsmodels.api import OLS

    rows, errors, said = [], [], set()
    for target in y.T:  # a model has one target
        model = OLS(target, design)
        fit = model.fit()
        rows.append(fit.params)
        errors.append(fit.bse)
        if len(y) < 1000:  # the notes below the summary are where it warns
            notes = str(fit.summary())
            said |= {f'summary: "The {text} ..."' for text in ("condition number is large", "smallest eigenvalue is") if text in notes}
    return np.array(rows), model.rank, *sorted(said)


def torch(driver):
    def fit(design, y, bias):
        import torch

        answer = torch.linalg.lstsq(torch.from_numpy(design), torch.from_numpy(y), driver=driver)
        rank = int(answer.rank) if driver == "gelsy" else None
        return answer.solution.numpy().T, rank

    return fit


SYSTEMS = {
    "numpy-lstsq": numpy_lstsq,
    "scipy-gelsy": scipy_gelsy,
    "sklearn": sklearn,
    "statsmodels": statsmodels,
    "torch-gelsy": torch("gelsy"),
    "torch-gels": torch("gels"),
}


def load(problem, with_ones):
    rows, inputs, targets, bias = (int(field) for field in (problem / "shape.txt").read_text().split())
    ones = int(bias and with_ones)
    x = np.empty((rows, ones + inputs))
    x[:, :ones] = 1
    x[:, ones:] = np.memmap(problem / "x.bin", "<f8", "r", shape=(rows, inputs))
    return x, np.fromfile(problem / "y.bin", "<f8").reshape(rows, targets), bool(bias)


def run(system, problem):
    x, y, bias = load(problem, with_ones=system != "sklearn")
    fit = SYSTEMS[system]
    if len(y) > 1000:
        few = 64 + x.shape[1]
        fit(x[:few].copy(), y[:few].copy(), bias)  # libraries are loaded, threads started
    Path("/proc/self/clear_refs").write_text("5")  # forgets the highest memory so far
    before = resident("VmRSS")
    seconds = []
    while len(seconds) < 3 or sum(seconds) < 3 and len(seconds) < 15:
        start = time.perf_counter()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            coefficients, rank, *said = fit(x, y, bias)
        seconds.append(time.perf_counter() - start)
        if seconds[0] > 20:
            break
    memory = resident("VmHWM") - before
    np.ascontiguousarray(coefficients, "<f8").tofile(problem / f"{system}.coefficients")
    parameters = x.shape[1] + (bias and system == "sklearn")
    ranks = [f"rank {rank} of {parameters}"] if rank is not None and rank < parameters else []
    # scipy's tests of the residuals, part of statsmodels' summary, warn of few rows: that is not about the fit.
    said = ranks + said + sorted({f"{w.category.__name__}: {w.message}".split("\n")[0] for w in caught if "normtest" not in str(w.message) and "kurtosistest" not in str(w.message)})
    return seconds, memory, "; ".join(said)


def main():
    if sys.argv[1] == "versions":
        import scipy, sklearn, statsmodels, torch

        print(f"Python {sys.version.split()[0]}", *(f"{m.__name__} {m.__version__}" for m in (np, scipy, sklearn, statsmodels, torch)), sep=", ")
        return
    _, _, system, results, *problems = sys.argv
    if system.startswith("torch"):
        import torch

        torch.set_num_threads(os.cpu_count())
    for problem in map(Path, problems):
        try:
            seconds, memory, said = run(system, problem)
            line = [problem.name, system, "ok", ",".join(map(repr, seconds)), str(memory), said]
        except Exception as error:  # what the user would see is the result
            line = [problem.name, system, "failed", "", "", f"{type(error).__name__}: {error}".split("\n")[0]]
        with open(results, "a") as file:
            file.write("\t".join(field.replace("\t", " ") for field in line) + "\n")


main()
