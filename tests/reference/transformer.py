"""Makes transformer.json: a small transformer in PyTorch, written from its description, with all that its gradients say.

Run by hand from the repository's root:  python3 tests/reference/transformer.py   (PyTorch 1.13, Debian's python3-torch)

Nothing is shared with the TypeScript but the numbers in the file: weights, token ids, targets (-1: not learned).
"""
import json
from pathlib import Path

import torch
import torch.nn.functional as F

VOCABULARY, LENGTH, WIDTH, HEADS, BLOCKS, EXAMPLES = 11, 7, 8, 2, 2, 5
torch.manual_seed(4)
torch.set_default_dtype(torch.float64)


def layer(inputs, outputs):
    return [torch.randn(inputs, outputs) * 1.5 / inputs**0.5, torch.randn(outputs) * 0.3]


SIZES = [(VOCABULARY + LENGTH, WIDTH)]
for _ in range(BLOCKS):
    SIZES += [(WIDTH, WIDTH)] * 4 + [(WIDTH, 4 * WIDTH), (4 * WIDTH, WIDTH)]
SIZES += [(WIDTH, VOCABULARY)]
# What both read: numbers of single precision.
parameters = [p.float().double().requires_grad_() for size in SIZES for p in layer(*size)]
ids = torch.randint(VOCABULARY, (EXAMPLES, LENGTH))
targets = torch.randint(VOCABULARY, (EXAMPLES, LENGTH))
targets[torch.rand(EXAMPLES, LENGTH) < 0.3] = -1


def rms(x):
    return x / (x.pow(2).mean(-1, keepdim=True) + 1e-5).sqrt()


def logits(p, ids, hot=None):
    """hot: one-hot tokens to differentiate by, in place of ids."""
    n, length = ids.shape
    hot = F.one_hot(ids, VOCABULARY).double() if hot is None else hot
    linear = lambda i, x: x @ p[2 * i] + p[2 * i + 1]
    places = torch.eye(LENGTH)[:length].expand(n, -1, -1)
    x = linear(0, torch.cat([hot, places], 2))
    mask = torch.ones(length, length, dtype=torch.bool).triu(1)
    for b in range(BLOCKS):
        at = 1 + 6 * b
        split = lambda y: y.reshape(n, length, HEADS, WIDTH // HEADS).transpose(1, 2)
        q, k, v = (split(linear(at + part, rms(x))) for part in range(3))
        shares = (q @ k.transpose(2, 3) / (WIDTH // HEADS) ** 0.5).masked_fill(mask, -torch.inf).softmax(3)
        x = x + linear(at + 3, (shares @ v).transpose(1, 2).reshape(n, length, WIDTH))
        x = x + linear(at + 5, F.relu(linear(at + 4, rms(x))))
    return linear(1 + 6 * BLOCKS, rms(x))


def losses(p, hot=None):
    """Of each example: the mean cross-entropy of its learned places."""
    each = F.cross_entropy(logits(p, ids, hot).transpose(1, 2), targets.clamp_min(0), reduction="none")
    learned = (targets >= 0).double()
    return (each * learned).sum(1) / learned.sum(1)


flat = lambda tensors: torch.cat([t.flatten() for t in tensors]).tolist()
loss = losses(parameters)
each = [torch.autograd.grad(one, parameters, retain_graph=True) for one in loss]
hot = F.one_hot(ids, VOCABULARY).double().requires_grad_()
(by_token,) = torch.autograd.grad(losses(parameters, hot).sum(), hot)

greedy = ids[:1, :2]
while greedy.shape[1] < LENGTH:
    greedy = torch.cat([greedy, logits(parameters, greedy)[:, -1:].argmax(2)], 1)

# Three steps of Adam on all examples.
moved = [p.detach().clone().requires_grad_() for p in parameters]
adam = torch.optim.Adam(moved, lr=0.01)
for _ in range(3):
    adam.zero_grad()
    losses(moved).mean().backward()
    adam.step()

rounded = lambda values: [float(f"{v:.9g}") for v in values]
out = {
    "config": {"vocabulary": VOCABULARY, "length": LENGTH, "width": WIDTH, "heads": HEADS, "blocks": BLOCKS},
    "weights": flat(p.detach() for p in parameters),
    "ids": ids.flatten().tolist(),
    "targets": targets.flatten().tolist(),
    "logits": rounded(logits(parameters, ids).flatten().tolist()),
    "losses": rounded(loss.tolist()),
    "gradients": rounded(flat(torch.autograd.grad(loss.mean(), parameters, retain_graph=True))),
    "norms": rounded([sum(float(g.pow(2).sum()) for g in gs) ** 0.5 for gs in each]),
    "by_token": rounded(by_token.flatten().tolist()),
    "greedy": greedy.flatten().tolist(),
    "after_adam": rounded(losses(moved).tolist()),
}
Path(__file__).with_suffix(".json").write_text(json.dumps(out) + "\n")
