"""Makes descent.json: what PyTorch's optimisers do to small functions, and the distance between two gradients with its own gradient,
as DLG makes it small. All in float64.

Run by hand from the repository's root:

    python3 tests/reference/descent.py        (PyTorch 1.13, Debian's python3-torch)
"""
import json
import pathlib

import torch
import torch.nn.functional as F

HERE = pathlib.Path(__file__).parent
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def numbers(x):
    return [float(value) for value in torch.as_tensor(x).detach().flatten().tolist()]


def rosenbrock(x):
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()


def quadratic(x):
    scales = torch.arange(1, len(x) + 1, dtype=torch.float64)
    return (scales * (x - 1) ** 2).sum() / 2 + 0.1 * (x[0] * x[-1])


def smooth(x):
    """Neither convex nor a polynomial."""
    return torch.log1p((x**2).sum()) + (1 - torch.cos(2 * x)).sum() / 5


def trajectory(of, start, optimizer, calls):
    x = torch.tensor(start, requires_grad=True)
    descent = optimizer([x])
    seen = []
    for _ in range(calls):

        def closure():
            descent.zero_grad()
            loss = of(x)
            loss.backward()
            return loss

        loss = descent.step(closure)
        seen.append({"x": numbers(x), "first": float(loss)})
    return {"start": start, "calls": seen}


def draw(generator, *shape):
    return torch.randn(*shape, generator=generator)


def distances(activation):
    """A batch of two, three layers; a guess of inputs and label logits against the gradient of another batch."""
    generator = torch.Generator().manual_seed(11)
    widths, rows = [5, 7, 6, 4], 2
    parameters = []
    for inputs, outputs in zip(widths, widths[1:]):
        parameters += [draw(generator, inputs, outputs) * 0.7, draw(generator, outputs) * 0.3]
    for parameter in parameters:
        parameter.requires_grad_()
    act = {"relu": F.relu, "sigmoid": torch.sigmoid}[activation]

    def loss(x, t):
        for layer in range(0, len(parameters) - 2, 2):
            x = act(x @ parameters[layer] + parameters[layer + 1])
        logits = x @ parameters[-2] + parameters[-1]
        return -(t * F.log_softmax(logits, 1)).sum(1).mean()

    true_x, true_t = draw(generator, rows, widths[0]), F.one_hot(torch.tensor([1, 3]), 4).double()
    shared = [g.detach() for g in torch.autograd.grad(loss(true_x, true_t), parameters)]
    x, logits = draw(generator, rows, widths[0]).requires_grad_(), draw(generator, rows, 4).requires_grad_()
    result = {
        "widths": widths,
        "rows": rows,
        "weights": numbers(torch.cat([p.flatten() for p in parameters])),
        "shared": numbers(torch.cat([g.flatten() for g in shared])),
        "inputs": numbers(true_x),
        "labels": [1, 3],
        "guess": numbers(x) + numbers(logits),
    }
    guessed = torch.autograd.grad(loss(x, F.softmax(logits, 1)), parameters, create_graph=True)
    distance = sum(((a - b) ** 2).sum() for a, b in zip(guessed, shared))
    slopes = torch.autograd.grad(distance, [x, logits])
    result["distance"] = float(distance)
    result["gradient"] = numbers(slopes[0]) + numbers(slopes[1])
    return result


def lbfgs(**more):
    return lambda parameters: torch.optim.LBFGS(parameters, lr=1, max_iter=20, **more)


start5 = [-0.3, 0.8, 0.2, -0.6, 0.5]
made = {
    "lbfgs": {
        "rosenbrock": trajectory(rosenbrock, [0.9, 0.85, 0.7], lbfgs(history_size=100), 3),
        "quadratic": trajectory(quadratic, start5, lbfgs(history_size=100), 2),
        "smooth": trajectory(smooth, start5, lbfgs(history_size=100), 2),
        "smooth, remembering three": trajectory(smooth, start5, lbfgs(history_size=3), 2),
    },
    "adam": {
        "rosenbrock": trajectory(rosenbrock, [-1.2, 1.0], lambda p: torch.optim.Adam(p, lr=0.1), 100),
        "quadratic": trajectory(quadratic, start5, lambda p: torch.optim.Adam(p, lr=0.1), 100),
    },
    "distance": {activation: distances(activation) for activation in ["relu", "sigmoid"]},
}
for runs in made["adam"].values():
    runs["calls"] = runs["calls"][9::10]
(HERE / "descent.json").write_text(json.dumps(made, indent=1))
