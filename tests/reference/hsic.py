"""Makes hsic.json: the gradient of a network's loss with BiDO's two dependence terms, by PyTorch's autograd in double precision.
HSIC(a, b) = tr(Ka C Kb C) / (n - 1)^2 with Ka = exp(-squared distance / mean squared distance of different rows); the mean is taken for
a constant. Run by hand: /usr/bin/python3 tests/reference/hsic.py (PyTorch 1.13)."""
import json
import pathlib

import torch

torch.manual_seed(3)
torch.set_default_dtype(torch.float64)
sizes, batch = [12, 6, 5, 3], 7
parameters = []
for i, o in zip(sizes, sizes[1:]):
    parameters += [(torch.rand(i, o) * 2 - 1).round(decimals=3).requires_grad_(), (torch.rand(o) - 0.5).round(decimals=3).requires_grad_()]
inputs = torch.rand(batch, sizes[0]).round(decimals=3)
labels = torch.arange(batch) % sizes[-1]
targets = torch.nn.functional.one_hot(labels, sizes[-1]).double()
knobs = {"inputs": 3.0, "outputs": 7.0}


def kernel(a):
    distances = (a[:, None] - a[None]).square().sum(2)
    bandwidth = (distances.sum() / (len(a) * (len(a) - 1))).detach()
    return torch.exp(-distances / bandwidth)


def hsic(a, b):
    n = len(a)
    centring = torch.eye(n) - 1 / n
    return torch.trace(kernel(a) @ centring @ kernel(b) @ centring) / (n - 1) ** 2


x, hidden = inputs, []
for w, b in zip(parameters[:-2:2], parameters[1:-2:2]):
    x = torch.relu(x @ w + b)
    hidden.append(x)
logits = x @ parameters[-2] + parameters[-1]
loss = torch.nn.functional.cross_entropy(logits, labels)
terms = [(hsic(inputs, h), hsic(h, targets)) for h in hidden]
total = loss + sum(knobs["inputs"] * a - knobs["outputs"] * b for a, b in terms)
plain = torch.autograd.grad(loss, parameters, retain_graph=True)
both = torch.autograd.grad(total, parameters)
flat = lambda tensors: torch.cat([t.detach().flatten() for t in tensors]).tolist()
pathlib.Path(__file__).with_suffix(".json").write_text(
    json.dumps(
        {
            "hidden": sizes[1:-1],
            "size": sizes[0],
            "classes": sizes[-1],
            "batch": batch,
            "knobs": knobs,
            "inputs": inputs.flatten().tolist(),
            "weights": flat(parameters),
            "plain": flat(plain),
            "gradient": flat(both),
        }
    )
    + "\n"
)
