"""Trains with one of Python's systems: rivals.py torch|torch-script|numpy FOLDER RESULTS, or rivals.py versions.

Reads the tasks that 'draw' wrote into FOLDER; adds lines to RESULTS: task, system, nanoseconds a step (median), sum of W and b.
"""

import sys
import time

import numpy as np


def task(folder, name):
    rows, inputs, targets, rate, steps = open(f"{folder}/{name}.txt").read().split()
    x = np.fromfile(f"{folder}/{name}-x.bin").reshape(int(rows), int(inputs))
    y = np.fromfile(f"{folder}/{name}-y.bin").reshape(int(rows), int(targets))
    return x, y, float(rate), int(steps)


def measure(results, name, system, steps, train, runs=7):
    total = train()  # warm
    calls, elapsed = 1, 0.0
    while True:
        start = time.perf_counter()
        for _ in range(calls):
            total = train()
        elapsed = time.perf_counter() - start
        if elapsed >= 0.5:
            break
        calls *= 2
    times = []
    for _ in range(3 if elapsed > 5 else runs):
        start = time.perf_counter()
        for _ in range(calls):
            total = train()
        times.append((time.perf_counter() - start) / calls / steps * 1e9)
    with open(results, "a") as file:
        file.write(f"{name}\t{system}\t{sorted(times)[len(times) // 2]!r}\t{float(total)!r}\n")


def numpy_systems(folder, results):
    x, y, rate, steps = task(folder, "row")

    def row():
        w, b = np.zeros((y.shape[1], x.shape[1])), np.zeros(y.shape[1])
        for i in range(steps):
            r = w @ x[i] + b - y[i]
            r *= 2 * rate
            w -= np.outer(r, x[i])
            b -= r
        return w.sum() + b.sum()

    measure(results, "row", "numpy", steps, row)

    def full(x, y, rate, steps):
        w, b = np.zeros((y.shape[1], x.shape[1])), np.zeros(y.shape[1])
        for _ in range(steps):
            r = x @ w.T + b - y
            w -= 2 * rate / len(x) * (r.T @ x)
            b -= 2 * rate / len(x) * r.sum(axis=0)
        return w.sum() + b.sum()

    for name in ("batch", "full"):
        data = task(folder, name)
        measure(results, name, "numpy", data[3], lambda: full(*data))


def torch_systems(folder, results):
    import torch

    def linear(x, y, rate):
        model = torch.nn.Linear(x.shape[1], y.shape[1], dtype=x.dtype)
        torch.nn.init.zeros_(model.weight)
        torch.nn.init.zeros_(model.bias)
        return model, torch.optim.SGD(model.parameters(), lr=rate)

    def total(model):
        return sum(parameter.sum().item() for parameter in model.parameters())

    x, y, rate, steps = task(folder, "row")
    tx, ty = torch.from_numpy(x), torch.from_numpy(y)

    def row():
        model, optimizer = linear(tx, ty, rate)
        for i in range(steps):
            optimizer.zero_grad()
            ((model(tx[i]) - ty[i]) ** 2).sum().backward()
            optimizer.step()
        return total(model)

    measure(results, "row", "PyTorch", steps, row)

    def full(x, y, rate, steps):
        model, optimizer = linear(x, y, rate)
        for _ in range(steps):
            optimizer.zero_grad()
            (torch.nn.functional.mse_loss(model(x), y) * y.shape[1]).backward()  # the mean over rows
            optimizer.step()
        return total(model)

    for name in ("batch", "full"):
        x, y, rate, steps = task(folder, name)
        data = torch.from_numpy(x), torch.from_numpy(y), rate, steps
        measure(results, name, "PyTorch", steps, lambda: full(*data))

    x, y, rate, steps = task(folder, "batch")
    single = torch.from_numpy(x).float(), torch.from_numpy(y).float(), rate, steps
    measure(results, "batch", "PyTorch, 32 bits", steps, lambda: full(*single))

    @torch.jit.script
    def scripted(x, y, rate: float):
        w = torch.zeros(y.shape[1], x.shape[1], dtype=x.dtype)
        b = torch.zeros(y.shape[1], dtype=x.dtype)
        for i in range(x.shape[0]):
            r = (torch.mv(w, x[i]) + b - y[i]) * (2 * rate)
            w.addr_(r, x[i], alpha=-1.0)
            b.sub_(r)
        return w.sum() + b.sum()

    x, y, rate, steps = task(folder, "row")
    measure(results, "row", "PyTorch, scripted, gradients by hand", steps, lambda: scripted(tx, ty, rate).item())


if sys.argv[1] == "versions":
    import torch

    print(f"Python {sys.version.split()[0]}, numpy {np.__version__}, PyTorch {torch.__version__} ({torch.get_num_threads()} threads)")
elif sys.argv[1] == "numpy":
    numpy_systems(*sys.argv[2:])
else:
    torch_systems(*sys.argv[2:])
