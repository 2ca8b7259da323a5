"""Makes self-test.json and gradients.json: what PyTorch says of our models, losses and optimisers, in float64.

Run by hand from the repository's root, after `npm run setup` has made public/data/mnist.bin:

    python3 tests/reference/gradients.py        (PyTorch 1.13, Debian's python3-torch)

Nothing here is shared with the TypeScript: layers are torch.nn.functional's, per-example gradients are taken one example
at a time. Only the numbers that go in are the same, because both sides draw them from mulberry32.
"""
import gzip
import json
import pathlib

import torch
import torch.nn.functional as F

HERE = pathlib.Path(__file__).parent
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
M32 = 0xFFFFFFFF


def mulberry32(seed):
    state = seed & M32
    while True:
        state = (state + 0x6D2B79F5) & M32
        mixed = ((state ^ (state >> 15)) * (state | 1)) & M32
        mixed ^= (mixed + (((mixed ^ (mixed >> 7)) * (mixed | 61)) & M32)) & M32
        yield (mixed ^ (mixed >> 14)) / 4294967296


def sfc32(path):
    """The uniform stream of that path in src/core/random.ts: cyrb128 of the text seeds sfc32."""
    a, b, c, d = 1779033703, 3144134277, 1013904242, 2773480762
    for code in map(ord, path):
        a = b ^ ((a ^ code) * 597399067 & M32)
        b = c ^ ((b ^ code) * 2869860233 & M32)
        c = d ^ ((c ^ code) * 951274213 & M32)
        d = a ^ ((d ^ code) * 2716044179 & M32)
    a = (c ^ (a >> 18)) * 597399067 & M32
    b = (d ^ (b >> 22)) * 2869860233 & M32
    c = (a ^ (c >> 17)) * 951274213 & M32
    d = (b ^ (d >> 19)) * 2716044179 & M32
    a, b, c, d = a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a

    def bits():
        nonlocal a, b, c, d
        result = (a + b + d) & M32
        d = (d + 1) & M32
        a = b ^ (b >> 9)
        b = (c + (c << 3)) & M32
        c = (((c << 21) | (c >> 11)) + result) & M32
        return result

    for _ in range(15):
        bits()
    while True:
        yield bits() / 4294967296


def draw(random, shape, scale=1.0):
    """(2u − 1) · scale, row by row."""
    count = int(torch.tensor(shape).prod())
    return torch.tensor([(2 * next(random) - 1) * scale for _ in range(count)]).reshape(shape)


def rounded(x):
    return [float(f"{value:.9g}") for value in torch.as_tensor(x).detach().flatten().tolist()]


def softmax_net(p, x):
    return x.flatten(1) @ p[0] + p[1]


def mlp_net(p, x):
    x = x.flatten(1)
    for layer in range(0, len(p) - 2, 2):
        x = F.relu(x @ p[layer] + p[layer + 1])
    return x @ p[-2] + p[-1]


def cnn_net(p, x):
    x = x.permute(0, 3, 1, 2)  # [batch, height, width, channels] → PyTorch's [batch, channels, height, width]
    for layer in (0, 2):
        weights = p[layer].reshape(3, 3, -1, p[layer].shape[1]).permute(3, 2, 0, 1)
        x = F.max_pool2d(F.relu(F.conv2d(x, weights, p[layer + 1].flatten(), padding=1)), 2)
    return x.permute(0, 2, 3, 1).flatten(1) @ p[4] + p[5]


def layered(*widths):
    """Weights [inputs, outputs], then bias [1, outputs], one layer after another."""
    return [shape for i, o in zip(widths, widths[1:]) for shape in ((i, o), (1, o))]


def losses_of(logits, targets):
    return -(targets * F.log_softmax(logits, 1)).sum(1)


def mean_gradient(net, p, x, t):
    return torch.autograd.grad(losses_of(net(p, x), t).mean(), p)


def flat(gradients):
    return torch.cat([g.flatten() for g in gradients])


def one_at_a_time(net, p, x, t):
    return torch.stack([flat(mean_gradient(net, p, x[i : i + 1], t[i : i + 1])) for i in range(len(x))])


def prepared(net, shapes, input_shape, batch, classes, seed, scale=1.0):
    random = mulberry32(seed)
    p = [draw(random, shape, scale).requires_grad_() for shape in shapes]
    x = draw(random, (batch, *input_shape))
    t = F.one_hot(torch.arange(batch) % classes, classes).double()
    return p, x, t


def self_test():
    p, x, t = prepared(mlp_net, layered(6, 5, 3), (6,), 4, 3, seed=7)
    logits = mlp_net(p, x)
    return {
        "what": "Mean cross-entropy gradient of an MLP 6-5-3 with ReLU on a batch of 4, by PyTorch in float64 (gradients.py).",
        "drawn": "All numbers are 2u - 1 with u from one mulberry32(seed): first the parameters in our order (weights [6, 5] row by row, "
        "bias [5], weights [5, 3] row by row, bias [3]), then the inputs [4, 6] row by row. Example i has label i mod 3.",
        "seed": 7,
        "inputs": 6,
        "hidden": [5],
        "classes": 3,
        "batch": 4,
        "loss": float(losses_of(logits, t).mean()),
        "logits": rounded(logits),
        "gradient": rounded(flat(mean_gradient(mlp_net, p, x, t))),
    }


def write(name, value):
    lines = (f"  {json.dumps(key)}: {json.dumps(entry, ensure_ascii=False)}" for key, entry in value.items())
    (HERE / name).write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    write("self-test.json", self_test())
