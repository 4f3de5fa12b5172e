"""Writes optimizers.json: W and b after some steps of PyTorch's own optimizers and schedules on a small least-squares problem, in double precision.

    python3 optimizers.py > optimizers.json        (PyTorch 1.13)
"""

import json

import torch

torch.set_default_dtype(torch.float64)
X = torch.tensor([[0.5, -1.0, 2.0], [1.5, 0.25, -0.75], [-2.0, 1.0, 0.5], [0.125, 3.0, 1.0], [1.0, -0.5, -1.5]])
Y = torch.tensor([[1.0, -2.0], [0.5, 3.0], [-1.5, 0.25], [2.0, 2.0], [-0.75, 1.25]])
W0 = [[0.1, -0.2, 0.3], [0.4, 0.5, -0.6]]
B0 = [0.7, -0.8]
STEPS = 7


def run(make, schedule=None, clip=None):
    model = torch.nn.Linear(3, 2)
    with torch.no_grad():
        model.weight.copy_(torch.tensor(W0))
        model.bias.copy_(torch.tensor(B0))
    optimizer = make(model.parameters())
    scheduler = schedule(optimizer) if schedule else None
    for _ in range(STEPS):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(model(X), Y).backward()
        if clip:
            torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        if scheduler:
            scheduler.step()
    return {"weights": model.weight.tolist(), "bias": model.bias.tolist()}


optim, schedules = torch.optim, torch.optim.lr_scheduler
RATE = 0.05
print(json.dumps({
    "inputs": X.tolist(), "targets": Y.tolist(), "weights": W0, "bias": B0, "rate": RATE, "steps": STEPS,
    "runs": {
        "sgd": run(lambda p: optim.SGD(p, RATE)),
        "momentum": run(lambda p: optim.SGD(p, RATE, momentum=0.9)),
        "nesterov": run(lambda p: optim.SGD(p, RATE, momentum=0.9, nesterov=True)),
        "adam": run(lambda p: optim.Adam(p, RATE)),
        "adamw": run(lambda p: optim.AdamW(p, RATE)),
        "rmsprop": run(lambda p: optim.RMSprop(p, RATE)),
        "adagrad": run(lambda p: optim.Adagrad(p, RATE)),
        "sgd, decay": run(lambda p: optim.SGD(p, RATE, weight_decay=0.1)),
        "adam, decay": run(lambda p: optim.Adam(p, RATE, weight_decay=0.1)),
        "rmsprop, momentum": run(lambda p: optim.RMSprop(p, RATE, momentum=0.9)),
        "sgd, clip": run(lambda p: optim.SGD(p, RATE), clip=0.25),
        "sgd, step": run(lambda p: optim.SGD(p, RATE), schedule=lambda o: schedules.StepLR(o, 3, 0.5)),
        "sgd, exponential": run(lambda p: optim.SGD(p, RATE), schedule=lambda o: schedules.ExponentialLR(o, 0.8)),
        "sgd, cosine": run(lambda p: optim.SGD(p, RATE), schedule=lambda o: schedules.CosineAnnealingLR(o, STEPS)),
        "sgd, warm-up": run(lambda p: optim.SGD(p, RATE), schedule=lambda o: schedules.LinearLR(o, 0.25, 1.0, 3)),
    },
}, indent=1))
