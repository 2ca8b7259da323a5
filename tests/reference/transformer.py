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


SIZES = [(VOCABULARY, WIDTH)]
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


def turn(x):
    """Rotary places (Su et al. 2021), as complex numbers: one half of a head is the real parts, the other the imaginary ones."""
    length, half = x.shape[2], x.shape[3] // 2
    angles = torch.arange(length)[:, None] * 10000.0 ** (-torch.arange(half) / half)
    z = torch.complex(x[..., :half], x[..., half:]) * torch.polar(torch.ones_like(angles), angles)
    return torch.cat([z.real, z.imag], 3)


def logits(p, ids, hot=None, probes=None, narrow=None):
    """hot: one-hot tokens to differentiate by, in place of ids; probes: added to what comes out of each layer; narrow: LoRA's two
    matrices and their biases, of each layer but the first and the last."""
    n, length = ids.shape
    hot = F.one_hot(ids, VOCABULARY).double() if hot is None else hot

    def linear(i, x):
        y = x @ p[2 * i] + p[2 * i + 1]
        if narrow and 0 < i < len(SIZES) - 1:
            down, a, up, b = narrow[i - 1]
            y = y + (x @ down + a) @ up + b
        return y if probes is None else y + probes[i]

    x = linear(0, hot)
    mask = torch.ones(length, length, dtype=torch.bool).triu(1)
    for b in range(BLOCKS):
        at = 1 + 6 * b
        split = lambda y: y.reshape(n, length, HEADS, WIDTH // HEADS).transpose(1, 2)
        q, k, v = (split(linear(at + part, rms(x))) for part in range(3))
        q, k = turn(q), turn(k)
        shares = (q @ k.transpose(2, 3) / (WIDTH // HEADS) ** 0.5).masked_fill(mask, -torch.inf).softmax(3)
        x = x + linear(at + 3, (shares @ v).transpose(1, 2).reshape(n, length, WIDTH))
        x = x + linear(at + 5, F.relu(linear(at + 4, rms(x))))
    return linear(1 + 6 * BLOCKS, rms(x))


learned = (targets >= 0).double()


def losses(p, *how):
    """Of each example: the mean cross-entropy of its learned places."""
    return (surprise(p, *how) * learned).sum(1) / learned.sum(1)


def surprise(p, *how):
    return F.cross_entropy(logits(p, ids, *how).transpose(1, 2), targets.clamp_min(0), reduction="none")


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

# Constrained fine-tuning: held to what the moved network says, the first two characters from the first learned one on the firmest.
before = -surprise(moved).detach()
FIRST, LATER, CHARACTERS = 2.0, 0.5, 2
begin = learned.argmax(1, keepdim=True)
beta = torch.where(torch.arange(LENGTH) - begin < CHARACTERS, FIRST, LATER)
held = -2 / beta * F.logsigmoid(beta * (-surprise(parameters) - before))
anchored = ((held * learned).sum(1) / learned.sum(1)).mean()

# Vaccine: what comes out of every layer but the last, pushed uphill by a length over all layers together.
RADIUS = 0.7
probes = [torch.zeros(EXAMPLES, LENGTH, outputs, requires_grad=True) for _, outputs in SIZES]
slopes = torch.autograd.grad(losses(parameters, None, probes).mean(), probes)[:-1]
norm = sum(float(s.pow(2).sum()) for s in slopes) ** 0.5
pushed = [RADIUS * s / norm for s in slopes] + [torch.zeros(1)]

# Low-rank updates.
RANK = 2
narrow = [layer(i, RANK) + layer(RANK, o) for i, o in SIZES[1:-1]]
narrow = [[n.float().double().requires_grad_() for n in ns] for ns in narrow]
low_rank = losses(parameters, None, None, narrow)

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
    "anchor": {"first": FIRST, "later": LATER, "characters": CHARACTERS},
    "anchors": rounded(before.flatten().tolist()),
    "anchored": rounded(flat(torch.autograd.grad(anchored, parameters, retain_graph=True))),
    "radius": RADIUS,
    "vaccinated": rounded(flat(torch.autograd.grad(losses(parameters, None, pushed).mean(), parameters))),
    "rank": RANK,
    "narrow": flat(n.detach() for ns in narrow for n in ns),
    "low_rank": rounded(low_rank.tolist()),
    "narrow_gradients": rounded(flat(torch.autograd.grad(low_rank.mean(), [n for ns in narrow for n in ns], allow_unused=True))),
    "after_adam": rounded(losses(moved).tolist()),
}
Path(__file__).with_suffix(".json").write_text(json.dumps(out) + "\n")
